"""Which texts share runs of words, and so may be copies of each other.

Runs are sampled by their hash (FracMinHash: Irber et al. 2022), which, unlike a fixed number of
minima, finds a short text within a long one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.corroboration.second_look import CopyRules, copy_rules
from onrecord.corroboration.shingles import Flags, Hashes, Numbers, Words, shingles

Shares = npt.NDArray[np.float64]

_BUCKETS = 24
"""Bits of a hash, at most, by which shingles that nobody shares are dropped before sorting."""

_PAIRS_AT_ONCE = 1_000_000
"""About so many pairs of texts with a run in common are held in memory."""


@dataclass(frozen=True, slots=True)
class SharedRuns:
    """The runs that several texts share.

    `texts`: the texts of each run, side by side; `first`: where a run's begin; `sizes`: how many
    texts a run has; `amount`: how many runs a text has.
    """

    texts: Numbers
    first: Numbers
    sizes: Numbers
    amount: Numbers

    def candidates(self) -> Iterator[tuple[int, int]]:
        """Pairs of texts that share enough runs to be looked at again, the likeliest first.

        The first of a pair comes earlier. Of those who share a run, each is paired with the few
        before it and with the first: the number of pairs grows with the number of texts, not with
        its square.
        """
        rule, texts = copy_rules(), self.texts
        leader, size = (
            np.repeat(self.first, self.sizes),
            np.repeat(self.sizes, self.sizes),
        )
        behind = np.arange(len(texts)) - leader
        reach = np.minimum(behind, np.where(size <= rule.crowd, rule.neighbours, 1))
        later = np.concatenate([np.flatnonzero(reach >= n) for n in range(1, rule.neighbours + 1)])
        steps = [np.full(int((reach >= n).sum()), n) for n in range(1, rule.neighbours + 1)]
        earlier = later - np.concatenate(steps)
        far = np.flatnonzero(behind > reach)
        earlier, later = (
            np.concatenate([earlier, leader[far]]),
            np.concatenate([later, far]),
        )
        left, right, share = self._weighed(
            texts[earlier], texts[later], size[later], rule.shared_share
        )
        order = np.argsort(-share, kind="stable")
        yield from zip(left[order].tolist(), right[order].tolist(), strict=True)

    def further(self, heads: Numbers) -> Iterator[tuple[int, int]]:
        """Pairs of a text without copies and any other: for it, the likeliest few of each family.

        `heads`: for each text, the one that stands for its family. A text that has many copies may
        be no neighbour of one of them in any run; so who has none, or one, is compared with all.
        """
        alone = np.bincount(heads, minlength=len(heads))[heads] <= copy_rules().lonely
        size = np.repeat(self.sizes, self.sizes)
        mine = np.flatnonzero(alone[self.texts] & (size <= copy_rules().crowd))
        mine = mine[np.argsort(self.texts[mine], kind="stable")]
        work = np.bincount(self.texts[mine], weights=size[mine], minlength=len(heads))
        part = (np.cumsum(work) // _PAIRS_AT_ONCE)[self.texts[mine]]
        for rows in np.split(mine, np.flatnonzero(np.diff(part)) + 1):
            yield from self._likeliest(rows, heads, alone)

    def _likeliest(self, mine: Numbers, heads: Numbers, alone: Flags) -> Iterator[tuple[int, int]]:
        """The same for the texts at these places among `texts`."""
        run = np.searchsorted(self.first, mine, side="right") - 1
        size = self.sizes[run]
        step = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
        one, other = (
            np.repeat(self.texts[mine], size),
            self.texts[np.repeat(self.first[run], size) + step],
        )
        kept = (heads[one] != heads[other]) & (~alone[other] | (one < other))
        one, other, size = one[kept], other[kept], np.repeat(size, size)[kept]
        left, right, share = self._weighed(
            np.minimum(one, other),
            np.maximum(one, other),
            size,
            copy_rules().further_share,
        )
        single = np.where(alone[left], left, right)
        pair = single * np.int64(len(heads)) + heads[left + right - single]
        order = np.lexsort((-share, pair))
        starts = np.flatnonzero(np.diff(pair[order], prepend=-1))
        rank = np.arange(len(order)) - np.repeat(starts, np.diff([*starts, len(order)]))
        found = order[rank < copy_rules().further]
        yield from zip(left[found].tolist(), right[found].tolist(), strict=True)

    def _weighed(
        self, earlier: Numbers, later: Numbers, size: Numbers, least: float
    ) -> tuple[Numbers, Numbers, Shares]:
        """Pairs that share `least` or more, and the share: by how few texts have each run."""
        rule, total = copy_rules(), np.int64(len(self.amount))
        pairs, of = np.unique(earlier * total + later, return_inverse=True)
        weight = np.bincount(of, weights=np.minimum(1.0, rule.rare / size), minlength=len(pairs))
        left, right = pairs // total, pairs % total
        share = weight / np.maximum(1, np.minimum(self.amount[left], self.amount[right]))
        enough = (weight >= rule.shared_runs) & (share >= least)
        return left[enough], right[enough], share[enough]


def shared_runs(words: Words) -> SharedRuns:
    """The runs that several of these texts share."""
    rule = copy_rules()
    texts, starts = _grouped(*_sampled(words, rule))
    first = np.flatnonzero(starts)
    sizes = np.diff([*first, len(texts)])
    return SharedRuns(texts, first, sizes, np.minimum(words.counts, rule.sample_above))


def _grouped(hashes: Hashes, owner: Numbers) -> tuple[Numbers, Flags]:
    """The texts of each shingle that several share, side by side, and where a shingle's begin."""
    bucket = hashes >> np.uint64(64 - min(_BUCKETS, len(hashes).bit_length() + 3))
    kept = (np.bincount(bucket) > 1)[bucket]
    # A text's number takes the place of the lowest bits: sorting one array is fast, sorting by
    # another is not, and what is left of the hash still tells shingles apart.
    low = np.uint64((1 << int(owner.max(initial=0)).bit_length()) - 1)
    packed = _sorted_once((hashes[kept] & ~low) | owner[kept].astype(np.uint64))
    starts = np.ones(len(packed), dtype=bool)
    starts[1:] = (packed[1:] & ~low) != (packed[:-1] & ~low)
    return (packed & low).astype(np.int64), starts


def _sorted_once(values: Hashes) -> Hashes:
    """The values, sorted, each once: much quicker here than `np.unique`."""
    values = np.sort(values)
    new = np.ones(len(values), dtype=bool)
    new[1:] = values[1:] != values[:-1]
    return values[new]


def _sampled(words: Words, rule: CopyRules) -> tuple[Hashes, Numbers]:
    hashes, places = shingles(words, rule.shingle)
    owner = np.searchsorted(words.first, places, side="right") - 1
    amount = np.bincount(owner, minlength=len(words.counts))
    if len(amount) and amount.max() > rule.sample_above:
        share = np.minimum(1.0, rule.sample_above / np.maximum(amount, 1))
        least = (share * float(2**64 - 2**12)).astype(np.uint64)
        kept = hashes <= least[owner]
        hashes, owner = hashes[kept], owner[kept]
    return hashes, owner
