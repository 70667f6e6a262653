"""What a copy kept of the text it was made from, and what it changed: passages on both sides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from onrecord.corroboration.shingles import Words, read_words
from onrecord.model import Span

ChangeKind = Literal["replaced", "added", "left_out", "moved"]

_MOVED = 4
"""Words in a row that stand elsewhere before they count as moved rather than as chance."""

_Run = tuple[int, int]
"""Words from one number up to another."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A passage that stands in both texts, word for word but for case, accents and punctuation."""

    earlier: Span
    later: Span


@dataclass(frozen=True, slots=True)
class Change:
    """Where the later text differs. What was added has no passage in the earlier text, what was
    left out none in the later one; what was moved stands in both, in another order.
    """

    kind: ChangeKind
    earlier: Span | None
    later: Span | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts side by side. `share` is the share of the later text's words that it kept."""

    kept: tuple[Kept, ...]
    changes: tuple[Change, ...]
    share: float


def compare(earlier: str, later: str) -> Comparison:
    """Align two texts word by word (longest common subsequence), then look for what was moved."""
    from rapidfuzz.distance import LCSseq

    words = read_words([earlier, later])
    left, right = (words.hashes[words.of(text)].tolist() for text in (0, 1))
    equal: list[tuple[_Run, _Run]] = []
    runs: list[tuple[_Run, _Run]] = []
    at_left = at_right = 0
    for code in LCSseq.opcodes(left, right):
        if code.tag != "equal":
            continue
        runs.append(((at_left, code.src_start), (at_right, code.dest_start)))
        equal.append(((code.src_start, code.src_end), (code.dest_start, code.dest_end)))
        at_left, at_right = code.src_end, code.dest_end
    runs.append(((at_left, len(left)), (at_right, len(right))))
    moved = list(_moved(left, right, runs))
    at = _Places(words)
    changes = [*_changes(runs, moved, at)]
    changes += [Change("moved", at(0, source), at(1, goal)) for source, goal in moved]
    kept = tuple(
        Kept(earlier=source, later=goal)
        for a, b in equal
        if (source := at(0, a)) and (goal := at(1, b))
    )
    same = sum(b - a for _, (a, b) in [*equal, *moved])
    order = sorted(changes, key=lambda c: (c.later or c.earlier or (0, 0), c.kind))
    return Comparison(kept, tuple(order), same / len(right) if right else 0.0)


class _Places:
    """The passage of a run of words of one of the two texts; none for an empty run."""

    def __init__(self, words: Words) -> None:
        self._sides = [
            (words.begin[words.of(text)].tolist(), words.end[words.of(text)].tolist())
            for text in (0, 1)
        ]

    def __call__(self, text: int, run: _Run) -> Span | None:
        begin, end = self._sides[text]
        return (begin[run[0]], end[run[1] - 1]) if run[1] > run[0] else None


def _moved(
    left: list[int], right: list[int], runs: list[tuple[_Run, _Run]]
) -> Iterator[tuple[_Run, _Run]]:
    """Runs of the right side that stand unmatched elsewhere on the left, longest from its start."""
    places: dict[tuple[int, ...], int] = {}
    free: set[int] = set()
    for (start, end), _ in runs:
        free.update(range(start, end))
        for place in range(start, end - _MOVED + 1):
            places.setdefault(tuple(left[place : place + _MOVED]), place)
    for _, (start, end) in runs:
        place = start
        while place + _MOVED <= end:
            source = places.get(tuple(right[place : place + _MOVED]))
            length = 0
            if source is not None:
                while (
                    place + length < end
                    and source + length in free
                    and left[source + length] == right[place + length]
                ):
                    free.remove(source + length)
                    length += 1
            if source is not None and length:
                yield (source, source + length), (place, place + length)
            place += max(length, 1)


def _changes(
    runs: list[tuple[_Run, _Run]], moved: list[tuple[_Run, _Run]], at: _Places
) -> Iterator[Change]:
    gone = [source for source, _ in moved]
    come = [goal for _, goal in moved]
    for source, goal in runs:
        lefts, rights = _without(source, gone), _without(goal, come)
        if len(lefts) == 1 and len(rights) == 1:
            yield Change("replaced", at(0, lefts[0]), at(1, rights[0]))
            continue
        yield from (Change("left_out", at(0, run), None) for run in lefts)
        yield from (Change("added", None, at(1, run)) for run in rights)


def _without(run: _Run, taken: list[_Run]) -> list[_Run]:
    """The parts of a run that no taken run covers."""
    rest, place = [], run[0]
    for start, end in sorted(t for t in taken if run[0] <= t[0] and t[1] <= run[1]):
        if start > place:
            rest.append((place, start))
        place = end
    if place < run[1]:
        rest.append((place, run[1]))
    return rest
