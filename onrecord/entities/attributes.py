"""What is known of each entity, with the words it rests on: sex, age, occupations, actor type."""

from __future__ import annotations

from collections import Counter

from onrecord.entities.age_groups import learn_age_group
from onrecord.entities.descriptions import descriptions
from onrecord.entities.draft import Draft, Drafts
from onrecord.entities.lexicon import senses
from onrecord.entities.occupations import learn_occupations
from onrecord.entities.sexes import learn_sexes
from onrecord.entities.words import Words

FEW = 0.4
"""Share of the words for the main country up to which another is a foreign state in the text."""


def learn_attributes(words: Words, drafts: Drafts, countries: Counter[str]) -> None:
    """Fill in what the text says of each draft."""
    most = max(countries.values(), default=0)
    other = {code for code, count in countries.items() if count <= FEW * most}
    described = descriptions(words, drafts)
    learn_sexes(words, drafts, described)
    for draft in drafts:
        if draft.kind == "Person":
            phrases = described.get(draft.number, [])
            learn_occupations(words, drafts, draft, phrases)
            learn_age_group(words, drafts, draft, phrases)
        _actor(words, drafts, draft, other)


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
