"""A document's text with what is cited of it marked, and each number where its words begin."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.model import Span
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
    spans: list[Span] = []
    for note in notes:
        spans += [(c.start, c.end) for c in note.citations]
        if note.citations:
            begins.setdefault(min(c.start for c in note.citations), []).append(note.number)
    covered = list(_joined(spans))
    edges = sorted({0, len(text), *begins, *(edge for span in covered for edge in span)})
    inside = iter(covered)
    current = next(inside, None)
    for start, end in itertools.pairwise(edges):
        while current is not None and current[1] <= start:
            current = next(inside, None)
        within = current is not None and current[0] <= start
        yield Piece(text[start:end], within, tuple(begins.get(start, ())), anchor(start))


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Spans with those that touch or overlap taken together, in order."""
    current: Span | None = None
    for start, end in sorted(spans):
        if current is not None and start <= current[1]:
            current = (current[0], max(current[1], end))
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current
