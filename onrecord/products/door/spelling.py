"""How a protected name may be written: the letters to look for, and where its words begin."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from onrecord.products.door.folding import MARKS, folded
from onrecord.products.door.silent import written
from onrecord.vocabulary import load

_WORD = re.compile(rf"[^\W_](?:[^\W_]|{MARKS}|['’ʼ`´](?=[^\W_]))*")
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
    """

    letters: str
    breaks: tuple[int, ...]
    code: str
    written: str

    @property
    def bare(self) -> bool:
        """Whether it is known by silent letters alone."""
        return not self.letters.isascii()

    @property
    def single(self) -> bool:
        """Whether it is one word."""
        return not self.breaks

    @property
    def strong(self) -> bool:
        """Whether it is known wherever it stands."""
        return not self.single and len(self.letters) >= STRONG


def words(spelling: str) -> list[str]:
    """The words of a name, as they are written, without titles and articles before it."""
    found = _WORD.findall(spelling)
    while len(found) > 1 and folded(found[0]) in _before():
        found = found[1:]
    return found


@cache
def _before() -> frozenset[str]:
    return frozenset(load("names_words")["titles"]) | frozenset(load("door")["before_names"])


@cache
def _small() -> frozenset[str]:
    return frozenset(load("names_words")["particles"])


def is_name(spelling: str) -> bool:
    """Whether words name rather than describe: one of them is written as a name is."""
    return any(_as_name(word) for word in words(spelling) if folded(word) not in _before())


def _as_name(word: str) -> bool:
    return word[0].isalpha() and not word[0].islower()


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
    return [w for w in words(name) if len(folded(w)) > 1 and folded(w) not in _small()]


def _full(name: str) -> bool:
    """Whether a name has two words or more, initials aside."""
    return sum(len(folded(word)) > 1 for word in words(name)) > 1


def variants(coded: Coded) -> Iterator[Variant]:
    """The ways in which each spelling may be written, in letters; each only once."""
    seen = set()
    for spelling in coded.spellings:
        for made in _variants_of(spelling, coded):
            known = (made.letters, made.written if made.single else "")
            if len(made.letters) >= _LEAST and known not in seen:
                seen.add(known)
                yield made


_LEAST = 2
"""Letters that a name has to be looked for."""
_Part = tuple[str, str]
"""The letters of a word of a name: folded, and with silent ones."""


def _variants_of(spelling: str, coded: Coded) -> Iterator[Variant]:
    parts = [(folded(word), written(word).text) for word in words(spelling)]
    loud = [part for part in parts if part[0]]
    for order in _orders(loud, coded.type):
        yield _variant(order, 0, coded.code)
    if len(loud) < len(parts) or sum(len(part[0]) for part in loud) < _LEAST:
        for order in _orders([part for part in parts if part[1]], coded.type):
            yield _variant(order, 1, coded.code)


def _variant(order: list[_Part], form: int, code: str) -> Variant:
    parts = [part[form] for part in order]
    return Variant("".join(parts), _breaks(parts), code, "".join(part[1] for part in order))


def _orders(parts: list[_Part], kind: str) -> Iterator[list[_Part]]:
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
    """The codes of people by each part of their names: what names them where they were named."""
    found: dict[str, str] = {}
    for one in coded:
        if one.type != "Person":
            continue
        for spelling in one.spellings:
            for word in words(spelling):
                part = folded(word)
                if len(part) >= FEWEST and part not in _before() and part not in _small():
                    found.setdefault(part, one.code)
    return found
