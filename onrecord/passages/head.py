"""What a document says of itself: title, publisher, date of publication, dateline, channel."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Edtf, Span
from onrecord.passages.parse import Parsed


@dataclass(frozen=True, slots=True)
class Head:
    """Spans of what heads (or closes) a document; dates are EDTF. None where it says nothing."""

    title: Span | None = None
    publisher: Span | None = None
    published: tuple[Edtf, Span] | None = None
    dateline_place: Span | None = None
    dateline_date: tuple[Edtf, Span] | None = None
    channel: Span | None = None


def read_head(parsed: Parsed, known: Head) -> Head:
    """`known` is what the reader of the file found already; the text fills the rest."""
    return known
