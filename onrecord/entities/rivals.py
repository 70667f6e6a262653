"""Whom a pronoun may mean beside those who have an entry: nouns and names that nobody was made of.

They are never chosen; but where one of them is as likely, nobody is. "Farmers fled as gangs burned
their huts" is about farmers although only the gangs have an entry.
"""

from __future__ import annotations

from collections import Counter

from onrecord.entities.draft import Draft, Drafts
from onrecord.entities.lexicon import listed, person_nouns, titles
from onrecord.entities.words import SUBJECTS, Words

_SAID = (*SUBJECTS, "dobj", "pobj", "poss", "conj", "dative")

Rival = tuple[int, int]
"""The head word of a noun, and a number below zero that nouns of the same word share."""


def rivals_of(words: Words, drafts: Drafts) -> dict[str, list[Rival]]:
    """By the number of a pronoun, the words without an entry that it may stand for, last first."""
    names = Counter(_surname(p) for p in drafts.of("Person") if p.named and not p.candidates)
    labels = {i: label for first, end, label in words.names for i in range(first, end)}
    numbers: dict[str, int] = {}
    found: dict[str, list[Rival]] = {"one": [], "many": []}
    for index, lemma in enumerate(words.lemma):
        if not words.sentence[index]:
            continue  # any word of a headline may have a capital
        number = None
        if _is_unknown_person(words, drafts, index, names, labels):
            number = "one"
        elif _are_several(words, drafts, index):
            number = "many"
        if number:
            key = numbers.setdefault(lemma, -1 - len(numbers))
            found[number].append((index, key))
    return {number: each[::-1] for number, each in found.items()}


def are_people(words: Words, head: int) -> bool:
    """Whether a noun without an entry stands for people, by its word alone."""
    return words.lemma[head] in person_nouns() or _joins(words, head)


def named_by_surname(words: Words, drafts: Drafts) -> list[tuple[int, Draft]]:
    """Surnames without an entry, as the parse has "Little" for an adjective, of one person only."""
    owners: dict[str, list[Draft]] = {}
    for person in drafts.of("Person"):
        if person.named and not person.candidates:
            owners.setdefault(_surname(person), []).append(person)
    return [
        (index, owners[word][0])
        for index, word in enumerate(words.word)
        if index not in drafts.at and len(owners.get(word, ())) == 1 and word[0].isupper()
    ]


def _surname(person: Draft) -> str:
    return person.name.split()[-1] if person.name.split() else ""


def _is_unknown_person(
    words: Words, drafts: Drafts, index: int, names: Counter[str], labels: dict[int, str]
) -> bool:
    draft = drafts.at.get(index)
    word, dep = words.word[index], words.dep[index]
    if draft is not None:
        return _acts_as_person(words, draft, index)
    if word in names and word[0].isupper():
        return names[word] > 1  # of one person alone it is that one (`named_by_surname`)
    if words.pos[index] == "PROPN" and dep in (*SUBJECTS, "poss", "dobj"):
        before = drafts.at.get(index - 1)
        if before is not None and before.kind == "Person" and words.pos[index - 1] == "PROPN":
            return False
        titled = index > 0 and words.lower[index - 1].rstrip(".") in titles()
        return titled or labels.get(index) == "PERSON"
    owned = any(words.tag[c] == "PRP$" for c in words.children[index])
    return owned and words.tag[index] == "NN" and dep == "nsubj" and _speaks(words, index)


def _acts_as_person(words: Words, draft: Draft, index: int) -> bool:
    """Whether what is taken for a town or a people does what only a person does."""
    if draft.kind == "Person" or words.dep[index] != "nsubj" or words.pos[index] != "PROPN":
        return False
    titled = index > 0 and words.lower[index - 1].rstrip(".") in titles()
    town = draft.kind == "Place" and draft.known.get("place_kind") != "country"
    return titled or (town and _has_sex(words, index))


def _has_sex(words: Words, index: int) -> bool:
    """Whether somebody of a sex is told of behind it: "Harrow, for her part, has defended"."""
    for after in range(index + 1, min(index + 12, len(words))):
        if words.sentence[after] != words.sentence[index] or words.pos[after] == "VERB":
            return False
        if words.lower[after] in ("his", "her", "himself", "herself"):
            return True
    return False


def _speaks(words: Words, index: int) -> bool:
    lemma = words.lemma[words.head[index]]
    return lemma in listed("roles", "speech") or lemma in listed("roles", "human_verbs")


def _are_several(words: Words, drafts: Drafts, index: int) -> bool:
    """Whether a word without an entry is plural, or the first of several who are joined."""
    if words.dep[index] not in _SAID:
        return False
    if _joins(words, index):
        return True
    plural = words.tag[index] in ("NNS", "NNPS") and index not in drafts.at
    return plural and words.lemma[index] not in listed("pronouns", "measures")


def _joins(words: Words, index: int) -> bool:
    """Whether a singular noun or name is joined to another by "and": "Dahl and his wife"."""
    if words.tag[index] not in ("NN", "NNP") or words.dep[index] == "conj":
        return False
    parts = words.children[index]
    joined = any(words.dep[c] == "conj" and words.pos[c] in ("NOUN", "PROPN") for c in parts)
    return joined and any(words.dep[c] == "cc" and words.lower[c] == "and" for c in parts)
