"""Numbered notes: each citation once, in the order in which a page first uses it."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Record, Span
from onrecord.products.index import date_of, file_name
from onrecord.products.page import Citation, Note
from onrecord.vocabulary import load


class NoteBook:
    """Gives numbers to citations; the same characters of the same document keep their number."""

    def __init__(self) -> None:
        self._notes: dict[tuple[str, tuple[Span, ...]], Note] = {}

    def cite(self, record: Record, spans: Sequence[Span | None]) -> int:
        """The number of the note for these characters; what lies inside others is left to them."""
        known = sorted({span for span in spans if span})
        kept = tuple(s for s in known if not any(_inside(s, other) for other in known))
        key = (record.document.id, kept)
        if key not in self._notes:
            self._notes[key] = _note(len(self._notes) + 1, record, kept)
        return self._notes[key].number

    def freeze(self) -> tuple[Note, ...]:
        """The notes in order of their numbers."""
        return tuple(self._notes.values())


def _inside(span: Span, other: Span) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def _note(number: int, record: Record, spans: tuple[Span, ...]) -> Note:
    document = record.document
    return Note(
        number=number,
        document=document.id,
        path=file_name(record),
        citations=tuple(_citation(record.text, span) for span in spans),
        publisher=document.publisher,
        title=document.title,
        date=date_of(record),
        language=document.language,
    )


def _citation(text: str, span: Span) -> Citation:
    start, end = span
    reach = int(load("products")["trim"]["context"])
    return Citation(
        start=start,
        end=end,
        exact=text[start:end],
        before=_from_word(text[max(0, start - reach) : start], cut=start > reach),
        after=_to_word(text[end : end + reach], cut=end + reach < len(text)),
    )


def _from_word(context: str, *, cut: bool) -> str:
    words = context.split(" ", 1)
    return words[1] if cut and len(words) == 2 else context


def _to_word(context: str, *, cut: bool) -> str:
    words = context.rsplit(" ", 1)
    return words[0] if cut and len(words) == 2 else context
