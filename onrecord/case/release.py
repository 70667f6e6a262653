"""What may leave a case, as exporters and products read it: a `Source` behind the door."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from onrecord.case import who
from onrecord.model import Record
from onrecord.products.door.policy import Recipient
from onrecord.products.index import Judged
from onrecord.store import carrying, reader, resolved
from onrecord.store.carrying import Kept
from onrecord.store.log import Entry
from onrecord.store.reader import CaseDocument, Custody
from onrecord.store.tables import CLUSTERS
from onrecord.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Withheld:
    """Something that was left out: what (a document's id, a claim's key), and by which rule."""

    subject: str
    rule: str


class Release:
    """The part of a case that may leave to a recipient; and the private folder it is made in.

    Write what is to leave at `path(name)`: one file or one folder, which becomes what the caller
    of `Case.release` named; of several, it becomes a folder that holds them. Every method streams.
    """

    def __init__(
        self, connection: Connection, vault: Vault, name: str, folder: Path, recipient: Recipient
    ) -> None:
        self._connection, self._vault = connection, vault
        self.name, self.folder, self.recipient = name, folder, recipient
        self.withheld: list[Withheld] = []
        self.sent: dict[str, bytes] = {}
        self._worked_out: dict[str, dict[str, str]] | None = None

    def path(self, name: str) -> Path:
        """Where to write the file or folder of that name."""
        return self.folder / name

    def read(self, name: str) -> bytes:
        """A file that goes to standard output; to be had when the `with` block is over."""
        return self.sent[name]

    @property
    def judged(self) -> Sequence[Judged]:
        """People's judgements of who is who."""
        return [
            Judged(d.left.rpartition("|")[2], d.right.rpartition("|")[2], d.verdict)
            for d in who.judged(self._connection)
        ]

    def records(self) -> Iterator[Record]:
        """The records that may leave, redacted, in the order their documents were acquired."""
        for document in reader.record_ids(self._connection):
            yield reader.record(self._connection, document)

    def documents(self) -> Iterator[CaseDocument]:
        """The documents that may leave, in the same order."""
        yield from reader.documents(self._connection)

    def custody(self, document: str) -> Sequence[Custody]:
        """Each time a document came in."""
        return reader.custody(self._connection, document)

    def who_is(self, document: str) -> Mapping[str, str]:
        """The canonical id of each entity of a document, by the entity's id.

        As last resolved; worked out once where documents or judgements came since.
        """
        if not resolved.is_old(self._connection):
            return resolved.of_document(self._connection, document)
        if self._worked_out is None:
            self._worked_out = {}
            for row in who.work_out(self._connection)[0][CLUSTERS]:
                held, _, entity = row["key"].rpartition("|")
                self._worked_out.setdefault(held, {})[entity] = row["canonical"]
        return self._worked_out.get(document, {})

    def original(self, document: str) -> bytes | None:
        """The original bytes of a document; None, and a line in `withheld`, if they must stay."""
        return self._vault.read(document.removeprefix("sha256:"))

    def kept(self, document: str) -> Kept:
        """What the lossless export takes of a document: text, reader's facts, sealed record."""
        return carrying.kept(self._connection, document)

    def decisions(self) -> Iterator[Entry]:
        """People's decisions that may leave, oldest first."""
        return carrying.decisions(self._connection)
