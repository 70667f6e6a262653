"""Bodies and people without a name: "the army", "two officials", "the chairman"."""

from __future__ import annotations

from onrecord.entities.draft import Draft, Drafts, Range
from onrecord.entities.gazetteer import demonyms
from onrecord.entities.lexicon import (
    Sense,
    kin,
    last_words,
    listed,
    person_nouns,
    roles,
    senses,
    sex_of_noun,
)
from onrecord.entities.phrases import country_in, inside, is_definite, phrase_of
from onrecord.entities.words import Words

ONE_A_COUNTRY = frozenset(
    {
        "army",
        "navy",
        "air_force",
        "police",
        "security_forces",
        "government",
        "intelligence",
        "parliament",
    }
)
"""Classes of bodies of which a country has one: all their nouns name it."""


def gather_nominals(words: Words, drafts: Drafts) -> None:
    """Add what nouns stand for, and join each to what it points back at."""
    for draft in drafts.of("Organization"):
        _body_of_name(words, drafts, draft)
    for index in range(len(words)):
        if index in drafts.at or words.pos[index] not in ("NOUN", "PROPN", "ADJ"):
            continue
        found = _sense(words, index)
        if found is None or _modifies(words, index):
            continue
        sense, length = found
        phrase = phrase_of(words, index)
        if length == 1 and _is_weak(words, index) and country_in(words, drafts, phrase) is None:
            continue
        owner = _renamed(words, drafts, index, phrase) or _those(words, drafts, phrase, sense)
        if owner is not None:
            drafts.mention(owner, phrase)
        elif sense.body:
            _body(words, drafts, (index + 1 - length, index + 1), phrase, sense)
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


def _sense(words: Words, index: int) -> tuple[Sense, int] | None:
    """The longest noun of the vocabulary that ends here, with its number of words."""
    for last in (words.lower[index], words.lemma[index]):
        reach = max(last_words(True).get(last, -1), last_words(False).get(last, -1))
        for length in range(reach + 1, 0, -1):
            first = index + 1 - length
            found = (
                senses().get((*words.lower[max(first, 0) : index], last)) if first >= 0 else None
            )
            if found is not None and not _is_plural_of_one(words, index, found, last):
                return found, length
    return None


def _is_plural_of_one(words: Words, index: int, sense: Sense, last: str) -> bool:
    """Several of what a country has one of: "swing states" are no government."""
    return sense.kind in ONE_A_COUNTRY and last != words.lower[index]


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


def _body_of_name(words: Words, drafts: Drafts, draft: Draft) -> None:
    """A named army, police or government is its country's, so that its nouns find it."""
    for mention in draft.mentions:
        found = _sense(words, mention[1] - 1)
        if found is not None and found[0].body:
            country = country_in(words, drafts, (mention[0], mention[1] + 1)) or ""
            draft.body = draft.body or (found[0].kind, country)
            named = words.lower[mention[0] : mention[1]]
            world = not listed("groups", "worldwide").isdisjoint(named)
            actor = "international_organization" if world else found[0].actor
            draft.known.setdefault("actor_type", actor)
            if country:
                draft.known.setdefault("country", country)


def _body(words: Words, drafts: Drafts, noun: Range, phrase: Range, sense: Sense) -> None:
    country = country_in(words, drafts, phrase) or ""
    draft = _same_body(words, drafts, noun, phrase, (sense.kind, country))
    if draft is None:
        draft = drafts.add("Organization", words.said(*phrase), named=False)
        draft.body = (sense.kind, country)
        draft.keys.add(_key(words, phrase))
        draft.known["actor_type"] = sense.actor
    elif country and draft.body == (sense.kind, ""):
        draft.body = (sense.kind, country)
    if country and "country" not in draft.known:
        draft.learn("country", country, words.span(*phrase))
    draft.cites.setdefault("actor_type", []).append(words.span(*noun))
    drafts.mention(draft, phrase)


def _same_body(
    words: Words, drafts: Drafts, noun: Range, phrase: Range, body: tuple[str, str]
) -> Draft | None:
    kind, country = body
    before = [d for d in reversed(list(drafts.of("Organization"))) if d.body and d.body[0] == kind]
    before.sort(key=lambda d: -max((m[0] for m in d.mentions if m[0] < noun[0]), default=-1))
    key = _key(words, phrase)
    same_words = next((d for d in before if key in d.keys), None)
    if same_words is not None and not _is_new(words, phrase):
        return same_words
    if kind in ONE_A_COUNTRY and not _of_a_town(drafts, phrase):
        if country:
            agree = [d for d in before if d.body and d.body[1] == country]
            alone = before if len(before) == 1 and before[0].body == (kind, "") else []
            return next(iter(agree or alone), None)
        plain = set(key.split()) <= set(words.lower[noun[0] : noun[1]])
        known = [d for d in before if d.body and d.body[1]]
        return next(iter(known or before), None) if plain else None
    if is_definite(words, phrase) and key == " ".join(words.lower[noun[0] : noun[1]]):
        return next((d for d in before if _ends_with(words, d, noun)), None)
    return None


def _is_new(words: Words, phrase: Range) -> bool:
    """Whether a phrase brings in somebody: "a court", "another", "three unions"."""
    first = phrase[0]
    return words.lower[first] in ("a", "an", "another", "some", "other") or any(
        words.pos[index] == "NUM" for index in range(*phrase)
    )


def _of_a_town(drafts: Drafts, phrase: Range) -> bool:
    return any(
        place.known.get("place_kind") != "country" for place in inside(drafts, phrase, "Place")
    )


def _ends_with(words: Words, draft: Draft, noun: Range) -> bool:
    """Whether a body's name ends in this noun: "the court" after "the Marrow High Court"."""
    wanted = words.lower[noun[1] - 1]
    return any(
        wanted in (words.lower[first], words.lower[end - 1])
        for first, end in draft.mentions
        if first < noun[0]
    )


def _key(words: Words, phrase: Range) -> str:
    return " ".join(
        w
        for w in words.lower[phrase[0] : phrase[1]]
        if w not in listed("titles", "determiners") and w not in ("'s", "'")
    )


def _group(words: Words, drafts: Drafts, head: int, phrase: Range, sense: Sense) -> None:
    key = _key(words, phrase)
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
    owner = drafts.at.get(words.head[head])
    if words.dep[head] == "appos" and owner is not None and owner.kind == "Person":
        drafts.mention(owner, phrase)
        return
    definite = is_definite(words, phrase) or any(i in drafts.at for i in range(*phrase))
    found = _pointed_at(words, drafts, head, phrase) if definite else []
    if len(found) == 1:
        drafts.mention(found[0], phrase)
        return
    draft = drafts.add("Person", words.said(*phrase), named=False, candidates=tuple(found))
    draft.keys.add(_key(words, phrase))
    sex = sex_of_noun().get(words.lower[head])
    if sex:
        draft.sex[sex] += 3
        draft.cites.setdefault("sex", []).append(words.span(head, head + 1))
    drafts.mention(draft, phrase)


def _pointed_at(words: Words, drafts: Drafts, head: int, phrase: Range) -> list[Draft]:
    """The persons introduced before with this role, of this body where one is named."""
    noun = words.lower[head]
    if noun in kin():
        return []
    wanted = {w for w in words.lower[phrase[0] : head] if w.isalpha()}
    wanted -= listed("titles", "determiners") | listed("roles", "modifiers")
    if words.lower[phrase[0]] in ("his", "her", "their", "our", "my"):
        return []
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
