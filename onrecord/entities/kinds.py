"""Whether a name is a person, an organization, a group or a place: evidence weighed over the text.

The parser labels each occurrence by itself and errs on names it has not met. So all occurrences of
a name are judged together, on the parser's labels, the gazetteer, and the words around them.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from onrecord.entities.gazetteer import Known, demonyms, places_named
from onrecord.entities.lexicon import (
    body_heads,
    kin,
    listed,
    person_nouns,
    senses,
    sex_of_given_name,
    titles,
)
from onrecord.entities.names import Name
from onrecord.entities.phrases import introduced_by
from onrecord.entities.surroundings import first_of_list, head_of, person_signs, place_signs
from onrecord.entities.words import Words
from onrecord.model import Span
from onrecord.vocabulary import load

Votes = dict[str, float]

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
    for name in found:
        if name.label:
            votes[name.label] += weight(f"label {name.label}") / len(found)
    around: Votes = defaultdict(float)
    for name in found:
        for kind, sign in _signs(words, name):
            around[kind] += weight(sign)
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
    if key in demonyms() or (parts[-1] in demonyms() and len(parts) == 1):
        signs.append(("Group", "demonym"))
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


def _signs(words: Words, name: Name) -> list[tuple[str, str]]:
    signs = _before(words, name)
    after = words.lower[name.end] if name.end < len(words) else ""
    if after in listed("places", "generic") and words.pos[name.end] in ("NOUN", "PROPN"):
        signs.append(("Place", "place word"))
    if is_attributive(words, name):
        noun = words.head[name.end - 1]
        if words.lower[noun] in listed("places", "events"):
            signs.append(("Place", "before an event"))
        people = person_nouns() | listed("kinds", "of_a_people")
        if words.lemma[noun] in people:
            signs.append(("Group", "of a people"))
        sense = senses().get((words.lemma[noun],))
        if sense and sense.actor == "armed_group" and name.end - name.first > 1:
            signs.append(("Organization", "of fighters"))
    signs += [*place_signs(words, name), *person_signs(words, name)]
    return signs + _after(words, name, after) + _as_subject(words, name)


def _before(words: Words, name: Name) -> list[tuple[str, str]]:
    if not name.first:
        return []
    index = name.first - 1
    before, signs = words.lower[index], _beside(words, name)
    leads = words.pos[index] == "ADP" and not _owns_a_fate(words, name)
    owner = words.lower[name.end : name.end + 1] in (["'s"], ["’s"])
    if leads and before in listed("places", "surely_before") and not owner:
        signs.append(("Place", "in"))
    elif leads and before in listed("places", "before"):
        signs.append(("Place", "preposition"))
    if before in listed("places", "directions"):
        signs.append(("Place", "direction"))
    if before == "of" and words.lower[index - 1] in listed("places", "generic"):
        signs.append(("Place", "place word"))
    if before == "of" and words.lower[index - 1] in listed("places", "governed_by"):
        signs.append(("Place", "governed"))
    if _after_event(words, index):
        signs.append(("Place", "after an event"))
    return signs


def _beside(words: Words, name: Name) -> list[tuple[str, str]]:
    """What introduces a person: a title, a description before a comma, "by" that opens a line."""
    index, signs = name.first - 1, []
    if name.title < name.first:
        signs.append(("Person", "title"))
    if words.word[index] == "," and introduced_by(words, name.title, name.end) is not None:
        signs.append(("Person", "described"))
    opens = not index or words.sentence[index] != words.sentence[index - 1]
    if words.lower[index] == "by" and opens:
        signs.append(("Person", "byline"))
    return signs


def _after_event(words: Words, index: int) -> bool:
    """Whether "the attack at" or "the raid on" ends here; an attack "on" may be on a person."""
    event = words.lemma[index - 1] if index else ""
    if event not in listed("places", "events"):
        return False
    return words.lower[index] in ("at", "in") or (event, words.lower[index]) == ("raid", "on")


def is_attributive(words: Words, name: Name) -> bool:
    """Whether a name only qualifies the common noun behind it: "the Marrow fighters"."""
    last = name.end - 1
    head = words.head[last]
    return (
        head >= name.end
        and words.pos[head] == "NOUN"
        and words.dep[last] in ("amod", "compound", "nmod")
    )


def _after(words: Words, name: Name, after: str) -> list[tuple[str, str]]:
    signs = []
    following = words.lower[name.end : name.end + 3]
    if after == "'s" and len(following) > 1 and following[1] in kin():
        signs.append(("Person", "kin"))
    elif _owns_a_fate(words, name):
        signs.append(("Person", "suffers"))
    if after in (",", "[", "(") and len(following) > 1:
        known = places_named(words.word[name.end + 1])
        if known and known[0].kind == "country" and words.word[name.end + 1][0].isupper():
            signs.append(("Place", "before its country"))
        if following[1].isdigit() and following[2:] and following[2] in (",", ")"):
            if 5 < int(following[1]) < 100 and len(following[1]) < 3:
                signs.append(("Person", "age"))
        elif _described(words, name.end + 1):
            signs.append(("Person", "described"))
    if after in ("who", "whose") or following[:2] in ([",", "who"], [",", "whose"]):
        signs.append(("Person", "who"))
    return signs


def _owns_a_fate(words: Words, name: Name) -> bool:
    """Whether what follows is only ever one person's: "in Dahl's disappearance" is not in Dahl."""
    following = words.lower[name.end : name.end + 2]
    return following[:1] == ["'s"] and following[-1] in listed("kinds", "of_one_person")


def _described(words: Words, index: int) -> bool:
    """A noun for a person follows within a few words of the same phrase: ", a local journalist"."""
    for position in range(index, min(index + 6, len(words))):
        if words.pos[position] == "NOUN" and words.lemma[position] in person_nouns():
            return words.tag[position] == "NN"
        if words.pos[position] in ("VERB", "AUX", "PUNCT", "ADP", "SCONJ"):
            return False
    return False


def _as_subject(words: Words, name: Name) -> list[tuple[str, str]]:
    head = head_of(words, name.first, name.end)
    verb = words.lemma[words.head[head]]
    signs = []
    if words.dep[head] == "nsubj" and verb in listed("roles", "speech"):
        signs.append(("Person", "speaks"))
    told = first_of_list(words, head)
    done = words.lemma[words.head[told]]
    if words.dep[told] in ("nsubjpass", "dobj") and done in listed("roles", "human_verbs"):
        signs.append(("Person", "suffers"))
    if words.dep[head] == "appos" and words.lemma[words.head[head]] in person_nouns():
        signs.append(("Person", "described"))
    return signs


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
