"""The sentence around a few words: what was coded from one word is read in its sentence."""

from __future__ import annotations

import re

from onrecord.dates.english import MONTH, MONTHS
from onrecord.model import Span
from onrecord.passages.segment import DATE_LINE
from onrecord.vocabulary import load

_END = re.compile(rf"[.!?][\"'”’)]*\s+|\n\s*\n|\n(?={DATE_LINE})", re.IGNORECASE)
_MONTH = re.compile(MONTH, re.IGNORECASE)
_REACH = 300
"""Characters looked at on either side: past them a sentence is cut."""


def sentence(text: str, span: Span) -> Span:
    """The sentence that holds a span, found by its punctuation; at least the span itself.

    A full stop after a title or an initial ends nothing: "According to Mr. Gask" stays whole, so
    that who is named as the source is not cut off.
    """
    start, end = span
    floor, ceiling = max(0, start - _REACH), min(len(text), end + _REACH)
    first = max((m.end() for m in _ends(text, floor, start)), default=floor)
    last = min((m.end() for m in _ends(text, end, ceiling)), default=ceiling)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return (first, last)


def _ends(text: str, start: int, end: int) -> list[re.Match[str]]:
    return [m for m in _END.finditer(text, start, end) if not _abbreviated(text, m.start())]


def _abbreviated(text: str, stop: int) -> bool:
    word = re.search(r"(\w+)$", text[max(0, stop - 20) : stop])
    if word is None or text[stop] != ".":
        return False
    if _MONTH.fullmatch(word[1]) and word[1].casefold() not in MONTHS:
        return re.match(r"\s+\d", text[stop + 1 : stop + 4]) is not None
    if word[1].isdigit():
        return False
    short = len(word[1]) == 1 or (len(word[1]) == 2 and word[1].istitle())  # "J.", "Mr.", not "it."
    return short or word[1].casefold() in load("products")["titles"]
