"""EDTF (ISO 8601-2) strings: the part of the standard that reports need, read and written.

2016  2016-05  2016-05-12      a year, a month, a day
XXXX-02-08                     the year is not known
199X                           some year of a decade
2016-40  2016-22               the first half of a year; a season
2015~                          about then
2016-05-12/2016-05-14          the whole stretch; `..` for an open end
[2016-05-12..2016-05-18]       one day of the stretch, which one is not known
[2016-05-12,2016-12-05]        one of these two
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

Edtf = str
UNKNOWN_YEAR = "XXXX"
_POINT = re.compile(r"(\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(\d\d)(?:-(\d\d))?)?(~?)")
_HALF, _QUARTER, _SEASON = range(40, 42), range(33, 37), range(21, 25)
Extent = Literal["point", "interval", "one_between", "one_of"]
_JOINTS: dict[Extent, str] = {"interval": "/", "one_between": "..", "one_of": ","}


@dataclass(frozen=True, slots=True)
class Point:
    """A year, a month of it (or a season, quarter or half by its EDTF number), a day of that."""

    year: str
    month: int | None = None
    day: int | None = None
    about: bool = False

    def __str__(self) -> str:
        parts = [self.year, *(f"{p:02d}" for p in (self.month, self.day) if p is not None)]
        return "-".join(parts) + "~" * self.about

    @property
    def is_valid(self) -> bool:
        """Such a day can stand in a calendar (29 February can where the year is unknown)."""
        if self.month is None:
            return self.day is None and self.year != UNKNOWN_YEAR
        if self.day is None:
            return 1 <= self.month <= 12 or self.month in (*_SEASON, *_QUARTER, *_HALF)
        if not 1 <= self.month <= 12:
            return False
        year = int(self.year) if self.year.isdigit() else 2000
        return year > 0 and 1 <= self.day <= calendar.monthrange(year, self.month)[1]

    @property
    def as_date(self) -> date | None:
        """The calendar day, where year, month and day are all known."""
        if self.month is None or self.day is None or not self.year.isdigit():
            return None
        return date(int(self.year), self.month, self.day)

    def edge(self, *, last: bool) -> date | None:
        """The first (or last) day it may be; None where the year is unknown."""
        if self.year == UNKNOWN_YEAR:
            return None
        year = max(1, int(self.year.replace("X", "9" if last else "0")))
        first_month, last_month = _months(self.month)
        month = last_month if last else first_month
        if self.day is not None:
            return date(year, month, min(self.day, calendar.monthrange(year, month)[1]))
        return date(year, month, calendar.monthrange(year, month)[1] if last else 1)


@dataclass(frozen=True, slots=True)
class Time:
    """A point, a stretch between two points (None is an open end), or one day out of several."""

    start: Point | None
    end: Point | None = None
    extent: Extent = "point"

    def __str__(self) -> str:
        if self.extent == "point":
            return str(self.start)
        joined = _JOINTS[self.extent].join(str(p) if p else ".." for p in (self.start, self.end))
        return joined if self.extent == "interval" else f"[{joined}]"


@lru_cache(maxsize=65536)
def read_edtf(text: Edtf) -> Time | None:
    """The time an EDTF string gives; None where it is not one, or not of the part we use."""
    body, extent, joint = text, "point", ""
    if text.startswith("[") and text.endswith("]"):
        body = text[1:-1]
        extent, joint = ("one_between", "..") if ".." in body else ("one_of", ",")
    elif "/" in text:
        extent, joint = "interval", "/"
    parts = body.split(joint) if joint else [body]
    if len(parts) != (2 if joint else 1):
        return None
    points = [None if part == ".." else _read_point(part) for part in parts]
    if any(p is None and part != ".." for p, part in zip(points, parts, strict=True)):
        return None
    if not any(points) or (extent != "interval" and None in points):
        return None
    return Time(points[0], points[1] if joint else None, extent)  # type: ignore[arg-type]


def _read_point(text: str) -> Point | None:
    found = _POINT.fullmatch(text)
    if not found:
        return None
    year, month, day, about = found.groups()
    point = Point(year, int(month) if month else None, int(day) if day else None, bool(about))
    return point if point.is_valid else None


def bounds(edtf: Edtf) -> tuple[date | None, date | None]:
    """The first and the last day the expression may mean; None where that is open or unknown."""
    time = read_edtf(edtf)
    if time is None:
        return None, None
    end = time.start if time.extent == "point" else time.end
    return (
        time.start.edge(last=False) if time.start else None,
        end.edge(last=True) if end else None,
    )


def compare(one: Edtf, other: Edtf) -> int | None:
    """-1 where `one` is surely before `other`, 1 where surely after, None where neither is sure."""
    (one_first, one_last), (other_first, other_last) = bounds(one), bounds(other)
    if one_last and other_first and one_last < other_first:
        return -1
    if other_last and one_first and other_last < one_first:
        return 1
    return None


def overlaps(one: Edtf, other: Edtf) -> bool:
    """Nothing in the two expressions keeps them from meaning the same time, at least in part."""
    first, second = read_edtf(one), read_edtf(other)
    if first is None or second is None:
        return False
    if compare(one, other) is not None:
        return False
    days, others = _days_of_year(first), _days_of_year(second)
    return days is None or others is None or bool(days & others)


def _days_of_year(time: Time) -> set[int] | None:
    """Which days of a year it touches, for expressions with an unknown year; None where any."""
    end = time.start if time.extent == "point" else time.end
    if time.start is None or end is None:
        return None
    if time.extent == "one_of":
        return set().union(*(_days_of_year(Time(p)) or set() for p in (time.start, end)))
    if time.start.year != end.year:
        return None
    first = Point("2000", time.start.month, time.start.day).edge(last=False)
    last = Point("2000", end.month, end.day).edge(last=True)
    if first is None or last is None:
        return None
    start, stop = first.timetuple().tm_yday, last.timetuple().tm_yday
    if start <= stop:
        return set(range(start, stop + 1))
    return {*range(start, 367), *range(1, stop + 1)}


def _months(month: int | None) -> tuple[int, int]:
    if month is None or month in _SEASON:  # a season's months depend on the hemisphere
        return 1, 12
    if month in _HALF:
        return (1, 6) if month == 40 else (7, 12)
    if month in _QUARTER:
        return 3 * (month - 33) + 1, 3 * (month - 33) + 3
    return month, month


_SEASONS = dict(zip(_SEASON, ("spring", "summer", "autumn", "winter"), strict=True))
_PARTS = dict(
    zip(
        (*_HALF, *_QUARTER),
        (f"{n} of" for n in ("first half", "second half", *(f"{q} quarter" for q in "1234"))),
        strict=True,
    )
)


def in_words(edtf: Edtf) -> str:
    """For people: "15 to 17 February, year unknown". What we cannot read comes back as it is."""
    time = read_edtf(edtf)
    if time is None:
        return edtf
    if time.start is None:
        return f"until {_point_words(time.end)}" if time.end else edtf
    if time.extent == "point":
        return _point_words(time.start)
    if time.end is None:
        return f"since {_point_words(time.start)}"
    if time.extent == "one_of":
        return _pair_words(time.start, time.end, "or")
    if time.extent == "one_between":
        return f"between {_pair_words(time.start, time.end, 'and')}"
    return _pair_words(time.start, time.end, "to")


def _pair_words(start: Point, end: Point, joint: str) -> str:
    same_year = start.year == end.year and not (start.about or end.about)
    if same_year and start.month == end.month and start.day and end.day:
        return f"{start.day} {joint} {_point_words(end)}"
    if same_year and start.month and end.month:
        head = _day_words(start)
        return f"{head} {joint} {_point_words(end)}"
    return f"{_point_words(start)} {joint} {_point_words(end)}"


def _day_words(point: Point) -> str:
    month = point.month or 0
    name = calendar.month_name[month] if month <= 12 else _SEASONS.get(month) or _PARTS[month]
    return f"{point.day} {name}" if point.day else name


def _point_words(point: Point) -> str:
    about = "about " if point.about else ""
    if point.year == UNKNOWN_YEAR:
        return f"{about}{_day_words(point)}, year unknown"
    year = point.year if point.year.isdigit() else f"the {point.year.replace('X', '0')}s"
    return f"{about}{_day_words(point)} {year}" if point.month else f"{about}{year}"
