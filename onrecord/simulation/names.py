"""Names of invented languages: rows of sounds, and the spellings that are made of them.

A name is a tuple of sounds. A `Habit` renders every sound in one way: an outlet's house spelling.
Two habits spell one name differently, and two names may be spelled alike.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any

Sounds = tuple[str, ...]


_KEPT = 5_000
"""Spelled names that a habit keeps at hand."""


class Habit:
    """How one writer renders every sound of every language."""

    def __init__(self, sounds: Mapping[str, Sequence[str]], random: Random) -> None:
        self._written = {sound: random.choice(list(forms)) for sound, forms in sounds.items()}
        self._names: dict[Sounds, str] = {}
        self.known: dict[tuple[str, str], str] = {}
        """Names of bodies, of which there are few."""

    def spell(self, name: Sounds) -> str:
        """A name in this spelling, with its capital."""
        text = self._names.get(name)
        if text is None:
            if len(self._names) > _KEPT:
                self._names.clear()
            written = self._written
            text = "".join([written.get(sound, sound) for sound in name]).capitalize()
            self._names[name] = text
        return text


class Stock:
    """Names with frequencies that fall as Zipf's law has it."""

    def __init__(self, names: Sequence[Sounds], steepness: float) -> None:
        self.names = names
        weights = [1 / (rank + 3) ** steepness for rank in range(len(names))]
        self._bounds = list(accumulate(weights))

    def pick(self, random: Random) -> Sounds:
        """A name, the frequent ones more often."""
        place = bisect(self._bounds, random.random() * self._bounds[-1])
        return self.names[min(place, len(self.names) - 1)]


@dataclass(frozen=True, slots=True)
class Language:
    """One naming culture: its stocks of names and how a full name is put together."""

    name: str
    given: Mapping[str, Stock]
    family: Stock
    middle: float
    particle: str
    family_first: bool
    honorifics: Mapping[str, Sequence[str]]
    rules: Mapping[str, Any]

    def place_name(self, random: Random) -> Sounds:
        """The name of a village or town."""
        return _word(self.rules, random, random.choice((1, 2, 2)), self.rules["places"])


def language_of(name: str, rules: Mapping[str, Any], random: Random, people: int) -> Language:
    """A language with stocks of names that grow with the number of people who bear them."""
    families = max(400, int(45 * people**0.5))
    given = max(90, int(30 * people**0.25))
    return Language(
        name=name,
        given={
            sex: Stock(_words(rules, random, given, _GIVEN_ENDINGS[sex]), 0.85)
            for sex in ("male", "female")
        },
        family=Stock(_words(rules, random, families, rules["endings"]), 0.95),
        middle=rules["middle"],
        particle=next(iter(rules["particle"]), ""),
        family_first=rules["order"] == "family_first",
        honorifics=rules["honorifics"],
        rules=rules,
    )


_GIVEN_ENDINGS = {"male": ("", "", "", "a"), "female": ("a", "EH", "YAH", "i")}


def _words(
    rules: Mapping[str, Any], random: Random, number: int, endings: Sequence[str]
) -> list[Sounds]:
    found: dict[str, Sounds] = {}
    length = 1
    tries = 0
    while len(found) < number:
        tries += 1
        if tries > 4 * number:
            length, tries = length + 1, 0
        word = _word(rules, random, random.choice((length, length, length + 1)), endings)
        if 3 <= len("".join(word)) <= 11:
            found.setdefault("".join(word).casefold(), word)
    return list(found.values())


def _word(
    rules: Mapping[str, Any], random: Random, syllables: int, endings: Sequence[str]
) -> Sounds:
    sounds = [random.choice(rules["onsets"]), random.choice(rules["nuclei"])]
    for _ in range(syllables):
        sounds += [random.choice(rules["inside"]), random.choice(rules["nuclei"])]
    ending = random.choice(list(endings))
    if ending:
        sounds[-1:] = _split(ending) if ending[0].lower() in "aeiou" else [sounds[-1], ending]
    else:
        sounds.append(random.choice(rules["codas"]))
    return tuple(_split("".join(sounds)))


def _split(text: str) -> list[str]:
    """Capitals are sounds of two or more letters, small letters stand for themselves."""
    sounds: list[str] = []
    position = 0
    while position < len(text):
        end = position + 1
        while text[position].isupper() and end < len(text) and text[end].isupper():
            end += 1
        for cut in range(end, position, -1):
            if cut == position + 1 or text[position:cut] in _LONG:
                sounds.append(text[position:cut])
                position = cut
                break
    return sounds


_LONG = frozenset(
    [
        "AA",
        "EE",
        "OO",
        "AY",
        "OW",
        "KH",
        "GH",
        "DH",
        "TH",
        "SH",
        "CH",
        "ZH",
        "LL",
        "MM",
        "NN",
        "SS",
        "RR",
        "YAH",
        "EH",
    ]
)
