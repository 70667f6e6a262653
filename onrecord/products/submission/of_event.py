"""What happened to the person: what, when, where, in which State, by whom, and who saw it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord import dates
from onrecord.dates import english
from onrecord.model import Edtf, Entity, Span
from onrecord.passages.sentence import sentence
from onrecord.products.edtf import in_words, year_known
from onrecord.products.index import Sheet
from onrecord.products.people import fold
from onrecord.products.submission.found import MISSING, Found, differing, from_words
from onrecord.products.submission.passages import Spoken, Told, any_of, doubts, once, search
from onrecord.products.submission.taken import (
    Taking,
    acts_of,
    agents,
    day_of,
    is_a_day,
    takings,
)
from onrecord.products.wording import listed, say, semicolon
from onrecord.products.writer import act_label
from onrecord.vocabulary import load


def circumstances(spoken: Spoken) -> Found:
    """Who says that somebody took the person; that one is missing says less."""
    found = sorted(takings(spoken), key=lambda one: not one.strong)
    strong = [one for one in found if one.strong]
    reasons = []
    if found and not strong:
        reasons.append(say("said to be missing; that somebody took the person is not said"))
    elif strong and all(one.told.doubt for one in strong):
        reasons.append(say("that somebody took the person is said with a hedge only"))
    return from_words([one.told for one in found], reasons=reasons)


def date(spoken: Spoken) -> Found:
    """The day, told in the sentences that tell of it or coded with the act."""
    told = [*_dated(spoken), *_dates_of_acts(spoken)]
    if not told:
        return MISSING
    finest = max((one.value for one in told), key=lambda day: _weight(day, told))
    against = [one for one in told if not _agree(finest, one.value)]
    reasons = []
    if against:
        spelled = dict.fromkeys(in_words(one.value) for one in told)
        reasons.append(differing(say("told differently"), spelled))
    elif not year_known(finest):
        reasons.append(say("the year is not stated"))
    elif not is_a_day(finest):
        reasons.append(say("the day is not stated"))
    kept = [one for one in told if one.value == finest] or told
    return replace(from_words([*kept, *against], value=finest, reasons=reasons), value=finest)


def _weight(day: Edtf, told: list[Told]) -> tuple[bool, bool, int, str]:
    """Of several days the finest comes first, then what most reports tell."""
    reports = {one.record.document.id for one in told if one.value == day}
    return is_a_day(day), year_known(day), len(reports), day


def _agree(one: Edtf, other: Edtf) -> bool:
    return one == other or dates.overlaps(one, other)


def _dated(spoken: Spoken) -> Iterator[Told]:
    for taking in takings(spoken):
        found = day_of(taking)
        if found is not None:
            yield replace(taking.told, core=found[1], value=found[0])


def _dates_of_acts(spoken: Spoken) -> Iterator[Told]:
    for sheet, act in acts_of(spoken):
        if act.type in load("submission_words")["taking"] and act.date:
            core = next(iter(act.cites.get("date", ())), act.span)
            yield _at(sheet, core, act.date.partition("/")[0])


def place(spoken: Spoken) -> Found:
    """The place named in the sentences that tell of it, or coded with the act."""
    told = list(_placed(spoken))
    names = list(dict.fromkeys(fold(one.value) for one in told))
    values = list(dict.fromkeys(one.value for one in told))
    reasons = [differing(say("told differently"), values)] if len(names) > 1 else []
    return from_words(told, value=semicolon().join(values), reasons=reasons)


def _placed(spoken: Spoken) -> Iterator[Told]:
    for taking in takings(spoken):
        sheet = taking.place.sheet
        for chain in chains(sheet, taking.told.span):
            lead = sheet.record.text[taking.told.span[0] : chain[0][0][0]]
            if re.search(r"\b(?:at|in|near|outside|inside|on)\s(?:[\w'’]+\s){0,6}$", lead):
                first = chain[0]
                yield replace(taking.told, core=first[0], value=first[1].name)
                break
    for sheet, act in acts_of(spoken):
        if act.type in load("submission_words")["taking"] and act.place in sheet.entities:
            core = next(iter(act.cites.get("place", ())), act.span)
            yield _at(sheet, core, sheet.entities[act.place].name)


Chain = tuple[tuple[Span, Entity], ...]


def chains(sheet: Sheet, within: Span) -> Iterator[Chain]:
    """Places named one inside the other: "Aven in Ore Province, Maruvia"."""
    named = sorted(
        ((m, e) for e in sheet.record.entities if e.type == "Place" for m in e.mentions),
        key=lambda pair: pair[0],
    )
    row: list[tuple[Span, Entity]] = []
    for span, entity in named:
        if not within[0] <= span[0] < within[1]:
            continue
        if row and not re.fullmatch(r",?\s(?:in\s)?", sheet.record.text[row[-1][0][1] : span[0]]):
            yield tuple(row)
            row = []
        row.append((span, entity))
    if row:
        yield tuple(row)


def state(spoken: Spoken) -> Found:
    """The country of the place; else the outermost place that some report names it in."""
    places = {fold(one.value) for one in _placed(spoken)}
    told = []
    for sheet in spoken.desk.index.sheets:
        for chain in chains(sheet, (0, len(sheet.record.text))):
            if fold(chain[0][1].name) in places and len(chain) > 1:
                span = (chain[0][0][0], chain[-1][0][1])
                told.append(replace(_at(sheet, span, chain[-1][1].name), span=span, doubt=""))
    told += [one for sheet in spoken.sheets for one in _headed(sheet, places)]
    states = [one for one in told if _is_a_state(spoken, one.value)]
    if states:
        values = list(dict.fromkeys(one.value for one in states))
        reasons = [differing(say("told differently"), values)] if len(values) > 1 else []
        return from_words(states, value=semicolon().join(values), reasons=reasons)
    if not told:
        return MISSING
    values = list(dict.fromkeys(one.value for one in told))
    unsaid_so = say("that this is a State is not said in the record")
    return from_words(told, value=semicolon().join(values), reasons=[unsaid_so])


def _headed(sheet: Sheet, places: set[str]) -> Iterator[Told]:
    """The country that a dateline gives for its place: "CARRICK, Maruvia, June 4"."""
    dateline = sheet.record.document.dateline
    words = sheet.text(dateline.span) if dateline else ""
    found = re.match(r"(?P<place>[^,]+),\s*(?P<land>[^\W\d_][^,\d]*[^\W\d_])\s*,", words)
    if (
        dateline
        and found
        and fold(found["place"]) in places
        and not english.parse_date(found["land"])
    ):
        span = (dateline.span[0], dateline.span[0] + found.end("land"))
        yield Told(sheet.record, span, span, None, found["land"])


def _is_a_state(spoken: Spoken, name: str) -> bool:
    """Whether the record knows its code, or speaks of its government."""
    forms = "|".join(load("submission_words")["state_of"]).replace("{}", re.escape(name))
    return any(
        re.search(rf"\b(?:{forms})\b", sheet.record.text, re.IGNORECASE)
        or any(e.name == name and e.country for e in sheet.record.entities)
        for sheet in spoken.desk.index.sheets
    )


def responsible(spoken: Spoken) -> Found:
    """The words that say who did it, with the denials that speak of the person."""
    told = [replace(taking.told, core=zone) for taking, zone, _ in accused(spoken)]
    for sheet, act in acts_of(spoken):
        if act.type in load("submission_words")["taking"]:
            told += [
                _at(sheet, p.span, sheet.entities[p.entity].name)
                for p in act.perpetrators
                if p.involvement not in load("submission_words")["no_part"]
            ]
    names = dict.fromkeys(e.name for _, _, named in accused(spoken) for e in named)
    return from_words(told, value=semicolon().join(names), beside=denials(spoken))


def accused(spoken: Spoken) -> Iterator[tuple[Taking, Span, tuple[Entity, ...]]]:
    """Each taking whose sentence says who did it, with those words and the entities in them."""
    for taking in takings(spoken):
        found = agents(taking) if taking.strong else None
        if found is not None:
            yield taking, *found


def nexus(spoken: Spoken) -> Found:
    """Whether those who did it are said to be a State's; a group it is said to back is a doubt."""
    sure, unsure = [], []
    for taking, zone, named in accused(spoken):
        words = taking.place.sheet.record.text[slice(*zone)]
        kinds = {e.actor_type for e in named}
        told = replace(taking.told, core=zone)
        if "state_security_force" in kinds or re.search(
            any_of("state_words"), words, re.IGNORECASE
        ):
            sure.append(told)
        elif "state_backed_armed" in kinds:
            unsure.append(told)
    if sure:
        return from_words(sure, beside=denials(spoken))
    return from_words(unsure, reasons=[say("said of a group that a State is said to back")])


def denials(spoken: Spoken) -> tuple[Told, ...]:
    """What is denied of the person, by anybody but the person and kin."""
    ours = spoken.subject.entities | spoken.kin
    return once(
        told
        for place in spoken.places
        if (told := place.told(place.mention)).claim
        and told.claim.kind == "denial"
        and not any(link.entity in ours for link in told.claim.attribution)
    )


def witnesses(spoken: Spoken) -> Found:
    """Sentences of it that say that somebody saw it."""
    return from_words(
        replace(one.told, core=core)
        for one in takings(spoken)
        for core in search(one.place, "witnesses")
    )


def crimes(spoken: Spoken) -> Found:
    """Acts done to the person that answer to an article of the Statute, and who tells of them."""
    coded = {}
    for sheet, act in acts_of(spoken):
        articles = load("acts")[act.type].get("codes", {}).get("rome_statute", ())
        if articles:
            told_as = say(
                "{name} ({articles})", name=act_label(act.type), articles=listed(articles)
            )
            coded[act.id] = _at(sheet, act.span, told_as)
    strong = [one.told for one in takings(spoken) if one.strong]
    told = [*coded.values(), *strong]
    values = dict.fromkeys(t.value for t in coded.values())
    return from_words(told, value=semicolon().join(values))


def _at(sheet: Sheet, core: Span, value: str = "") -> Told:
    span, claim = sentence(sheet.record.text, core), sheet.covering(core)
    return Told(sheet.record, span, core, claim, value, doubts(sheet.record, span, claim))
