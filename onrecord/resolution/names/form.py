"""Names made ready for comparison: their words, what each of them is, and how much it weighs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, islice
from typing import NamedTuple

import numpy as np

from onrecord.resolution.names import fold
from onrecord.resolution.names.lexicon import Lexicon, Word, Words, known
from onrecord.resolution.names.roles import Flags, Kind, Rows, listed, traits
from onrecord.vocabulary import load

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
_DIGITS = re.compile(r"(\d{1,9})(?:st|nd|rd|th|o|a|e|er|eme)?")
KEPT = 1_000_000
"""Forms kept in memory, about 500 bytes each: the names of a large case."""


def kind_of(schema: str) -> Kind:
    """The kind of comparison for an entity type or a FollowTheMoney schema, in any case.

    Persons, places, and things such as vessels have their own; all else is a body of people.
    """
    return _KINDS.get(schema.strip().lower(), "organization")


class Form(NamedTuple):
    """One name as it is compared.

    `core` are the words that tell who or what it is; `numbers` those of them that are numbers,
    sorted; `surname` the place in the core of the last word, or of the one before a comma; `titles`
    a person's titles, which are beside the core.
    """

    name: str
    kind: Kind
    core: tuple[Word, ...]
    numbers: tuple[str, ...]
    surname: int
    titles: tuple[str, ...]


@lru_cache(maxsize=KEPT)
def form(name: str, kind: Kind) -> Form:
    """The form of one name; any text gives one. For many names `read` is far faster."""
    ready = read({kind: [name]})
    words, of = ready.words, traits()
    words.hear(ready.core)
    core = tuple(map(words.word, ready.core.tolist()))
    titles = [row for row in ready.told.tolist() if of.role[words.trait[row]] == "title"]
    return Form(
        name,
        kind,
        core,
        numbers_of(core),
        0 if ready.comma_first else len(core) - 1,
        tuple(words.text[titles].tolist()),
    )


def numbers_of(core: Sequence[Word]) -> tuple[str, ...]:
    """The numbers among the words of a name, sorted."""
    return tuple(sorted(word.text for word in core if word.role == "number"))


@dataclass(frozen=True, slots=True)
class Ready:
    """Many names made ready, those of each kind after those of the one before.

    `told` are the words of all names, one name's after the other's, by their rows in `words`;
    `core` those that tell who or what it is, of which `counts` says how many each name has. By the
    places of the names that have them: `legal`, the families of a legal form; `comma_first`, names
    whose first word stands before a comma.
    """

    words: Words
    rows: Mapping[Kind, Mapping[str, int]]
    told: Rows
    core: Rows
    counts: Rows
    legal: dict[int, tuple[str, ...]]
    comma_first: list[int]


def read(names: Mapping[Kind, Sequence[str]]) -> Ready:
    """Names of each kind made ready, in their order.

    What few names have is looked for in each name by one operation on sets, and only names that
    have it go through the function for it.
    """
    legal: dict[int, tuple[str, ...]] = {}
    commas, others = _folded(names)
    said: dict[Kind, list[list[str]]] = {}
    size = 0
    for kind, some in names.items():
        if kind == "person":
            said[kind] = _people(some)
        else:
            said[kind] = _bodies(list(islice(others, len(some))), kind, legal, size)
        size += len(some)
    lexicon = known()
    told = lexicon.learn({kind: list(chain.from_iterable(of)) for kind, of in said.items()})
    counts = np.fromiter(map(len, chain.from_iterable(said.values())), np.int64, size)
    people = np.repeat([kind == "person" for kind in names], [len(some) for some in names.values()])
    told, core, counts = _cores(lexicon.words, told, counts, people)
    comma_first = _comma_first(commas, core, counts, lexicon)
    return Ready(lexicon.words, lexicon.rows, told, core, counts, legal, comma_first)


def _folded(
    names: Mapping[Kind, Sequence[str]],
) -> tuple[dict[int, list[str]], Iterator[list[str]]]:
    """The words before a comma by the place of the name, and those of each name of no person."""
    every = enumerate(chain.from_iterable(names.values()))
    before = {row: name.partition(",")[0] for row, name in every if "," in name}
    others = [some for kind, some in names.items() if kind != "person"]
    told = iter(fold.words([*before.values(), *chain.from_iterable(others)]))
    return dict(zip(before, islice(told, len(before)), strict=True)), told


def _people(names: Sequence[str]) -> list[list[str]]:
    joined = _joined()
    return [
        words if joined.isdisjoint(words) else _compounds(words)
        for words in fold.words(names, of_people=True)
    ]


def _bodies(
    told: list[list[str]], kind: Kind, legal: dict[int, tuple[str, ...]], start: int
) -> list[list[str]]:
    """The words of bodies, places or things, without their legal forms, which go to `legal`."""
    forms = _legal_forms()
    firsts = forms.sizes.keys()
    for row in [row for row, words in enumerate(told) if not firsts.isdisjoint(words)]:
        *before, last = words = told[row]
        if before and last in forms.alone and firsts.isdisjoint(before):
            told[row], legal[start + row] = before, forms.alone[last]
        else:
            told[row], legal[start + row] = _without_legal_form(words)
    figures = _figures(told)
    return [words if figures.isdisjoint(words) else _numbered(words, kind) for words in told]


def _cores(words: Words, told: Rows, counts: Rows, people: Flags) -> tuple[Rows, Rows, Rows]:
    """The words of names, the ones that tell who it is, and how many each name has of them.

    Titles and particles are taken for the name itself where there is too little else.
    """
    of, trait, size = traits(), words.trait[told], len(counts)
    beside = of.beside[trait]
    if not beside.any():
        return told, told, counts
    owner = np.repeat(np.arange(size), counts)
    concerned = np.bincount(owner[beside], minlength=size) > 0
    as_name = _taken_for_names(trait, owner, counts, concerned & people)
    told = np.where(as_name, words.as_name[told], told)
    kept = as_name | ~beside
    nameless = concerned & (np.bincount(owner[kept], minlength=size) == 0)
    core = np.where(nameless[owner], words.as_name[told], told)
    kept |= nameless[owner]
    return told, core[kept], np.bincount(owner[kept], minlength=size)


def _taken_for_names(trait: Rows, owner: Rows, counts: Rows, names: Flags) -> Flags:
    """Titles and particles of the given `names` that are the name, for want of two other words."""
    of, taken = traits(), np.zeros(len(trait), bool)
    first = np.cumsum(counts) - counts
    of_two = np.flatnonzero(names & (counts == 2))
    of_two = of_two[of.particle_or_name[trait[first[of_two]]]]
    taken[first[of_two]] = True
    wanting = names & (np.bincount(owner, of.name[trait], len(counts)) < 2)
    wanting[of_two] = False
    return taken | (of.title_or_name[trait] & wanting[owner])


def _comma_first(
    commas: Mapping[int, list[str]], core: Rows, counts: Rows, lexicon: Lexicon
) -> list[int]:
    """Names whose first word stands before a comma, of those with a comma and words before it."""
    rows = [row for row, said in commas.items() if said and counts[row] > 1]
    first = lexicon.words.text[core[(np.cumsum(counts) - counts)[rows]]].tolist()
    return [
        row
        for row, text in zip(rows, first, strict=True)
        if commas[row][-1] in (text, text.removeprefix("abdu"))
    ]


@cache
def _joined() -> frozenset[str]:
    return listed("joined_before") | listed("joined_after")


def _compounds(words: list[str]) -> list[str]:
    """Write compounds as one word: "abd al karim", "abdul karim", "saif ud din"."""
    before, after = listed("joined_before"), listed("joined_after")
    article = listed("joined_article")
    joined: list[str] = []
    index, last = 0, len(words) - 1
    while index <= last:
        word = words[index]
        if word in before and index < last:
            index += 2 if index + 2 <= last and words[index + 1] in article else 1
            joined.append(("abdu" if word.startswith("abd") else word) + words[index])
        elif word in after and joined:
            if joined[-1] in article and len(joined) > 1:
                joined.pop()
            joined[-1] += "u" + word.removeprefix("u")
        else:
            joined.append(word)
        index += 1
    return joined


def _without_legal_form(words: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """A name's words without its legal form, and the families of that form."""
    forms = _legal_forms()
    families: list[str] = []
    kept: list[str] = []
    done = 0
    for index in [index for index, word in enumerate(words) if word in forms.sizes]:
        word = words[index]
        for size in forms.sizes[word] if index >= done else ():
            family = forms.family.get(word if size == 1 else " ".join(words[index : index + size]))
            if family:
                families.append(family)
                kept += words[done:index]
                done = index + size
                break
    kept += words[done:]
    if not families:
        return words, ()
    return (kept, tuple(sorted(set(families)))) if kept else (words, ())


class _LegalForms(NamedTuple):
    """How many words the legal forms have that begin with a word, the family of each form, and
    that of each word that is one alone.
    """

    sizes: dict[str, tuple[int, ...]]
    family: dict[str, str]
    alone: dict[str, tuple[str]]


@cache
def _legal_forms() -> _LegalForms:
    family = {
        spelled: family
        for family, spellings in load("names_words")["legal_forms"].items()
        for spelled in spellings
    }
    sizes: dict[str, set[int]] = {}
    for spelled in family:
        words = spelled.split()
        sizes.setdefault(words[0], set()).add(len(words))
    return _LegalForms(
        {first: tuple(sorted(some, reverse=True)) for first, some in sizes.items()},
        family,
        {first: (family[first],) for first in sizes if first in family},
    )


def _figures(told: Sequence[list[str]]) -> set[str]:
    """Those of the words that may be numbers."""
    known: dict[str, int] = load("names_words")["numbers"]
    return {text for text in set(chain.from_iterable(told)) if text in known or text[0].isdigit()}


def _numbered(words: list[str], kind: Kind) -> list[str]:
    """Numbers in figures, whether they were words, ordinals or Roman numerals."""
    known: dict[str, int] = load("names_words")["numbers"]
    counted: list[str] = []
    tens = False
    for index, word in enumerate(words):
        digits = _DIGITS.fullmatch(word) if word[0].isdigit() else None
        value = int(digits[1]) if digits else known.get(word)
        letter = len(word) == 1 and digits is None
        if value is None or (letter and (index == 0 or kind == "place")):
            counted.append(word)
            tens = False
        elif tens and value < 10:
            counted[-1] = str(int(counted[-1]) + value)
            tens = False
        else:
            counted.append(str(value))
            tens = 20 <= value < 100 and value % 10 == 0
    return counted
