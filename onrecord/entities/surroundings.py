"""What the words around a name say it is, beyond its own phrase: ways there, fates, descriptions.

Names that the parser has not met it labels by chance; what is done with them tells more. People
are killed and are somebody's sister; places lie north of others, are travelled to and have a road.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from onrecord.entities.lexicon import kin, listed, person_nouns, roles, senses, titles
from onrecord.entities.names import Name
from onrecord.entities.words import SUBJECTS, Words
from onrecord.vocabulary import load

Sign = tuple[str, str]
"""A kind and the sign that speaks for it, as `vocabulary/kinds.yaml` weighs it."""

_REACH = 6
"""Words that are looked back or ahead over inside a phrase."""
_CLIMB = 8


def place_signs(words: Words, name: Name) -> Iterator[Sign]:
    """What shows a place: a part of it or a way to it, who goes there, its kind behind a comma."""
    index = name.first - 1
    if index > 0 and not _is_owner(words, name):
        if _of_a_part(words, index) or _between(words, index):
            yield "Place", "part of a place"
        elif _gone_to(words, index):
            yield "Place", "motion"
        elif _after_its_town(words, name):
            yield "Place", "after its town"
    if _entered(words, name):
        yield "Place", "motion"
    if _told_a_place(words, name.end):
        yield "Place", "described place"


def body_signs(words: Words, name: Name) -> Iterator[Sign]:
    """What shows a body: a noun for one that it is called, before it or behind a comma."""
    index = name.first - 1
    head = head_of(words, name.first, name.end)
    tied = words.head[index] == head or words.head[head] == index
    if index > 0 and tied and _is_body_noun(words, index):
        yield "Organization", "told a body"
    closed = name.end < len(words) and words.word[name.end] in (".", ")", ";")
    if index > 1 and closed and words.word[index] == "," and _is_body_noun(words, index - 1):
        yield "Organization", "told a body"
    if name.end < len(words) and words.word[name.end] == ",":
        for child in words.children[head]:
            if words.dep[child] == "appos" and child > name.end and _is_body_noun(words, child):
                yield "Organization", "told a body"


def _is_body_noun(words: Words, index: int) -> bool:
    """A singular noun for a kind of body that has a name of its own: "group", "newspaper"."""
    word = words.lower[index]
    someone = word in person_nouns() and word not in listed("groups", "collective")
    if words.tag[index] != "NN" or someone or word in listed("kinds", "not_beside"):
        return False
    found = (senses().get(tuple(words.lower[first : index + 1])) for first in (index - 1, index))
    return any(
        sense is not None and sense.body and sense.kind in listed("kinds", "bodies_beside")
        for sense in found
    )


def person_signs(words: Words, name: Name) -> Iterator[Sign]:
    """What shows a person: a relative, and being named as one of the dead; or speaks against it."""
    index = name.first - 1
    if index > 0 and words.lower[index] == "of" and words.lower[index - 1] in kin():
        yield "Person", "kin"
    if _is_of_the_dead(words, name):
        yield "Person", "suffers"
    if _is_called_the(words, name):
        yield "Person", "no article"
        if listed("kinds", "things").isdisjoint(words.lower[name.first : name.end]):
            yield "Organization", "article"


def head_of(words: Words, first: int, end: int) -> int:
    """The token of a phrase that hangs on what is outside it."""
    inside = range(end - 1, first - 1, -1)
    return next((i for i in inside if not first <= words.head[i] < end), end - 1)


def first_of_list(words: Words, head: int) -> int:
    """The first noun of the list that a noun is in: all have in common what is said of it."""
    for _ in range(_CLIMB):
        if words.dep[head] != "conj" or words.head[head] >= head:
            break
        head = words.head[head]
    return head


def _is_owner(words: Words, name: Name) -> bool:
    return name.end < len(words) and words.word[name.end] in ("'s", "’s", "'", "’")


def _of_a_part(words: Words, index: int) -> bool:
    """Whether "north of", "parts of" or "the road to" ends at a token."""
    parts, links = listed("places_words", "parts"), listed("places_words", "part_prepositions")
    return words.lower[index] in links and (
        words.lemma[index - 1] in parts or words.lower[index - 1] in parts
    )


def _between(words: Words, index: int) -> bool:
    """Whether a way between two ends here: "the road between A and"."""
    for at in range(index, max(0, index - _REACH), -1):
        if words.lower[at] == "between":
            return words.lemma[at - 1] in listed("kinds", "ways")
        if words.pos[at] != "PROPN" and words.lower[at] != "and":
            return False
    return False


def _gone_to(words: Words, index: int) -> bool:
    """Whether "travelled to", "left for" or "a visit to" ends at a token."""
    link, verb = words.lower[index], words.head[index]
    if words.pos[index] not in ("ADP", "PART") or not 0 <= verb < index:
        return False
    if link == "for":
        return words.lemma[verb] == "leave"
    gone = listed("kinds", "motion") if words.pos[verb] == "VERB" else listed("kinds", "journeys")
    return link in listed("kinds", "to_a_place") and words.lemma[verb] in gone


def _entered(words: Words, name: Name) -> bool:
    head = head_of(words, name.first, name.end)
    return words.dep[head] == "dobj" and words.lemma[words.head[head]] in listed("kinds", "entered")


def _after_its_town(words: Words, name: Name) -> bool:
    """Whether a town with its preposition stands before: "in Arden, Marrow, on Monday"."""
    comma = name.first - 1
    if words.word[comma] != "," or name.end >= len(words) or words.pos[comma - 1] != "PROPN":
        return False
    closes = words.word[name.end] in (",", ".") or words.pos[name.end] == "ADP"
    start = comma - 1
    while start > max(0, comma - _REACH) and words.pos[start] == "PROPN":
        start -= 1
    led = words.lower[start] in listed("places", "surely_before") and words.pos[start] == "ADP"
    subject = words.dep[head_of(words, name.first, name.end)] in SUBJECTS
    return closes and led and not subject


def _told_a_place(words: Words, comma: int) -> bool:
    """Whether a noun for a kind of place describes what stands before a comma: ", a town"."""
    if comma + 2 >= len(words) or words.word[comma] != ",":
        return False
    if words.lower[comma + 1] not in ("a", "an", "the", "another"):
        return False
    for at in range(comma + 2, min(comma + _REACH, len(words) - 1)):
        if words.pos[at] == "NOUN" and words.pos[at + 1] not in ("NOUN", "PROPN", "PART"):
            return words.lemma[at] in listed("kinds", "settlements")
        if words.pos[at] not in ("NOUN", "ADJ", "PROPN", "NUM", "ADV"):
            return False
    return False


def _is_of_the_dead(words: Words, name: Name) -> bool:
    """Whether a name, or the list it is in, is told to be of the dead: "named the victims as"."""
    following = words.lower[name.end : name.end + 4]
    fates = load("kinds")["the_dead"]
    if following[1:3] == ["among", "the"] and following[3:] and following[3] in fates:
        return True
    head = first_of_list(words, head_of(words, name.first, name.end))
    link = words.head[head]
    if words.dep[head] == "pobj" and words.lower[link] == "as":
        verb = words.head[link]
        told = any(words.lemma[c] in fates for c in words.children[verb] if c < link)
        return told and words.lemma[verb] in listed("kinds", "naming")
    return (
        words.dep[head] == "dobj"
        and words.lemma[link] == "include"
        and any(words.lemma[c] in fates for c in words.children[link] if c < link)
    )


@cache
def _posts() -> frozenset[str]:
    """Words for who holds a post, of which "the" makes no body: "the Commanding Officer"."""
    return person_nouns() | titles().keys() | {role[0] for role in roles() if len(role) == 1}


def _is_called_the(words: Words, name: Name) -> bool:
    """Whether an article stands before a name of several words that qualifies no noun behind it."""
    if name.first == 0 or name.end - name.first < 2 or name.title < name.first:
        return False
    if words.lower[name.first - 1] != "the" or words.tag[name.end - 1] == "NNPS":
        return False
    if not _posts().isdisjoint(words.lower[name.first : name.end]):
        return False
    last = name.end - 1
    qualifies = words.dep[last] in ("amod", "compound", "nmod") and words.head[last] > last
    ahead = words.pos[name.end] if name.end < len(words) else ""
    return ahead not in ("NOUN", "PROPN", "ADJ") and not qualifies
