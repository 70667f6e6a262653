"""The line that says who published a report and when: "Posted on 4 March 2025 | Kessarin Mirror".

Such a line holds labels, dates, times, names and the marks between them, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.dates import parse_date
from onrecord.dates.english import DAY, MONTH, WEEKDAY, YEAR
from onrecord.model import Edtf, Span
from onrecord.passages.dateline import PLACE
from onrecord.passages.outlets import is_domain, is_name, is_outlet
from onrecord.vocabulary import load

LONGEST = 130
"""Characters from which a line is text and no imprint."""

_WORDED = rf"{MONTH}\s+(?:the\s+)?{DAY},?\s+{YEAR}|{DAY}(?:\s+of\s+|[\s-]+){MONTH}(?:,?\s+|-){YEAR}"
_FIGURES = r"\d{4}[-/.]\d\d[-/.]\d\d(?!\d)|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d(?!\d)"
_ZONE = (
    r"(?:\(?(?:UTC|GMT|Z|[A-Z]{2,3}T|local time)\)?(?:\s?[+-]\s?\d{1,2}(?::?\d\d)?)?"
    r"|[+-]\d\d:?\d\d|hrs|hours)(?!\w)"
)
_TIME = (
    r"(?:\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?(?:\s*[ap]\.?m\b\.?)?|\d{1,2}\s*[ap]\.?m\b\.?"
    rf"|\d{{4}}(?=\s*{_ZONE}))(?:\s*{_ZONE})?(?:\s*\([A-Z]{{2,5}}\b[^()\n]{{0,9}}\))?"
)
_SEPARATOR = re.compile(r"\s*[|•·∙»]+\s*|\s+[–—/-]{1,2}\s+|\s*[,;]\s+|\s*:\s+")
_MARK = re.compile(r"[|•·∙»]|\s[–—/-]{1,2}\s")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b)[\s©]*(?:(?:19|20)\d\d,?\s+)?", re.IGNORECASE)
_FILLER = re.compile(
    r"\d+[ -]min(?:ute)?s?(?: read)?|all rights reserved|by|on|at|in|share|print|e-?mail"
    rf"|(?:19|20)\d\d|\d+ comments?|{_TIME}",
    re.IGNORECASE,
)
_BYLINE = re.compile(rf"(?:[Bb]y|BY|Author|From)\s+{PLACE}(?:\s+and\s+{PLACE})?")
_IN_FIGURES = re.compile(r"(?<![\d/.-])(\d{1,2})[-/.](\d{1,2})[-/.](?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What one line says: the day of publication, that of a later change, and by whom."""

    published: tuple[Edtf, Span] | None = None
    updated: tuple[Edtf, Span] | None = None
    publisher: Span | None = None


def imprint_of(text: str, line: Span) -> Imprint | None:
    """What a line that is an imprint says; None where the line is anything else."""
    if line[1] - line[0] > LONGEST:
        return None
    owned = _COPYRIGHT.match(text, *line)
    start = owned.end() if owned else line[0]
    stamps = list(_stamp().finditer(text, start, line[1]))
    names = _names(text, (start, line[1]), stamps) if stamps or owned else None
    if names is None:
        return None
    paper = _paper(text, names, owned=bool(owned))
    told = paper or any(stamp["label"] for stamp in stamps) or _MARK.search(text, start, line[1])
    if names and not told:
        return None
    dates = [(is_later(stamp["label"]), _date(text, stamp.span("date"))) for stamp in stamps]
    return Imprint(
        published=next((date for later, date in dates if date and not later), None),
        updated=next((date for later, date in dates if date and later), None),
        publisher=paper,
    )


def label_of(line: str) -> str | None:
    """The label that a whole line is: "Published", "Last updated on:"."""
    return line if _labels().fullmatch(line) else None


def is_later(label: str | None) -> bool:
    """Whether a label is that of a change after publication, or of somebody's reading."""
    return any(word in (label or "").casefold() for word in load("head")["later"])


def _names(text: str, line: Span, stamps: list[re.Match[str]]) -> list[Span] | None:
    """The names on a line beside its dates; None where there is something else too."""
    found = []
    for start, end in _between(line, [stamp.span() for stamp in stamps]):
        for part in _parts(text, (start, end)):
            said = text[slice(*part)]
            if _FILLER.fullmatch(said) or _BYLINE.fullmatch(said):
                continue
            if not is_name(said) and not is_domain(said):
                return None
            found.append(part)
    return found


def _between(line: Span, taken: list[Span]) -> Iterator[Span]:
    start = line[0]
    for first, last in taken:
        yield start, first
        start = last
    yield start, line[1]


def _parts(text: str, within: Span) -> Iterator[Span]:
    """What stands between separators, bare of white space and of what encloses it."""
    start = within[0]
    marks = [mark.span() for mark in _SEPARATOR.finditer(text, *within)]
    for first, last in (*marks, (within[1], within[1])):
        said = text[start:first]
        bare = said.strip(" \t\u00a0|•·∙»/–—-,;:()[]")
        if bare:
            at = start + said.index(bare)
            yield at, at + len(bare)
        start = last


def _paper(text: str, names: list[Span], *, owned: bool) -> Span | None:
    """The one name that is a paper's; of a line with a copyright, its one name."""
    papers = [name for name in names if is_outlet(text[slice(*name)])]
    if not papers and owned:
        papers = names
    return papers[0] if len(papers) == 1 else None


def _date(text: str, span: Span) -> tuple[Edtf, Span] | None:
    date = parse_date(text[slice(*span)])
    if date is None or "X" in date:
        return None
    return (_ordered(text, span) or date if "," in date else date), span


def _ordered(text: str, span: Span) -> Edtf | None:
    """Which of two days "05/12/2016" is, where another date of the text in figures shows it."""
    orders = {
        first > second
        for first, second in ((int(a), int(b)) for a, b in _IN_FIGURES.findall(text))
        if max(first, second) > 12
    }
    if len(orders) != 1:
        return None
    first, second, year = (int(part) for part in re.findall(r"\d+", text[slice(*span)]))
    day, month = (first, second) if orders.pop() else (second, first)
    return f"{year:04}-{month:02}-{day:02}"


@cache
def _labels() -> re.Pattern[str]:
    """A label as it stands before a date or alone on a line."""
    words = sorted((*load("head")["published"], *load("head")["later"]), key=len, reverse=True)
    told = "|".join(words)
    return re.compile(
        rf"(?:(?:first|originally|last|article|story)\s+)*(?:{told})\b(?:\s+(?:date|time))?"
        r"(?:\s+(?:on|in|at)\b)?\s*[:|–—-]?",
        re.IGNORECASE,
    )


@cache
def _stamp() -> re.Pattern[str]:
    """A date with its label, its weekday, its time and its time zone."""
    gap = r"[\s,|–—-]*(?:at\s+)?"
    return re.compile(
        rf"(?:(?P<label>{_labels().pattern})\s*)?(?:{_TIME}{gap})?(?:on\s+)?(?:{WEEKDAY},?\s+)?"
        rf"(?<![\w/.-])(?P<date>{_WORDED}|{_FIGURES})(?:,?\s*\(?{WEEKDAY}\)?)?"
        rf"(?:T?{gap}{_TIME})?",
        re.IGNORECASE,
    )
