"""Who is whose kin: "Ima Bello, sister of Minister Oru Bello", "his brother Tem"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord.coding.neighbours import Neighbours
from onrecord.model import Span
from onrecord.vocabulary import load


@dataclass(frozen=True, slots=True)
class Kin:
    """`relative` is the `word` ("brother") of `person`; both are ids.

    `way` says where the relative stands: behind the word, in front of it, or in the word itself.
    """

    relative: str
    person: str
    word: Span
    span: Span
    way: str


@cache
def _words() -> frozenset[str]:
    kinship = load("kinship")
    return frozenset([*kinship["kin"], *kinship["plurals"], *(f"{k}s" for k in kinship["kin"])])


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted(_words(), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


@cache
def _possessor() -> re.Pattern[str]:
    adjectives = "|".join(load("kinship")["adjectives"])
    return re.compile(
        r"(?:(?P<pronoun>\b(?:his|her|their)\b)|(?P<name>[\w’'.-]+?)['’]s?)\s+"
        rf"(?:(?:{adjectives})\s+|\d+-year-old\s+)*$",
        re.IGNORECASE,
    )


_OF = re.compile(r"\s+(?:of|to)\s+(?:the\s+)?", re.IGNORECASE)
_APPOSED = re.compile(
    r"(?:\s*,\s*|\s+\(\s*|\s*,?\s+(?:is|was|who\s+is|who\s+was|himself|herself)\s+)"
    r"(?:(?:the|a|an|also|reportedly|allegedly)\s+)*"
    r"(?:(?!(?:by|to|with|from|for|and)\b|\w+ing\b)[a-z-]+\s+){0,2}$"
)


def find_kin(near: Neighbours) -> Iterator[Kin]:
    """Every pair of kin that the text names, and kin without a name where the book has them."""
    for found in _pattern().finditer(near.text):
        start, end = found.span()
        person, first, last = _whose(near, start, end)
        if person is None:
            continue
        relative = _who(near, (start, end), first, last, person)
        if relative and relative[0] != person:
            entity, span, way = relative
            whole = (min(first, span[0]), max(last, span[1]))
            yield Kin(entity, person, (start, end), whole, way)


def _whose(near: Neighbours, start: int, end: int) -> tuple[str | None, int, int]:
    """Whose kin the word tells of, and the stretch that holds both."""
    offset = max(0, start - 60)
    before = _possessor().search(near.text[offset:start])
    if before:
        group = "pronoun" if before["pronoun"] else "name"
        character = offset + before.end(group) - 1
        owner = near.at(character)
        if owner is not None and owner.type == "Person":
            return owner.id, offset + before.start(group), end
    of = _OF.match(near.text, end)
    person = near.after(of.end()) if of else None
    if person:
        return person.entity, start, person.end
    return None, start, end


def _who(
    near: Neighbours, word: Span, first: int, last: int, person: str
) -> tuple[str, Span, str] | None:
    """The kin: named right behind, named in front, or one the book has for the word itself."""
    behind = near.after(last)
    if behind and behind.entity != person and _is_close(near.text[last : behind.start]):
        return str(behind.entity), behind.span, "behind"
    front = None if _NAME_AHEAD.match(near.text, last) else near.before(first)
    if front and front.entity != person and _APPOSED.fullmatch(near.text[front.end : first]):
        return str(front.entity), front.span, "in front"
    known = near.at(word[0])
    if known is not None and known.type == "Person" and known.id != person:
        return known.id, word, "in the word"
    return None


_NAME_AHEAD = re.compile(r"\s+[A-Z]")


def _is_close(between: str) -> bool:
    return bool(re.fullmatch(r"\s*,?\s*(?:(?:Mr|Mrs|Ms|Dr)\.?\s*)?", between)) or (
        "and" not in between.split() and len(between) < 40 and between.count(",") < 2
    )
