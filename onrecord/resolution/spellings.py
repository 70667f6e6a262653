"""Which mentions of an entity are spellings of its name, rather than pronouns or descriptions."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from onrecord.vocabulary import load

MOST = 16
"""Spellings kept of one entity in one document: more tell nothing new."""
_JOINTED = frozenset({"Organization", "Place"})
"""The types whose names have small words inside: "of the", "for"."""


def proper_spellings(entity: dict[str, Any], text: str) -> list[str]:
    """The spellings of an entity's name in its document, its own name first, each once.

    Empty where the entity is only described ("two officials").
    """
    mentioned = dict.fromkeys(text[start:end] for start, end in entity["mentions"])
    jointed = entity["type"] in _JOINTED
    spelled = (_name_in(one, jointed) for one in (entity["name"], *mentioned))
    return list(dict.fromkeys(filter(None, spelled)))[:MOST]


@lru_cache(maxsize=65536)
def _name_in(mention: str, jointed: bool) -> str | None:
    words = _without_edges(" ".join(mention.split()))
    named = is_proper(words, jointed=jointed) or (jointed and _is_of_a_place(words))
    return words if named else None


def _is_of_a_place(words: str) -> bool:
    """Whether a body of state is named by its place or people: "Tharnok provincial government"."""
    told = load("resolution")["of_a_place"]
    *before, head = words.split()
    while before and before[-1] in told["qualifiers"]:
        before.pop()
    return head in told["heads"] and is_proper(" ".join(before), jointed=True)


def writable(text: str) -> str:
    """Text that UTF-8 can hold, of the same length: a lone surrogate becomes a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def is_proper(words: str, *, jointed: bool = False) -> bool:
    """Whether words are a name: capitals (or a script without them), and not a title or pronoun.

    `jointed`: small words may stand between them, as in the name of a body ("Guild of the Lamp").
    """
    parts = words.split()
    if not parts or parts[0].casefold() in _pronouns():
        return False
    if jointed:
        parts = [
            parts[0],
            *(part for part in parts[1:-1] if part not in _joints()),
            *parts[1:][-1:],
        ]
    named = [part for part in parts if part.casefold() not in _particles()]
    bare = [part.casefold().strip(".") for part in named]
    return bool(named) and all(map(_begins_name, named)) and not all(b in _offices() for b in bare)


def _without_edges(words: str) -> str:
    """A name without a leading article and without a trailing possessive."""
    plain = words.strip()
    for article in ("the ", "The "):
        plain = plain.removeprefix(article)
    for possessive in ("'s", "’s"):
        plain = plain.removesuffix(possessive)
    return plain


def _begins_name(word: str) -> bool:
    """A capital, a figure, or a letter of a script that has no capitals."""
    first = word[0]
    return not first.isalpha() or first != first.casefold() or word.upper() == word.lower()


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(load("products")["pronouns"])


@cache
def _particles() -> frozenset[str]:
    return frozenset(load("products")["particles"])


@cache
def _joints() -> frozenset[str]:
    return frozenset(load("resolution")["joints"])


@cache
def _offices() -> frozenset[str]:
    """Words that alone name an office, a rank or a form of address, never a person."""
    roles = load("roles")
    ranks = load("ranks")["words"]
    kin = (word for words in roles["kin"].values() for word in words)
    words = (*roles["roles"], *roles["modifiers"], *load("titles")["titles"], *ranks, *kin)
    short = (form for forms in ranks.values() for form in forms)
    return frozenset(part for word in (*words, *short) for part in word.split())
