"""People's decisions: read from the log, kept in tables as they hold now.

A decision is an entry of the log. `undo` names the entry that it takes back, which may itself be an
undo; which decisions hold follows from the entries alone, so it does not matter in which order they
were taken back. Of two that hold for one pair, or one scale of one subject, the later counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from onrecord.errors import NotFound
from onrecord.store.log import Entry, entries_of
from onrecord.store.tables import DECIDED, GRADES, JUDGEMENTS

Row = dict[str, Any]
KINDS = ("judge", "grade", "undo")
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
            why="only judgements, grades and undoing can be taken back",
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
    """The rows of `judgements` and `grades` that follow from the decisions of a log."""
    judged: dict[tuple[str, str], Row] = {}
    graded: dict[tuple[str, str], Row] = {}
    for entry in standing(decided):
        told = {"seq": entry.seq, "at": entry.at, "actor": entry.actor}
        told["why"] = entry.payload["why"]
        if entry.kind == "judge":
            left, right = sorted((entry.payload["left"], entry.payload["right"]))
            keys = {"left_key": left, "right_key": right, "verdict": entry.payload["verdict"]}
            judged[left, right] = keys | told
        for scale in SCALES:
            if entry.kind == "grade" and entry.payload.get(scale):
                subject = entry.payload["subject"]
                keys = {"subject": subject, "scale": scale, "grade": entry.payload[scale]}
                graded[subject, scale] = keys | told
    return {JUDGEMENTS: list(judged.values()), GRADES: list(graded.values())}


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
