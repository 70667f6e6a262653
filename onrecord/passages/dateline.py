"""The dateline that heads a report: "THARNOK, 3 March (XYZ) — ". Read from the characters alone."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache

from onrecord.model import Span
from onrecord.vocabulary import load

LINES = 8
"""Lines from the top in which title, date of publication and dateline are looked for."""

LONGEST = 140
"""Characters of a line in which a dateline ends."""

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
DATE = (
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+\d{{4}})?|\d{{4}}-\d\d-\d\d)"
)
_WORD = r"(?!(?:Jan|Feb|Mar|Apr|Aug|Sep|Oct|Nov|Dec)\b)[^\W\d_a-z][\w.'’-]*"
PLACE = rf"{_WORD}(?:[ -](?:{_WORD}|de|la|el|al|of|and)){{0,4}}"
_DATELINE = re.compile(
    rf"\(?(?:(?P<place>{PLACE})(?P<country>(?:\s*\[[^\]\n]{{2,40}}\]|,\s*{PLACE}){{0,2}}))?"
    rf"(?:(?:,\s*|\s+|^\(?)(?:\w+day,?\s+)?(?P<date>{DATE}))?"
    r"\)?(?:,?\s*\((?P<agency>[^()\n]{2,40})\)|,\s*(?P<desk>[A-Z]{2,6}))?\s*(?P<mark>:|—|–|--|-)(?=\s)"
)
_INK = re.compile(r"\S")
_LABEL = re.compile(r"^[^\W\d_a-z]{3,}(?: [^\W\d_a-z]{3,})?:\s", re.MULTILINE)
"""What stands before the words of a speaker in a transcript: "DAHL: "."""


def lines(text: str, most: int | None = None) -> Iterator[Span]:
    """The lines that hold words, at most so many, without surrounding white space."""
    return itertools.islice(_lines(text), most)


def _lines(text: str) -> Iterator[Span]:
    for match in re.finditer(r"[^\n\r\u2028\u2029]+", text):
        line = match.group()
        left = len(line) - len(line.lstrip())
        right = len(line.rstrip())
        if right > left:
            yield match.start() + left, match.start() + right


def possible(text: str) -> Iterator[re.Match[str]]:
    """What has the form of a dateline at the start of one of the first lines, text behind it.

    Groups: place, country, date, agency, desk, mark.
    """
    for first, last in lines(text, LINES):
        found = _DATELINE.match(text, first, min(last, first + LONGEST))
        if found is not None and found.end() < last:
            yield found


def is_plain(found: re.Match[str]) -> bool:
    """Whether a date, an agency or capitals make it a dateline: "Dahl: I saw it" is none."""
    agency = bool(found["agency"]) and is_credit(found["agency"])
    if found["date"]:
        return bool(found["place"]) or agency
    return bool(found["place"]) and (agency or _in_capitals(found))


def _in_capitals(found: re.Match[str]) -> bool:
    """A place in capitals; where more lines begin so before a colon, they say who speaks."""
    place = found["place"]
    first = place.split(maxsplit=1)[0].casefold()
    if not place.isupper() or len(place) <= 3 or first in load("head")["labels"]:
        return False
    labels = itertools.islice(_LABEL.finditer(found.string), 2) if found["mark"] == ":" else ()
    return len(list(labels)) < 2


def cut(text: str) -> int | None:
    """The character where the report begins behind its dateline; None where there is none."""
    found = next(filter(is_plain, possible(text)), None)
    if found is None:
        return None
    behind = _INK.search(text, found.end())
    return behind and behind.start()


def is_credit(words: str) -> bool:
    """Whether words in brackets can be the name of an agency or paper."""
    first = words.split(maxsplit=1)[0].casefold().strip(".:")
    return words[0].isupper() and len(words.split()) <= 4 and first not in _not_credits()


@cache
def _not_credits() -> frozenset[str]:
    return frozenset(load("head")["not_credits"])
