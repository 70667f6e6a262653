"""Words of any script as plain letters, and the two coarser spellings by which variants meet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_ABJAD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_MARKS = re.compile(r"['`’‘ʻʼ´\"“”«»]")
_DOTTED = re.compile(r"\b(?:\w\.){2,}\w?\b|\b(?:\w\.){2,}", re.UNICODE)
_BREAK = re.compile(r"[^0-9a-z#]+")

_CONSONANTS = (
    ("shch", "s"),
    ("tsch", "c"),
    ("tch", "c"),
    ("sch", "s"),
    ("dzh", "j"),
    ("dsch", "j"),
    ("dj", "j"),
    ("zh", "j"),
    ("ch", "c"),
    ("sh", "s"),
    ("kh", "k"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("bh", "b"),
    ("hs", "s"),
    ("ck", "k"),
    ("ts", "s"),
    ("tz", "s"),
    ("cz", "c"),
    ("qu", "k"),
    ("x", "ks"),
)
_VOWELS = (
    ("ou", "u"),
    ("oo", "u"),
    ("ow", "u"),
    ("au", "u"),
    ("aw", "u"),
    ("ee", "i"),
    ("ie", "i"),
    ("ei", "i"),
    ("ey", "i"),
    ("ay", "i"),
    ("ai", "i"),
    ("iy", "i"),
    ("yi", "i"),
    ("ij", "i"),
)
_ALIKE = str.maketrans({"e": "i", "y": "i", "o": "u", "q": "k", "w": "v", "z": "s"})
_TWICE = re.compile(r"(.)\1+")
_HARD_C = re.compile(r"c(?=[aoukltr]|$)")
_SILENT_H = re.compile(r"(?<=.)h")
_DROPPED = re.compile(r"(?<=.)[aiujh]|^[aiu]+")
_LOOKALIKE = str.maketrans("013459", "oileag")


@lru_cache(maxsize=65_536)
def latin(text: str) -> str:
    """Any text as ASCII: transliterated, marks taken off, case kept."""
    if text.isascii():
        return text
    bare = unicodedata.normalize("NFKC", text)
    return anyascii(bare).replace("@", "a")


def is_abjad(text: str) -> bool:
    """Whether the text is in a script that writes few vowels (Arabic, Hebrew, Syriac)."""
    return not text.isascii() and _ABJAD.search(text) is not None


def words(text: str) -> list[str]:
    """The words of a name as lower-case ASCII; joined names in mixed case are taken apart."""
    plain = latin(text)
    if "." in plain:
        plain = _DOTTED.sub(_undotted, plain)
    plain = _CAMEL.sub(" ", plain)
    plain = _MARKS.sub("", plain).lower().replace("&", " and ")
    return [word for word in _BREAK.split(plain) if word]


def _undotted(match: re.Match[str]) -> str:
    return match.group().replace(".", "") + " "


@lru_cache(maxsize=65_536)
def sounded(word: str) -> str:
    """A word with its vowels in three classes and its consonants as they are transliterated.

    "baluch", "baloch" and "balouch" give one; so do "sergey" and "sergei".
    """
    for spelled, sound in _VOWELS:
        word = word.replace(spelled, sound)
    word = word.replace("ce", "se").replace("ci", "si") if "ch" not in word else word
    word = _HARD_C.sub("k", word)
    for spelled, sound in _CONSONANTS:
        word = word.replace(spelled, sound)
    word = word.translate(_ALIKE)
    return _TWICE.sub(r"\1", _SILENT_H.sub("", word)) or word


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """The consonants of a word as they sound: what is left where a script writes no vowels.

    "sarfaraz", "sarfraz" and "srfrz" give one. A word without consonants gives itself.
    """
    sound = sounded(word)
    bare = _TWICE.sub(r"\1", _DROPPED.sub("", sound.replace("v", "v")))
    bare = bare[:1] + bare[1:].replace("v", "") if len(bare) > 2 else bare
    return bare or sound


def unmasked(word: str) -> str:
    """A word in which digits stand for letters ("s3ch1n"), with the letters."""
    return word.translate(_LOOKALIKE)
