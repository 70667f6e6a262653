"""How like two words of names are and in what way, for many pairs of words at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from onrecord.resolution.names.lexicon import Texts, Words
from onrecord.resolution.names.roles import Flags, Numbers, Rows, short_forms, traits

SAME, RESPELLED, SHORT, INITIAL, SLIP, NEAR = range(1, 7)
"""How two words answer to each other; 0 where they do not."""
_NEAREST = 0.6
_SLIP = 0.7
_WORTH_SOUNDING = 0.3
_FEW_LETTERS = 3
"""Letters of a word so short that it may sound like another without any letter in common."""
_FEW = 4096
"""Pairs of words among which so few come twice that to find those costs more than it saves."""


def likenesses(words: Words, one: Rows, two: Rows) -> tuple[NDArray[np.int8], Numbers]:
    """How pairs of words, given by their rows, answer to each other, and how like they are.

    Where there are many, a pair that comes many times is looked at once.
    """
    if len(one) < _FEW:
        return _liken(words, one, two)
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
    rest = np.flatnonzero(~(same | single | of.number[ours] | of.number[theirs]))
    spelled = _Spelled.of(words, one[rest], two[rest])
    heard = np.concatenate((fits, rest[spelled.worth_hearing]))
    words.hear(np.concatenate((one[heard], two[heard])))
    fits = fits[_first_letters(words, one[fits]) == _first_letters(words, two[fits])]
    how[fits], like[fits] = INITIAL, 0.7
    how[rest], like[rest] = _liken_spellings(words, spelled)
    return how, like


def _first_letters(words: Words, rows: Rows) -> Rows:
    return np.array([ord(sound[0]) for sound in words.sound[rows].tolist()], np.int64)


class _Spelled(NamedTuple):
    """Pairs of words by their rows: how many letters they are off, how like their letters are, how
    many letters the shorter one has, and the places of those that may sound alike.
    """

    one: Rows
    two: Rows
    off: Rows
    like: Numbers
    shorter: Rows
    worth_hearing: Rows

    @classmethod
    def of(cls, words: Words, one: Rows, two: Rows) -> _Spelled:
        """The pairs of some words."""
        ours, theirs = words.length[one], words.length[two]
        off, shorter = distance(words.text[one], words.text[two]), np.minimum(ours, theirs)
        like = _similarity(off, ours, theirs)
        worth = np.flatnonzero((like >= _WORTH_SOUNDING) | (shorter <= _FEW_LETTERS))
        return cls(one, two, off, like, shorter, worth)


def _liken_spellings(words: Words, spelled: _Spelled) -> tuple[NDArray[np.int8], Numbers]:
    one, two, off, text, shorter, heard = spelled
    sound, steps = np.zeros(len(one)), np.full(len(one), 9)
    worth = np.flatnonzero(text >= _WORTH_SOUNDING)
    ours, theirs = one[worth], two[worth]
    steps[worth] = distance(words.sound[ours], words.sound[theirs])
    sound[worth] = _similarity(steps[worth], words.sound_length[ours], words.sound_length[theirs])
    like = np.maximum(text, sound - 0.05)
    how = np.where(like >= _NEAREST, NEAR, 0).astype(np.int8)
    of, ours, theirs = traits(), words.trait[one], words.trait[two]
    how[of.given[ours] & of.given[theirs]] = 0
    how[((off == 1) | ((steps == 1) & (text >= _SLIP))) & (shorter >= 3)] = SLIP
    short = np.flatnonzero(of.short[ours] & of.short[theirs])
    ours, theirs = one[heard], two[heard]
    alike: Flags = words.sound[ours] == words.sound[theirs]
    bones = heard[(words.skeleton[ours] == words.skeleton[theirs]) & ~alike]
    bones = bones[_lengths(words.skeleton[one[bones]]) >= 2]
    unvoweled = bones[_unvoweled(words.text[one[bones]]) != _unvoweled(words.text[two[bones]])]
    for ways, likeness, found in (
        (RESPELLED, 0.94, bones[steps[bones] == 1]),
        (RESPELLED, 0.9, unvoweled),
        (SHORT, 0.9, short[_short(words.text[one[short]], words.text[two[short]])]),
        (RESPELLED, 0.97, heard[alike]),
    ):
        how[found], like[found] = ways, likeness
    return how, like


def distance(left: Texts, right: Texts) -> Rows:
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
