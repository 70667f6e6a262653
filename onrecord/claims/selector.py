"""Which candidates are attributions: counted rates and two boosted forests, read by numpy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord import vocabulary
from onrecord.claims.by_hand import scores_by_hand
from onrecord.claims.candidate import Candidate
from onrecord.claims.context import around
from onrecord.claims.features import KEYS, keys_of, numbers_of, rivalry
from onrecord.claims.grammar import Grammar
from onrecord.vocabulary.parts import has

Floats = NDArray[np.float64]
Points = tuple[tuple[float, ...], tuple[float, ...]]
"""Places on a curve: where, and how high, both rising."""


@dataclass(frozen=True, slots=True)
class Forest:
    """Boosted trees as arrays of shape (trees, nodes).

    `below` are the nodes to the left and right of each, counted through all trees; a leaf's are
    itself.
    """

    feature: NDArray[np.int64]
    threshold: Floats
    below: NDArray[np.int64]
    value: Floats
    depth: int
    baseline: float

    def score(self, rows: Floats) -> Floats:
        """The probability of each row (rows, features) of being right."""
        count, width = self.feature.shape
        feature, threshold = self.feature.ravel(), self.threshold.ravel()
        flat, features = np.ascontiguousarray(rows).ravel(), rows.shape[1]
        root = np.arange(count) * width
        ends = np.tile(root, len(rows))
        going = np.arange(len(ends))
        row, at = np.repeat(np.arange(len(rows)) * features, count), ends.copy()
        for _ in range(self.depth):
            goes_left = flat.take(row + feature.take(at)) <= threshold.take(at)
            below = np.where(goes_left, self.below[0].take(at), self.below[1].take(at))
            ends[going] = below
            on = np.flatnonzero(below != at)
            going, row, at = going.take(on), row.take(on), below.take(on)
        values = self.value.ravel().take(ends).reshape(len(rows), count)
        total: Floats = self.baseline + values.sum(axis=1)
        return 1.0 / (1.0 + np.exp(-total))


@dataclass(frozen=True, slots=True)
class Scores:
    """What each candidate of a document is worth: alone, and `together` with those around it."""

    alone: list[float]
    together: list[float]


@dataclass(frozen=True, slots=True)
class Selector:
    """Counted rates by key, two forests that weigh them, and how often their scores are right.

    The forest `alone` reads a candidate by itself and knows no claims within claims; `together`
    weighs what it says of all candidates against each other. `observed` pairs scores with the share
    of readings with about that score that were right, source and content, on articles kept from the
    forests; `observed_alone` does so for scores alone, `continued` is that share for quotations
    without a cue.
    """

    rates: Mapping[str, float]
    base: float
    alone: Forest
    together: Forest
    threshold: float
    observed: Points
    observed_alone: Points
    continued: float

    def score(self, g: Grammar, candidates: Sequence[Candidate]) -> Scores:
        """The probability that each candidate is an attribution."""
        if not candidates:
            return Scores([], [])
        if not has("selector"):
            by_hand = scores_by_hand(g, candidates)
            return Scores([0.0] * len(by_hand), by_hand)
        known = self.score_alone(g, candidates)
        together = self.together.score(np.array(around(g, candidates, known)))
        return Scores(known, together.tolist())

    def score_alone(self, g: Grammar, candidates: Sequence[Candidate]) -> list[float]:
        """The probability of each by itself, whatever stands around it; 0 without the weights."""
        if not candidates or not has("selector"):
            return [0.0] * len(candidates)
        rows = rows_of(g, list(candidates), self.rates, self.base)
        scores: list[float] = self.alone.score(rows).tolist()
        return scores

    def confidence(self, score: float) -> float:
        """How often a reading with this score has its source and content right, to two digits."""
        return round(float(np.interp(score, *self.observed)), 2)

    def confidence_alone(self, score: float) -> float:
        """As `confidence`, for a reading that was scored by itself."""
        return round(float(np.interp(score, *self.observed_alone)), 2)


def rows_of(
    g: Grammar, candidates: list[Candidate], rates: Mapping[str, float], base: float
) -> Floats:
    """Features of the candidates of one document, shape (candidates, features).

    A rate that was never counted falls back to the next wider one.
    """
    counted = [_with_back_off([rates.get(k) for k in keys_of(g, c)], base) for c in candidates]
    beside = rivalry(candidates, [row[0] for row in counted])
    return np.array(
        [
            rate + own + other
            for rate, own, other in zip(
                counted, (numbers_of(g, c) for c in candidates), beside, strict=True
            )
        ]
    )


def _with_back_off(rates: list[float | None], base: float) -> list[float]:
    narrow, grouped, lemma = rates[:3]
    wide = lemma if lemma is not None else base
    middle = grouped if grouped is not None else wide
    first = narrow if narrow is not None else middle
    rest = [base if rate is None else rate for rate in rates[3:KEYS]]
    return [first, middle, wide, *rest, float(narrow is None), float(lemma is None)]


@cache
def selector() -> Selector:
    """The packaged weights, read once a process."""
    learned = vocabulary.learned("cues-learned")
    return Selector(
        rates=learned["rates"],
        base=learned["base"],
        alone=forest_of(learned["alone"]),
        together=forest_of(learned["together"]),
        threshold=learned["threshold"],
        observed=tuple(map(tuple, learned["observed"])),  # type: ignore[arg-type]
        observed_alone=tuple(map(tuple, learned["observed_alone"])),  # type: ignore[arg-type]
        continued=learned["continued"],
    )


def forest_of(data: Mapping[str, Any]) -> Forest:
    """A forest from its JSON form: one list a tree under each name."""
    width = max(len(tree) for tree in data["feature"])

    def padded(name: str, kind: type) -> NDArray[Any]:
        return np.array([tree + [0] * (width - len(tree)) for tree in data[name]], dtype=kind)

    roots = np.arange(len(data["feature"]))[:, None] * width
    sides = [(padded(side, np.int64) + roots).ravel() for side in ("left", "right")]
    return Forest(
        feature=padded("feature", np.int64),
        threshold=padded("threshold", np.float64),
        below=np.stack(sides),
        value=padded("value", np.float64),
        depth=int(data["depth"]),
        baseline=float(data["baseline"]),
    )
