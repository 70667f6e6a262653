"""The one form under which the spellings of a name meet, and how much meeting there tells."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from onrecord.resolution.names.form import form, kind_of

TYPICAL_SHARE = 1 / 2000
"""The share of bearers of a name's word in a case too small to tell: as in a large one."""
BELIEF = 200
"""How many bearers that guess is worth."""
KEPT = 1_000_000
"""Names whose words are kept in memory, about 300 bytes each: those of a case of millions."""
MOST_BITS = 24.0
"""More than one in 16 million no word can tell."""


def words_of(name: str, kind: str) -> tuple[str, ...]:
    """The coarse forms of a name's own words, without titles, sorted; initials as one letter."""
    return _told(name, kind)[0]


def sign_of(name: str, kind: str) -> str:
    """One string for all spellings of a name, in whatever order of its words; may be empty."""
    return " ".join(words_of(name, kind))


def coarse_keys(name: str, kind: str) -> tuple[str, ...]:
    """Keys by which spellings meet that differ in related consonants ("Chidu", "Shidu"); sorted."""
    words = [word.translate(_RELATED) for word in words_of(name, kind) if len(word) > 1]
    pairs = combinations(sorted(words), 2) if kind == "person" else ((word,) for word in words)
    return tuple(sorted({"c:" + " ".join(pair) for pair in pairs}))


_RELATED = str.maketrans("cjzgqdbfvw", "ssskktpppp")


def full_words(name: str, kind: str) -> int:
    """How many words of a name are more than an initial."""
    return _told(name, kind)[1]


@lru_cache(maxsize=KEPT)
def _told(name: str, kind: str) -> tuple[tuple[str, ...], int]:
    """The words of `words_of` and the number of `full_words`."""
    core = form(name, kind_of(kind)).core
    words = tuple(sorted(word.skeleton or word.text for word in core))
    return words, sum(word.role != "initial" for word in core)


def bits_of_counts(counts: NDArray[np.int64], total: int) -> NDArray[np.float64]:
    """How many bits it tells that two rows share a value that `counts` of `total` rows hold."""
    share = (counts + BELIEF * TYPICAL_SHARE) / (total + BELIEF)
    bits: NDArray[np.float64] = np.clip(-np.log2(share), 0.0, MOST_BITS)
    return bits
