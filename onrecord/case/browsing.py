"""A case as a browser reads it: one state, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from onrecord.model import Record
from onrecord.store import listing, originals, reader, resolved
from onrecord.store.listing import Listed, Member, Named
from onrecord.store.log import Entry, newest


@dataclass(frozen=True, slots=True)
class State:
    """One state of a case. From `Case.browse`, and to be used within it."""

    connection: Connection
    name: str

    @property
    def head(self) -> tuple[int, str]:
        """Number and hash of the log's newest entry: what is equal for equal states."""
        return newest(self.connection)

    @property
    def is_resolved(self) -> bool:
        """Whether who is who was worked out after the latest documents and judgements."""
        return not resolved.is_old(self.connection)

    def amount(self) -> int:
        """How many documents there are."""
        return reader.amount(self.connection)[0]

    def documents(self, offset: int, limit: int) -> list[Listed]:
        """Documents in the order they came in."""
        return listing.documents(self.connection, offset, limit)

    def named(
        self, kinds: Sequence[str], text: str, offset: int, limit: int
    ) -> tuple[list[Named], int]:
        """Who is who, those in most documents first; and how many there are."""
        return listing.named(self.connection, kinds, text, offset, limit)

    def members(self, canonical: str) -> list[Member]:
        """The entities taken for one."""
        return listing.members(self.connection, canonical)

    def who_is(self, document: str) -> dict[str, str]:
        """The group of each entity of a document."""
        return listing.canonical_of(self.connection, document)

    def kept(self, document: str) -> originals.Kept:
        """What is kept of a document besides its record. Raises `NotFound`."""
        return originals.kept(self.connection, document)

    def records(self, documents: Iterable[str]) -> Iterator[Record]:
        """The records of some documents that have one, in the order given."""
        yield from reader.records(self.connection, documents)

    def entries(self, before: int | None, limit: int) -> list[Entry]:
        """Entries of the log, the newest first."""
        return listing.entries(self.connection, before, limit)
