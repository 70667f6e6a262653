"""Which word of one name answers to which word of the other, for many pairs of names at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from onrecord.resolution.names.columns import Names
from onrecord.resolution.names.lexicon import NO_WORD, Texts, Words
from onrecord.resolution.names.roles import Flags, Numbers, Rows, short_forms, traits

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
        """The share of all weight that is answered in each way, (ways, n); of 0 it is not told."""
        ways, (n, width) = NEAR + 1, self.mate.shape
        told = np.zeros(ways * n)
        for how, weight in zip((self.how_left, self.how_right), self.weights, strict=True):
            at = np.flatnonzero(how)
            way = how.ravel()[at].astype(np.int64)
            told += np.bincount(way * n + at // width, weight.ravel()[at], ways * n)
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
        rows = np.flatnonzero(found)
        differing = _distance(names.letters[left[rows]], names.letters[right[rows]])
        found[rows] = (differing <= 2) & (differing < self._shortest_left_over(rows))
        return found

    def _shortest_left_over(self, rows: Rows) -> Rows:
        """The letters of the shortest word of some pairs that nothing answers, at most 9."""
        shortest = np.full(len(rows), 9)
        for of, how in ((self.left, self.how_left), (self.right, self.how_right)):
            places = self.names.places[of[rows], : how.shape[1]]
            over = (how[rows] == 0) & (places != NO_WORD)
            lengths = np.where(over, self.names.words.length[places], 9)
            shortest = np.minimum(shortest, lengths.min(axis=1, initial=9))
        return shortest

    @cached_property
    def explained(self) -> Flags:
        """Whether other boundaries or initials explain what is left over, (n,)."""
        return self.run_together | self.acronym

    @cached_property
    def shared(self) -> Rows:
        """How many words answer to each other, those only somewhat alike apart, (n,)."""
        shared = (self.how_left > 0) & (self.how_left != NEAR)
        count: Rows = np.einsum("ij->i", shared.astype(np.int64))
        return count

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
    row, i, j = _word_pairs(names.count[left], names.count[right])
    how, like = _likenesses(names.words, names.places[left[row], i], names.places[right[row], j])
    taken = np.flatnonzero(how)
    start = row[taken] * width
    taken = taken[_likeliest(start + i[taken], start + j[taken], like[taken], width)]
    shape = (len(left), width)
    how_left, how_right = np.zeros((2, *shape), np.int8)
    mate, likes = np.full(shape, -1, np.int8), np.zeros(shape)
    ours, theirs = (row[taken], i[taken]), (row[taken], j[taken])
    how_left[ours] = how_right[theirs] = how[taken]
    mate[ours], likes[ours] = j[taken], like[taken]
    free = np.flatnonzero((how_left[row, i] == 0) & (how_right[row, j] == 0))
    nearest = np.zeros(len(left))
    np.maximum.at(nearest, row[free], like[free])
    letters = process.cpdist(
        names.letters[left],
        names.letters[right],
        scorer=OSA.normalized_similarity,
        dtype=np.float32,
    ).astype(np.float64)
    return Aligned(names, left, right, how_left, how_right, mate, likes, nearest, letters)


def _word_pairs(left: Rows, right: Rows) -> tuple[Rows, Rows, Rows]:
    """Each word of one name with each of the other, for names of so many words.

    The row of the pair of names, the place in the left name and the place in the right one.
    """
    each = left * right
    row = np.repeat(np.arange(len(each)), each)
    within = np.arange(len(row)) - np.repeat(np.cumsum(each) - each, each)
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


def _likenesses(words: Words, one: Rows, two: Rows) -> tuple[NDArray[np.int8], Numbers]:
    """How pairs of words, given by their rows, answer to each other, and how like they are.

    A pair that comes many times is looked at once.
    """
    size = len(words.text)
    pairs, where = np.unique(one * size + two, return_inverse=True)
    how, like = _liken(words, *np.divmod(pairs, size))
    return how[where], like[where]


def _liken(words: Words, one: Rows, two: Rows) -> tuple[NDArray[np.int8], Numbers]:
    how, like = np.zeros(len(one), np.int8), np.zeros(len(one))
    of, ours, theirs = traits(), words.trait[one], words.trait[two]
    same = one == two
    how[same], like[same] = SAME, 1.0
    single = of.single[ours] | of.single[theirs]
    fits = np.flatnonzero(single & (of.single[ours] != of.single[theirs]))
    fits = fits[_first_letters(words, one[fits]) == _first_letters(words, two[fits])]
    how[fits], like[fits] = INITIAL, 0.7
    rest = np.flatnonzero(~(same | single | of.number[ours] | of.number[theirs]))
    how[rest], like[rest] = _liken_spellings(words, one[rest], two[rest])
    return how, like


def _first_letters(words: Words, rows: Rows) -> Rows:
    return np.array([ord(sound[0]) for sound in words.sound[rows].tolist()], np.int64)


def _liken_spellings(words: Words, one: Rows, two: Rows) -> tuple[NDArray[np.int8], Numbers]:
    off = _distance(words.text[one], words.text[two])
    text = _similarity(off, words.length[one], words.length[two])
    sound, steps = np.zeros(len(one)), np.full(len(one), 9)
    worth = np.flatnonzero(text >= _WORTH_SOUNDING)
    ours, theirs = one[worth], two[worth]
    steps[worth] = _distance(words.sound[ours], words.sound[theirs])
    sound[worth] = _similarity(steps[worth], words.sound_length[ours], words.sound_length[theirs])
    like = np.maximum(text, sound - 0.05)
    how = np.where(like >= _NEAREST, NEAR, 0).astype(np.int8)
    of, ours, theirs = traits(), words.trait[one], words.trait[two]
    how[of.given[ours] & of.given[theirs]] = 0
    shorter = np.minimum(words.length[one], words.length[two])
    how[((off == 1) | ((steps == 1) & (text >= _SLIP))) & (shorter >= 3)] = SLIP
    bones = np.flatnonzero(words.skeleton_number[one] == words.skeleton_number[two])
    bones = bones[_lengths(words.skeleton[one[bones]]) >= 2]
    unvoweled = bones[_unvoweled(words.text[one[bones]]) != _unvoweled(words.text[two[bones]])]
    short = np.flatnonzero(of.short[ours] & of.short[theirs])
    for ways, likeness, found in (
        (RESPELLED, 0.94, bones[steps[bones] == 1]),
        (RESPELLED, 0.9, unvoweled),
        (SHORT, 0.9, short[_short(words.text[one[short]], words.text[two[short]])]),
        (RESPELLED, 0.97, words.sound_number[one] == words.sound_number[two]),
    ):
        how[found], like[found] = ways, likeness
    return how, like


def _distance(left: Texts, right: Texts) -> Rows:
    """How many letters one text is off the other."""
    if not len(left):
        return np.zeros(0, np.int64)
    return process.cpdist(left, right, scorer=OSA.distance).astype(np.int64)


def _similarity(distance: Rows, left: Rows, right: Rows) -> Numbers:
    """The likeness of texts of so many letters, rounded as rapidfuzz gives it."""
    similarity = 1 - distance / np.maximum(left, right)
    return similarity.astype(np.float32).astype(np.float64)


def _lengths(texts: Texts) -> Rows:
    return np.array(list(map(len, texts.tolist())), np.int64)


def _short(one: Texts, two: Texts) -> Flags:
    """Which pairs of words are forms of one given name by the list of short forms."""
    forms = short_forms()
    pairs = zip(one, two, strict=True)
    return np.array([not forms[text].isdisjoint(forms[other]) for text, other in pairs], bool)


def _unvoweled(texts: Texts) -> Flags:
    """Which words have no vowel after their first letter."""
    return np.array([_VOWELS.isdisjoint(text[1:]) for text in texts], bool)


_VOWELS = frozenset("aeiou")
