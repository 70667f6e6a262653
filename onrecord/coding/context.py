"""What every coder reads: the parse, the entities and the claims of one document."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.coding.when import DateMention
from onrecord.entities import EntityBook
from onrecord.model import Claim
from onrecord.passages.head import Head
from onrecord.passages.parse import Parsed


@dataclass(frozen=True, slots=True)
class Context:
    """One document, read up to its claims; `dates` are its expressions of time, in order."""

    parsed: Parsed
    book: EntityBook
    head: Head
    claims: tuple[Claim, ...]
    dates: tuple[DateMention, ...]

    @property
    def document_id(self) -> str:
        """The id that every content hash of this document starts from."""
        return self.book.document_id
