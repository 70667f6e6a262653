"""Names and their words as columns, so that many pairs are compared by few operations."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import numpy as np

from onrecord.resolution.names.form import Ready, read
from onrecord.resolution.names.lexicon import NO_WORD, Texts, Words
from onrecord.resolution.names.roles import KINDS, Flags, Kind, Numbers, Rows, traits
from onrecord.vocabulary import load

MOST_WORDS = 12
"""Words of a name that are compared; further ones count in its letters alone."""
MOST_LETTERS = 256
"""Letters of a name that are compared as one run: what it costs grows with their square."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names, one row each; `places` (names, words) are rows of `words`, `NO_WORD` beyond the last.

    `kind` is the place in `KINDS`. `sums` are equal where the words' texts are, in whatever order.
    `numbers` is 0 where a name has none, and else equal where those are. `long` is 0 but for names
    of more than `MOST_WORDS` words, and then equal where the words are, in whatever order. `legal`
    and `legal_alike` are sets of families as bits; `acronym` is the number of the text made of a
    name's initials, -2 where no word is that text.
    """

    spelled: Sequence[str]
    kind: Rows
    words: Words
    places: Rows
    sums: Numbers
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

    def texts(self, rows: Rows) -> Rows:
        """The numbers of the texts of the words of some names, (rows, words)."""
        texts: Rows = self.words.text_number[self.places[rows]]
        return texts


def columns(names: Mapping[Kind, Sequence[str]]) -> Names:
    """The columns of the names of each kind, in the order given."""
    ready = read(names)
    words, counts, flat = ready.words, ready.counts, ready.core
    size, ends = len(counts), np.cumsum(counts)
    owner = np.repeat(np.arange(size), counts)
    place = np.arange(len(flat)) - np.repeat(ends - counts, counts)
    texts, trait, long = words.text_number[flat], words.trait[flat], (counts > MOST_WORDS)[owner]
    compared = place < MOST_WORDS if long.any() else slice(None)
    whose = owner[compared]
    kinds = np.repeat([KINDS.index(kind) for kind in names], [len(some) for some in names.values()])
    surname = counts - 1
    surname[ready.comma_first] = 0

    number = traits().number[trait]
    unit = np.zeros(size, bool)
    unit[owner[traits().unit[trait]]] = True
    legal = {row: _bits(families) for row, families in ready.legal.items()}
    return Names(
        spelled=list(chain.from_iterable(names.values())),
        kind=kinds,
        words=words,
        places=_table(flat[compared], whose, place[compared], size),
        sums=_sums(whose, texts[compared], size),
        weight=_sums(whose, traits().weight[trait[compared]], size),
        count=np.minimum(counts, MOST_WORDS),
        surname=np.minimum(surname, MOST_WORDS - 1),
        letters=_texts(_letters(words, flat, owner, size)),
        long=_spread(_bags(owner[long], texts[long]), size),
        numbers=_spread(_bags(owner[number], texts[number]), size),
        legal=_spread({row: own for row, (own, _) in legal.items()}, size),
        legal_alike=_spread({row: alike for row, (_, alike) in legal.items()}, size),
        unit=unit & (kinds == KINDS.index("organization")),
        acronym=_spread(_acronyms(ready, kinds, owner, number), size, otherwise=-2),
    )


def _table(values: Rows, row: Rows, place: Rows, size: int) -> Rows:
    """The values by row and place, `NO_WORD` beyond the last of a row."""
    table = np.full((size, int(place.max(initial=0)) + 1), NO_WORD, np.int64)
    table[row, place] = values
    return table


def _sums(row: Rows, values: Rows | Numbers, size: int) -> Numbers:
    """The sum of the values of each row."""
    return np.bincount(row, values, size).astype(np.float64, copy=False)


def _letters(words: Words, core: Rows, owner: Rows, size: int) -> list[str]:
    """The letters of each name, run together."""
    parted = np.full(len(core) + size, "\n", dtype=object)
    parted[np.arange(len(core)) + owner] = words.text[core]
    letters = "".join(parted.tolist()).split("\n")[:size]
    if np.bincount(owner, words.length[core]).max(initial=0) > MOST_LETTERS:
        return [text[:MOST_LETTERS] for text in letters]
    return letters


def _acronyms(ready: Ready, kinds: Rows, owner: Rows, number: Flags) -> dict[int, int]:
    """By the place of a name that has three words beside its numbers, the number of the text that
    their first letters make.
    """
    words, found = ready.words, dict[int, int]()
    able = (ready.counts >= 3) & (kinds != KINDS.index("person"))
    told = (able[owner] & ~number).nonzero()[0]
    first = "".join([text[0] for text in words.text[ready.core[told]].tolist()])
    sizes = np.bincount(owner[told], minlength=len(able))
    rows = (sizes >= 3).nonzero()[0]
    ends = np.cumsum(sizes)[rows]
    spans = (of.tolist() for of in (rows, kinds[rows], ends - sizes[rows], ends))
    for row, kind, start, end in zip(*spans, strict=True):
        text = first[start:end]
        place = ready.rows[KINDS[kind]].get(text)
        if place and words.text[place] == text:
            found[row] = place
    return found


def _spread(few: Mapping[int, int], size: int, otherwise: int = 0) -> Rows:
    """A column of what few rows have."""
    column = np.full(size, otherwise, np.int64)
    column[list(few)] = list(few.values())
    return column


def _bags(rows: Rows, texts: Rows) -> dict[int, int]:
    """By row, a number from 1 up that is the same for the same texts, in whatever order."""
    found: dict[int, list[int]] = {}
    for row, text in zip(rows.tolist(), texts.tolist(), strict=True):
        found.setdefault(row, []).append(text)
    if not found:
        return {}
    numbers = _numbered([tuple(sorted(some)) for some in found.values()])
    return dict(zip(found, (numbers + 1).tolist(), strict=True))


def _texts(values: Sequence[str]) -> Texts:
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _integers(values: Sequence[int]) -> Rows:
    return np.array(values, np.int64)


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
