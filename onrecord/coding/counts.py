"""How many: words of quantity as bounds, both inclusive.

"more than 169" has a least of 170 and no most; "dozens" a least of 24. What the words leave open
stays open. The words themselves are in `vocabulary/counts.yaml`.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache

from onrecord.model import Count, Span
from onrecord.vocabulary import load

Bounds = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Grammar:
    expression: re.Pattern[str]
    times: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, int]
    exact: dict[str, int]
    bound: dict[str, str]
    tolerance: float


def find_counts(text: str, start: int = 0, end: int | None = None) -> list[Count]:
    """The expressions of quantity in a stretch of text, in order, with offsets into `text`."""
    stop = len(text) if end is None else end
    grammar = _grammar()
    found = []
    for match in grammar.expression.finditer(text, start, stop):
        bounds = _bounds(match, grammar)
        if bounds is not None:
            span: Span = match.span()
            found.append(Count(text[slice(*span)], span, *bounds))
    return found


def read_bounds(words: str) -> Bounds | None:
    """The bounds that an expression of quantity gives, or None where it is none."""
    found = find_counts(words.strip())
    whole = [c for c in found if c.span == (0, len(words.strip()))]
    return (whole[0].min, whole[0].max) if whole else None


def _bounds(match: re.Match[str], grammar: _Grammar) -> Bounds | None:
    vague, exact = _plain(match["vague"]), _plain(match["exact"])
    if match["times"]:  # "several hundred"
        return grammar.times[_plain(match["times"])] * grammar.scales[_plain(match["scale"])], None
    if vague:
        return grammar.vague[vague], None
    if exact:
        return grammar.exact[exact], grammar.exact[exact]
    if match["low"] or match["least"]:
        low = read_number(match["low"] or match["least"])
        high = read_number(match["high"] or match["most"])
        return (low, high) if low is not None and high is not None and low <= high else None
    number = read_number(match["number"])
    if number is None:
        return None
    said = _plain(match["before"]) or _plain(match["after"])
    return _moved(number, grammar.bound.get(said, "exactly"), grammar.tolerance)


def _moved(number: int, bound: str, tolerance: float) -> Bounds:
    slack = math.floor(number * tolerance)
    return {
        "exactly": (number, number),
        "above": (number + 1, None),
        "at_least": (number, None),
        "below": (None, max(number - 1, 0)),
        "at_most": (None, number),
        "nearly": (number - max(slack, 1), number - 1),
        "about": (number - slack, number + slack),
    }[bound]


def read_number(words: str) -> int | None:
    """The whole number that figures or English number words give, or None."""
    plain = _plain(words).replace("-", " ")
    if re.fullmatch(r"\d[\d,]*|\d{1,3}( \d{3})+", plain):
        return int(re.sub("[, ]", "", plain))
    lexicon = load("counts")
    total, part = 0, 0.0
    for word in plain.split():
        if word in ("and", "of"):
            continue
        if word in ("a", "an"):
            part = 1
        elif re.fullmatch(r"\d[\d,]*(\.\d+)?", word):
            part += float(word.replace(",", ""))
        elif word in lexicon["scales"]:
            scale = lexicon["scales"][word]
            part = (part or 1) * scale
            if scale >= 1000:
                total, part = total + round(part), 0
        else:
            value = lexicon["units"].get(word, lexicon["tens"].get(word))
            if value is None:
                return None
            part += value
    return total + round(part)


def _plain(words: str | None) -> str:
    return " ".join((words or "").lower().split())


@cache
def _grammar() -> _Grammar:
    lexicon = load("counts")
    scales = _any(lexicon["scales"])
    small = _any([*lexicon["units"], *lexicon["tens"]])
    grouped = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+"
    digits = grouped + r"|\d{1,9}(?:\.\d+(?=\s+(?:thousand|million|lakh)))?"
    spelled = rf"(?:{small})(?:[-\s]+(?:and\s+)?(?:{small}|{scales}))*"
    scaled = rf"(?:(?:{digits})|an?)(?:\s+(?:{scales}))+(?:\s+and\s+(?:{small}))?"
    number = rf"(?:{scaled}|{digits}|{spelled})"
    before = {
        phrase: bound
        for bound in ("above", "at_least", "below", "at_most", "nearly", "about")
        for phrase in lexicon[bound]
    }
    after = {
        phrase: bound for bound in ("at_least", "about") for phrase in lexicon[f"{bound}_after"]
    }
    pattern = rf"""(?<![\w.,$€£#/-])(?:
        between\s+(?P<least>{number})\s+and\s+(?P<most>{number})
        |(?:(?:{_any(before)}|from)\s+)?(?P<low>{number})(?:\s*[-–—]\s*(?=\d)|\s+(?:to|or)\s+)(?P<high>{number})
        |(?P<times>{_any(lexicon["times"])})\s+(?P<scale>{"|".join(lexicon["scales"])})s?\b
        |(?P<vague>{_any(lexicon["vague"])})
        |(?P<exact>{_any(lexicon["exact"])})
        |(?:(?P<before>{_any(before)})\s+)?(?:the\s+)?(?P<number>{number})(?:\s*(?P<after>{_any(after)}))?
        )(?![\w/%]|[.,]\d|-(?!odd\b|plus\b)[a-z]|\s*(?:%|percent|per\s+cent|years?\b|a\.?m\b|p\.?m\b))"""
    return _Grammar(
        re.compile(pattern, re.IGNORECASE | re.VERBOSE),
        lexicon["times"],
        lexicon["scales"],
        lexicon["vague"],
        lexicon["exact"],
        {**before, **after},
        lexicon["tolerance"],
    )


def _any(phrases: object) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)  # type: ignore[call-overload]
    spaced = (re.escape(p).replace(r"\ ", r"\s+") for p in longest_first)
    return "|".join(f"{p}\\b" if p[-1].isalpha() else p for p in spaced)
