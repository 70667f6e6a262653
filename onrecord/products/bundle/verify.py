#!/usr/bin/env python3
"""Check an evidence bundle made by onrecord. Needs Python 3.8 or later and nothing else.

    python3 verify.py BUNDLE                      a folder or a .zip
    python3 verify.py BUNDLE --fingerprint HEX    and compare the signing key with one told to you
    python3 verify.py BUNDLE --json               for programs

Exit code 0: everything holds. 1: something does not; each file that was changed, is missing or was
added is named. README.txt in the bundle says what this proves and what it does not.

Order of trust: the fingerprint (told to you by other means) vouches for the key, the key for
signature.txt, that for both tag manifests, those for the tag files and payload manifests, and those
for every file under data/. Then what the files say is compared: originals, texts, records,
citations and the case's log.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import re
import struct
import sys
import zipfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:  # Python 3.8 knows these names only by their older homes
    from collections.abc import Callable, Iterator

    Point = tuple[int, int, int, int]

HASHES = ("sha256", "sha512")
SIGNED_AFTER = ("signature.txt", "timestamp.tsr", "timestamp-signature.txt")
"""Tag files that no manifest lists, because they are made after the manifests."""
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
NEEDED = [
    "data/documents.jsonl", "data/record.jsonl", "data/custody.jsonl", "data/log.jsonl",
    "data/withheld.jsonl", "bagit.txt", "bag-info.txt", "README.txt", "verify.py",
    "public-key.pem", "signature.txt", *(f"manifest-{name}.txt" for name in HASHES),
    *(f"tagmanifest-{name}.txt" for name in HASHES),
]  # fmt: skip
TAG_LIMIT = 1 << 30


# --- Ed25519 signatures (RFC 8032, section 5.1), verification only ------------------------------
# Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z, on -x^2 + y^2 = 1 + d*x^2*y^2 mod P.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a: Point, b: Point) -> Point:
    """The sum of two points (RFC 8032, section 5.1.4)."""
    left = (a[1] - a[0]) * (b[1] - b[0]) % P
    right = (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = right - left, d - c, d + c, right + left
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar: int, point: Point) -> Point:
    """A point added to itself `scalar` times."""
    total = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = add(total, point)
        point, scalar = add(point, point), scalar >> 1
    return total


def decode_point(data: bytes) -> Point | None:
    """The point that 32 bytes stand for; None where they stand for none (section 5.1.3)."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def signature_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a 64-byte signature of a message was made with the private part of a 32-byte key."""
    point, r = decode_point(key), decode_point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or len(key) != 32 or not point or not r or not BASE or s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    h = int.from_bytes(digest, "little") % ORDER
    left, right = multiply(s, BASE), add(r, multiply(h, point))
    return not ((left[0] * right[2] - right[0] * left[2]) % P
                or (left[1] * right[2] - right[1] * left[2]) % P)  # fmt: skip


def fingerprint(key: bytes) -> str:
    """SHA-256 of the public key as DER, as `openssl pkey -pubin -outform DER | sha256sum` says."""
    return hashlib.sha256(bytes.fromhex("302a300506032b6570032100") + key).hexdigest()


# --- Where the files are: a folder or a ZIP ------------------------------------------------------


class Folder:
    """The files of a folder, by their names with "/" in them. Nothing outside it is opened."""

    def __init__(self, path: str) -> None:
        self.path, self.odd = path, []  # type: str, list[tuple[str, str]]
        self.names: list[str] = []
        for where, folders, files in os.walk(path):
            for name in folders + files:
                full = os.path.join(where, name)
                told = os.path.relpath(full, path).replace(os.sep, "/")
                if os.path.islink(full) or not (os.path.isdir(full) or os.path.isfile(full)):
                    self.odd.append((told, "is a link or no plain file"))
                elif name in files:
                    self.names.append(told)
                elif not os.listdir(full) and told not in ("data/originals", "data/texts"):
                    self.odd.append((told, "is an empty folder that does not belong here"))

    def open(self, name: str) -> IO[bytes]:
        return open(os.path.join(self.path, *name.split("/")), "rb")


class Archive:
    """The files of a ZIP, which stand in one folder, as they are (not compressed)."""

    def __init__(self, path: str) -> None:
        self.path, self.odd = path, []  # type: str, list[tuple[str, str]]
        self.zip = zipfile.ZipFile(path)
        infos = self.zip.infolist()
        self.base = infos[0].filename.partition("/")[0] + "/" if infos else ""
        self.held: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = info.filename[len(self.base) :]
            if not info.filename.startswith(self.base) or name in self.held or not name:
                self.odd.append((info.filename, "stands outside of the bundle's folder or twice"))
            elif info.compress_type != zipfile.ZIP_STORED:
                self.odd.append((name, "is compressed: somebody has packed the ZIP anew"))
            else:
                self.held[name] = info
        self.names = sorted(self.held)
        if not self.odd and not self.container_holds(infos):
            self.odd.append((os.path.basename(path), "the ZIP was changed between its files"))

    def open(self, name: str) -> IO[bytes]:
        return self.zip.open(self.held[name])

    def container_holds(self, infos: list[zipfile.ZipInfo]) -> bool:
        """Whether what is around the files is what onrecord writes there, byte for byte."""
        if os.path.getsize(self.path) >= 1 << 31 or len(infos) >= 1 << 16:
            return True  # Another layout (ZIP64); the files themselves are checked all the same.
        directory, at = b"", 0
        with open(self.path, "rb") as file:
            for info in infos:
                name = info.filename.encode("utf-8")
                flags = 0 if len(name) == len(info.filename) else 0x800
                size = info.file_size
                same = (flags, 0, 0, 33, info.CRC, size, size, len(name), 0)
                header = struct.pack("<4s2B4HL2L2H", b"PK\3\4", 20, 0, *same) + name
                if file.read(len(header)) != header:
                    return False
                directory += struct.pack(
                    "<4s4B4HL2L5H2L", b"PK\1\2", 20, 3, 20, 0, *same, 0, 0, 0, 0o100644 << 16, at
                ) + name  # fmt: skip
                at += len(header) + size
                file.seek(at)
            end = (0, 0, len(infos), len(infos), len(directory), at, 0)
            return file.read() == directory + struct.pack("<4s4H2LH", b"PK\5\6", *end)


# --- The checks ----------------------------------------------------------------------------------

LINE = re.compile(r"([0-9a-f]+)  ([^\r\n]+)")
STATEMENT = re.compile(
    r"onrecord (?:bundle|timestamp) signature 1\n"
    r"((?:[0-9a-f]{64}  [a-z0-9.-]+\n|[0-9a-f]{128}  [a-z0-9.-]+\n)+)"
    r"signed (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\nkey ([0-9a-f]{64})\nsignature ([0-9a-f]{128})\n"
)
PEM = re.compile(r"-----BEGIN PUBLIC KEY-----\n([A-Za-z0-9+/=]{60})\n-----END PUBLIC KEY-----\n")


class Bundle:
    """One bundle under examination: what was found, and what does not hold."""

    def __init__(self, path: str, advance: Callable[[str], None] = lambda _: None) -> None:
        self.files: Any = Folder(path) if os.path.isdir(path) else Archive(path)
        self.advance = advance
        self.problems: list[tuple[str, str]] = []
        self.counts: dict[str, int] = {}
        self.notes: list[str] = []
        self.key, self.signed = b"", ""
        self.digests: dict[str, dict[str, str]] = {}

    def wrong(self, file: str, what: str) -> None:
        if (file, what) not in self.problems:
            self.problems.append((file, what))

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def check(self, told: str = "") -> None:
        """Every check, in the order of trust. `told`: a fingerprint of the key, if one is known."""
        for name, what in self.files.odd:
            self.wrong(name, what)
        for name in NEEDED:
            if name not in self.files.names:
                self.wrong(name, "is missing")
        for name in sorted(self.files.names):
            self.advance(name)
            self.digests[name] = self.digest(name)
        vouched = self.check_signature(told)
        self.check_manifests(vouched)
        if self.text("bagit.txt") != BAGIT.decode():
            self.wrong("bagit.txt", "does not say BagIt 1.0")
        log = self.check_log()
        self.check_documents(log)
        self.check_records(log)
        self.check_custody(log)

    def digest(self, name: str) -> dict[str, str]:
        made = {kind: hashlib.new(kind) for kind in HASHES}
        try:
            with self.files.open(name) as file:
                for block in iter(lambda: file.read(1 << 20), b""):
                    for one in made.values():
                        one.update(block)
        except (OSError, zipfile.BadZipFile, EOFError) as error:
            self.wrong(name, "was changed: it cannot be read (%s)" % error)
        return {kind: one.hexdigest() for kind, one in made.items()}

    def text(self, name: str) -> str:
        """A small file as text; empty where it is missing or no UTF-8."""
        if name not in self.files.names:
            return ""
        try:
            with self.files.open(name) as file:
                return str(file.read(TAG_LIMIT).decode("utf-8", "surrogatepass"))
        except (OSError, zipfile.BadZipFile, EOFError, ValueError):
            self.wrong(name, "was changed: it cannot be read")
            return ""

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        """The lines of a JSON Lines file, one after the other."""
        if name not in self.files.names:
            return
        try:
            with self.files.open(name) as file:
                for number, line in enumerate(file, 1):
                    self.advance("%s, line %d" % (name, number))
                    yield dict(json.loads(line.decode("utf-8")))
        except (OSError, zipfile.BadZipFile, EOFError, ValueError, TypeError, RecursionError):
            self.wrong(name, "was changed: a line of it cannot be read")

    def check_signature(self, told: str) -> dict[str, str]:
        """What signature.txt vouches for: the hash of each tag manifest."""
        vouched = self.statement("signature.txt")
        pem = PEM.fullmatch(self.text("public-key.pem"))
        held = base64.b64decode(pem.group(1) + "=" * (-len(pem.group(1)) % 4))[12:] if pem else b""
        if self.key and held != self.key:
            self.wrong("public-key.pem", "is not the key that signed")
        if told and re.sub("[^0-9a-f]", "", told.lower()) != fingerprint(self.key):
            self.wrong("public-key.pem", "the key is another than the one with the fingerprint "
                       "you gave; this one has %s" % fingerprint(self.key))  # fmt: skip
        if "timestamp.tsr" in self.files.names or "timestamp-signature.txt" in self.files.names:
            stamped = self.statement("timestamp-signature.txt")
            for name in ("signature.txt", "timestamp.tsr"):
                if stamped.get(name) != self.digests.get(name, {}).get("sha256"):
                    self.wrong(name, "is not what timestamp-signature.txt vouches for")
            self.notes.append("There is a timestamp (RFC 3161). This program does not check it; "
                              "README.txt gives the command for OpenSSL.")  # fmt: skip
        return vouched

    def statement(self, name: str) -> dict[str, str]:
        """The hashes in a signed statement, by file; none where the signature does not hold."""
        told = self.text(name)
        found = STATEMENT.fullmatch(told)
        if not found:
            self.wrong(name, "was changed: it is no signature of onrecord")
            return {}
        key, signature = bytes.fromhex(found.group(3)), bytes.fromhex(found.group(4))
        message = told[: told.rindex("signature ")].encode()
        if not signature_holds(key, message, signature):
            self.wrong(name, "was changed: the signature in it does not hold")
            return {}
        if self.key and key != self.key:
            self.wrong(name, "is signed with another key than signature.txt")
        if name == "signature.txt":
            self.key, self.signed = key, found.group(2)
        return {line.split("  ")[1]: line.split("  ")[0] for line in found.group(1).splitlines()}

    def check_manifests(self, vouched: dict[str, str]) -> None:
        """Each file against both manifests; one that was changed itself is believed in nothing."""
        for kind in HASHES:
            name = "tagmanifest-%s.txt" % kind
            if name in self.digests and vouched and vouched.get(name) != self.digests[name][kind]:
                self.wrong(name, "was changed: it is not the one that was signed")
        tags = {n for n in self.digests if not n.startswith("data/")} - set(SIGNED_AFTER)
        tags -= {"tagmanifest-%s.txt" % kind for kind in HASHES}
        self.compare("tagmanifest", tags)
        self.compare("manifest", {n for n in self.digests if n.startswith("data/")})

    def compare(self, manifest: str, present: Any) -> None:
        changed = {name for name, _ in self.problems}
        kinds = [k for k in HASHES if "%s-%s.txt" % (manifest, k) not in changed] or list(HASHES)
        for kind in kinds:
            listed = self.manifest("%s-%s.txt" % (manifest, kind))
            for name in sorted(set(listed) | present):
                if name not in present:
                    self.wrong(name, "is missing")
                elif name not in listed:
                    self.wrong(name, "was added: no manifest lists it")
                elif listed[name] != self.digests[name][kind]:
                    self.wrong(name, "was changed: it has another hash than the manifests say")

    def manifest(self, name: str) -> dict[str, str]:
        found = {}
        for line in self.text(name).splitlines():
            match = LINE.fullmatch(line)
            if match:
                found[match.group(2)] = match.group(1)
            else:
                self.wrong(name, "was changed: a line of it cannot be read")
        return found

    def check_log(self) -> dict[tuple[str, str], dict[str, Any]]:
        """The chain of the log; returns what its entries say, by kind and document (or number)."""
        name, last, expected = "data/log.jsonl", "0" * 64, 1
        said: dict[tuple[str, str], dict[str, Any]] = {}
        previous: str | None = last
        for entry in self.lines(name):
            number, sealed = entry.get("seq"), entry.get("hash")
            where = "entry %s: " % number
            if number != expected:
                self.wrong(name, where + "here entry %d should stand" % expected)
            if entry.get("previous") != previous:
                self.wrong(name, where + "it does not follow the entry before it")
            if "actor" in entry and entry.get("previous") and sealed:
                row = {k: entry.get(k) for k in ("seq", "at", "actor", "command", "kind")}
                row.update(previous=previous, payload=canonical(entry.get("payload")))
                if sha256(canonical(row)) != sealed:
                    self.wrong(name, where + "its contents do not have the hash it was sealed with")
                self.count("log entries recomputed")
            else:
                self.count("log entries tied in by their hash alone" if sealed else "log entries "
                           "that nothing but this bundle's signature vouches for")  # fmt: skip
            payload = entry.get("payload")
            if isinstance(payload, dict):
                said[str(entry.get("kind")), str(payload.get("document", number))] = payload
                said["entry", str(number)] = entry
            previous, expected = sealed, expected + 1
        self.notes.append("The log ends with entry %d, hash %s." % (expected - 1, previous))
        return said

    def check_documents(self, log: dict[tuple[str, str], dict[str, Any]]) -> None:
        """Originals and texts against their names, the documents' list and the log."""
        files = set()
        for told in self.lines("data/documents.jsonl"):
            document, text = str(told.get("id")), str(told.get("text"))
            files |= {text, str(told.get("original"))}
            self.count("documents")
            found = self.digests.get(text, {}).get("sha256")
            sealed = [told.get("text_sha256")]
            sealed += [log[kind, document].get("text_sha256", found)
                       for kind in ("acquired", "extracted") if (kind, document) in log]  # fmt: skip
            if any(one != found for one in sealed):
                self.wrong(text, "is not the text that the log sealed for %s" % document)
            if told.get("original"):
                self.count("originals")
                if told["original"] not in self.digests:
                    self.wrong(str(told["original"]), "is missing")
                elif told["original"] != "data/originals/" + document.partition(":")[2]:
                    self.wrong("data/documents.jsonl", "%s: another's original" % document)
        for name in sorted(self.digests):
            if name.startswith("data/originals/") and name[15:] != self.digests[name]["sha256"]:
                self.wrong(name, "was changed: an original's name is its SHA-256")
            if name.startswith(("data/originals/", "data/texts/")) and name not in files:
                self.wrong(name, "belongs to no document of data/documents.jsonl")

    def check_records(self, log: dict[tuple[str, str], dict[str, Any]]) -> None:
        """Each record against its hash, the log, and every citation against the text."""
        name = "data/record.jsonl"
        for told in self.lines(name):
            document, record = str(told.get("document")), told.get("record")
            self.count("records")
            found = sha256(canonical(record))
            sealed = log.get(("extracted", document), {}).get("record_sha256", found)
            if found != told.get("sha256") or found != sealed:
                self.wrong(name, "the record of %s is not the one that was sealed" % document)
            text = self.text("data/texts/%s.txt" % document.partition(":")[2])
            cited = [tuple(one) for one in told.get("citations") or ()]
            if [one[:3] for one in cited] != list(spans(record)):
                self.wrong(name, "the citations of %s are not those of its record" % document)
            for field, start, end, exact in cited:
                self.count("citations")
                if not 0 <= start < end <= len(text) or text[start:end] != exact:
                    self.wrong(name, "%s%s does not cite the words at %d to %d"
                               % (document, field, start, end))  # fmt: skip

    def check_custody(self, log: dict[tuple[str, str], dict[str, Any]]) -> None:
        """Each custody entry against the log's entry of that number, where that is here whole."""
        for told in self.lines("data/custody.jsonl"):
            self.count("custody entries")
            entry = log.get(("entry", str(told.get("seq"))), {})
            if "actor" not in entry:
                continue
            payload = entry["payload"]
            row = dict(entry, **dict(payload, **payload.get("first", {})))
            if any(row.get(k) != v for k, v in told.items() if k != "seq"):
                self.wrong("data/custody.jsonl", "entry %s is not what the log says" % told["seq"])


def canonical(value: Any) -> str:
    """JSON in the one form over which the log's hashes are made."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def spans(value: Any, field: str = "") -> Iterator[tuple[str, int, int]]:
    """Every [start, end) in a record, in Unicode code points, with the field it stands in."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from spans(part, "%s/%s" % (field, name))
    elif isinstance(value, list) and len(value) == 2 and all(type(part) is int for part in value):
        yield field, value[0], value[1]
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from spans(part, "%s/%d" % (field, number))


def verify(
    path: str, told: str = "", advance: Callable[[str], None] = lambda _: None
) -> dict[str, Any]:
    """All that can be said of a bundle. `holds` is whether nothing is wrong."""
    try:
        bundle = Bundle(path, advance)
        bundle.check(told)
    except (OSError, zipfile.BadZipFile, NotImplementedError, EOFError, struct.error) as error:
        wrong = {"file": os.path.basename(path), "what": "cannot be read: %s" % error}
        return {"bundle": path, "holds": False, "problems": [wrong], "counts": {}, "notes": []}
    return {
        "bundle": path,
        "holds": not bundle.problems,
        "problems": [{"file": file, "what": what} for file, what in bundle.problems],
        "counts": bundle.counts,
        "notes": bundle.notes,
        "signed": bundle.signed,
        "fingerprint": fingerprint(bundle.key) if bundle.key else "",
        "fingerprint_compared": bool(told),
    }


def told_plainly(found: dict[str, Any]) -> list[str]:
    """The report as lines for people."""
    lines = ["%s: %s" % (one["file"], one["what"]) for one in found["problems"]]
    lines += ["%d %s" % (number, what) for what, number in sorted(found["counts"].items())]
    lines += found["notes"]
    if found.get("fingerprint"):
        lines.append("Signed %s (by the signer's clock) with the key whose fingerprint is\n  %s"
                     % (found["signed"], found["fingerprint"]))  # fmt: skip
        if not found["fingerprint_compared"]:
            lines.append("Compare that with the fingerprint that you were given by other means: "
                         "anybody can sign a bundle with a key of their own.")  # fmt: skip
    count = len(found["problems"])
    lines.append("EVERYTHING HOLDS" if found["holds"] else "DOES NOT HOLD: %d problems" % count)
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description="Check an evidence bundle made by onrecord.")
    parser.add_argument("bundle", help="the folder or .zip")
    parser.add_argument("--fingerprint", default="", help="of the key you expect, in hexadecimal")
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args()
    found = verify(asked.bundle, asked.fingerprint)
    out = json.dumps(found, indent=2) if asked.json else "\n".join(told_plainly(found))
    sys.stdout.write(out.encode("ascii", "backslashreplace").decode() + "\n")
    return 0 if found["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
