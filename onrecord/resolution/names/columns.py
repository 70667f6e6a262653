"""Names and their words as columns, so that many pairs are compared by few operations."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.resolution.names.form import numbers_of, read
from onrecord.resolution.names.lexicon import Kind, Word, given_names, listed, short_forms
from onrecord.vocabulary import load

Rows = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
Texts = NDArray[np.object_]
KINDS: tuple[Kind, ...] = ("person", "organization", "place", "thing")
MOST_WORDS = 12
"""Words of a name that are compared; further ones count in its letters alone."""
MOST_LETTERS = 256
"""Letters of a name that are compared as one run: what it costs grows with their square."""


@dataclass(frozen=True, slots=True)
class Words:
    """Words, one row each. `text_number`, `sound_number` and `skeleton_number` are equal where
    those are; `given` and `short` say which stand in the list of given names, of short forms.
    """

    text: Texts
    sound: Texts
    text_number: Rows
    sound_number: Rows
    skeleton_number: Rows
    length: Rows
    consonants: Rows
    single: Flags
    number: Flags
    given: Flags
    short: Flags
    first: Rows
    weight: Numbers


@dataclass(frozen=True, slots=True)
class Names:
    """Names, one row each; `places` (names, words) are rows of `words`, -1 beyond the last.

    `kind` is the place in `KINDS`. `texts` are the numbers of the words' texts where `places` are
    their rows. `long` is 0 but for names of more than `MOST_WORDS` words, and then equal where the
    words are, in whatever order. `legal` and `legal_alike` are sets of families as bits; `acronym`
    is the number of the text made of a name's initials, -2 where no word is that text.
    """

    spelled: Sequence[str]
    kind: Rows
    words: Words
    places: Rows
    texts: Rows
    weights: Numbers
    weight: Numbers
    count: Rows
    surname: Rows
    letters: Texts
    long: Rows
    numbers: Rows
    numbered: Flags
    legal: Rows
    legal_alike: Rows
    unit: Flags
    acronym: Rows


@dataclass(frozen=True, slots=True)
class _Part:
    """What is told of the names of one kind, one entry a name but for `places`, one a word."""

    kind: Kind
    names: Sequence[str]
    places: list[int]
    counts: list[int]
    surnames: list[int]
    letters: list[str]
    long: list[str]
    numbers: list[tuple[str, ...]]
    legal: list[tuple[str, ...]]
    units: list[bool]
    initials: list[str]


def columns(names: Mapping[Kind, Sequence[str]]) -> Names:
    """The columns of the names of each kind, in the order given."""
    rows: dict[Word, int] = {}
    parts = [_part(kind, some, rows) for kind, some in names.items()]
    words = _words(list(rows))
    number_of = dict(zip(words.text, words.text_number.tolist(), strict=True))
    count = _integers(_joined(part.counts for part in parts))
    places = np.full((len(count), int(count.max(initial=1)) or 1), -1, np.int64)
    places[np.arange(places.shape[1]) < count[:, None]] = _joined(part.places for part in parts)
    weights = np.append(words.weight, 0.0)[places]
    numbers = _joined(part.numbers for part in parts)
    legal = [_bits(told) if told else (0, 0) for told in _joined(part.legal for part in parts)]
    surnames = _integers(_joined(part.surnames for part in parts))
    return Names(
        spelled=_joined(part.names for part in parts),
        kind=np.repeat([KINDS.index(part.kind) for part in parts], [len(p.names) for p in parts]),
        words=words,
        places=places,
        texts=np.append(words.text_number, -1)[places],
        weights=weights,
        weight=weights.sum(axis=1),
        count=count,
        surname=np.minimum(surnames, MOST_WORDS - 1),
        letters=_texts(_joined(part.letters for part in parts)),
        long=_numbered(["", *_joined(part.long for part in parts)])[1:],
        numbers=_numbered(numbers),
        numbered=_flags(map(bool, numbers)),
        legal=_integers([own for own, _ in legal]),
        legal_alike=_integers([alike for _, alike in legal]),
        unit=_flags(_joined(part.units for part in parts)),
        acronym=_integers(
            [number_of.get(text, -2) if text else -2 for text in _joined(p.initials for p in parts)]
        ),
    )


def _part(kind: Kind, names: Sequence[str], rows: dict[Word, int]) -> _Part:
    """Names of one kind; `rows` takes up the words that are new."""
    ready = read(names, kind)
    words, cores = ready.words, ready.cores
    row_of = {text: rows.setdefault(word, len(rows)) for text, word in words.items()}
    first = [core if len(core) <= MOST_WORDS else core[:MOST_WORDS] for core in cores]
    changed = {text for text, word in words.items() if word.text != text}
    digits = {text for text, word in words.items() if word.role == "number"}
    units = listed("unit_kinds") if kind == "organization" else frozenset()
    spelled = [
        core if changed.isdisjoint(core) else [words[text].text for text in core] for core in cores
    ]
    return _Part(
        kind,
        names,
        places=[row_of[text] for core in first for text in core],
        counts=list(map(len, first)),
        surnames=ready.surnames,
        letters=["".join(core)[:MOST_LETTERS] for core in spelled],
        long=[" ".join(sorted(core)) if len(core) > MOST_WORDS else "" for core in spelled],
        numbers=[
            () if digits.isdisjoint(core) else numbers_of([words[text] for text in core])
            for core in cores
        ],
        legal=ready.legal,
        units=[not units.isdisjoint(core) for core in spelled],
        initials=[""] * len(names) if kind == "person" else _initials(cores, words),
    )


def _initials(cores: Sequence[Sequence[str]], words: Mapping[str, Word]) -> list[str]:
    """The first letters of the words of each name that has three beside its numbers."""
    first = {text: "" if word.role == "number" else word.text[0] for text, word in words.items()}
    whole = ["".join([first[text] for text in core]) for core in cores]
    return [letters if len(letters) >= 3 else "" for letters in whole]


def _words(words: Sequence[Word]) -> Words:
    texts, sounds, skeletons, roles, weights = zip(*words, strict=True) if words else [()] * 5
    return Words(
        text=_texts(texts),
        sound=_texts(sounds),
        text_number=_numbered(texts),
        sound_number=_numbered(sounds),
        skeleton_number=_numbered(skeletons),
        length=_integers(list(map(len, texts))),
        consonants=_integers(list(map(len, skeletons))),
        single=_flags(role == "initial" for role in roles),
        number=_flags(role == "number" for role in roles),
        given=_flags(map(given_names().__contains__, texts)),
        short=_flags(map(short_forms().__contains__, texts)),
        first=_integers([ord(sound[0]) for sound in sounds]),
        weight=np.array(weights, np.float64),
    )


def _joined(parts: Iterable[Sequence[Any]]) -> list[Any]:
    return list(chain.from_iterable(parts))


def _texts(values: Sequence[str]) -> Texts:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _integers(values: Sequence[int]) -> Rows:
    return np.array(values, np.int64)


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
