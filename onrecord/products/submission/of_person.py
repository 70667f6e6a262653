"""Who the person is: name, age, sex, nationality, occupation, and what else to know them by."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from onrecord.model import Entity, Span
from onrecord.passages.sentence import sentence
from onrecord.products.index import Sheet
from onrecord.products.people import fold, is_name, plain_name
from onrecord.products.submission.found import MISSING, Found, differing, from_values, from_words
from onrecord.products.submission.passages import Place, Spoken, Told, search
from onrecord.products.wording import say, say_as, semicolon
from onrecord.vocabulary import load


def name(spoken: Spoken) -> Found:
    """The full name as each document spells it; two spellings in one script are a doubt."""
    told = [t for sheet, e in _own(spoken) if e.type == "Person" for t in _names(sheet, e)]
    if not told:
        return MISSING
    spelled: dict[tuple[str, str], str] = {}
    for one in told:
        spelled.setdefault((_script(one.value), fold(one.value)), plain_name(one.value))
    scripts = [script for script, _ in spelled]
    several = len(scripts) > len(set(scripts))
    ways = differing(say("spelled in more than one way"), spelled.values())
    value = semicolon().join(spelled.values())
    return from_words(told, value=value, reasons=[ways] if several else [])


def _own(spoken: Spoken) -> Iterator[tuple[Sheet, Entity]]:
    for sheet in spoken.sheets:
        for entity in sorted(spoken.subject.entities & sheet.entities.keys()):
            yield sheet, sheet.entities[entity]


def _names(sheet: Sheet, entity: Entity) -> Iterator[Told]:
    """Each full name of an entity once, where it first stands."""
    seen: set[str] = set()
    for span in entity.words:
        words = " ".join(sheet.text(span).split())
        if is_name(words) and " " in fold(words) and fold(words) not in seen:
            seen.add(fold(words))
            yield Told(sheet.record, span, span, value=words)


def _script(words: str) -> str:
    letters = (unicodedata.name(c, "").split(" ")[0] for c in words if c.isalpha())
    return next(letters, "")


def age(spoken: Spoken) -> Found:
    """An age or day of birth right beside the name."""
    told = [one for place in spoken.places for one in _ages(place)]
    return from_values(told, differ=say("told differently"))


def _ages(place: Place) -> Iterator[Told]:
    patterns = load("submission_words")["age"]
    for pattern in patterns["after"]:
        if found := re.search(pattern, place.after, re.IGNORECASE):
            yield place.told(place.after_at(found, "age"), value=found["age"])
            return
    for pattern in patterns["before"]:
        if found := re.search(pattern, place.before, re.IGNORECASE):
            yield place.told(place.before_at(found, "age"), value=found["age"])
            return


def sex(spoken: Spoken) -> Found:
    """What words show of it; a given name alone shows nothing."""
    told = [
        _at(sheet, span, say_as("sex", str(e.sex)))
        for sheet, e in _own(spoken)
        if e.sex in ("male", "female", "other")
        for span in e.cites.get("sex", ())
        if not any(m[0] <= span[0] and span[1] <= m[1] for m in e.mentions)
    ]
    return from_values(told, differ=say("told differently"))


def occupation(spoken: Spoken) -> Found:
    """The words by which the record says what the person does."""
    told = [
        _at(sheet, span, " ".join(sheet.text(span).split()).casefold())
        for sheet, e in _own(spoken)
        for span in e.cites.get("occupations", ())
    ]
    return from_words(told, value=semicolon().join(dict.fromkeys(one.value for one in told)))


def _at(sheet: Sheet, span: Span, value: str) -> Told:
    return Told(sheet.record, sentence(sheet.record.text, span), span, sheet.covering(span), value)


def nationality(spoken: Spoken) -> Found:
    """Words that say of which State the person is a national."""
    return _listed(spoken, "nationality")


def identifiers(spoken: Spoken) -> Found:
    """A paper, a picture, marks or clothes by which to know the person."""
    return _listed(spoken, "identifiers")


def _listed(spoken: Spoken, key: str) -> Found:
    return from_words(place.told(core) for place in spoken.places for core in search(place, key))
