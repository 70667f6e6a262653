"""What a resolution made: clusters and proposals, in tables, sealed in the log by a hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from onrecord.store.log import Author, append, canonical, entries_of
from onrecord.store.tables import CLUSTERS, ENTITIES, LOG, PROPOSALS, RESOLVED

Row = dict[str, Any]
_AT_ONCE = 10_000
MAKES_IT_OLD = ("acquired", "extracted", "judge", "undo")
"""Entries of the log after which who is who has to be worked out anew."""


def rows_of(
    clusters: Iterable[tuple[str, str]],
    proposals: Iterable[tuple[str, str, float, Sequence[str]]],
) -> dict[Table, list[Row]]:
    """Rows of (key, canonical) and (left, right, score, reasons), in the order of their keys.

    Scores are kept to a millionth of a bit: what lies below depends on the machine.
    """
    return {
        CLUSTERS: [{"key": key, "canonical": named} for key, named in sorted(clusters)],
        PROPOSALS: [
            {
                "left_key": left,
                "right_key": right,
                "score": round(score, 6) + 0.0,
                "reasons": canonical(list(reasons)),
            }
            for left, right, score, reasons in sorted(proposals)
        ],
    }


def hashes(rows: Mapping[Table, Sequence[Row]]) -> dict[str, str]:
    """The SHA-256 of each table's rows, for the log."""
    return {f"{table.name}_sha256": _hash(rows[table]) for table in RESOLVED}


def _hash(rows: Sequence[Row]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(canonical(row).encode() + b"\n")
    return digest.hexdigest()


def keep(
    connection: Connection, author: Author, rows: Mapping[Table, Sequence[Row]], version: str
) -> bool:
    """Put the rows in place of the earlier ones; the log tells of it where anything changed.

    In the transaction of the caller. Returns whether there was anything to tell.
    """
    found = hashes(rows) | {"version": version}
    replace(connection, rows)
    if not is_old(connection) and last(connection) == found:
        return False
    append(connection, author, "resolve", found)
    return True


def replace(connection: Connection, rows: Mapping[Table, Sequence[Row]]) -> None:
    """Put the rows in place of the earlier ones, without a word in the log."""
    for table in RESOLVED:
        connection.execute(delete(table))
        for start in range(0, len(rows[table]), _AT_ONCE):
            connection.execute(insert(table), rows[table][start : start + _AT_ONCE])


def stored(connection: Connection) -> dict[Table, list[Row]]:
    """The rows as the tables hold them, in the order of their keys.

    Sorted here: databases order text by their own rules.
    """
    return {
        table: sorted(
            (dict(row) for row in connection.execute(select(table)).mappings()),
            key=lambda row: tuple(row[column.name] for column in table.primary_key),
        )
        for table in RESOLVED
    }


def of_document(connection: Connection, document: str) -> dict[str, str]:
    """The canonical id of each entity of one document, by the entity's id, as last kept."""
    key = ENTITIES.c.document_id + "|" + ENTITIES.c.id
    query = select(ENTITIES.c.id, CLUSTERS.c.canonical).join(CLUSTERS, CLUSTERS.c.key == key)
    rows = connection.execute(query.where(ENTITIES.c.document_id == document))
    return {row.id: row.canonical for row in rows}


def is_old(connection: Connection) -> bool:
    """Whether documents or judgements have come since who is who was last worked out."""
    query = select(LOG.c.kind).where(LOG.c.kind.in_((*MAKES_IT_OLD, "resolve")))
    newest = connection.execute(query.order_by(LOG.c.seq.desc()).limit(1)).scalar()
    return newest != "resolve"


def last(connection: Connection) -> Mapping[str, Any] | None:
    """What the log says of the latest resolution: `version`, and a hash for each table."""
    told = list(entries_of(connection, ("resolve",)))
    return told[-1].payload if told else None
