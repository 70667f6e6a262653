"""Ranks and formations, found on the surface: "Maj.-Gen.", "3rd Armoured Brigade".

The parser often takes them for part of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.coding.phrase import Phrase, row
from onrecord.vocabulary import load

NAME_START = re.compile(r"\s*(?:\([^()\n]{1,12}\)\s*)?[A-Z]")
_AREA = re.compile(
    r"[\s,]*(?:of\s+)?(?:[A-Z][\w’'-]*\s+){1,3}"
    r"(?i:state|province|command|district|division|region|zone|county|territory|governorate)\b"
)


def before_a_name(text: str, end: int) -> bool:
    """Whether a name, and not that of an area, follows: no "Commissioner of Police Zaru State"."""
    return bool(NAME_START.match(text, end)) and not _AREA.match(text, end)


def find_ranks(text: str) -> list[Phrase]:
    """Every rank, also where its word may be another: see `stands`."""
    return [Phrase(*found.span(), "rank") for found in _ranks().finditer(text)]


@cache
def _ranks() -> re.Pattern[str]:
    lexicon = load("ranks")
    forms = {
        word: "|".join([word.capitalize(), word.upper(), *(s.capitalize() for s in short)])
        if word != "of"
        else "of"
        for word, short in lexicon["words"].items()
    }
    rows = sorted(lexicon["ranks"], key=lambda r: -len(r.split()))
    phrases = [r"[\s.\-–]{1,3}".join(f"(?:{forms[w]})" for w in r.split()) for r in rows]
    short = [row(a.split()) for a in sorted(lexicon["abbreviations"], key=len, reverse=True)]
    spelled_out = "|".join(
        [*(r.replace(" ", "[ -]") for r in rows if " " in r), "colonel", "brigadier"]
    )
    return re.compile(
        rf"(?<![\w-])(?=[A-Z12])(?:Police\s+)?"
        rf"(?:{'|'.join([*phrases, *short])})(?:s(?=\s+[A-Z]))?(?![\w])"
        rf"(?:\.(?=[\s,]*[A-Z(]))?"
        rf"(?:\s?\((?:[Rr]td|[Rr]etired)\.?\))?"
        rf"|(?<=\ba )(?:{spelled_out})(?![\w-])"
    )


def stands(text: str, rank: Phrase) -> bool:
    """Words that are also other things are a rank only right before a name."""
    word = text[rank.start : rank.end].rstrip(".").lower()
    bracketed = text[rank.start - 1 : rank.start] == "(" and text[rank.end : rank.end + 1] == ")"
    if word not in _only_before_a_name() or bracketed:
        return True
    return before_a_name(text, rank.end) and text[rank.end - 1] != ","


@cache
def _only_before_a_name() -> frozenset[str]:
    return frozenset(w.lower() for w in load("ranks")["only_before_a_name"])


@cache
def _unit_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Numbered units alone, and units of any sort."""
    lexicon = load("units")

    def any_of(name: str) -> str:
        longest_first = sorted(lexicon[name], key=len, reverse=True)
        return "(?:" + "|".join(row(w.split(), r"\s+") for w in longest_first) + ")"

    title = r"[A-Z][\w’'-]*"
    number = rf"(?:\d{{1,4}}(?:st|nd|rd|th|ST|ND|RD|TH)?|{any_of('ordinals')}\b)"
    kinds, qualifiers = any_of("kinds"), any_of("qualifiers")
    tail = rf"(?:\s+{any_of('tails')}\b)?"
    numbered = (
        rf"(?:{number}\s?(?:{qualifiers}\s+){{0,3}}(?i:{kinds})"
        rf"|\d{{1,4}}\s(?:{title}\s+){{1,4}}{kinds})\b{tail}"
    )
    named = rf"(?:{title}\s+(?:(?:and|&|of)\s+)?){{0,3}}{title}\s+{any_of('named_kinds')}\b{tail}"
    operation = rf"{any_of('operations')}\s+{title}(?:\s+{title}){{0,2}}"
    force = (
        r"(?:[A-Z][\w-]*\s+){0,2}(?:Joint|Special|Military|Multi-?[Nn]ational)\s+"
        r"(?:[A-Z]\w+\s+)?Task\s+Force"
    )
    return tuple(  # type: ignore[return-value]
        re.compile(rf"(?<![\w-])(?=[A-Z\d])(?:{pattern})(?![\w-])")
        for pattern in (numbered, f"{numbered}|{operation}|{force}|{named}")
    )


def find_units(text: str) -> Iterator[Phrase]:
    """Every formation, service or operation that a number or a word for one marks."""
    numbered, units = _unit_patterns()
    for found in units.finditer(text):
        inside = numbered.search(text, *found.span())
        start, end = inside.span() if inside else found.span()
        for word in text[start:end].split()[:-1]:
            if word.lower() not in _not_first_in_a_unit():
                break
            start = text.index(word, start) + len(word)
            start += len(text[start:end]) - len(text[start:end].lstrip())
        words = text[start:end].split()
        if (len(words) > 1 or words[0][0].isdigit()) and "\n" not in text[start:end]:
            yield Phrase(start, end, "body")


def is_unit(text: str, phrase: Phrase) -> bool:
    """A body that is a formation with a number or a name, not any organization."""
    return bool(_unit_patterns()[1].match(text, phrase.start, phrase.end))


@cache
def _not_first_in_a_unit() -> frozenset[str]:
    posts = load("posts")
    return frozenset([*load("units")["never_first"], *posts["heads"], "commanding"])
