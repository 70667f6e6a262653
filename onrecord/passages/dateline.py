"""The dateline that heads a report: "THARNOK, 3 March (XYZ) — ". Read from the characters alone."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import cache

from onrecord.model import Span
from onrecord.passages.outlets import is_outlet
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
RUNNING = 8
"""Words from which what follows a dateline on its line is running text."""

PLACES = 3
"""Most words of a place that heads a report with no date, agency or capitals to tell it."""

ACRONYM = 5
"""Most letters of an agency's acronym that stands where a place could."""

_INK = re.compile(r"\S")
_LINE_END = re.compile(r"$", re.MULTILINE)
_STOPS = tuple(".!?…”\"’')")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Yy]ou)\b")
_OPENING = re.compile(rf"^{PLACE}(?::| [–—-]{{1,2}})\s(?=\S+ \S+ \S+ \S+ \S+ \S+)", re.MULTILINE)
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
    if is_agency_alone(found):
        return heads_text(found)
    if found["date"]:
        return bool(found["place"]) or agency
    if not found["place"]:
        return False
    return agency or _in_capitals(found) or (not found["country"] and _opens_report(found))


def _in_capitals(found: re.Match[str]) -> bool:
    """A place in capitals; where more lines begin so before a colon, they say who speaks."""
    place = found["place"]
    first = place.split(maxsplit=1)[0].casefold()
    if not place.isupper() or len(place) <= 3 or first in load("head")["labels"]:
        return False
    labels = itertools.islice(_LABEL.finditer(found.string), 2) if found["mark"] == ":" else ()
    return len(list(labels)) < 2


def heads_text(found: re.Match[str]) -> bool:
    """Whether running text follows on the line, not the rest of a headline."""
    text = found.string
    end = _LINE_END.search(text, found.end()).start()  # type: ignore[union-attr]
    rest = text[found.end() : end].rstrip()
    wrapped = text[end + 1 : end + 2].strip() != ""
    return len(rest.split()) >= RUNNING and (wrapped or rest[-1:] in _STOPS)


def _opens_report(found: re.Match[str]) -> bool:
    """A lone place in small letters ("Tharnok - Two men were") where a headed text begins.

    Who speaks in an interview stands so too, but there more than once, and says "I".
    """
    text, place = found.string, found["place"]
    named = {word.casefold().strip(".") for word in place.split()}
    if len(place.split()) > PLACES or named & _no_places() or not heads_text(found):
        return False
    above = [text[slice(*line)] for line in lines(text[: found.start()])]
    first = _INK.search(text, found.end())
    if not above or any(_is_text(line) for line in above) or first is None:
        return False
    told = first.group()
    begins = told.isupper() or told.isdigit() or (told in '“"' and found["mark"] != ":")
    spoken = _FIRST_PERSON.search(text, found.end(), found.end() + LONGEST)
    return begins and spoken is None and _OPENING.search(text, found.end()) is None


def _is_text(line: str) -> bool:
    return len(line.split()) >= RUNNING and line[-1] in _STOPS


@cache
def _no_places() -> frozenset[str]:
    """Words of bodies, papers and rubrics: "Harbour Police - Two men were"."""
    return frozenset((*load("head")["labels"], *load("titles")["organization_words"]))


def is_agency_alone(found: re.Match[str]) -> bool:
    """Whether what stands before the dash is who reports, not where: "(XYZ) -", "Bay News:"."""
    text, place = found.string, found["place"]
    if not place or found["country"] or found["date"] or found["agency"]:
        return False
    bracketed = text[found.start()] == "(" and text[found.end("place")] == ")"
    acronym = place.isupper() and place.isalpha() and len(place) <= ACRONYM
    return is_outlet(place) or (bracketed and acronym)


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
