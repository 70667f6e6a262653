"""From many scored readings to the ones that stand: one a cue, no content claimed twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.claims.candidate import Candidate
from onrecord.claims.grammar import Tokens
from onrecord.claims.nearby import Nearby

SAME = 0.4
"""Contents that share more than this (intersection over union) are one attribution."""
NESTED = 0.45
"""A claim inside another's words must be at least this sure."""
CLOSE = 0.9
"""Among readings of one cue nearly as good as its best, the one that takes in most words stands."""


def choose(
    candidates: Sequence[Candidate], scores: Sequence[float], threshold: float
) -> list[tuple[Candidate, float]]:
    """The readings that stand, in the order given, each with the score of its cue's best one."""
    best = _best_of_each_cue(candidates, scores, threshold)
    kept: list[int] = []
    standing: Nearby[Candidate] = Nearby()
    quotes: set[int] = set()
    for number in sorted(best, key=lambda n: (-best[n], n)):
        candidate = candidates[number]
        if quotes & set(candidate.quotes):
            continue
        if any(_clash(candidate, k, best[number]) for k in standing.around(*_extent(candidate))):
            continue
        quotes.update(candidate.quotes)
        kept.append(number)
        standing.add(*_extent(candidate), candidate)
    return [(candidates[n], best[n]) for n in sorted(kept)]


def _extent(candidate: Candidate) -> Tokens:
    first, last = candidate.content[0][0], candidate.content[-1][1]
    return (min(first, candidate.cue), max(last, candidate.cue))


def apart(chosen: list[Candidate]) -> list[Candidate]:
    """In the same order, no cue left at the end of another's words: `X fled, he said, as Y wrote`.

    There the later cue is about the whole; its own words are no part of what the first one says.
    """
    tails: Nearby[tuple[Candidate, Tokens]] = Nearby()
    for candidate in chosen:
        tail = None if candidate.quotes else _tail(candidate)
        if tail is not None:
            tails.add(*tail, (candidate, tail))
    return [
        _cut(c, [tail for other, tail in tails.around(*_extent(c)) if other is not c])
        for c in chosen
    ]


def _tail(candidate: Candidate) -> Tokens | None:
    """The source and cue of a reading whose words all come before them."""
    words = candidate.source.words
    if words is None:
        return None
    first, last = min(words[0], candidate.words[0]), max(words[1], candidate.words[1])
    before = candidate.content[-1][1] <= first
    return (first, last) if before and last - first <= 30 else None


def _cut(candidate: Candidate, tails: list[Tokens]) -> Candidate:
    first, last = candidate.content[-1]
    for low, high in tails:
        if first < low and low < last <= high + 1 and not candidate.quotes:
            content = (*candidate.content[:-1], (first, low))
            return replace(candidate, content=content)
    return candidate


def _best_of_each_cue(
    candidates: Sequence[Candidate], scores: Sequence[float], threshold: float
) -> dict[int, float]:
    """By number of the reading: the score of its cue."""
    by_cue: dict[int, list[int]] = {}
    for number, candidate in enumerate(candidates):
        if scores[number] >= threshold:
            by_cue.setdefault(candidate.cue, []).append(number)
    found: dict[int, float] = {}
    for numbers in by_cue.values():
        top = max(numbers, key=lambda n: (scores[n], -n))
        alike = [n for n in numbers if _alike(candidates, scores, n, top)]
        found[max(alike, key=lambda n: (candidates[n].length, scores[n], -n))] = float(scores[top])
    return found


def _alike(candidates: Sequence[Candidate], scores: Sequence[float], number: int, top: int) -> bool:
    one, best = candidates[number], candidates[top]
    return (
        scores[number] >= CLOSE * scores[top]
        and bool(one.quotes) == bool(best.quotes)
        and overlap(one.content, best.content) > SAME
    )


def _clash(one: Candidate, standing: Candidate, score: float) -> bool:
    """Whether a reading says the same as one that stands, or is nested in it and not sure."""
    shared = overlap(one.content, standing.content)
    if shared > SAME:
        return True
    nested = _holds(standing, one.cue) or _holds(one, standing.cue)
    return shared > 0 and nested and score < NESTED


def _holds(candidate: Candidate, token: int) -> bool:
    return any(first <= token < last for first, last in candidate.content)


def overlap(one: tuple[Tokens, ...], other: tuple[Tokens, ...]) -> float:
    """Intersection over union of two contents, in tokens."""
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    if not shared:
        return 0.0
    return shared / (sum(b - a for a, b in one) + sum(d - c for c, d in other) - shared)
