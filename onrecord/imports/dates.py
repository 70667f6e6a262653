"""Dates as databases write them, read without guessing: what could be two days is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from onrecord.dates import parse_date, read_edtf
from onrecord.dates.edtf import Edtf, Point

UNIX = "unix"
"""Instead of a form: seconds since 1970 (UTC), as programs store a day."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
ORDERS = ("day_first", "month_first", "year_first")
_ISO_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s*(?:Z|[+-]\d\d:?\d\d)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?")
_NUMERIC = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})")
_SHORT_YEAR = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{2}")
_MONTH_YEAR = re.compile(r"(\d{1,2})[/.\-](\d{4})")


@dataclass(frozen=True, slots=True)
class NotADateError(Exception):
    """A value that gives no date, or might give several: why, and what to do."""

    why: str
    todo: str


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How a file writes dates: forms of `strptime` tried first, and the order of numbers."""

    order: str | None = None
    formats: tuple[str, ...] = ()


def read_date(words: str, style: DateStyle) -> Edtf:
    """The date that `words` give, as EDTF. Raises `NotADateError`."""
    words = " ".join(words.split())
    start, joint, end = words.partition("~")
    if joint and end.strip():  # as Uwazi writes a stretch
        return between(read_date(start, style), read_date(end, style)) or ""
    if UNIX in style.formats and re.fullmatch(r"-?\d{1,11}", words):
        return (_EPOCH + timedelta(seconds=int(words))).date().isoformat()
    for form in style.formats:
        found = _by_format(words, form)
        if found:
            return found
    timed = _ISO_TIME.fullmatch(words)
    if timed:
        words = timed[1]
    if read_edtf(words) is not None:
        return words
    numeric = _numeric(words, style.order)
    if numeric:
        return numeric
    spoken = parse_date(words)
    if spoken is not None and read_edtf(spoken) is not None:
        return spoken
    raise NotADateError(
        why="it is no date that can be read",
        todo="write it as 2021-04-03, 2021-04 or 2021 (EDTF), or give its form in the mapping: "
        "dates: {formats: ['%d %b %y']}",
    )


def between(start: Edtf | None, end: Edtf | None) -> Edtf | None:
    """A stretch from one date to another; either may be missing. Raises `NotADateError`."""
    if start == end or start is None or end is None:
        return start or end
    stretch = f"{start}/{end}"
    if read_edtf(stretch) is None:
        raise NotADateError("the two dates make no stretch", "give both as plain dates")
    return stretch


def _by_format(words: str, form: str) -> Edtf | None:
    try:
        moment = datetime.strptime(words, form)  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        return None
    told = set(re.findall(r"%([a-zA-Z])", form))
    if told & {"d", "j", "x", "c", "D", "F"}:
        return moment.date().isoformat()
    if told & {"m", "b", "B"}:
        return f"{moment.year:04d}-{moment.month:02d}"
    return f"{moment.year:04d}"


def _numeric(words: str, order: str | None) -> Edtf | None:
    found = _YEAR_FIRST.fullmatch(words)
    if found:
        return _day(words, *(int(part) if part else None for part in found.groups()))
    found = _MONTH_YEAR.fullmatch(words)
    if found:
        return _day(words, int(found[2]), int(found[1]))
    if _SHORT_YEAR.fullmatch(words):
        raise NotADateError(
            why="its year has two digits, and the century is not stated",
            todo="give the form in the mapping: dates: {formats: ['%d/%m/%y']}",
        )
    found = _NUMERIC.fullmatch(words)
    if not found:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if order is None and first != second and max(first, second) <= 12:
        raise NotADateError(
            why=f"it is day {first} of month {second}, or day {second} of month {first}: "
            "the order is not stated",
            todo="state it in the mapping: dates: {order: day_first} or {order: month_first}",
        )
    month_first = order == "month_first" or (order is None and second > 12)
    month, day = (first, second) if month_first else (second, first)
    return _day(words, year, month, day)


def _day(words: str, *parts: int | None) -> Edtf:
    year, month, *rest = parts
    point = Point(f"{year:04d}", month, rest[0] if rest else None)
    if not point.is_valid or read_edtf(str(point)) is None:
        raise NotADateError(
            why=f"there is no such day: {words}",
            todo="correct it, or state the order of day and month in the mapping",
        )
    return str(point)


def checked_order(value: object) -> str | None:
    """The order that a mapping states. Raises ValueError where it is none that there is."""
    if value is None or value in ORDERS:
        return str(value) if value else None
    raise ValueError(f"{value!r} is none of {', '.join(ORDERS)}")


def checked_formats(value: Sequence[object]) -> tuple[str, ...]:
    """The forms that a mapping states. Raises ValueError where one has no year."""
    for form in value:
        if form == UNIX:
            continue
        if not isinstance(form, str) or not re.search(r"%[yYGcxDF]", form):
            raise ValueError(f"{form!r} is no form of a date with a year, such as '%d.%m.%Y'")
    return tuple(map(str, value))
