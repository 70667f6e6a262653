"""A text with stretches replaced, and where each character of the first is in the second."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from onrecord.model import Span
from onrecord.products.door.finding import Find


@dataclass(frozen=True, slots=True)
class Replaced:
    """The new text. `map` leads spans of the old text to the words that now stand for them."""

    text: str
    old: tuple[Span, ...]
    new: tuple[Span, ...]

    def map(self, span: Span) -> Span:
        """Where a span is now. One that begins or ends within a replaced stretch takes it in."""
        return self._start(span[0]), self._end(span[1])

    def _start(self, at: int) -> int:
        index = bisect_right(self.old, at, key=_start_of) - 1
        if index < 0:
            return at
        old, new = self.old[index], self.new[index]
        return new[0] if at < old[1] else at - old[1] + new[1]

    def _end(self, at: int) -> int:
        index = bisect_right(self.old, at - 1, key=_start_of) - 1
        if index < 0:
            return at
        old, new = self.old[index], self.new[index]
        return new[1] if at <= old[1] else at - old[1] + new[1]


def _start_of(span: Span) -> int:
    return span[0]


def replaced(text: str, found: Iterable[Find]) -> Replaced:
    """The text with the code of each find in its place; `found` is in order, none overlapping.

    Finds of one code with nothing but blanks between them become one.
    """
    parts: list[str] = []
    old: list[Span] = []
    new: list[Span] = []
    last = length = 0
    for one in _joined(text, found):
        parts += [text[last : one.start], one.code]
        start = length + one.start - last
        old.append((one.start, one.end))
        new.append((start, start + len(one.code)))
        last, length = one.end, start + len(one.code)
    parts.append(text[last:])
    return Replaced("".join(parts), tuple(old), tuple(new))


def _joined(text: str, found: Iterable[Find]) -> list[Find]:
    kept: list[Find] = []
    for one in found:
        if kept and kept[-1].code == one.code and not text[kept[-1].end : one.start].strip():
            kept[-1] = Find(kept[-1].start, one.end, one.code)
        else:
            kept.append(one)
    return kept
