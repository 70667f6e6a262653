"""Quotation marks paired into quotations, over sentences and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.model import Span

_MARK = re.compile(r"""''|``|["“”„«»]|(?<![^\W_])‘(?=\S)|(?<=\S)’(?![^\W_])""")
_OPENS = frozenset(["“", "„", "«", "‘", "``"])
_EITHER_WAY = frozenset(['"', "''"])
_CLOSED_BY = {
    "“": ("”", '"'),
    "„": ("“", "”"),
    "«": ("»",),
    "‘": ("’",),
    '"': ('"', "”"),
    "``": ("''",),
    "''": ("''",),
}


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between two marks: `spans` without the marks, one a paragraph; `outer` with them.

    `closed` is False where the closing mark is missing and the end of the paragraph was taken.
    """

    spans: tuple[Span, ...]
    outer: Span
    closed: bool = True

    @property
    def start(self) -> int:
        """The first character inside the marks."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """The character after the last one inside the marks."""
        return self.spans[-1][1]


def quotations(text: str, paragraphs: list[Span]) -> tuple[Quotation, ...]:
    """The outermost quotations of a text, in order; empty ones are left out.

    A quotation left open at the end of a paragraph goes on where the next paragraph begins with
    an opening mark, as the press writes it; otherwise it ends with its paragraph.
    """
    found: list[Quotation] = []
    unclosed: list[tuple[Span, int]] = []
    for paragraph in paragraphs:
        pieces = _in_paragraph(text, paragraph)
        if unclosed:
            first = text[paragraph[0]]
            if first in '"“„«' and pieces:
                inner, outer, closed = pieces.pop(0)
                if not closed:
                    unclosed.append((inner, outer[0]))
                    continue
                found.append(_joined([*unclosed, (inner, outer[0])], outer[1], closed=True))
            else:
                found.append(_joined(unclosed, unclosed[-1][0][1], closed=False))
            unclosed = []
        for inner, outer, closed in pieces:
            if closed:
                found.append(Quotation((inner,), outer))
            else:
                unclosed.append((inner, outer[0]))
    if unclosed:
        found.append(_joined(unclosed, unclosed[-1][0][1], closed=False))
    return tuple(q for q in found if all(start < end for start, end in q.spans))


def _joined(parts: list[tuple[Span, int]], end: int, *, closed: bool) -> Quotation:
    return Quotation(tuple(inner for inner, _ in parts), (parts[0][1], end), closed)


def _in_paragraph(text: str, paragraph: Span) -> list[tuple[Span, Span, bool]]:
    """(inside, with marks, closed) of each quotation of a paragraph; only the last may be open."""
    found: list[tuple[Span, Span, bool]] = []
    opened: re.Match[str] | None = None
    for match in _MARK.finditer(text, *paragraph):
        mark = match.group()
        if opened is None:
            if mark in _OPENS or (mark in _EITHER_WAY and _may_open(text, match, paragraph)):
                opened = match
        elif mark in _CLOSED_BY[opened.group()]:
            inner = _inside(text, opened.end(), match.start())
            found.append((inner, (opened.start(), match.end()), True))
            opened = None
    if opened is not None and opened.group() != "‘":
        inner = _inside(text, opened.end(), paragraph[1])
        found.append((inner, (opened.start(), paragraph[1]), False))
    return found


def _may_open(text: str, mark: re.Match[str], paragraph: Span) -> bool:
    return mark.end() < paragraph[1] and not text[mark.end()].isspace()


def _inside(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end)
