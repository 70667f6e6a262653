"""A record without some of its claims, and without all that rests on their words alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields, replace
from typing import Any, TypeVar

from onrecord.model import Act, Claim, Demand, Engagement, Entity, Event, Record, Relation, Span

T = TypeVar("T", Entity, Act)


def without(record: Record, claims: Collection[str]) -> tuple[list[Span], Record]:
    """The stretches to be blacked out, and the record without what stands in them.

    With a claim go the claims told within its words, and the acts, relations, demands, engagements
    and entities that rest on nothing else.
    """
    if not claims:
        return [], record
    hidden = _stretches(claim for claim in record.claims if claim.id in claims)
    gone = {c.id for c in record.claims if c.id in claims or _all_in(c.content, hidden)}
    hidden = _stretches(claim for claim in record.claims if claim.id in gone)
    lost = {e.id for e in record.entities if _all_in(e.mentions, hidden)}
    kept = replace(
        record,
        entities=tuple(_entity(e, hidden, lost) for e in record.entities if e.id not in lost),
        claims=tuple(_claim(c, hidden, gone, lost) for c in record.claims if c.id not in gone),
        acts=tuple(a for act in record.acts for a in _act(act, hidden, gone, lost)),
        relations=tuple(
            r for each in record.relations for r in _relation(each, hidden, gone, lost)
        ),
        demands=tuple(
            _demand(d, hidden, lost)
            for d in record.demands
            if d.claim not in gone and not _in(d.action, hidden)
        ),
        engagements=tuple(
            _engagement(e, lost)
            for e in record.engagements
            if not _in(e.span, hidden) and set(e.participants) - lost
        ),
    )
    return hidden, _document(_events(kept), hidden, lost)


def _stretches(claims: Iterable[Claim]) -> list[Span]:
    """The words of claims, those that overlap as one."""
    kept: list[Span] = []
    for start, end in sorted(span for claim in claims for span in claim.content):
        if kept and start <= kept[-1][1]:
            kept[-1] = (kept[-1][0], max(end, kept[-1][1]))
        else:
            kept.append((start, end))
    return kept


def _in(span: Span | None, hidden: list[Span]) -> bool:
    """Whether any of a span is blacked out."""
    return span is not None and any(span[0] < end and start < span[1] for start, end in hidden)


def _all_in(spans: Iterable[Span], hidden: list[Span]) -> bool:
    return all(any(start <= s and e <= end for start, end in hidden) for s, e in spans)


def _cited(value: T, hidden: list[Span]) -> T:
    """What rests on words that are all blacked out is not known any more."""
    lost = [name for name, spans in value.cites.items() if _all_in(spans, hidden)]
    if not lost:
        return value
    empty: dict[str, Any] = {
        f.name: () if isinstance(getattr(value, f.name), tuple) else None
        for f in fields(value)
        if f.name in lost
    }
    cites = {name: spans for name, spans in value.cites.items() if name not in lost}
    return replace(value, cites=cites, **empty)


def _entity(entity: Entity, hidden: list[Span], lost: set[str]) -> Entity:
    return replace(
        _cited(entity, hidden),
        mentions=tuple(span for span in entity.mentions if not _all_in([span], hidden)),
        references=tuple(span for span in entity.references if not _all_in([span], hidden)),
        candidates=tuple(c for c in entity.candidates if c not in lost),
    )


def _claim(claim: Claim, hidden: list[Span], gone: set[str], lost: set[str]) -> Claim:
    return replace(
        claim,
        attribution=tuple(
            replace(
                link,
                entity=None if link.entity in lost else link.entity,
                span=None if _in(link.span, hidden) else link.span,
            )
            for link in claim.attribution
        ),
        content=tuple(span for span in claim.content if not _all_in([span], hidden)),
        cue=None if _in(claim.cue, hidden) else claim.cue,
        hedges=tuple(span for span in claim.hedges if not _in(span, hidden)),
        parent=None if claim.parent in gone else claim.parent,
    )


def _act(act: Act, hidden: list[Span], gone: set[str], lost: set[str]) -> list[Act]:
    claims = tuple(claim for claim in act.claims if claim not in gone)
    if _in(act.span, hidden) or (act.claims and not claims):
        return []
    parties = {
        "perpetrators": tuple(
            p for p in act.perpetrators if p.entity not in lost and not _in(p.span, hidden)
        ),
        "victims": tuple(
            replace(v, count=None if v.count and _in(v.count.span, hidden) else v.count)
            for v in act.victims
            if v.entity not in lost and not _in(v.span, hidden)
        ),
    }
    place = None if act.place in lost else act.place
    return [_cited(replace(act, claims=claims, place=place, **parties), hidden)]  # type: ignore[arg-type]


def _relation(
    relation: Relation, hidden: list[Span], gone: set[str], lost: set[str]
) -> list[Relation]:
    claims = tuple(claim for claim in relation.claims if claim not in gone)
    unfounded = bool(relation.claims) and not claims
    if unfounded or _in(relation.span, hidden) or {relation.subject, relation.object} & lost:
        return []
    role = None if _in(relation.role, hidden) else relation.role
    rank = None if _in(relation.rank, hidden) else relation.rank
    return [replace(relation, claims=claims, role=role, rank=rank)]


def _demand(demand: Demand, hidden: list[Span], lost: set[str]) -> Demand:
    return replace(
        demand,
        addressees=tuple(a for a in demand.addressees if a not in lost),
        ground=None if _in(demand.ground, hidden) else demand.ground,
    )


def _engagement(engagement: Engagement, lost: set[str]) -> Engagement:
    return replace(
        engagement,
        participants=tuple(p for p in engagement.participants if p not in lost),
        place=None if engagement.place in lost else engagement.place,
    )


def _events(record: Record) -> Record:
    held = {act.id for act in record.acts}
    kept: list[Event] = []
    for event in record.events:
        acts = tuple(act for act in event.acts if act in held)
        if acts == event.acts:
            kept.append(event)
        elif acts:
            kept.append(replace(event, acts=acts, date=None, where=None, cites={}))
    return replace(record, events=tuple(kept))


def _document(record: Record, hidden: list[Span], lost: set[str]) -> Record:
    told = record.document
    dateline, channel = told.dateline, told.channel
    if dateline and _in(dateline.span, hidden):
        dateline = None
    if dateline and dateline.place in lost:
        dateline = replace(dateline, place=None)
    if channel and _in(channel.span, hidden):
        channel = None
    return replace(record, document=replace(told, dateline=dateline, channel=channel))
