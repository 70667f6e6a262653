"""What people decide of single claims and acts: accepted, rejected, corrected; and what is open."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from onrecord.case.checked import Read, look_up, one_of, read, spans_of, subject
from onrecord.errors import DecidedMeanwhile
from onrecord.store import overlay, reviews
from onrecord.store.decisions import aside
from onrecord.store.log import Entry, entries_of
from onrecord.store.overlay import STATES, Decided
from onrecord.store.session import Session
from onrecord.store.tables import JUDGEMENTS

Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """What a person decided of a claim or an act, or put in, and has not taken back.

    `kind` is `review`, `correct` or `add`; `what` the state, the field, or what was added; `value`
    what was given, as JSON, with the `name` of a speaker. `words` are those of the subject. `lost`
    says that it found nothing to rest on, and does nothing.
    """

    kind: str
    subject: str
    what: str
    value: Any
    words: str
    seq: int
    at: str
    actor: str
    why: str
    lost: bool

    @property
    def document(self) -> str:
        """The document it is about."""
        return self.subject.rpartition("|")[0]


def review(connection: Connection, name: str, state: str) -> Payload:
    """The decision on a claim or an act. Raises `NotFound`, `NotDecided`."""
    one_of("state", state, STATES)
    told, kind, item = look_up(connection, name)
    key = f"{told.id}|{item['id']}"
    payload = {"subject": key, "state": state, "words": told.words(spans_of(kind, item))}
    return payload | ({"aside": True} if aside(connection, "review", payload) else {})


def decided(connection: Connection, document: str | None = None) -> list[ReviewDecision]:
    """What holds of records, oldest first; of one document where it is named."""
    names = reviews.documents(connection) if document is None else [document]
    found = [each for name in names for each in _of_document(connection, name)]
    return sorted(found, key=lambda each: each.seq)


def _of_document(connection: Connection, document: str) -> Iterator[ReviewDecision]:
    rows = reviews.decided(connection, document)
    found = reviews.extracted(connection, document) if rows else None
    if found is None:
        return
    body, text = found
    lost = overlay.laid(body, text, rows).lost
    told = Read(document, overlay.overlay(body, text, replace(rows, reviews=())), text)
    for kind, key, what, value, row in _told(rows, document):
        item = told.item(key.rpartition("|")[2])
        spans = value["spans"] if kind == "add" else spans_of(*item) if item else ()
        given = _named(told, what, value, row) if kind == "correct" else value
        yield ReviewDecision(
            kind, key, what, given, told.words(spans, 400), row["seq"], row["at"],
            row["actor"], row["why"], row["seq"] in lost,
        )  # fmt: skip


def _named(told: Read, field: str, value: Any, row: Mapping[str, Any]) -> Any:
    """The value of a correction with the `name` of whom or what it is about."""
    if field not in ("speaker", "place", "perpetrator", "victim"):
        return value
    entity = value.get("entity") or row["part"]
    name = next((e["name"] for e in told.body["entities"] if e["id"] == entity), None)
    return value | {"name": name}


def _told(rows: Decided, document: str) -> Iterator[tuple[str, str, str, Any, Mapping[str, Any]]]:
    for row in rows.additions:
        yield "add", f"{document}|{row['id']}", row["what"], json.loads(row["body"]), row
    for row in rows.corrections:
        yield "correct", row["subject"], row["field"], json.loads(row["value"]), row
    for row in rows.reviews:
        yield "review", row["subject"], row["state"], None, row


def of_subject(connection: Connection, name: str) -> list[ReviewDecision]:
    """What was decided of a claim, of the acts that rest on it, or of an act, oldest first."""
    document, local = subject(connection, name)
    every = decided(connection, document)
    if not every:
        return []
    acts = read(connection, document).body["acts"]
    mine = {local, *(act["id"] for act in acts if local in act["claims"])}
    return [each for each in every if each.subject.rpartition("|")[2] in mine]


def newest(connection: Connection, name: str) -> int:
    """The number of the newest decision on a claim or act; 0 where nobody has decided."""
    return max((each.seq for each in of_subject(connection, name)), default=0)


def check_seen(connection: Connection, name: str, seen: int | None) -> None:
    """Raise `DecidedMeanwhile` where a decision other than the one seen is the newest by now."""
    if seen is None:
        return
    every = of_subject(connection, name)
    if (every[-1].seq if every else 0) != seen:
        told = [(each.seq, _told_of(each)) for each in every[-1:]]
        raise meanwhile([*told, *_taken_back(connection, seen)])


def check_pair(connection: Connection, keys: Sequence[str], seen: int | None) -> None:
    """As `check_seen`, for the judgement of a pair of entities, by their keys in order."""
    if seen is None:
        return
    row = connection.execute(
        select(JUDGEMENTS).where(
            JUDGEMENTS.c.left_key == keys[0], JUDGEMENTS.c.right_key == keys[1]
        )
    ).first()
    if (row.seq if row else 0) != seen:
        told = [(row.seq, f"{row.actor} judged {row.verdict} at {row.at}")] if row else []
        raise meanwhile([*told, *_taken_back(connection, seen)])


def meanwhile(told: Sequence[tuple[int, str]]) -> DecidedMeanwhile:
    """The refusal to decide over what somebody else has decided: entries of the log in words."""
    return DecidedMeanwhile(
        "somebody else has decided on this since you opened it; nothing was put down for you",
        why=max(told)[1] if told else "what was decided then is decided otherwise now",
        todo="look at it again, then decide all the same if you still think so",
    )


def _told_of(each: ReviewDecision) -> str:
    return f"{each.actor} decided at {each.at}: {said(each)} (entry {each.seq} of the log)"


def _taken_back(connection: Connection, since: int) -> list[tuple[int, str]]:
    return [
        (each.seq, f"{each.actor} took back entry {each.payload['entry']} at {each.at}")
        for each in entries_of(connection, ("undo",))
        if each.seq > since
    ]


def said(each: ReviewDecision) -> str:
    """A decision in a few words."""
    if each.kind == "review":
        return each.what
    if each.kind == "add":
        return f"{each.what} added"
    if each.what in _SAID:
        return _SAID[each.what](each.what, each.value)
    return f"{each.what} corrected to {each.value}"


def _said_of_party(what: str, value: Any) -> str:
    name = value["name"] or "somebody"
    if not value["said"]:
        return f"{name} taken out as {what}"
    how = value.get("involvement")
    return f"{name} put in as {what}" + (f" ({how.replace('_', ' ')})" if how else "")


_SAID: Mapping[str, Callable[[str, Any], str]] = {
    "count": lambda what, value: f"{what} corrected to {_bounds(value['min'], value['max'])}",
    "speaker": lambda what, value: (
        f"{what} corrected to {value['name'] or 'nobody that the text names'}"
    ),
    "place": lambda what, value: f"{what} corrected to {value['name'] or 'not stated'}",
    "date": lambda what, value: f"{what} corrected to {value['date'] or 'not stated'}",
    "perpetrator": _said_of_party,
    "victim": _said_of_party,
}


def _bounds(least: int | None, most: int | None) -> str:
    if least == most:
        return str(least)
    if most is None:
        return f"at least {least}"
    return f"at most {most}" if least is None else f"{least} to {most}"


Make = Callable[[Connection], Payload]
"""What a decision says, checked against what the case holds at that moment."""


def put_down(
    session: Session,
    kind: str,
    make: Make,
    *,
    why: str,
    seen: tuple[str, int | None] = ("", None),
) -> Entry:
    """Write a decision once it is checked against what the case holds at that moment.

    `seen` is the subject and the newest decision on it that whoever decides knew of.
    """
    return put_down_all(session, [(kind, make)], why=why, seen=seen)[0]


def put_down_all(
    session: Session,
    parts: Sequence[tuple[str, Make]],
    *,
    why: str,
    seen: tuple[str, int | None] = ("", None),
) -> list[Entry]:
    """Write several decisions, each checked with those before it: all, or none if one is refused.

    They are entries of their own, so that each can be taken back, in one transaction.
    """
    with session.writing() as writer, writer.deciding() as (connection, decide):
        check_seen(connection, *seen)
        return [decide(kind, make(connection) | {"why": why}) for kind, make in parts]
