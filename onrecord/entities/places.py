"""Which place of the world a name stands for: weighed by the countries the text is about.

A name the gazetteer has only elsewhere ("Kech" is a spelling of a German town) stays a place
without coordinates: unknown stays unknown.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from onrecord.entities.draft import Draft, Drafts
from onrecord.entities.gazetteer import Known, demonyms, places_named
from onrecord.entities.kinds import usable
from onrecord.entities.lexicon import listed
from onrecord.entities.names import Name
from onrecord.entities.words import Words
from onrecord.model import Location, Span

LARGE = 100_000
"""Population from which a town is meant although the text names nothing else of its country."""


DOMINANT = 0.6
"""Share of a text's words for countries from which an unknown village is taken to be there."""


def gather_places(words: Words, drafts: Drafts, names: list[Name], countries: Counter[str]) -> None:
    """Add the places that `names` stand for, with country and coordinates where they are known."""
    by_key: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        by_key[name.key].append(name)
    for key, found in by_key.items():
        draft = drafts.add("Place", words.said(found[0].first, found[0].end))
        draft.keys.add(key)
        for name in found:
            drafts.name(draft, (name.first, name.end), *_with_kind(words, name))
        _locate(words, draft, found, countries)


def _with_kind(words: Words, name: Name) -> list[tuple[int, int]]:
    """A name with the noun for its kind is a mention too: "the Sorrel area"."""
    end = name.end
    if end < len(words) and words.lower[end] in listed("places", "generic"):
        return [(name.first, end + 1)]
    return []


def _locate(words: Words, draft: Draft, names: list[Name], countries: Counter[str]) -> None:
    said = _said_country(words, names)
    if said is not None:
        draft.learn("country", *said)
    key = names[0].key
    if key in {place.casefold() for place in listed("places", "wide")}:
        return
    known = [p for p in places_named(key) if usable(p, key, words.word[names[0].first])]
    stem = key.rsplit(" ", 1)[0]
    if not known and stem != key and key.rsplit(" ", 1)[1] in listed("places", "generic"):
        known = list(places_named(stem))
    place = _chosen(known, said[0] if said else None, countries)
    span = words.span(names[0].first, names[0].end)
    if place is None and said is None:
        main = _dominant(countries)
        if main is not None:
            draft.learn("country", main, _named_in(words, main))
    if place is not None:
        draft.learn("country", place.country, span)
        if place.lat is not None and place.lon is not None:
            draft.learn("location", Location(place.lat, place.lon, place.kind), span)
        draft.known["place_kind"] = place.kind


def _named_in(words: Words, country: str) -> Span:
    """Where the text first names a country or what is of it."""
    for index, lower in enumerate(words.lower):
        if not words.word[index][0].isupper():
            continue
        known = places_named(lower) if words.pos[index] == "PROPN" else ()
        if demonyms().get(lower) == country or (known and known[0].country == country):
            return words.span(index, index + 1)
    return words.span(0, 1)


def _dominant(countries: Counter[str]) -> str | None:
    """The country that most of a text's words for countries are about."""
    if not countries:
        return None
    code, count = countries.most_common(1)[0]
    return code if count >= DOMINANT * countries.total() else None


def _chosen(known: list[Known], said: str | None, countries: Counter[str]) -> Known | None:
    if not known:
        return None
    if said is not None:
        known = [place for place in known if place.country == said]
        return max(known, key=_size, default=None)
    if known[0].kind == "country":
        return known[0]
    about = [place for place in known if countries[place.country]]
    if about:
        return max(about, key=lambda p: (countries[p.country], _size(p)))
    own = [
        place
        for place in known
        if place.own and (place.population >= LARGE or place.kind == "region")
    ]
    return max(own, key=_size, default=None)


def _size(place: Known) -> tuple[int, bool]:
    return (place.population, place.own)


def _said_country(words: Words, names: list[Name]) -> tuple[str, Span] | None:
    """The country that follows a place's name: "Oslo, Norway", "Paris [France]"."""
    for name in names:
        for following in (1, 3):
            index = name.end + following
            marks = words.word[name.end : index : 2]
            if index >= len(words) or not all(mark in (",", "[", "(") for mark in marks):
                break
            for end in range(min(len(words), index + 4), index, -1):
                known = places_named(words.said(index, end))
                if known and known[0].kind == "country" and words.word[index][0].isupper():
                    return known[0].country, words.span(index, end)
    return None
