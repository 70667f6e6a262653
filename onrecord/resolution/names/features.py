"""What speaks for and against two names being one, each as a small function.

A feature takes n aligned pairs of names and gives n numbers from 0 to 1. Its docstring is what a
person reads beside the score. `FEATURES` is the whole list; the weights are in
`vocabulary/names.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from onrecord.resolution.names.align import Aligned
from onrecord.resolution.names.likeness import INITIAL, NEAR, RESPELLED, SAME, SHORT, SLIP
from onrecord.resolution.names.roles import Numbers, Rows

Feature = Callable[[Aligned], Numbers]


def same_words(pairs: Aligned) -> Numbers:
    """Words are the same."""
    return pairs.share(SAME)


def other_spelling(pairs: Aligned) -> Numbers:
    """A word is spelled in two ways that sound alike."""
    return pairs.share(RESPELLED)


def short_form(pairs: Aligned) -> Numbers:
    """One name has a short or familiar form of a word of the other."""
    return pairs.share(SHORT)


def initial(pairs: Aligned) -> Numbers:
    """An initial fits the name."""
    return pairs.share(INITIAL)


def slip(pairs: Aligned) -> Numbers:
    """A word is one letter off."""
    return pairs.share(SLIP)


def somewhat_alike(pairs: Aligned) -> Numbers:
    """Words are only somewhat alike."""
    return pairs.share(NEAR)


def run_together(pairs: Aligned) -> Numbers:
    """The letters are the same and divided into words in another way."""
    left, right = pairs.left_over
    return np.where(pairs.run_together, (left + right) / pairs.total, 0.0)


def letters_agree(pairs: Aligned) -> Numbers:
    """The letters of the whole names agree."""
    return np.maximum(0.0, 2 * pairs.letters - 1)


def acronym(pairs: Aligned) -> Numbers:
    """One name is made of the initials of the other."""
    return pairs.acronym.astype(np.float64)


def different_words(pairs: Aligned) -> Numbers:
    """Each name has a word that the other has not."""
    left, right = pairs.left_over
    told = 2 * np.minimum(left, right) / pairs.total
    return np.where(pairs.explained, 0.0, told)


def nothing_in_common(pairs: Aligned) -> Numbers:
    """The words that differ have nothing in common."""
    return np.where(different_words(pairs) > 0, 1 - pairs.nearest, 0.0)


def further_words(pairs: Aligned) -> Numbers:
    """One name has words more than the other."""
    left, right = pairs.left_over
    told = np.abs(left - right) / (pairs.total / 2)
    return np.where(pairs.explained, 0.0, np.minimum(told, 1.0))


def surname_differs(pairs: Aligned) -> Numbers:
    """The surnames differ."""
    surname = pairs.names.surname
    return _differ(pairs, surname[pairs.left], surname[pairs.right])


def given_name_differs(pairs: Aligned) -> Numbers:
    """The given names differ."""
    left, right = (
        np.where(pairs.names.surname[rows] == 0, np.minimum(1, pairs.names.count[rows] - 1), 0)
        for rows in (pairs.left, pairs.right)
    )
    return _differ(pairs, left, right)


def little_shared(pairs: Aligned) -> Numbers:
    """They share one word at most, and have more."""
    more = np.maximum(*_counts(pairs)) > 1
    return np.where(more & (pairs.shared <= 1) & ~pairs.explained, 1.0, 0.0)


def numbers_differ(pairs: Aligned) -> Numbers:
    """The numbers differ."""
    left, right = (pairs.names.numbers[rows] for rows in (pairs.left, pairs.right))
    return np.where(left != right, np.where((left > 0) & (right > 0), 1.0, 0.5), 0.0)


def legal_forms_differ(pairs: Aligned) -> Numbers:
    """The legal forms differ."""
    legal, alike = pairs.names.legal, pairs.names.legal_alike
    left, right = legal[pairs.left], legal[pairs.right]
    differ = (left != 0) & (right != 0) & (left & right == 0)
    translated = (alike[pairs.left] & right) != 0
    return np.where(differ, np.where(translated, 0.3, 1.0), 0.0)


FEATURES: tuple[Feature, ...] = (
    same_words,
    other_spelling,
    short_form,
    initial,
    slip,
    somewhat_alike,
    run_together,
    letters_agree,
    acronym,
    different_words,
    nothing_in_common,
    further_words,
    surname_differs,
    given_name_differs,
    little_shared,
    numbers_differ,
    legal_forms_differ,
)


def _counts(pairs: Aligned) -> tuple[Rows, Rows]:
    return pairs.names.count[pairs.left], pairs.names.count[pairs.right]


def _differ(pairs: Aligned, left: Rows, right: Rows) -> Numbers:
    _, n, width = pairs.how.shape
    word = np.minimum((left, right), width - 1)
    answered = pairs.how.take(word + np.arange(0, 2 * n * width, width).reshape(2, n)).any(axis=0)
    differ: Numbers = (~(answered | pairs.explained)).astype(np.float64)
    return differ
