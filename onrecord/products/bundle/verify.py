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
citations, custody and the case's log.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import struct
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

HASHES = ("sha256", "sha512")
TAG_MANIFESTS = tuple(f"tagmanifest-{kind}.txt" for kind in HASHES)
MADE_LAST = ("signature.txt", "timestamp.tsr", "timestamp-signature.txt")
"""Files that no manifest can list, because they are made after the manifests and sign them."""
NEEDED = (
    *(f"data/{name}.jsonl" for name in ("documents", "record", "custody", "log", "withheld")),
    *("bagit.txt", "bag-info.txt", "README.txt", "verify.py", "public-key.pem", "signature.txt"),
    *(f"manifest-{kind}.txt" for kind in HASHES),
    *TAG_MANIFESTS,
)
BAGIT = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
UNREADABLE = (OSError, zipfile.BadZipFile, EOFError, ValueError, RuntimeError, struct.error)
"""What Python raises for files and archives that are damaged."""


# --- Ed25519 signatures (RFC 8032, section 5.1), verification only ------------------------------
# Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z, on -x^2 + y^2 = 1 + d*x^2*y^2 mod P.

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    """The sum of two points (section 5.1.4)."""
    left = (a[1] - a[0]) * (b[1] - b[0]) % P
    right = (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = right - left, d - c, d + c, right + left
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(scalar: int, point: tuple[int, ...]) -> tuple[int, ...]:
    """A point added to itself `scalar` times."""
    total: tuple[int, ...] = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = add(total, point)
        point, scalar = add(point, point), scalar >> 1
    return total


def decode_point(data: bytes) -> tuple[int, ...] | None:
    """The point that 32 bytes stand for; None where they stand for none (section 5.1.3)."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if len(data) != 32 or y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


def signature_holds(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether a signature of a message was made with the private part of a key (section 5.1.7)."""
    base = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    point, r = decode_point(key), decode_point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or point is None or r is None or base is None or s >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    left = multiply(s, base)
    right = add(r, multiply(int.from_bytes(digest, "little") % ORDER, point))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


def fingerprint(key: bytes) -> str:
    """SHA-256 of the public key as DER, as `openssl pkey -pubin -outform DER | sha256sum` says."""
    return hashlib.sha256(bytes.fromhex("302a300506032b6570032100") + key).hexdigest()


# --- Where the files are: a folder or a ZIP ------------------------------------------------------


class Folder:
    """The files of a folder, by their names with "/" in them; links are not followed.

    `odd` are things that do not belong in a bundle, each with what is wrong with it.
    """

    def __init__(self, path: Path) -> None:
        self.path, self.names = path, set()  # type: Path, set[str]
        self.odd: list[tuple[str, str]] = []
        for each in path.rglob("*"):
            name = each.relative_to(path).as_posix()
            if each.is_symlink() or not (each.is_dir() or each.is_file()):
                self.odd.append((name, "was added: it is a link or no plain file"))
            elif each.is_file():
                self.names.add(name)
            elif name not in ("data", "data/originals", "data/texts"):
                self.odd.append((name, "was added: no bundle has this folder"))

    def open(self, name: str) -> IO[bytes]:
        """A file of the folder."""
        return self.path.joinpath(*name.split("/")).open("rb")


class Archive:
    """The files of a ZIP, which stand in one folder and are not compressed."""

    def __init__(self, path: Path) -> None:
        self.path, self.odd = path, []  # type: Path, list[tuple[str, str]]
        self.zip = zipfile.ZipFile(path)
        infos = self.zip.infolist()
        base = infos[0].filename.partition("/")[0] + "/" if infos else ""
        self.held: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = info.filename[len(base) :]
            if not info.filename.startswith(base) or name in self.held:
                self.odd.append((info.filename, "was added: beside the bundle's folder, or twice"))
            elif info.compress_type != zipfile.ZIP_STORED:
                self.odd.append((name, "was changed: it is compressed; the ZIP was packed anew"))
            else:
                self.held[name] = info
        self.names = set(self.held)
        if not self.container_holds(infos):
            self.odd.append((path.name, "was changed: in the ZIP, around the bundle's files"))

    def open(self, name: str) -> IO[bytes]:
        """A file of the ZIP; reading it to its end raises BadZipFile if its checksum is wrong."""
        return self.zip.open(self.held[name])

    def container_holds(self, infos: list[zipfile.ZipInfo]) -> bool:
        """Whether what is around the files is what onrecord writes there, byte for byte."""
        if self.path.stat().st_size >= 1 << 31 or len(infos) >= 1 << 16:
            return True  # Another layout (ZIP64). The files themselves are checked all the same.
        directory, at = b"", 0
        with self.path.open("rb") as file:
            for info in infos:
                name, size = info.filename.encode(), info.file_size
                flags = 0 if name.isascii() else 0x800
                same = (flags, 0, 0, 33, info.CRC, size, size, len(name), 0)
                header = struct.pack("<4s2B4HL2L2H", b"PK\3\4", 20, 0, *same) + name
                if file.read(len(header)) != header:
                    return False
                rest = (0, 0, 0, 0o100644 << 16, at)
                directory += struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 3, 20, 0, *same, *rest)
                directory += name
                at += len(header) + size
                file.seek(at)
            end = (0, 0, len(infos), len(infos), len(directory), at, 0)
            return file.read() == directory + struct.pack("<4s4H2LH", b"PK\5\6", *end)


# --- The checks ----------------------------------------------------------------------------------

STATEMENT = re.compile(
    r"onrecord (?:bundle|timestamp) signature 1\n((?:[0-9a-f]+  [a-z0-9.-]+\n){2})"
    r"signed (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\nkey ([0-9a-f]{64})\nsignature ([0-9a-f]{128})\n"
)
PEM = re.compile(r"-----BEGIN PUBLIC KEY-----\n([\w+/]{59}=)\n-----END PUBLIC KEY-----\n", re.ASCII)


class Bundle:
    """A bundle under examination: what was counted, and what does not hold."""

    def __init__(self, path: Path, progress: Callable[[str], None]) -> None:
        self.files: Any = Folder(path) if path.is_dir() else Archive(path)
        self.progress = progress
        self.problems: list[tuple[str, str]] = list(self.files.odd)
        self.counts: dict[str, int] = {}
        self.notes: list[str] = []
        self.key, self.signed = b"", ""
        self.digests: dict[str, dict[str, str]] = {}
        # What the log says: hashes of each document's text, of its latest record, custody by entry.
        self.sealed_texts: dict[str, str] = {}
        self.sealed_records: dict[str, str] = {}
        self.sealed_custody: dict[int, str] = {}

    def check(self, told: str) -> None:
        """Every check, in the order of trust. `told`: a fingerprint of the key, if one is known."""
        for name in NEEDED:
            if name not in self.files.names:
                self.wrong(name, "is missing")
        for name in sorted(self.files.names):
            self.progress(name)
            self.digests[name] = self.digest(name)
        self.check_signature(told)
        self.check_manifests()
        for name, check in (
            ("data/log.jsonl", self.check_log),
            ("data/documents.jsonl", self.check_documents),
            ("data/record.jsonl", self.check_records),
            ("data/custody.jsonl", self.check_custody),
            ("data/withheld.jsonl", lambda lines: self.count("withheld", len(list(lines)))),
        ):
            try:
                check(self.lines(name))
            except (*UNREADABLE, TypeError, LookupError, AttributeError):
                self.wrong(name, "was changed: a line of it cannot be read")

    def wrong(self, file: str, what: str) -> None:
        """Put down that something does not hold."""
        if (file, what) not in self.problems:
            self.problems.append((file, what))

    def count(self, what: str, number: int = 1) -> None:
        """Put down that something was looked at."""
        self.counts[what] = self.counts.get(what, 0) + number

    def digest(self, name: str) -> dict[str, str]:
        """The hashes of a file, read piece by piece."""
        made = {kind: hashlib.new(kind) for kind in HASHES}
        try:
            with self.files.open(name) as file:
                for block in iter(lambda: file.read(1 << 20), b""):
                    for one in made.values():
                        one.update(block)
        except UNREADABLE as error:
            self.wrong(name, f"was changed: it cannot be read ({error})")
        return {kind: one.hexdigest() for kind, one in made.items()}

    def text(self, name: str) -> str:
        """A file as text; empty where it is missing or cannot be read, which is put down."""
        try:
            if name in self.files.names:
                with self.files.open(name) as file:
                    return str(file.read().decode("utf-8", "surrogatepass"))
        except UNREADABLE:
            self.wrong(name, "was changed: it cannot be read")
        return ""

    def lines(self, name: str) -> Iterator[dict[str, Any]]:
        """The objects of a JSON Lines file, one after the other."""
        if name in self.files.names:
            with self.files.open(name) as file:
                for line in file:
                    yield dict(json.loads(line))

    def check_signature(self, told: str) -> None:
        """The signature, what it vouches for, and whose it is."""
        vouched = self.statement("signature.txt")
        for name in TAG_MANIFESTS if vouched else ():
            if name in self.digests and vouched.get(name) not in self.digests[name].values():
                self.wrong(name, "was changed: it is not the one that was signed")
        pem = PEM.fullmatch(self.text("public-key.pem"))
        if self.key and (not pem or base64.b64decode(pem.group(1))[12:] != self.key):
            self.wrong("public-key.pem", "was changed: it is not the key that signed")
        mine = fingerprint(self.key) if self.key else "none"
        if told and re.sub("[^0-9a-f]", "", told.lower()) != mine:
            self.wrong("signature.txt", f"is signed with another key than you expect: {mine}")
        if not self.files.names.isdisjoint(MADE_LAST[1:]):
            stamped = self.statement("timestamp-signature.txt")
            for name in MADE_LAST[:2] if stamped else ():
                if stamped.get(name) != self.digests.get(name, {}).get("sha256"):
                    self.wrong(name, "was changed: it is not the one that was stamped and signed")
            self.notes.append(
                "There is a timestamp (RFC 3161). This program does not check what the authority "
                "says; README.txt gives the command for OpenSSL."
            )

    def statement(self, name: str) -> dict[str, str]:
        """The hashes in a signed statement, by file; none where the signature does not hold."""
        told = self.text(name)
        found = STATEMENT.fullmatch(told)
        key = bytes.fromhex(found.group(3)) if found else b""
        message = told.rpartition("signature ")[0].encode("utf-8", "surrogatepass")
        if not found or not signature_holds(key, message, bytes.fromhex(found.group(4))):
            self.wrong(name, "was changed: the signature does not hold")
            return {}
        if self.key and key != self.key:
            self.wrong(name, "was changed: it is signed with another key than signature.txt")
        self.key, self.signed = self.key or key, self.signed or found.group(2)
        return {line.split("  ")[1]: line.split("  ")[0] for line in found.group(1).splitlines()}

    def check_manifests(self) -> None:
        """Each file against both manifests of its kind, each manifest against the tag manifests."""
        if self.text("bagit.txt") != BAGIT:
            self.wrong("bagit.txt", "was changed: it does not say BagIt 1.0")
        payload = {name for name in self.digests if name.startswith("data/")}
        self.compare("tagmanifest", set(self.digests) - payload - {*TAG_MANIFESTS, *MADE_LAST})
        self.compare("manifest", payload)

    def compare(self, manifest: str, present: set[str]) -> None:
        """Files against two manifests. One that was itself changed is believed in nothing."""
        changed = {name for name, _ in self.problems}
        both = [f"{manifest}-{kind}.txt" for kind in HASHES]
        for told in [each for each in both if each not in changed] or both:
            kind, listed = told[len(manifest) + 1 : -4], set()
            for line in self.rows(told):
                digest, _, name = line.partition("  ")
                listed.add(name)
                if name not in present:
                    self.wrong(name, "is missing")
                elif digest != self.digests[name][kind]:
                    self.wrong(name, "was changed: the manifests have another hash for it")
            for name in sorted(present - listed):
                self.wrong(name, "was added: the manifests do not list it")

    def rows(self, name: str) -> Iterator[str]:
        """The lines of a manifest, one after the other."""
        try:
            if name in self.files.names:
                with self.files.open(name) as file:
                    for line in file:
                        yield str(line.decode("utf-8", "replace")).rstrip("\n")
        except UNREADABLE:
            self.wrong(name, "was changed: it cannot be read")

    def check_log(self, entries: Iterable[dict[str, Any]]) -> None:
        """The chain of the log: each entry holds the hash of the one before, and has its own."""
        name, number, last = "data/log.jsonl", 0, "0" * 64  # type: str, int, Any
        for number, entry in enumerate(entries, 1):
            sealed, payload = entry["hash"], entry.get("payload", {})
            if entry["seq"] != number:
                self.wrong(name, f"entry {entry['seq']} stands where entry {number} should")
            if entry["previous"] != last:
                self.wrong(name, f"entry {number} does not follow the entry before it")
            names = ("seq", "at", "actor", "command", "kind")
            if "actor" in entry and last and sealed:
                row = {name: entry[name] for name in names}
                row.update(payload=canonical(payload), previous=last)
                if sha256(canonical(row)) != sealed:
                    self.wrong(name, f"entry {number} does not have the hash it was sealed with")
                self.count("log entries recomputed and in their chain")
            else:
                tied = "tied in by their hashes" if sealed else "vouched for by the signature alone"
                self.count(f"log entries withheld or beside such, {tied}")
            self.note(number, entry, payload)
            last = sealed
        self.notes.append(f"The log ends with entry {number}, hash {last}.")

    def note(self, number: int, entry: dict[str, Any], payload: dict[str, Any]) -> None:
        """Keep what an entry of the log says of a document, to compare it with the files."""
        kind, document = entry.get("kind"), str(payload.get("document"))
        if kind in ("acquired", "extracted"):
            sealed = self.sealed_texts.setdefault(document, payload["text_sha256"])
            if sealed != payload["text_sha256"]:
                self.wrong("data/log.jsonl", f"entry {number} seals another text of {document}")
        if kind == "extracted":
            if "record_sha256" in payload:  # it stays where the record leaves without our folders
                self.sealed_records[document] = payload["record_sha256"]
            else:
                self.sealed_records.pop(document, None)
        elif kind in ("acquired", "received") and "actor" in entry:
            told = dict(entry, **payload)
            self.sealed_custody[number] = custody_of(dict(told, **payload.get("first", {})))

    def check_documents(self, documents: Iterable[dict[str, Any]]) -> None:
        """Originals and texts against their names, the list of documents, and the log."""
        held = set()
        for told in documents:
            self.count("documents")
            text, original = told["text"], told["original"]
            held |= {text, original}
            found = self.digests.get(text, {}).get("sha256")
            if {told["text_sha256"], self.sealed_texts.get(told["id"], found)} != {found}:
                self.wrong(text, f"is not the text that was sealed for {told['id']}")
            if original and original not in self.digests:
                self.wrong(original, "is missing")
            elif original and told["id"] != "sha256:" + self.digests[original]["sha256"]:
                self.wrong(original, f"is not the original of {told['id']}, or was changed")
            self.count("originals", int(bool(original)))
        for name in self.files.names:
            if name.startswith(("data/originals/", "data/texts/")) and name not in held:
                self.wrong(name, "was added: it belongs to no document")

    def check_records(self, records: Iterable[dict[str, Any]]) -> None:
        """Each record against its hash and the log; each citation against the text."""
        name = "data/record.jsonl"
        for told in records:
            document, record = told["document"], told["record"]
            self.count("records")
            self.progress(document)
            found = sha256(canonical(record))
            if {told["sha256"], self.sealed_records.get(document, found)} != {found}:
                self.wrong(name, f"the record of {document} is not the one that was sealed")
            text = self.text(f"data/texts/{document.partition(':')[2]}.txt")
            cited = told["citations"]
            if [tuple(one[:3]) for one in cited] != list(spans(record)):
                self.wrong(name, f"the citations of {document} are not those of its record")
            for field, start, end, exact in cited:
                self.count("citations")
                if not 0 <= start < end <= len(text) or text[start:end] != exact:
                    self.wrong(name, f"{document}{field}: other words stand at {start} to {end}")

    def check_custody(self, entries: Iterable[dict[str, Any]]) -> None:
        """Each custody entry against the log's, where that is here whole."""
        for told in entries:
            self.count("custody entries")
            found = custody_of(told)
            if self.sealed_custody.get(told["seq"], found) != found:
                self.wrong("data/custody.jsonl", f"entry {told['seq']} is not what the log says")


def custody_of(told: dict[str, Any]) -> str:
    """One hash for who brought which document in, when and from where."""
    names = ("document", "size", "at", "actor", "command", "path", "origin", "reader")
    return sha256(canonical([told[name] for name in (*names, "reader_version")]))


def canonical(value: Any) -> str:
    """JSON in the one form over which the hashes of log and records are made."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def sha256(text: str) -> str:
    """The hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def spans(value: Any, field: str = "") -> Iterator[tuple[str, int, int]]:
    """Every [start, end) in a record, in Unicode code points, with the field it stands in."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from spans(part, f"{field}/{name}")
    elif isinstance(value, list) and len(value) == 2 and all(type(part) is int for part in value):
        yield field, value[0], value[1]
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from spans(part, f"{field}/{number}")


def nobody(_: str) -> None:
    """Where nobody wants to hear of progress."""


def verify(path: str, told: str = "", progress: Callable[[str], None] = nobody) -> dict[str, Any]:
    """All that can be said of a bundle; `holds`: nothing is wrong. `told`: a key's fingerprint."""
    found: dict[str, Any] = {"bundle": path, "fingerprint": "", "compared": bool(told)}
    try:
        bundle = Bundle(Path(path), progress)
        bundle.check(told)
    except UNREADABLE as error:
        wrong = {"file": Path(path).name, "what": f"was changed: it cannot be read ({error})"}
        return {**found, "holds": False, "problems": [wrong], "counts": {}, "notes": []}
    found.update(counts=bundle.counts, notes=bundle.notes, signed=bundle.signed)
    found["problems"] = [{"file": file, "what": what} for file, what in bundle.problems]
    found["fingerprint"] = fingerprint(bundle.key) if bundle.key else ""
    return {**found, "holds": not bundle.problems}


def told_plainly(found: dict[str, Any]) -> str:
    """The report as lines for people."""
    lines = [f"{one['file']}: {one['what']}" for one in found["problems"]]
    lines += [f"{number} {what}" for what, number in sorted(found["counts"].items())]
    lines += found["notes"]
    if found["fingerprint"]:
        lines.append(f"Signed {found['signed']}, by the signer's clock, with the key")
        lines.append(f"  {found['fingerprint']}")
        if not found["compared"]:
            lines.append("Compare it with the fingerprint that you were told by other means:")
            lines.append("anybody can sign a bundle with a key of their own.")
    problems = f"DOES NOT HOLD: {len(found['problems'])} problems"
    return "\n".join([*lines, "EVERYTHING HOLDS" if found["holds"] else problems])


def main() -> int:
    """Check the bundle that the command line names."""
    parser = argparse.ArgumentParser(description="Check an evidence bundle made by onrecord.")
    parser.add_argument("bundle", help="the folder or .zip")
    parser.add_argument("--fingerprint", default="", help="of the key you expect, in hexadecimal")
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args()
    found = verify(asked.bundle, asked.fingerprint)
    told = json.dumps(found, indent=2) if asked.json else told_plainly(found)
    sys.stdout.write(told.encode("ascii", "backslashreplace").decode() + "\n")
    return 0 if found["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
