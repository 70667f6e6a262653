"""Which encoding from before Unicode a text is in, guessed from its letters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

from onrecord import vocabulary

ENCODINGS = [
    *(f"cp125{digit}" for digit in range(9)),
    *(f"iso8859_{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 15)),
    *("cp874", "koi8_r", "koi8_u", "gb18030", "big5", "cp932", "euc_jp", "euc_kr", "cp949"),
]
_SAMPLE = 200_000
"""Bytes, of lines with something beyond ASCII, that the guess is made from."""
_SIGNS = frozenset("\u00a0«»‹›“”„‘’‚–—…•·°§©®™€£†‡¶´×÷½¼¾²³")
_INSIDE_WORD = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘´·־\u200c\u200d](?=[^\W\d_])")
_LETTER = re.compile(rb"[A-Za-z]")
_FITS = 0.6
"""Share of the characters beyond ASCII that one language must explain."""


def guess(data: bytes) -> str | None:
    """The encoding that fits `data` best, or None where none does."""
    lines = [line for line in data.splitlines(keepends=True) if not line.isascii()]
    sample = b"".join(lines)[:_SAMPLE]
    latin, share = _latin(sample)
    letters = len(_LETTER.findall(sample))
    if share == 1.0 and letters > len(sample) // 2:
        return latin
    other = _other(sample)
    if other is None or _is_latin(sample.decode(other, "replace")):
        return latin if share >= _FITS else None
    return other


@cache
def latin_encodings() -> frozenset[str]:
    """The encodings of languages in Latin script."""
    return frozenset(name for names, _ in _families() for name in names)


@cache
def _families() -> list[tuple[list[str], list[frozenset[str]]]]:
    return [
        (
            family["encodings"],
            [frozenset(letters + letters.upper()) for letters in family["languages"].values()],
        )
        for family in vocabulary.load("alphabets")
    ]


def _latin(sample: bytes) -> tuple[str | None, float]:
    """The first encoding of a language that explains the most, and how much that is."""
    best: str | None = None
    most = 0.0
    for encoding, alphabet, characters in _readings(sample):
        known = sum(n for char, n in characters.items() if char in alphabet or char in _SIGNS)
        share = known / max(characters.total(), 1)
        if share > most:
            best, most = encoding, share
    return best, most


def _readings(sample: bytes) -> Iterator[tuple[str, frozenset[str], Counter[str]]]:
    for encodings, alphabets in _families():
        for encoding in encodings:
            try:
                text = sample.decode(encoding)
            except UnicodeDecodeError:
                continue
            characters = Counter(char for char in text if char > "\x7f")
            for alphabet in alphabets:
                yield encoding, alphabet, characters


def _other(sample: bytes) -> str | None:
    """The likeliest by statistics over all scripts; symbols inside words speak against one."""
    from charset_normalizer import from_bytes

    texts = {}
    for match in from_bytes(sample, cp_isolation=ENCODINGS):
        try:
            texts[match.encoding] = sample.decode(match.encoding)
        except UnicodeDecodeError:
            continue
    # Among equals the first, which is the likelier one.
    return min(texts, key=lambda name: len(_INSIDE_WORD.findall(texts[name])), default=None)


def _is_latin(text: str) -> bool:
    letters = [char for char in text if char > "\x7f" and char.isalpha()]
    latin = sum("LATIN" in unicodedata.name(char, "") for char in letters)
    return 2 * latin >= len(letters)
