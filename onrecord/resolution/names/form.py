"""A name made ready for comparison: its words, what each of them is, and how much it weighs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
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
"""Forms kept in memory, about 600 bytes each: the names of a large case."""
_BESIDE = ("title", "particle")
MOST_WORDS = 12
"""Words of a name that are compared; further ones count in its letters alone."""


def kind_of(schema: str) -> Kind:
    """The kind of comparison for an entity type or a FollowTheMoney schema, in any case.

    Persons, places, and things such as vessels have their own; all else is a body of people.
    """
    return _KINDS.get(schema.strip().lower(), "organization")


MOST_LETTERS = 256
"""Letters of a name that are compared as one run: what it costs grows with their square."""


class Form(NamedTuple):
    """A name as it is compared.

    `core` are the words that tell who or what it is; `legal` the families of its legal form;
    `letters` those of the core run together, `bag` its words sorted; `surname` the place in the
    core of the last word, or of the one before a comma; `initials` the first letters of a body's
    words; `titles` a person's titles, which are beside the core.
    """

    name: str
    kind: Kind
    core: tuple[Word, ...]
    legal: tuple[str, ...]
    numbers: tuple[str, ...]
    unit: bool
    letters: str
    bag: str
    surname: int
    initials: str
    titles: tuple[str, ...]


_known: dict[tuple[str, Kind], Form] = {}


def forget() -> None:
    """Drop the forms kept in memory: for measuring what a name costs at first sight."""
    _known.clear()


def form(name: str, kind: Kind) -> Form:
    """The form of one name; any text gives one."""
    return forms((name,), kind)[name]


def forms(names: Sequence[str], kind: Kind) -> dict[str, Form]:
    """The forms of names of one kind, by name."""
    found: dict[str, Form] = {}
    unknown: dict[str, None] = {}
    for name in names:
        if name in found:
            continue
        ready = _known.get((name, kind))
        if ready is None:
            unknown[name] = None
        else:
            found[name] = ready
    if unknown:
        if len(_known) > KEPT:
            _known.clear()
        for ready in _make(list(unknown), kind):
            found[ready.name] = _known[ready.name, kind] = ready
    return found


def _make(names: list[str], kind: Kind) -> list[Form]:
    legal: list[tuple[str, ...]] = [()] * len(names)
    split = fold.words(names, of_people=kind == "person")
    if kind == "person":
        split = [_compounds(words) for words in split]
    else:
        pairs = [_without_legal_form(words) for words in split]
        legal = [families for _, families in pairs]
        split = [_numbered(words, kind) for words, _ in pairs]
    known = learn((word for words in split for word in words), kind)
    return [
        _form(name, kind, [known[word] for word in words], families)
        for name, words, families in zip(names, split, legal, strict=True)
    ]


def _form(name: str, kind: Kind, words: list[Word], legal: tuple[str, ...]) -> Form:
    roles = [word[3] for word in words]
    beside = "title" in roles or "particle" in roles
    if kind == "person" and beside:
        words = _untitled(words)
    core = [word for word in words if word[3] not in _BESIDE] if beside else words
    core = core or [as_name(word) for word in words]
    texts = [word[0] for word in core]
    last = len(core) - 1
    return Form(
        name,
        kind,
        tuple(core),
        legal,
        tuple(sorted([w[0] for w in core if w[3] == "number"])) if "number" in roles else (),
        kind == "organization" and not listed("unit_kinds").isdisjoint(texts),
        "".join(texts)[:MOST_LETTERS],
        " ".join(sorted(texts)),
        0 if last > 0 and "," in name and _comma_first(name, core) else last,
        "" if kind == "person" else _initials(core),
        tuple([w[0] for w in words if w[3] == "title"]) if "title" in roles else (),
    )


def _comma_first(name: str, core: list[Word]) -> bool:
    before = fold.words([name.partition(",")[0]])[0]
    return bool(before) and before[-1] in (core[0].text, core[0].text.removeprefix("abdu"))


def _initials(core: list[Word]) -> str:
    whole = [word.text[0] for word in core if word.role != "number"]
    return "".join(whole) if len(whole) >= 3 else ""


def _untitled(words: list[Word]) -> list[Word]:
    """Take back titles and particles that must be the name, for want of two other words."""
    if len(words) == 2 and words[0].text in listed("particles_that_are_names"):
        return [as_name(words[0]), words[1]]
    if sum(word[3] == "name" for word in words) >= 2:
        return words
    doubtful = listed("titles_that_are_names")
    return [
        as_name(word) if word.role == "title" and word.text in doubtful else word for word in words
    ]


def _compounds(words: list[str]) -> list[str]:
    """Write compounds as one word: "abd al karim", "abdul karim", "saif ud din"."""
    before, after = listed("joined_before"), listed("joined_after")
    if before.isdisjoint(words) and after.isdisjoint(words):
        return words
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
    by_first, known = _legal_forms()
    if by_first.isdisjoint(words):
        return words, ()
    families: list[str] = []
    kept: list[str] = []
    index = 0
    while index < len(words):
        size = _legal_form_at(words, index, by_first, known)
        if size:
            families.append(known[" ".join(words[index : index + size])])
            index += size
        else:
            kept.append(words[index])
            index += 1
    return (kept, tuple(sorted(set(families)))) if kept else (words, ())


def _legal_form_at(
    words: list[str], index: int, by_first: frozenset[str], known: dict[str, str]
) -> int:
    if words[index] not in by_first:
        return 0
    for size in range(min(6, len(words) - index), 0, -1):
        if " ".join(words[index : index + size]) in known:
            return size
    return 0


@cache
def _legal_forms() -> tuple[frozenset[str], dict[str, str]]:
    known = {
        spelled: family
        for family, spellings in load("names_words")["legal_forms"].items()
        for spelled in spellings
    }
    return frozenset(spelled.split()[0] for spelled in known), known


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
