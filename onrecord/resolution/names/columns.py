"""Names and their words as columns, so that many pairs are compared by few operations."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.resolution.names.form import read
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
    unit: Flags
    given: Flags
    short: Flags
    first: Rows
    weight: Numbers


@dataclass(frozen=True, slots=True)
class Names:
    """Names, one row each; `places` (names, words) are rows of `words`, -1 beyond the last.

    `kind` is the place in `KINDS`. `texts` are the numbers of the words' texts where `places` are
    their rows. `numbers` is 0 where a name has none, and else equal where those are. `long` is 0
    but for names of more than `MOST_WORDS` words, and then equal where the words are, in whatever
    order. `legal` and `legal_alike` are sets of families as bits; `acronym` is the number of the
    text made of a name's initials, -2 where no word is that text.
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
    legal: Rows
    legal_alike: Rows
    unit: Flags
    acronym: Rows


@dataclass(frozen=True, slots=True)
class _Told:
    """What is read of names: one entry a name, in `flat` one a word, by its row in `rows`.

    What few names have is kept by the row of the name.
    """

    rows: dict[Word, int] = field(default_factory=dict)
    flat: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    legal: dict[int, tuple[str, ...]] = field(default_factory=dict)
    initials: dict[int, str] = field(default_factory=dict)
    comma_first: list[int] = field(default_factory=list)

    def add(self, names: Sequence[str], kind: Kind) -> None:
        """Read the names of one kind."""
        ready, start = read(names, kind), len(self.counts)
        words, cores = ready.words, ready.cores
        row_of = {text: self.rows.setdefault(word, len(self.rows)) for text, word in words.items()}
        self.flat.extend(map(row_of.__getitem__, chain.from_iterable(cores)))
        self.counts.extend(map(len, cores))
        self.letters.extend(_letters(cores, words))
        self.legal.update((start + row, families) for row, families in ready.legal.items())
        self.comma_first.extend(start + row for row in ready.comma_first)
        if kind != "person":
            self.initials.update((start + row, text) for row, text in _initials(cores, words))


def columns(names: Mapping[Kind, Sequence[str]]) -> Names:
    """The columns of the names of each kind, in the order given."""
    told = _Told()
    for kind, some in names.items():
        told.add(some, kind)
    words, counts, flat = _words(list(told.rows)), _integers(told.counts), _integers(told.flat)
    size, ends = len(counts), np.cumsum(counts)
    owner = np.repeat(np.arange(size), counts)
    place = np.arange(len(flat)) - np.repeat(ends - counts, counts)
    compared = place < MOST_WORDS
    places = np.full((size, int(place[compared].max(initial=0)) + 1), -1, np.int64)
    places[owner[compared], place[compared]] = flat[compared]
    kinds = np.repeat([KINDS.index(kind) for kind in names], [len(some) for some in names.values()])
    weights = np.append(words.weight, 0.0)[places]
    surname = counts - 1
    surname[told.comma_first] = 0

    texts, number, long = words.text[flat], words.number[flat], (counts > MOST_WORDS)[owner]
    number_of = dict(zip(words.text, words.text_number.tolist(), strict=True))
    unit = np.zeros(size, bool)
    unit[owner[words.unit[flat]]] = True
    return Names(
        spelled=_joined(names.values()),
        kind=kinds,
        words=words,
        places=places,
        texts=np.append(words.text_number, -1)[places],
        weights=weights,
        weight=weights.sum(axis=1),
        count=np.minimum(counts, MOST_WORDS),
        surname=np.minimum(surname, MOST_WORDS - 1),
        letters=_texts(told.letters),
        long=_spread(_bags(owner[long], texts[long]), size),
        numbers=_spread(_bags(owner[number], texts[number]), size),
        legal=_spread({row: _bits(families)[0] for row, families in told.legal.items()}, size),
        legal_alike=_spread(
            {row: _bits(families)[1] for row, families in told.legal.items()}, size
        ),
        unit=unit & (kinds == KINDS.index("organization")),
        acronym=_spread(
            {row: number_of[text] for row, text in told.initials.items() if text in number_of},
            size,
            otherwise=-2,
        ),
    )


def _letters(cores: Sequence[Sequence[str]], words: Mapping[str, Word]) -> list[str]:
    """The letters of each name, run together."""
    letters = list(map("".join, cores))
    changed = {text for text, word in words.items() if word.text != text}
    if changed:
        for row in [row for row, core in enumerate(cores) if not changed.isdisjoint(core)]:
            letters[row] = "".join([words[text].text for text in cores[row]])
    if max(map(len, letters), default=0) > MOST_LETTERS:
        return [text[:MOST_LETTERS] for text in letters]
    return letters


def _initials(
    cores: Sequence[Sequence[str]], words: Mapping[str, Word]
) -> Iterator[tuple[int, str]]:
    """The first letters of the words of each name that has three beside its numbers."""
    first = {text: "" if word.role == "number" else word.text[0] for text, word in words.items()}
    for row, core in enumerate(cores):
        if len(core) >= 3:
            letters = "".join([first[text] for text in core])
            if len(letters) >= 3:
                yield row, letters


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
        unit=_flags(map(listed("unit_kinds").__contains__, texts)),
        given=_flags(map(given_names().__contains__, texts)),
        short=_flags(map(short_forms().__contains__, texts)),
        first=_integers([ord(sound[0]) for sound in sounds]),
        weight=np.array(weights, np.float64),
    )


def _joined(parts: Iterable[Sequence[str]]) -> list[str]:
    return list(chain.from_iterable(parts))


def _spread(few: Mapping[int, int], size: int, otherwise: int = 0) -> Rows:
    """A column of what few rows have."""
    column = np.full(size, otherwise, np.int64)
    column[list(few)] = list(few.values())
    return column


def _bags(rows: Rows, texts: Texts) -> dict[int, int]:
    """By row, a number from 1 up that is the same for the same texts, in whatever order."""
    found: dict[int, list[str]] = {}
    for row, text in zip(rows.tolist(), texts, strict=True):
        found.setdefault(row, []).append(text)
    numbers = _numbered([tuple(sorted(some)) for some in found.values()])
    return dict(zip(found, (numbers + 1).tolist(), strict=True))


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
