"""The words of many texts as arrays, and hashes of runs of words, without a loop by word.

Words are compared without case, accents and punctuation. Scripts that put no space between words
count each character as one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Numbers = npt.NDArray[np.int64]
Places = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_CODE_POINTS = 0x110000
_BETWEEN, _LETTER, _MARK, _ALONE = 0, 1, 2, 3
_SPACELESS = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x2E80, 0xA4CF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)
"""Thai, Lao, Burmese, Khmer, and the East Asian scripts."""

_STOPS = np.array([ord(c) for c in ".!?\n。！？؟۔।"], dtype=np.uint32)

_PRIME = np.uint64(0x9E3779B97F4A7C15)
_POWERS = np.cumprod(np.full(256, 0xD6E8FEB86659FD93, dtype=np.uint64), dtype=np.uint64)
_TEXTS_AT_ONCE = 1000
"""So many texts' characters stay in the processor's cache; measured."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of texts, one after the other.

    `first[i]:first[i + 1]` are the words of text `i`; `begin` and `end` are their places there, in
    code points; `hashes` is the same for the same word in any text and any process; `opens` is true
    for the first word after a full stop or the end of a line.
    """

    first: Numbers
    hashes: Hashes
    begin: Places
    end: Places
    opens: Flags

    def of(self, text: int) -> slice:
        """Where the words of one text lie."""
        return slice(int(self.first[text]), int(self.first[text + 1]))

    @property
    def counts(self) -> Numbers:
        """How many words each text has."""
        return np.diff(self.first)


def read_words(texts: Sequence[str]) -> Words:
    """The words of `texts`, in their order."""
    folds = _Folds()
    parts = [
        _read(texts[start : start + _TEXTS_AT_ONCE], folds)
        for start in range(0, len(texts), _TEXTS_AT_ONCE)
    ]
    counts = np.concatenate([np.zeros(1, np.int64), *(part[0] for part in parts)])
    empty = np.zeros(0, np.int32)
    return Words(
        first=np.cumsum(counts),
        hashes=np.concatenate([np.zeros(0, np.uint64), *(part[1] for part in parts)]),
        begin=np.concatenate([empty, *(part[2] for part in parts)]),
        end=np.concatenate([empty, *(part[3] for part in parts)]),
        opens=np.concatenate([np.zeros(0, bool), *(part[4] for part in parts)]),
    )


def shingles(words: Words, size: int) -> tuple[Hashes, Numbers]:
    """A hash for each run of `size` words within a text, and the number of its first word."""
    total = len(words.hashes)
    if total < size:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    combined = words.hashes[: total - size + 1].copy()
    for step in range(1, size):
        combined *= _PRIME
        combined ^= words.hashes[step : total - size + 1 + step]
    inside = np.zeros(total + 1, dtype=bool)
    inside[: total - size + 1] = True
    for step in range(1, size):
        ends = words.first[1:] - step
        inside[ends[ends >= 0]] = False
    places = np.flatnonzero(inside[: total - size + 1])
    return mix(combined[places]), places


def mix(values: Hashes) -> Hashes:
    """Spread hashes evenly over 64 bits (the finalizer of splitmix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


class _Folds:
    """What each code point is and what it is compared as, found when first met."""

    def __init__(self) -> None:
        self.known = np.zeros(_CODE_POINTS, dtype=bool)
        self.kind = np.zeros(_CODE_POINTS, dtype=np.uint8)
        self.fold = np.zeros(_CODE_POINTS, dtype=np.uint64)

    def learn(self, points: npt.NDArray[np.uint32]) -> None:
        """Look up those of `points` that are new."""
        new = np.unique(points[~self.known[points]])
        for point in new.tolist():
            self.kind[point], self.fold[point] = _look_up(point)
        self.known[new] = True
        self.fold[new] = mix(self.fold[new] + np.uint64(1))


def _look_up(point: int) -> tuple[int, int]:
    character = chr(point)
    category = unicodedata.category(character)
    if category in ("Mn", "Me"):
        return _MARK, 0
    if category[0] not in "LNM":
        return _BETWEEN, 0
    if any(low <= point <= high for low, high in _SPACELESS):
        return _ALONE, point
    return _LETTER, ord(unicodedata.normalize("NFKD", character.casefold())[0])


def _read(texts: Sequence[str], folds: _Folds) -> tuple[Numbers, Hashes, Places, Places, Flags]:
    """Words in each text, and hash, begin and end of each word, and whether it opens a sentence."""
    data = "\n".join([*texts, ""]).encode("utf-32-le", "surrogatepass")
    points = np.frombuffer(data, dtype=np.uint32)
    folds.learn(points)
    kind = folds.kind[points]
    starts_of_text = np.cumsum([0, *(len(text) + 1 for text in texts)])
    alone = kind == _ALONE
    within = (kind == _LETTER) | alone
    places = np.flatnonzero(within)
    if not len(places):
        empty = np.zeros(0, np.int32)
        none = np.zeros(len(texts), np.int64)
        return none, np.zeros(0, np.uint64), empty, empty, empty.astype(bool)
    between = np.cumsum(kind == _BETWEEN)[places]
    starts = np.ones(len(places), dtype=bool)
    starts[1:] = (between[1:] != between[:-1]) | alone[places[1:]] | alone[places[:-1]]
    first = np.flatnonzero(starts)
    position = np.arange(len(places)) - np.repeat(first, np.diff([*first, len(places)]))
    values = folds.fold[points[places]] * _POWERS[position % len(_POWERS)]
    hashes = mix(np.add.reduceat(values, first))
    last = np.append(first[1:], len(places)) - 1
    begin, end = places[first], places[last] + 1
    text_of = np.searchsorted(starts_of_text, begin, side="right") - 1
    offset = starts_of_text[text_of]
    counts = np.bincount(text_of, minlength=len(texts))
    stops = np.cumsum(np.isin(points, _STOPS))[begin]
    opens = np.diff(stops, prepend=-1) > 0
    begin, end = (begin - offset).astype(np.int32), (end - offset).astype(np.int32)
    return counts, hashes, begin, end, opens
