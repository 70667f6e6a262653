"""Near copies: documents that are one text, changed, cut or added to.

Candidates come from word shingles sampled by their hash (FracMinHash: Irber et al. 2022), which,
unlike a fixed number of minima, finds a short text within a long one. A second look then aligns the
words of each pair; where it is not clear that they are one text, how many copies either has counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log
from typing import TYPE_CHECKING

import numpy as np

from onrecord.corroboration.second_look import CopyRules, SecondLook, copy_rules
from onrecord.corroboration.shingles import Flags, Hashes, Numbers, Words, read_words, shingles

if TYPE_CHECKING:
    import pyarrow as pa

_BUCKETS = 24
"""Bits of a hash by which shingles that nobody shares are dropped before sorting."""


def near_copies(documents: pa.Table) -> pa.Table:
    """Pairs of near copies among `documents` (key, text, published, publisher).

    Columns: `earlier`, `later` (keys), `share` (float64: of the shorter document's words, how many
    the other has), sorted by the keys. Which of two undated documents is the earlier is decided by
    their keys, so that it is always the same one. Of many copies of one text not every pair is
    given, but enough to connect them all.
    """
    import pyarrow as pa

    keys, texts = documents["key"].to_pylist(), documents["text"].to_pylist()
    published, publishers = (documents[n].to_pylist() for n in ("published", "publisher"))
    order = sorted(range(len(keys)), key=lambda i: (published[i] or "~", keys[i]))
    found = find_copies([texts[i] or "" for i in order], [publishers[i] for i in order])
    rows = sorted((keys[order[a]], keys[order[b]], share) for a, b, share in found)
    columns = {"earlier": pa.string(), "later": pa.string(), "share": pa.float64()}
    return pa.table(
        {
            name: pa.array([row[place] for row in rows], kind)
            for place, (name, kind) in enumerate(columns.items())
        }
    )


def find_copies(
    texts: Sequence[str], publishers: Sequence[str | None]
) -> Iterator[tuple[int, int, float]]:
    """Near copies among texts in the order of their publication: two positions and the share."""
    words = read_words(texts)
    look, families = SecondLook(words, publishers), _Families(len(texts))
    doubtful: list[tuple[float, int, int, float]] = []
    for earlier, later in zip(*(side.tolist() for side in candidates(words)), strict=True):
        if families.apart(earlier, later):
            signs = look.signs(earlier, later)
            score = look.score(signs) if signs is not None else -1.0
            if signs is not None and score >= copy_rules().clearly:
                families.join(earlier, later)
                yield earlier, later, signs.aligned
            elif signs is not None and score >= 0:
                doubtful.append((score, earlier, later, signs.aligned))
    # The clearest first: what a family is joined with depends on what it is by then.
    for score, earlier, later, share in sorted(doubtful, key=lambda row: -row[0]):
        if families.apart(earlier, later) and score >= families.doubt(earlier, later):
            families.join(earlier, later)
            yield earlier, later, share


class _Families:
    """Texts joined so far."""

    def __init__(self, texts: int) -> None:
        self._above = list(range(texts))
        self._size = [1] * texts

    def apart(self, one: int, other: int) -> bool:
        return self._head(one) != self._head(other)

    def join(self, earlier: int, later: int) -> None:
        above, below = self._head(earlier), self._head(later)
        self._above[below] = above
        self._size[above] += self._size[below]

    def doubt(self, one: int, other: int) -> float:
        """How much clearer than for two single texts it must be that their families are one.

        The more texts two families have that are clearly copies, the less is it to be believed
        that one doubtful pair is all that joins them, and the more pairs a false join makes.
        """
        smaller = min(self._size[self._head(one)], self._size[self._head(other)])
        return copy_rules().families * log(smaller)

    def _head(self, text: int) -> int:
        """The text that stands for all those joined with this one."""
        while self._above[text] != text:
            self._above[text] = self._above[self._above[text]]
            text = self._above[text]
        return text


def candidates(words: Words) -> tuple[Numbers, Numbers]:
    """Pairs of texts that share enough shingles to be looked at again, the likeliest first.

    The first of a pair comes earlier. Of those who share a shingle, each is paired with the few
    before it and with the first: the number of pairs grows with the number of texts, not with its
    square.
    """
    rule = copy_rules()
    texts, starts = _grouped(*_sampled(words, rule))
    first = np.flatnonzero(starts)
    sizes = np.diff([*first, len(texts)])
    leader, size = np.repeat(first, sizes), np.repeat(sizes, sizes)
    behind = np.arange(len(texts)) - leader
    reach = np.minimum(behind, np.where(size <= rule.crowd, rule.neighbours, 1))
    later = np.concatenate([np.flatnonzero(reach >= n) for n in range(1, rule.neighbours + 1)])
    steps = [np.full(int((reach >= n).sum()), n) for n in range(1, rule.neighbours + 1)]
    earlier = later - np.concatenate(steps)
    far = np.flatnonzero(behind > reach)
    earlier, later = np.concatenate([earlier, leader[far]]), np.concatenate([later, far])
    total = np.int64(len(words.first))
    pairs, of = np.unique(texts[earlier] * total + texts[later], return_inverse=True)
    weight = np.bincount(of, weights=np.minimum(1.0, rule.rare / size[later]))
    left, right = pairs // total, pairs % total
    amount = np.minimum(words.counts, rule.sample_above)
    share = weight / np.maximum(1, np.minimum(amount[left], amount[right]))
    enough = np.flatnonzero((weight >= rule.shared_runs) & (share >= rule.shared_share))
    order = enough[np.argsort(-share[enough], kind="stable")]
    return left[order], right[order]


def _grouped(hashes: Hashes, owner: Numbers) -> tuple[Numbers, Flags]:
    """The texts of each shingle that several share, side by side, and where a shingle's begin."""
    common = np.bincount(hashes >> np.uint64(64 - _BUCKETS), minlength=1 << _BUCKETS) > 1
    kept = common[hashes >> np.uint64(64 - _BUCKETS)]
    # A text's number takes the place of the lowest bits: sorting one array is fast, sorting by
    # another is not, and what is left of the hash still tells shingles apart.
    low = np.uint64((1 << int(owner.max(initial=0)).bit_length()) - 1)
    packed = np.unique((hashes[kept] & ~low) | owner[kept].astype(np.uint64))
    starts = np.ones(len(packed), dtype=bool)
    starts[1:] = (packed[1:] & ~low) != (packed[:-1] & ~low)
    return (packed & low).astype(np.int64), starts


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
