"""Two texts laid beside each other word by word (longest common subsequence).

The sentences of the later text are first put into the order of the earlier one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from onrecord.corroboration.shingles import Flags, Hashes, Numbers

_STRETCH = 6
"""Words that are looked at together to tell how evenly two texts are aligned."""


@dataclass(frozen=True)
class Text:
    """The words of a text, and where its sentences begin."""

    words: list[int]
    sentences: list[int]

    @cached_property
    def pairs(self) -> dict[tuple[int, int], int]:
        """Where each pair of words is last found."""
        return dict(zip(pairwise(self.words), range(len(self.words)), strict=False))

    @cached_property
    def vocabulary(self) -> frozenset[int]:
        """The words, each once."""
        return frozenset(self.words)

    def by_sentence(self) -> list[list[int]]:
        """The words of each sentence."""
        ends = [*self.sentences[1:], len(self.words)]
        parts = zip(self.sentences, ends, strict=True)
        return [self.words[start:end] for start, end in parts if end > start]


@dataclass(frozen=True, slots=True)
class Aligned:
    """How many words are aligned; of the shorter text which; of the longer one from the first to
    the last; in how many runs, and words of the longest one.
    """

    words: int
    hit: Flags
    spread: int
    pieces: int
    longest: int


def text_of(words: Hashes | Numbers, sentence: Numbers) -> Text:
    """A text of these words; `sentence`: a number that rises from sentence to sentence."""
    starts = [0, *(np.flatnonzero(np.diff(sentence)) + 1).tolist()]
    return Text(words.tolist(), starts)


def words_in_order(left: Text, right: Text) -> int:
    """How many words stand in both texts in the same order, as they are: quick to find."""
    from rapidfuzz.distance import LCSseq

    return LCSseq.similarity(left.words, right.words)


def words_in_any_order(left: Text, right: Text) -> int:
    """How many of the shorter text's words stand in the other, wherever."""
    short, long = sorted((left, right), key=lambda text: len(text.words))
    return sum(map(long.vocabulary.__contains__, short.words))


def align(left: Text, right: Text, *, moved: bool = True) -> Aligned:
    """Words in the same order.

    `moved`: whether the later (right) text's sentences are first put into the earlier one's order.
    """
    from rapidfuzz.distance import LCSseq

    order = _in_order_of(left, right) if moved else []
    words = [right.words[place] for place in order] if moved else right.words
    blocks = LCSseq.editops(left.words, words).as_matching_blocks()[:-1]
    hit = np.zeros(min(len(left.words), len(words)), dtype=bool)
    if not blocks:
        return Aligned(0, hit, 0, 0, 0)
    ours = [(block.a, block.a + block.size) for block in blocks]
    theirs = [(block.b, block.b + block.size) for block in blocks]
    first = len(left.words) <= len(words)
    short, long = (ours, theirs) if first else (theirs, ours)
    for start, end in short:
        hit[start:end] = True
    if moved and not first:
        hit = hit[np.argsort(order)]
    sizes = [end - start for start, end in ours]
    return Aligned(sum(sizes), hit, long[-1][1] - long[0][0], len(sizes), max(sizes))


def even(hit: Flags) -> float:
    """Stretches of six words at least half of which are aligned, of all."""
    width = min(_STRETCH, len(hit))
    before = np.concatenate([[0], np.cumsum(hit)])
    return float(np.mean(2 * (before[width:] - before[:-width]) >= width)) if width else 0.0


def _in_order_of(left: Text, right: Text) -> list[int]:
    """The places of the later text's words, its sentences in the order of the earlier text."""
    known = list(map(left.pairs.get, pairwise(right.words)))
    ends = [*right.sentences[1:], len(right.words)]
    last, rows = -1, []
    for start, end in zip(right.sentences, ends, strict=True):
        hits = [place for place in known[start : end - 1] if place is not None]
        last = sorted(hits)[len(hits) // 2] if hits else last
        rows.append((last, start, end))
    return [place for _, start, end in sorted(rows) for place in range(start, end)]
