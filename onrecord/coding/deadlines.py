"""By when something is asked for: a date, a stretch from the day of the report, or words alone."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from functools import cache

from onrecord.coding.context import Context
from onrecord.coding.when import told_on
from onrecord.dates import fill_year, resolve
from onrecord.dates.edtf import UNKNOWN_YEAR, Time, read_edtf
from onrecord.dates.relative import NUMBERS, RELATIVE
from onrecord.model import Edtf, Span
from onrecord.vocabulary import load

_HOURS = 24
_SEASON = timedelta(days=90)
_YEAR = re.compile(r"\d{4}")
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_LENGTH = re.compile(
    rf"(?:next\s+)?{_NUMBER}\s+(?P<unit>hour|day|week|month|year)s?\b"
    r"(?P<of>\s+(?:of|after|from|following|since)\b[^,.;!?\n”\"]*)?",
    re.IGNORECASE,
)
_OF_A_LENGTH = re.compile(r"within\s+(?:the\s+)?$", re.IGNORECASE)
_END = re.compile(r"(?:end\s+of\s+)?(?:the|this)\s+(?P<unit>week|month|year)\b", re.IGNORECASE)
_RELATIVE = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in RELATIVE]

Deadline = tuple[Edtf | None, Span]


def deadline_of(context: Context, whole: Span) -> Deadline | None:
    """The first deadline that some words set, with the words that say it.

    What is told from "now" is told from the day of the report; where that is not known, and of a
    stretch that begins with something else ("within a week of the verdict"), the words remain.
    """
    text = context.parsed.text
    for lead in _leads().finditer(text, *whole):
        found = _dated(context, lead) or _told_from_the_day(context, lead)
        if found and found[1][1] <= whole[1]:
            return found
    return None


@cache
def _leads() -> re.Pattern[str]:
    words = sorted(load("demands")["deadlines"], key=len, reverse=True)
    any_of = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in words)
    return re.compile(rf"\b(?:{any_of})\s+(?:the\s+)?", re.IGNORECASE)


def _dated(context: Context, lead: re.Match[str]) -> Deadline | None:
    """A date of the text that stands behind the words, or begins within them ("the end of")."""
    for date in context.dates:
        if lead.start() < date.span[0] <= lead.end() < date.span[1]:
            day = told_on(context.head)
            words = context.parsed.text[slice(*date.span)]
            return (_ahead(words, date.edtf, day) if day else date.edtf), date.span
    return None


def _ahead(words: str, edtf: Edtf, day: Edtf) -> Edtf:
    """A deadline that names no year lies ahead: the next such weekday, or month.

    One that passed within a season of the report stays: the report may tell of it later.
    """
    if any(name == "weekday" and form.fullmatch(words) for name, form in _RELATIVE):
        return resolve(words, day, future=True) or edtf
    told, latest = read_edtf(day), read_edtf(edtf)
    if _YEAR.search(words) or not (told and latest and told.start and latest.start):
        return edtf
    asked, passed = told.start.edge(last=False), latest.start.edge(last=True)
    if latest.extent != "point" or not (asked and passed) or asked - passed <= _SEASON:
        return edtf
    return fill_year(f"{UNKNOWN_YEAR}{edtf[4:]}", day, future=True)


def _told_from_the_day(context: Context, lead: re.Match[str]) -> Deadline | None:
    text, day = context.parsed.text, told_on(context.head)
    if _OF_A_LENGTH.fullmatch(lead[0]):
        length = _LENGTH.match(text, lead.end())
        return (_after(length, day), (lead.start(), length.end())) if length else None
    end = _END.match(text, lead.end()) or _END.match(text, lead.end() - len("the "))
    if end:
        return day and resolve(f"this {end['unit']}", day), (lead.start(), end.end())
    for _, form in _RELATIVE:
        if found := form.match(text, lead.end()):
            return day and resolve(found[0], day, future=True), (lead.start(), found.end())
    return None


def _after(length: re.Match[str], day: Edtf | None) -> Edtf | None:
    """The day a stretch from `day` ends on: about, for nobody says on which day it was asked."""
    if length["of"]:
        return None
    number, unit = length["number"].lower(), length["unit"].lower()
    amount = NUMBERS.get(number) or int(number)
    if unit == "hour":
        amount, rest = divmod(amount, _HOURS)
        if rest:
            return None
        unit = "day"
    edtf = day and resolve(f"{amount} {unit}s later", day)
    time = read_edtf(edtf) if edtf else None
    if time is None or time.start is None:
        return None
    return str(Time(replace(time.start, about=True)))
