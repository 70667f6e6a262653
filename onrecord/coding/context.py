"""What every coder reads: the parse, the entities and the claims of one document."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.coding.when import DateMention
from onrecord.entities import EntityBook
from onrecord.model import Claim, Span
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

    @property
    def dateline(self) -> Span | None:
        """Where the dateline stands: its place is where the report was written, no more."""
        date = self.head.dateline_date
        parts = [span for span in (self.head.dateline_place, date and date[1]) if span]
        return (min(s for s, _ in parts), max(e for _, e in parts)) if parts else None

    def in_dateline(self, span: Span) -> bool:
        """Whether some words are of the dateline."""
        head = self.dateline
        return head is not None and span[0] < head[1] and head[0] < span[1]
