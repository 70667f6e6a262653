"""What happened, as a whole case tells it: events, their independent origins, contradictions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from onrecord.case import who
from onrecord.store import reader
from onrecord.store.tables import CLUSTERS

if TYPE_CHECKING:
    from onrecord.corroboration.corroborate import Corroboration
    from onrecord.corroboration.summary import EventSummary
    from onrecord.corroboration.why import Explanation
    from onrecord.resolution.tables import Tables


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


def events(connection: Connection) -> list[EventSummary]:
    """The events of the case, those told in most reports first."""
    from onrecord.corroboration.summary import summaries

    return summaries(*corroborated(connection))


def why(connection: Connection, subject: str) -> Explanation:
    """Why a claim or an event has the origins it has. Raises `NotFound`."""
    from onrecord.corroboration.why import explain

    made, found = corroborated(connection)
    return explain(made, found.origins, subject)
