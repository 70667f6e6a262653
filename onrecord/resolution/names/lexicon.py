"""What a word of a name is: a name, a title, a particle, an initial, a number; and its weight."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Literal, NamedTuple

from onrecord.resolution.names import fold
from onrecord.vocabulary import load

Kind = Literal["person", "organization", "place", "thing"]
Role = Literal["name", "title", "particle", "initial", "number", "generic"]

_MASKED = re.compile(r"(?=.*[a-z].*[a-z])(?=.*\d)[a-z0-9]+")
KEPT = 1_000_000
"""Words kept in memory, about 300 bytes each."""


class Word(NamedTuple):
    """One word of a name: its letters, its coarser spellings, its role and its weight."""

    text: str
    sound: str
    skeleton: str
    role: Role
    weight: float


_known: dict[tuple[str, Kind], Word] = {}


def forget() -> None:
    """Drop the words kept in memory: for measuring what a name costs at first sight."""
    _known.clear()


def learn(texts: Iterable[str], kind: Kind) -> dict[str, Word]:
    """The words of names of a kind, by their text."""
    found: dict[str, Word] = {}
    unknown: dict[str, None] = {}
    for text in texts:
        word = _known.get((text, kind))
        if word is None:
            unknown[text] = None
        else:
            found[text] = word
    if not unknown:
        return found
    if len(_known) > KEPT:
        _known.clear()
    for text, word in zip(unknown, _make(list(unknown), kind), strict=True):
        found[text] = _known[text, kind] = word
    return found


def _make(texts: list[str], kind: Kind) -> list[Word]:
    whole = _abbreviated(texts, kind)
    sounds = fold.sounded(whole)
    skeletons = fold.skeletons(sounds)
    roles = [_person_role(text) if kind == "person" else _body_role(text, kind) for text in whole]
    weights = [_weight(text, role, kind) for text, role in zip(whole, roles, strict=True)]
    return [Word(*made) for made in zip(whole, sounds, skeletons, roles, weights, strict=True)]


def _abbreviated(texts: list[str], kind: Kind) -> list[str]:
    if kind == "person":
        return [fold.unmasked(text) if _MASKED.fullmatch(text) else text for text in texts]
    whole: dict[str, str] = load("names_words")["abbreviations"]
    return [whole.get(text, text) for text in texts]


def _person_role(text: str) -> Role:
    if len(text) == 1 and not text.isdigit():
        return "initial"
    if text in listed("titles"):
        return "title"
    if text in listed("particles"):
        return "particle"
    return "number" if text.isdigit() or text in ("ii", "iii", "iv") else "name"


def _body_role(text: str, kind: Kind) -> Role:
    if text.isdigit():
        return "number"
    if text in listed("stop"):
        return "particle"
    return "generic" if text in listed("place_kinds" if kind == "place" else "generic") else "name"


def _weight(text: str, role: Role, kind: Kind) -> float:
    weights: dict[str, float] = load("names")["word_weights"]
    if kind == "person" and role == "name":
        if text in listed("common"):
            return weights["common"]
        if len(text) > 7 and text.endswith(_patronymic_ends()):
            return weights["patronymic"]
    return weights[role]


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
def _patronymic_ends() -> tuple[str, ...]:
    return tuple(load("names_words")["patronymic_ends"])
