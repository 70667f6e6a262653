"""What people decided laid over a record: a pure function from what was extracted to what is shown.

First what they added, then what they corrected, then what they rejected or accepted. What was
extracted is not changed. A decision that finds nothing to rest on, since a later extraction reads
the text otherwise or another decision was taken back, does nothing and is named as lost.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from onrecord.store.additions import ADDING
from onrecord.store.changing import Body, Over, Row, mark
from onrecord.store.corrections import correct

STATES = ("accepted", "rejected", "undecided")


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
    over = Over(copy.deepcopy(body), text)
    added = {what: [row for row in decided.additions if row["what"] == what] for what in ADDING}
    after = added.pop("count")
    """Counts may be of those whom a correction has made victims."""
    for what, rows in added.items():
        for row in sorted(rows, key=_seq):
            over.note(row, ADDING[what](over, json.loads(row["body"]), row))
    for row in sorted([*after, *decided.corrections], key=_seq):
        if "what" in row:
            over.note(row, ADDING["count"](over, json.loads(row["body"]), row))
        else:
            over.note(row, correct(over, row, json.loads(row["value"])))
    gone: set[str] = set()
    for row in sorted(decided.reviews, key=_seq):
        item = over.item(row["subject"])
        over.note(row, item is not None)
        if item is None:
            continue
        if row["state"] == "rejected":
            gone.add(item["id"])
        else:
            item["reviewed"] = mark(row, state=row["state"])
    if gone:
        _without(over.body, gone)
    return Laid(over.body, tuple(over.lost))


def _seq(row: Row) -> int:
    return int(row["seq"])


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
