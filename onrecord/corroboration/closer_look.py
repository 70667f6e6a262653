"""A closer look at two texts of which a second look leaves in doubt whether they are one.

Two reports of one event share its names, figures and dates, however they are told; a copy shares
the words in between, and an outlet that copies spells the names its own way. So words are compared
as they sound, and those outside names and numbers are looked at by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from math import log, log1p

import numpy as np

from onrecord.corroboration.aligning import Aligned, Text, align, even, text_of
from onrecord.corroboration.second_look import SecondLook, Signs, copy_rules
from onrecord.corroboration.shingles import Flags, Numbers, Words

_LIKE, _LEAST = 0.25, 4
"""Sentences are like where so much of them is in both; of fewer words any sentence is like."""


@dataclass(frozen=True, slots=True)
class CloseSigns:
    """What two texts have in common, as they sound, as shares of the shorter one's words.

    What either outlet prints under everything is left out of both. `runs`, `rare_runs`: as in
    `Signs`. `aligned`: words in both, in order; `even`: stretches of six words at least half
    aligned; `plain`: words aligned of those outside names and numbers; `names`: of the others.
    `whole`: words in sentences of which 95 in 100 words are aligned. `sentences`: how like each
    sentence is to the likest one of the other text, whatever their order (words in both, in order,
    of the words of the longer of the two); `order`: of two sentences that follow each other and
    have a like one, how often the like ones do too in that order; `next`: how often side by side.
    `length`: logarithm of the shorter one's words; `ratio`: of the longer one's to the shorter
    one's; `spread`: words of the longer one from the first aligned to the last. `longest`:
    logarithm of the longest run aligned; `pieces`: runs aligned, a word. `outlet`: 1 where one
    outlet published both, whose manner of writing is in both.
    """

    runs: float
    rare_runs: float
    aligned: float
    even: float
    plain: float
    names: float
    whole: float
    sentences: float
    order: float
    next: float
    length: float
    ratio: float
    spread: float
    longest: float
    pieces: float
    outlet: float


CLOSE_SIGNS = tuple(field.name for field in fields(CloseSigns))


class CloserLook:
    """Looks at pairs of texts; `among`: the texts that are in any of them."""

    def __init__(
        self,
        texts: Sequence[str],
        words: Words,
        publishers: Sequence[str | None],
        look: SecondLook,
        among: Iterable[int],
    ) -> None:
        self._rule = copy_rules()
        self._words, self._publishers, self._look = words, publishers, look
        self._sounds: dict[int, Numbers] = {}
        self._plain: dict[int, Flags] = {}
        self._sides: dict[tuple[int, str | None], _Side] = {}
        self._read(texts, sorted(set(among)))

    def signs(self, earlier: int, later: int, signs: Signs) -> CloseSigns | None:
        """What two texts have in common; None where nothing of their own is left."""
        left = self._side(earlier, self._publishers[later])
        right = self._side(later, self._publishers[earlier])
        size = min(len(left.text.words), len(right.text.words))
        found = align(left.text, right.text)
        if not size or not found.words:
            return None
        short, long = (left, right) if len(left.text.words) == size else (right, left)
        outlet = self._publishers[earlier]
        return CloseSigns(
            runs=signs.runs,
            rare_runs=signs.rare_runs,
            aligned=found.words / size,
            even=even(found.hit),
            **_parts(found, short),
            **_by_sentence(short.text, long.text),
            length=log(size),
            ratio=log(max(len(left.text.words), len(right.text.words)) / size),
            spread=found.spread / size,
            longest=log1p(found.longest),
            pieces=found.pieces / size,
            outlet=float(outlet is not None and outlet == self._publishers[later]),
        )

    def score(self, signs: CloseSigns) -> float:
        """How clearly they are one text, a sum of the signs, weighed: from 0 on they are."""
        weights = self._rule.close_weights
        score: float = sum(weights[n] * getattr(signs, n) for n in CLOSE_SIGNS)
        return score + self._rule.close_bias

    def _side(self, text: int, other: str | None) -> _Side:
        """A text without what its own outlet and the other one print under everything."""
        key = text, other
        if key not in self._sides:
            own = self._look.own(text, {self._publishers[text], other})
            opens = self._words.opens[self._words.of(text)]
            side = text_of(self._sounds[text][own], np.cumsum(opens, dtype=np.int64)[own])
            self._sides[key] = _Side(side, self._plain[text][own])
        return self._sides[key]

    def _read(self, texts: Sequence[str], among: Sequence[int]) -> None:
        """How each word sounds, and whether it is neither a name's nor a number."""
        words, parts = self._words, [self._words.of(text) for text in among]
        if not parts:
            return
        _, first, of = np.unique(
            np.concatenate([words.hashes[part] for part in parts]),
            return_index=True,
            return_inverse=True,
        )
        counts = np.array([part.stop - part.start for part in parts])
        owner = np.repeat(np.arange(len(parts)), counts)
        begin, end = (
            np.concatenate([side[part] for part in parts])[first]
            for side in (words.begin, words.end)
        )
        rows = zip(owner[first].tolist(), begin.tolist(), end.tolist(), strict=True)
        known = [texts[among[text]][start:stop] for text, start, stop in rows]
        sounds, numbers = _as_they_sound(set(known)), dict[str, int]()
        number = np.array([numbers.setdefault(sounds[word], len(numbers)) for word in known])
        for text, part, heard in zip(
            among, parts, np.split(number[of], np.cumsum(counts)[:-1]), strict=True
        ):
            self._sounds[text] = heard
            starts = [texts[text][place] for place in words.begin[part].tolist()]
            self._plain[text] = _plain(starts, heard, words.opens[part])


@dataclass(frozen=True, slots=True)
class _Side:
    """The words of a text that are looked at, and which stand outside names and numbers."""

    text: Text
    plain: Flags


def _parts(found: Aligned, short: _Side) -> dict[str, float]:
    """How much is aligned of parts of the shorter text."""
    hit, plain = found.hit, short.plain
    starts = np.array(short.text.sentences)
    words = np.diff([*starts, len(hit)])
    share = np.add.reduceat(hit.astype(np.int64), starts) / words
    return {
        "plain": float(hit[plain].mean()) if plain.any() else float(hit.mean()),
        "names": float(hit[~plain].mean()) if not plain.all() else float(hit.mean()),
        "whole": float(words[share >= 0.95].sum() / len(hit)),
    }


def _by_sentence(short: Text, long: Text) -> dict[str, float]:
    """How like the shorter text's sentences are to the other's, and whether in the same order."""
    from rapidfuzz.distance import LCSseq
    from rapidfuzz.process import cdist

    ours, theirs = short.by_sentence(), long.by_sentence()
    alike = cdist(ours, theirs, scorer=LCSseq.normalized_similarity, dtype=np.float64)
    best, likest = alike.max(axis=1), alike.argmax(axis=1)
    words = np.array([len(sentence) for sentence in ours])
    steps = np.diff(likest[(best >= _LIKE) & (words >= _LEAST)])
    return {
        "sentences": float(best @ words / words.sum()),
        "order": float(np.mean(steps > 0)) if len(steps) else 0.5,
        "next": float(np.mean(steps == 1)) if len(steps) else 0.0,
    }


def _plain(starts: Sequence[str], sounds: Numbers, opens: Flags) -> Flags:
    """Words that are neither a number nor a name's: with a capital, but not for a sentence's sake.

    A word that opens a sentence is a name's where it has a capital elsewhere in the text too.
    `starts`: the first letter of each word.
    """
    capital = np.array([letter.isupper() for letter in starts], dtype=bool)
    digit = np.array([letter.isdigit() for letter in starts], dtype=bool)
    opening = np.flatnonzero(capital & opens)
    names = set(sounds[capital & ~opens].tolist())
    capital[opening] = [sound in names for sound in sounds[opening].tolist()]
    plain: Flags = ~(capital | digit)
    return plain


def _as_they_sound(words: Iterable[str]) -> dict[str, str]:
    """Each word as it sounds, where its script tells capitals from small letters."""
    from onrecord.resolution.names.fold import latin, sounded

    known, letters = {}, {}
    for word in sorted(words):
        small = word.lower()
        plain = latin(word).lower() if small != word.upper() else ""
        if plain.isascii() and plain.isalpha():
            letters[word] = plain
        else:
            known[word] = small
    sounds = sounded(list(letters.values()))
    return known | dict(zip(letters, sounds, strict=True))
