"""Letters that fold to nothing, as alef, hamza and ayn do, or the soft sign: part of their word.

Names are found by their folded letters, so a word is written with some of these or without. Where
they are all that tells two words apart, they are looked at.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from onrecord.model import Span
from onrecord.products.door.folding import ARABIC, Letters, letters

_MOST = 12
"""Such letters, vowel signs aside, that may stand between two others of a name."""
_APART = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Scripts without capitals whose words stand apart: a letter beside a name goes on with it."""
_SIGNS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
    "\ufb1e\ufe00-\ufe0f\ufe20-\ufe2f]"
)
"""Marks that a word may be written without. In other scripts vowels are marks, too."""
_BEFORE = re.compile("[وف]?(?:[بكک]?(?:ال)?|لل?)|[והבלמשכ]{0,3}")
"""And, to, in, the: what Arabic and Hebrew write together with the word that follows."""
_AFTER = re.compile("ن[ىي]ڭ?|[غق]ا|[گك]ە|[دت][اە]|[دت][ىي]ن")
"""The cases of Uyghur, written together with a name as it is."""


@cache
def is_silent(char: str) -> bool:
    """Whether a letter or a sign on one folds to nothing."""
    return unicodedata.category(char)[0] in "LM" and not letters(char).text


@cache
def _is_letter(char: str) -> bool:
    """Whether such a character is a letter of its own: a vowel sign is none."""
    return is_silent(char) and unicodedata.category(char) in {"Lo", "Ll", "Lu", "Lt"}


def sounded(between: str) -> str:
    """What stands between two letters of a name, without silent ones."""
    return "".join(char for char in between if not is_silent(char) or _is_vowel(char))


@cache
def _is_vowel(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" and not _SIGNS.match(char)


def holds(between: str) -> bool:
    """Whether silent letters stand between two others."""
    return any(map(_is_letter, between))


def too_many(between: str) -> bool:
    """Whether more of them stand there than a name has."""
    return sum(map(_is_letter, between)) > _MOST


def written(text: str) -> Letters:
    """The letters of a text with the silent ones among them, and where each stands."""
    made: list[str] = []
    at: list[int] = []
    for index, char in enumerate(text):
        for part in _written(char):
            made.append(part)
            at.append(index)
    return Letters("".join(made), tuple(at))


@cache
def _written(char: str) -> str:
    plain = unicodedata.normalize("NFKD", char.translate(ARABIC))
    return "".join(letters(c).text or (c.casefold() if _is_letter(c) else "") for c in plain)


def widened(text: str, start: int, end: int) -> Span:
    """A stretch with the silent letters and signs right before and after it."""
    before, after = start, end
    while before and (is_silent(text[before - 1]) or _joins(text[before - 1])):
        before -= 1
        start = before if is_silent(text[before]) else start
    while after < len(text) and (is_silent(text[after]) or _joins(text[after])):
        after += 1
        end = after if is_silent(text[after - 1]) else end
    return start, end


def _joins(char: str) -> bool:
    return char in "\u00ad\u200b\u200c\u200d"


def is_apart(word: str) -> bool:
    """Whether a word is written in a script without capitals whose words stand apart."""
    return any(map(_APART.match, word))


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a stretch is no part of longer words, but for what is written together with any."""
    begin, until = start, end
    while begin and _goes_on(text[begin - 1]):
        begin -= 1
    while until < len(text) and _goes_on(text[until]):
        until += 1
    return _fits(_BEFORE, text[begin:start]) and _fits(_AFTER, text[end:until])


def _fits(pattern: re.Pattern[str], beside: str) -> bool:
    bare = "".join(char for char in beside if not is_silent(char) or _is_letter(char))
    return not bare or pattern.fullmatch(bare.translate(ARABIC)) is not None


def _goes_on(char: str) -> bool:
    return _APART.match(char) is not None and unicodedata.category(char)[0] in "LM"
