"""What a word of a name is: a name, a title, a particle, an initial, a number; and its weight."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from string import ascii_lowercase
from typing import Literal, NamedTuple

from onrecord.resolution.names import fold
from onrecord.vocabulary import load

Kind = Literal["person", "organization", "place", "thing"]
Role = Literal["name", "title", "particle", "initial", "number", "generic"]

_MASKED = re.compile(r"(?=.*[a-z].*[a-z])(?=.*\d)[a-z0-9]+")
KEPT = 1_000_000
"""Words of a kind kept in memory, about 300 bytes each."""


class Word(NamedTuple):
    """One word of a name: its letters, its coarser spellings, its role and its weight."""

    text: str
    sound: str
    skeleton: str
    role: Role
    weight: float


_known: dict[Kind, dict[str, Word]] = {}


def forget() -> None:
    """Drop the words kept in memory: for measuring what a name costs at first sight."""
    _known.clear()


def learn(texts: Iterable[str], kind: Kind) -> dict[str, Word]:
    """The words of names of a kind, by their text."""
    known = _known.setdefault(kind, {})
    if len(known) > KEPT:
        known = _known[kind] = {}
    wanted = dict.fromkeys(texts)
    unknown = [text for text in wanted if text not in known]
    if unknown:
        known.update(zip(unknown, _make(unknown, kind), strict=True))
    return {text: known[text] for text in wanted}


def _make(texts: list[str], kind: Kind) -> list[Word]:
    whole = _abbreviated(texts, kind)
    sounds = fold.sounded(whole)
    known = _listed_roles(kind)
    roles, weights = zip(*[known.get(t) or _unlisted(t, kind) for t in whole], strict=True)
    return list(map(Word, whole, sounds, fold.skeletons(sounds), roles, weights))


def _abbreviated(texts: list[str], kind: Kind) -> list[str]:
    if kind == "person":
        return [
            fold.unmasked(text) if not text.isalpha() and _MASKED.fullmatch(text) else text
            for text in texts
        ]
    whole: dict[str, str] = load("names_words")["abbreviations"]
    return [whole.get(text, text) for text in texts]


@cache
def _listed_roles(kind: Kind) -> dict[str, tuple[Role, float]]:
    """The role and the weight of each word that stands in a list, and of single letters."""
    weights: dict[str, float] = load("names")["word_weights"]
    if kind == "person":
        roles: dict[str, Role] = dict.fromkeys(("ii", "iii", "iv"), "number")
        roles |= dict.fromkeys(listed("particles"), "particle")
        roles |= dict.fromkeys(listed("titles"), "title")
        roles |= dict.fromkeys(ascii_lowercase, "initial")
        found: dict[str, tuple[Role, float]]
        found = dict.fromkeys(listed("common"), ("name", weights["common"]))
    else:
        roles = dict.fromkeys(listed("place_kinds" if kind == "place" else "generic"), "generic")
        roles |= dict.fromkeys(listed("stop"), "particle")
        found = {}
    return found | {text: (role, weights[role]) for text, role in roles.items()}


def _unlisted(text: str, kind: Kind) -> tuple[Role, float]:
    role: Role = "number" if text.isdigit() else "name"
    patronymic = kind == "person" and len(text) > 7 and text.endswith(_patronymic_ends())
    weight: float = load("names")["word_weights"]["patronymic" if patronymic else role]
    return role, weight


def as_name(word: Word) -> Word:
    """A word taken for the name itself, whatever it is elsewhere."""
    return word._replace(role="name", weight=load("names")["word_weights"]["name"])


@cache
def listed(name: str) -> frozenset[str]:
    """A list of words from the vocabulary."""
    return frozenset(load("names_words")[name])


@cache
def given_names() -> frozenset[str]:
    """Given names of many languages; two of them that are only somewhat alike are two names."""
    known = load("given_names")
    return frozenset([*known["male"], *known["female"]]) | listed("common")


@cache
def short_forms() -> dict[str, frozenset[int]]:
    """By each form of a given name, the rows of the list of short forms that it stands in."""
    rows: dict[str, set[int]] = {}
    for number, row in enumerate(load("names_words")["short_forms"]):
        for spelled in row:
            rows.setdefault(spelled, set()).add(number)
    return {spelled: frozenset(numbers) for spelled, numbers in rows.items()}


@cache
def _patronymic_ends() -> tuple[str, ...]:
    return tuple(load("names_words")["patronymic_ends"])
