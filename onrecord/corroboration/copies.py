"""Near copies: documents that are one text, changed, cut or added to.

Candidates come from word shingles sampled by their hash (FracMinHash: Irber et al. 2022, "Lightweight
compositional analysis of metagenomes with FracMinHash"), which unlike a fixed number of minima finds
a short text within a long one. A second look over runs of two words then finds the passages that
were taken over, in any order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from onrecord import vocabulary
from onrecord.corroboration.shingles import Hashes, Numbers, Words, mix, read_words, shingles

if TYPE_CHECKING:
    import pyarrow as pa

_BUCKETS = 24
"""Bits of a hash by which shingles that nobody shares are dropped before sorting."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The thresholds of `vocabulary/corroboration_copies.yaml`."""

    shingle: int
    sample_above: int
    shared_runs: int
    shared_share: float
    boilerplate_share: float
    boilerplate_documents: int
    common_share: float
    common_documents: int
    pair: int
    window: int
    dense: float
    copied_share: float
    copied_words: int
    part_words: int
    part_share: float


@dataclass(frozen=True, slots=True)
class Copy:
    """Two documents that are one text: `words` of the later one stand in the earlier one.

    `share` is their share of the shorter document. Which of two undated documents is the later one
    is decided by their keys, so that it is always the same one.
    """

    earlier: str
    later: str
    words: int
    share: float


@cache
def rules() -> Rules:
    """The thresholds in use."""
    return Rules(**vocabulary.load("corroboration_copies"))


def near_copies(documents: pa.Table) -> pa.Table:
    """Pairs of near copies among `documents` (key, text, published, publisher).

    Columns: `earlier`, `later` (keys), `words` (int64), `share` (float64), sorted by the keys. Of
    many copies of one text not every pair is given, but enough to connect them all.
    """
    import pyarrow as pa

    keys, texts = documents["key"].to_pylist(), documents["text"].to_pylist()
    published = documents["published"].to_pylist()
    order = sorted(range(len(keys)), key=lambda i: (published[i] or "~", keys[i]))
    found = find_copies(
        [texts[i] or "" for i in order], [documents["publisher"][i].as_py() for i in order]
    )
    rows = sorted((keys[order[a]], keys[order[b]], words, share) for a, b, words, share in found)
    names = ("earlier", "later", "words", "share")
    columns = list(zip(*rows, strict=True)) or [()] * 4
    types = (pa.string(), pa.string(), pa.int64(), pa.float64())
    return pa.table({n: pa.array(c, t) for n, c, t in zip(names, columns, types, strict=True)})


def find_copies(
    texts: Sequence[str], publishers: Sequence[str | None]
) -> Iterator[tuple[int, int, int, float]]:
    """Near copies among texts in the order of their publication: positions, words, share."""
    words = read_words(texts)
    left, right = candidates(words)
    look = SecondLook(words, publishers)
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        found = look.taken_over(a, b)
        if found:
            yield a, b, *found


def candidates(words: Words) -> tuple[Numbers, Numbers]:
    """Pairs of texts that share enough shingles to be looked at again; the first comes earlier.

    Within those who share a shingle, each is paired with the one before and with the first: the
    number of pairs grows with the number of texts, not with its square.
    """
    rule = rules()
    hashes, owner = _sampled(words, rule)
    common = np.bincount(hashes >> np.uint64(64 - _BUCKETS), minlength=1 << _BUCKETS) > 1
    kept = common[hashes >> np.uint64(64 - _BUCKETS)]
    hashes, owner = hashes[kept], owner[kept]
    order = np.argsort(hashes, kind="stable")
    hashes, owner = hashes[order], owner[order]
    again = np.zeros(len(hashes), dtype=bool)
    again[1:] = (hashes[1:] == hashes[:-1]) & (owner[1:] == owner[:-1])
    hashes, owner = hashes[~again], owner[~again]
    starts = np.ones(len(hashes), dtype=bool)
    starts[1:] = hashes[1:] != hashes[:-1]
    first = np.flatnonzero(starts)
    leader = np.repeat(owner[first], np.diff([*first, len(owner)]))
    follows = np.flatnonzero(~starts)
    beyond = follows[~starts[follows - 1]]
    total = np.int64(len(words.first))
    pairs = np.concatenate(
        [owner[follows - 1] * total + owner[follows], leader[beyond] * total + owner[beyond]]
    )
    pairs, shared = np.unique(pairs, return_counts=True)
    left, right = pairs // total, pairs % total
    amount = np.minimum(words.counts, rule.sample_above)
    enough = np.maximum(
        rule.shared_runs, rule.shared_share * np.minimum(amount[left], amount[right])
    )
    return left[shared >= enough], right[shared >= enough]


def _sampled(words: Words, rule: Rules) -> tuple[Hashes, Numbers]:
    hashes, places = shingles(words, rule.shingle)
    owner = np.searchsorted(words.first, places, side="right") - 1
    amount = np.bincount(owner, minlength=len(words.counts))
    if len(amount) and amount.max() > rule.sample_above:
        share = np.minimum(1.0, rule.sample_above / np.maximum(amount, 1))
        # The top bits choose the sample, so the buckets and the sort must not depend on them alone.
        kept = mix(hashes) <= (share * float(2**64 - 2**12)).astype(np.uint64)[owner]
        hashes, owner = hashes[kept], owner[kept]
    return hashes, owner


class SecondLook:
    """Which passages of one text stand in another, whatever their order."""

    def __init__(self, words: Words, publishers: Sequence[str | None]) -> None:
        self._rule = rules()
        self._words = words
        self._hashes, places = shingles(words, self._rule.pair)
        self._first = np.searchsorted(places, words.first)
        owner = np.searchsorted(words.first, places, side="right") - 1
        self._furniture = _furniture(self._hashes, owner, publishers, self._rule)
        self._sets: dict[int, frozenset[int]] = {}

    def taken_over(self, earlier: int, later: int) -> tuple[int, float] | None:
        """Words of the later text that are taken from the earlier one, and their share."""
        dense = self.passages(earlier, later)
        back = self.passages(later, earlier)
        copied = min(int(dense.sum()), int(back.sum()))
        shorter = max(1, min(len(dense), len(back)))
        share = min(1.0, max(int(dense.sum()), int(back.sum())) / shorter)
        rule = self._rule
        whole = copied >= rule.copied_words and share >= rule.copied_share
        part = copied >= rule.part_words and share >= rule.part_share
        return (int(dense.sum()), share) if whole or part else None

    def passages(self, earlier: int, later: int) -> npt.NDArray[np.bool_]:
        """For each run of the later text, whether it lies in a window dense with the earlier's."""
        runs = slice(int(self._first[later]), int(self._first[later + 1]))
        known = self._set(earlier)
        own = ~self._furniture[runs]
        hits = np.fromiter(
            map(known.__contains__, self._hashes[runs].tolist()), bool, runs.stop - runs.start
        )
        return _dense(hits & own, own, self._rule)

    def _set(self, text: int) -> frozenset[int]:
        if text not in self._sets:
            runs = slice(int(self._first[text]), int(self._first[text + 1]))
            own = self._hashes[runs][~self._furniture[runs]]
            self._sets[text] = frozenset(own.tolist())
        return self._sets[text]


def _dense(
    hits: npt.NDArray[np.bool_], own: npt.NDArray[np.bool_], rule: Rules
) -> npt.NDArray[np.bool_]:
    size = len(hits)
    window = min(rule.window, size)
    if not window:
        return hits
    inside = np.concatenate([[0], np.cumsum(hits)])
    whole = np.concatenate([[0], np.cumsum(own)])
    found = inside[window:] - inside[:-window]
    of = whole[window:] - whole[:-window]
    dense = (found >= rule.dense * of) & (of * 2 >= window)
    covered = np.zeros(size + 1, dtype=np.int64)
    covered[: len(dense)] += dense
    covered[window : window + len(dense)] -= dense[: size + 1 - window]
    return (np.cumsum(covered)[:size] > 0) & own


def _furniture(
    hashes: Hashes, owner: Numbers, publishers: Sequence[str | None], rule: Rules
) -> npt.NDArray[np.bool_]:
    """Runs that an outlet prints under much of what it publishes, and phrases common to all."""
    names = sorted({name for name in publishers if name})
    number = {name: place + 1 for place, name in enumerate(names)}
    outlet = np.array([number.get(name or "", 0) for name in publishers], dtype=np.int64)
    size = np.bincount(outlet, minlength=len(names) + 1)
    size[0] = 0
    by_outlet = mix(hashes ^ mix(outlet[owner].astype(np.uint64)))
    often = _documents_with(by_outlet, owner)
    of_outlet = size[outlet[owner]]
    furniture = (often >= rule.boilerplate_documents) & (
        often >= rule.boilerplate_share * of_outlet
    )
    furniture &= of_outlet > 0
    everywhere = _documents_with(hashes, owner)
    least = max(rule.common_documents, rule.common_share * len(publishers))
    found: npt.NDArray[np.bool_] = furniture | (everywhere >= least)
    return found


def _documents_with(hashes: Hashes, owner: Numbers) -> Numbers:
    """For each hash, in how many documents it stands."""
    order = np.argsort(hashes, kind="stable")
    value, text = hashes[order], owner[order]
    starts = np.ones(len(value), dtype=bool)
    starts[1:] = value[1:] != value[:-1]
    new = starts.copy()
    new[1:] |= text[1:] != text[:-1]
    first = np.flatnonzero(starts)
    amount = np.add.reduceat(new, first) if len(first) else np.zeros(0, np.int64)
    result = np.zeros(len(value), dtype=np.int64)
    result[order] = np.repeat(amount, np.diff([*first, len(value)]))
    return result
