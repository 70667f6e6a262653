"""A case as a browser reads it: one state, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from onrecord.case import proposed, reviewing, who
from onrecord.case.who import Pair
from onrecord.model import Record
from onrecord.store import groups, listing, originals, reader, resolved
from onrecord.store.listing import Listed, Member, Named
from onrecord.store.log import Entry, newest

FEW = 500
"""Documents of a case that is small enough to be worked out for the occasion."""


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
        return listing.amount(self.connection)

    def documents(self, offset: int, limit: int) -> list[Listed]:
        """Documents in the order they came in."""
        return listing.documents(self.connection, offset, limit)

    def named(
        self, kinds: Sequence[str], text: str, offset: int, limit: int
    ) -> tuple[list[Named], int]:
        """Who is who, those in most documents first; and how many there are."""
        if self._is_kept():
            return groups.named(self.connection, kinds, text, offset, limit)
        return listing.named(self.connection, kinds, text, offset, limit)

    def proposals(self, offset: int, limit: int) -> list[Pair]:
        """The pairs nobody has judged, those first for which a decision is worth most."""
        if self._is_kept():
            return proposed.pairs(self.connection, offset, limit)
        return proposed.told(self.connection, self._proposals()[offset : offset + limit])

    def open_proposals(self) -> int:
        """How many pairs nobody has judged."""
        return proposed.amount(self.connection) if self._is_kept() else len(self._proposals())

    def _proposals(self) -> list[Pair]:
        return who.pairs(self.connection, who.current(self.connection))

    def _is_kept(self) -> bool:
        """Whether to go by what was last worked out; a small case is worked out for the occasion
        where something came since.
        """
        return resolved.is_found(self.connection) and (
            not resolved.is_old(self.connection) or self.amount() > FEW
        )

    def members(self, canonical: str) -> list[Member]:
        """The entities taken for one."""
        return listing.members(self.connection, canonical)

    def who_is(self, document: str) -> dict[str, str]:
        """The group of each entity of a document."""
        return listing.canonical_of(self.connection, document)

    def document_id(self, name: str) -> str:
        """The id of a document, for its id, the beginning of it, or a path. Raises `NotFound`."""
        return reader.resolve(self.connection, name)

    def record(self, document: str) -> Record:
        """The record of a document. Raises `NotFound`."""
        return reader.record(self.connection, document)

    def pending(self, document: str) -> reader.Pending:
        """The text of a document that has no record yet. Raises `NotFound`."""
        return reader.job(self.connection, document)

    def custody(self, document: str) -> list[reader.Custody]:
        """Each time a document came in."""
        return reader.custody(self.connection, document)

    def reviews(self, document: str) -> list[reviewing.ReviewDecision]:
        """What people decided of what a document says, and added, that holds; oldest first."""
        return reviewing.decided(self.connection, document)

    def kept(self, document: str) -> originals.Kept:
        """What is kept of a document besides its record. Raises `NotFound`."""
        return originals.kept(self.connection, document)

    def bodies(self, documents: Iterable[str]) -> list[reader.Body]:
        """The records of those of some documents that have one, as parsed JSON, in their order."""
        return reader.bodies_of(self.connection, documents)

    def entries(self, before: int | None, limit: int) -> list[Entry]:
        """Entries of the log, the newest first."""
        return listing.entries(self.connection, before, limit)
