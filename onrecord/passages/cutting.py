"""A text cut wherever something marked in it begins or ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TypeVar

from onrecord.model import Span

T = TypeVar("T")


def stretches(
    within: Span, marks: Iterable[tuple[Span, T]], edges: Iterable[int] = ()
) -> Iterator[tuple[Span, tuple[T, ...]]]:
    """The whole of `within` in stretches, each with all that marks it, whatever began first first.

    What begins together is in the order of its end, the farthest first; what is equal keeps its
    order. There is a cut at each of `edges` too. Marks outside of `within` do not count; nor do
    empty ones, but for the cut that they make.
    """
    first, last = within
    ordered = sorted(
        ((span, mark) for span, mark in marks if span[0] <= last and span[1] >= first),
        key=lambda each: (each[0][0], -each[0][1]),
    )
    cuts = {first, last, *(min(max(edge, first), last) for span, _ in ordered for edge in span)}
    cuts |= {edge for edge in edges if first < edge < last}
    waiting, inside = iter(ordered), list[tuple[Span, T]]()
    upcoming = next(waiting, None)
    for start, end in pairwise(sorted(cuts)):
        inside = [each for each in inside if each[0][1] > start]
        while upcoming is not None and upcoming[0][0] <= start:
            if upcoming[0][1] > start:
                inside.append(upcoming)
            upcoming = next(waiting, None)
        yield (start, end), tuple(mark for _, mark in inside)
