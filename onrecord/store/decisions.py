"""People's decisions: read from the log, kept in tables as they hold now.

A decision is an entry of the log. `undo` names the entry that it takes back, which may itself be an
undo; which decisions hold follows from the entries alone, so it does not matter in which order they
were taken back. Of two that hold for one pair, or one scale of one subject, the later counts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from onrecord.errors import NotFound
from onrecord.store import reviews
from onrecord.store.additions import WHAT
from onrecord.store.log import Entry, as_first, canonical, entries_of
from onrecord.store.overlay import STATES
from onrecord.store.tables import (
    ADDITIONS,
    CONFIDENTIALITY,
    CONSENTS,
    CORRECTIONS,
    DECIDED,
    GRADES,
    JUDGEMENTS,
    LOG,
    PROTECTIONS,
    REVIEWED,
    REVIEWS,
)

Row = dict[str, Any]
ON_RECORDS = ("review", "correct", "add")
"""Decisions that are laid over the record of a document."""
KINDS = ("judge", "grade", "protect", "consent", "confidential", *ON_RECORDS, "undo")
"""Entries of the log that are a person's decision."""
SCALES = ("source_reliability", "information_credibility")


def decisions(connection: Connection) -> list[Entry]:
    """Every decision of the log, taken back or not, oldest first."""
    return list(entries_of(connection, KINDS))


def standing(decided: Iterable[Entry]) -> list[Entry]:
    """The decisions that nobody has taken back, oldest first, without the undoing itself.

    An undo reaches back in the log only, so none is read before all that could take it back are.
    """
    undone: set[int] = set()
    kept = []
    for entry in sorted(decided, key=lambda entry: entry.seq, reverse=True):
        if entry.seq in undone:
            continue
        if entry.kind == "undo":
            undone.add(entry.payload["entry"])
        else:
            kept.append(entry)
    return kept[::-1]


def to_undo(connection: Connection, number: int | None) -> int:
    """The decision that an undo names, or the newest that holds. Raises `NotFound`."""
    decided = decisions(connection)
    if number is None:
        held = standing(decided)
        if not held:
            raise NotFound(
                "there is nothing to undo",
                why="the log holds no decision that is not taken back already",
                todo="name the number of an entry; `onrecord log` shows them",
            )
        return held[-1].seq
    if number not in {entry.seq for entry in decided}:
        raise NotFound(
            f"entry {number} of the log is no decision",
            why="judgements, grades, what was decided on what may leave, and undoing can be",
            todo="`onrecord log` shows which entries those are",
        )
    undone: set[int] = set()
    for entry in reversed(decided):
        if entry.kind == "undo" and entry.seq not in undone:
            undone.add(entry.payload["entry"])
    if number in undone:
        raise NotFound(
            f"entry {number} of the log is taken back already",
            why="a later entry undoes it",
            todo="undo that entry to bring it back",
        )
    return number


def aside(connection: Connection, kind: str, payload: Mapping[str, Any]) -> bool:
    """Whether a decision to be put down changes nothing that who is who is worked out from.

    So it is where a claim is accepted or left undecided, and where that is taken back, unless the
    claim was ever rejected.
    """
    while kind == "undo":
        query = select(LOG.c.kind, LOG.c.payload).where(LOG.c.seq == payload["entry"])
        row = connection.execute(query).one()
        kind, payload = row.kind, json.loads(row.payload)
    if kind != "review" or payload["state"] == "rejected":
        return False
    same = ({"subject": payload["subject"]}, {"state": "rejected"})
    told = (LOG.c.payload.contains(canonical(part)[1:-1], autoescape=True) for part in same)
    rejected = select(LOG.c.seq).where(LOG.c.kind == "review", *told).limit(1)
    return connection.execute(rejected).first() is None


def holding(decided: Iterable[Entry]) -> dict[Table, list[Row]]:
    """The rows of the tables of decisions that follow from the decisions of a log."""
    held: dict[Table, dict[tuple[Any, ...], Row]] = {table: {} for table in DECIDED}
    for entry in standing(decided):
        table = _ROWS_OF[entry.kind][0]
        for row in _rows(entry):
            held[table][_key(table, row)] = row
    return {table: list(kept.values()) for table, kept in held.items()}


def _rows(entry: Entry) -> Iterator[Row]:
    """What one decision says, as rows of its table."""
    told = {"seq": entry.seq, "at": entry.at, "actor": entry.actor}
    told["why"] = entry.payload["why"]
    for row in _ROWS_OF[entry.kind][1](entry.payload):
        yield row | told


def _judged(payload: Mapping[str, Any]) -> Iterator[Row]:
    left, right = sorted((payload["left"], payload["right"]))
    yield {"left_key": left, "right_key": right, "verdict": payload["verdict"]}


def _graded(payload: Mapping[str, Any]) -> Iterator[Row]:
    for scale in SCALES:
        if payload.get(scale):
            yield {"subject": payload["subject"], "scale": scale, "grade": payload[scale]}


def _protected(payload: Mapping[str, Any]) -> Iterator[Row]:
    yield _coded(payload)


def _consented(payload: Mapping[str, Any]) -> Iterator[Row]:
    """A row for each audience that the consent is about; "*" is all."""
    for audience in payload["audiences"]:
        yield _coded(payload) | {
            "audience": audience,
            "state": payload["state"],
            "purposes": canonical(payload["purposes"]),
            "given_by": payload["given_by"],
        }


def _confided(payload: Mapping[str, Any]) -> Iterator[Row]:
    yield _coded(payload) | {"level": payload["level"]}


def _reviewed(payload: Mapping[str, Any]) -> Iterator[Row]:
    _must_be(payload["state"], STATES)
    yield _of_document(payload["subject"]) | {"state": payload["state"]}


def _correction(payload: Mapping[str, Any]) -> Iterator[Row]:
    told = {"field": payload["field"], "part": payload.get("part", "")}
    yield _of_document(payload["subject"]) | told | {"value": canonical(payload["value"])}


def _addition(payload: Mapping[str, Any]) -> Iterator[Row]:
    _must_be(payload["what"], WHAT)
    told = {name: payload[name] for name in ("id", "what")}
    yield told | {"document_id": payload["document"], "body": canonical(payload["body"])}


def _of_document(subject: str) -> Row:
    return {"subject": subject, "document_id": subject.rpartition("|")[0]}


def _must_be(value: object, known: Sequence[str]) -> None:
    if value not in known:
        raise ValueError(f"{value!r} is none of {', '.join(known)}")


def _coded(payload: Mapping[str, Any]) -> Row:
    """The subject, and of an entity its type, its code and the spellings of its members."""
    told = {name: payload.get(name) for name in ("subject", "type", "code")}
    return told | {"members": canonical(payload.get("members") or {})}


_ROWS_OF: Mapping[str, tuple[Table, Callable[[Mapping[str, Any]], Iterator[Row]]]] = {
    "judge": (JUDGEMENTS, _judged),
    "grade": (GRADES, _graded),
    "protect": (PROTECTIONS, _protected),
    "consent": (CONSENTS, _consented),
    "confidential": (CONFIDENTIALITY, _confided),
    "review": (REVIEWS, _reviewed),
    "correct": (CORRECTIONS, _correction),
    "add": (ADDITIONS, _addition),
}


def settle(connection: Connection, newest: Entry | None = None) -> None:
    """Make the tables of decisions what the log says, and what is derived with them.

    In the caller's transaction. Where they were so before the `newest` entry, and that takes
    nothing back, it alone is looked at: the later of two decisions counts.
    """
    if newest is None or newest.kind == "undo":
        changed = _settle_all(connection)
    else:
        changed = _settle_one(connection, as_first(newest))
    reviews.derive(connection, changed)


def _settle_one(connection: Connection, entry: Entry) -> set[str]:
    """The documents whose records a decision changed."""
    table = _ROWS_OF[entry.kind][0]
    new = list(_rows(entry))
    for row in new:
        _forget(connection, table, _key(table, row))
    if new:
        connection.execute(insert(table), new)
    return _documents(table, new)


def _settle_all(connection: Connection) -> set[str]:
    """The documents whose records look otherwise than before."""
    wanted = holding(decisions(connection))
    changed: set[str] = set()
    for table in DECIDED:
        had = rows(connection, table)
        want = {_key(table, row): row for row in wanted[table]}
        old = [row for key, row in had.items() if want.get(key) != row]
        new = [row for key, row in want.items() if had.get(key) != row]
        for row in old:
            _forget(connection, table, _key(table, row))
        if new:
            connection.execute(insert(table), new)
        changed |= _documents(table, [*old, *new])
    return changed


def _forget(connection: Connection, table: Table, key: tuple[Any, ...]) -> None:
    columns = zip(table.primary_key, key, strict=True)
    connection.execute(delete(table).where(*(c == value for c, value in columns)))


def _documents(table: Table, changed: Iterable[Row]) -> set[str]:
    return {row["document_id"] for row in changed} if table in REVIEWED else set()


def rows(connection: Connection, table: Table) -> dict[tuple[Any, ...], Row]:
    """The rows of a table by their primary key, in its order."""
    query = select(table).order_by(*table.primary_key)
    found = (dict(row) for row in connection.execute(query).mappings())
    return {_key(table, row): row for row in found}


def _key(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key)
