"""Words as search and look-up see them: folded, so that spelling marks and case do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract_iter

from onrecord.model import Span

LONGEST = 64
"""Characters of a word that count; engines bound the length of an indexed word."""

_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd"
)
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_ASCII = re.compile(r"[a-z0-9]+")


def words(text: str) -> Iterator[tuple[str, Span]]:
    """Each word of `text`, folded, with the span it has in `text`."""
    for match in _WORD.finditer(text):
        word = fold(match.group())
        if word:
            yield word, match.span()


def folded_words(text: str) -> list[str]:
    """The words of `text`, folded, as `words` gives them; much quicker where it is ASCII."""
    if text.isascii():
        return [word[:LONGEST] for word in _ASCII.findall(text.lower())]
    folded = (w.lower()[:LONGEST] if w.isascii() else fold(w) for w in _WORD.findall(text))
    return [word for word in folded if word]


def fold(word: str) -> str:
    """One word without case, diacritics, modifiers and compatibility forms.

    "Ḥāʾirī" and "HAIRI" are one.
    """
    if word.isascii():
        return word.lower()[:LONGEST]
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if c.isalnum() and unicodedata.category(c) != "Lm")[:LONGEST]


def folded_name(name: str) -> str:
    """A name as its folded words, one blank between them."""
    return " ".join(word for word, _ in words(name))


def slack(word: str) -> int:
    """Edits that may lie between two spellings of a word: none in short ones and numbers."""
    if len(word) < 4 or any(c.isdigit() for c in word):
        return 0
    return 1 if len(word) < 7 else 2


def likeness(word: str, other: str) -> float:
    """1 for the same word, down to 0; 0 where more edits lie between them than `slack` allows.

    Edits are insertions, deletions, substitutions and swaps of neighbours (optimal string
    alignment).
    """
    if word == other:
        return 1.0
    allowed = slack(word)
    edits = OSA.distance(word, other, score_cutoff=allowed) if allowed else 1
    return 1 - edits / len(word) if edits <= allowed else 0.0


def alike(word: str, others: Iterable[str]) -> dict[str, float]:
    """Those of `others` that may be another spelling of `word`, each with its `likeness`."""
    found = extract_iter(word, others, scorer=OSA.distance, score_cutoff=slack(word))
    return {other: 1 - edits / len(word) for other, edits, _ in found}
