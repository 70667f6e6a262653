"""What is said to have happened and how people are tied, as entities of FollowTheMoney."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.model import Act, Claim, Demand, Engagement, Event, Relation, Span
from onrecord.products.export.ftm_entities import Item, Writer, item, survives
from onrecord.products.export.ftm_marks import as_name, cited
from onrecord.products.export.ftm_words import codes, dates, in_full, status, term_label
from onrecord.products.index import claim_of_relation
from onrecord.vocabulary import load


def relation(writer: Writer, told: Relation) -> Iterator[Item]:
    """A relation as the link that fits it; where none does, another link, or a note."""
    claim = claim_of_relation(writer.telling.sheet, told)
    known = {**writer.standing(claim, told.span), "status": _status(told, claim)}
    if told.type == "post" and writer.types.get(told.subject) == "Person":
        yield from _post(writer, told, known)
        return
    if told.object is None or told.object == told.subject:
        note = {**known, "name": told.label, "entity": writer.id(told.subject)}
        note["keywords"] = writer.marks(told)
        note.pop("status")
        yield writer.thing("Note", told.id, note)
        return
    rule = _rule(writer, told)
    ends = (writer.id(told.subject), writer.id(told.object))
    known |= dict(zip(rule["ends"], ends, strict=True))
    known[rule["label"]] = told.label
    if rule["schema"] == "Family":
        known.pop("status")
    held = {"subject", "object", *(["label"] if survives(told.label) else [])}
    known["recordId"] = writer.marks(told, without=held)
    yield writer.thing(rule["schema"], told.id, known)


def _rule(writer: Writer, told: Relation) -> dict[str, Any]:
    rules = load("ftm")
    rule: dict[str, Any] | None = rules["relations"].get(told.type)
    ends = (writer.types.get(told.subject), writer.types.get(told.object or ""))
    fits = rule and all(end in taken for end, taken in zip(ends, rule["takes"], strict=True))
    return rule if rule and fits else rules["link"]


def _post(writer: Writer, told: Relation, known: dict[str, Any]) -> Iterator[Item]:
    """A post held: the office as a position, and the holding of it, as told, as an occupancy."""
    kind = writer.types.get(told.object or "")
    office: dict[str, Any] = {"name": as_name(told.label), "summary": known["summary"]}
    if kind == "Organization":
        office["organization"] = writer.id(told.object or "")
    elif kind == "Place":
        office["subnationalArea"] = writer.name(told.object)
    office["keywords"] = [f"of={told.id}"]
    position = item("Position", f"position-{writer.id(told.id)}", office | {"proof": writer.proof})
    yield position
    marked = writer.marks(told, without={"subject"})
    held = {**known, "holder": writer.id(told.subject), "post": position["id"], "recordId": marked}
    yield writer.thing("Occupancy", told.id, held)


def _status(told: Relation, claim: Claim | None) -> str:
    return f"ended; {status(claim)}" if told.ended else status(claim)


def act(writer: Writer, told: Act) -> Iterator[Item]:
    """An act as an event whose name says on what footing, and a link for each who has a part."""
    claim = writer.telling.claim_of(told)
    parties = [*(p.entity for p in told.perpetrators), *(v.entity for v in told.victims)]
    yield _event(
        writer,
        told.id,
        {
            "name": f"{term_label('acts', told.type)} ({status(claim)})",
            **writer.standing(claim, told.span),
            **_when_and_where(writer, told.date, told.place),
            "involved": _parties(writer, parties),
            "keywords": [*writer.marks(told), *codes("acts", told.type)],
        },
    )
    for number, one in enumerate(told.perpetrators):
        role = term_label("involvement", one.involvement)
        marked = [f"perpetrator={number}", *codes("involvement", one.involvement)]
        yield from _part(writer, told, claim, (one.entity, one.span, role, marked))
    for number, victim in enumerate(told.victims):
        part = (victim.entity, victim.span, load("ftm")["victim"], [f"victim={number}"])
        yield from _part(writer, told, claim, part)


def _part(
    writer: Writer, told: Act, claim: Claim | None, part: tuple[str, Span, str, list[str]]
) -> Iterator[Item]:
    entity, span, role, marked = part
    link = {
        **writer.standing(claim, span),
        "subject": writer.id(entity),
        "object": writer.id(told.id),
        "role": f"{role} ({status(claim)})",
        "status": status(claim),
        "proof": writer.proof,
        "recordId": [f"of={told.id}", *marked, f"span {cited(span, writer.record.text)}"],
    }
    if entity in writer.types:
        name = marked[0].replace("=", "-")
        yield item("UnknownLink", f"{name}-{writer.id(told.id)}", link)


def event(writer: Writer, told: Event) -> Item:
    """Acts that belong together, as one event; its acts are named in its marks."""
    acts = {act.id: act for act in writer.record.acts}
    inside = [acts[each] for each in told.acts if each in acts]
    claims = [writer.telling.claim_of(each) for each in inside]
    kinds = dict.fromkeys(
        f"{term_label('acts', each.type)} ({status(claim)})"
        for each, claim in zip(inside, claims, strict=True)
    )
    where = told.where
    return _event(
        writer,
        told.id,
        {
            "name": "; ".join(kinds) or "Event",
            "summary": list(dict.fromkeys(map(writer.telling.summary, claims))),
            "description": [writer.telling.words(each.span) for each in inside],
            "country": where.country.lower() if where and where.country else None,
            "location": [part for part in (where.city, where.region) if part] if where else None,
            **dates(told.date),
            "notes": in_full(told.date),
            "important": "principal event of the document" if told.principal else None,
            "keywords": writer.marks(told),
        },
    )


def demand(writer: Writer, told: Demand) -> Item:
    """A demand as a note on those who are asked."""
    claim = writer.telling.sheet.claims.get(told.claim)
    return writer.thing(
        "Note",
        told.id,
        {
            "name": f"Demand: {writer.telling.attribution(claim)}",
            **writer.standing(claim, told.action),
            "entity": _parties(writer, told.addressees, places=True),
            "notes": in_full(told.deadline),
            "keywords": writer.marks(told),
        },
    )


def engagement(writer: Writer, told: Engagement) -> Item:
    """A visit, meeting, hearing or trip as an event."""
    claim = writer.telling.sheet.covering(told.span)
    start, end = dates(told.start), dates(told.end)
    days = start if told.end is None or not end else {}
    if not days and "date" in start and "date" in end:
        days = {"startDate": start["date"], "endDate": end["date"]}
    return _event(
        writer,
        told.id,
        {
            "name": f"{term_label('engagement_types', told.type)} ({told.status})",
            **writer.standing(claim, told.span),
            **_when_and_where(writer, None, told.place),
            **days,
            "notes": [words for words in map(in_full, (told.start, told.end)) if words],
            "involved": _parties(writer, told.participants),
            "keywords": writer.marks(told),
        },
    )


def _event(writer: Writer, local: str, properties: dict[str, Any]) -> Item:
    return writer.thing("Event", local, properties)


def _parties(
    writer: Writer, locals_: list[str] | tuple[str, ...], *, places: bool = False
) -> list[str]:
    """The ids of those named; FollowTheMoney lets no place be involved in an event."""
    kinds = {"Person", "Organization", "Group", *(["Place"] if places else [])}
    return [writer.id(each) for each in locals_ if writer.types.get(each) in kinds]


def _when_and_where(writer: Writer, date: str | None, place: str | None) -> dict[str, Any]:
    entity = writer.telling.sheet.entities.get(place or "")
    found: dict[str, Any] = {**dates(date), "notes": in_full(date)}
    if entity is not None:
        found["location"] = writer.name(place)
        found["country"] = entity.country.lower() if entity.country else None
        if entity.type == "Place":
            found["addressEntity"] = writer.id(entity.id)
    return found
