"""What followed: where the person is said to be, who was asked, what was answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.model import Act, Entity
from onrecord.passages.sentence import sentence
from onrecord.products.index import Sheet
from onrecord.products.submission.found import MISSING, Found, from_words
from onrecord.products.submission.of_event import accused
from onrecord.products.submission.passages import (
    Place,
    Spoken,
    Told,
    any_of,
    doubts,
    is_asked,
    negated,
    once,
    search,
)
from onrecord.products.submission.taken import acts_of
from onrecord.products.wording import say
from onrecord.products.writer import act_label
from onrecord.vocabulary import load


def fate(spoken: Spoken) -> Found:
    """What is said of where the person is; where some deny it, both, in doubt."""
    said: list[Told] = []
    denied: list[Told] = []
    for place in spoken.places:
        for told, is_denied in _fates(place):
            (denied if is_denied else said).append(told)
    if not said and not denied:
        return MISSING
    reasons = []
    if said and denied:
        reasons.append(say("some say so, others deny it"))
    elif denied:
        reasons.append(say("only denied"))
    return from_words([*said, *denied], reasons=reasons)


def _fates(place: Place) -> Iterator[tuple[Told, bool]]:
    if place.told(place.mention).claim and place.told(place.mention).claim.kind == "demand":  # type: ignore[union-attr]
        return
    aux = rf"\b(?:{'|'.join(load('submission_words')['auxiliaries'])}|had been|has been)\b"
    after = rf"^[^;:.!?]{{0,60}}?{aux}(?:\s\w+){{0,3}}?\s[“\"]?" + any_of("fate_after")
    ending = rf"^[^;:.!?]{{0,200}}?\band (?:was |were |later |then )?{any_of('fate_ending')}"
    before = any_of("fate_before") + r"\s(?:mr\.?\s|ms\.?\s|mrs\.?\s)?$"
    text = place.sheet.record.text
    for pattern, words, at in (
        (after, place.after, place.after_at),
        (ending, place.after, place.after_at),
        (before, place.before, place.before_at),
    ):
        found = re.search(pattern, words, re.IGNORECASE)
        if found is None:
            continue
        core = at(found)
        lead = text[place.span[0] : min(core[0], place.mention[0])]
        between = text[place.mention[1] : core[0]]
        joined = pattern is ending
        if is_asked(lead) or (_another(place, core) and not joined):
            continue
        told = place.told(core)
        denies = told.claim is not None and told.claim.kind == "denial"
        yield told, denies or negated(lead) or negated(between)
    yield from ((told, False) for told in _beside(place))


def _another(place: Place, core: tuple[int, int]) -> bool:
    first, last = sorted((place.mention, core))
    return any(first[1] <= other[0] and other[1] <= last[0] for other in place.others)


def _beside(place: Place) -> Iterator[Told]:
    """A sentence that counts the person among those of the one before ("Among them is ...")."""
    text = place.sheet.record.text
    opens = any(
        re.search(pattern, text[slice(*place.span)], re.IGNORECASE)
        for pattern in load("submission_words")["beside"]
    )
    if not opens or place.span[0] < 2:
        return
    end = len(text[: place.span[0]].rstrip())
    earlier = sentence(text, (max(0, end - 1), end))
    found = re.search(any_of("fate_dead"), text[slice(*earlier)], re.IGNORECASE)
    if found:
        core = (earlier[0] + found.start("core"), earlier[0] + found.end("core"))
        yield replace(place.told(core), span=(earlier[0], place.span[1]))


def steps(spoken: Spoken) -> Found:
    """Inquiries, complaints and proceedings about the person, by kin or by others."""
    return from_words(
        replace(place.told(core), doubt="")
        for place in spoken.near
        for core in search(place, "steps")
        if _about(spoken, place)
    )


def _about(spoken: Spoken, place: Place) -> bool:
    """Whether a sentence on kin stands in a report that speaks of the person."""
    return place.sheet in spoken.sheets


def proceedings(spoken: Spoken) -> Found:
    """Courts, prosecutors and inquiries that are reported to have dealt with it."""
    return from_words(
        replace(place.told(core), doubt="")
        for place in spoken.places
        for core in search(place, "proceedings")
    )


def answers(spoken: Spoken) -> Found:
    """What those who speak for a State are reported to have said of the person; courts are not."""
    return from_words(
        replace(told, doubt="")
        for place in spoken.places
        if (told := place.told(place.mention)).claim and _official(place.sheet, told)
    )


def _official(sheet: Sheet, told: Told) -> bool:
    if told.claim is None or told.claim.kind == "demand":
        return False
    spoken = [link for link in told.claim.attribution if link.level in ("speaker", "cited")]
    for link in spoken:
        entity = sheet.entities.get(link.entity or "")
        words = " ".join(
            [entity.name if entity else "", sheet.text(link.span) if link.span else ""]
        )
        if re.search(any_of("courts"), words, re.IGNORECASE):
            continue
        official = entity is not None and entity.actor_type == "state_security_force"
        if official or re.search(any_of("state_words"), words, re.IGNORECASE):
            return True
    return False


def danger(spoken: Spoken) -> Found:
    """Words of a threat or of danger in sentences on the person or on kin."""
    return from_words(place.told(core) for place in spoken.near for core in search(place, "danger"))


def context(spoken: Spoken) -> Found:
    """Words of a wide or systematic attack on civilians; else other acts laid to the same."""
    groups = {
        spoken.desk.people.group(e.id)
        for _, _, named in accused(spoken)
        for e in named
        if e.type == "Organization" and not e.candidates
    }
    ids: frozenset[str] = frozenset().union(*groups)
    words = once(_said_of(spoken, ids))
    if words:
        return from_words(words)
    others = once(_laid(spoken, ids))
    reason = say(
        "others are laid to the same; that they are one attack, or a policy, nobody says here"
    )
    return from_words(others, reasons=[reason]) if others else MISSING


def _said_of(spoken: Spoken, ids: frozenset[str]) -> Iterator[Told]:
    for sheet in spoken.desk.index.sheets:
        known: list[Entity] = [sheet.entities[e] for e in sorted(ids & sheet.entities.keys())]
        for found in re.finditer(any_of("context"), sheet.record.text, re.IGNORECASE):
            span = sentence(sheet.record.text, found.span("core"))
            if any(span[0] <= w[0] < span[1] for e in known for w in e.words):
                yield _told(sheet, span, found.span("core"))


def _laid(spoken: Spoken, ids: frozenset[str]) -> Iterator[Told]:
    """Other grave acts laid to somebody in a sentence that names one of these, and denies nothing.

    A pronoun is not enough: who "our men" are is too often misread.
    """
    own = {act.id for _, act in acts_of(spoken)}
    for sheet in spoken.desk.index.sheets:
        known = [m for e in ids & sheet.entities.keys() for m in sheet.entities[e].mentions]
        for act in sheet.record.acts:
            if act.id in own or not _is_laid(act):
                continue
            span = sentence(sheet.record.text, act.span)
            named = any(span[0] <= m[0] < span[1] for m in known)
            told = replace(_told(sheet, span, act.span), value=act_label(act.type))
            denied = told.claim is not None and told.claim.kind == "denial"
            if named and not denied and not negated(told.words):
                yield told


def _is_laid(act: Act) -> bool:
    articles = load("acts")[act.type].get("codes", {}).get("rome_statute", ())
    grave = any(article[0] in "678" for article in articles)
    told = act.polarity == "affirmed" and act.modality == "asserted"
    return grave and told and bool(act.perpetrators)


def _told(sheet: Sheet, span: tuple[int, int], core: tuple[int, int]) -> Told:
    claim = sheet.covering(core)
    return Told(sheet.record, span, core, claim, "", doubts(sheet.record, span, claim))


def documents(spoken: Spoken) -> Found:
    """The documents of the case that speak of the person, each by the words that name them."""
    told = []
    for sheet in spoken.sheets:
        first = min(
            w
            for e in spoken.subject.entities & sheet.entities.keys()
            for w in sheet.entities[e].words
        )
        told.append(Told(sheet.record, first, first))
    every = len(spoken.desk.index.sheets)
    return from_words(told, value=say("{count} of {all} in this case", count=len(told), all=every))
