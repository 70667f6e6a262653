"""Words of any script as plain letters, and the two coarser spellings by which variants meet.

Everything takes many at once: one pass of a rule over one long string costs far less than a call a
word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from anyascii import anyascii

from onrecord.vocabulary import load

LONGEST = 64
"""Letters of a word that count."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][A-Za-z])")
_MARKS = str.maketrans("", "", "'`\"")
_DOTTED = re.compile(r"(?<![A-Za-z0-9])((?:[A-Za-z]\.){2,}[A-Za-z]?)(?![A-Za-z0-9])")
_TWO_INITIALS = re.compile(
    r"(?<![A-Za-z])(?!DR|MR|MS|SR|JR|MD|MP|ST|GM|LT)([B-DF-HJ-NP-TV-XZ])([B-DF-HJ-NP-TV-XZ])"
    r"(?= [A-Z]\w*[a-z])"
)
_BREAK = re.compile(r"[^0-9a-z\n]+")
_TWICE = re.compile(r"([a-z])\1+")
_LOOKALIKE = str.maketrans("013459", "oileag")


@cache
def _rules(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rule["of"], re.MULTILINE), rule["is"]) for rule in load("names")["sounds"][name]
    )


def latin(text: str) -> str:
    """Any text as ASCII: transliterated, marks taken off, case kept."""
    return text if text.isascii() else anyascii(unicodedata.normalize("NFKC", text))


def words(names: Sequence[str], *, of_people: bool = False) -> list[list[str]]:
    """The words of each name as lower-case ASCII letters and digits.

    Words run together in mixed case are taken apart, and where the names are `of_people`, so are
    two initials ("JC"). Initials of a body written with points are one word ("A.B.C.").
    """
    text = "\n".join(latin(name).replace("\n", " ") for name in names)
    text = _CAMEL.sub(" ", text)
    text = _TWO_INITIALS.sub(r"\1 \2", text) if of_people else _DOTTED.sub(_undotted, text)
    text = text.translate(_MARKS).lower().replace("&", " and ")
    return [
        line.split() if len(line) <= LONGEST else [word[:LONGEST] for word in line.split()]
        for line in _BREAK.sub(" ", text).split("\n")
    ]


def _undotted(match: re.Match[str]) -> str:
    return match.group().replace(".", "") + " "


def sounded(words: Sequence[str]) -> list[str]:
    """Each word with its vowels in three classes and one letter for each consonant's sound.

    "baluch", "baloch" and "balouch" give one; so do "sergey", "sergei" and "sergej".
    """
    text = "\n".join(words)
    for pattern, sound in _rules("word"):
        text = pattern.sub(sound, text)
    return [
        sound or word
        for sound, word in zip(_TWICE.sub(r"\1", text).split("\n"), words, strict=True)
    ]


def skeletons(sounds: Sequence[str]) -> list[str]:
    """The consonants of sounded words: what is left where a script writes no vowels.

    "sarfaraz", "sarfraz" and "srfrz" give one. A word without consonants gives itself.
    """
    text = "\n".join(sounds)
    for pattern, sound in _rules("skeleton"):
        text = pattern.sub(sound, text)
    return [
        bare or sound
        for bare, sound in zip(_TWICE.sub(r"\1", text).split("\n"), sounds, strict=True)
    ]


def unmasked(word: str) -> str:
    """A word in which digits stand for letters ("s3ch1n"), with the letters."""
    return word.translate(_LOOKALIKE)
