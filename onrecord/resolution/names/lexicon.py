"""The words of names met so far: what each of them is, kept from one comparison to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import chain, count
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
_ROOM = 4096


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

    `text_number`, `sound_number` and `skeleton_number` are equal where those are, within a kind;
    `trait` is the number in `roles.traits()`; `as_name` the row of the same word taken for the name
    itself, which is its own where it is that anyhow.
    """

    text: Texts
    sound: Texts
    skeleton: Texts
    text_number: Rows
    sound_number: Rows
    skeleton_number: Rows
    length: Rows
    sound_length: Rows
    trait: Rows
    as_name: Rows

    def columns(self) -> list[NDArray[Any]]:
        """The columns in their order."""
        return [getattr(self, of.name) for of in fields(self)]

    def word(self, row: int) -> Word:
        """The word of a row."""
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
        self._rows: dict[Kind, dict[str, int]] = {kind: {} for kind in KINDS}
        self._sounds: dict[str, int] = {}
        self._skeletons: dict[str, int] = {}
        self._adding = Lock()
        self._size = 1
        self.words = Words(
            *(np.zeros(_ROOM, object) for _ in range(3)),
            *(np.zeros(_ROOM, np.int64) for _ in range(7)),
        )
        self.words.text[NO_WORD] = ""
        self.words.text_number[NO_WORD] = -1

    def __len__(self) -> int:
        return self._size

    def learn(self, told: Mapping[Kind, Iterable[str]]) -> Mapping[Kind, Mapping[str, int]]:
        """Add those words of names of each kind that are not known: the rows of all, by kind."""
        with self._adding:
            short: list[tuple[dict[str, int], dict[str, str]]] = []
            found: dict[Kind, list[str]] = {}
            for kind, texts in told.items():
                rows = self._rows[kind]
                unknown = [text for text in dict.fromkeys(texts) if text not in rows]
                whole = abbreviations(unknown, kind)
                if whole:
                    short.append((rows, whole))
                    meant = dict.fromkeys(whole.get(text, text) for text in unknown)
                    unknown = [text for text in meant if text not in rows]
                found[kind] = unknown
            self._add(found)
            for rows, whole in short:
                rows.update({text: rows[meant] for text, meant in whole.items()})
        return self._rows

    def _add(self, found: Mapping[Kind, list[str]]) -> None:
        """Give rows to new words, and second rows to those that may be taken for a name."""
        texts = list(chain.from_iterable(found.values()))
        if not texts:
            return
        start, end = self._size, self._size + len(texts)
        trait = np.concatenate([traits_of(some, kind) for kind, some in found.items()])
        of = traits()
        twice = (of.beside | of.particle_or_name)[trait] & (of.as_name[trait] != trait)
        twins = start + np.flatnonzero(twice)
        self._size = end + len(twins)
        if self._size > len(self.words.text):
            self.words = _with_room(self.words, 2 * self._size)
        words, new, further = self.words, slice(start, end), slice(end, self._size)
        sounds = fold.sounded(texts)
        skeletons = fold.skeletons(sounds)
        numbers = range(start, end)
        words.text[new], words.sound[new], words.skeleton[new] = texts, sounds, skeletons
        words.trait[new] = trait
        words.text_number[new] = words.as_name[new] = np.arange(start, end)
        for column, values in (
            (words.length, map(len, texts)),
            (words.sound_length, map(len, sounds)),
            (words.sound_number, map(self._sounds.setdefault, sounds, numbers)),
            (words.skeleton_number, map(self._skeletons.setdefault, skeletons, numbers)),
        ):
            column[new] = np.fromiter(values, np.int64, len(texts))
        for column in words.columns():
            column[further] = column[twins]
        words.trait[further] = of.as_name[words.trait[twins]]
        words.as_name[further] = words.as_name[twins] = np.arange(end, self._size)
        done = start
        for kind, some in found.items():
            self._rows[kind].update(zip(some, count(done)))
            done += len(some)


def _with_room(words: Words, size: int) -> Words:
    wider = [np.zeros(size, column.dtype) for column in words.columns()]
    for new, old in zip(wider, words.columns(), strict=True):
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
