"""Which nouns are words for people, for bodies of them, and for what they own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.coding.acts_grammar import lemma
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class PersonWords:
    """`vocabulary/act_parties.yaml`, as far as the nouns of acts are looked up in it."""

    bodies: frozenset[str]
    people: frozenset[str]
    endings: tuple[str, ...]
    not_people: frozenset[str]
    measures: frozenset[str]
    fighters: frozenset[str]
    property: frozenset[str]
    naming: frozenset[str]
    belonging: frozenset[str]


def names_people(head: Token) -> bool:
    """Whether a common noun is a word for people or for a body of them."""
    words, word, lower = person_words(), lemma(head), head.lower_
    if lower in words.people:
        return True
    if word in words.not_people or lower in words.not_people:
        return False
    if {word, lower, one_of(head)} & (words.people | words.bodies):
        return True
    return head.pos_ in ("NOUN", "PROPN") and head.ent_type_ == "" and lower.endswith(words.endings)


def one_of(head: Token) -> str:
    """The singular; at the head of a sentence a parse takes "Rebels of X" for a name."""
    return head.lower_.removesuffix("s") if head.tag_ == "NNPS" else lemma(head)


def is_fighter(head: Token) -> bool:
    """Whether a noun is a word for those who fight."""
    return lemma(head) in person_words().fighters or head.lower_ in person_words().fighters


def is_property(head: Token) -> bool:
    """Whether a noun is a word for a building or another thing that can be destroyed."""
    return lemma(head) in person_words().property


@cache
def person_words() -> PersonWords:
    """The words, read once a process."""
    lexicon: dict[str, Any] = load("act_parties")
    people = lexicon["people"]
    return PersonWords(
        frozenset(people["bodies"]),
        frozenset(people["singular"]),
        tuple(people["endings"]),
        frozenset(lexicon["not_people"]),
        frozenset(lexicon["measures"]),
        frozenset(lexicon["fighters"]),
        frozenset(lexicon["property"]),
        frozenset(lexicon["naming"]),
        frozenset(lexicon["belonging"]),
    )
