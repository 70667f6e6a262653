"""Where days stand on an axis, and what an uncertain date covers of it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from onrecord import dates
from onrecord.products.edtf import year_known
from onrecord.products.when import short
from onrecord.products.wording import ENGLISH, current

Sureness = Literal["day", "stretch", "within", "about", "open"]
"""A day; a whole stretch; some day within one; about then; a stretch with an open end."""

_UNKNOWN = "XXXX"
LEAP = 2000
"""The year in which days without a year are laid out: it has a 29 February."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days from `first` to `last`, both included, and how a date lies in them."""

    first: date
    last: date
    sureness: Sureness


def stretch(edtf: str | None) -> Stretch | None:
    """The days of a date whose year is known; None for any other, also for no date."""
    time = dates.read_edtf(edtf.split("T")[0]) if edtf else None
    if time is None or edtf is None or not year_known(edtf):
        return None
    first, last = dates.bounds(edtf.split("T")[0])
    if first is None and last is None:
        return None
    if first is None or last is None:
        day = first or last or date.min
        return Stretch(day, day, "open")
    about = any(point and point.about for point in (time.start, time.end))
    if about:
        return Stretch(first, last, "about")
    if time.extent == "interval":
        return Stretch(first, last, "stretch")
    return Stretch(first, last, "day" if first == last else "within")


def stretch_of_year(edtf: str | None) -> Stretch | None:
    """The days of a date whose year is not known, laid out in a leap year; None for any other."""
    if not edtf or year_known(edtf) or _UNKNOWN not in edtf:
        return None
    found = stretch(edtf.split("T")[0].replace(_UNKNOWN, str(LEAP)))
    if found is None or found.first.year != LEAP or found.last.year != LEAP:
        return None
    return found if found.first <= found.last else None


@dataclass(frozen=True, slots=True)
class Part:
    """Days from `first` to `last` laid out from `left` over `width` pixels."""

    first: date
    last: date
    left: float
    width: float

    def x(self, day: date) -> float:
        """Where a day begins."""
        return self.left + self.width * (day - self.first).days / max(1, self.days)

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.last - self.first).days

    def ticks(self) -> list[tuple[date, str]]:
        """A few days with their words: years, months or days, as fits."""
        room = max(1, int(self.width // 52))
        if self.days > 3 * 366:
            step = max(1, -(-self.days // 365 // room))
            years = range(self.first.year + 1, self.last.year + 1, step)
            return [(date(year, 1, 1), str(year)) for year in years]
        if self.days > 45:
            found = list(_firsts(self.first, self.last))
            step = max(1, -(-len(found) // room))
            return [(day, _month(day, first=day == found[0])) for day in found[::step]]
        step = max(1, -(-self.days // room))
        days = [self.first + timedelta(days=n) for n in range(step // 2, self.days, step)]
        return [(day, _day(day)) for day in days]


@dataclass(frozen=True, slots=True)
class Axis:
    """Parts of time side by side, with what lies between them left out."""

    parts: tuple[Part, ...]

    def ends(self, found: Stretch) -> tuple[float, float]:
        """Where a stretch begins and ends; a day is wide enough to be seen."""
        part = next(p for p in self.parts if p.first <= found.first <= p.last)
        start = part.x(found.first)
        stop = part.x(min(_moved(found.last, timedelta(days=1)), part.last))
        return start, max(stop, start + 3.0)

    @property
    def right(self) -> float:
        """Where the axis ends."""
        return self.parts[-1].left + self.parts[-1].width

    @property
    def left(self) -> float:
        """Where the axis begins."""
        return self.parts[0].left


def axis_of(found: Iterable[Stretch], left: float, width: float) -> Axis:
    """An axis on which all of these fit; stretches of time in which nothing lies are cut out."""
    spans = _joined(sorted((s.first, s.last) for s in found))
    while len(spans) > MOST_PARTS:
        gap = min(range(1, len(spans)), key=lambda n: spans[n][0] - spans[n - 1][1])
        spans[gap - 1 : gap + 1] = [(spans[gap - 1][0], spans[gap][1])]
    spans = [
        (_moved(first, -_room(first, last)), _moved(last, _room(first, last)))
        for first, last in spans
    ]
    days = [(last - first).days for first, last in spans]
    least = max(1.0, sum(days) * LEAST_PART)
    shares = [max(least, n) for n in days]
    free = width - GAP * (len(spans) - 1)
    parts = []
    for (first, last), share in zip(spans, shares, strict=True):
        wide = free * share / sum(shares)
        parts.append(Part(first, last, left, wide))
        left += wide + GAP
    return Axis(tuple(parts))


MOST_PARTS, LEAST_PART, GAP = 3, 0.25, 16.0
"""Parts of an axis at most, the least share of it that a part gets, pixels between parts."""

_EMPTY = 0.3
"""Share of the whole from which a stretch in which nothing lies is cut out."""


def _joined(spans: list[tuple[date, date]]) -> list[tuple[date, date]]:
    """Stretches with those taken together between which less than `_EMPTY` of the whole lies."""
    whole = max(last for _, last in spans) - spans[0][0]
    joined = [spans[0]]
    for first, last in spans[1:]:
        before, end = joined[-1]
        if first - end <= whole * _EMPTY:
            joined[-1] = (before, max(end, last))
        else:
            joined.append((first, last))
    return joined


def _room(first: date, last: date) -> timedelta:
    return max(timedelta(days=3), (last - first) / 16)


def year_axis(left: float, width: float) -> Axis:
    """The months of a year that is not known."""
    return Axis((Part(date(LEAP, 1, 1), date(LEAP + 1, 1, 1), left, width),))


def _moved(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


def _firsts(first: date, last: date) -> Iterator[date]:
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        day = date(month // 12, month % 12 + 1, 1)
        if first <= day < last:
            yield day


def _month(day: date, *, first: bool) -> str:
    dated = day.year != LEAP and (first or day.month == 1)
    if current().language != ENGLISH:
        return short(day, "MMM y" if dated else "LLL")
    name = calendar.month_abbr[day.month]
    return f"{name} {day.year}" if dated else name


def _day(day: date) -> str:
    if current().language != ENGLISH:
        return short(day, "d MMM")
    return f"{day.day} {calendar.month_abbr[day.month]}"
