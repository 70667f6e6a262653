"""What a resolution made, in tables, sealed in the log by a hash for each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from onrecord.store import found
from onrecord.store.found import MADE, Changes, Made
from onrecord.store.log import Author, append, canonical, newest
from onrecord.store.tables import CLUSTERS, ENTITIES, GROUPS, LOG, PROPOSALS, RESOLVED

Row = dict[str, Any]
MAKES_IT_OLD = ("acquired", "extracted", "judge", "review", "correct", "add", "undo")
"""Entries of the log after which who is who has to be worked out anew, but for those whose payload
says `aside`: to accept a claim changes nothing that it is worked out from, to reject one does."""
_MATTERS = (
    LOG.c.kind.in_(MAKES_IT_OLD),
    ~LOG.c.payload.contains(canonical({"aside": True})[1:-1]),
)


@dataclass(frozen=True, slots=True)
class Worked:
    """What was worked out from the case as it was at the log's entry `head`.

    `changes` are against what the resolution of the entry `last` (0: none) left. `versions` are of
    what worked it out.
    """

    made: Made
    versions: Mapping[str, str]
    head: int
    last: int
    changes: Changes


def rows_of(
    clusters: Iterable[tuple[str, str]],
    proposals: Iterable[tuple[str, str, float, Sequence[str]]],
) -> dict[Table, list[Row]]:
    """Rows of (key, canonical) and (left, right, score, reasons), in the order of their keys."""
    return {
        CLUSTERS: [{"key": key, "canonical": named} for key, named in sorted(clusters)],
        PROPOSALS: [proposal_row(*proposal) for proposal in sorted(proposals)],
    }


def proposal_row(left: str, right: str, score: float, reasons: Sequence[str]) -> Row:
    """A proposal's row."""
    told = {"left_key": left, "right_key": right, "score": kept_score(score)}
    return told | {"reasons": canonical(list(reasons))}


def kept_score(score: float) -> float:
    """A score to a hundredth of a bit.

    What lies below moves with every document that comes in, as how rare a name is does, and would
    have to be written anew for all pairs of the case.
    """
    return round(score, 2) + 0.0


def worked(connection: Connection, made: Made, versions: Mapping[str, str]) -> Worked:
    """What was made of the case as `connection` reads it, compared with what it holds."""
    head, _ = newest(connection)
    return Worked(made, versions, head, _last_number(connection), found.changes(connection, made))


def keep(connection: Connection, author: Author, new: Worked) -> bool:
    """Put what was worked out in place; the log tells of it where anything changed.

    In the transaction of the caller. Returns whether there was anything to tell. What came into the
    case since it was read leaves it old.
    """
    same = new.last == _last_number(connection)
    changes = new.changes if same else found.changes(connection, new.made)
    found.put_in_place(connection, new.made, changes)
    told = hashes(changes) | dict(new.versions)
    known = last(connection)
    if known is not None and _told(known) == told and not _changed(connection, known, new.head):
        return False
    append(connection, author, "resolve", told | {"head": new.head})
    return True


def hashes(changes: Changes) -> dict[str, str]:
    """The SHA-256 of each table's rows, for the log."""
    return {f"{table.name}_sha256": change.sha256 for table, change in changes.items()}


def _told(known: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in known.items() if name != "head"}


def _changed(connection: Connection, known: Mapping[str, Any], head: int) -> bool:
    """Whether something came in after what is known was read and before the entry `head`."""
    query = select(LOG.c.seq).where(*_MATTERS, LOG.c.seq > known["head"], LOG.c.seq <= head)
    query = query.limit(1)
    return connection.execute(query).first() is not None


def stored(connection: Connection) -> dict[Table, list[Row]]:
    """Clusters and proposals as the tables hold them, in the order of their keys."""
    names = {table: [column.name for column in table.columns] for table in RESOLVED}
    return {
        table: [
            dict(zip(names[table], row, strict=True)) for row in found.stored(connection, table)
        ]
        for table in RESOLVED
    }


def of_document(connection: Connection, document: str) -> dict[str, str]:
    """The canonical id of each entity of one document, by the entity's id, as last kept."""
    key = ENTITIES.c.document_id + "|" + ENTITIES.c.id
    query = select(ENTITIES.c.id, CLUSTERS.c.canonical).join(CLUSTERS, CLUSTERS.c.key == key)
    rows = connection.execute(query.where(ENTITIES.c.document_id == document))
    return {row.id: row.canonical for row in rows}


def is_old(connection: Connection) -> bool:
    """Whether documents or judgements have come since what is kept was worked out from the case."""
    known = last(connection)
    if known is None:
        return True
    query = select(LOG.c.seq).where(*_MATTERS, LOG.c.seq > known["head"])
    return connection.execute(query.limit(1)).first() is not None


def is_found(connection: Connection) -> bool:
    """Whether the last resolution made what pages read of the whole case, old or not."""
    known = last(connection)
    return known is not None and f"{GROUPS.name}_sha256" in known


def last(connection: Connection) -> Mapping[str, Any] | None:
    """What the log says of the latest resolution: versions, a hash for each table, and `head`.

    `head` is the number of the entry that the case stood at when it was read.
    """
    number = _last_number(connection)
    if not number:
        return None
    payload = connection.execute(select(LOG.c.payload).where(LOG.c.seq == number)).scalar_one()
    return {"head": number, **json.loads(payload)}


def _last_number(connection: Connection) -> int:
    query = select(LOG.c.seq).where(LOG.c.kind == "resolve").order_by(LOG.c.seq.desc()).limit(1)
    return connection.execute(query).scalar() or 0


def sealed(known: Mapping[str, Any]) -> list[Table]:
    """The tables whose hash an entry of the log gives."""
    return [table for table in MADE if f"{table.name}_sha256" in known]
