"""What a word of a name is: a name, a title, a particle, an initial, a number; and its weight."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress, count, filterfalse, repeat
from string import ascii_lowercase
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.resolution.names import fold
from onrecord.vocabulary import load

Kind = Literal["person", "organization", "place", "thing"]
Role = Literal["name", "title", "particle", "initial", "number", "generic"]

Rows = NDArray[np.int64]
Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]
KINDS: tuple[Kind, ...] = ("person", "organization", "place", "thing")
_LONGEST_END = 7
"""Letters that a patronymic has more than: its ending alone is none."""
_MASKED = re.compile(r"(?=.*[a-z].*[a-z])(?=.*\d)[a-z0-9]+")


class Trait(NamedTuple):
    """What the lists say of a word, shared by all words of which they say the same.

    `beside` are titles and particles, which do not tell who or what it is; `title_or_name` and
    `particle_or_name` those that are the name where nothing else is. `given` and `short` stand in
    the list of given names, of short forms; `unit` is a kind of military unit.
    """

    role: Role
    weight: float
    beside: bool = False
    title_or_name: bool = False
    particle_or_name: bool = False
    given: bool = False
    short: bool = False
    unit: bool = False

    def as_name(self) -> Trait:
        """The trait of the word where it is taken for the name itself."""
        weight: float = load("names")["word_weights"]["name"]
        return Trait("name", weight, given=self.given, short=self.short, unit=self.unit)


@dataclass(frozen=True, slots=True)
class Traits:
    """All traits as columns, by their number; 0 is that of no word. `as_name` are numbers.

    `has_twin` are those of words that may be taken for a name and then have another trait.
    """

    role: tuple[Role, ...]
    weight: Numbers
    single: Flags
    number: Flags
    name: Flags
    title: Flags
    beside: Flags
    title_or_name: Flags
    particle_or_name: Flags
    given: Flags
    short: Flags
    unit: Flags
    as_name: Rows
    has_twin: Flags


def traits_of(texts: Sequence[str], kind: Kind, length: Rows) -> Rows:
    """The number of the trait of each word, of so many letters, of names of a kind."""
    known = _numbered_traits()
    found, (name, number, patronymic) = known.listed[kind], known.unlisted
    told = np.fromiter(map(found.get, texts, repeat(name)), np.int64, len(texts))
    for at in compress(count(), map(str.isdigit, texts)):
        if texts[at] not in found:
            told[at] = number
    if kind == "person":
        ends = _patronymic_ends()
        long = ((length > _LONGEST_END) & (told == name)).nonzero()[0].tolist()
        told[[at for at in long if texts[at].endswith(ends)]] = patronymic
    return told


@cache
def traits() -> Traits:
    """The traits of which `traits_of` gives the numbers."""
    numbers = _numbered_traits().numbers
    role, *columns = zip(*numbers, strict=True)
    of = dict(zip(Trait._fields[1:], map(np.array, columns), strict=True))
    of["weight"] = of["weight"].astype(np.float64)
    as_name = np.array([numbers.get(trait.as_name(), 0) for trait in numbers])
    return Traits(
        role=role,
        single=np.array([said == "initial" for said in role]),
        number=np.array([said == "number" for said in role]),
        name=np.array([said == "name" for said in role]),
        title=np.array([said == "title" for said in role]),
        as_name=as_name,
        has_twin=(of["beside"] | of["particle_or_name"]) & (as_name != np.arange(len(as_name))),
        **of,
    )


class _Numbered(NamedTuple):
    """The number of each trait, of the one of each listed word, and of those of all other words."""

    numbers: dict[Trait, int]
    listed: dict[Kind, dict[str, int]]
    unlisted: tuple[int, int, int]


@cache
def _numbered_traits() -> _Numbered:
    weights: dict[str, float] = load("names")["word_weights"]
    none = Trait("name", 0.0)
    unlisted = (
        Trait("name", weights["name"]),
        Trait("number", weights["number"]),
        Trait("name", weights["patronymic"]),
    )
    found = {kind: _listed_traits(kind) for kind in KINDS}
    all_of = [trait for some in found.values() for trait in some.values()]
    distinct = dict.fromkeys([none, *unlisted, *all_of, *(trait.as_name() for trait in all_of)])
    numbers = {trait: number for number, trait in enumerate(distinct)}
    return _Numbered(
        numbers,
        {kind: {text: numbers[of] for text, of in some.items()} for kind, some in found.items()},
        (numbers[unlisted[0]], numbers[unlisted[1]], numbers[unlisted[2]]),
    )


def _listed_traits(kind: Kind) -> dict[str, Trait]:
    """The traits of all words that stand in a list, whichever."""
    roles, weights = _listed_roles(kind), load("names")["word_weights"]
    texts = {*roles, *given_names(), *short_forms(), *listed("unit_kinds")}
    found: dict[str, Trait] = {}
    for text in sorted(texts | listed("particles_that_are_names")):
        role, weight = roles.get(text) or ("name", weights[_unlisted_weight(text, kind)])
        found[text] = Trait(
            role,
            weight,
            beside=role in ("title", "particle"),
            title_or_name=role == "title" and text in listed("titles_that_are_names"),
            particle_or_name=text in listed("particles_that_are_names"),
            given=text in given_names(),
            short=text in short_forms(),
            unit=text in listed("unit_kinds"),
        )
    return found


def _unlisted_weight(text: str, kind: Kind) -> str:
    patronymic = kind == "person" and len(text) > _LONGEST_END and text.endswith(_patronymic_ends())
    return "patronymic" if patronymic else "name"


def abbreviations(texts: Sequence[str], kind: Kind) -> dict[str, str]:
    """The whole words that some words stand for, and words in which digits hide letters."""
    if kind == "person":
        masked = filter(_MASKED.fullmatch, filterfalse(str.isalpha, texts))
        return {text: fold.unmasked(text) for text in masked}
    whole: dict[str, str] = load("names_words")["abbreviations"]
    return {text: whole[text] for text in texts if text in whole}


@cache
def _listed_roles(kind: Kind) -> dict[str, tuple[Role, float]]:
    """The role and the weight of each word that stands in a list, and of single letters."""
    weights: dict[str, float] = load("names")["word_weights"]
    if kind == "person":
        roles: dict[str, Role] = dict.fromkeys(("ii", "iii", "iv"), "number")
        roles |= dict.fromkeys(listed("particles"), "particle")
        roles |= dict.fromkeys(listed("titles"), "title")
        roles |= dict.fromkeys((*ascii_lowercase, *listed("initials")), "initial")
        found: dict[str, tuple[Role, float]]
        found = dict.fromkeys(listed("common"), ("name", weights["common"]))
    else:
        roles = dict.fromkeys(listed("place_kinds" if kind == "place" else "generic"), "generic")
        roles |= dict.fromkeys(listed("stop"), "particle")
        found = {}
    return found | {text: (role, weights[role]) for text, role in roles.items()}


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
