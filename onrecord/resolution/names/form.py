"""A name made ready for comparison: its words, what each of them is, and how much it weighs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from onrecord.resolution.names import fold
from onrecord.vocabulary import load

Kind = Literal["person", "organization", "place", "thing"]
Role = Literal["name", "title", "particle", "initial", "number", "generic", "legal"]

_KINDS: dict[str, Kind] = {
    "person": "person",
    "place": "place",
    "address": "place",
    "location": "place",
    "vessel": "thing",
    "airplane": "thing",
    "vehicle": "thing",
    "asset": "thing",
}
_DIGITS = re.compile(r"^(\d+)(?:st|nd|rd|th|o|a|e|er|eme)?$")
_MASKED = re.compile(r"(?=.*[a-z].*[a-z])(?=.*\d)^[a-z0-9]+$")
CACHED = 262_144
"""Names whose forms are kept in memory: those of a large case, about 1 kB each."""


def kind_of(schema: str) -> Kind:
    """The kind of comparison for an entity type or a FollowTheMoney schema, in any case.

    Persons, places, and things such as vessels have their own; all else is a body of people.
    """
    return _KINDS.get(schema.strip().lower(), "organization")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: its letters, its coarser spellings, its role and its weight."""

    text: str
    sound: str
    skeleton: str
    role: Role
    weight: float
    abjad: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A name as it is compared. `core` are the words that tell who or what it is.

    `surname` is the place of the surname in `core`: the last word, or the first before a comma.
    """

    name: str
    kind: Kind
    core: tuple[Word, ...]
    rest: tuple[Word, ...]
    legal: frozenset[str]
    numbers: frozenset[str]
    unit: bool
    letters: str
    bag: tuple[str, ...]
    weight: float
    surname: int


@lru_cache(maxsize=CACHED)
def form(name: str, kind: Kind) -> Form:
    """The form of a name; any text gives one."""
    words = fold.words(name)
    abjad = fold.is_abjad(name)
    legal: frozenset[str] = frozenset()
    if kind == "person":
        found = [_person_word(word, abjad) for word in _compounds(words)]
        found = _untitled(found)
    else:
        words, legal = _without_legal_form(words)
        found = [_body_word(word, kind, abjad) for word in _numbered(words, kind)]
    core = tuple(word for word in found if word.role in ("name", "initial", "number", "generic"))
    rest = tuple(word for word in found if word.role in ("title", "particle"))
    if not core:
        core, rest = rest, ()
    letters = "".join(word.text for word in core)
    return Form(
        name=name,
        kind=kind,
        core=core,
        rest=rest,
        legal=legal,
        numbers=frozenset(word.text for word in core if word.role == "number"),
        unit=not _units().isdisjoint(word.text for word in core),
        letters=letters,
        bag=tuple(sorted(word.text for word in core)),
        weight=sum(word.weight for word in core),
        surname=_surname(name, core),
    )


def _surname(name: str, core: tuple[Word, ...]) -> int:
    before, comma, _ = name.partition(",")
    if comma and core:
        first = fold.words(before)
        if first and first[-1] == core[0].text:
            return 0
    return len(core) - 1


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    data = load("names_words")
    lists = {
        key: frozenset(value)
        for key, value in data.items()
        if isinstance(value, list) and all(isinstance(item, str) for item in value)
    }
    return lists


@cache
def _units() -> frozenset[str]:
    return _lexicon()["unit_kinds"]


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = load("names")["word_weights"]
    return weights


@lru_cache(maxsize=65_536)
def _person_word(text: str, abjad: bool) -> Word:
    words, weights = _lexicon(), _weights()
    if _MASKED.match(text):
        text = fold.unmasked(text)
    role: Role = "name"
    if text in words["titles"]:
        role = "title"
    elif text in words["particles"]:
        role = "particle"
    elif len(text) == 1:
        role = "initial"
    elif text.isdigit() or text in ("ii", "iii", "iv"):
        role = "number"
    weight = weights["common" if text in words["common"] else role]
    if role == "name" and text.endswith(tuple(words["patronymic_ends"])) and len(text) > 7:
        weight = weights["patronymic"]
    return _word(text, role, weight, abjad)


@lru_cache(maxsize=65_536)
def _body_word(text: str, kind: Kind, abjad: bool) -> Word:
    words, weights = _lexicon(), _weights()
    text = load("names_words")["abbreviations"].get(text, text)
    role: Role = "name"
    if text.isdigit():
        role = "number"
    elif text in words["stop"]:
        role = "particle"
    elif text in words["place_kinds" if kind == "place" else "generic"]:
        role = "generic"
    return _word(text, role, weights[role], abjad)


def _word(text: str, role: Role, weight: float, abjad: bool) -> Word:
    return Word(text, fold.sounded(text), fold.skeleton(text), role, weight, abjad)


def _untitled(words: list[Word]) -> list[Word]:
    """Take back titles that must be the name, for want of two other words."""
    names = sum(word.role == "name" for word in words)
    if names >= 2:
        return words
    doubtful = _lexicon()["titles_that_are_names"]
    return [
        _word(word.text, "name", _weights()["name"], word.abjad)
        if word.role == "title" and word.text in doubtful
        else word
        for word in words
    ]


def _compounds(words: list[str]) -> list[str]:
    """Write compounds as one word: "abd al karim", "abdul karim", "saif ud din"."""
    lists = _lexicon()
    before, after, article = lists["joined_before"], lists["joined_after"], lists["joined_article"]
    if before.isdisjoint(words) and after.isdisjoint(words):
        return words
    joined: list[str] = []
    index = 0
    while index < len(words):
        word, rest = words[index], words[index + 1 :]
        if word in before and rest:
            skip = 1 if len(rest) > 1 and rest[0] in article else 0
            joined.append(_stem(word) + rest[skip])
            index += 2 + skip
            continue
        if word in after and joined:
            if joined[-1] in article and len(joined) > 1:
                joined.pop()
            joined[-1] += "u" + word.removeprefix("u")
            index += 1
            continue
        joined.append(word)
        index += 1
    return joined


def _stem(word: str) -> str:
    return "abdu" if word.startswith("abd") else word


def _without_legal_form(words: list[str]) -> tuple[list[str], frozenset[str]]:
    """Take legal forms off the ends of a name; the families that they belong to."""
    families: set[str] = set()
    forms, longest = _legal_forms()
    index = 0
    kept: list[str] = []
    while index < len(words):
        for size in range(min(longest, len(words) - index), 0, -1):
            family = forms.get(" ".join(words[index : index + size]))
            at_end = index == 0 or index + size == len(words) or size > 1 or kept
            if family and at_end and len(words) > size:
                families.add(family)
                index += size
                break
        else:
            kept.append(words[index])
            index += 1
    return (kept, frozenset(families)) if kept else (words, frozenset())


@cache
def _legal_forms() -> tuple[dict[str, str], int]:
    forms = {
        spelled: family
        for family, spellings in load("names_words")["legal_forms"].items()
        for spelled in spellings
    }
    return forms, max(len(spelled.split()) for spelled in forms)


def _numbered(words: list[str], kind: Kind) -> list[str]:
    """Numbers in figures, whether they were words, ordinals or Roman numerals."""
    known: dict[str, int] = load("names_words")["numbers"]
    counted: list[str] = []
    tens = False
    for index, word in enumerate(words):
        digits = _DIGITS.match(word)
        value = int(digits[1]) if digits else known.get(word)
        roman = len(word) == 1 and not digits
        if value is None or (roman and (index == 0 or kind == "place")):
            counted.append(word)
            tens = False
        elif tens and value < 10:
            counted[-1] = str(int(counted[-1]) + value)
            tens = False
        else:
            counted.append(str(value))
            tens = value >= 20 and value % 10 == 0 and not roman
    return counted
