"""The second look at two documents that share some runs of words: are they one text?

The words are aligned (longest common subsequence), the sentences of the later text first put into
the order of the earlier one. What an outlet prints under everything it publishes is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import pairwise
from math import inf, log

import numpy as np
import numpy.typing as npt

from onrecord import vocabulary
from onrecord.corroboration.shingles import Flags, Hashes, Numbers, Words, mix, shingles


@dataclass(frozen=True, slots=True)
class CopyRules:
    """The thresholds of `vocabulary/corroboration_copies.yaml`."""

    shingle: int
    sample_above: int
    shared_runs: float
    shared_share: float
    neighbours: int
    crowd: int
    furniture_share: float
    furniture_documents: int
    rare: int
    least_words: int
    short_words: int
    short_aligned: float
    short_rare_runs: float
    least_weight: float
    least_runs: float
    least_aligned: float
    weights: Mapping[str, float]
    bias: float
    clearly: float
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
        self._own = _without(furniture, places, len(words.hashes), rule.shingle)
        self._runs: dict[int, dict[int, float]] = {}
        self._texts: dict[int, _Text] = {}

    def signs(self, earlier: int, later: int) -> Signs | None:
        """What two texts have in common; None where it is too little to look at."""
        if min(self._counts[earlier], self._counts[later]) < self._rule.least_words:
            return None
        one, other = self._runs_of(earlier), self._runs_of(later)
        shared = one.keys() & other.keys()
        rare = sum(one[run] for run in shared)
        rare /= max(1e-9, min(self._total[earlier], self._total[later]))
        if rare < self._rule.least_weight:
            return None
        runs = len(shared) / max(1, min(len(one), len(other)))
        left, right = self._text(earlier), self._text(later)
        size = max(1, min(len(left.words), len(right.words)))
        if (
            runs < self._rule.least_runs
            and _in_order(left, right) < self._rule.least_aligned * size
        ):
            return None
        aligned = _aligned(left, right)
        return Signs(
            aligned=aligned.words / size,
            runs=runs,
            rare_runs=float(rare),
            length=log(size),
            ratio=log(max(len(left.words), len(right.words), 1) / size),
            even=aligned.even,
            spread=aligned.spread / size,
        )

    def score(self, signs: Signs) -> float:
        """How clearly they are one text, a sum of the signs, weighed: from 0 on they are.

        Of a few words, a title and a date, nearly all must stand in the other text: there the score
        is endless either way.
        """
        rule = self._rule
        if signs.length < log(rule.short_words):
            enough = signs.aligned >= rule.short_aligned and signs.rare_runs >= rule.short_rare_runs
            return inf if enough else -inf
        score: float = sum(rule.weights[name] * getattr(signs, name) for name in SIGNS)
        return score + rule.bias

    def _runs_of(self, text: int) -> dict[int, float]:
        """The runs of a text with their weight."""
        if text not in self._runs:
            part = slice(int(self._first[text]), int(self._first[text + 1]))
            hashes, weights = self._hashes[part].tolist(), self._weights[part].tolist()
            self._runs[text] = {h: w for h, w in zip(hashes, weights, strict=True) if w}
        return self._runs[text]

    def _text(self, text: int) -> _Text:
        if text not in self._texts:
            part = self._words.of(text)
            own = self._own[part]
            opens = self._words.opens[part]
            sentence = np.cumsum(opens)[own]
            starts = [0, *(np.flatnonzero(np.diff(sentence)) + 1).tolist()]
            words = self._words.hashes[part][own].tolist()
            pairs = dict(zip(pairwise(words), range(len(words)), strict=False))
            self._texts[text] = _Text(words, starts, pairs)
        return self._texts[text]


SIGNS = tuple(field.name for field in fields(Signs))


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of a text, and where its sentences begin."""

    words: list[int]
    sentences: list[int]
    pairs: dict[tuple[int, int], int]
    """Where each pair of words is last found."""


def _in_order(left: _Text, right: _Text) -> int:
    """How many words stand in both texts in the same order, as they are: quick to find."""
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(left.words, right.words)


_STRETCH = 6
"""Words that are looked at together to tell how evenly two texts are aligned."""


@dataclass(frozen=True, slots=True)
class _Aligned:
    """How many words are aligned; `even` and `spread` as in `Signs`, the latter in words."""

    words: int
    even: float
    spread: int


def _aligned(left: _Text, right: _Text) -> _Aligned:
    """Words in the same order, the later text's sentences first put into the earlier one's."""
    from rapidfuzz.distance import LCSseq

    moved = [right.words[place] for place in _in_order_of(left, right)]
    blocks = LCSseq.editops(left.words, moved).as_matching_blocks()[:-1]
    ours = [(block.a, block.a + block.size) for block in blocks]
    theirs = [(block.b, block.b + block.size) for block in blocks]
    short, long = (ours, theirs) if len(left.words) <= len(moved) else (theirs, ours)
    size = min(len(left.words), len(moved))
    if not blocks:
        return _Aligned(0, 0.0, 0)
    spread = long[-1][1] - long[0][0]
    return _Aligned(sum(end - start for start, end in ours), _even(short, size), spread)


def _even(blocks: Sequence[tuple[int, int]], size: int) -> float:
    hit = np.zeros(size + 1, dtype=np.int64)
    for start, end in blocks:
        hit[start + 1 : end + 1] = 1
    before = np.cumsum(hit)
    width = min(_STRETCH, size)
    inside = before[width:] - before[:-width]
    return float(np.mean(2 * inside >= width))


def _in_order_of(left: _Text, right: _Text) -> list[int]:
    """The places of the later text's words, its sentences in the order of the earlier text."""
    known = left.pairs
    ends = [*right.sentences[1:], len(right.words)]
    last, rows = -1, []
    for start, end in zip(right.sentences, ends, strict=True):
        hits = sorted(known[p] for p in pairwise(right.words[start:end]) if p in known)
        last = hits[len(hits) // 2] if hits else last
        rows.append((last, start, end))
    return [place for _, start, end in sorted(rows) for place in range(start, end)]


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
