"""Names made ready for comparison: their words, what each of them is, and how much it weighs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from onrecord.resolution.names import fold
from onrecord.resolution.names.lexicon import Kind, Word, as_name, learn, listed
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
_BESIDE = ("title", "particle")
_AS_NAME = "="
"""Stands before a title or a particle that is taken for the name itself; no word holds it."""


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
    ready = read([name], kind)
    words, core = ready.words, [ready.words[text] for text in ready.cores[0]]
    return Form(
        name,
        kind,
        tuple(core),
        numbers_of(core),
        0 if ready.comma_first else len(core) - 1,
        tuple(words[text].text for text in ready.told[0] if words[text].role == "title"),
    )


def numbers_of(core: Sequence[Word]) -> tuple[str, ...]:
    """The numbers among the words of a name, sorted."""
    return tuple(sorted(word.text for word in core if word.role == "number"))


@dataclass(frozen=True, slots=True)
class Ready:
    """Many names of one kind, each as a list of keys of `words`.

    `told` are all words of a name, `cores` those that tell who or what it is. By the places of the
    names that have them: `legal`, the families of a legal form; `comma_first`, names whose first
    word stands before a comma.
    """

    words: dict[str, Word]
    told: list[list[str]]
    cores: list[list[str]]
    legal: dict[int, tuple[str, ...]]
    comma_first: list[int]


def read(names: Sequence[str], kind: Kind) -> Ready:
    """Names of one kind made ready, in their order.

    What few names have is looked for in each name by one operation on sets, and only names that
    have it go through the function for it.
    """
    legal: dict[int, tuple[str, ...]] = {}
    told = fold.words(names, of_people=kind == "person")
    if kind == "person":
        joined = _joined()
        told = [words if joined.isdisjoint(words) else _compounds(words) for words in told]
    else:
        firsts = _legal_forms()[0].keys()
        for row in [row for row, words in enumerate(told) if not firsts.isdisjoint(words)]:
            told[row], legal[row] = _without_legal_form(told[row])
        figures = _figures(told)
        told = [words if figures.isdisjoint(words) else _numbered(words, kind) for words in told]
    words = learn(chain.from_iterable(told), kind)
    cores = list(told)
    beside = {text for text, word in words.items() if word.role in _BESIDE}
    if beside:
        for row in [row for row, said in enumerate(told) if not beside.isdisjoint(said)]:
            told[row], cores[row] = _core(told[row], words, kind)
    return Ready(words, told, cores, legal, _comma_first(names, cores, words))


def _core(told: list[str], words: dict[str, Word], kind: Kind) -> tuple[list[str], list[str]]:
    """A name's words, those taken for the name itself marked, and the ones that tell who it is."""
    if kind == "person":
        told = _untitled(told, words)
    core = [text for text in told if words[text].role not in _BESIDE]
    return told, core or [_as_name(text, words) for text in told]


def _as_name(text: str, words: dict[str, Word]) -> str:
    marked = _AS_NAME + text
    words[marked] = as_name(words[text])
    return marked


def _comma_first(names: Sequence[str], cores: list[list[str]], words: dict[str, Word]) -> list[int]:
    rows = [row for row, name in enumerate(names) if "," in name and len(cores[row]) > 1]
    before = fold.words([names[row].partition(",")[0] for row in rows])
    first = [words[cores[row][0]].text for row in rows]
    return [
        row
        for row, said, text in zip(rows, before, first, strict=True)
        if said and said[-1] in (text, text.removeprefix("abdu"))
    ]


def _untitled(told: list[str], words: dict[str, Word]) -> list[str]:
    """Take back titles and particles that must be the name, for want of two other words."""
    if len(told) == 2 and words[told[0]].text in listed("particles_that_are_names"):
        return [_as_name(told[0], words), told[1]]
    if [words[text].role for text in told].count("name") >= 2:
        return told
    doubtful = listed("titles_that_are_names")
    return [
        _as_name(text, words)
        if words[text].role == "title" and words[text].text in doubtful
        else text
        for text in told
    ]


@cache
def _joined() -> frozenset[str]:
    return listed("joined_before") | listed("joined_after")


def _compounds(words: list[str]) -> list[str]:
    """Write compounds as one word: "abd al karim", "abdul karim", "saif ud din"."""
    before, after = listed("joined_before"), listed("joined_after")
    article = listed("joined_article")
    joined: list[str] = []
    index = 0
    while index < len(words):
        word, rest = words[index], words[index + 1 :]
        index += 1
        if word in before and rest:
            skip = 1 if len(rest) > 1 and rest[0] in article else 0
            joined.append(("abdu" if word.startswith("abd") else word) + rest[skip])
            index += 1 + skip
        elif word in after and joined:
            if joined[-1] in article and len(joined) > 1:
                joined.pop()
            joined[-1] += "u" + word.removeprefix("u")
        else:
            joined.append(word)
    return joined


def _without_legal_form(words: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """A name's words without its legal form, and the families of that form."""
    sizes, known = _legal_forms()
    families: list[str] = []
    kept: list[str] = []
    done = 0
    for index in [index for index, word in enumerate(words) if word in sizes]:
        for size in sizes[words[index]] if index >= done else ():
            family = known.get(" ".join(words[index : index + size]))
            if family:
                families.append(family)
                kept += words[done:index]
                done = index + size
                break
    kept += words[done:]
    return (kept, tuple(sorted(set(families)))) if kept else (words, ())


@cache
def _legal_forms() -> tuple[dict[str, tuple[int, ...]], dict[str, str]]:
    """How many words the legal forms have that begin with a word, and the family of each form."""
    known = {
        spelled: family
        for family, spellings in load("names_words")["legal_forms"].items()
        for spelled in spellings
    }
    sizes: dict[str, set[int]] = {}
    for spelled in known:
        words = spelled.split()
        sizes.setdefault(words[0], set()).add(len(words))
    return {first: tuple(sorted(some, reverse=True)) for first, some in sizes.items()}, known


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
