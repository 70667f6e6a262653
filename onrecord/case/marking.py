"""What a person adds by selecting words: a name, a claim, an act or a count that was missed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, get_args

from sqlalchemy import Connection

from onrecord.case.checked import Read, nearest, read
from onrecord.case.correcting import Payload, bounds, victim_of
from onrecord.coding.counts import read_bounds
from onrecord.errors import NotDecided
from onrecord.model import ClaimKind, EntityType, Modality, Polarity, Quote, content_id
from onrecord.store import reader
from onrecord.store.additions import WHAT
from onrecord.store.changing import Body
from onrecord.vocabulary import load

Told = Mapping[str, Any]
Spans = Sequence[Sequence[int]]
_TERMS: Mapping[str, Sequence[str]] = {
    "kind": get_args(ClaimKind),
    "quote": get_args(Quote),
    "modality": get_args(Modality),
    "polarity": get_args(Polarity),
}
_USUAL = {"modality": "asserted", "polarity": "affirmed"}
_MARKS = '"“”«»„'


def mark(connection: Connection, document: str, what: str, spans: Spans, told: Told) -> Payload:
    """The decision to add something at words of a document. Raises `NotFound`, `NotDecided`.

    `told` says of a name: `type`, or the `entity` that it is another mention of; of a claim:
    `kind`, `speaker` (an entity), `source` (the words that name it there), `cue`, `hedges`,
    `modality`, `polarity`, `quote`; of an act: `type`, `claim`, `perpetrators`, `victims`
    (entities), `involvement`, `modality`, `polarity`; of a count: `act`, `victim`, `min`, `max`.
    """
    if what not in WHAT:
        raise NotDecided(f"there is no way to add a {what!r}", todo=f"one of {', '.join(WHAT)}")
    known = read(connection, reader.resolve(connection, document))
    selected = sorted(known.span(span) for span in spans)
    if not selected or (what != "claim" and len(selected) > 1):
        raise NotDecided(
            "one stretch of words has to be selected", why=f"there are {len(selected)}"
        )
    identity, body = _MAKING[what](known, selected, told)
    return {
        "document": known.id,
        "what": what,
        "id": identity,
        "words": known.words(selected),
        "body": body | {"spans": selected},
    }


def _name(known: Read, spans: list[list[int]], told: Told) -> tuple[str, Body]:
    span = spans[0]
    for entity in known.body["entities"]:
        if span in entity["mentions"]:
            raise NotDecided(
                "these words name somebody already",
                why=f"they stand for {entity['name']} ({entity['type']})",
                todo="where that is another, judge them different on the page of the names",
            )
    if told.get("entity"):
        entity = known.entity(str(told["entity"]))
        return content_id("mention", known.id, entity, *span), {"span": span, "entity": entity}
    kind = _term("type", told.get("type"), get_args(EntityType))
    body = {"span": span, "entity": None, "type": kind}
    return content_id("entity", known.id, *span), body


def _claim(known: Read, spans: list[list[int]], told: Told) -> tuple[str, Body]:
    for claim in known.body["claims"]:
        if claim["content"] == spans:
            raise NotDecided(
                "these words are a claim already",
                why=f"it is read as: {claim['kind']}",
                todo="correct that claim",
            )
    source = _span(known, told.get("source"))
    cue = _span(known, told.get("cue"))
    body: Body = {name: _term(name, told.get(name) or _usual(known, name, spans), values)
                  for name, values in _TERMS.items()}  # fmt: skip
    body |= {
        "content": spans,
        "cue": cue,
        "hedges": [known.span(span) for span in told.get("hedges") or ()],
        "parent": _around(known, spans),
        "attribution": _chain(known, spans, told.get("speaker"), source),
    }
    return content_id("claim", known.id, _key(source), _key(cue), *map(_key, spans)), body


def _usual(known: Read, name: str, spans: list[list[int]]) -> str | None:
    if name != "quote":
        return _USUAL.get(name)
    start, end = spans[0][0], spans[-1][1]
    before, after = known.text[max(0, start - 1) : start], known.text[end : end + 1]
    return "direct" if before and after and before in _MARKS and after in _MARKS else "indirect"


def _chain(
    known: Read, spans: list[list[int]], speaker: Any, source: list[int] | None
) -> list[Body]:
    """Who says it, and through whom: channel and publisher as of the claim that stands nearest."""
    links: list[Body] = []
    if speaker:
        entity = known.entity(str(speaker))
        words = source or nearest(known, entity, spans, outside=True)
        links.append(_link("speaker", entity, words))
    elif source:
        links.append(_link("speaker", None, source))
    else:
        raise NotDecided(
            "nobody says it",
            why="a claim belongs to whoever makes it",
            todo="name the speaker, or select the words that name the source",
        )
    carriers = [
        (abs(claim["content"][0][0] - spans[0][0]), link)
        for claim in known.body["claims"]
        for link in claim["attribution"]
        if link["level"] == "publisher"
    ]
    if carriers:
        link = min(carriers, key=lambda carrier: carrier[0])[1]
        links.append(_link("publisher", link.get("entity"), link.get("span")))
    return links


def _link(level: str, entity: str | None, span: list[int] | None) -> Body:
    return {"level": level, "entity": entity, "span": span}


def _around(known: Read, spans: list[list[int]]) -> str | None:
    """The smallest claim in whose words these stand."""
    first, last = spans[0][0], spans[-1][1]
    around = [
        (sum(e - s for s, e in claim["content"]), claim["id"])
        for claim in known.body["claims"]
        if any(s <= first and last <= e for s, e in claim["content"])
    ]
    return min(around)[1] if around else None


def _act(known: Read, spans: list[list[int]], told: Told) -> tuple[str, Body]:
    span = spans[0]
    kind = _term("type", told.get("type"), tuple(load("acts")))
    identity = content_id("act", known.id, kind, *span)
    if known.item(identity):
        raise NotDecided("these words are coded so already", why=kind, todo="correct that act")
    claim = known.of("claim", str(told["claim"])) if told.get("claim") else None
    near = claim["content"] if claim else [span]
    involvement = _term(
        "involvement", told.get("involvement") or "carried_out", load("involvement")
    )

    def parties(name: str, **more: Any) -> list[Body]:
        entities = [known.entity(str(each)) for each in told.get(name) or ()]
        return [{"entity": e, "span": nearest(known, e, near), **more} for e in entities]

    body: Body = {
        name: _term(name, told.get(name) or (claim or _USUAL)[name], _TERMS[name])
        for name in ("modality", "polarity")
    }
    body |= {
        "type": kind,
        "span": span,
        "claims": [claim["id"]] if claim else [],
        "perpetrators": parties("perpetrators", involvement=involvement),
        "victims": parties("victims"),
    }
    return identity, body


def _count(known: Read, spans: list[list[int]], told: Told) -> tuple[str, Body]:
    """A count; where no bounds are given, those that its words say."""
    act = known.of("act", str(told.get("act") or ""))
    victim = victim_of(known, act, told.get("victim"))["entity"]
    span = spans[0]
    given = {name: told.get(name) for name in ("min", "max")}
    if given == {"min": None, "max": None}:
        said = read_bounds(known.text[span[0] : span[1]])
        given = dict(zip(given, said or (None, None), strict=True))
    least, most = bounds(given)
    body = {"act": act["id"], "victim": victim, "min": least, "max": most, "span": span}
    return content_id("count", known.id, act["id"], victim), body


_MAKING: Mapping[str, Callable[[Read, list[list[int]], Told], tuple[str, Body]]] = {
    "name": _name,
    "claim": _claim,
    "act": _act,
    "count": _count,
}


def _term(name: str, value: Any, known: Any) -> str:
    if value in known:
        return str(value)
    given = f"there is no {name} {value!r}" if value else f"the {name} is missing"
    raise NotDecided(given, todo=f"one of {', '.join(known)}")


def _span(known: Read, given: Any) -> list[int] | None:
    return known.span(given) if given else None


def _key(span: list[int] | None) -> tuple[int, int] | None:
    """A span as the extraction writes it into ids."""
    return None if span is None else (span[0], span[1])
