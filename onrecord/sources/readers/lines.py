"""From the lines of a page to its paragraphs: where the typesetter broke a line, and where the
author did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

HYPHEN = "-"
PARAGRAPH = "\n\n"
_ENDS = tuple(".!?:;…\"”’')]")
_LAST_PART = re.compile(r"([^\W\d_]+)-$")
_FIRST_PART = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

_WIDE_GAP = 0.85
"""White space between two lines, in heights of a line, from which they are two paragraphs."""
_OTHER_SIZE = 1.3
"""How many times as high a line is when it is set in another size: a heading."""
_INDENT = 0.8
"""How far to the right a paragraph's first line begins, in heights of a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line on a page; `broken` if it ends with a hyphen within a word. `box` as in `Box`."""

    text: str
    page: int
    box: tuple[float, float, float, float]
    broken: bool = False

    @property
    def height(self) -> float:
        """In points, at least a little."""
        return max(self.box[3] - self.box[1], 0.1)


@dataclass(frozen=True, slots=True)
class Joint:
    """What stands between a line and the next: a space, nothing, or a blank line."""

    between: str
    drops_hyphen: bool = False


def joints(lines: list[Line]) -> Iterator[Joint]:
    """What follows each line; after the last nothing."""
    words = {word.lower() for line in lines for word in _WORD.findall(line.text)}
    edges = _right_edges(lines)
    heights = _heights(lines)
    for above, below in pairwise(lines):
        if above.broken or _broken(above, below):
            yield Joint("", drops_hyphen=_soft(above.text, below.text, words))
        elif _parted(above, below, edges[_column(above)], heights[above.page]):
            yield Joint(PARAGRAPH)
        else:
            yield Joint(" ")
    yield Joint("")


def _broken(above: Line, below: Line) -> bool:
    return bool(_LAST_PART.search(above.text)) and below.text[:1].islower()


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


def _column(line: Line) -> tuple[int, int]:
    """Lines of one column begin at about the same place; a tenth of an inch is one place."""
    return line.page, round(line.box[0] / 7.2)


def _right_edges(lines: list[Line]) -> dict[tuple[int, int], float]:
    """How far the lines of each column reach, indented ones and their neighbours together."""
    reach: dict[tuple[int, int], float] = {}
    for line in lines:
        key = _column(line)
        reach[key] = max(reach.get(key, 0.0), line.box[2])
    return {
        (page, place): max(reach.get((page, place + step), 0.0) for step in range(-3, 4))
        for page, place in reach
    }


def _heights(lines: list[Line]) -> dict[int, float]:
    pages: dict[int, list[float]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line.height)
    return {page: median(heights) for page, heights in pages.items()}


def _parted(above: Line, below: Line, edge: float, height: float) -> bool:
    """Whether a new paragraph begins with `below`."""
    ended = above.text.endswith(_ENDS)
    if above.page != below.page or below.box[1] > above.box[3]:
        return ended or not below.text[:1].islower()
    sizes = sorted((above.height, below.height))
    if sizes[1] > sizes[0] * _OTHER_SIZE and min(len(above.text), len(below.text)) > 3:
        return True
    if above.box[1] - below.box[3] > _WIDE_GAP * height:
        return True
    if ended and below.box[0] > above.box[0] + _INDENT * height:
        return True
    # The next word would have fitted: so the author broke the line, not the typesetter.
    first = len(below.text.split(maxsplit=1)[0]) + 1
    width = (below.box[2] - below.box[0]) / len(below.text)
    return edge - above.box[2] > 1.2 * first * width
