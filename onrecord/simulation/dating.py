"""How a report says when: words for a day, seen from the day of the report, with their EDTF."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

_EPOCH = date(1970, 1, 1)


def as_date(day: int) -> date:
    """The date of a day number (days since 1970-01-01)."""
    return _EPOCH + timedelta(days=day)


def when_words(day: int, told: int, random: Random) -> tuple[str, str]:
    """Words for `day` in a report of the day `told`, and what they mean in EDTF."""
    then, back = as_date(day), told - day
    exact = then.isoformat()
    draw = random.random()
    if 0 <= back <= 6 and draw < 0.55:
        return f"on {then:%A}", exact
    if back == 1 and draw < 0.65:
        return "yesterday", exact
    if back < 200 and draw < 0.85:
        return f"on {then.day} {then:%B}", exact
    if draw < 0.92 or back < 200:
        return f"on {then:%B} {then.day}, {then.year}", exact
    return f"in {then:%B} {then.year}", exact[:7]
