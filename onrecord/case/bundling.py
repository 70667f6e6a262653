"""The case as an evidence bundle, through the door."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from onrecord.case.release import Release, Withheld
from onrecord.case.releasing import releasing
from onrecord.errors import CaseError, OnrecordError
from onrecord.products import bundle as products
from onrecord.products.bundle import contents, signing, timestamping
from onrecord.products.bundle.bag import HASHES, Bag, zipped
from onrecord.products.bundle.log_lines import BEGUN, Telling, log_lines
from onrecord.products.bundle.verify import verify
from onrecord.products.door.policy import Recipient
from onrecord.products.door.redaction import Coder, renewed
from onrecord.store.chain import stayed_behind
from onrecord.store.log import entries, entries_of, newest, now
from onrecord.store.session import Session
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Told = Callable[[str], None]
OWN_KEY = "case.signing-key.pem"
"""The case's own key, beside its database. `add` passes over it, and no release reaches it."""


def _silent(_: str) -> None:
    """Where nobody asked to be told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How a bundle is signed and stamped. `key`: a PEM file; None is the case's own key."""

    key: Path | None = None
    authority: str = ""
    passphrase: Callable[[], str] = field(default=str)
    progress: Told = _silent
    tell: Told = _silent


@dataclass(frozen=True, slots=True)
class Bundled:
    """What left. `fingerprint` is that of the public key, `counts` what the verifier counted,
    `withheld` how much stayed by rule, `notes` what whoever gives it out must know.
    """

    fingerprint: str
    counts: dict[str, int]
    withheld: dict[str, int]
    notes: tuple[str, ...]


def bundle(session: Session, out: Path, recipient: Recipient, asked: Asked) -> Bundled:
    """Make a bundle at `out`: a folder, or with the ending .zip a ZIP. `Case.bundle` says more."""
    key = _key(session, asked)
    head = _begun(session, recipient)
    packed = out.suffix.lower() == ".zip"
    form = "zip" if packed else "folder"
    with releasing(session, "bundle", form, out, recipient, asked.tell) as release:
        folder = release.path(".bag" if packed else out.name)
        folder.mkdir()
        with session.reading() as connection:
            if newest(connection) != head:
                raise _written_meanwhile(session)
            _fill(Bag(folder), release, connection, (key, asked))
        _sign(folder, key, asked)
        counts = _checked(folder, key, asked.progress)
        if packed:
            zipped(folder, release.path(out.name), out.stem)
            shutil.rmtree(folder)
    stayed = Counter(one.rule for one in release.withheld)
    return Bundled(signing.fingerprint(key), counts, dict(stayed), tuple(release.notes))


def _begun(session: Session, recipient: Recipient) -> tuple[int, str]:
    """Number and hash of the log's newest entry: the one that says that a bundle is begun.

    It holds a secret. So its hash can be told to anybody, and with it all that comes before it is
    tied to the bundle, even what stays (`log_lines` says why other hashes cannot be told).
    """
    if recipient.sees_names:
        with session.reading() as connection:
            return newest(connection)
    with session.writing() as writer:
        entry = writer.tell(BEGUN, {"what": "bundle", "secret": secrets.token_hex(32)})
    return entry.seq, entry.hash


def _key(session: Session, asked: Asked) -> Ed25519PrivateKey:
    if asked.key is not None:
        return signing.key_from(asked.key, asked.passphrase)
    return signing.own_key(session.folder / OWN_KEY)


def _fill(
    bag: Bag, release: Release, connection: Connection, how: tuple[Ed25519PrivateKey, Asked]
) -> None:
    """Write everything but signature and timestamp."""
    key, asked = how
    coder = Coder(release.guard.names, frozenset())
    documents = contents.write_documents(bag, release, asked.progress)
    telling = Telling(release.recipient, coder, frozenset(documents))
    contents.write_lines(bag, "data/log.jsonl", log_lines(entries(connection), telling))
    lacking = _lacking(release, connection, documents)
    withheld = [*release.withheld, *(Withheld(each, rule) for each, rule in lacking)]
    told = _without_hashes(withheld, documents, release.guard.secret)
    contents.write_lines(bag, "data/withheld.jsonl", told)
    for name in ("README.txt", "verify.py"):
        bag.write(name, (files(products) / name).read_bytes())
    bag.write("public-key.pem", signing.public_pem(key))
    about = {
        "Bagging-Date": now()[:10],
        "Bag-Software-Agent": f"onrecord {version('onrecord')}",
        "External-Description": f"Evidence bundle of the case {release.name}",
        "Audience": release.recipient.audience,
        "Recipient": release.recipient.to,
        "Purpose": release.recipient.purpose,
        "Timestamp-Authority": asked.authority,
    }
    bag.close({label: told for label, told in about.items() if told})


def _lacking(
    release: Release, connection: Connection, documents: Mapping[str, bool]
) -> Iterator[tuple[str, str]]:
    """Documents that came without their bytes from another case, with the rule by that name.

    Raises `CaseError` where an original is not there that should be.
    """
    stayed = {one.subject for one in release.withheld}
    bare = {each for each, original in documents.items() if not original} - stayed
    if not bare:
        return
    for entry in entries_of(connection, ("acquired",)):
        if entry.payload["document"] in bare and stayed_behind(entry.payload):
            bare.remove(entry.payload["document"])
            yield entry.payload["document"], load("bundle")["no_original"]
    if bare:
        raise CaseError(
            release.name,
            "nothing was given out: an original is missing or altered",
            why=", ".join(sorted(bare)[:3]),
            todo="run `onrecord verify`, which says what to do",
        )


def _without_hashes(
    withheld: Sequence[Withheld], documents: Mapping[str, bool], secret: bytes
) -> Iterator[Mapping[str, str]]:
    """What stayed, in order. What has another id here, or none, is not named by its hash: that
    would let somebody who has the document confirm that the case has it too.
    """
    told = set()
    for one in withheld:
        document, _, part = one.subject.partition("|")
        if document not in documents:
            document, part = renewed(document, secret), ""
        told.add((f"{document}|{part}" if part else document, one.rule))
    for subject, rule in sorted(told):
        yield {"subject": subject, "rule": rule}


def _sign(folder: Path, key: Ed25519PrivateKey, asked: Asked) -> None:
    """Sign both tag manifests; have the signature stamped where an authority is named."""
    hashes = {}
    for kind in HASHES:
        name = f"tagmanifest-{kind}.txt"
        hashes[name] = hashlib.new(kind, (folder / name).read_bytes()).hexdigest()
    signature = signing.statement(key, "bundle", hashes, now())
    (folder / "signature.txt").write_bytes(signature)
    if asked.authority:
        asked.progress("timestamp")
        stamp = timestamping.timestamp(signature, asked.authority)
        (folder / "timestamp.tsr").write_bytes(stamp)
        both = {"signature.txt": signature, "timestamp.tsr": stamp}
        sums = {name: hashlib.sha256(data).hexdigest() for name, data in both.items()}
        stamped = signing.statement(key, "timestamp", sums, now())
        (folder / "timestamp-signature.txt").write_bytes(stamped)


def _checked(folder: Path, key: Ed25519PrivateKey, progress: Told) -> dict[str, int]:
    """What the verifier counts in a bundle that is whole. Raises OnrecordError where it is not."""
    found = verify(str(folder), signing.fingerprint(key), progress)
    if found["holds"]:
        counts: dict[str, int] = found["counts"]
        return counts
    first = found["problems"][0]
    raise OnrecordError(
        f"the bundle would not hold: {first['file']}: {first['what']}; nothing was given out",
        why=f"{len(found['problems'])} problems; something in the case is not what the log says",
        todo="run `onrecord verify`, which names what is altered",
    )


def _written_meanwhile(session: Session) -> CaseError:
    return CaseError(
        str(session.folder),
        "nothing was given out: the case was written meanwhile",
        why="the log in a bundle must be that of the documents in it",
        todo="run the command again when the other process is done",
    )
