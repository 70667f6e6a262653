"""Dates as people write them in English, read without guessing what they leave open.

dateparser was weighed and left: it fills what is missing from today's clock, reads no ranges, and
is slower by two orders of magnitude than these few forms.
"""

from __future__ import annotations

import calendar
import re

from onrecord.dates.edtf import UNKNOWN_YEAR, Edtf, Point, Time

MONTHS = tuple(name.lower() for name in calendar.month_name[1:])
_MONTH_OF = {name[:3]: number for number, name in enumerate(MONTHS, 1)}
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:])"
YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?)\b\.?"
)
TO = r"\s*(?:-|–|—|to|until|till|through|and)\s*"
_AND_YEAR = rf"(?:(?:\s*,\s*|\s+|\s+of\s+)(?P<year>{YEAR}))?"
_PART = (
    r"(?:(?:early|mid|late|the (?:beginning|start|middle|end|first days|last days) (?:of|in))"
    r"[\s-]+(?:in\s+)?)"
)
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3}

FORMS: tuple[tuple[str, str], ...] = (
    (
        "stretch",
        (
            rf"(?:from\s+|between\s+)?(?P<month>{MONTH})\s+(?P<day>{DAY}){TO}"
            rf"(?:(?P<month2>{MONTH})\s+)?(?P<day2>{DAY}){_AND_YEAR}"
        ),
    ),
    (
        "stretch",
        (
            rf"(?:from\s+|between\s+)?(?:the\s+)?(?P<day>{DAY})(?:\s+(?:of\s+)?(?P<month>{MONTH}))?{TO}"
            rf"(?:the\s+)?(?P<day2>{DAY})\s+(?:of\s+)?(?P<month2>{MONTH}){_AND_YEAR}"
        ),
    ),
    ("iso", r"(?P<year>\d{4})[-/.](?P<month>0[1-9]|1[0-2])[-/.](?P<day>0[1-9]|[12]\d|3[01])(?!\d)"),
    ("numeric", rf"(?P<a>\d{{1,2}})(?P<sep>[/.-])(?P<b>\d{{1,2}})(?P=sep)(?P<year>{YEAR})"),
    (
        "day",
        rf"(?:{WEEKDAY},?\s+(?:the\s+)?)?(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>{DAY}){_AND_YEAR}",
    ),
    (
        "day",
        (
            rf"(?:{WEEKDAY},?\s+(?:the\s+)?)?(?P<day>{DAY})[\s-]+(?:of\s+)?(?P<month>{MONTH})(?:-(?P<year2>{YEAR}))?"
            rf"{_AND_YEAR}"
        ),
    ),
    (
        "months",
        (
            rf"(?:from\s+|between\s+)?(?P<month>{MONTH})(?:\s+(?P<year2>{YEAR}))?{TO}"
            rf"(?P<month2>{MONTH})(?:\s*,)?\s+(?:of\s+)?(?P<year>{YEAR})"
        ),
    ),
    ("month", rf"{_PART}?(?P<month>{MONTH}),?\s+(?:of\s+|in\s+)?(?P<year>{YEAR})"),
    ("year_month", r"(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])(?![\d-])"),
    ("decade", r"(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?P<decade>(?:1[5-9]|20)\d0)'?s\b"),
    (
        "years",
        rf"(?:from\s+|between\s+)?(?P<year>{YEAR}){TO}(?P<year2>(?:(?:1[5-9]|20)\d\d|\d\d)(?!\d))",
    ),
    (
        "season",
        rf"{_PART}?(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?(?P<year>{YEAR})",
    ),
    (
        "division",
        rf"(?:the\s+)?(?P<ordinal>first|second|third|fourth)\s+(?P<unit>half|quarter)\s+of\s+(?P<year>{YEAR})",
    ),
    ("year", rf"{_PART}?(?:the year\s+)?(?P<year>{YEAR})"),
    ("bare_month", rf"{_PART}?(?P<month>{MONTH})"),
)
"""Name and pattern of each way to write a date, the longer ones first."""

_LEADS = re.compile(
    r"(?P<since>since\s+)|(?P<about>(?:around|about|circa|c\.|approximately)\s+)", re.IGNORECASE
)
_COMPILED = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in FORMS]


def parse_date(words: str) -> Edtf | None:
    """The date that `words`, all of them, give: "8 Feb. 2016" is 2016-02-08, "8 Feb." XXXX-02-08.

    "05/12/2016" may be two days and becomes one of both; "early 2015" is 2015, which EDTF cannot
    say more closely. None where the words are no date, or no day of the calendar.
    """
    words = words.strip().rstrip(",;")
    lead = _LEADS.match(words)
    body = words[lead.end() :] if lead else words
    for name, pattern in _COMPILED:
        found = pattern.fullmatch(body)
        if found:
            time = read_form(name, found)
            if time is not None and lead:
                time = _led(time, since=bool(lead["since"]))
            return None if time is None else str(time)
    return None


def _led(time: Time, *, since: bool) -> Time:
    if time.extent != "point" or time.start is None:
        return time
    if since:
        return Time(time.start, None, "interval")
    point = time.start
    return Time(Point(point.year, point.month, point.day, about=True))


def read_form(name: str, found: re.Match[str]) -> Time | None:
    """The time a match of one of `FORMS` gives, None where no calendar has such a day."""
    if _is_a_pair(found):
        return None
    time = _READERS[name](found.groupdict())
    if time is None or any(p and not p.is_valid for p in (time.start, time.end)):
        return None
    return time


def _is_a_pair(found: re.Match[str]) -> bool:
    """Two dates, not a stretch: "2011 and 2014" without a "between"."""
    if not re.search(r"\sand\s", found.group(), re.IGNORECASE):
        return False
    return "between" not in found.string[max(0, found.start() - 8) : found.end()].lower()


Words = dict[str, str | None]


def _month(words: str | None) -> int:
    return _MONTH_OF[(words or "").lower()[:3]]


def _day(words: str | None) -> int:
    return int(re.sub(r"\D", "", words or ""))


def _year(words: Words) -> str:
    return words.get("year") or words.get("year2") or UNKNOWN_YEAR


def _read_stretch(words: Words) -> Time | None:
    first, last = words["month"] or words["month2"], words["month2"] or words["month"]
    year = _year(words)
    start, end = (
        Point(year, _month(first), _day(words["day"])),
        Point(year, _month(last), _day(words["day2"])),
    )
    if (start.month, start.day) > (end.month, end.day) and year != UNKNOWN_YEAR:
        start = Point(str(int(year) - 1), start.month, start.day)
    return Time(start, end, "interval")


def _read_day(words: Words) -> Time:
    return Time(Point(_year(words), _month(words["month"]), _day(words["day"])))


def _read_iso(words: Words) -> Time:
    return Time(Point(str(words["year"]), int(words["month"] or 0), _day(words["day"])))


def _read_numeric(words: Words) -> Time | None:
    year, a, b = str(words["year"]), int(words["a"] or 0), int(words["b"] or 0)
    readings = [p for p in (Point(year, b, a), Point(year, a, b)) if p.is_valid]
    readings = [p for p in readings if (p.month or 99) <= 12]
    if not readings:
        return None
    if len(readings) == 1 or a == b:
        return Time(readings[0])
    first, second = sorted(readings, key=str)
    return Time(first, second, "one_of")


def _read_months(words: Words) -> Time:
    year = str(words["year"])
    start = Point(words["year2"] or year, _month(words["month"]))
    return Time(start, Point(year, _month(words["month2"])), "interval")


def _read_month(words: Words) -> Time:
    return Time(Point(str(words["year"]), _month(words["month"])))


def _read_year_month(words: Words) -> Time:
    return Time(Point(str(words["year"]), int(words["month"] or 0)))


def _read_decade(words: Words) -> Time:
    return Time(Point(f"{(words['decade'] or '')[:3]}X"))


def _read_years(words: Words) -> Time | None:
    start, end = str(words["year"]), str(words["year2"])
    end = start[: 4 - len(end)] + end
    return Time(Point(start), Point(end), "interval") if start < end else None


def _read_season(words: Words) -> Time:
    return Time(Point(str(words["year"]), _SEASONS[(words["season"] or "").lower()]))


def _read_division(words: Words) -> Time | None:
    number = _ORDINALS[(words["ordinal"] or "").lower()]
    if (words["unit"] or "").lower() == "quarter":
        return Time(Point(str(words["year"]), 33 + number))
    return Time(Point(str(words["year"]), 40 + number)) if number < 2 else None


def _read_year(words: Words) -> Time:
    return Time(Point(str(words["year"])))


def _read_bare_month(words: Words) -> Time:
    return Time(Point(UNKNOWN_YEAR, _month(words["month"])))


_READERS = {
    "stretch": _read_stretch,
    "iso": _read_iso,
    "numeric": _read_numeric,
    "day": _read_day,
    "months": _read_months,
    "month": _read_month,
    "year_month": _read_year_month,
    "decade": _read_decade,
    "years": _read_years,
    "season": _read_season,
    "division": _read_division,
    "year": _read_year,
    "bare_month": _read_bare_month,
}
