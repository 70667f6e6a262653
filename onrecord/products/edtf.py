"""EDTF dates (ISO 8601-2) in order and in words; what is unknown is said to be unknown."""

from __future__ import annotations

import re

from onrecord.model import Edtf

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_DATE = re.compile(r"^([0-9X]{4})(?:-([0-9X]{2}))?(?:-([0-9X]{2}))?(?:T.*)?$")
_DOUBTS = {"?": " (uncertain)", "~": " (approximately)", "%": " (uncertain and approximate)"}

Order = tuple[str, str, str]
"""Year, month and day as far as known; unknown digits sort first."""


def order(date: Edtf | None) -> Order | None:
    """Where a date sorts, by its beginning (by its end where the beginning is open or unknown).

    None where there is no date that can be read.
    """
    if not date:
        return None
    for side in _plain(date).split("/"):
        parts = _parts(side)
        if parts:
            year, month, day = parts
            return (year.replace("X", " "), _digits(month), _digits(day))
    return None


def year_known(date: Edtf | None) -> bool:
    """Whether at least the decade of a date is stated."""
    found = order(date)
    return found is not None and not found[0].startswith("   ") and bool(found[0].strip())


def in_words(date: Edtf | None) -> str:
    """A date as a reader says it: `XXXX-02-08` is "8 February (year not stated)"."""
    if not date:
        return "date not stated"
    if "/" not in date:
        return _single(date)
    first, last = date.split("/", 1)
    if first in ("", ".."):
        return f"until {_single(last)}"
    if last in ("", ".."):
        return f"from {_single(first)} on"
    return _interval(first, last)


def span_of(start: Edtf | None, end: Edtf | None) -> Edtf | None:
    """One date for a beginning and an end; an end equal to the beginning adds nothing."""
    if start and end and end != start and "/" not in start + end:
        return f"{start}/{end}"
    return start or end


def _interval(first: str, last: str) -> str:
    one, two = _parts(first), _parts(last)
    if one and two and one[0] == two[0] and two[2]:
        if one[1] == two[1] and one[2]:
            return f"{int(one[2])} to {_single(last)}" if one[2].isdigit() else _single(last)
        return f"{_without_year(first)} to {_single(last)}"
    return f"{_single(first)} to {_single(last)}"


def _single(date: str) -> str:
    doubt = next((words for mark, words in _DOUBTS.items() if mark in date), "")
    parts = _parts(_plain(date))
    if parts is None:
        return date
    year, day_month = _year(parts[0]), _day_and_month(parts[1], parts[2])
    if not year:
        return (f"{day_month} (year not stated)" if day_month else "year not stated") + doubt
    return " ".join(filter(None, (day_month, year))) + doubt


def _without_year(date: str) -> str:
    parts = _parts(_plain(date))
    return _day_and_month(parts[1], parts[2]) if parts else date


def _year(year: str) -> str:
    if year == "XXXX":
        return ""
    if year.endswith("XX"):
        return f"{year[:2]}00s"
    return f"{year[:3]}0s" if year.endswith("X") else year


def _day_and_month(month: str, day: str) -> str:
    if not month.isdigit():
        return f"day {int(day)} of a month not stated," if day.isdigit() else ""
    number = int(month)
    name = _SEASONS.get(number) or (_MONTHS[number - 1] if 1 <= number <= 12 else month)
    return f"{int(day)} {name}" if day.isdigit() else name


def _plain(date: str) -> str:
    return re.sub(r"[?~%\[\]{}]", "", date).replace("..", "").split(",")[0]


def _parts(date: str) -> tuple[str, str, str] | None:
    found = _DATE.match(_plain(date))
    return (found[1], found[2] or "", found[3] or "") if found else None


def _digits(part: str) -> str:
    return part.replace("X", " ") or "  "
