"""EDTF dates in words of another language than English, as its people write them (CLDR)."""

from __future__ import annotations

import re
from datetime import date

from onrecord import dates
from onrecord.dates import Point
from onrecord.model import Edtf
from onrecord.products.wording import current, say, say_as

PARTS = {
    21: "spring",
    22: "summer",
    23: "autumn",
    24: "winter",
    25: "spring",
    26: "summer",
    27: "autumn",
    28: "winter",
    33: "first quarter",
    34: "second quarter",
    35: "third quarter",
    36: "fourth quarter",
    40: "first half-year",
    41: "second half-year",
}
"""Parts of a year, as EDTF numbers them where a month would stand."""
FORMS = (
    "until {date}",
    "since {date}",
    "about {date}",
    "{start} to {end}",
    "{start} or {end}",
    "between {start} and {end}",
)
KINDS = ("day", "month or year")
"""What dates in words are made of; languages put other words before a day than before a month."""
SHAPES = {"yMMMMd": "d MMMM y", "yMMMM": "LLLL y", "MMMMd": "d MMMM", "MMMM": "LLLL"}
"""How a date is put together in a language for which CLDR does not say."""
NO_YEAR = 2000
"""A year in which every day of a calendar is, where none is known: it is never shown."""


def in_words_of(edtf: Edtf) -> str:
    """A date in the language that is spoken; what cannot be read comes back as it is."""
    time = dates.read_edtf(edtf)
    if time is None:
        return edtf
    if time.start is None:
        return _from("until {date}", time.end) if time.end else edtf
    if time.extent == "point":
        return _point(time.start)
    if time.end is None:
        return _from("since {date}", time.start)
    forms = {"one_of": "{start} or {end}", "one_between": "between {start} and {end}"}
    form = forms.get(time.extent, "{start} to {end}")
    start = _beginning(time.start, time.end)
    return _said(time.start, form, start=start, end=_point(time.end))


def _said(point: Point, form: str, **values: str) -> str:
    return say_as(KINDS[0 if point.day else 1], form, **values)


def _from(form: str, point: Point) -> str:
    return _said(point, form, date=_point(point))


def _beginning(start: Point, end: Point) -> str:
    """The first end of a time, without what the other end says too."""
    same_year = start.year == end.year and not (start.about or end.about)
    if same_year and start.month == end.month and start.day and end.day:
        return _first(str(start.day), start)
    if same_year and start.month and end.month:
        return _day(start)
    return _point(start)


def _point(point: Point) -> str:
    if point.year == dates.edtf.UNKNOWN_YEAR:
        told = say("{date}, year unknown", date=_day(point))
    elif not point.year.isdigit():
        decade = say("the {year}s", year=point.year.replace("X", "0"))
        told = f"{_day(point)} {decade}" if point.month else decade
    elif point.month is None:
        told = point.year
    elif point.month > 12:
        told = say("{part} {year}", part=_day(point), year=point.year)
    else:
        told = _cldr("yMMMMd" if point.day else "yMMMM", point, int(point.year))
    return _said(point, "about {date}", date=told) if point.about else told


def _day(point: Point) -> str:
    """Day and month, month, or part of a year."""
    month = point.month or 0
    if month > 12:
        return say_as("part of a year", PARTS.get(month, str(month)))
    return _cldr("MMMMd" if point.day else "MMMM", point, NO_YEAR)


def _cldr(skeleton: str, point: Point, year: int) -> str:
    """A date by the pattern that a language has for these parts."""
    from babel import Locale
    from babel.dates import format_date

    locale = Locale.parse(current().language)
    pattern = locale.datetime_skeletons.get(skeleton)
    shown = date(max(year, 1), point.month or 1, point.day or 1)
    form = pattern.pattern if pattern is not None else SHAPES[skeleton]
    return _first(str(format_date(shown, form, locale=locale)), point)


def short(day: date, form: str) -> str:
    """A day as a scale has it, by a CLDR pattern ("d MMM")."""
    from babel.dates import format_date

    return str(format_date(day, form, locale=current().language))


def _first(words: str, point: Point) -> str:
    """Words with the first day of a month as a language writes it ("1er")."""
    if point.day != 1:
        return words
    return re.sub(r"\b1\b", say_as("first day of a month", "1"), words, count=1)
