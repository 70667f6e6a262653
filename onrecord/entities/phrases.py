"""Noun phrases: where one begins and ends, and what its words say of its country."""

from __future__ import annotations

from onrecord.entities.draft import Draft, Drafts, Range
from onrecord.entities.gazetteer import demonyms, places_named
from onrecord.entities.words import Words

_LEFT = frozenset(
    {
        "det",
        "amod",
        "compound",
        "poss",
        "nummod",
        "nmod",
        "quantmod",
        "advmod",
        "predet",
        "punct",
        "npadvmod",
        "case",
        "neg",
    }
)
_NOT_FIRST = frozenset({"PUNCT", "ADV", "CCONJ", "ADP", "SCONJ", "VERB", "AUX"})
_CUTS = frozenset({",", "and", "or", "(", ")", "“", "”", '"', ";", ":", "—", "–"})
LONGEST = 10
DEFINITE = frozenset(
    {"the", "this", "that", "these", "those", "its", "his", "her", "their", "our", "my"}
)


def phrase_of(words: Words, head: int) -> Range:
    """The noun phrase of a head noun without what follows the noun: "the two local officials"."""
    first = head
    stack = [head]
    while stack:
        above = stack.pop()
        for child in words.children[above]:
            if child < head and head - child <= LONGEST and words.dep[child] in _LEFT:
                first = min(first, child)
                stack.append(child)
    cut = max((i + 1 for i in range(first, head) if _cuts(words, i)), default=first)
    first = max(first, cut)
    while first < head and (
        words.pos[first] in _NOT_FIRST or words.sentence[first] != words.sentence[head]
    ):
        first += 1
    return first, head + 1


def _cuts(words: Words, index: int) -> bool:
    """Whether a phrase cannot run on over this word, or over the break behind it."""
    gap = words.text[words.end[index] : words.start[index + 1]]
    return words.word[index] in _CUTS or "\n" in gap or "\n" in words.word[index]


def is_definite(words: Words, phrase: Range) -> bool:
    """Whether the phrase points at somebody the reader is taken to know."""
    return words.lower[phrase[0]] in DEFINITE or any(
        words.word[i] in ("'s", "’s") for i in range(*phrase)
    )


def country_in(words: Words, drafts: Drafts, phrase: Range) -> str | None:
    """The country that a phrase names: "Pakistani", "Norway's"."""
    for index in range(phrase[0], phrase[1] - 1):
        code = demonyms().get(words.lower[index])
        if code and words.word[index][0].isupper():
            return code
        place = drafts.at.get(index)
        if place is not None and place.known.get("place_kind") == "country":
            return str(place.known["country"])
        known = places_named(words.word[index]) if words.pos[index] == "PROPN" else ()
        if known and known[0].kind == "country" and words.word[index][0].isupper():
            return known[0].country
    return None


def inside(drafts: Drafts, phrase: Range, kind: str) -> list[Draft]:
    """The drafts of a type that stand inside a phrase, in order, each once."""
    found = (drafts.at.get(index) for index in range(*phrase))
    return list(dict.fromkeys(draft for draft in found if draft is not None and draft.kind == kind))
