"""Expressions of time, as EDTF relative to the dateline and the date of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.dates.edtf import Point, Time, read_edtf
from onrecord.dates.english import FORMS, read_form
from onrecord.dates.relative import NUMBERS, RELATIVE, fill_year, resolve_form
from onrecord.model import Edtf, Span
from onrecord.passages.head import Head
from onrecord.passages.parse import Parsed
from onrecord.vocabulary import load

_NEAR = 60
"""Characters on either side of a weekday in which words say that it lies ahead."""

_MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    "|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\\b"
_WHOLE_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)$",
    re.IGNORECASE,
)
_UNITS = "(?:day|week|weekend|month|year|decade)s?"
_TRIGGER = re.compile(
    rf"\b(?:(?P<absolute>\d{{1,4}}(?:st|nd|rd|th)?\b|(?:{_MONTHS}|{_MONTHS.upper()})\b"
    rf"|(?:[Tt]he )?(?:spring|summer|autumn|fall|winter|first|second|third|fourth)"
    rf"(?= (?:half |quarter )?(?:of )?\d{{4}})"
    rf"|\d{{3}}0'?s\b)"
    rf"|(?P<weekday>{_DAYS})"
    rf"|(?P<relative>(?i:yesterday|today|tonight|tomorrow|last night|the day (?:before|after)"
    rf"|(?:last|this|next|this past)(?= (?:{_UNITS}|morning|afternoon|evening|{_DAYS}|{_MONTHS}))"
    rf"|the (?:previous|following|next|same)(?= (?:{_UNITS}|{_DAYS}))"
    rf"|(?:the|an?|\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
    rf"(?= {_UNITS} (?:ago|earlier|later|before|after|prior|from now)))))"
)
_FORMS = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in FORMS]
_RELATIVE = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in RELATIVE]
_LAST_MONTH = re.compile(rf"(?P<which>last|this|next) (?P<month>{_MONTHS})\b", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:(?P<since>since)|(?P<about>around|about|circa|c\.)|(?P<stretch>from|between)"
    r"|(?P<part>early|mid|late|the (?:beginning|start|middle|end) of|the year))[\s-]+(?:in )?$",
    re.IGNORECASE,
)
_NEEDS_A_WORD_BEFORE = {"year", "bare_month", "years"}


@dataclass(frozen=True, slots=True)
class DateMention:
    """Words that say when, and the date they give: "last Tuesday", `2024-02-06`."""

    span: Span
    edtf: Edtf


def find_dates(parsed: Parsed, head: Head) -> tuple[DateMention, ...]:
    """The dates of a text, in order; what the text leaves open stays `X`.

    "Yesterday" and the like are told from the dateline, else from the day of publication; "a week
    earlier", "the same day" from the last date before them in the text.
    """
    if parsed.doc is None:
        return ()
    return tuple(_read(parsed.text, told_on(head)))


def common_part(edtf: Edtf) -> Edtf:
    """The date that all days of a set share ("some day of that week" is of that month).

    A date or an interval stays as it is; where a set shares nothing it gives the whole stretch.
    """
    time = read_edtf(edtf)
    if time is None or time.extent in ("point", "interval") or not (time.start and time.end):
        return edtf
    first, last = time.start, time.end
    if first.year == last.year:
        shared = Point(first.year, first.month if first.month == last.month else None)
        if shared.is_valid:
            return str(shared)
    return str(Time(first, last, "interval"))


def told_on(head: Head) -> Edtf | None:
    """The day a report was written, of its dateline, else the day it was published."""
    published = head.published[0] if head.published else None
    if head.dateline_date is None:
        return published
    written = head.dateline_date[0]
    return fill_year(written, published) if published else written


def _read(text: str, anchor: Edtf | None) -> Iterator[DateMention]:
    done, latest = 0, None
    for trigger in _TRIGGER.finditer(text):
        if trigger.start() < done:
            continue
        told_from = latest if _of_the_text(text, trigger) else anchor
        found = _mention(text, trigger, told_from)
        if found is None:
            continue
        edtf = fill_year(found.edtf, anchor) if anchor else found.edtf
        done = found.span[1]
        time = read_edtf(edtf)
        if time and time.extent == "point" and time.start and time.start.day:
            latest = edtf
        yield DateMention(found.span, edtf)


def _mention(text: str, trigger: re.Match[str], anchor: Edtf | None) -> DateMention | None:
    if trigger["relative"]:
        return _relative(text, trigger.start(), anchor) or _named_month(
            text, trigger.start(), anchor
        )
    found = _absolute(text, trigger.start())
    if found is None and trigger["weekday"]:
        return _relative(text, trigger.start(), anchor)
    return found


def _absolute(text: str, start: int) -> DateMention | None:
    for name, pattern in _FORMS:
        found = pattern.match(text, start)
        if found is None:
            continue
        if name in _NEEDS_A_WORD_BEFORE and not _introduced(text, start, found.end()):
            continue
        if found.end() < len(text) and text[found.end()].isalnum():
            continue
        time = read_form(name, found)
        if time is not None:
            return _with_lead(text, (start, _last(text, found.end(), name)), time)
    return None


def _last(text: str, end: int, form: str) -> int:
    """Where a date ends: a stop behind a month's whole name is the sentence's, no abbreviation."""
    stops = text[end - 1] == "." and (
        form == "bare_month" or _WHOLE_MONTH.search(text, max(0, end - 12), end - 1)
    )
    return end - bool(stops)


def _introduced(text: str, start: int, end: int) -> bool:
    """A bare year or month is a date only after words that lead to one, or in brackets."""
    before = text[max(0, start - 12) : start]
    if before.rstrip()[-1:] in "(-–" and before.strip():
        return True
    follows = text[end : end + 12].split()
    if follows and follows[0].rstrip(",.").lower() in ("people", "men", "women", "troops"):
        return False
    words = before.lower().split()
    return bool(words) and words[-1] in _leading_words()


@cache
def _leading_words() -> frozenset[str]:
    return frozenset(load("dates")["before_a_bare_date"])


def _with_lead(text: str, span: Span, time: Time) -> DateMention:
    """The date with the words before it that change it: "since", "about", "early"."""
    offset = max(0, span[0] - 20)
    lead = _LEAD.search(text[offset : span[0]])
    start = time.start
    if lead is None or time.extent != "point" or start is None:
        return DateMention(span, str(time))
    whole = (offset + lead.start(), span[1])
    if lead["since"]:
        return DateMention(whole, str(Time(start, None, "interval")))
    if lead["about"]:
        return DateMention(whole, str(Point(start.year, start.month, start.day, about=True)))
    return DateMention(whole if lead["part"] else span, str(time))


def _relative(text: str, start: int, anchor: Edtf | None) -> DateMention | None:
    if anchor is None:
        return None
    for name, pattern in _RELATIVE:
        found = pattern.match(text, start)
        if found:
            ahead = name == "weekday" and _lies_ahead(text, *found.span())
            edtf = resolve_form(name, found, anchor, future=ahead)
            return DateMention(found.span(), edtf) if edtf else None
    return None


def _named_month(text: str, start: int, anchor: Edtf | None) -> DateMention | None:
    """The month of "last March": the latest one before the report."""
    found = _LAST_MONTH.match(text, start)
    if found is None or anchor is None:
        return None
    name, pattern = _FORMS[-1]
    month = pattern.match(found["month"])
    time = read_form(name, month) if month else None
    if time is None:
        return None
    ahead = found["which"].lower() == "next"
    return DateMention(found.span(), fill_year(str(time), anchor, future=ahead))


def _of_the_text(text: str, trigger: re.Match[str]) -> bool:
    if not trigger["relative"]:
        return False
    words = " ".join(text[trigger.start() : trigger.start() + 40].lower().split()[:3])
    return bool(_from_the_text().search(words))


@cache
def _from_the_text() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load('dates')['from_the_text'])})\b")


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(load('dates')['ahead'])})\b", re.IGNORECASE)


def _lies_ahead(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - _NEAR) : end + _NEAR]
    cut = around.rfind(". ", 0, start - max(0, start - _NEAR))
    around = around[cut + 1 :]
    return bool(_ahead().search(around.split(". ")[0]))
