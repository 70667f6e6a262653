"""Events as pages read them: a stretch at a time, those asked for alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    func,
    select,
)

from onrecord.store.found import rank
from onrecord.store.stretch import Row, batches, count
from onrecord.store.tables import (
    DOCUMENTS,
    EVENT_ACTS,
    EVENT_ORIGINS,
    EVENT_WHO,
    EVENTS,
    GROUPS,
)

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the list: its summary as kept, and the days it may be of."""

    id: str
    date_from: str | None
    date_to: str | None
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: with an act of a type, a part of a group, at one of some places, from, until.

    Days are ISO dates; `several` leaves out what one report alone tells. `who` may have any part.
    With `begins` the first day that it may be of must lie between the two, else any of its days.
    """

    type: str = ""
    who: str = ""
    places: tuple[str, ...] | None = None
    first: str = ""
    last: str = ""
    several: bool = False
    begins: bool = False


def _chosen(wanted: Wanted, columns: Sequence[ColumnElement[Any]]) -> Select[*tuple[Any, ...]]:
    query = select(*columns).select_from(EVENTS)
    if wanted == Wanted(several=True):
        # They go first in the list, which is found without a look at each.
        return query.where(EVENTS.c.rank < rank(1, "0"))
    if wanted.several:
        query = query.where(EVENTS.c.reports > 1)
    if wanted.first:
        known = EVENTS.c.date_from if wanted.begins else EVENTS.c.date_to
        query = query.where(known >= wanted.first)
    if wanted.last:
        query = query.where(EVENTS.c.date_from <= wanted.last)
    if wanted.type:
        query = query.where(_with(EVENT_WHO.c.part == "act", EVENT_WHO.c.canonical == wanted.type))
    if wanted.who:
        query = query.where(_with(EVENT_WHO.c.part != "act", EVENT_WHO.c.canonical == wanted.who))
    if wanted.places is not None:
        at = EVENT_WHO.c.canonical.in_(wanted.places)
        query = query.where(_with(EVENT_WHO.c.part == "place", at))
    return query


def _with(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    # Of few groups there are few events: the list of these is made first, and once.
    return EVENTS.c.id.in_(select(EVENT_WHO.c.event).where(*conditions))


_LISTED = (EVENTS.c.id, EVENTS.c.date_from, EVENTS.c.date_to, EVENTS.c.body)


def events(
    connection: Connection, wanted: Wanted, offset: int, limit: int, *, by_date: bool = False
) -> list[Told]:
    """Events, the most reported first; with `by_date` in the order of their first days."""
    order = (EVENTS.c.date_from, EVENTS.c.rank) if by_date else (EVENTS.c.rank, EVENTS.c.id)
    query = _chosen(wanted, (EVENTS.c.id,)).order_by(*order).offset(offset).limit(limit)
    return _ordered(connection, query)


def undated(connection: Connection, offset: int, limit: int) -> tuple[list[Told], int]:
    """Events of which no day can be named, the most reported first; and how many there are."""
    query = select(EVENTS.c.id).where(EVENTS.c.date_from.is_(None))
    ordered = query.order_by(EVENTS.c.rank, EVENTS.c.id).offset(offset).limit(limit)
    return _ordered(connection, ordered), count(connection, query)


def _ordered(connection: Connection, query: Select[Any]) -> list[Told]:
    """The events whose ids a query gives, in its order: what is sorted holds no bodies."""
    wanted = list(connection.execute(query).scalars())
    rows = connection.execute(select(*_LISTED).where(EVENTS.c.id.in_(wanted))).mappings()
    found = {row["id"]: _told(row) for row in rows}
    return [found[identifier] for identifier in wanted]


def _told(row: Row) -> Told:
    return Told(row["id"], row["date_from"], row["date_to"], json.loads(row["body"]))


def amount_of_events(connection: Connection, wanted: Wanted) -> int:
    """How many events there are of those."""
    return int(connection.execute(_chosen(wanted, (func.count(),))).scalar_one())


def event(connection: Connection, identifier: str) -> Told | None:
    """One event."""
    query = select(*_LISTED).where(EVENTS.c.id == identifier)
    row = connection.execute(query).mappings().first()
    return _told(row) if row else None


def months(connection: Connection) -> dict[str, int]:
    """How many events begin in each month that holds any, oldest first: "2021-05"."""
    month = func.substr(EVENTS.c.date_from, 1, 7).label("month")
    query = select(month, func.count().label("number")).where(EVENTS.c.date_from.is_not(None))
    rows = connection.execute(query.group_by(month).order_by(month))
    return {row.month: int(row.number) for row in rows}


def acts_of(connection: Connection, found: Sequence[str]) -> dict[str, list[str]]:
    """The acts ("DOCUMENT|ACT") of events, in the order in which their documents came in."""
    acts: dict[str, list[str]] = {identifier: [] for identifier in found}
    document = func.substr(EVENT_ACTS.c.act, 1, _id_length())
    for some in batches(found):
        query = (
            select(EVENT_ACTS.c.event, EVENT_ACTS.c.act)
            .outerjoin(DOCUMENTS, DOCUMENTS.c.id == document)
            .where(EVENT_ACTS.c.event.in_(some))
            .order_by(DOCUMENTS.c.seq, EVENT_ACTS.c.act)
        )
        for row in connection.execute(query):
            acts[row.event].append(row.act)
    return acts


def acts_by_document(connection: Connection, identifier: str) -> dict[str, list[str]]:
    """The acts ("DOCUMENT|ACT") of an event by their documents, both in the order of their ids."""
    found: dict[str, list[str]] = {}
    query = select(EVENT_ACTS.c.act).where(EVENT_ACTS.c.event == identifier)
    for act in sorted(connection.execute(query).scalars()):
        found.setdefault(act.rpartition("|")[0], []).append(act)
    return found


def _id_length() -> int:
    """Characters of a document's id: "sha256:" and 64 digits."""
    return len("sha256:") + 64


def origins_of(connection: Connection, identifier: str) -> str:
    """The origins of an event as they were kept, as JSON."""
    query = select(EVENT_ORIGINS.c.body).where(EVENT_ORIGINS.c.event == identifier)
    return str(connection.execute(query).scalar() or "[]")


def who_in(connection: Connection, identifier: str) -> list[tuple[str, str, str]]:
    """Who is in an event and where it was: (part, group, name), those of most documents first."""
    query = (
        select(EVENT_WHO.c.part, EVENT_WHO.c.canonical, GROUPS.c.name)
        .join(GROUPS, GROUPS.c.canonical == EVENT_WHO.c.canonical)
        .where(EVENT_WHO.c.event == identifier, EVENT_WHO.c.part != "act")
        .order_by(EVENT_WHO.c.part, GROUPS.c.rank, GROUPS.c.canonical)
        .limit(_SHOWN)
    )
    return [(row.part, row.canonical, row.name) for row in connection.execute(query)]
