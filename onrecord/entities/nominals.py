"""Bodies and people without a name: "the army", "two officials", "the chairman"."""

from __future__ import annotations

from onrecord.entities.draft import Draft, Drafts, Range
from onrecord.entities.gazetteer import demonyms
from onrecord.entities.lexicon import (
    Sense,
    kin,
    listed,
    person_nouns,
    roles,
    sex_of_noun,
)
from onrecord.entities.named_again import named_again
from onrecord.entities.nominal_bodies import add_body, body_of_name, key_of_phrase, sense_at
from onrecord.entities.phrases import country_in, inside, is_definite, phrase_of
from onrecord.entities.theirs import is_listed_as_theirs
from onrecord.entities.words import Words


def gather_nominals(words: Words, drafts: Drafts) -> None:
    """Add what nouns stand for, and join each to what it points back at."""
    for draft in drafts.of("Organization"):
        body_of_name(words, drafts, draft)
    for index in range(len(words)):
        if index in drafts.at or words.pos[index] not in ("NOUN", "PROPN", "ADJ"):
            continue
        if _modifies(words, index):
            continue
        found, phrase = sense_at(words, index), phrase_of(words, index)
        named = (
            named_again(words, drafts, index, phrase) if found is None or found[0].body else None
        )
        if named is not None:
            drafts.mention(named, phrase)
        elif found is not None:
            _noun(words, drafts, index, phrase, found)


def _noun(
    words: Words, drafts: Drafts, index: int, phrase: Range, found: tuple[Sense, int]
) -> None:
    sense, length = found
    if length == 1 and _is_weak(words, index) and country_in(words, drafts, phrase) is None:
        return
    owner = _renamed(words, drafts, index, phrase) or _those(words, drafts, phrase, sense)
    if owner is not None:
        drafts.mention(owner, phrase)
    elif sense.body:
        add_body(words, drafts, (index + 1 - length, index + 1), phrase, sense)
    elif _is_one_person(words, index):
        _person(words, drafts, index, phrase)
    else:
        _group(words, drafts, index, phrase, sense)


def _renamed(words: Words, drafts: Drafts, index: int, phrase: Range) -> Draft | None:
    """What an apposition says again: "death squads, criminal gangs backed by the state".

    A list can look like one, so both must be plural, and nothing may be joined to them.
    """
    head = _before_comma(words, phrase) if words.dep[index] != "appos" else words.head[index]
    owner = drafts.at.get(head) if head is not None else None
    if head is None or owner is None or owner.named or owner.kind not in ("Organization", "Group"):
        return None
    joined = any(
        words.dep[child] in ("conj", "cc")
        for above in (head, index)
        for child in words.children[above]
    )
    plural = {words.tag[index], words.tag[head]} <= {"NNS", "NNPS"}
    return owner if plural and not joined else None


def _before_comma(words: Words, phrase: Range) -> int | None:
    """The word before the comma that a phrase with a participle behind it follows."""
    behind = [i for i in range(phrase[1], phrase[1] + 2) if i < len(words)]
    described = any(words.tag[i] == "VBN" and words.dep[i] == "acl" for i in behind)
    if not described or phrase[0] < 3 or words.word[phrase[0] - 1] != ",":
        return None
    before = phrase[0] - 2
    return before - 1 if words.word[before] in ("”", '"', "'", "’") else before


def _those(words: Words, drafts: Drafts, phrase: Range, sense: Sense) -> Draft | None:
    """Which armed bodies "these groups" points back at: those named last, within two sentences."""
    if words.lower[phrase[0]] not in ("these", "those", "such") or sense.kind != "team":
        return None
    before = [
        (first, draft)
        for draft in drafts
        if draft.known.get("actor_type") in ("state_backed_armed", "armed_group")
        for first, _ in draft.mentions
        if first < phrase[0] and words.sentence[phrase[0]] - words.sentence[first] <= 2
    ]
    return max(before, key=lambda mention: mention[0])[1] if before else None


def _is_one_person(words: Words, index: int) -> bool:
    return (
        words.tag[index] in ("NN", "NNP")
        and words.lemma[index] in person_nouns()
        and words.lower[index] not in listed("groups", "collective")
    )


def _modifies(words: Words, index: int) -> bool:
    """Whether a noun only qualifies another, or says what something is."""
    if words.pos[index] == "ADJ":
        nominal = words.lower[index] in listed("groups", "collective_adjectives")
        return not nominal or words.lower[index - 1] != "the" or words.dep[index] == "amod"
    qualifies = words.dep[index] in ("compound", "amod", "nmod", "npadvmod")
    return qualifies and words.head[index] > index


def _is_weak(words: Words, index: int) -> bool:
    """A noun that is somebody only where it does something: "the office said"."""
    return words.lower[index] in listed("groups", "weak") and words.dep[index] not in (
        "nsubj",
        "nsubjpass",
        "agent",
        "poss",
    )


def _group(words: Words, drafts: Drafts, head: int, phrase: Range, sense: Sense) -> None:
    key = key_of_phrase(words, phrase)
    lemma = words.lemma[head]
    counted = any(words.pos[i] == "NUM" for i in range(*phrase))
    draft = None
    before = [d for d in drafts.of("Group") if d.plural]
    before.sort(key=lambda d: -max(m[0] for m in d.mentions))
    if is_definite(words, phrase) or not counted:
        draft = next((d for d in before if key in d.keys), None)
    if (
        draft is None
        and words.lower[phrase[0]] in ("the", "these", "those")
        and key == words.lower[head]
    ):
        draft = next((d for d in before if words.lemma[max(d.mentions)[1] - 1] == lemma), None)
    if draft is None:
        draft = drafts.add("Group", words.said(*phrase), named=False, plural=True)
        draft.keys.add(key)
        draft.learn("actor_type", sense.actor, words.span(head, head + 1))
        country = country_in(words, drafts, phrase)
        if country:
            draft.learn("country", country, words.span(*phrase))
    drafts.mention(draft, phrase)


def _person(words: Words, drafts: Drafts, head: int, phrase: Range) -> None:
    if words.dep[head] == "attr" or words.lower[words.head[head]] == "as":
        return
    owner = None if is_listed_as_theirs(words, head) else drafts.at.get(words.head[head])
    if (
        words.dep[head] == "appos"
        and _is_set_off(words, phrase)
        and owner
        and owner.kind == "Person"
    ):
        drafts.mention(owner, phrase)
        return
    definite = is_definite(words, phrase) or any(i in drafts.at for i in range(*phrase))
    found = _pointed_at(words, drafts, head, phrase) if definite else []
    found = found or _headlined(words, drafts, head, phrase)
    if len(found) == 1:
        drafts.mention(found[0], phrase)
        return
    draft = drafts.add("Person", words.said(*phrase), named=False, candidates=tuple(found))
    draft.keys.add(key_of_phrase(words, phrase))
    sex = sex_of_noun().get(words.lower[head])
    if sex:
        draft.sex[sex] += 3
        draft.cites.setdefault("sex", []).append(words.span(head, head + 1))
    drafts.mention(draft, phrase)


def _is_set_off(words: Words, phrase: Range) -> bool:
    """Whether a description is no other object of the verb: "denied Dahl a lawyer" tells of two."""
    before = words.word[phrase[0] - 1]
    return words.lower[phrase[0]] not in ("a", "an", "another") or not before[0].isalnum()


def _headlined(words: Words, drafts: Drafts, head: int, phrase: Range) -> list[Draft]:
    """Whom a post in the headline is about: the one person whom the report introduces with it."""
    noun = words.lower[head]
    bare = phrase == (head, head + 1) or (*words.lower[slice(*phrase)],) in roles()
    if words.sentence[head] or not bare or (noun,) not in roles():
        return []
    wanted = {w for w in words.lower[slice(*phrase)] if w != "the"}
    return [
        person
        for person in drafts.of("Person")
        if person.named and any(r.noun == noun and wanted <= r.around for r in person.roles)
    ][:2]


def _pointed_at(words: Words, drafts: Drafts, head: int, phrase: Range) -> list[Draft]:
    """The persons introduced before with this role, of this body where one is named."""
    noun = words.lower[head]
    if noun in kin():
        return []
    wanted = {w for w in words.lower[phrase[0] : head] if w.isalpha()}
    wanted -= listed("titles", "determiners") | listed("roles", "modifiers")
    if words.lower[phrase[0]] in ("his", "her", "their", "our", "my"):
        return []
    same = [p for p in drafts.of("Person") if _is_same(words, p, phrase)]
    if same:
        return same[-1:]
    bodies = {d.number for k in ("Organization", "Place") for d in inside(drafts, phrase, k)}
    country = country_in(words, drafts, phrase)
    holders = [p for p in drafts.of("Person") if _holds(p, head, noun)]
    if bodies or country:
        agree = [p for p in holders if any(r.bodies & bodies for r in p.roles)]
        holders = agree or [p for p in holders if country and _of_country(p, noun, country)]
    elif wanted:
        compound = {w for role in roles() if role[-1] == noun for w in role[:-1]}
        told = [p for p in holders if any(wanted & compound <= r.around for r in p.roles)]
        holders = (
            told
            if wanted & compound or not wanted
            else [p for p in holders if any(wanted & r.around for r in p.roles)]
        )
    if len(holders) < 2:
        return holders
    unnamed = [p for p in holders if not p.named]
    return [unnamed[-1]] if len(unnamed) == len(holders) else [p for p in holders if p.named]


def _is_same(words: Words, person: Draft, phrase: Range) -> bool:
    """Whether somebody without a name was called by these very words before, more than a noun."""
    key = key_of_phrase(words, phrase)
    return not person.named and not person.candidates and " " in key and key in person.keys


def _holds(person: Draft, head: int, noun: str) -> bool:
    if person.candidates:
        return False
    if not person.named:
        return (
            any(key.split()[-1:] == [noun] for key in person.keys)
            and min(person.mentions)[0] < head
        )
    return any(role.noun == noun and role.at < head for role in person.roles)


def _of_country(person: Draft, noun: str, country: str) -> bool:
    return any(
        role.noun == noun and any(demonyms().get(w) == country for w in role.around)
        for role in person.roles
    )
