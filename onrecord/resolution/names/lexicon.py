"""The words of names met so far: what each of them is, kept from one comparison to the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from itertools import accumulate, chain, count, islice
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.resolution.names import fold
from onrecord.resolution.names.roles import (
    KINDS,
    Kind,
    Role,
    Rows,
    abbreviations,
    traits,
    traits_of,
)

Texts = NDArray[np.object_]
KEPT = 1_000_000
"""Words kept in memory, about 300 bytes each."""
NO_WORD = 0
"""The row that stands where a name has no further word."""
_ROOM = 2048


class Word(NamedTuple):
    """One word of a name: its letters, its coarser spellings, its role and its weight."""

    text: str
    sound: str
    skeleton: str
    role: Role
    weight: float


@dataclass(frozen=True, slots=True)
class Words:
    """Words, one row each, with room for more at the end.

    `text_number` is equal where the text is, within a kind; `trait` is the number in
    `roles.traits()`; `as_name` the row of the same word taken for the name itself, which is its own
    where it is that anyhow. The columns of sounds and skeletons are filled by `hear`, for most
    words of a name are never compared by them; until then they are 0.
    """

    text: Texts
    sound: Texts
    skeleton: Texts
    text_number: Rows
    length: Rows
    sound_length: Rows
    trait: Rows
    as_name: Rows

    def columns(self) -> list[NDArray[Any]]:
        """The columns in their order."""
        return [getattr(self, of.name) for of in fields(self)]

    def hear(self, rows: Rows) -> None:
        """Work out how some words sound, where that was not done before."""
        rows = rows[self.sound_length[rows] == 0]
        if not len(rows):
            return
        rows = np.sort(rows)
        rows = rows[np.append(True, rows[1:] != rows[:-1])]
        sounds = fold.sounded(self.text[rows].tolist())
        self.sound[rows], self.skeleton[rows] = sounds, fold.skeletons(sounds)
        self.sound_length[rows] = np.fromiter(map(len, sounds), np.int64, len(rows))

    def word(self, row: int) -> Word:
        """The word of a row."""
        if not self.sound_length[row]:
            self.hear(np.array([row]))
        of, trait = traits(), self.trait[row]
        return Word(
            self.text[row],
            self.sound[row],
            self.skeleton[row],
            of.role[trait],
            float(of.weight[trait]),
        )


class Lexicon:
    """Words by their rows; words are only ever added, so a row stays what it is."""

    def __init__(self) -> None:
        self.rows: Mapping[Kind, defaultdict[str, int]] = {kind: defaultdict() for kind in KINDS}
        self._adding = Lock()
        self._size = 1
        self.words = Words(
            *(np.zeros(_ROOM, object) for _ in range(3)),
            *np.zeros((5, _ROOM), np.int64),
        )
        self.words.text[NO_WORD] = ""
        self.words.text_number[NO_WORD] = -1

    def __len__(self) -> int:
        return self._size

    def learn(self, told: Mapping[Kind, Sequence[str]]) -> Rows:
        """The rows of the words of names of each kind, one after the other; new words are added.

        A word that stands for another has the row of that one.
        """
        with self._adding:
            number = count(self._size).__next__
            found: dict[Kind, list[str]] = {}
            rows = [np.zeros(0, np.int64)]
            for kind, texts in told.items():
                known = self.rows[kind]
                before, known.default_factory = len(known), number
                own = np.fromiter(map(known.__getitem__, texts), np.int64, len(texts))
                found[kind] = _newest(known, before)
                whole = abbreviations(found[kind], kind)
                for text, meant in whole.items():
                    own[own == known[text]] = known[meant]
                rows.append(own)
                if whole:
                    found[kind] = _newest(known, before)
                    known.update({text: known[meant] for text, meant in whole.items()})
                known.default_factory = None
            self._add(found)
        return np.concatenate(rows)

    def _add(self, found: Mapping[Kind, list[str]]) -> None:
        """Give rows to new words, and second rows to those that may be taken for a name."""
        texts = list(chain.from_iterable(found.values()))
        if not texts:
            return
        start, end = self._size, self._size + len(texts)
        length = np.fromiter(map(len, texts), np.int64, len(texts))
        starts = accumulate(map(len, found.values()), initial=0)
        every = zip(starts, found.items(), strict=False)
        told = [traits_of(some, kind, length[at : at + len(some)]) for at, (kind, some) in every]
        trait = np.concatenate(told)
        of = traits()
        twins = start + (of.has_twin[trait]).nonzero()[0]
        self._size = end + len(twins)
        if self._size > len(self.words.text):
            self.words = _with_room(self.words, 2 * self._size)
        words, new, further = self.words, slice(start, end), slice(end, self._size)
        words.text[new], words.trait[new], words.length[new] = texts, trait, length
        words.text_number[new] = words.as_name[new] = np.arange(start, end)
        for column in (words.text, words.text_number, words.length):
            column[further] = column[twins]
        words.trait[further] = of.as_name[words.trait[twins]]
        words.as_name[further] = words.as_name[twins] = np.arange(end, self._size)


def _newest(known: dict[str, int], before: int) -> list[str]:
    """The words that came to some known ones since those were so many, in their order."""
    newest = list(islice(reversed(known), len(known) - before))
    newest.reverse()
    return newest


def _with_room(words: Words, size: int) -> Words:
    wider = [np.zeros(size, column.dtype) for column in words.columns()]
    # The lengths of sounds first: a word that is heard meanwhile must not be taken for one whose
    # sound is there.
    for new, old in reversed(list(zip(wider, words.columns(), strict=True))):
        new[: len(old)] = old
    return Words(*wider)


@cache
def _lexicon() -> Lexicon:
    return Lexicon()


def known() -> Lexicon:
    """The words met so far in this process."""
    if len(_lexicon()) > KEPT:
        forget()
    return _lexicon()


def forget() -> None:
    """Drop the words kept in memory: for measuring what a name costs at first sight."""
    _lexicon.cache_clear()
