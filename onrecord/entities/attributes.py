"""What is known of each entity, with the words it rests on: sex, age, occupations, actor type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from onrecord.entities.age_groups import learn_age_group
from onrecord.entities.descriptions import descriptions
from onrecord.entities.draft import Draft, Drafts, Range, Role
from onrecord.entities.lexicon import occupations, roles, senses
from onrecord.entities.sexes import learn_sexes
from onrecord.entities.words import Words
from onrecord.vocabulary import load

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
            _occupations(words, drafts, draft, phrases)
            learn_age_group(words, draft, phrases)
        _actor(words, drafts, draft, other)


def _occupations(words: Words, drafts: Drafts, person: Draft, described: list[Range]) -> None:
    found: dict[str, list[tuple[int, int]]] = {}
    phrases = [(_own_from(drafts, person, role), role.at + 1) for role in person.roles] + described
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


def _own_from(drafts: Drafts, person: Draft, role: Role) -> int:
    """Where the words for a role begin, behind the name of somebody else: "X and driver Y"."""
    for index in range(role.at - 1, role.phrase[0] - 1, -1):
        other = drafts.at.get(index)
        if other is not None and other is not person and other.kind == "Person" and other.named:
            return index + 1
    return role.phrase[0]


def _by_body(words: Words, role: Role) -> Iterator[tuple[str, int]]:
    """What a post in a body makes of its holder: "president of the Marrow Teachers' Union"."""
    longer = words.lower[role.at - 1 : role.at + 1] == ["secretary", "general"]
    noun = "secretary" if longer else role.noun
    for occupation, rule in load("occupations_by_body").items():
        if noun not in rule["roles"]:
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
            if names and not (length == 1 and words.tag[stop - 1] == "JJ"):
                found.append((index, index + length, names))
                index += length - 1
                break
        index += 1
    return found


def _inside_role(words: Words, start: int, stop: int) -> bool:
    """Whether a word only ends a longer post: "secretary general" is no general."""
    pair = tuple(words.lower[max(0, start - 1) : stop]) if stop - start == 1 else ()
    return len(pair) == 2 and pair in roles() and pair not in occupations()


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
