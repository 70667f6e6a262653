"""Names and their words as columns, so that many pairs are compared by few operations."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.resolution.names.form import MOST_WORDS, Form
from onrecord.resolution.names.lexicon import Word, given_names
from onrecord.vocabulary import load

Rows = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Texts = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Words:
    """Words, one row each. `sound_number` and `skeleton_number` are equal where those are."""

    text: Texts
    sound: Texts
    sound_number: Rows
    skeleton_number: Rows
    length: Rows
    consonants: Rows
    voweled: Flags
    single: Flags
    number: Flags
    given: Flags
    first: Rows
    weight: Numbers


@dataclass(frozen=True, slots=True)
class Names:
    """Names, one row each; `places` (names, words) are rows of `words`, -1 beyond the last.

    `legal` and `legal_alike` are sets of families as bits; `acronym` the row of the word that is
    made of a name's initials, -2 where none is.
    """

    forms: Sequence[Form]
    words: Words
    places: Rows
    weights: Numbers
    weight: Numbers
    count: Rows
    surname: Rows
    letters: Texts
    bag: Rows
    numbers: Rows
    numbered: Flags
    legal: Rows
    legal_alike: Rows
    unit: Flags
    acronym: Rows


def columns(forms: Sequence[Form]) -> Names:
    """The columns of forms of one kind."""
    cores = [form.core[:MOST_WORDS] for form in forms]
    rows: dict[Word, int] = {}
    flat = [rows.setdefault(word, len(rows)) for core in cores for word in core]
    words = _words(list(rows))
    count = np.fromiter(map(len, cores), np.int64, len(cores))
    places = np.full((len(cores), int(count.max(initial=1)) or 1), -1, np.int64)
    places[np.arange(places.shape[1]) < count[:, None]] = flat
    weights = np.append(words.weight, 0.0)[places]
    row_of = {word.text: row for word, row in rows.items()}
    return Names(
        forms=forms,
        words=words,
        places=places,
        weights=weights,
        weight=weights.sum(axis=1),
        count=count,
        surname=_integers(min(form.surname, MOST_WORDS - 1) for form in forms),
        letters=_texts(form.letters for form in forms),
        bag=_numbered(form.bag for form in forms),
        numbers=_numbered(form.numbers for form in forms),
        numbered=_flags(bool(form.numbers) for form in forms),
        legal=_integers(_bits(form.legal)[0] if form.legal else 0 for form in forms),
        legal_alike=_integers(_bits(form.legal)[1] if form.legal else 0 for form in forms),
        unit=_flags(form.unit for form in forms),
        acronym=_integers(row_of.get(f.initials, -2) if f.initials else -2 for f in forms),
    )


def _words(words: Sequence[Word]) -> Words:
    return Words(
        text=_texts(word.text for word in words),
        sound=_texts(word.sound for word in words),
        sound_number=_numbered(word.sound for word in words),
        skeleton_number=_numbered(word.skeleton for word in words),
        length=_integers(len(word.text) for word in words),
        consonants=_integers(len(word.skeleton) for word in words),
        voweled=_flags(not _unvoweled(word.text) for word in words),
        single=_flags(word.role == "initial" for word in words),
        number=_flags(word.role == "number" for word in words),
        given=_flags(word.text in given_names() for word in words),
        first=_integers(ord(word.sound[0]) for word in words),
        weight=np.array([word.weight for word in words], np.float64),
    )


def _unvoweled(text: str) -> bool:
    return _VOWELS.isdisjoint(text[1:])


_VOWELS = frozenset("aeiou")


def _texts(values: Iterable[str]) -> Texts:
    listed = list(values)
    column = np.empty(len(listed), dtype=object)
    column[:] = listed
    return column


def _integers(values: Iterable[int]) -> Rows:
    return np.array(list(values), np.int64)


def _flags(values: Iterable[bool]) -> Flags:
    return np.array(list(values), bool)


def _numbered(values: Iterable[Hashable]) -> Rows:
    numbers: dict[Hashable, int] = {}
    return _integers([numbers.setdefault(value, len(numbers)) for value in values])


@cache
def _bits(families: tuple[str, ...]) -> tuple[int, int]:
    """A set of legal forms as bits, and the set of families that stand for one another with it."""
    vocabulary: dict[str, Any] = load("names_words")
    order = {family: 1 << number for number, family in enumerate(vocabulary["legal_forms"])}
    own = sum(order[family] for family in families)
    alike = own
    for row in vocabulary["legal_forms_alike"]:
        if not set(families).isdisjoint(row):
            alike |= sum(order[family] for family in row)
    return own, alike
