"""Demands, engagements, the log and what waits, as pages read them: a stretch at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    func,
    or_,
    select,
    tuple_,
)

from onrecord.store.heads import filled
from onrecord.store.log import Entry
from onrecord.store.stretch import Row, count
from onrecord.store.tables import (
    CLAIMS,
    DEMANDS,
    DOCUMENTS,
    ENGAGEMENTS,
    FINDABLE,
    GROUP_DOCUMENTS,
    LOG,
    PARTIES,
    RECORDS,
)

_LEAST_LOG = 20_000
"""Entries that are looked through at once for those of one person."""


@dataclass(frozen=True, slots=True)
class Latest:
    """A document that came in lately."""

    id: str
    path: str
    title: str | None
    publisher: str | None
    published: str | None


def demands(
    connection: Connection,
    who: Mapping[str, Sequence[str]],
    when: tuple[str, str],
    offset: int,
    limit: int,
) -> tuple[list[Row], int]:
    """Demands and how many there are. `who` may hold groups that they are asked `of` and `by`.

    `when` is today and what of it: `deadline` (one is named), `open` (none has passed by today),
    `passed`, `none`, or any other word for all.
    """
    today, chosen = when
    query = select(DEMANDS)
    for name, part in (("of", "addressee"), ("by", "speaker")):
        if who.get(name):
            query = query.where(_party("demand", DEMANDS, who[name], part))
    last = DEMANDS.c.date_to
    conditions = {
        "deadline": last.is_not(None),
        "open": or_(last.is_(None), last >= today),
        "passed": last < today,
        "none": last.is_(None),
    }
    if chosen in conditions:
        query = query.where(conditions[chosen])
    ordered = query.order_by(DEMANDS.c.seq, DEMANDS.c.number).offset(offset).limit(limit)
    return list(connection.execute(ordered).mappings()), count(connection, query)


def engagements(
    connection: Connection,
    who: Sequence[str],
    when: tuple[str, str],
    offset: int,
    limit: int,
) -> tuple[list[Row], int]:
    """Engagements of some groups, or all, and how many there are.

    `when` is today and what of it: `past`, `upcoming`, `undated`, or any other word for all.
    """
    today, chosen = when
    query = select(ENGAGEMENTS)
    if who:
        query = query.where(_party("engagement", ENGAGEMENTS, who, "participant"))
    day = ENGAGEMENTS.c.date_from
    last = func.coalesce(ENGAGEMENTS.c.date_to, day)
    conditions = {
        "past": and_(day.is_not(None), last < today),
        "upcoming": and_(day.is_not(None), last >= today),
        "undated": day.is_(None),
    }
    if chosen in conditions:
        query = query.where(conditions[chosen])
    first = day if chosen == "upcoming" else day.desc()
    order = (day.is_(None), first, ENGAGEMENTS.c.seq, ENGAGEMENTS.c.number)
    keys = query.with_only_columns(ENGAGEMENTS.c.document_id, ENGAGEMENTS.c.id)
    shown = keys.order_by(*order).offset(offset).limit(limit).subquery()
    # What is sorted holds no bodies.
    named = and_(ENGAGEMENTS.c.document_id == shown.c.document_id, ENGAGEMENTS.c.id == shown.c.id)
    found = connection.execute(select(ENGAGEMENTS).join(shown, named).order_by(*order))
    return list(found.mappings()), count(connection, keys)


def engagements_in(connection: Connection, first: str, last: str, limit: int) -> list[Row]:
    """The first engagements that begin between two days."""
    day = ENGAGEMENTS.c.date_from
    query = select(ENGAGEMENTS).where(day.between(first, last))
    ordered = query.order_by(day, ENGAGEMENTS.c.seq, ENGAGEMENTS.c.number).limit(limit)
    return list(connection.execute(ordered).mappings())


def _party(kind: str, table: FromClause, groups: Sequence[str], part: str) -> ColumnElement[bool]:
    # Of few groups there is little: the list of it is made first, and once.
    theirs = select(PARTIES.c.document_id, PARTIES.c.id).where(
        PARTIES.c.canonical.in_(groups), PARTIES.c.kind == kind, PARTIES.c.part == part
    )
    return tuple_(table.c.document_id, table.c.id).in_(theirs)


def reports_of_engagement(connection: Connection, identifier: str) -> list[Row]:
    """The rows of an engagement, one for each document that tells of it under that id."""
    query = select(ENGAGEMENTS).where(ENGAGEMENTS.c.id == identifier).order_by(ENGAGEMENTS.c.seq)
    return list(connection.execute(query).mappings())


def waiting(connection: Connection) -> tuple[int, int]:
    """How many documents there are, and how many of them have no record."""
    documents, records = (
        int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for table in (DOCUMENTS, RECORDS)
    )
    return documents, max(0, documents - records)


def last_of(connection: Connection, kinds: Sequence[str]) -> int:
    """The number of the newest entry of the log of some kinds; 0 before there is one."""
    newest = (
        connection.execute(select(func.max(LOG.c.seq)).where(LOG.c.kind == kind)).scalar()
        for kind in kinds
    )
    return max((int(number) for number in newest if number), default=0)


def open_claims(connection: Connection) -> int:
    """How many claims of the kinds that accuse, deny or ask nobody has decided on."""
    query = select(func.count()).where(CLAIMS.c.reviewed.is_(None), CLAIMS.c.priority == 0)
    return int(connection.execute(query).scalar_one())


def latest(connection: Connection, limit: int) -> list[Latest]:
    """The documents that came in last."""
    names = ("id", "path", "title", "publisher", "published")
    query = select(*(DOCUMENTS.c[name] for name in names)).order_by(DOCUMENTS.c.seq.desc())
    rows = connection.execute(query.limit(limit)).mappings()
    return [Latest(**row) for row in filled(connection, rows)]


def kinds_of_entry(connection: Connection) -> list[str]:
    """The kinds of entry that the log holds, in the order of the alphabet."""
    found: list[str] = []
    last = ""
    while True:  # One step in the index for each kind: there are few, and many entries of each.
        query = select(func.min(LOG.c.kind)).where(LOG.c.kind > last)
        following = connection.execute(query).scalar()
        if following is None:
            return found
        found.append(str(following))
        last = str(following)


def taken_back(connection: Connection) -> frozenset[int]:
    """The numbers of the decisions that an undo which holds takes back."""
    query = select(LOG.c.seq, LOG.c.payload).where(LOG.c.kind == "undo")
    found: set[int] = set()
    for row in connection.execute(query.order_by(LOG.c.seq.desc())):
        if row.seq not in found:
            found.add(json.loads(row.payload)["entry"])
    return frozenset(found)


def entries(
    connection: Connection, before: int | None, limit: int, kinds: Sequence[str], actor: str
) -> tuple[list[Entry], int | None]:
    """Entries of the log, the newest first; and the number to go on before, None at the end.

    Only of some kinds, and by one person, where these are given. For a person so many entries are
    looked through at once, so that fewer than `limit`, even none, may come with more to follow.
    """
    query = select(LOG)
    if before is not None:
        query = query.where(LOG.c.seq < before)
    if kinds:
        query = query.where(LOG.c.kind.in_(kinds))
    stop = 0
    if actor:
        newest = before or int(connection.execute(select(func.max(LOG.c.seq))).scalar() or 0) + 1
        stop = max(0, newest - _LEAST_LOG)
        query = query.where(LOG.c.actor == actor, LOG.c.seq >= stop)
    rows = connection.execute(query.order_by(LOG.c.seq.desc()).limit(limit)).mappings()
    found = [Entry(**{**row, "payload": json.loads(row["payload"])}) for row in rows]
    if len(found) == limit:
        return found, found[-1].seq if found[-1].seq > 1 else None
    return found, stop if stop > 1 else None


def responding(
    connection: Connection, asked: Sequence[str], asking: Sequence[str], limit: int
) -> list[str]:
    """Documents in which one of some groups speaks and one of those that ask them is named."""
    if not asked or not asking:
        return []
    named = select(GROUP_DOCUMENTS.c.document_id).where(GROUP_DOCUMENTS.c.canonical.in_(asking))
    query = (
        select(FINDABLE.c.document_id)
        .where(FINDABLE.c.speaker.in_(asked), FINDABLE.c.document_id.in_(named))
        .group_by(FINDABLE.c.document_id)
        .order_by(func.min(FINDABLE.c.seq))
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def meetings_alike(
    connection: Connection, participants: Sequence[str], days: Sequence[str | None], limit: int
) -> list[str]:
    """Documents that tell of an engagement of the same people that begins on one of some days."""
    known = [day for day in days if day]
    if not participants or not known:
        return []
    query = (
        select(ENGAGEMENTS.c.document_id, func.min(ENGAGEMENTS.c.seq).label("seq"))
        .join(
            PARTIES,
            and_(
                PARTIES.c.document_id == ENGAGEMENTS.c.document_id,
                PARTIES.c.id == ENGAGEMENTS.c.id,
                PARTIES.c.kind == "engagement",
            ),
        )
        .where(PARTIES.c.canonical.in_(participants), ENGAGEMENTS.c.date_from.in_(known))
        .group_by(ENGAGEMENTS.c.document_id)
        .order_by("seq")
        .limit(limit)
    )
    return [row.document_id for row in connection.execute(query)]


def body(row: Row) -> Mapping[str, Any]:
    """What a list shows of a row, as it was kept."""
    found: Mapping[str, Any] = json.loads(row["body"])
    return found
