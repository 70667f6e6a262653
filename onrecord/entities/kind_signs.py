"""Signs beside a name, in its sentence, of what it is: a person, a body, a people or a place."""

from __future__ import annotations

from onrecord.entities.gazetteer import places_named
from onrecord.entities.lexicon import kin, listed, person_nouns, senses
from onrecord.entities.names import Name
from onrecord.entities.phrases import introduced_by
from onrecord.entities.surroundings import (
    body_signs,
    first_of_list,
    head_of,
    person_signs,
    place_signs,
)
from onrecord.entities.words import SUBJECTS, Words


def signs_beside(words: Words, name: Name) -> list[tuple[str, str]]:
    """The kind that each sign speaks for, with the sign's name in `vocabulary/kinds.yaml`."""
    signs = _before(words, name)
    after = words.lower[name.end] if name.end < len(words) else ""
    if after in listed("places", "generic") and words.pos[name.end] in ("NOUN", "PROPN"):
        signs.append(("Place", "place word"))
    if is_attributive(words, name):
        noun = words.head[name.end - 1]
        if words.lower[noun] in listed("places", "events"):
            signs.append(("Place", "before an event"))
        people = person_nouns() | listed("kinds", "of_a_people")
        if words.lemma[noun] in people - listed("kinds", "of_a_body"):
            signs.append(("Group", "of a people"))
        sense = senses().get((words.lemma[noun],))
        if sense and sense.actor == "armed_group" and name.end - name.first > 1:
            signs.append(("Organization", "of fighters"))
    signs += [
        *place_signs(words, name),
        *body_signs(words, name),
        *person_signs(words, name),
    ]
    return signs + _after(words, name, after) + _as_subject(words, name)


def _before(words: Words, name: Name) -> list[tuple[str, str]]:
    if not name.first:
        return []
    index = name.first - 1
    before, signs = words.lower[index], _beside(words, name)
    leads = words.pos[index] == "ADP" and not _owns_a_fate(words, name)
    owner = words.lower[name.end : name.end + 1] in (["'s"], ["’s"])
    if leads and before in listed("places", "surely_before") and not owner:
        signs.append(("Place", "in"))
    elif leads and before in listed("places", "before"):
        signs.append(("Place", "preposition"))
    if before in listed("places", "directions"):
        signs.append(("Place", "direction"))
    if before == "of" and words.lower[index - 1] in listed("places", "generic"):
        signs.append(("Place", "place word"))
    if before == "of" and words.lower[index - 1] in listed("places", "governed_by"):
        signs.append(("Place", "governed"))
    if _after_event(words, index):
        signs.append(("Place", "after an event"))
    return signs


def _beside(words: Words, name: Name) -> list[tuple[str, str]]:
    """What introduces a person: a title, a description before a comma, "by" that opens a line."""
    index, signs = name.first - 1, []
    if name.title < name.first:
        signs.append(("Person", "title"))
    if words.word[index] == "," and introduced_by(words, name.title, name.end) is not None:
        signs.append(("Person", "described"))
    opens = not index or words.sentence[index] != words.sentence[index - 1]
    if words.lower[index] == "by" and opens:
        signs.append(("Person", "byline"))
    return signs


def _after_event(words: Words, index: int) -> bool:
    """Whether "the attack at" or "the raid on" ends here; an attack "on" may be on a person."""
    event = words.lemma[index - 1] if index else ""
    if event not in listed("places", "events"):
        return False
    return words.lower[index] in ("at", "in") or (event, words.lower[index]) == ("raid", "on")


def is_attributive(words: Words, name: Name) -> bool:
    """Whether a name only qualifies the common noun behind it: "the Marrow fighters"."""
    last = name.end - 1
    head = words.head[last]
    return (
        head >= name.end
        and words.pos[head] == "NOUN"
        and words.dep[last] in ("amod", "compound", "nmod")
    )


def _after(words: Words, name: Name, after: str) -> list[tuple[str, str]]:
    signs = []
    following = words.lower[name.end : name.end + 3]
    if after == "'s" and len(following) > 1 and following[1] in kin():
        signs.append(("Person", "kin"))
    elif _owns_a_fate(words, name):
        signs.append(("Person", "suffers"))
    if after in (",", "[", "(") and len(following) > 1:
        known = places_named(words.word[name.end + 1])
        if known and known[0].kind == "country" and words.word[name.end + 1][0].isupper():
            signs.append(("Place", "before its country"))
        if following[1].isdigit() and following[2:] and following[2] in (",", ")"):
            if 5 < int(following[1]) < 100 and len(following[1]) < 3:
                signs.append(("Person", "age"))
        elif _described(words, name.end + 1):
            signs.append(("Person", "described"))
    if after in ("who", "whose") or following[:2] in ([",", "who"], [",", "whose"]):
        signs.append(("Person", "who"))
    return signs


def _owns_a_fate(words: Words, name: Name) -> bool:
    """Whether what follows is only ever one person's: "in Dahl's disappearance" is not in Dahl."""
    following = words.lower[name.end : name.end + 2]
    return following[:1] == ["'s"] and following[-1] in listed("kinds", "of_one_person")


def _described(words: Words, index: int) -> bool:
    """A noun for a person follows within a few words of the same phrase: ", a local journalist"."""
    for position in range(index, min(index + 6, len(words))):
        if words.pos[position] == "NOUN" and words.lemma[position] in person_nouns():
            tells = words.dep[position] in SUBJECTS  # "to Orla, a driver said"
            return words.tag[position] == "NN" and not tells
        if words.pos[position] in ("VERB", "AUX", "PUNCT", "ADP", "SCONJ"):
            return False
    return False


def _as_subject(words: Words, name: Name) -> list[tuple[str, str]]:
    head = head_of(words, name.first, name.end)
    verb = words.lemma[words.head[head]]
    signs = []
    if words.dep[head] == "nsubj" and verb in listed("roles", "speech"):
        signs.append(("Person", "speaks"))
    told = first_of_list(words, head)
    done = words.lemma[words.head[told]]
    if words.dep[told] in ("nsubjpass", "dobj") and done in listed("roles", "human_verbs"):
        signs.append(("Person", "suffers"))
    called = words.lemma[words.head[head]]
    one = called in person_nouns() and called not in listed("groups", "collective")
    if words.dep[head] == "appos" and one:
        signs.append(("Person", "described"))
    return signs
