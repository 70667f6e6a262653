"""What happened, as a whole case tells it: events, their independent origins, contradictions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select

from onrecord.case import who
from onrecord.case.event_rows import origins_of
from onrecord.model import from_json
from onrecord.store import reader, resolved
from onrecord.store.tables import ACTS, CLUSTERS, EVENT_ACTS, EVENT_ORIGINS, EVENTS

if TYPE_CHECKING:
    from onrecord.corroboration.corroborate import Corroboration
    from onrecord.corroboration.origins import Origin
    from onrecord.corroboration.summary import EventSummary
    from onrecord.corroboration.why import Explanation
    from onrecord.resolution.tables import Tables

_AT_ONCE = 500


def corroborated(connection: Connection) -> tuple[Tables, Corroboration]:
    """The tables of a case and what follows from them and from who is who."""
    import pyarrow as pa

    from onrecord.corroboration.corroborate import corroborate
    from onrecord.resolution.tables import tables

    made = tables(reader.bodies(connection))
    rows = who.current(connection)[CLUSTERS]
    clusters = pa.table(
        {name: pa.array([row[name] for row in rows], pa.string()) for name in ("key", "canonical")}
    )
    return made, corroborate(made, clusters)


def is_kept(connection: Connection) -> bool:
    """Whether events are kept as they are now."""
    return resolved.is_found(connection) and not resolved.is_old(connection)


def events(connection: Connection) -> list[EventSummary]:
    """The events of the case, those told in most reports first."""
    from onrecord.corroboration.summary import EventSummary, summaries

    if not is_kept(connection):
        return summaries(*corroborated(connection))
    query = select(EVENTS.c.body).order_by(EVENTS.c.rank, EVENTS.c.id)
    return [from_json(EventSummary, json.loads(row.body)) for row in connection.execute(query)]


def why(connection: Connection, subject: str) -> Explanation:
    """Why a claim or an event has the origins it has. Raises `NotFound`."""
    from onrecord.corroboration.why import explain
    from onrecord.resolution.tables import tables

    about = _about(connection, subject) if is_kept(connection) else None
    if about is None:
        made, found = corroborated(connection)
        return explain(made, found.origins, subject)
    documents = sorted({voice.document for origin in about for voice in origin.voices})
    return explain(tables(reader.bodies(connection, documents)), about, subject)


def _about(connection: Connection, subject: str) -> list[Origin] | None:
    """The origins that an explanation needs, as kept: of an event, or of a key's document.

    None where there are none, or the subject is only the beginning of something.
    """
    found = _origins(connection, [subject])
    document, bar, _ = subject.rpartition("|")
    if not found and bar:
        # What tells of no act may be the word of somebody who tells of one in the same document.
        told = select(ACTS.c.document_id + "|" + ACTS.c.id).where(ACTS.c.document_id == document)
        query = select(EVENT_ACTS.c.event).where(EVENT_ACTS.c.act.in_(told)).distinct()
        found = _origins(connection, sorted(connection.execute(query).scalars()))
    return found or None


def _origins(connection: Connection, subjects: Sequence[str]) -> list[Origin]:
    found: list[Origin] = []
    for start in range(0, len(subjects), _AT_ONCE):
        some = subjects[start : start + _AT_ONCE]
        query = select(EVENT_ORIGINS.c.body).where(EVENT_ORIGINS.c.event.in_(some))
        rows = connection.execute(query.order_by(EVENT_ORIGINS.c.event))
        found += [origin for row in rows for origin in origins_of(row.body)]
    return found
