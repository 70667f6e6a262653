"""What speaks for and against two names being one, each as a small function.

A feature takes an alignment and gives a number from 0 to 1. Its docstring is what a person reads
beside the score. `FEATURES` is the whole list; the weights are in `vocabulary/names.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from rapidfuzz.distance import OSA, JaroWinkler

from onrecord.resolution.names.align import Alignment, How
from onrecord.resolution.names.form import Form
from onrecord.vocabulary import load

Feature = Callable[[Alignment], float]


def _linked(alignment: Alignment, *hows: How) -> float:
    """The share of all words' weight that is linked in one of these ways."""
    ours, theirs = alignment.left.core, alignment.right.core
    total = sum(
        sum(ours[i].weight for i in link.left) + sum(theirs[j].weight for j in link.right)
        for link in alignment.links
        if link.how in hows
    )
    return total / ((alignment.left.weight + alignment.right.weight) or 1.0)


def same_words(alignment: Alignment) -> float:
    """Words that are the same"""
    return _linked(alignment, "same")


def other_spelling(alignment: Alignment) -> float:
    """A word spelled in two ways that sound alike"""
    return _linked(alignment, "respelled", "joined")


def short_form(alignment: Alignment) -> float:
    """A short or familiar form of a name"""
    return _linked(alignment, "short")


def initial(alignment: Alignment) -> float:
    """An initial that fits the name"""
    return _linked(alignment, "initial")


def slip(alignment: Alignment) -> float:
    """A word that is one letter off"""
    return _linked(alignment, "slip")


def near(alignment: Alignment) -> float:
    """Words that are only somewhat alike"""
    return _linked(alignment, "near")


def letters(alignment: Alignment) -> float:
    """The letters of the whole names agree"""
    left, right = alignment.left.letters, alignment.right.letters
    length = max(len(left), len(right)) or 1
    return max(0.0, 1 - 2 * OSA.distance(left, right) / length)


def different_words(alignment: Alignment) -> float:
    """Each name has a word that the other has not"""
    left, right = _left_over(alignment)
    return 2 * min(left, right) / ((alignment.left.weight + alignment.right.weight) or 1.0)


def unlike_words(alignment: Alignment) -> float:
    """The words that differ have nothing in common"""
    left, right = alignment.left_over, alignment.right_over
    if not left or not right:
        return 0.0
    ours, theirs = alignment.left.core, alignment.right.core
    best = max(JaroWinkler.similarity(ours[i].sound, theirs[j].sound) for i in left for j in right)
    return 1 - best


def further_words(alignment: Alignment) -> float:
    """One name has words more than the other"""
    left, right = _left_over(alignment)
    return abs(left - right) / (max(alignment.left.weight, alignment.right.weight) or 1.0)


def surname_differs(alignment: Alignment) -> float:
    """The surnames differ"""
    return _end_differs(alignment, alignment.left.surname, alignment.right.surname)


def given_name_differs(alignment: Alignment) -> float:
    """The given names differ"""
    ends = [0 if form.surname else min(1, len(form.core) - 1) for form in _sides(alignment)]
    return _end_differs(alignment, *ends)


def little_shared(alignment: Alignment) -> float:
    """Only one word is shared, and there are more"""
    shared = sum(link.how != "near" for link in alignment.links)
    return float(shared <= 1 and max(len(form.core) for form in _sides(alignment)) > 1)


def numbers_differ(alignment: Alignment) -> float:
    """The numbers differ"""
    left, right = alignment.left.numbers, alignment.right.numbers
    if left == right:
        return 0.0
    return 1.0 if left and right else 0.5


def legal_forms_differ(alignment: Alignment) -> float:
    """The legal forms differ"""
    left, right = alignment.left.legal, alignment.right.legal
    if not left or not right or left & right:
        return 0.0
    alike = any(not left.isdisjoint(row) and not right.isdisjoint(row) for row in _forms_alike())
    return 0.3 if alike else 1.0


def acronym(alignment: Alignment) -> float:
    """One name is the acronym of the other"""
    left, right = _sides(alignment)
    return float(_stands_for(left, right) or _stands_for(right, left))


FEATURES: tuple[Feature, ...] = (
    same_words,
    other_spelling,
    short_form,
    initial,
    slip,
    near,
    letters,
    acronym,
    different_words,
    unlike_words,
    further_words,
    surname_differs,
    given_name_differs,
    little_shared,
    numbers_differ,
    legal_forms_differ,
)


def _sides(alignment: Alignment) -> tuple[Form, Form]:
    return alignment.left, alignment.right


def _left_over(alignment: Alignment) -> tuple[float, float]:
    ours, theirs = alignment.left.core, alignment.right.core
    return (
        sum(ours[i].weight for i in alignment.left_over),
        sum(theirs[j].weight for j in alignment.right_over),
    )


def _end_differs(alignment: Alignment, left: int, right: int) -> float:
    return float(left in alignment.left_over and right in alignment.right_over)


def _stands_for(short: Form, long: Form) -> bool:
    whole = [word for word in long.core if word.role in ("name", "generic")]
    if len(whole) < 3:
        return False
    initials = "".join(word.text[0] for word in whole)
    return any(word.text == initials for word in short.core)


@cache
def _forms_alike() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(row) for row in load("names_words")["legal_forms_alike"])
