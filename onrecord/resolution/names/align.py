"""Which word of one name answers to which word of the other, for many pairs of names at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from onrecord.resolution.names.columns import Flags, Names, Numbers, Rows, Texts, Words
from onrecord.resolution.names.lexicon import short_forms

SAME, RESPELLED, SHORT, INITIAL, SLIP, NEAR = range(1, 7)
"""How two words answer to each other; 0 where they do not."""
RUN_TOGETHER = 0.85
"""Likeness of the letters from which other word boundaries are taken for a habit of writing."""
_NEAREST = 0.6
_SLIP = 0.7
_WORTH_SOUNDING = 0.3


@dataclass(frozen=True)
class Aligned:
    """Pairs of names with their words paired: n pairs, at most w words a name.

    `left`, `right`: rows of `names`. `how_left`, `how_right`: (n, w), how each word is answered, 0
    where it is not. `mate`: (n, w), which word of the right name answers a word of the left one, -1
    where none does. `like`: (n, w), how like the two are. `nearest`: (n,), the likeness of the
    likeliest two among the words left over. `letters`: (n,), that of the names run together.
    """

    names: Names
    left: Rows
    right: Rows
    how_left: NDArray[np.int8]
    how_right: NDArray[np.int8]
    mate: NDArray[np.int8]
    like: Numbers
    nearest: Numbers
    letters: Numbers

    @cached_property
    def weights(self) -> tuple[Numbers, Numbers]:
        """The weight of each word of the left and of the right names, (n, w) each."""
        width = self.mate.shape[1]
        weights = self.names.weights[:, :width]
        return weights[self.left], weights[self.right]

    @cached_property
    def total(self) -> Numbers:
        """The weight of all words of both names, (n,), never 0."""
        weight = self.names.weight
        total: Numbers = weight[self.left] + weight[self.right]
        return np.where(total > 0, total, 1.0)

    @cached_property
    def shares(self) -> Numbers:
        """The share of all weight that is answered in each way, (ways, n); first: in none."""
        ways, n = NEAR + 1, len(self.left)
        told = np.zeros(ways * n)
        row = np.arange(n)[:, None]
        for how, weight in zip((self.how_left, self.how_right), self.weights, strict=True):
            told += np.bincount((how.astype(np.int64) * n + row).ravel(), weight.ravel(), ways * n)
        shares: Numbers = told.reshape(ways, n) / self.total
        return shares

    def share(self, how: int) -> Numbers:
        """The share of all weight that is answered in a way, (n,)."""
        share: Numbers = self.shares[how]
        return share

    @cached_property
    def left_over(self) -> tuple[Numbers, Numbers]:
        """The weight of the words of either name that nothing answers, (n,) each."""
        left, right = (
            np.einsum("ij,ij->i", how == 0, weight)
            for how, weight in zip((self.how_left, self.how_right), self.weights, strict=True)
        )
        return left, right

    @cached_property
    def run_together(self) -> Flags:
        """Whether other boundaries explain what is left over, (n,).

        The letters of the names differ in fewer places than any word left over has letters.
        """
        names, left, right = self.names, self.left, self.right
        found: Flags = (
            (names.count[left] != names.count[right])
            & (names.numbers[left] == names.numbers[right])
            & (self.letters >= RUN_TOGETHER)
        )
        for row in np.flatnonzero(found):
            differing = OSA.distance(names.letters[left[row]], names.letters[right[row]])
            found[row] = differing <= 2 and differing < self._shortest_left_over(int(row))
        return found

    def _shortest_left_over(self, row: int) -> int:
        """The letters of the shortest word of a pair that nothing answers, at most 9."""
        names, lengths = self.names, [9]
        for of, how in ((self.left, self.how_left), (self.right, self.how_right)):
            places = names.places[of[row], : how.shape[1]]
            lengths += names.words.length[places[(how[row] == 0) & (places >= 0)]].tolist()
        return min(lengths)

    @cached_property
    def acronym(self) -> Flags:
        """Whether a word of one name is made of the initials of the other, (n,)."""
        names, found = self.names, np.zeros(len(self.left), bool)
        for ours, theirs in ((self.left, self.right), (self.right, self.left)):
            rows = np.flatnonzero(names.acronym[ours] >= 0)
            sought = names.acronym[ours[rows]]
            found[rows] |= (names.texts[theirs[rows]] == sought[:, None]).any(axis=1)
        return found


def align(names: Names, left: Rows, right: Rows) -> Aligned:
    """Pair the words of each pair of names, the likeliest first; each word is used once."""
    width = int(max(names.count[left].max(initial=1), names.count[right].max(initial=1)))
    ours, theirs = names.places[left, :width], names.places[right, :width]
    how, like = _likenesses(names.words, ours, theirs)
    mate = _pair(np.where(how > 0, like, -1.0))
    paired = mate >= 0
    row, place = np.nonzero(paired)
    found = how[row, place, mate[row, place]]
    how_left, how_right = np.zeros((2, *mate.shape), np.int8)
    likes = np.zeros(mate.shape)
    how_left[row, place] = how_right[row, mate[row, place]] = found
    likes[row, place] = like[row, place, mate[row, place]]
    free = (how_left == 0)[:, :, None] & (how_right == 0)[:, None, :]
    return Aligned(
        names,
        left,
        right,
        how_left,
        how_right,
        mate,
        likes,
        nearest=np.where(free, like, 0.0).max(axis=(1, 2)),
        letters=_similarity(names.letters[left], names.letters[right]),
    )


def _pair(worth: Numbers) -> NDArray[np.int8]:
    """Take the likeliest pair of words, then the likeliest of the rest; -1 where nothing is left.

    Of equally likely pairs the one goes first whose words stand at the nearest places, which is the
    same one whichever name is the left.
    """
    n, width, _ = worth.shape
    place = np.arange(width)
    worth = worth - 1e-4 * np.abs(place[:, None] - place) - 1e-6 * (place[:, None] + place)
    mate = np.full((n, width), -1, np.int8)
    active = np.arange(n)
    for _ in range(width):
        best = worth[active].reshape(len(active), -1).argmax(axis=1)
        i, j = np.divmod(best, width)
        good = worth[active, i, j] > 0
        active, i, j = active[good], i[good], j[good]
        if not len(active):
            break
        mate[active, i] = j
        worth[active, i, :] = -1.0
        worth[active, :, j] = -1.0
    return mate


def _likenesses(words: Words, ours: Rows, theirs: Rows) -> tuple[NDArray[np.int8], Numbers]:
    """How each word answers to each, and how like they are (0 to 1): two arrays (n, w, w)."""
    code = ours[:, :, None] * len(words.text) + theirs[:, None, :]
    valid = (ours >= 0)[:, :, None] & (theirs >= 0)[:, None, :]
    how, like = np.zeros(code.shape, np.int8), np.zeros(code.shape)
    pairs, where = np.unique(code[valid], return_inverse=True)
    if len(pairs):
        one, two = np.divmod(pairs, len(words.text))
        pair_how, pair_like = _liken(words, one, two)
        how[valid], like[valid] = pair_how[where], pair_like[where]
    return how, like


def _liken(words: Words, one: Rows, two: Rows) -> tuple[NDArray[np.int8], Numbers]:
    """How pairs of words, given by their rows, answer to each other."""
    how, like = np.zeros(len(one), np.int8), np.zeros(len(one))
    same = one == two
    how[same], like[same] = SAME, 1.0
    single = (words.single[one] | words.single[two]) & ~same
    both = words.single[one] & words.single[two]
    fits = single & ~both & (words.first[one] == words.first[two])
    how[fits], like[fits] = INITIAL, 0.7
    rest = np.flatnonzero(~same & ~single & ~words.number[one] & ~words.number[two])
    how[rest], like[rest] = _liken_spellings(words, one[rest], two[rest])
    return how, like


def _liken_spellings(words: Words, one: Rows, two: Rows) -> tuple[NDArray[np.int8], Numbers]:
    text = _similarity(words.text[one], words.text[two])
    longer = np.maximum(words.length[one], words.length[two])
    off = np.rint((1 - text) * longer)
    sound, steps = np.zeros(len(one)), np.full(len(one), 9.0)
    worth = np.flatnonzero(text >= _WORTH_SOUNDING)
    ours, theirs = words.sound[one[worth]], words.sound[two[worth]]
    sound[worth] = _similarity(ours, theirs)
    steps[worth] = process.cpdist(ours, theirs, scorer=OSA.distance)
    like = np.maximum(text, sound - 0.05)
    how = np.where(like >= _NEAREST, NEAR, 0).astype(np.int8)
    how[words.given[one] & words.given[two]] = 0
    shorter = np.minimum(words.length[one], words.length[two])
    how[((off == 1) | ((steps == 1) & (text >= _SLIP))) & (shorter >= 3)] = SLIP
    bones = (words.skeleton_number[one] == words.skeleton_number[two]) & (
        words.consonants[one] >= 2
    )
    unvoweled = bones.copy()
    unvoweled[bones] = _unvoweled(words.text[one[bones]]) != _unvoweled(words.text[two[bones]])
    alike = words.sound_number[one] == words.sound_number[two]
    for ways, likeness, found in (
        (RESPELLED, 0.94, bones & (steps == 1)),
        (RESPELLED, 0.9, unvoweled),
        (SHORT, 0.9, _short(words, one, two)),
        (RESPELLED, 0.97, alike),
    ):
        how[found], like[found] = ways, likeness
    return how, like


def _similarity(left: Texts, right: Texts) -> Numbers:
    if not len(left):
        return np.zeros(0)
    return np.asarray(
        process.cpdist(left, right, scorer=OSA.normalized_similarity, dtype=np.float32), np.float64
    )


def _short(words: Words, one: Rows, two: Rows) -> Flags:
    """Whether two words are forms of one given name by the list of short forms."""
    forms, found = short_forms(), words.short[one] & words.short[two]
    texts = words.text[one[found]], words.text[two[found]]
    found[found] = [not forms[one].isdisjoint(forms[two]) for one, two in zip(*texts, strict=True)]
    return found


def _unvoweled(texts: Texts) -> Flags:
    """Which words have no vowel after their first letter."""
    return np.array([_VOWELS.isdisjoint(text[1:]) for text in texts], bool)


_VOWELS = frozenset("aeiou")
