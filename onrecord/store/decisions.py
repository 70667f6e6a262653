"""People's decisions: read from the log, kept in tables as they hold now.

A decision is an entry of the log. `undo` names the entry that it takes back, which may itself be an
undo; which decisions hold follows from the entries alone, so it does not matter in which order they
were taken back. Of two that hold for one pair, or one scale of one subject, the later counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from onrecord.errors import NotFound
from onrecord.store.log import Entry, canonical, entries_of
from onrecord.store.tables import (
    CONFIDENTIALITY,
    CONSENTS,
    DECIDED,
    GRADES,
    JUDGEMENTS,
    PROTECTIONS,
)

Row = dict[str, Any]
KINDS = ("judge", "grade", "protect", "consent", "confidential", "undo")
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


def holding(decided: Iterable[Entry]) -> dict[Table, list[Row]]:
    """The rows of the tables of decisions that follow from the decisions of a log."""
    held: dict[Table, dict[tuple[Any, ...], Row]] = {table: {} for table in DECIDED}
    for entry in standing(decided):
        told = {"seq": entry.seq, "at": entry.at, "actor": entry.actor}
        told["why"] = entry.payload["why"]
        table, rows_of = _ROWS_OF[entry.kind]
        for row in rows_of(entry.payload):
            held[table][_key(table, row)] = row | told
    return {table: list(kept.values()) for table, kept in held.items()}


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
}


def settle(connection: Connection) -> None:
    """Make the tables of decisions what the log says, in the caller's transaction."""
    wanted = holding(decisions(connection))
    for table in DECIDED:
        had = rows(connection, table)
        want = {_key(table, row): row for row in wanted[table]}
        for key, row in had.items():
            if want.get(key) != row:
                columns = zip(table.primary_key, key, strict=True)
                connection.execute(delete(table).where(*(c == value for c, value in columns)))
        new = [row for key, row in want.items() if had.get(key) != row]
        if new:
            connection.execute(insert(table), new)


def rows(connection: Connection, table: Table) -> dict[tuple[Any, ...], Row]:
    """The rows of a table by their primary key, in its order."""
    query = select(table).order_by(*table.primary_key)
    found = (dict(row) for row in connection.execute(query).mappings())
    return {_key(table, row): row for row in found}


def _key(table: Table, row: Row) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key)
