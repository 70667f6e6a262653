"""From many scored readings to the ones that stand: one a cue, no content claimed twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.claims.candidate import Candidate
from onrecord.claims.grammar import Tokens
from onrecord.claims.nearby import Nearby

SAME = 0.4
"""Contents that share more than this (intersection over union) are one attribution."""
CLOSE = 0.95
"""Of readings of one cue with the same quotations and more, this near to the best, the longest."""
HOLDING = 0.8
"""A claim that holds a surer one inside its words stands before it where it is this near to it."""


def choose(
    candidates: Sequence[Candidate], scores: Sequence[float], threshold: float
) -> list[tuple[Candidate, float]]:
    """The readings that stand, in the order given, each with its score; none inside another."""
    best = _best_of_each_cue(candidates, scores, threshold)
    kept: list[int] = []
    standing: Nearby[Candidate] = Nearby()
    quotes: set[int] = set()
    for number in _in_order(candidates, best):
        candidate = candidates[number]
        if quotes & set(candidate.quotes):
            continue
        if any(_clash(candidate, k) for k in standing.around(*_extent(candidate))):
            continue
        quotes.update(candidate.quotes)
        kept.append(number)
        standing.add(*_extent(candidate), candidate)
    return [(candidates[n], best[n]) for n in sorted(kept)]


def _in_order(candidates: Sequence[Candidate], best: dict[int, float]) -> list[int]:
    """The surest first, but before it one that holds it in its words and is nearly as sure."""
    near: Nearby[int] = Nearby()
    for number in best:
        near.add(*_extent(candidates[number]), number)

    def rank(number: int) -> float:
        holder, score = candidates[number], best[number]
        held = (
            best[other]
            for other in near.around(*_extent(holder))
            if other != number and _holds(holder, candidates[other].cue)
        )
        return max((s for s in held if s > score >= HOLDING * s), default=score)

    ranked = {number: rank(number) for number in best}
    return sorted(best, key=lambda n: (-ranked[n], best[n], n))


def within(
    candidates: Sequence[Candidate],
    alone: Sequence[float],
    chosen: list[tuple[Candidate, float]],
    floors: Sequence[float],
) -> list[tuple[Candidate, float, Candidate]]:
    """Claims inside the words of claims: `police said that he had accused them`.

    `floors` are the scores alone that the candidates must reach: nothing around shows which of them
    stand, and the corpus that the weights were learned from marks no claim inside another. Gives
    each with its score alone and the smallest claim that holds it: its cue, source and words all
    stand in that claim's words, and its words leave some of those out.
    """
    standing = [candidate for candidate, _ in chosen]
    taken = {candidate.cue for candidate in standing}
    near: Nearby[Candidate] = Nearby()
    for candidate in standing:
        near.add(*_extent(candidate), candidate)
    holding: dict[int, Candidate] = {}
    for number, inner in enumerate(candidates):
        if alone[number] < floors[number] or inner.cue in taken or inner.quotes:
            continue
        holders = [c for c in near.around(*_extent(inner)) if _is_within(inner, c)]
        if holders:
            holding[number] = min(holders, key=lambda c: (c.length, c.cue))
    high = [score if n in holding else -1.0 for n, score in enumerate(alone)]
    best = _best_of_each_cue(candidates, high, 0.0)
    return [(candidates[n], best[n], holding[n]) for n in sorted(best)]


def _is_within(inner: Candidate, outer: Candidate) -> bool:
    words = inner.source.words
    tokens = {inner.cue, *(words or ()), *(t for part in inner.content for t in part)}
    return inner.length < outer.length and all(
        any(first <= token <= last for first, last in outer.content) for token in tokens
    )


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
    """By number of the reading that is its cue's best: its score."""
    readings: dict[int, list[int]] = {}
    for number, candidate in enumerate(candidates):
        if scores[number] >= threshold:
            readings.setdefault(candidate.cue, []).append(number)
    found = {}
    for numbers in readings.values():
        top = max(numbers, key=lambda n: (scores[n], -n))
        alike = [n for n in numbers if _goes_on(candidates, scores, n, top)]
        longest = max(alike, key=lambda n: (candidates[n].length, scores[n], -n), default=top)
        found[longest] = float(scores[top])
    return found


def _goes_on(
    candidates: Sequence[Candidate], scores: Sequence[float], number: int, top: int
) -> bool:
    """Whether a reading takes in the quotations of the best one, and is nearly as good."""
    one, best = candidates[number], candidates[top]
    return (
        set(one.quotes) >= set(best.quotes) != set()
        and one.source == best.source
        and scores[number] >= CLOSE * scores[top]
    )


def _clash(one: Candidate, standing: Candidate) -> bool:
    """Whether a reading says the same as one that stands, or one is inside the other's words."""
    shared = overlap(one.content, standing.content)
    nested = _holds(standing, one.cue) or _holds(one, standing.cue)
    return shared > SAME or (shared > 0 and nested)


def _holds(candidate: Candidate, token: int) -> bool:
    return any(first <= token < last for first, last in candidate.content)


def overlap(one: tuple[Tokens, ...], other: tuple[Tokens, ...]) -> float:
    """Intersection over union of two contents, in tokens."""
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    if not shared:
        return 0.0
    return shared / (sum(b - a for a, b in one) + sum(d - c for c, d in other) - shared)
