"""What is known of each entity, with the words it rests on: sex, age, occupations, actor type."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from onrecord.entities.draft import Draft, Drafts, Role
from onrecord.entities.lexicon import listed, occupations, roles, senses
from onrecord.entities.words import Words
from onrecord.vocabulary import load

_AGE = re.compile(r"(\d{1,3})[- ]year[- ]old", re.IGNORECASE)
_AGED = re.compile(
    r"\s*(?:,|\(|, aged|, age|aged)\s*(\d{1,3})\s*(?:[,.)]|years? old)", re.IGNORECASE
)
ADULT = 18
"""Years from which a person is an adult (Convention on the Rights of the Child, article 1)."""
FEW = 0.4
"""Share of the words for the main country up to which another is a foreign state in the text."""

NEAR = 40
"""Characters before a name in which "the 17-year-old" is still about it."""


def learn_attributes(words: Words, drafts: Drafts, countries: Counter[str]) -> None:
    """Fill in what the text says of each draft."""
    most = max(countries.values(), default=0)
    other = {code for code, count in countries.items() if count <= FEW * most}
    for draft in drafts:
        if draft.kind == "Person":
            _sex(draft)
            _occupations(words, draft)
            _age(words, draft)
        _actor(words, drafts, draft, other)


def _sex(person: Draft) -> None:
    male, female = person.sex["male"], person.sex["female"]
    cited = person.cites.pop("sex", [])
    if cited and male != female and max(male, female) >= 2 * min(male, female):
        person.known["sex"] = "male" if male > female else "female"
        person.cites["sex"] = list(dict.fromkeys(cited))[:3]


def _occupations(words: Words, person: Draft) -> None:
    found: dict[str, list[tuple[int, int]]] = {}
    phrases = [(role.phrase[0], role.at + 1) for role in person.roles]
    if not person.named:
        phrases += [max(person.mentions, key=lambda m: m[1] - m[0])]
    for first, end in phrases:
        for start, stop, names in _terms(words, first, end):
            for name in names:
                found.setdefault(name, []).append(words.span(start, stop))
    for role in person.roles:
        for name, at in _by_body(words, role):
            found.setdefault(name, []).append(words.span(at, at + 1))
    if found:
        person.known["occupations"] = tuple(sorted(found))
        person.cites["occupations"] = [spans[0] for _, spans in sorted(found.items())]


def _by_body(words: Words, role: Role) -> Iterator[tuple[str, int]]:
    """What a post in a body makes of its holder: "president of the Marrow Teachers' Union"."""
    for occupation, rule in load("occupations_by_body").items():
        if role.noun not in rule["roles"]:
            continue
        for index in range(*role.phrase):
            if words.lower[index] in rule["words"] and index != role.at:
                yield occupation, index
                break


def _terms(words: Words, first: int, end: int) -> list[tuple[int, int, tuple[str, ...]]]:
    """Terms for occupations inside a phrase that state what the person is, the longest first."""
    found = []
    index = first
    while index < end:
        for length in (5, 4, 3, 2, 1):
            stop = index + length
            term = tuple(words.lower[index : stop - 1])
            names = None
            if stop <= end and not _inside_role(words, stop - length, stop):
                names = occupations().get((*term, words.lower[stop - 1])) or occupations().get(
                    (*term, words.lemma[stop - 1])
                )
            if names:
                found.append((index, index + length, names))
                index += length - 1
                break
        index += 1
    return found


def _inside_role(words: Words, start: int, stop: int) -> bool:
    """Whether a word only ends a longer post: "secretary general" is no general."""
    pair = tuple(words.lower[max(0, start - 1) : stop]) if stop - start == 1 else ()
    return len(pair) == 2 and pair in roles() and pair not in occupations()


def _age(words: Words, person: Draft) -> None:
    if _age_in_years(words, person):
        return
    nouns = [(role.at, role.noun) for role in person.roles]
    if not person.named:
        nouns += [(m[1] - 1, words.lower[m[1] - 1]) for m in person.mentions]
    for at, noun in nouns:
        _age_of_noun(words, person, at, noun)
    for first, end in sorted(person.mentions):
        if _has_family(words, end - 1):
            person.learn("age_group", "adult", words.span(end - 1, words.head[end - 1] + 1))
        if words.lower[first].strip(".") in listed("titles", "adult"):
            person.learn("age_group", "adult", words.span(first, first + 1))
    cited = person.cites.get("occupations", [])
    if cited and not set(person.known["occupations"]) <= {"student"}:
        person.learn("age_group", "adult", cited[0])


def _age_of_noun(words: Words, person: Draft, at: int, noun: str) -> None:
    if (noun,) in roles() or _works(noun):
        person.learn("age_group", "adult", words.span(at, at + 1))
    for group in ("child", "adult"):
        if noun in listed("roles", group):
            person.learn("age_group", group, words.span(at, at + 1))


def _works(noun: str) -> bool:
    """Whether a noun stands for people at work or in office, who are grown up."""
    sense = senses().get((noun,))
    grown = sense is not None and sense.kind in ("workers", "officials", "leaders")
    return grown and noun not in listed("roles", "child") and (noun,) not in _students()


@cache
def _students() -> frozenset[tuple[str, ...]]:
    return frozenset(words for words, names in occupations().items() if names == ("student",))


def _has_family(words: Words, index: int) -> bool:
    """Whether somebody is a husband, wife or parent: "his wife", "Dahl's children"."""
    head = words.head[index]
    owns = words.dep[index] == "poss" and index < head < index + NEAR // 8
    return owns and words.lemma[head] in listed("roles", "family_of_adults")


def _age_in_years(words: Words, person: Draft) -> bool:
    """Learn the group from a stated age: "the 17-year-old Dahl", "Dahl, 17,"."""
    for mention in sorted(person.mentions):
        start, end = words.span(*mention)
        before = list(_AGE.finditer(words.text, max(0, start - NEAR), end))
        after = _AGED.match(words.text, end, end + 24)
        told = after or (before[-1] if before else None)
        if told is not None and 0 < int(told.group(1)) < 110:
            group = "adult" if int(told.group(1)) >= ADULT else "child"
            person.learn("age_group", group, told.span(1) if after else told.span())
            return True
    return False


def _actor(words: Words, drafts: Drafts, draft: Draft, other: set[str]) -> None:
    kind = draft.known.get("actor_type")
    if kind is None:
        kind = _stated_actor(words, drafts, draft)
    if kind == "state_security_force" and draft.known.get("country") in other:
        kind = "other_state"
    if kind is not None:
        draft.known["actor_type"] = kind
        if not draft.cites.get("actor_type"):
            draft.cites["actor_type"] = [words.span(*min(draft.mentions))]


def _stated_actor(words: Words, drafts: Drafts, draft: Draft) -> str | None:
    if draft.kind == "Organization":
        return _armed(words, draft)
    bodies = {body.number for body in drafts.of("Organization")}
    for role in draft.roles:
        titled = (role.at + 1,) if draft.named else ()
        if role.noun == "president" and not role.bodies & bodies and _is_title_of(draft, titled):
            draft.cites["actor_type"] = [words.span(role.at, role.at + 1)]
            return "state_security_force"
    phrases = [(role.phrase[0], role.at + 1) for role in draft.roles]
    if not draft.named:
        phrases.append(max(draft.mentions, key=lambda m: (m[1] - m[0], -m[0])))
    for first, end in phrases:
        found = _sense_in(words, first, end)
        if found is not None:
            draft.cites["actor_type"] = [words.span(found[0], end)]
            return found[1]
    return None


def _is_title_of(person: Draft, starts: tuple[int, ...]) -> bool:
    return any(first in starts for first, _ in person.mentions)


def _armed(words: Words, body: Draft) -> str | None:
    """What a body is called: "the rebel group Velluch", "Velluch insurgents"."""
    for first, end in sorted(body.mentions):
        behind = senses().get((words.lemma[end],)) if end < len(words) else None
        if behind is not None and behind.actor == "armed_group":
            body.cites["actor_type"] = [words.span(end, end + 1)]
            return "armed_group"
        for start in range(max(0, first - 3), first):
            called = senses().get(tuple(words.lower[start:first]))
            if called is not None and called.body and called.kind in ("armed_group", "militia"):
                body.cites["actor_type"] = [words.span(start, first)]
                return called.actor
    return None


def _sense_in(words: Words, first: int, end: int) -> tuple[int, str] | None:
    """The actor type of a description and where its words begin.

    What somebody leads says what they are: "a pro-state militia leader"; "army chief".
    """
    noun = senses().get((words.lower[end - 1],)) or senses().get((words.lemma[end - 1],))
    if noun is None:
        return None
    for start in range(max(first, end - 6), end - 1):
        for stop in range(end - 1, start, -1):
            sense = senses().get(tuple(words.lower[start:stop]))
            if (
                sense is not None
                and sense.body
                and noun.kind in ("leaders", "soldiers", "officials")
            ):
                return start, sense.actor
    for start in range(max(first, end - 3), end):
        sense = senses().get(tuple(words.lower[start:end]))
        if sense is not None:
            return start, sense.actor
    return end - 1, noun.actor
