"""Anchors of a passage: its words with a little around them, and the way back to offsets.

The selectors are those of the W3C Web Annotation Data Model (sections 4.2.4 and 4.2.5):
TextQuoteSelector is `exact`, `prefix`, `suffix`; TextPositionSelector is `start`, `end`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.model import Span

AROUND = 32
"""Characters kept before and after the exact words."""

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a passage stands in a text (code points), and its words with their surroundings."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def anchor(text: str, span: Span) -> Anchor:
    """The anchor of a span. Raises `ValueError` where the span is empty or not inside the text."""
    start, end = span
    if not 0 <= start < end <= len(text):
        raise ValueError(f"[{start}, {end}) is no stretch of a text of {len(text)} characters")
    return Anchor(
        start, end, text[start:end], text[max(0, start - AROUND) : start], text[end : end + AROUND]
    )


def locate(
    text: str, exact: str, *, prefix: str = "", suffix: str = "", near: int = 0
) -> Span | None:
    """Where the words of a quotation stand in a text, white space aside; None where they do not.

    Among several places, the one whose surroundings agree with most of `prefix` and `suffix`, then
    the one that begins nearest to `near`.
    """
    words = exact.split()
    if not words:
        return None
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    found = [match.span() for match in pattern.finditer(text)]
    if not found:
        return None
    before, after = _squeezed(prefix), _squeezed(suffix)

    def rank(span: Span) -> tuple[int, int]:
        left = _squeezed(text[max(0, span[0] - 2 * AROUND) : span[0]])
        right = _squeezed(text[span[1] : span[1] + 2 * AROUND])
        agreed = _common(before[::-1], left[::-1]) + _common(after, right)
        return (-agreed, abs(span[0] - near))

    return min(found, key=rank)


def _squeezed(text: str) -> str:
    return _SPACE.sub(" ", text)


def _common(one: str, other: str) -> int:
    """How many characters two strings have in common from the start."""
    return next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )
