"""What speaks for and against two names being one, each as a small function.

A feature takes n aligned pairs of names and gives n numbers from 0 to 1. Its docstring is what a
person reads beside the score. `FEATURES` is the whole list; the weights are in
`vocabulary/names.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from onrecord.resolution.names.align import INITIAL, NEAR, RESPELLED, SAME, SHORT, SLIP, Aligned
from onrecord.resolution.names.columns import Flags, Numbers, Rows

Feature = Callable[[Aligned], Numbers]
RUN_TOGETHER = 0.85
"""Likeness of the letters from which other word boundaries are taken for a habit of writing."""


def same_words(pairs: Aligned) -> Numbers:
    """Words are the same."""
    return _share(pairs, SAME)


def other_spelling(pairs: Aligned) -> Numbers:
    """A word is spelled in two ways that sound alike."""
    return _share(pairs, RESPELLED)


def short_form(pairs: Aligned) -> Numbers:
    """One name has a short or familiar form of a word of the other."""
    return _share(pairs, SHORT)


def initial(pairs: Aligned) -> Numbers:
    """An initial fits the name."""
    return _share(pairs, INITIAL)


def slip(pairs: Aligned) -> Numbers:
    """A word is one letter off."""
    return _share(pairs, SLIP)


def somewhat_alike(pairs: Aligned) -> Numbers:
    """Words are only somewhat alike."""
    return _share(pairs, NEAR)


def run_together(pairs: Aligned) -> Numbers:
    """The letters are the same and divided into words in another way."""
    left, right = _left_over(pairs)
    return np.where(_run_together(pairs), (left + right) / _total(pairs), 0.0)


def letters_agree(pairs: Aligned) -> Numbers:
    """The letters of the whole names agree."""
    return np.maximum(0.0, 2 * pairs.letters - 1)


def acronym(pairs: Aligned) -> Numbers:
    """One name is made of the initials of the other."""
    return _acronym(pairs).astype(np.float64)


def different_words(pairs: Aligned) -> Numbers:
    """Each name has a word that the other has not."""
    left, right = _left_over(pairs)
    told = 2 * np.minimum(left, right) / _total(pairs)
    return np.where(_run_together(pairs) | _acronym(pairs), 0.0, told)


def nothing_in_common(pairs: Aligned) -> Numbers:
    """The words that differ have nothing in common."""
    return np.where(different_words(pairs) > 0, 1 - pairs.nearest, 0.0)


def further_words(pairs: Aligned) -> Numbers:
    """One name has words more than the other."""
    left, right = _left_over(pairs)
    told = np.abs(left - right) / (_total(pairs) / 2)
    return np.where(_run_together(pairs), 0.0, np.minimum(told, 1.0))


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
    return (more & (shared_words(pairs) <= 1) & ~_run_together(pairs)).astype(np.float64)


def numbers_differ(pairs: Aligned) -> Numbers:
    """The numbers differ."""
    numbers, numbered = pairs.names.numbers, pairs.names.numbered
    differ = numbers[pairs.left] != numbers[pairs.right]
    both = numbered[pairs.left] & numbered[pairs.right]
    return np.where(differ, np.where(both, 1.0, 0.5), 0.0)


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


def shared_words(pairs: Aligned) -> Rows:
    """How many words of the two names answer to each other, those only somewhat alike apart."""
    count: Rows = ((pairs.how_left > 0) & (pairs.how_left != NEAR)).sum(axis=1)
    return count


def _weights(pairs: Aligned) -> tuple[Numbers, Numbers]:
    width = pairs.mate.shape[1]
    return pairs.names.weights[pairs.left, :width], pairs.names.weights[pairs.right, :width]


def _total(pairs: Aligned) -> Numbers:
    left, right = _weights(pairs)
    total: Numbers = left.sum(axis=1) + right.sum(axis=1)
    return np.where(total > 0, total, 1.0)


def _share(pairs: Aligned, how: int) -> Numbers:
    """The share of all the words' weight that is answered in a way."""
    left, right = _weights(pairs)
    told = np.where(pairs.how_left == how, left, 0.0).sum(axis=1)
    told += np.where(pairs.how_right == how, right, 0.0).sum(axis=1)
    share: Numbers = told / _total(pairs)
    return share


def _left_over(pairs: Aligned) -> tuple[Numbers, Numbers]:
    """The weight of the words of either name that nothing answers."""
    left, right = _weights(pairs)
    return (
        np.where(pairs.how_left == 0, left, 0.0).sum(axis=1),
        np.where(pairs.how_right == 0, right, 0.0).sum(axis=1),
    )


def _counts(pairs: Aligned) -> tuple[Rows, Rows]:
    return pairs.names.count[pairs.left], pairs.names.count[pairs.right]


def _run_together(pairs: Aligned) -> Flags:
    """Whether other boundaries explain what is left over: fewer letters differ than any word has."""
    left, right = _counts(pairs)
    names, width = pairs.names, pairs.mate.shape[1]
    lengths = np.append(names.words.length, 99)
    shortest = np.full(len(left), 99)
    longest = np.zeros(len(left))
    for rows, how in ((pairs.left, pairs.how_left), (pairs.right, pairs.how_right)):
        length = lengths[names.places[rows, :width]]
        shortest = np.minimum(shortest, np.where(how == 0, length, 99).min(axis=1))
        longest = np.maximum(longest, np.where(length < 99, length, 0).sum(axis=1))
    differing = np.rint((1 - pairs.letters) * longest)
    same_numbers = names.numbers[pairs.left] == names.numbers[pairs.right]
    close = (pairs.letters >= RUN_TOGETHER) & (differing < shortest) & (differing <= 2)
    return (left != right) & same_numbers & close


def _acronym(pairs: Aligned) -> Flags:
    acronym, places = pairs.names.acronym, pairs.names.places
    return (places[pairs.right] == acronym[pairs.left][:, None]).any(axis=1) | (
        places[pairs.left] == acronym[pairs.right][:, None]
    ).any(axis=1)


def _differ(pairs: Aligned, left: Rows, right: Rows) -> Numbers:
    row = np.arange(len(pairs.left))
    width = pairs.mate.shape[1] - 1
    unanswered = (pairs.how_left[row, np.clip(left, 0, width)] == 0) & (
        pairs.how_right[row, np.clip(right, 0, width)] == 0
    )
    return (unanswered & ~_run_together(pairs)).astype(np.float64)
