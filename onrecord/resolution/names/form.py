"""Names made ready for comparison: their words, what each of them is, and how much it weighs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import NamedTuple

import numpy as np

from onrecord.resolution.names import fold
from onrecord.resolution.names.habits import bodies, people
from onrecord.resolution.names.lexicon import Lexicon, Word, Words, known
from onrecord.resolution.names.roles import Flags, Kind, Rows, traits

_KINDS: dict[str, Kind] = {
    "person": "person",
    "place": "place",
    "address": "place",
    "location": "place",
    "vessel": "thing",
    "airplane": "thing",
    "vehicle": "thing",
    "asset": "thing",
    "thing": "thing",
}
KEPT = 1_000_000
"""Forms kept in memory, about 500 bytes each: the names of a large case."""


def kind_of(schema: str) -> Kind:
    """The kind of comparison for an entity type or a FollowTheMoney schema, in any case; a kind's
    own.

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
    """The form of one name; any text gives one. For many names `forms` is far faster."""
    return forms({kind: [name]})[0]


def forms(names: Mapping[Kind, Sequence[str]]) -> list[Form]:
    """The forms of names of each kind, in their order."""
    ready = read(names)
    words, of = ready.words, traits()
    words.hear(ready.core)
    word = {row: words.word(row) for row in set(ready.core.tolist())}
    core, title = ready.core.tolist(), of.title[words.trait[ready.told]]
    owner = np.repeat(np.arange(len(ready.said)), ready.said)[title].tolist()
    titles: dict[int, list[str]] = {}
    for row, text in zip(owner, words.text[ready.told[title]].tolist(), strict=True):
        titles.setdefault(row, []).append(text)
    comma_first = set(ready.comma_first)
    ends = [0, *np.cumsum(ready.counts).tolist()]
    found: list[Form] = []
    named = ((name, kind) for kind, some in names.items() for name in some)
    for row, ((name, kind), (start, end)) in enumerate(zip(named, pairwise(ends), strict=True)):
        told = tuple(word[of_core] for of_core in core[start:end])
        surname = 0 if row in comma_first else len(told) - 1
        titled = tuple(titles.get(row, ()))
        found.append(Form(name, kind, told, numbers_of(told), surname, titled))
    return found


def numbers_of(core: Sequence[Word]) -> tuple[str, ...]:
    """The numbers among the words of a name, sorted."""
    return tuple(sorted(word.text for word in core if word.role == "number"))


@dataclass(frozen=True, slots=True)
class Ready:
    """Many names made ready, those of each kind after those of the one before.

    `told` are the words of all names, one name's after the other's, by their rows in `words`, of
    which `said` says how many each name has; `core` and `counts` are the same of those that tell
    who or what it is. By the places of the names that have them: `legal`, the families of a legal
    form; `comma_first`, names whose first word stands before a comma.
    """

    words: Words
    rows: Mapping[Kind, Mapping[str, int]]
    told: Rows
    said: Rows
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
            said[kind] = people(some)
        else:
            said[kind] = bodies(list(islice(others, len(some))), kind, legal, size)
        size += len(some)
    lexicon = known()
    told = lexicon.learn({kind: list(chain.from_iterable(of)) for kind, of in said.items()})
    counts = np.fromiter(map(len, chain.from_iterable(said.values())), np.int64, size)
    persons = np.repeat(
        [kind == "person" for kind in names], [len(some) for some in names.values()]
    )
    told, core, of_core = _cores(lexicon.words, told, counts, persons)
    comma_first = _comma_first(commas, core, of_core, lexicon)
    return Ready(lexicon.words, lexicon.rows, told, counts, core, of_core, legal, comma_first)


def _folded(
    names: Mapping[Kind, Sequence[str]],
) -> tuple[dict[int, list[str]], Iterator[list[str]]]:
    """The words before a comma by the place of the name, and those of each name of no person."""
    every = enumerate(chain.from_iterable(names.values()))
    before = {row: name.partition(",")[0] for row, name in every if "," in name}
    others = [some for kind, some in names.items() if kind != "person"]
    told = iter(fold.words([*before.values(), *chain.from_iterable(others)]))
    return dict(zip(before, islice(told, len(before)), strict=True)), told


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
