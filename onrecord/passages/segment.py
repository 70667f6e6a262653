"""Paragraphs of a text, found from its line breaks alone."""

from __future__ import annotations

import re

from onrecord.dates.english import DAY, MONTH, WEEKDAY, YEAR
from onrecord.model import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_ENDS_A_SENTENCE = tuple(".!?:…”\"’')]")
DATE_LINE = (
    rf"[^\S\n]*(?:\d{{4}}[-/.]\d\d[-/.]\d\d|\d{{1,2}}[-/.]\d{{1,2}}[-/.]{YEAR}|(?:{WEEKDAY},?\s+)?"
    rf"(?:{MONTH}\s+{DAY},?|{DAY}\s+{MONTH},?)\s+{YEAR})[^\S\n]*(?=\n|\Z)"
)
"""A line that holds a date and nothing else: it goes on with no line before it."""
_DATE_LINE = re.compile(DATE_LINE, re.IGNORECASE)
WRAP_WIDTH = 100
"""Lines that fill less than this, one after another, are taken as a hard-wrapped paragraph."""


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of `text` as spans without surrounding white space, in order.

    A blank line ends a paragraph. So does a single line break, unless the text is hard-wrapped
    there: the line before it is nearly full, does not end a sentence, and none is very long.
    """
    lines = [_trimmed(text, match.span()) for match in _LINE.finditer(text)]
    found: list[Span] = []
    for start, end in lines:
        if start == end:
            continue
        if found and _continues(text, found[-1], (start, end)):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _trimmed(text: str, span: Span) -> Span:
    line = text[slice(*span)]
    left = len(line) - len(line.lstrip())
    return (span[0] + left, span[0] + max(left, len(line.rstrip())))


def _continues(text: str, before: Span, line: Span) -> bool:
    gap = text[before[1] : line[0]]
    if len(re.findall(r"\r\n|[\n\r\u2028\u2029]", gap)) != 1:
        return False
    if _DATE_LINE.match(text, line[0]):
        return False
    last = text.rfind("\n", before[0], before[1]) + 1 or before[0]
    width = before[1] - max(last, before[0])
    wrapped = WRAP_WIDTH * 0.5 <= width <= WRAP_WIDTH
    return wrapped and not text[before[1] - 1].endswith(_ENDS_A_SENTENCE)
