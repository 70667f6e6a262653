"""Words that two passages share: a reason to read them together, never proof that they belong."""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.products.index import Said
from onrecord.products.people import People, fold
from onrecord.vocabulary import load


def shared_words(one: str, other: str, without: frozenset[str]) -> list[str]:
    """The telling words of both, in order; nothing where they are too few to mean anything."""
    shared = sorted(_words(one, without) & _words(other, without))
    return shared if len(shared) >= load("products")["overlap"]["words"] else []


def words_of(said: Said) -> str:
    """All that is said, as one text."""
    return " ".join(said.record.text[slice(*span)] for span in said.content)


def name_words(people: People, entities: Iterable[str]) -> frozenset[str]:
    """The words of some names: that both passages name somebody tells nothing here."""
    return frozenset(n for e in entities for n in fold(people.index.entity(e).name).split())


def _words(text: str, without: frozenset[str]) -> set[str]:
    least = load("products")["overlap"]["letters"]
    words = re.findall(r"\w+", fold(text))
    return {w for w in words if len(w) >= least and w not in without}
