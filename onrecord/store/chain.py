"""The log walked from its first entry: does it hold, and what does it say there is?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from onrecord.store.database import meta
from onrecord.store.log import FIRST, hash_of
from onrecord.store.tables import LOG

Row = Mapping[str, Any]

_COPY = "compare with a copy of the case; what the log says from here on cannot be relied on"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold: its kind, where it is, what is wrong, what to do."""

    kind: str
    where: str
    what: str
    todo: str


@dataclass(slots=True)
class Ledger:
    """What the log says: of each document's acquisition, custody and latest extraction."""

    entries: int = 0
    acquired: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    extracted: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    custody: dict[str, dict[int, Mapping[str, Any]]] = field(default_factory=dict)

    def note(self, row: Row, payload: Mapping[str, Any]) -> None:
        """Take in one entry."""
        if row["kind"] in ("acquired", "received"):
            document = payload["document"]
            self.acquired.setdefault(document, payload)
            first = payload.get("first", row)
            told = {name: payload[name] for name in _CUSTODY}
            told |= {name: first[name] for name in ("at", "actor", "command")}
            self.custody.setdefault(document, {})[row["seq"]] = told
        elif row["kind"] == "extracted":
            self.extracted[payload["document"]] = payload

    def without_original(self) -> int:
        """How many documents came from another case without their bytes."""
        return sum(stayed_behind(payload) for payload in self.acquired.values())


def stayed_behind(acquired: Mapping[str, Any]) -> bool:
    """Whether the log says that a document came from another case without its bytes."""
    return acquired.get("original") is False


_CUSTODY = ("path", "origin", "size", "reader", "reader_version")


def read_ledger(connection: Connection) -> tuple[Ledger, list[Problem]]:
    """Walk the whole log. Entries that do not hold are named, and still read where they can be."""
    rows = [dict(row) for row in connection.execute(select(LOG).order_by(LOG.c.seq)).mappings()]
    ledger, problems = Ledger(entries=len(rows)), list(_chain(rows))
    for row in rows:
        try:
            ledger.note(row, json.loads(row["payload"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            what = f"its payload cannot be read: {error!r}"
            problems.append(Problem("log entry altered", f"log entry {row['seq']}", what, _COPY))
    return ledger, problems + list(_tail(connection, rows))


def _chain(rows: Sequence[Row]) -> Iterator[Problem]:
    follows = {row["previous"]: row for row in rows}
    expected, previous = 1, FIRST
    for row in rows:
        where = f"log entry {row['seq']}"
        for missing in range(expected, row["seq"]):
            what = "the entry is not there"
            yield Problem("log entry dropped", f"log entry {missing}", what, _COPY)
        if hash_of(row) != row["hash"]:
            other = follows.get(previous)
            if other is not None and other["seq"] != row["seq"]:
                what = f"the entry that belongs here now stands at {other['seq']}"
                yield Problem("log entry moved", where, what, _COPY)
            else:
                what = "its contents do not have the hash that it was sealed with"
                yield Problem("log entry altered", where, what, _COPY)
        elif row["previous"] != previous and row["seq"] == expected:
            what = (
                f"it was sealed onto {row['previous'][:16]}, but before it stands {previous[:16]}"
            )
            yield Problem("log chain broken", where, what, _COPY)
        expected, previous = row["seq"] + 1, row["hash"]


def _tail(connection: Connection, rows: Sequence[Row]) -> Iterator[Problem]:
    facts = meta(connection)
    told = (int(facts.get("log_seq", 0)), facts.get("log_hash", FIRST))
    found = (rows[-1]["seq"], rows[-1]["hash"]) if rows else (0, FIRST)
    if told == found:
        return
    if told[0] > found[0]:
        for missing in range(found[0] + 1, told[0] + 1):
            what = "the entry is not there: the log was cut"
            yield Problem("log entry dropped", f"log entry {missing}", what, _COPY)
        return
    what = f"the case was left at entry {told[0]}, {told[1][:16]}; the log ends at {found[0]}"
    yield Problem("log chain broken", f"log entry {found[0]}, {found[1][:16]}", what, _COPY)
