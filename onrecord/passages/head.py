"""What a document says of itself: title, publisher, date of publication, dateline, channel."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cache

from onrecord.dates import parse_date
from onrecord.model import Edtf, Span
from onrecord.passages.parse import Parsed
from onrecord.vocabulary import load


@dataclass(frozen=True, slots=True)
class Head:
    """Spans of what heads (or closes) a document; dates are EDTF. None where it says nothing."""

    title: Span | None = None
    publisher: Span | None = None
    published: tuple[Edtf, Span] | None = None
    dateline_place: Span | None = None
    dateline_date: tuple[Edtf, Span] | None = None
    channel: Span | None = None


LINES = 8
"""Lines from the top in which title, date of publication and dateline are looked for."""

TITLE = (2, 30)
"""Fewest and most words of a line that can be a title."""

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE = (
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}(?:,?\s+\d{{4}})?|\d{{4}}-\d\d-\d\d)"
)
_WORD = r"(?!(?:Jan|Feb|Mar|Apr|Aug|Sep|Oct|Nov|Dec)\b)[^\W\d_a-z][\w.'’-]*"
_PLACE = rf"{_WORD}(?:[ -](?:{_WORD}|de|la|el|al|of|and)){{0,4}}"
_DATELINE = re.compile(
    rf"\(?(?:(?P<place>{_PLACE})(?P<country>(?:\s*\[[^\]\n]{{2,40}}\]|,\s*{_PLACE}){{0,2}}))?"
    rf"(?:(?:,\s*|\s+|^\(?)(?:\w+day,?\s+)?(?P<date>{_DATE}))?"
    r"\)?(?:,?\s*\((?P<agency>[^()\n]{2,40})\)|,\s*(?P<desk>[A-Z]{2,6}))?\s*(?P<mark>:|—|–|--|-)(?=\s)"
)
_PUBLISHED = re.compile(
    r"(?:(?:first\s+)?(?:published|posted|updated|date|dated|last\s+(?:updated|modified))\b"
    rf"(?:\s+(?:on|in|at)\b)?\s*:?\s*(?:(?P<paper>{_PLACE}),\s*)?)?(?:\w+day,?\s+)?"
    rf"(?P<date>{_DATE})(?:T?[\s,|–—-]*(?:at\s+)?\d{{1,2}}[:.]\d\d.*)?[.]?",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:^|(?<=[.!?”\"’\]]))\s*(?:\(|\[|[—–-]\s?)"
    r"([A-Z][\w.&'’]*(?: [A-Z][\w.&'’]*){0,3})[)\]]?\.?\s*$"
)
_BYLINE = re.compile(
    rf"By\s+{_PLACE}(?:\s+and\s+{_PLACE})?(?:,|\s+for|\s+[|–—-])\s*(?P<agency>{_PLACE})$"
)
_OWNED = r"[\w-]+['’]s?\s"
_SOURCE = re.compile(rf"Source:\s*(?P<agency>{_PLACE})\.?$")


def read_head(parsed: Parsed, known: Head) -> Head:
    """`known` is what the reader of the file found already; the text fills the rest."""
    found = _from_text(parsed)
    missing = {
        field.name: getattr(found, field.name)
        for field in fields(Head)
        if getattr(known, field.name) is None
    }
    return replace(known, **missing)


def _from_text(parsed: Parsed) -> Head:
    text = parsed.text
    lines = list(_lines(text))
    top = lines[:LINES]
    dateline = dateline_of(parsed)
    published = next(filter(None, (_published(text, line) for line in [*top, *lines[-2:]])), None)
    return replace(
        dateline,
        title=_title(text, lines, dateline),
        published=published,
        publisher=dateline.publisher or _publisher(text, lines),
        channel=_channel(parsed),
    )


def dateline_of(parsed: Parsed) -> Head:
    """The place, date and agency that head a report, if it has a dateline; the rest is None."""
    top = itertools.islice(_lines(parsed.text), LINES)
    return next(filter(None, (_dateline(parsed, line) for line in top)), Head())


def _lines(text: str) -> Iterator[Span]:
    """The lines that hold words, without surrounding white space."""
    for match in re.finditer(r"[^\n\r\u2028\u2029]+", text):
        line = match.group()
        left = len(line) - len(line.lstrip())
        right = len(line.rstrip())
        if right > left:
            yield match.start() + left, match.start() + right


def _title(text: str, lines: list[Span], dateline: Head) -> Span | None:
    """The first line, where it is short, ends no sentence, and text follows."""
    if len(lines) < 2:
        return None
    first = lines[0]
    words = len(text[slice(*first)].split())
    starts_report = any(
        span and first[0] <= span[0] < first[1]
        for span in (dateline.dateline_place, dateline.dateline_date and dateline.dateline_date[1])
    )
    ends = text[first[1] - 1] in ".:;," or parse_date(text[slice(*first)]) is not None
    if starts_report or ends or not TITLE[0] <= words <= TITLE[1]:
        return None
    return first


def _published(text: str, line: Span) -> tuple[Edtf, Span] | None:
    if line[1] - line[0] > 90:
        return None
    found = _PUBLISHED.fullmatch(text, *line)
    date = parse_date(found["date"]) if found else None
    if found is None or date is None or "X" in date:
        return None
    return date, found.span("date")


def _dateline(parsed: Parsed, line: Span) -> Head | None:
    text = parsed.text
    found = _DATELINE.match(text, line[0], min(line[1], line[0] + 140))
    if found is None or found.end() >= line[1] or not _is_dateline(parsed, found):
        return None
    date = parse_date(found["date"]) if found["date"] else None
    agency = next((name for name in ("agency", "desk") if found[name]), None)
    if agency and parse_date(found[agency]):
        agency = None
    return Head(
        publisher=found.span(agency) if agency and _credit(found[agency]) else None,
        dateline_place=found.span("place") if found["place"] else None,
        dateline_date=(date, found.span("date")) if date else None,
    )


def _is_dateline(parsed: Parsed, found: re.Match[str]) -> bool:
    """Whether more than a word and a mark speaks for a dateline: "Dahl: I saw it" has none."""
    agency = bool(found["agency"]) and _credit(found["agency"])
    if found["date"]:
        return bool(found["place"]) or agency
    if not found["place"]:
        return False
    capitals = found["place"].isupper() and len(found["place"]) > 3
    capitals = capitals and found["place"].split()[0].casefold() not in load("head")["labels"]
    if found["mark"] == ":":
        return agency or capitals or (_is_placed(parsed, found) and bool(found["country"]))
    return agency or capitals or (bool(found["country"]) and _is_placed(parsed, found))


def _is_placed(parsed: Parsed, found: re.Match[str]) -> bool:
    if parsed.doc is None:
        return True
    span = parsed.doc.char_span(found.start("place"), found.end("place"), alignment_mode="expand")
    return span is not None and any(token.ent_type_ in ("GPE", "LOC", "ORG") for token in span)


def _publisher(text: str, lines: list[Span]) -> Span | None:
    for line in lines[:LINES]:
        found = _BYLINE.fullmatch(text, *line) or _SOURCE.fullmatch(text, *line)
        if found and _credit(found["agency"]):
            return found.span("agency")
    for line in reversed(lines[-2:]):
        found = _CREDIT.search(text, max(line[0], line[1] - 40), line[1])
        if found and _credit(found[1]):
            return found.span(1)
        paper = _PUBLISHED.fullmatch(text, *line) if line[1] - line[0] < 90 else None
        if paper and paper["paper"] and paper["paper"][0].isupper():
            return paper.span("paper")
    return None


def _credit(words: str) -> bool:
    """Whether words in brackets can be the name of an agency or paper."""
    first = words.split(maxsplit=1)[0].casefold().strip(".:")
    return words[0].isupper() and len(words.split()) <= 4 and first not in _not_credits()


@cache
def _not_credits() -> frozenset[str]:
    return frozenset(load("head")["not_credits"])


@cache
def _channels() -> re.Pattern[str]:
    media = "|".join(load("head")["media"])
    nouns = "|".join(
        re.escape(noun) for noun in sorted(load("head")["channels"], key=len, reverse=True)
    )
    return re.compile(
        r"\b(?:[Ii]n|[Vv]ia|[Tt]hrough|[Oo]n|[Dd]uring|[Aa]t)\s+((?:an?|the|his|her|their|its)\s+"
        rf"(?:(?!to\b|via\b|{_OWNED})[\w'’-]+\s+){{0,3}}?(?:{nouns})\b(?:\s+on\s+(?:{media})\b)?)"
    )


def _channel(parsed: Parsed) -> Span | None:
    """The first vehicle of words that the text names: "in a social media post"."""
    if parsed.doc is None:
        return None
    found = _channels().search(parsed.text)
    return found.span(1) if found else None
