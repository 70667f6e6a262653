"""Noun phrases: where one begins and ends, and what its words say of its country."""

from __future__ import annotations

import re

from onrecord.entities.draft import Draft, Drafts, Range
from onrecord.entities.gazetteer import demonyms, places_named
from onrecord.entities.lexicon import listed, person_nouns, roles
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
_OF = frozenset({"of", "for", "at", "from", "with", "in", "-"})
_INSIDE = frozenset({"PROPN", "NOUN", "ADJ", "DET", "PART", "NUM"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEARS = frozenset({"in", "since", "until"})
_JOINS = frozenset({"of", "for", "and", "the", "(", ")", "-", "&", "'", "’", "'s", "’s"})
_BEHIND = 12
"""Words behind a noun in which "of the Marrow Workers' Union" ends."""
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
        words.pos[first] in _NOT_FIRST
        or words.sentence[first] != words.sentence[head]
        or _bounds(words, first, head)
    ):
        first += 1
    return first, head + 1


def _cuts(words: Words, index: int) -> bool:
    """Whether a phrase cannot run on over this word, or over the break behind it."""
    gap = words.text[words.end[index] : words.start[index + 1]]
    if words.word[index] == "and" and words.pos[index - 1] == words.pos[index + 1] == "NUM":
        return False
    if _belongs_before(words, index):
        return True
    return words.word[index] in _CUTS or "\n" in gap or "\n" in words.word[index]


def _belongs_before(words: Words, index: int) -> bool:
    """Whether a word is read into the phrase after it: "shot dead two men", "in 2016 troops"."""
    if not index:
        return False
    dead = words.lower[index] == "dead" and words.pos[index - 1] == "VERB"
    return dead or (
        _YEAR.fullmatch(words.word[index]) is not None and words.lower[index - 1] in _BEFORE_YEARS
    )


def _bounds(words: Words, index: int, head: int) -> bool:
    """Whether a word only bounds the number behind it: "least" of "at least four people"."""
    number = words.head[index]
    if words.dep[index] not in ("advmod", "amod", "quantmod", "nmod"):
        return False
    return index < number < head and words.pos[number] == "NUM" and words.pos[index] != "NUM"


def complement(words: Words, end: int) -> int:
    """Where "of the Marrow Workers' Union" ends behind a noun that ends before the token `end`."""
    if end >= len(words) or words.lower[end] not in _OF:
        return end
    index = end + 1
    while index < len(words) and index - end < _BEHIND and _goes_on(words, index):
        index += 1
    return index


def _goes_on(words: Words, index: int) -> bool:
    joins = words.lower[index] in _JOINS or words.pos[index] in _INSIDE
    joins = joins or words.word[index - 1] == "-"  # "the Marrow-based news agency"
    return joins and "\n" not in words.text[words.end[index - 1] : words.start[index]]


def is_role(words: Words, index: int) -> bool:
    """Whether a word is a noun for what somebody is: a post, an occupation, kin."""
    return words.pos[index] in ("NOUN", "PROPN", "ADJ", "INTJ") and (
        words.lower[index] in person_nouns() or (words.lower[index],) in roles()
    )


def introduced_by(words: Words, first: int, end: int) -> int | None:
    """The noun of a description that a comma sets before a name.

    Another comma closes the name, or the description opens the sentence.
    "The governor of Drovany, NAME, said"; "counsel for the state, NAME, objected".
    """
    if first < 2 or words.word[first - 1] != ",":
        return None
    noun = _noun_before(words, _before_brackets(words, first))
    if noun is None or _closed(words, end):
        return noun
    opens = phrase_of(words, noun)[0]
    starts = opens == 0 or words.sentence[opens - 1] != words.sentence[opens]
    return noun if starts and noun < first - 2 else None


def _before_brackets(words: Words, first: int) -> int:
    """Where a description before a comma ends if not in a short name: "Head of Orla (HO), X"."""
    short = words.word[first - 3] if first > 5 else ""
    bracketed = words.word[first - 2] == ")" and words.word[first - 4] == "("
    return first - 3 if short.isupper() and short.isalpha() and bracketed else first


def _noun_before(words: Words, first: int) -> int | None:
    index = first - 2
    while index > max(0, first - LONGEST - 2) and words.sentence[index] == words.sentence[first]:
        one = words.tag[index - 1] in ("NN", "NNP") and words.word[index] != "-"
        if words.lower[index] in _OF and one and is_role(words, index - 1):
            other = words.lemma[index - 1] in (
                listed("roles", "of_another") | listed("groups", "collective")
            )
            return first - 2 if other and is_role(words, first - 2) else index - 1
        if not (_is_inside(words, index) or words.lower[index] in _OF):
            break
        index -= 1
    single = words.lower[first - 2] not in listed("groups", "collective")
    return first - 2 if single and is_role(words, first - 2) else None


def _is_inside(words: Words, index: int) -> bool:
    """Whether a phrase may run on over a word: also over "and" in "Work and Trade"."""
    pair = words.lower[index] == "and" and words.pos[index - 1] == words.pos[index + 1] == "PROPN"
    return pair or words.pos[index] in _INSIDE


def _closed(words: Words, end: int) -> bool:
    return end >= len(words) or words.word[end] in (",", ".", ";", "(", "who", "—", "–")


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
