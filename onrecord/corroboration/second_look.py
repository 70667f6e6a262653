"""The second look at two documents that share some runs of words: are they one text?

Their words are aligned. What an outlet prints under everything it publishes is left out. Where the
sum of what they have in common is near neither end, `closer_look` has the last word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from math import inf, log

import numpy as np
import numpy.typing as npt

from onrecord import vocabulary
from onrecord.corroboration.aligning import (
    Text,
    align,
    even,
    text_of,
    words_in_any_order,
    words_in_order,
)
from onrecord.corroboration.shingles import Flags, Hashes, Numbers, Words, mix, shingles


@dataclass(frozen=True, slots=True)
class CopyRules:
    """The thresholds of `vocabulary/corroboration_copies.yaml`."""

    shingle: int
    sample_above: int
    shared_runs: float
    shared_share: float
    crowd: int
    neighbours: int
    lonely: int
    further: int
    further_share: float
    furniture_share: float
    furniture_documents: int
    rare: int
    least_words: int
    brief_words: int
    short_words: int
    short_aligned: float
    short_rare_runs: float
    cut_ratio: float
    cut_aligned: float
    cut_rare_runs: float
    least_weight: float
    least_runs: float
    least_aligned: float
    least_shared: float
    weights: Mapping[str, float]
    bias: float
    clearly: float
    clearly_not: float
    pairs: int
    close_weights: Mapping[str, float]
    close_bias: float
    families: float


@dataclass(frozen=True, slots=True)
class Signs:
    """What two texts have in common, as shares of the shorter one's words or runs.

    `aligned`: words that stand in both, in order. `runs`: runs of three words. `rare_runs`: the
    same, each weighed by how few documents have it. `length`: logarithm of the shorter one's
    words; `ratio`: of the longer one's to the shorter one's. `even`: stretches of six words at
    least half of which are aligned, of all; what two reporters write of one event is alike in some
    places, a copy in nearly all. `spread`: words of the longer one from the first aligned to the
    last.
    """

    aligned: float
    runs: float
    rare_runs: float
    length: float
    ratio: float
    even: float
    spread: float


@cache
def copy_rules() -> CopyRules:
    """The thresholds in use."""
    return CopyRules(**vocabulary.load("corroboration_copies"))


class SecondLook:
    """Looks at pairs of texts whose words have been read."""

    def __init__(self, words: Words, publishers: Sequence[str | None]) -> None:
        self._rule = rule = copy_rules()
        hashes, places = shingles(words, rule.shingle)
        owner = np.searchsorted(words.first, places, side="right") - 1
        furniture = _furniture(hashes, owner, publishers, rule)
        documents = _documents_with(hashes, owner)
        weights = np.minimum(1.0, rule.rare / documents)
        weights[furniture] = 0.0
        self._hashes, self._weights = hashes, weights
        self._first = np.searchsorted(places, words.first)
        self._total = np.diff(np.concatenate([[0.0], np.cumsum(weights)])[self._first])
        self._words, self._counts = words, words.counts.tolist()
        self._publishers = publishers
        self._own = _without(furniture, places, len(words.hashes), rule.shingle)
        self._furniture = _by_outlet(hashes[furniture], owner[furniture], publishers)
        self._runs: dict[int, dict[int, float]] = {}
        self._texts: dict[int, Text] = {}

    def signs(self, earlier: int, later: int) -> Signs | None:
        """What two texts have in common; None where it is too little to look at."""
        rule = self._rule
        whole = min(self._counts[earlier], self._counts[later])
        if whole < rule.least_words:
            return None
        one, other = self._runs_of(earlier), self._runs_of(later)
        shared = one.keys() & other.keys()
        total = min(self._total[earlier], self._total[later])
        rare = sum(map(one.__getitem__, shared)) / max(1e-9, total)
        if rare < rule.least_weight:
            return None
        if whole < rule.brief_words:
            return self._of_brief(earlier, later)
        runs = len(shared) / max(1, min(len(one), len(other)))
        left, right = self._text(earlier), self._text(later)
        size = max(1, min(len(left.words), len(right.words)))
        in_order = words_in_order(left, right)
        unlike = runs < rule.least_runs and in_order < rule.least_aligned * size
        # Sentences put in another order are seen by the words alone.
        if unlike and words_in_any_order(left, right) < rule.least_shared * size:
            return None
        return _signs(left, right, runs, float(rare), moved=in_order < _NEARLY_ALL * size)

    def _of_brief(self, earlier: int, later: int) -> Signs | None:
        """The same where one has few words: what either outlet prints under all is in neither."""
        outlets = {self._publishers[earlier], self._publishers[later]}
        known = (self._furniture[outlet] for outlet in outlets if outlet in self._furniture)
        furniture = {run for runs in known for run in runs.tolist()}
        one, other = (
            {run: weight for run, weight in self._runs_of(text).items() if run not in furniture}
            for text in (earlier, later)
        )
        shared = one.keys() & other.keys()
        rare = sum(one[run] for run in shared)
        rare /= max(1e-9, min(sum(one.values()), sum(other.values())))
        left, right = (self._bare(text, outlets) for text in (earlier, later))
        return _signs(left, right, len(shared) / max(1, min(len(one), len(other))), float(rare))

    def _bare(self, text: int, outlets: Iterable[str | None]) -> Text:
        own, part = self.own(text, outlets), self._words.of(text)
        return text_of(
            self._words.hashes[part][own],
            np.cumsum(self._words.opens[part], dtype=np.int64)[own],
        )

    def score(self, signs: Signs) -> float:
        """How clearly they are one text, a sum of the signs, weighed: from 0 on they are.

        Of a few words, a title and a date, nearly all must stand in the other text, fewer where
        that is a much longer one: there the score is endless either way.
        """
        rule = self._rule
        if signs.length < log(rule.short_words):
            cut = signs.ratio >= log(rule.cut_ratio)
            aligned = rule.cut_aligned if cut else rule.short_aligned
            rare_runs = rule.cut_rare_runs if cut else rule.short_rare_runs
            return inf if signs.aligned >= aligned and signs.rare_runs >= rare_runs else -inf
        score: float = sum(rule.weights[name] * getattr(signs, name) for name in SIGNS)
        return score + rule.bias

    def own(self, text: int, outlets: Iterable[str | None]) -> Flags:
        """Of a text's words, those in no run that one of these outlets prints under everything."""
        part = slice(int(self._first[text]), int(self._first[text + 1]))
        own = np.ones(self._counts[text], dtype=bool)
        hashes = self._hashes[part]
        for runs in [self._furniture[outlet] for outlet in outlets if outlet in self._furniture]:
            near = np.minimum(np.searchsorted(runs, hashes), len(runs) - 1)
            places = np.flatnonzero(runs[near] == hashes)
            for step in range(self._rule.shingle):
                own[places + step] = False
        return own

    def _runs_of(self, text: int) -> dict[int, float]:
        """The runs of a text with their weight."""
        if text not in self._runs:
            part = slice(int(self._first[text]), int(self._first[text + 1]))
            hashes, weights = self._hashes[part].tolist(), self._weights[part].tolist()
            self._runs[text] = {h: w for h, w in zip(hashes, weights, strict=True) if w}
        return self._runs[text]

    def _text(self, text: int) -> Text:
        if text not in self._texts:
            part = self._words.of(text)
            own = self._own[part]
            sentence = np.cumsum(self._words.opens[part], dtype=np.int64)[own]
            self._texts[text] = text_of(self._words.hashes[part][own], sentence)
        return self._texts[text]


SIGNS = tuple(field.name for field in fields(Signs))

_NEARLY_ALL = 0.8
"""Where so many words are in order as they stand, the sentences are in order too."""


def _signs(
    left: Text, right: Text, runs: float, rare: float, *, moved: bool = True
) -> Signs | None:
    size = min(len(left.words), len(right.words))
    if not size:
        return None
    found = align(left, right, moved=moved)
    return Signs(
        aligned=found.words / size,
        runs=runs,
        rare_runs=rare,
        length=log(size),
        ratio=log(max(len(left.words), len(right.words)) / size),
        even=even(found.hit),
        spread=found.spread / size,
    )


def _without(furniture: Flags, places: Numbers, size: int, run: int) -> Flags:
    """The words that stand in no run of furniture."""
    own = np.ones(size, dtype=bool)
    for step in range(run):
        own[places[furniture] + step] = False
    return own


def _furniture(
    hashes: Hashes, owner: Numbers, publishers: Sequence[str | None], rule: CopyRules
) -> Flags:
    """Runs that an outlet prints under much of what it publishes: footers, appeals, addresses."""
    names = {name: place for place, name in enumerate(sorted({n for n in publishers if n}), 1)}
    outlet = np.array([names.get(name or "", 0) for name in publishers], dtype=np.int64)
    size = np.bincount(outlet, minlength=len(names) + 1)[outlet[owner]]
    often = _documents_with(mix(hashes ^ mix(outlet[owner].astype(np.uint64))), owner)
    found: Flags = (
        (outlet[owner] > 0)
        & (often >= rule.furniture_documents)
        & (often >= rule.furniture_share * size)
    )
    return found


def _by_outlet(
    hashes: Hashes, owner: Numbers, publishers: Sequence[str | None]
) -> dict[str | None, Hashes]:
    """The runs of furniture of each outlet that has any."""
    found: dict[str | None, list[Hashes]] = {}
    for text in np.unique(owner).tolist():
        part = slice(*np.searchsorted(owner, [text, text + 1]))
        found.setdefault(publishers[text], []).append(hashes[part])
    return {name: np.unique(np.concatenate(runs)) for name, runs in found.items()}


def _documents_with(hashes: Hashes, owner: Numbers) -> npt.NDArray[np.int64]:
    """For each hash, in how many documents it stands; `owner` must rise."""
    order = np.argsort(hashes, kind="stable")
    value, text = hashes[order], owner[order]
    starts = np.ones(len(value), dtype=bool)
    starts[1:] = value[1:] != value[:-1]
    new = starts.copy()
    new[1:] |= text[1:] != text[:-1]
    first = np.flatnonzero(starts)
    amount = np.add.reduceat(new.astype(np.int64), first) if len(first) else first
    result = np.zeros(len(value), dtype=np.int64)
    result[order] = np.repeat(amount, np.diff([*first, len(value)]))
    return result
