"""Dates told from another date: "yesterday", "last Tuesday", "three days later".

The anchor is an EDTF date. What the words leave open stays open: a weekday from an anchor whose
year is unknown is one day of seven, "last week" one day of a week, "two months ago" a month.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from onrecord.dates.edtf import UNKNOWN_YEAR, Edtf, Point, Time, read_edtf

NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "a": 1,
    "an": 1,
    "a couple of": 2,
}
_WEEKDAYS = tuple(name.lower() for name in calendar.day_name)
_NUMBER = rf"(?P<number>\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
_UNIT = r"(?P<unit>day|week|month|year|decade)s?"
RELATIVE: tuple[tuple[str, str], ...] = (
    ("days", r"(?P<before>the day before yesterday)|(?P<after>the day after tomorrow)"),
    (
        "near",
        (
            r"(?P<yesterday>yesterday|last night)|(?P<tomorrow>tomorrow)"
            r"|(?P<today>today|tonight|this (?:morning|afternoon|evening))"
        ),
    ),
    (
        "weekday",
        (
            r"(?:on\s+)?(?:(?P<which>last|this past|this|next|the following|the previous)\s+)?"
            rf"(?P<weekday>{'|'.join(_WEEKDAYS)})\b"
        ),
    ),
    (
        "ago",
        rf"(?:about |around |nearly |almost )?{_NUMBER}\s+{_UNIT}\s+(?:ago|earlier|before|prior)\b",
    ),
    ("later", rf"{_NUMBER}\s+{_UNIT}\s+(?:later|afterwards?|from now)\b"),
    ("within", rf"in\s+{_NUMBER}\s+{_UNIT}(?:'s?\s+time)\b"),
    (
        "unit",
        (
            r"(?:(?:earlier|later|early|late)\s+)?"
            r"(?P<which>last|this|next|the (?:previous|following|next|same))\s+"
            r"(?P<unit>day|week|weekend|month|year)\b"
        ),
    ),
    ("beside", r"(?:the|a) (?P<unit>day|week|month|year) (?P<side>before|earlier|later|after)\b"),
)
"""Name and pattern of each way to tell a date from another one."""

_COMPILED = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in RELATIVE]


def resolve(words: str, anchor: Edtf, *, future: bool = False) -> Edtf | None:
    """The date that `words` mean when told at `anchor`; None where they are not of that kind.

    A bare weekday is the latest one up to the anchor, with `future` the next one after it. Where
    the anchor's year is unknown, so is that of the answer.
    """
    for name, pattern in _COMPILED:
        found = pattern.fullmatch(words.strip())
        if found:
            return resolve_form(name, found, anchor, future=future)
    return None


def resolve_form(
    name: str, found: re.Match[str], anchor: Edtf, *, future: bool = False
) -> Edtf | None:
    """As `resolve`, for a match of one of `RELATIVE`."""
    time = read_edtf(anchor)
    point = time.start if time and time.extent == "point" else None
    if point is None:
        return None
    answer = _READERS[name](found.groupdict(), point, future)
    return None if answer is None else str(answer)


Words = dict[str, str | None]


def _shift_days(point: Point, days: int) -> Time | None:
    """A day further on; where an unknown year leaves two days possible, their month."""
    if point.day is None or point.month is None:
        return Time(point) if days == 0 else None
    years = [int(point.year)] if point.year.isdigit() else [2001, 2004]
    found = set()
    for year in years:
        candidate = Point(str(year), point.month, point.day)
        if not candidate.is_valid:
            continue
        try:
            moved = date(year, point.month, point.day) + timedelta(days=days)
        except OverflowError:
            return None
        known = f"{moved.year:04d}" if point.year.isdigit() else UNKNOWN_YEAR
        found.add(Point(known, moved.month, moved.day))
    if len(found) == 1:
        return Time(found.pop())
    months = {p.month for p in found}
    return Time(Point(UNKNOWN_YEAR, months.pop())) if len(months) == 1 else None


def _shift_months(point: Point, months: int) -> Time | None:
    if point.month is None or point.month > 12:
        return None
    count = point.month - 1 + months
    if not point.year.isdigit():
        return Time(Point(UNKNOWN_YEAR, count % 12 + 1))
    year = int(point.year) + count // 12
    return Time(Point(f"{year:04d}", count % 12 + 1)) if 0 < year < 10_000 else None


def _shift_years(point: Point, years: int) -> Time | None:
    if not point.year.isdigit() or not 0 < int(point.year) + years < 10_000:
        return None
    return Time(Point(f"{int(point.year) + years:04d}"))


def _shift(point: Point, number: int, unit: str) -> Time | None:
    if unit == "day":
        return _shift_days(point, number)
    if unit == "week":
        return _about(_shift_days(point, 7 * number))
    if unit == "month":
        return _about(_shift_months(point, number))
    return _about(_shift_years(point, number * (10 if unit == "decade" else 1)))


def _about(time: Time | None) -> Time | None:
    if time is None or time.start is None:
        return None
    return Time(Point(time.start.year, time.start.month, time.start.day, about=True))


def _one_of_days(point: Point, first: int, last: int) -> Time | None:
    start, end = _shift_days(point, first), _shift_days(point, last)
    if not (start and end and start.start and end.start):
        return None
    return Time(start.start, end.start, "one_between")


def _read_days(words: Words, anchor: Point, _: bool) -> Time | None:
    return _shift_days(anchor, -2 if words["before"] else 2)


def _read_near(words: Words, anchor: Point, _: bool) -> Time | None:
    return _shift_days(anchor, -1 if words["yesterday"] else 1 if words["tomorrow"] else 0)


def _read_weekday(words: Words, anchor: Point, future: bool) -> Time | None:
    which = (words["which"] or "").lower()
    ahead = which in ("next", "the following") or (not which and future)
    day = anchor.as_date
    if day is None:
        return _one_of_days(anchor, 1, 7) if ahead else _one_of_days(anchor, -6, 0)
    wanted = _WEEKDAYS.index((words["weekday"] or "").lower())
    if ahead:
        return _shift_days(anchor, (wanted - day.weekday() - 1) % 7 + 1)
    back = (day.weekday() - wanted) % 7
    return _shift_days(anchor, -(7 if which == "last" and back == 0 else back))


def _count(words: Words) -> int:
    number = (words["number"] or "").lower()
    return NUMBERS.get(number) or int(number)


def _read_ago(words: Words, anchor: Point, _: bool) -> Time | None:
    return _shift(anchor, -_count(words), (words["unit"] or "").lower())


def _read_later(words: Words, anchor: Point, _: bool) -> Time | None:
    return _shift(anchor, _count(words), (words["unit"] or "").lower())


_STEPS = {"last": -1, "the previous": -1, "this": 0, "the same": 0}


def _read_unit(words: Words, anchor: Point, _: bool) -> Time | None:
    step = _STEPS.get((words["which"] or "").lower(), 1)
    unit = (words["unit"] or "").lower()
    if unit == "day":
        return _shift_days(anchor, step)
    if unit == "month":
        return _shift_months(anchor, step)
    if unit == "year":
        return _shift_years(anchor, step)
    return _week(anchor, step, weekend=unit == "weekend")


def _week(anchor: Point, step: int, *, weekend: bool) -> Time | None:
    """One day of the calendar week (Monday to Sunday), or of its weekend, `step` weeks on."""
    day = anchor.as_date
    if day is None:
        return _one_of_days(anchor, 7 * step - 6, 7 * step + 6)
    monday = 7 * step - day.weekday()
    return _one_of_days(anchor, monday + (5 if weekend else 0), monday + 6)


def _read_beside(words: Words, anchor: Point, _: bool) -> Time | None:
    back = (words["side"] or "").lower() in ("before", "earlier")
    return _shift(anchor, -1 if back else 1, (words["unit"] or "").lower())


_READERS: dict[str, Callable[[Words, Point, bool], Time | None]] = {
    "days": _read_days,
    "near": _read_near,
    "weekday": _read_weekday,
    "ago": _read_ago,
    "later": _read_later,
    "within": _read_later,
    "unit": _read_unit,
    "beside": _read_beside,
}


def fill_year(edtf: Edtf, anchor: Edtf, *, future: bool | None = None) -> Edtf:
    """`edtf` with an unknown year taken from when it was written, `anchor`.

    Reports look back: the year is that of the latest such date up to 90 days after the anchor;
    with `future` True the first one from the anchor on, with False the last one up to it. Nothing
    changes where the anchor's own year or month is unknown.
    """
    time, written = read_edtf(edtf), read_edtf(anchor)
    start = time.start if time else None
    point = written.start if written and written.extent == "point" else None
    if time is None or start is None or start.year != UNKNOWN_YEAR or point is None:
        return edtf
    if not point.year.isdigit() or point.month is None or point.month > 12:
        return edtf
    near = point.edge(last=False)
    year = None if near is None else _fitting_year(start, near, point, future)
    if year is None:
        return edtf
    moved = Point(f"{year:04d}", start.month, start.day)
    return str(Time(moved, _end_after(moved, time.end), time.extent))


def _fitting_year(start: Point, near: date, written: Point, future: bool | None) -> int | None:
    last = written.edge(last=True) or near
    horizon = last if future is False else last + timedelta(days=90)
    years = range(near.year - 4, near.year + 5)
    days = [
        (year, day)
        for year in years
        if year > 0
        and Point(f"{year:04d}", start.month, start.day).is_valid
        and (day := Point(f"{year:04d}", start.month, start.day).edge(last=bool(future)))
    ]
    if future:
        return next((year for year, day in days if day >= near), None)
    return next((year for year, day in reversed(days) if day <= horizon), None)


def _end_after(start: Point, end: Point | None) -> Point | None:
    if end is None or end.year != UNKNOWN_YEAR:
        return end
    later = (end.month or 0, end.day or 0) < (start.month or 0, start.day or 0)
    return Point(f"{int(start.year) + later:04d}", end.month, end.day)
