"""Whether somebody is grown up, with the words that say so; nobody is taken to be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from onrecord.entities.deeds import verbs_of
from onrecord.entities.descriptions import head_of
from onrecord.entities.draft import Draft, Drafts, Range
from onrecord.entities.lexicon import listed, occupations, roles, senses
from onrecord.entities.words import Words
from onrecord.vocabulary import load

ADULT = 18
"""Years from which a person is an adult (Convention on the Rights of the Child, article 1)."""
OLDEST = 110

_NEAR = 40
"""Characters before a name in which "the 17-year-old" is still about it."""
_REACH = 5
"""Words between an owner and what is theirs, or a list's parts climbed."""
_NEXT = 3
"""Words behind "her" within which what is hers is named."""
_WHOSE = {"her": "female", "his": "male"}
_OTHER = {"female": "male", "male": "female"}
_BEFORE = re.compile(r"(\d{1,3})[- ]year[- ]old", re.IGNORECASE)
_DECADES = re.compile(
    r"\s*,? (?:who (?:is|was) )?(?:(?:also|both|all) )?"
    r"(in (?:his|her|their) (?:early |mid-? ?|late )?"
    r"(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|[2-9]0['’]?s))\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:, an?|,|\(|, aged|, age|aged|\(aged)\s*(?:also |both |all )?(?:aged )?(\d{1,3})\s*"
    r"(?:[,.);]|years? old|-year-old|(?:in|from|was|is|who|and|of|at|had|has|were)\b)",
    re.IGNORECASE,
)


def learn_age_group(words: Words, drafts: Drafts, person: Draft, described: list[Range]) -> None:
    """Learn whether a person is an adult or a child: a stated age first, then nouns, then deeds.

    `described` are the phrases that say what the person is, beside the roles.
    """
    if _in_years(words, drafts, person):
        return
    nouns = [(role.at, role.noun) for role in person.roles]
    if not person.named:
        nouns += [(m[1] - 1, words.lower[m[1] - 1]) for m in person.mentions]
    nouns += [(end - 1, words.lemma[end - 1]) for _, end in described]
    groups = [(_group_of(noun), at) for at, noun in nouns]
    if {"child", "adult"} <= {group for group, _ in groups}:
        return
    for group, at in groups:
        if group is not None:
            person.learn("age_group", group, words.span(at, at + 1))
    for first, end in described:
        if _is_member(words, (first, end)):
            person.learn("age_group", "adult", words.span(end - 1, end))
    _by_title(words, person)
    cited = person.cites.get("occupations", [])
    if cited and not set(person.known["occupations"]) <= {"student"}:
        person.learn("age_group", "adult", cited[0])
    for at in _deeds(words, person):
        person.learn("age_group", "adult", words.span(at, at + 1))


def _in_years(words: Words, drafts: Drafts, person: Draft) -> bool:
    """Learn the group from a stated age: "the 17-year-old Dahl", "Dahl, 17,", "in her thirties"."""
    for mention in sorted(person.mentions):
        start, end = words.span(*mention)
        before = list(_BEFORE.finditer(words.text, max(0, start - _NEAR), end))
        own = before and not _of_another(words, drafts, mention, before[-1].end())
        told = _AFTER.match(words.text, end, end + 30) or (before[-1] if own else None)
        if told is not None and 0 < int(told.group(1)) < OLDEST:
            group = "adult" if int(told.group(1)) >= ADULT else "child"
            person.learn("age_group", group, told.span(1) if told.start() >= end else told.span())
            return True
        shared = _of_all(words, drafts, mention[1])
        if shared is not None:
            group = "adult" if int(words.word[shared]) >= ADULT else "child"
            person.learn("age_group", group, words.span(shared, shared + 1))
            return True
        decades = _DECADES.match(words.text, end, end + 40)
        if decades is not None:
            person.learn("age_group", "adult", decades.span(1))
            return True
    return False


def _of_all(words: Words, drafts: Drafts, end: int) -> int | None:
    """The years of several in whose list a name ends here: "X and Y, both 16"."""
    index = end
    while index + 2 < len(words):
        other = drafts.at.get(index)
        named = other is not None and other.kind == "Person" and words.pos[index] == "PROPN"
        if words.lower[index] in ("both", "all"):
            at = index + 1 + (words.lower[index + 1] == "aged")
            return at if re.fullmatch(r"[1-9]\d?", words.word[at]) and index > end else None
        if not named and words.lower[index] not in (",", "and"):
            return None
        index += 1
    return None


def _of_another(words: Words, drafts: Drafts, mention: Range, stated: int) -> bool:
    """Whether an age that ends at the character `stated` is of somebody else than who is named.

    "her 4-year-old son, Tam, with X"; "the 9-year-old son of X"; "a 9-year-old. X".
    """
    between = words.text[stated : words.start[mention[0]]]
    if "," in between.strip(" ,") or " of " in between:
        return True
    index = mention[0] - 1
    while index >= 0 and words.start[index] >= stated:
        other = drafts.at.get(index)
        somebody = other is not None and other.kind == "Person" and other.named
        person = drafts.at.get(mention[0])
        if words.sentence[index] != words.sentence[mention[0]] or (
            somebody and other is not person and words.pos[index] == "PROPN"
        ):
            return True
        index -= 1
    return False


def _group_of(noun: str) -> str | None:
    """The group that a noun for somebody gives."""
    if noun in listed("age_groups", "nouns", "child") or noun in listed("roles", "child"):
        return "child"
    grown = (noun,) in roles() or _works(noun) or noun in listed("roles", "adult")
    return "adult" if grown or noun in listed("age_groups", "nouns", "adult") else None


def _works(noun: str) -> bool:
    """Whether a noun stands for people at work or in office, who are grown up."""
    sense = senses().get((noun,))
    grown = sense is not None and sense.kind in ("workers", "officials", "leaders")
    return grown and (noun,) not in _students()


@cache
def _students() -> frozenset[tuple[str, ...]]:
    return frozenset(words for words, names in occupations().items() if names == ("student",))


def _is_member(words: Words, phrase: Range) -> bool:
    """Whether a phrase makes somebody a member of what only adults belong to."""
    near = words.lemma[phrase[0] : phrase[1] + _REACH]
    bodies = listed("age_groups", "member_of")
    return words.lemma[phrase[1] - 1] == "member" and any(word in bodies for word in near)


def _by_title(words: Words, person: Draft) -> None:
    for first, _ in sorted(person.mentions):
        if words.lower[first].strip(".") in listed("titles", "adult"):
            person.learn("age_group", "adult", words.span(first, first + 1))


def _deeds(words: Words, person: Draft) -> Iterator[int]:
    """Words for what only adults do, undergo or have: "who edits", "was elected", "her husband"."""
    for first, end in sorted(person.mentions):
        yield from _owned_beside(words, person, end)
        head = head_of(words, first, end)
        above = words.head[head]
        if words.dep[head] == "poss":
            near = head < above < head + _REACH
            if near and words.lemma[above] in listed("age_groups", "owns"):
                yield above
        elif words.dep[head] == "pobj" and words.lower[above] == "of":
            if words.lemma[words.head[above]] in listed("age_groups", "happens_to"):
                yield words.head[above]
        else:
            yield from _deeds_of(words, head)


def _owned_beside(words: Words, person: Draft, end: int) -> Iterator[int]:
    """What belongs to whoever is named right before it: "X and her unborn child"."""
    beside = words.lower[end : end + 2]
    if len(beside) < 2 or beside[0] != "and" or words.sentence[end] != words.sentence[end - 1]:
        return
    if _WHOSE.get(beside[1]) in (None, _OTHER.get(person.known.get("sex", ""))):
        return
    for index in range(end + 2, min(end + 2 + _NEXT, len(words))):
        if words.lemma[index] in listed("age_groups", "owns"):
            yield index
            return


def _is_object(words: Words, index: int, lemmas: frozenset[str]) -> bool:
    return words.dep[index] == "dobj" and words.lemma[index] in lemmas


def _deeds_of(words: Words, head: int) -> Iterator[int]:
    """Verbs that a mention, by its head word, is the subject or the object of."""
    for verb, passive in verbs_of(words, head):
        lemma = words.lemma[verb]
        if lemma in listed("age_groups", "undergoes" if passive else "does"):
            yield verb
        elif not passive and lemma in load("age_groups")["does_to"]:
            objects = listed("age_groups", "does_to", lemma)
            yield from (c for c in words.children[verb] if _is_object(words, c, objects))
    for _ in range(_REACH):
        if words.dep[head] not in ("conj", "appos") or words.head[head] == head:
            break
        head = words.head[head]
    above = words.head[head]
    if words.dep[head] == "dobj" and words.lemma[above] in listed("age_groups", "undergoes"):
        yield above
