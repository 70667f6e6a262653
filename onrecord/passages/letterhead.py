"""The lines above a statement: who issues it, what kind of paper it is, its date, its headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.dates import parse_date
from onrecord.model import Edtf, Span
from onrecord.passages.dateline import DATE, LINES, PLACE
from onrecord.vocabulary import load

WORDS = 14
"""Words from which a line is text and no longer one of the head."""

BELOW = 3
"""Lines below a body's name in which a date or a kind of paper tells that it is a letterhead."""

_ENDS_IN_DATE = re.compile(
    rf"(?P<before>.*?)(?:\w+day,?\s+)?(?P<date>{DATE})\s*(?:\([^()\n]{{1,30}}\))?\.?$"
)
_ISSUED = re.compile(
    rf"(?P<body>[^\W\d_a-z][^,\n]*?),\s*(?:{PLACE},\s*){{0,2}}(?:\w+day,?\s+)?(?P<date>{DATE})\.?"
)
_ONLY_PLACE = re.compile(rf"{PLACE},\s*")
_SMALL = frozenset(
    {
        "of",
        "the",
        "and",
        "for",
        "on",
        "in",
        "to",
        "at",
        "into",
        "de",
        "du",
        "des",
        "la",
        "&",
        "against",
    }
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Spans of what stands above a text; the date is EDTF. None where it is not there."""

    body: Span | None = None
    title: Span | None = None
    published: tuple[Edtf, Span] | None = None


def letterhead_of(text: str, lines: list[Span]) -> Letterhead:
    """What the lines before the first line of running text say; `lines` without blank ones."""
    top = list(_top(text, lines[: LINES + 1]))
    if not top:
        return Letterhead()
    body = _body(text, top)
    issued = None if body else _issued(text, top)
    if issued is not None:
        return issued
    dated = ((n, _date(text, line, n, body is not None)) for n, line in enumerate(top))
    date_at, published = next(((n, date) for n, date in dated if date), (0, None))
    title = _title(text, top, date_at, len(lines)) if body else None
    return Letterhead(body, title, published)


def _top(text: str, lines: list[Span]) -> Iterator[Span]:
    """The lines before the first that is text: long, or a sentence with its full stop."""
    for line in lines:
        said = text[slice(*line)]
        if len(said.split()) >= WORDS or (said[-1] in ".!?”" and parse_date(said) is None):
            return
        yield line


def _body(text: str, top: list[Span]) -> Span | None:
    """The body that the first line names, where a line below dates the paper or says its kind."""
    first, last = top[0]
    said = text[first:last].split(",", maxsplit=1)[0].rstrip()
    below = [text[slice(*line)] for line in top[1 : 1 + BELOW]]
    kind = any(is_paper(line) for line in below)
    if not kind and not any(_ENDS_IN_DATE.fullmatch(line) for line in below):
        return None
    words = said.split()
    if not _is_name(words) or is_paper(said):
        return None
    if _names_body(words) or (kind and len(words) <= 4 and is_paper(below[0])):
        return (first, first + len(said))
    return None


def _issued(text: str, top: list[Span]) -> Letterhead | None:
    """`Marrow Centre for Peace, Orsk, 5 June 2024` on a line: who issues it, where and when."""
    for line in top:
        found = _ISSUED.fullmatch(text, *line)
        date = parse_date(found["date"]) if found else None
        if found is None or date is None or "X" in date:
            continue
        words = found["body"].split()
        if _is_name(words) and _names_body(words):
            return Letterhead(body=found.span("body"), published=(date, found.span("date")))
    return None


def _is_name(words: list[str]) -> bool:
    spoken = [word for word in words if word.lower() not in _SMALL]
    return 0 < len(words) <= WORDS - 4 and all(word[0].isupper() for word in spoken)


def _names_body(words: list[str]) -> bool:
    """Whether the head of a name is a noun for bodies: "Marrow Centre for Peace"."""
    at = next(
        (i for i, word in enumerate(words) if i and word.lower() in ("of", "for")), len(words)
    )
    return words[at - 1].lower().strip(".") in _body_words()


def is_paper(line: str) -> bool:
    """Whether a line says what kind of paper this is: "Press release", "Statement of 7 March"."""
    return _papers().match(line) is not None


@cache
def _papers() -> re.Pattern[str]:
    kinds = "|".join(sorted(load("head")["papers"], key=len, reverse=True))
    return re.compile(
        rf"(?:from the |the )?(?:\w+ )?(?:{kinds})\b(?! (?:says?|said|on)\b)", re.IGNORECASE
    )


@cache
def _body_words() -> frozenset[str]:
    return frozenset(load("titles")["organization_words"])


def _date(text: str, line: Span, number: int, headed: bool) -> tuple[Edtf, Span] | None:
    """A full date that is a line, or ends one: behind a place, a paper, or below a letterhead."""
    found = _ENDS_IN_DATE.fullmatch(text, *line)
    date = parse_date(found["date"]) if found else None
    if found is None or date is None or "X" in date:
        return None
    before = found["before"]
    if not before.strip():
        return date, found.span("date")
    place = number > 0 and _ONLY_PLACE.fullmatch(before) is not None
    paper = is_paper(before) and before.rstrip().endswith((",", "of", "dated", ":"))
    below = headed and number > 0 and before.rstrip().endswith(",")
    return (date, found.span("date")) if place or paper or below else None


def _title(text: str, top: list[Span], date_at: int, count: int) -> Span | None:
    """The headline: the line behind the date, else the line that says what paper it is."""
    behind = top[date_at + 1 :] if date_at else []
    for number, line in enumerate(behind, date_at + 1):
        if number + 1 < count and text[line[1] - 1] not in ",;:":
            return line
    return next((line for line in top[1:] if is_paper(text[slice(*line)])), None)


def spelled_out(text: str, short: Span) -> Span:
    """The full name that an acronym of three letters or more stands for in the text, or itself."""
    letters = text[slice(*short)]
    if not (letters.isalpha() and letters.isupper() and 3 <= len(letters) <= 6):
        return short
    small = r"(?:\s(?:of|for|the|and|de|des))*\s"
    found = re.search(r"\b" + small.join(rf"{letter}[\w'’-]+" for letter in letters) + r"\b", text)
    return found.span() if found else short
