"""On whose word something stands: the chain from the publisher inwards, as it is shown."""

from __future__ import annotations

from dataclasses import replace

from onrecord.model import Claim, Entity, Link, Record
from onrecord.products.index import Index
from onrecord.products.page import Step
from onrecord.products.people import fold
from onrecord.products.wording import say, say_as, unsaid

NOT_STATED = unsaid("publisher not stated")
UNNAMED = unsaid("a source the text does not name")


def chain(index: Index, record: Record, claim: Claim | None) -> tuple[Step, ...]:
    """The steps from the publisher to the innermost source; the publisher alone without a claim.

    What is said inside somebody's words is passed on by them: theirs come first, then its own.
    """
    claims = [] if claim is None else _around(index, record, claim)
    every = [link for one in claims for link in one.attribution]
    publisher = next((link for link in every if link.level == "publisher"), None)
    steps = [_publisher(index, record, publisher)]
    for place, one in enumerate(claims):
        links = [link for link in reversed(one.attribution) if link.level != "publisher"]
        own = [_step(index, record, link) for link in links]
        if place:
            own = [replace(s, level="cited") for s in own if s.level in ("speaker", "cited")]
        if own and own[0].name and own[0].name == steps[-1].name:
            own = own[1:]
        steps += own
        if not any(link.level in ("speaker", "cited") for link in links):
            steps.append(Step("cited" if place else "speaker", remark=say(UNNAMED)))
    return tuple(steps)


def _around(index: Index, record: Record, claim: Claim) -> list[Claim]:
    """The claims in whose words a claim stands, the outermost first, and the claim itself."""
    known = index.of_document[record.document.id].claims
    found = [claim]
    while (parent := known.get(found[0].parent or "")) and parent not in found:
        found.insert(0, parent)
    return found


def who(step: Step) -> str:
    """A step in a few words, for a sentence."""
    return step.name or (f"“{step.words}”" if step.words else step.remark or "")


def _publisher(index: Index, record: Record, link: Link | None) -> Step:
    found = _step(index, record, link) if link else Step("publisher")
    name = found.name or record.document.publisher or found.words
    span = (record.document.cites.get("publisher") or (None,))[0]
    remark = None if name else say(NOT_STATED)
    return Step("publisher", name=name, span=found.span or span, remark=remark)


def _step(index: Index, record: Record, link: Link) -> Step:
    words = " ".join(record.text[slice(*link.span)].split()) if link.span else None
    entity = index.of_document[record.document.id].entities.get(link.entity or "")
    name, remark = None, None
    if entity is not None and entity.candidates:
        remark = undecided(index, entity)
    elif entity is not None:
        name = entity.name
    elif not words:
        remark = say(UNNAMED)
    if name and words and fold(name) == fold(words):
        words = None
    language = record.document.language
    return Step(link.level, name, words, link.span, language, remark)


def undecided(index: Index, entity: Entity) -> str:
    """What to say of a mention that may be one or another."""
    known = index.sheet_of[entity.id].entities
    names = [known[c].name for c in entity.candidates if c in known]
    if not names:
        return say("undecided who this is")
    joint = say_as("between those one of whom is meant", " or ")
    return say("undecided: may be {names}", names=joint.join(names))
