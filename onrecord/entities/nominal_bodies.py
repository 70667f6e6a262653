"""Bodies that nouns stand for: "the army", "Norway's military", "the court"."""

from __future__ import annotations

from collections import Counter

from onrecord.entities.draft import Draft, Drafts, Range
from onrecord.entities.lexicon import Sense, last_words, listed, senses
from onrecord.entities.phrases import country_in, inside, is_definite
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

_ALSO_OTHERS = frozenset({"authority", "administration", "state", "leadership"})
"""Nouns of a government that end the names of other bodies: "the Port Authority"."""

_CALLED_BY_FOES = frozenset({"regime", "junta"})
"""Nouns of a government that take up no other name of one: two governments may be told of."""

_OURS = frozenset({"our", "my", "your"})


def sense_at(words: Words, index: int) -> tuple[Sense, int] | None:
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


def key_of_phrase(words: Words, phrase: Range) -> str:
    """The words of a phrase as they are compared: without determiners and possessive marks.

    Whose it is who speaks stays: "our government" need not be the one that was told of before.
    """
    told = (
        w
        for w in words.lower[phrase[0] : phrase[1]]
        if w not in listed("titles", "determiners") and w not in ("'s", "'")
    )
    return " ".join(("our", *told) if words.lower[phrase[0]] in _OURS else told)


def body_of_name(words: Words, drafts: Drafts, draft: Draft) -> None:
    """A named army, police or government is its country's, so that its nouns find it."""
    for mention in draft.mentions:
        found = sense_at(words, mention[1] - 1)
        if found is not None and found[0].body:
            country = country_in(words, drafts, (mention[0], mention[1] + 1)) or ""
            if not country and words.lower[mention[1] - 1] in _ALSO_OTHERS:
                continue
            draft.body = draft.body or (found[0].kind, country)
            named = words.lower[mention[0] : mention[1]]
            world = not listed("groups", "worldwide").isdisjoint(named)
            actor = "international_organization" if world else found[0].actor
            draft.known.setdefault("actor_type", actor)
            if country:
                draft.learn("country", country, words.span(*mention))


def add_body(words: Words, drafts: Drafts, noun: Range, phrase: Range, sense: Sense) -> None:
    """A mention of the body that a phrase points back at, or of a new one."""
    country = country_in(words, drafts, phrase) or ""
    draft = _same_body(words, drafts, noun, phrase, (sense.kind, country))
    if draft is None:
        draft = drafts.add("Organization", words.said(*phrase), named=False)
        draft.body = (sense.kind, country)
        draft.keys.add(key_of_phrase(words, phrase))
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
    key = key_of_phrase(words, phrase)
    same_words = next((d for d in before if key in d.keys), None)
    if same_words is not None and not _is_new(words, phrase):
        return same_words
    if words.lower[phrase[0]] in _OURS:
        return None
    if kind in ONE_A_COUNTRY and not _of_a_town(drafts, phrase):
        if country:
            return _of_country(words, before, country)
        plain = set(key.split()) <= set(words.lower[noun[0] : noun[1]])
        if plain and (here := _country_ahead(words, drafts, phrase)):
            return next((d for d in before if d.body and d.body[1] == here), None)
        return _pointed_at(words, drafts, before, noun) if plain else None
    if is_definite(words, phrase) and key == " ".join(words.lower[noun[0] : noun[1]]):
        return next((d for d in before if _ends_with(words, d, noun)), None)
    return None


def _of_country(words: Words, before: list[Draft], country: str) -> Draft | None:
    """Whom "the Zarvian army" means: that country's, else the one "army" told of with no country.

    Not one with a name, which may be another's, nor what its foes or its own people call theirs.
    """
    agree = [d for d in before if d.body and d.body[1] == country]
    plain = len(before) == 1 and not (before[0].named or (before[0].body or ("", ""))[1])
    theirs = plain and _is_called(words, before[0], first=_OURS, last=_CALLED_BY_FOES)
    alone = before if plain and not theirs else []
    return next(iter(agree or alone), None)


def _is_called(
    words: Words,
    draft: Draft,
    *,
    first: frozenset[str] = frozenset(),
    last: frozenset[str] = frozenset(),
) -> bool:
    """Whether each mention of a body begins or ends with one of these: "our government"."""
    return all(
        words.lower[start] in first or words.lower[end - 1] in last for start, end in draft.mentions
    )


def _country_ahead(words: Words, drafts: Drafts, phrase: Range) -> str:
    """The country that opens the sentence: "In Zarvia, the military"; "" where none does."""
    first = phrase[0]
    place = drafts.at.get(first - 2) if first > 2 and words.word[first - 1] == "," else None
    if place is None or place.kind != "Place" or place.known.get("place_kind") != "country":
        return ""
    begins = next((m[0] for m in place.mentions if m[1] == first - 1), 0)
    opens = begins > 0 and words.word[begins - 1] == "In"
    return place.known.get("country", "") if opens else ""


def _pointed_at(words: Words, drafts: Drafts, before: list[Draft], noun: Range) -> Draft | None:
    """Whom "the military" alone means: the one so called, else that of the country told of most.

    A body with a name but no country is called by the noun of its name, or not at all.
    """
    before = [d for d in before if not _is_called(words, d, first=_OURS)]
    alike = [d for d in before if _ends_with(words, d, noun)]
    known = [d for d in before if d.body and d.body[1]]
    told = [d for d in alike if d in known] or alike
    apart = words.lower[noun[1] - 1] in _CALLED_BY_FOES
    one = not apart and len({d.body for d in known}) == 1
    if not told and one and _is_told_of_most(drafts, known[0]):
        told = known
    plain = [d for d in before if not d.named and not _is_called(words, d, last=_CALLED_BY_FOES)]
    unnamed = [] if known or apart else plain
    return next(iter(told or unnamed), None)


def _is_told_of_most(drafts: Drafts, body: Draft) -> bool:
    """Whether no other country has more mentions than that of a body."""
    told: Counter[str] = Counter()
    for place in drafts.of("Place"):
        told[place.known.get("country", "")] += len(place.mentions)
    country = body.body[1] if body.body else ""
    return all(told[country] >= told[other] for other in told if other)


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
