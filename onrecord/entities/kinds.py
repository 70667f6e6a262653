"""Whether a name is a person, an organization, a group or a place: evidence weighed over the text.

The parser labels each occurrence by itself and errs on names it has not met. So all occurrences of
a name are judged together, on the parser's labels, the gazetteer, and the words around them.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from onrecord.entities.gazetteer import Known, demonyms, places_named
from onrecord.entities.kind_signs import signs_beside
from onrecord.entities.lexicon import (
    body_heads,
    listed,
    person_nouns,
    sex_of_given_name,
    titles,
)
from onrecord.entities.names import Name
from onrecord.entities.single_names import (
    is_acronym,
    is_called_the,
    is_one,
    is_people,
    is_plural,
    is_stray,
)
from onrecord.entities.words import Words
from onrecord.model import Span
from onrecord.vocabulary import load

Votes = dict[str, float]

_OF_ANYBODY = frozenset({"speaks", "suffers", "described"})
"""Signs of a person that bodies and peoples show, too."""
LARGE, VERY_LARGE = 50_000, 500_000
"""Population from which a name is likely the town's, and from which it speaks for its country."""


def decide_kinds(
    words: Words,
    names: list[Name],
    dateline: Span | None = None,
    bodies: tuple[Span, ...] = (),
) -> dict[str, str]:
    """The kind of each name by its key; a name that nothing speaks for is left out.

    `dateline` is where the place of the dateline stands, `bodies` the bodies that the
    head names.
    """
    about = countries_of(words, names)
    occurrences: dict[str, list[Name]] = defaultdict(list)
    for name in names:
        occurrences[name.key].append(name)
    votes = {key: _votes(words, key, found, about) for key, found in occurrences.items()}
    for name in names:
        if dateline and dateline[0] <= words.start[name.first] < dateline[1]:
            votes[name.key]["Place"] += weight("dateline")
        if any(first <= words.start[name.first] < last for first, last in bodies):
            votes[name.key]["Organization"] += weight("letterhead")
    _lend_surnames(votes)
    _lend_first_names(votes)
    _lend_last_words(votes)
    kinds = {}
    for key, counted in votes.items():
        best = max(sorted(counted), key=lambda kind: counted[kind], default=None)
        if best is not None and counted[best] >= weight("least"):
            kinds[key] = best
    return kinds


def weight(name: str) -> float:
    """How much one sign counts, or a bound on the sum (`vocabulary/kinds.yaml`)."""
    return float(load("kinds")["weights"][name])


def _votes(words: Words, key: str, found: list[Name], about: Counter[str]) -> Votes:
    votes: Votes = defaultdict(float)
    many = is_plural(words, found)
    stray = many or is_stray(words, found)
    for name in found:
        if name.label and not (stray and name.label == "Person"):
            votes[name.label] += weight(f"label {name.label}") / len(found)
    around: Votes = defaultdict(float)
    weak = _OF_ANYBODY if stray or is_acronym(words, found) else frozenset()
    for name in found:
        for kind, sign in signs_beside(words, name):
            around[kind] += weight(sign) * (kind != "Person" or sign not in weak)
    if is_called_the(words, found):
        around["Person"] += weight("the")
        labels = {name.label for name in found}
        if labels != {""} and "Place" not in labels:
            body = "Group" if many and "Organization" not in labels else "Organization"
            around[body] += weight("article")
    for kind, total in around.items():
        votes[kind] += max(-weight("most"), min(total, weight("most")))
    for kind, sign in _of_itself(words, key, found[0], about):
        votes[kind] += weight(sign)
    return votes


def _of_itself(words: Words, key: str, name: Name, about: Counter[str]) -> list[tuple[str, str]]:
    """What the name's own words say."""
    parts = key.split()
    signs = []
    if not parts:
        return [("Person", "not a name")]
    if key in demonyms():
        signs.append(("Group", "demonym"))
    elif _is_people(words, name, parts) or _are_people(words, name, parts):
        signs.append(("Group", "a people"))
    heads = body_heads()
    if _is_called_a_body(words, name, parts):
        signs.append(("Organization", "organization word"))
    elif len(parts) > 1 and any(part in heads for part in parts):
        signs.append(("Organization", "organization word inside"))
    if key in listed("titles", "media"):
        signs.append(("Organization", "known outlet"))
    surface = words.word[name.first]
    if len(parts) == 1 and surface.isupper() and 2 <= len(surface) <= 7 and surface.isalpha():
        signs.append(("Organization", "acronym"))
    signs += _by_gazetteer(key, surface, about) + _by_place_words(parts)
    if 2 <= len(parts) <= 4 and not any(part in heads for part in parts):
        signs.append(("Person", "several words"))
        if parts[0] in sex_of_given_name():
            signs.append(("Person", "given name"))
    return signs


def _is_people(words: Words, name: Name, parts: list[str]) -> bool:
    """Whether it is called by a word for a people; one of whom a verb tells bears it as a name."""
    return is_people(parts[-1]) and not (len(parts) == 1 and is_one(words, name))


def _are_people(words: Words, name: Name, parts: list[str]) -> bool:
    """Whether many are told of by their country: "Zaruvian Youtubers"."""
    return len(parts) > 1 and words.tag[name.end - 1] == "NNPS" and parts[0] in demonyms()


def _is_called_a_body(words: Words, name: Name, parts: list[str]) -> bool:
    """Whether its own words say that it is a body; a single one does after "the"."""
    if len(parts) > 1:
        return _is_body(parts) or _is_of_a_calling(parts)
    return parts[0] in body_heads() and words.lower[max(0, name.first - 1)] == "the"


def _is_body(parts: list[str]) -> bool:
    return parts[-1] in body_heads() or (parts[0] in body_heads() and "of" in parts)


def _is_of_a_calling(parts: list[str]) -> bool:
    """Whether people of one calling meet in it: "bishops conference"."""
    people = {parts[-2], parts[-2].removesuffix("s")}
    return parts[-1] in listed("sure_names", "meetings") and not people.isdisjoint(person_nouns())


def _by_place_words(parts: list[str]) -> list[tuple[str, str]]:
    signs = []
    if len(parts) > 2 and parts[1] == "of" and parts[0] in listed("places", "realms"):
        signs.append(("Place", "realm"))
    if len(parts) > 1 and parts[-1] in listed("places", "named"):
        signs.append(("Place", "place word last"))
    return signs


def _by_gazetteer(key: str, surface: str, about: Counter[str]) -> list[tuple[str, str]]:
    if key in listed("places", "not_places"):
        return []
    if key in {place.casefold() for place in load("places")["wide"]}:
        return [("Place", "wide")]
    known = [place for place in places_named(key) if usable(place, key, surface)]
    if not known:
        return []
    if known[0].kind in ("country", "region"):
        return [("Place", f"gazetteer {known[0].kind}")]
    own = [place for place in known if place.own]
    here = any(about[place.country] for place in known)
    signs = [("Place", "country of the text")] if here else []
    if own and max(place.population for place in own) >= LARGE:
        return [*signs, ("Place", "gazetteer large city")]
    return [*signs, ("Place", "gazetteer city" if own else "gazetteer other name")]


def countries_of(words: Words, names: list[Name]) -> Counter[str]:
    """How often the text names each country or what is of it, by ISO alpha-2 code."""
    counted: Counter[str] = Counter()
    for index, lower in enumerate(words.lower):
        code = demonyms().get(lower)
        if code and words.word[index][0].isupper():
            counted[code] += 1
    for name in names:
        known = places_named(name.key)
        if not known or name.key in listed("places", "not_places"):
            continue
        first = known[0]
        if first.kind == "country" and usable(first, name.key, words.word[name.first]):
            counted[first.country] += 2
        elif _speaks_for_country(known, name):
            counted[first.country] += 1
    return counted


def _speaks_for_country(known: tuple[Known, ...], name: Name) -> bool:
    """A region that only one country has, or a great city that the parser takes for a place."""
    if known[0].kind == "region":
        return len({place.country for place in known}) == 1
    return known[0].own and known[0].population >= VERY_LARGE and name.label == "Place"


def usable(place: Known, key: str, surface: str) -> bool:
    """Whether a name can be meant: "US" is a country and "us" is not."""
    if place.kind == "country":
        return len(key) > 3 or surface.isupper()
    return len(key) > 2


def _lend_surnames(votes: dict[str, Votes]) -> None:
    """A lone word is a person where it ends the name of one: "Anders Dahl", later "Dahl"."""
    for key in _last_words(votes, "Person"):
        if key not in titles():
            votes[key]["Person"] += weight("surname")


def _lend_first_names(votes: dict[str, Votes]) -> None:
    """A lone word may be a person too where it begins the name of one: "Oren", a family's name."""
    first = {key.split()[0] for key in _of_kind(votes, "Person") if " " in key}
    for key in first & votes.keys():
        if key not in titles():
            votes[key]["Person"] += weight("first name")


def _lend_last_words(votes: dict[str, Votes]) -> None:
    """A lone noun for a body is one where it ends the name of one: "the Front"."""
    for key in _last_words(votes, "Organization") & body_heads():
        votes[key]["Organization"] += weight("surname")


def _last_words(votes: dict[str, Votes], kind: str) -> set[str]:
    """The names of one word that end a longer name of a kind."""
    lent = {key.split()[-1] for key in _of_kind(votes, kind) if " " in key}
    return lent & votes.keys()


def _of_kind(votes: dict[str, Votes], kind: str) -> list[str]:
    """The names that more speaks for being of a kind than of any other."""
    return [
        key
        for key, counted in votes.items()
        if counted and max(sorted(counted), key=lambda k: counted[k]) == kind
    ]
