"""How a protected name may be written: the letters to look for, and where its words begin."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from onrecord.products.door.folding import MARKS, folded, is_small
from onrecord.products.door.silent import is_apart, written
from onrecord.vocabulary import load

_WORD = re.compile(rf"[^\W_](?:[^\W_]|{MARKS}|['’ʼ`´](?=[^\W_]))*")
T = TypeVar("T")
STRONG = 8
"""Letters from which a name of several words is known wherever it stands, also within others."""
FEWEST = 3
"""Letters that a part of a name has at least to be looked for on its own."""


@dataclass(frozen=True, slots=True)
class Coded:
    """Somebody or something whose names are replaced: by `code`, as it stands in the text.

    `spellings` are full names; a name of one word among them is looked for everywhere.
    """

    code: str
    type: str
    spellings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """Letters to look for, where their words begin (as offsets), and whom they name.

    `written` has silent letters too; `letters` has them where without them nothing is left.
    `apart` tells that it is spelled in a script that has such letters and no capitals.
    """

    letters: str
    breaks: tuple[int, ...]
    code: str
    written: str
    apart: bool = False

    @property
    def bare(self) -> bool:
        """Whether it is known by silent letters alone."""
        return not self.letters.isascii()

    @property
    def single(self) -> bool:
        """Whether it is one word."""
        return not self.breaks

    @property
    def by_chance(self) -> bool:
        """Whether so few letters stand within many other words: it is known by its forms alone."""
        return self.single and self.apart and not self.bare and len(self.letters) < _FEW

    @property
    def strong(self) -> bool:
        """Whether it is known wherever it stands."""
        return not self.single and len(self.letters) >= STRONG


def words(spelling: str) -> list[str]:
    """The words of a name, as they are written, without titles and articles before it."""
    found = _WORD.findall(spelling)
    while len(found) > 1 and _is_before(found[0]):
        found = found[1:]
    return found


def readings(spelling: str) -> Iterator[list[str]]:
    """A name's words; where a title before one word may be a name itself, also with it."""
    named = words(spelling)
    yield named
    found = _WORD.findall(spelling)
    if len(named) == 1 and len(found) == 2 and folded(found[0]) in _titles_and_names():
        yield found


def _is_before(word: str) -> bool:
    # The few loud letters of a word in Arabic are those of some title in Latin letters: عمر, "mr".
    return not is_apart(word) and folded(word) in _before()


@cache
def _before() -> frozenset[str]:
    return frozenset(load("names_words")["titles"]) | frozenset(load("door")["before_names"])


@cache
def _titles_and_names() -> frozenset[str]:
    return frozenset(load("names_words")["titles_that_are_names"])


@cache
def _small() -> frozenset[str]:
    return frozenset(load("names_words")["particles"])


def is_name(spelling: str) -> bool:
    """Whether words name rather than describe: one of them is written as a name is."""
    return any(_as_name(word) for word in words(spelling) if not _is_before(word))


def _as_name(word: str) -> bool:
    return word[0].isalpha() and not is_small(word[0])


def spellings_of(kind: str, found: Iterable[str], told: Collection[str] = ()) -> tuple[str, ...]:
    """Of what names somebody in texts, and of what a person told, the spellings to look for.

    A person's family or given name alone, or with initials, stands for others too, so of a person
    who has a fuller name only what was `told` is looked for in such a form.
    """
    names = sorted({name for name in found if is_name(name)} - set(told))
    if kind == "Person" and any(map(_full, (*names, *told))):
        names = [name for name in names if _full(name)]
    return tuple(dict.fromkeys((*told, *names)))


def core(name: str) -> list[str]:
    """The words of a name without titles, particles and initials."""
    return [w for w in words(name) if _letters(w) > 1 and not _is_small(w)]


def _is_small(word: str) -> bool:
    return not is_apart(word) and folded(word) in _small()


def _letters(word: str) -> int:
    """The letters of a word, silent ones too."""
    return len(written(word).text)


def _full(name: str) -> bool:
    """Whether a name has two words or more, initials aside."""
    return sum(_letters(word) > 1 for word in words(name)) > 1


def variants(coded: Coded) -> Iterator[Variant]:
    """The ways in which each spelling may be written, in letters; each only once."""
    seen = set()
    for named in (named for spelling in coded.spellings for named in readings(spelling)):
        for made in _variants_of(named, coded):
            known = (made.letters, made.written if made.single else "")
            if len(made.letters) >= _LEAST and known not in seen:
                seen.add(known)
                yield made


_FEW = 4
_LEAST = 2
"""Letters that a name has to be looked for."""
_Part = tuple[str, str]
"""The letters of a word of a name: folded, and with silent ones."""


def _variants_of(named: list[str], coded: Coded) -> Iterator[Variant]:
    apart = any(map(is_apart, named))
    parts = [(folded(word), written(word).text) for word in named]
    loud = [part for part in parts if part[0]]
    for order in orders(loud, coded.type):
        yield _variant(order, 0, coded.code, apart=apart)
    if len(loud) < len(parts) or sum(len(part[0]) for part in loud) < _LEAST:
        for order in orders([part for part in parts if part[1]], coded.type):
            yield _variant(order, 1, coded.code, apart=apart)


def _variant(order: list[_Part], form: int, code: str, *, apart: bool) -> Variant:
    parts = [part[form] for part in order]
    told = "".join(part[1] for part in order)
    return Variant("".join(parts), _breaks(parts), code, told, apart)


def orders(parts: list[T], kind: str) -> Iterator[list[T]]:
    """A name's words as they stand; of people also family name first, and without middle names."""
    yield parts
    if kind == "Person" and len(parts) > 1:
        yield [parts[-1], *parts[:-1]]
        yield [*parts[1:], parts[0]]
    if kind == "Person" and len(parts) > 2:
        yield [parts[0], parts[-1]]
        yield [parts[-1], parts[0]]


def _breaks(order: list[str]) -> tuple[int, ...]:
    breaks, length = [], 0
    for part in order[:-1]:
        length += len(part)
        breaks.append(length)
    return tuple(breaks)


def alone(coded: Iterable[Coded]) -> Mapping[str, str]:
    """The codes of people by the letters of each part of their names that are spelled in any."""
    found: dict[str, str] = {}
    for one in coded:
        for word in parts_alone(one):
            if len(folded(word)) >= FEWEST:
                found.setdefault(folded(word), one.code)
    return found


def parts_alone(one: Coded) -> Iterator[str]:
    """Each part of a person's names: what names them where they were named."""
    if one.type == "Person":
        for spelling in one.spellings:
            for word in words(spelling):
                if _letters(word) >= FEWEST and not (_is_before(word) or _is_small(word)):
                    yield word
