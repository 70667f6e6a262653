"""How a report says when: words for a day, seen from the day of the report, with their EDTF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

_EPOCH = date(1970, 1, 1)
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

When = tuple[str, str | None]


@lru_cache(maxsize=4096)
def as_date(day: int) -> date:
    """The date of a day number (days since 1970-01-01)."""
    return _EPOCH + timedelta(days=day)


def month(day: int) -> str:
    """The name of the month of a day."""
    return _MONTHS[as_date(day).month - 1]


def weekday(day: int) -> str:
    """The name of the day of the week."""
    return _DAYS[(day + 3) % 7]


def long_date(day: int, *, month_first: bool, year: bool = True) -> str:
    """A date in full, the American or the British way."""
    then = as_date(day)
    name = _MONTHS[then.month - 1]
    if month_first:
        return f"{name} {then.day}, {then.year}" if year else f"{name} {then.day}"
    return f"{then.day} {name} {then.year}" if year else f"{then.day} {name}"


def without_year(day: int) -> str:
    """The EDTF of a day whose year a text does not give."""
    return f"XXXX{as_date(day).isoformat()[4:]}"


_HOURS = ("before dawn ", "late ", "early ", "in the early hours of ", "at noon ", "at dusk ")


def when_words(day: int, told: int, draw: Callable[[], float], *, dated: bool, near: bool) -> When:
    """Words for `day` in a report of the day `told`, and what they mean in EDTF.

    `dated`: whether the report says what year it is of, so that a reader can place "on Monday";
    `near`: whether it says "yesterday", which whoever copies it would get wrong.
    """
    back, chance = told - day, draw()
    month_first = draw() < 0.4
    if not dated:
        if chance < 0.6:
            return f"on {long_date(day, month_first=month_first, year=False)}", without_year(day)
        return f"on {long_date(day, month_first=month_first)}", as_date(day).isoformat()
    if 0 <= back <= 6:
        return _this_week(day, back, 0.0 if 0.68 <= chance < 0.78 and not near else chance, draw)
    if back > 330 and chance < 0.45:
        return f"in {month(day)} {as_date(day).year}", as_date(day).isoformat()[:7]
    year = back > 150 or chance > 0.8
    return f"on {long_date(day, month_first=month_first, year=year)}", as_date(day).isoformat()


def _this_week(day: int, back: int, chance: float, draw: Callable[[], float]) -> When:
    exact = as_date(day).isoformat()
    if chance < 0.45:
        return f"on {weekday(day)}", exact
    if chance < 0.6:
        hour = _HOURS[int(draw() * len(_HOURS))]
        return f"{hour}{'' if hour.endswith('of ') else 'on '}{weekday(day)}", exact
    if chance < 0.68:
        return f"on {weekday(day)} {'night' if draw() < 0.5 else 'morning'}", exact
    if chance < 0.74 and back == 1:
        return "yesterday", exact
    if chance < 0.78 and 2 <= back <= 5:
        return f"{('two', 'three', 'four', 'five')[back - 2]} days ago", exact
    if chance < 0.9:
        return f"on {long_date(day, month_first=draw() < 0.4, year=False)}", exact
    return f"on {long_date(day, month_first=draw() < 0.4)}", exact
