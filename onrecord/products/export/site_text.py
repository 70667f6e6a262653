"""A document's text with what is cited of it marked, and each number where its words begin."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from onrecord.model import Span
from onrecord.passages.cutting import stretches
from onrecord.products.page import Note


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `notes` are the numbers of those that begin with it, at `anchor`."""

    words: str
    marked: bool
    notes: tuple[int, ...] = ()
    anchor: str = ""


def anchor(start: int) -> str:
    """What other pages call the place of a character of a text."""
    return f"at-{start}"


def marked(text: str, notes: Iterable[Note]) -> Iterator[Piece]:
    """The whole text in pieces; what several notes cite is marked once.

    A note of several stretches has its number at the first.
    """
    begins: dict[int, list[int]] = {}
    marks: list[tuple[Span, None]] = []
    for note in notes:
        marks += [((c.start, c.end), None) for c in note.citations]
        if note.citations:
            begins.setdefault(min(c.start for c in note.citations), []).append(note.number)
    cut = stretches((0, len(text)), marks, begins)
    for within, group in itertools.groupby(cut, key=lambda each: bool(each[1])):
        yield from _parted(text, [span for span, _ in group], begins, marked=within)


def _parted(
    text: str, spans: list[Span], begins: Mapping[int, list[int]], *, marked: bool
) -> Iterator[Piece]:
    """A stretch that is marked or not throughout, parted only where notes begin."""
    starts = [spans[0][0], *(start for start, _ in spans[1:] if start in begins)]
    for start, end in itertools.pairwise([*starts, spans[-1][1]]):
        yield Piece(text[start:end], marked, tuple(begins.get(start, ())), anchor(start))
