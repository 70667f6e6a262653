"""What people decided laid over a record: a pure function from what was extracted to what is shown.

First what they added, then what they corrected, then what they rejected or accepted. What was
extracted is not changed. A decision that finds nothing to rest on, since a later extraction reads
the text otherwise or another decision was taken back, does nothing and is named as lost.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.model import Act, Claim, Entity, Span, as_json

Body = dict[str, Any]
Row = Mapping[str, Any]
STATES = ("accepted", "rejected", "undecided")
ADDED = "added"
"""The state of what a person put in, which nobody else has decided on."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided of one document and holds: rows of the tables of these names."""

    additions: Sequence[Row] = ()
    corrections: Sequence[Row] = ()
    reviews: Sequence[Row] = ()

    def __bool__(self) -> bool:
        return bool(self.additions or self.corrections or self.reviews)


@dataclass(frozen=True, slots=True)
class Laid:
    """A record with the decisions laid over it; `lost` are the entries that found no subject."""

    body: Body
    lost: tuple[int, ...] = ()


def overlay(body: Body, text: str, decided: Decided) -> Body:
    """The record as parsed JSON, as people corrected it; `text` is the document's."""
    return laid(body, text, decided).body if decided else body


def laid(body: Body, text: str, decided: Decided) -> Laid:
    """As `overlay`, with the entries of the decisions that could not be applied."""
    over = _Over(copy.deepcopy(body), text)
    for row in sorted(decided.additions, key=lambda row: (_ORDER[row["what"]], row["seq"])):
        over.note(row, _ADDING[row["what"]](over, json.loads(row["body"]), row))
    for row in sorted(decided.corrections, key=_seq):
        over.note(row, _correct(over, row, json.loads(row["value"])))
    gone: set[str] = set()
    for row in sorted(decided.reviews, key=_seq):
        item = over.item(row["subject"])
        over.note(row, item is not None)
        if item is None:
            continue
        if row["state"] == "rejected":
            gone.add(item["id"])
        else:
            item["reviewed"] = _mark(row, state=row["state"])
    if gone:
        _without(over.body, gone)
    return Laid(over.body, tuple(over.lost))


@dataclass(slots=True)
class _Over:
    """A record that is being changed, a copy of our own."""

    body: Body
    text: str
    lost: list[int] = field(default_factory=list)

    def note(self, row: Row, done: bool) -> None:
        if not done:
            self.lost.append(row["seq"])

    def item(self, subject: str) -> Body | None:
        """The claim or act of a subject `DOCUMENT|ID`."""
        local = subject.rpartition("|")[2]
        return self.claim(local) or self.act(local)

    def entity(self, local: str | None) -> Body | None:
        return _named(self.body["entities"], local)

    def claim(self, local: str | None) -> Body | None:
        return _named(self.body["claims"], local)

    def act(self, local: str | None) -> Body | None:
        return _named(self.body["acts"], local)

    def holds(self, spans: Iterable[Sequence[int]]) -> bool:
        """Whether there are spans and each is one of the text."""
        found = list(spans)
        return bool(found) and all(0 <= s < e <= len(self.text) for s, e in found)

    def words(self, span: Sequence[int]) -> str:
        return self.text[span[0] : span[1]]


def _named(rows: Iterable[Body], local: str | None) -> Body | None:
    return next((row for row in rows if row["id"] == local), None)


def _seq(row: Row) -> int:
    return int(row["seq"])


def _mark(row: Row, **told: Any) -> Body:
    return told | {"by": row["actor"], "at": row["at"], "entry": row["seq"]}


def _corrected(item: Body, name: str, was: Any, row: Row) -> None:
    """Put down what a field was; the first extraction's value stays where two corrections meet."""
    marks = item.setdefault("corrected", {})
    marks[name] = _mark(row, was=marks[name]["was"] if name in marks else was)


def _pair(span: Sequence[int]) -> Span:
    return (span[0], span[1])


def _add_name(over: _Over, told: Body, row: Row) -> bool:
    """Words that name somebody: another mention of an entity, or an entity of their own."""
    span = list(told["span"])
    if not over.holds([span]):
        return False
    for entity in over.body["entities"]:
        if span in entity["mentions"]:
            return bool(entity["id"] in (told["entity"], row["id"]))
    if told["entity"]:
        known = over.entity(told["entity"])
        if known is None:
            return False
        _corrected(known, "mentions", list(known["mentions"]), row)
        known["mentions"] = sorted([*known["mentions"], span])
    else:
        name = " ".join(over.words(span).split())
        made = as_json(Entity(row["id"], told["type"], name, (_pair(span),)))
        over.body["entities"].append(made | {"reviewed": _mark(row, state=ADDED)})
    for entity in over.body["entities"]:
        if span in entity.get("references", ()):
            entity["references"] = [other for other in entity["references"] if other != span]
    return True


def _add_claim(over: _Over, told: Body, row: Row) -> bool:
    if over.claim(row["id"]) is not None:
        return True
    spans = [told["cue"], *(link["span"] for link in told["attribution"])]
    spans = [*told["content"], *told["hedges"], *filter(None, spans)]
    links = [_link(over, link) for link in told["attribution"]]
    if not told["content"] or not over.holds(spans) or None in links:
        return False
    parent = over.claim(told["parent"])
    made = as_json(
        Claim(
            **{name: told[name] for name in ("kind", "quote", "modality", "polarity")},
            id=row["id"],
            content=tuple(map(_pair, told["content"])),
            attribution=(),
            cue=told["cue"] and _pair(told["cue"]),
            hedges=tuple(map(_pair, told["hedges"])),
            parent=parent["id"] if parent else None,
        )
    )
    made |= {"attribution": links, "reviewed": _mark(row, state=ADDED)}
    over.body["claims"].append(made)
    return True


def _link(over: _Over, link: Row) -> Body | None:
    """A step of a chain; None where neither entity nor words of it are left."""
    known = over.entity(link["entity"])
    if link["entity"] and known is None and not link["span"]:
        return None
    return {"level": link["level"], "entity": known and known["id"], "span": link["span"]}


def _add_act(over: _Over, told: Body, row: Row) -> bool:
    if over.act(row["id"]) is not None:
        return True
    parties = [*told["perpetrators"], *told["victims"]]
    known = all(over.entity(party["entity"]) for party in parties)
    known = known and all(over.claim(claim) for claim in told["claims"])
    if not known or not over.holds([told["span"], *(party["span"] for party in parties)]):
        return False
    made = as_json(
        Act(
            **{name: told[name] for name in ("type", "modality", "polarity")},
            id=row["id"],
            span=_pair(told["span"]),
            claims=tuple(told["claims"]),
        )
    )
    made["perpetrators"] = [dict(party) for party in told["perpetrators"]]
    made["victims"] = [{**party, "count": None} for party in told["victims"]]
    over.body["acts"].append(made | {"reviewed": _mark(row, state=ADDED)})
    return True


def _add_count(over: _Over, told: Body, row: Row) -> bool:
    return _count(over, over.act(told["act"]), told["victim"], told, row)


def _count(over: _Over, act: Body | None, entity: str, told: Row, row: Row) -> bool:
    """The number of a victim of an act, at the words given, or at those it had."""
    victim = next((v for v in act["victims"] if v["entity"] == entity), None) if act else None
    had = victim and victim.get("count")
    span = told["span"] or (had and had["span"])
    if victim is None or not span or not over.holds([span]):
        return False
    _corrected(victim, "count", had, row)
    bounds = {name: told[name] for name in ("min", "max")}
    victim["count"] = {"text": over.words(span), "span": list(span)} | bounds
    return True


_ADDING: Mapping[str, Callable[[_Over, Body, Row], bool]] = {
    "name": _add_name,
    "claim": _add_claim,
    "act": _add_act,
    "count": _add_count,
}
_ORDER = {what: number for number, what in enumerate(_ADDING)}
WHAT = tuple(_ADDING)
"""What a person may add, in the order in which one may rest on another."""


def _correct(over: _Over, row: Row, value: Any) -> bool:
    local, name = row["subject"].rpartition("|")[2], row["field"]
    claim, act = over.claim(local), over.act(local)
    if name == "count":
        return _count(over, act, row["part"], value, row)
    if name == "speaker":
        return claim is not None and _speaker(over, claim, value, row)
    item = claim or act
    if item is None or name not in item:
        return False
    was = item[name]
    _corrected(item, name, was, row)
    item[name] = value
    if claim is not None:
        _follow(over.body, claim, name, was, row)
    return True


def _follow(body: Body, claim: Body, name: str, was: str, row: Row) -> None:
    """What a corrected claim takes with it: acts that rest on it alone and said the same as it."""
    if name in ("modality", "polarity"):
        for act in body["acts"]:
            if act["claims"] == [claim["id"]] and act[name] == was:
                _corrected(act, name, was, row)
                act[name] = claim[name]
    if name == "kind" and claim["kind"] != "demand":
        body["demands"] = [d for d in body["demands"] if d["claim"] != claim["id"]]


def _speaker(over: _Over, claim: Body, value: Row, row: Row) -> bool:
    """Who says it: an entity at words of the text, or nobody that the text names."""
    entity, span = value["entity"], value["span"]
    if (entity and over.entity(entity) is None) or (span and not over.holds([span])):
        return False
    links = claim["attribution"]
    speaker = next((link for link in links if link["level"] == "speaker"), None)
    _corrected(claim, "speaker", speaker and {**speaker}, row)
    if speaker is None:
        cited = sum(link["level"] == "cited" for link in links)
        links.insert(cited, {"level": "speaker", "entity": entity, "span": span})
    else:
        speaker |= {"entity": entity, "span": span or speaker.get("span")}
    return True


def _without(body: Body, gone: set[str]) -> None:
    """Take claims and acts out, with all that rests on them alone.

    Without its claims an act or a relation would read as the publisher's own words. What was told
    within a rejected claim stands, under the next claim around it.
    """
    before = {claim["id"]: claim for claim in body["claims"]}
    kept = [claim for claim in body["claims"] if claim["id"] not in gone]
    for claim in kept:
        if claim.get("parent") in gone:
            claim["parent"] = _standing(claim["parent"], before, gone)
    body["claims"] = kept
    body["acts"] = [
        act for act in body["acts"] if act["id"] not in gone and _stands(act, gone, before.values())
    ]
    body["relations"] = [r for r in body["relations"] if _stands(r, gone, before.values())]
    body["demands"] = [demand for demand in body["demands"] if demand["claim"] not in gone]
    held = {act["id"] for act in body["acts"]}
    for event in body["events"]:
        event["acts"] = [act for act in event["acts"] if act in held]
    body["events"] = [event for event in body["events"] if event["acts"]]


def _standing(parent: str | None, before: Mapping[str, Body], gone: set[str]) -> str | None:
    """The nearest claim around that is not taken out."""
    seen: set[str] = set()
    while parent in gone and parent not in seen:
        seen.add(parent)
        parent = before[parent].get("parent")
    return None if parent in gone else parent


def _stands(item: Body, gone: set[str], claims: Iterable[Body]) -> bool:
    """Whether anything is left that it rests on; the claims of `item` are cut to what stands."""
    if not item.get("claims"):
        around = [claim for claim in claims if _inside(item["span"], claim["content"])]
        nearest = min(around, key=lambda claim: (_length(claim), claim["id"]), default=None)
        return nearest is None or nearest["id"] not in gone
    item["claims"] = [claim for claim in item["claims"] if claim not in gone]
    return bool(item["claims"])


def _inside(span: Sequence[int], content: Iterable[Sequence[int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in content)


def _length(claim: Body) -> int:
    return sum(end - start for start, end in claim["content"])
