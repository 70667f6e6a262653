"""From the lines of a page to its paragraphs: where the typesetter broke a line, and where the
author did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

HYPHEN = "-"
PARAGRAPH = "\n\n"
_ENDS = tuple(".!?:;…\"”’')]")
_LAST_PART = re.compile(r"([^\W\d_]+)-$")
_FIRST_PART = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_WIDE_GAP = 1.3
"""Distance of two baselines, in that of the page's lines, from which they are two paragraphs."""
_OTHER_SIZE = 1.15
"""How many times as high type is that is set in another size: a heading."""
_INDENT = 0.8
"""How far to the right a paragraph's first line begins, in heights of its type."""
_FITTING = 1.2
"""Room at a line's end, in widths of the next word, in which that would have fitted."""
_PLACE = 7.2
"""Points: lines that begin within a tenth of an inch of each other begin at one place."""
_REACH = 0.85
"""Share of a column's lines that end by its right edge; a heading may run over two columns."""

Column = tuple[int, int]
"""Page, and place on it where lines begin."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line on a page; `broken` if it ends with a hyphen within a word.

    `box` as in `Box`; `baseline` and `size` (the height of the type) in points.
    """

    text: str
    page: int
    box: tuple[float, float, float, float]
    baseline: float
    size: float
    broken: bool = False

    @property
    def column(self) -> Column:
        """Where on which page the line begins."""
        return self.page, round(self.box[0] / _PLACE)


@dataclass(frozen=True, slots=True)
class Joint:
    """What stands between a line and the next: a space, nothing, or a blank line."""

    between: str
    drops_hyphen: bool = False


def joints(lines: list[Line]) -> Iterator[Joint]:
    """What follows each line; after the last nothing."""
    words = {word.lower() for line in lines for word in _WORD.findall(line.text)}
    edges, pitches = _right_edges(lines), _pitches(lines)
    for above, below in pairwise(lines):
        if above.broken or _broken(above, below):
            yield Joint("", drops_hyphen=_soft(above.text, below.text, words))
        elif _parted(above, below, edges[above.column], pitches[above.page]):
            yield Joint(PARAGRAPH)
        else:
            yield Joint(" ")
    yield Joint("")


def _broken(above: Line, below: Line) -> bool:
    return (
        above.text.endswith(HYPHEN)
        and below.text[:1].islower()
        and _LAST_PART.search(above.text) is not None
    )


def _soft(above: str, below: str, words: set[str]) -> bool:
    """Whether a hyphen at a line's end goes when the line break goes: "govern-" and "ment".

    What the document writes elsewhere decides. If it does not, the hyphen of a capitalized word
    stays, for it may be part of a name.
    """
    last, first = _LAST_PART.search(above), _FIRST_PART.match(below)
    if not last or not first:
        return False
    if f"{last[1]}{first[0]}".lower() in words:
        return True
    if f"{last[1]}-{first[0]}".lower() in words:
        return False
    return last[1].islower() and first[0].islower()


def _right_edges(lines: list[Line]) -> dict[Column, float]:
    """How far the lines reach that begin no further right than a column and run into it."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    edges = {}
    for page, place in {line.column for line in lines}:
        left = place * _PLACE
        ends = [line.box[2] for line in pages[page] if line.box[0] <= left + _PLACE]
        ends = sorted(end for end in ends if end > left)
        edges[page, place] = ends[int(_REACH * (len(ends) - 1) + 0.5)] if ends else 0.0
    return edges


def _pitches(lines: list[Line]) -> dict[int, float]:
    """The usual distance of two baselines on each page: that of lines within paragraphs."""
    pages: dict[int, list[float]] = {line.page: [] for line in lines}
    for above, below in pairwise(lines):
        if above.page == below.page and above.baseline - below.baseline > above.size / 2:
            pages[above.page].append(above.baseline - below.baseline)
    return {
        page: sorted(distances)[len(distances) // 4] if distances else 0.0
        for page, distances in pages.items()
    }


def _parted(above: Line, below: Line, edge: float, pitch: float) -> bool:
    """Whether a new paragraph begins with `below`."""
    ended = above.text.endswith(_ENDS)
    if above.page != below.page or below.baseline > above.baseline + below.size:
        return ended or not below.text[:1].islower()
    sizes = sorted((above.size, below.size))
    if sizes[1] > sizes[0] * _OTHER_SIZE:
        return True
    if above.baseline - below.baseline > _WIDE_GAP * max(pitch, above.size):
        return True
    if ended and below.box[0] > above.box[0] + _INDENT * below.size:
        return True
    # The next word would have fitted: so the author broke the line, not the typesetter.
    word = len(below.text.split(maxsplit=1)[0]) + 1
    width = (below.box[2] - below.box[0]) / len(below.text)
    return edge - above.box[2] > _FITTING * word * width
