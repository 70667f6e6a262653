"""The vocabulary of names, bodies, people and roles, in the shape that the rules look things up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from onrecord.vocabulary import load


def split(term: str) -> tuple[str, ...]:
    """A term's words as the parser cuts them: at spaces and around hyphens."""
    return tuple(re.sub(r"(?<=[a-z])-(?=[a-z])", " - ", term).split())


@dataclass(frozen=True, slots=True)
class Sense:
    """What a noun stands for: a body or people, of which class, and its actor type."""

    body: bool
    kind: str
    actor: str


@cache
def titles() -> dict[str, str | None]:
    """Forms of address, without full stops, with the sex they give."""
    found: dict[str, str | None] = load("titles")["titles"]
    return found


@cache
def listed(vocabulary: str, *path: str) -> frozenset[str]:
    """A list of a vocabulary as a set."""
    entry = load(vocabulary)
    for step in path:
        entry = entry[step]
    return frozenset(entry)


@cache
def roles() -> frozenset[tuple[str, ...]]:
    """Nouns for posts, as tuples of words."""
    return frozenset(split(role) for role in load("roles")["roles"])


@cache
def rank_words() -> frozenset[str]:
    """The words that ranks are made of, in all their forms: "air", "vice", "marshal"."""
    words: dict[str, list[str]] = load("ranks")["words"]
    return frozenset(words) | {short for forms in words.values() for short in forms}


@cache
def person_nouns() -> frozenset[str]:
    """Every noun that can stand for one person."""
    groups, people = load("groups"), load("roles")
    words = {word for entry in groups["people"].values() for word in entry["words"]}
    words |= {word for entry in load("occupations").values() for word in entry}
    words |= {word for rule in load("occupations_by_body").values() for word in rule["roles"]}
    words |= {role for role in people["roles"] if " " not in role}
    words |= {word for kin in people["kin"].values() for word in kin}
    words |= {word for kin in people["people"].values() for word in kin}
    return frozenset(word for word in words if " " not in word)


@cache
def senses() -> dict[tuple[str, ...], Sense]:
    """Nouns for bodies and people, as tuples of words; the first class that has one wins."""
    found: dict[tuple[str, ...], Sense] = {}
    for section, body in (("bodies", True), ("people", False)):
        for kind, entry in load("groups")[section].items():
            for words in entry["words"]:
                found.setdefault(split(words), Sense(body, kind, entry["actor"]))
    return found


@cache
def last_words(body: bool) -> dict[str, int]:
    """The last word of each noun for bodies (or people), with the most words that precede it."""
    found: dict[str, int] = {}
    for words, sense in senses().items():
        if sense.body == body:
            found[words[-1]] = max(found.get(words[-1], 0), len(words) - 1)
    return found


@cache
def body_heads() -> frozenset[str]:
    """Single words that end the name of an organization and not that of a place."""
    nouns = {words[-1] for words, sense in senses().items() if sense.body}
    return frozenset(nouns - listed("places", "generic")) | listed("titles", "organization_words")


@cache
def occupations() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Occupations by the words that give them."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for occupation, terms in load("occupations").items():
        for term in terms:
            key = split(term)
            found[key] = tuple(dict.fromkeys([*found.get(key, ()), occupation]))
    return found


@cache
def sex_of_noun() -> dict[str, str]:
    """The sex that a noun for a person gives."""
    people = load("roles")
    return {
        word: sex
        for section in ("kin", "people")
        for sex in ("male", "female")
        for word in people[section][sex]
    }


@cache
def sex_of_given_name() -> dict[str, str]:
    """The sex of those whose given name this almost always is."""
    return {name: sex for sex, names in load("given_names").items() for name in names}


@cache
def kin() -> frozenset[str]:
    """Nouns for relatives."""
    return frozenset(word for words in load("roles")["kin"].values() for word in words)
