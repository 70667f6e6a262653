"""Which word of one name answers to which word of the other, for many pairs of names at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from onrecord.resolution.names.columns import Names
from onrecord.resolution.names.lexicon import NO_WORD
from onrecord.resolution.names.likeness import NEAR, SAME, distance, likenesses
from onrecord.resolution.names.roles import Flags, Numbers, Rows, traits

RUN_TOGETHER = 0.85
"""Likeness of the letters from which other word boundaries are taken for a habit of writing."""


@dataclass(frozen=True)
class Aligned:
    """Pairs of names with their words paired: n pairs, at most w words a name.

    `left`, `right`: rows of `names`. `how`: (2, n, w), how each word of the left and of the right
    names is answered, 0 where it is not. `mate`: (n, w), which word of the right name answers a
    word of the left one, -1 where none does. `nearest`: (n,), the likeness of the likeliest two
    among the words left over. `letters`: (n,), that of the names run together. `told`: (2, ways,
    n), the weight of the words of the left and of the right names that are answered in each way.
    `shared`: (n,), how many words answer to each other, those only somewhat alike apart.
    """

    names: Names
    left: Rows
    right: Rows
    how: NDArray[np.int8]
    mate: NDArray[np.int8]
    told: Numbers
    shared: Rows
    nearest: Numbers
    letters: Numbers

    @cached_property
    def sides(self) -> Rows:
        """The rows of the left and of the right names, (2, n)."""
        return np.array((self.left, self.right))

    @cached_property
    def total(self) -> Numbers:
        """The weight of all words of both names, (n,), never 0."""
        weight = self.names.weight
        return np.maximum(weight[self.left] + weight[self.right], 1.0)

    @cached_property
    def shares(self) -> Numbers:
        """The share of all weight that is answered in each way, (ways, n); of 0 it is not told."""
        shares: Numbers = (self.told[0] + self.told[1]) / self.total
        return shares

    def share(self, how: int) -> Numbers:
        """The share of all weight that is answered in a way, (n,)."""
        share: Numbers = self.shares[how]
        return share

    @cached_property
    def left_over(self) -> Numbers:
        """The weight of the words of either name that nothing answers, (2, n)."""
        over: Numbers = self.names.weight[self.sides] - self.told.sum(axis=1)
        return over

    @cached_property
    def run_together(self) -> Flags:
        """Whether other boundaries explain what is left over, (n,).

        The letters of the names differ in fewer places than any word left over has letters.
        """
        names, found = self.names, self.letters >= RUN_TOGETHER
        rows = found.nonzero()[0]
        left, right = self.left[rows], self.right[rows]
        rows = rows[
            (names.count[left] != names.count[right])
            & (names.numbers[left] == names.numbers[right])
        ]
        found[:] = False
        if len(rows):
            left, right = names.letters[self.sides[:, rows]]
            differing = distance(left, right)
            found[rows] = (differing <= 2) & (differing < self._shortest_left_over(rows))
        return found

    def _shortest_left_over(self, rows: Rows) -> Rows:
        """The letters of the shortest word of some pairs that nothing answers, at most 9."""
        how = self.how[:, rows]
        places = self.names.places[self.sides[:, rows], : how.shape[2]]
        over = (how == 0) & (places != NO_WORD)
        lengths = np.where(over, self.names.words.length[places], 9)
        shortest: Rows = lengths.min(axis=(0, 2), initial=9)
        return shortest

    @cached_property
    def explained(self) -> Flags:
        """Whether other boundaries or initials explain what is left over, (n,)."""
        return self.run_together | self.acronym

    @cached_property
    def acronym(self) -> Flags:
        """Whether a word of one name is made of the initials of the other, (n,)."""
        names, found = self.names, np.zeros(len(self.left), bool)
        told = names.acronym >= 0
        if not told.any():
            return found
        for ours, theirs in ((self.left, self.right), (self.right, self.left)):
            rows = np.flatnonzero(told[ours])
            sought = names.acronym[ours[rows]]
            found[rows] |= (names.texts(theirs[rows]) == sought[:, None]).any(axis=1)
        return found


def align(names: Names, left: Rows, right: Rows) -> Aligned:
    """Pair the words of each pair of names, the likeliest first; each word is used once."""
    counts = names.count[left], names.count[right]
    n, width = len(left), int(max(counts[0].max(initial=1), counts[1].max(initial=1)))
    row, i, j = _word_pairs(*counts)
    places, wide = names.places.ravel(), names.places.shape[1]
    one, two = places.take((left * wide)[row] + i), places.take((right * wide)[row] + j)
    ours, theirs = row * width + i, row * width + j
    same, open_pairs = _parted(one == two, ours, theirs, n * width)
    how, like = likenesses(names.words, one[open_pairs], two[open_pairs])
    taken = how.nonzero()[0]
    at = open_pairs[taken]
    taken = taken[_likeliest(ours[at], theirs[at], like[taken], width)]
    ways = np.concatenate((np.full(len(same), SAME, np.int8), how[taken]))
    at = np.concatenate((same, open_pairs[taken]))
    answered = np.zeros((2, n * width), np.int8)
    answered[0, ours[at]] = answered[1, theirs[at]] = ways
    mate = np.full(n * width, -1, np.int8)
    mate[ours[at]] = j[at]
    free = _unanswered(answered, ours[open_pairs], theirs[open_pairs])
    nearest = np.zeros(n)
    np.maximum.at(nearest, row[open_pairs[free]], like[free])
    bins, weight, trait = ways * np.int64(n) + row[at], traits().weight, names.words.trait
    told = [np.bincount(bins, weight[trait[of[at]]], (NEAR + 1) * n) for of in (one, two)]
    by_way = np.array(told, np.float64).reshape(2, NEAR + 1, n)
    letters = process.cpdist(
        names.letters[left],
        names.letters[right],
        scorer=OSA.normalized_similarity,
        dtype=np.float32,
    ).astype(np.float64)
    return Aligned(
        names,
        left,
        right,
        answered.reshape(2, n, width),
        mate.reshape(n, width),
        by_way,
        np.bincount(row[at[ways != NEAR]], minlength=n),
        nearest,
        letters,
    )


def _parted(same: Flags, ours: Rows, theirs: Rows, size: int) -> tuple[Rows, Rows]:
    """The pairs of words that are the same and surely answer to each other, and those still open.

    Nothing is likelier than the same word, so where a name has it once, no other pair with either
    of the two is looked at.
    """
    at = same.nonzero()[0]
    one, two = ours[at], theirs[at]
    sure = (np.bincount(one, minlength=1)[one] == 1) & (np.bincount(two, minlength=1)[two] == 1)
    used = np.zeros((2, size), np.int8)
    used[0, one[sure]] = used[1, two[sure]] = 1
    return at[sure], _unanswered(used, ours, theirs)


def _unanswered(used: NDArray[np.int8], ours: Rows, theirs: Rows) -> Rows:
    """The places of those pairs of words of which neither is used."""
    free: Flags = (used[0].take(ours) | used[1].take(theirs)) == 0
    return free.nonzero()[0]


def _word_pairs(left: Rows, right: Rows) -> tuple[Rows, Rows, Rows]:
    """Each word of one name with each of the other, for names of so many words.

    The row of the pair of names, the place in the left name and the place in the right one.
    """
    each = left * right
    row = np.repeat(np.arange(len(each)), each)
    within = np.arange(len(row)) - (np.cumsum(each) - each)[row]
    i, j = np.divmod(within, right[row])
    return row, i, j


def _likeliest(ours: Rows, theirs: Rows, like: Numbers, width: int) -> Flags:
    """Which of the pairs of words that may answer to each other do, each word once.

    A word of the left names has its number in `ours`, one of the right names in `theirs`: the row
    of the pair of names times `width` and the place. The likeliest pair goes first, then the
    likeliest of the rest. Of equally likely ones the one goes first whose words stand at the
    nearest places, which is the same one whichever name is the left.
    """
    several = (np.bincount(ours)[ours] > 1) | (np.bincount(theirs)[theirs] > 1)
    kept = ~several
    doubtful = np.flatnonzero(several)
    ours, theirs, like = ours[doubtful], theirs[doubtful], like[doubtful]
    i, j = ours % width, theirs % width
    worth = like - 1e-4 * np.abs(i - j) - 1e-6 * (i + j)
    order = np.lexsort((theirs, ours, -worth))
    one_used, two_used = set[int](), set[int]()
    columns = (column[order].tolist() for column in (doubtful, ours, theirs))
    for pair, one, two in zip(*columns, strict=True):
        if one not in one_used and two not in two_used:
            one_used.add(one)
            two_used.add(two)
            kept[pair] = True
    return kept
