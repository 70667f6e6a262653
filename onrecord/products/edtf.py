"""EDTF dates (ISO 8601-2) in order and in words; what is unknown is said to be unknown."""

from __future__ import annotations

from functools import lru_cache

from onrecord import dates
from onrecord.model import Edtf
from onrecord.products.wording import ENGLISH, current, say

Order = tuple[str, int, int]
"""Year (unknown digits sort first), month and day (0 where unknown)."""


@lru_cache(maxsize=65536)
def order(date: Edtf | None) -> Order | None:
    """Where a date sorts, by its beginning (by its end where the beginning is open).

    None where there is no date that can be read.
    """
    time = dates.read_edtf(_day(date)) if date else None
    point = time and (time.start or time.end)
    return (point.year.replace("X", " "), point.month or 0, point.day or 0) if point else None


def year_known(date: Edtf | None) -> bool:
    """Whether at least the decade of a date is stated."""
    found = order(date)
    return found is not None and bool(found[0][:3].strip())


def in_words(date: Edtf | None) -> str:
    """A date as a reader says it: `XXXX-02-08` is "8 February, year unknown"."""
    if not date:
        return say("date not stated")
    if current().language == ENGLISH:
        return dates.in_words(_day(date))
    from onrecord.products.when import in_words_of

    return in_words_of(_day(date))


def span_of(start: Edtf | None, end: Edtf | None) -> Edtf | None:
    """One date for a beginning and an end; an end equal to the beginning adds nothing."""
    joints = ("/", "[")
    if start and end and end != start and not any(j in start + end for j in joints):
        return f"{start}/{end}"
    return start or end


def _day(date: Edtf) -> Edtf:
    """Without the time of day, which no product shows."""
    return date.split("T")[0]
