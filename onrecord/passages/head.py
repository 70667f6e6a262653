"""What a document says of itself: title, publisher, date of publication, dateline, channel."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from functools import cache

from onrecord.dates import parse_date
from onrecord.model import Edtf, Span
from onrecord.passages.dateline import (
    DATE,
    LINES,
    PLACE,
    heads_text,
    is_agency_alone,
    is_credit,
    is_plain,
    possible,
)
from onrecord.passages.dateline import lines as lines_of
from onrecord.passages.imprint import Imprint, imprint_of, is_later, label_of
from onrecord.passages.letterhead import letterhead_of, spelled_out
from onrecord.passages.outlets import is_name, is_outlet
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


TITLE = (2, 30)
"""Fewest and most words of a line that can be a title."""

BYLINE = 8
"""Most words of the line that says who wrote a report."""

UNDER = 3
"""Lines, the headline among them, in which the name of a paper alone says who publishes it."""

_PUBLISHED = re.compile(
    r"(?:(?:first\s+)?(?:published|posted|updated|date|dated|last\s+(?:updated|modified))\b"
    rf"(?:\s+(?:on|in|at)\b)?\s*:?\s*(?:(?P<paper>{PLACE}),\s*)?)?(?:\w+day,?\s+)?"
    rf"(?P<date>{DATE})(?:T?[\s,|–—-]*(?:at\s+)?\d{{1,2}}[:.]\d\d.*)?[.]?",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:^|(?<=[.!?”\"’\]]))\s*(?:\(|\[|[—–-]\s?)"
    r"([A-Z][\w.&'’]*(?: [A-Z][\w.&'’]*){0,3})[)\]]?\.?\s*$"
)
_BYLINE = re.compile(
    rf"By\s+{PLACE}(?:\s+and\s+{PLACE})?(?:,|\s+for|\s+[|–—-])\s*(?P<agency>{PLACE})$"
)
_OWNED = r"[\w-]+['’]s?\s"
_SOURCE = re.compile(rf"Source:\s*(?P<agency>{PLACE})\.?$")


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
    lines = list(lines_of(text))
    top = lines[:LINES]
    dateline = dateline_of(parsed)
    paper = letterhead_of(text, lines)
    imprints = {line: told for line in (*top, *lines[-2:]) if (told := imprint_of(text, line))}
    masthead = _masthead(text, lines, imprints)
    stated = (told.publisher for told in imprints.values() if told.publisher)
    publisher = masthead or next(stated, None) or dateline.publisher or _publisher(text, lines)
    publisher = publisher or paper.body
    return replace(
        dateline,
        title=paper.title or _title(text, _below(text, lines, imprints, masthead), dateline),
        published=_day(text, imprints)
        or _older(text, lines)
        or paper.published
        or _written(dateline),
        publisher=publisher and spelled_out(text, publisher),
        channel=_channel(parsed),
    )


def _day(text: str, imprints: dict[Span, Imprint]) -> tuple[Edtf, Span] | None:
    """The first day of publication that a line states, else the first of a later change."""
    first, later = [], []
    for line, told in imprints.items():
        before = text[: line[0]].rstrip().rpartition("\n")[2].strip()
        changed = is_later(label_of(before))
        first += [told.published] if told.published and not changed else []
        later += [date for date in (told.updated, told.published) if date]
    return next(iter(first), None) or next(iter(later), None)


def _older(text: str, lines: list[Span]) -> tuple[Edtf, Span] | None:
    found = (_published(text, line) for line in (*lines[:LINES], *lines[-2:]))
    return next(filter(None, found), None)


def _written(dateline: Head) -> tuple[Edtf, Span] | None:
    """The day of a dateline, where it names its year: such a report goes out as it is filed."""
    date = dateline.dateline_date
    return date if date and "X" not in date[0] else None


def _masthead(text: str, lines: list[Span], imprints: dict[Span, Imprint]) -> Span | None:
    """The line that is the name of a paper alone: above a headline and a text, or right below."""
    below = _below(text, lines[1:], imprints, None)
    if not lines or len(below) < 2 or lines[0] in imprints:
        return None
    said, headline = text[slice(*lines[0])], text[slice(*below[0])]
    headed = TITLE[0] <= len(headline.split()) <= TITLE[1] and headline[-1] not in ".:;,"
    if headed and _is_paper(said):
        return lines[0]
    return _below_headline(text, lines)


def _is_paper(said: str) -> bool:
    return is_name(said) and is_outlet(said)


def _below_headline(text: str, lines: list[Span]) -> Span | None:
    """The name of a paper alone on the line below a headline, or below who wrote the report."""
    if len(lines) <= UNDER or _title(text, lines, Head()) is None:
        return None
    for line in lines[1:UNDER]:
        said = text[slice(*line)]
        if _is_paper(said):
            return line
        if not _is_byline(said):
            return None
    return None


def _below(
    text: str, lines: list[Span], imprints: dict[Span, Imprint], masthead: Span | None
) -> list[Span]:
    """The lines from the first on that says more than who publishes it, when, or who wrote it."""
    for number, line in enumerate(lines[:LINES]):
        said = text[slice(*line)]
        if not (line in imprints or line == masthead or label_of(said) or _is_byline(said)):
            return lines[number:]
    return lines


def _is_byline(said: str) -> bool:
    return len(said.split()) <= BYLINE and said.lower().startswith("by ") and said[-1] not in ".?!"


def dateline_of(parsed: Parsed) -> Head:
    """The place, date and agency that head a report, if it has a dateline; the rest is None."""
    found = next((m for m in possible(parsed.text) if _is_dateline(parsed, m)), None)
    if found is None:
        return Head()
    date = parse_date(found["date"]) if found["date"] else None
    agency = next((name for name in ("agency", "desk") if found[name]), None)
    if agency and parse_date(found[agency]):
        agency = None
    if is_agency_alone(found):
        return Head(publisher=found.span("place"))
    return Head(
        publisher=found.span(agency) if agency and is_credit(found[agency]) else None,
        dateline_place=found.span("place") if found["place"] else None,
        dateline_date=(date, found.span("date")) if date else None,
    )


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


def _is_dateline(parsed: Parsed, found: re.Match[str]) -> bool:
    """Whether its form makes it a dateline, or a place with its country as the parser sees it."""
    if is_plain(found):
        return True
    placed = bool(found["place"] and found["country"]) and heads_text(found)
    return placed and _is_placed(parsed, found)


def _is_placed(parsed: Parsed, found: re.Match[str]) -> bool:
    if parsed.doc is None:
        return True
    span = parsed.doc.char_span(found.start("place"), found.end("place"), alignment_mode="expand")
    return span is not None and any(token.ent_type_ in ("GPE", "LOC", "ORG") for token in span)


def _publisher(text: str, lines: list[Span]) -> Span | None:
    for line in lines[:LINES]:
        found = _BYLINE.fullmatch(text, *line) or _SOURCE.fullmatch(text, *line)
        if found and is_credit(found["agency"]):
            return found.span("agency")
    for line in reversed(lines[-2:]):
        found = _CREDIT.search(text, max(line[0], line[1] - 40), line[1])
        if found and is_credit(found[1]):
            return found.span(1)
        paper = _PUBLISHED.fullmatch(text, *line) if line[1] - line[0] < 90 else None
        if paper and paper["paper"] and paper["paper"][0].isupper():
            return paper.span("paper")
    return None


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
