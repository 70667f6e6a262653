"""From many scored readings to the ones that stand: one a cue, no content claimed twice."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.claims.candidate import Candidate
from onrecord.claims.grammar import Tokens

SAME = 0.6
"""Contents that share more than this (intersection over union) are one attribution."""


def choose(
    candidates: Sequence[Candidate], scores: Sequence[float], threshold: float
) -> list[tuple[Candidate, float]]:
    """The best reading of each cue at or above the threshold, best first among those that clash."""
    best: dict[int, int] = {}
    for number, candidate in enumerate(candidates):
        if scores[number] < threshold:
            continue
        rival = best.get(candidate.cue)
        if rival is None or scores[number] > scores[rival]:
            best[candidate.cue] = number
    order = sorted(best.values(), key=lambda n: (-scores[n], n))
    kept: list[int] = []
    quotes: set[int] = set()
    for number in order:
        candidate = candidates[number]
        if quotes & set(candidate.quotes):
            continue
        if any(overlap(candidate.content, candidates[k].content) > SAME for k in kept):
            continue
        quotes.update(candidate.quotes)
        kept.append(number)
    return [(candidates[n], float(scores[n])) for n in sorted(kept)]


def overlap(one: tuple[Tokens, ...], other: tuple[Tokens, ...]) -> float:
    """Intersection over union of two contents, in tokens."""
    shared = sum(max(0, min(b, d) - max(a, c)) for a, b in one for c, d in other)
    if not shared:
        return 0.0
    return shared / (sum(b - a for a, b in one) + sum(d - c for c, d in other) - shared)
