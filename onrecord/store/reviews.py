"""What people decided of records: read for a document, and what is derived from it kept true."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, union

from onrecord.store.citations import decode, derived
from onrecord.store.overlay import Decided, overlay
from onrecord.store.stretch import batches
from onrecord.store.tables import ADDITIONS, CORRECTIONS, DERIVED, RECORDS, REVIEWED, REVIEWS, TEXTS

Row = dict[str, Any]


def decided(connection: Connection, document: str) -> Decided:
    """What holds of one document."""
    known = (select(table.c.seq).where(table.c.document_id == document) for table in REVIEWED)
    if connection.execute(union(*known).limit(1)).first() is None:
        return Decided()
    return _decided(connection, document)


def _decided(connection: Connection, document: str) -> Decided:
    def rows(table: Table) -> list[Row]:
        query = select(table).where(table.c.document_id == document).order_by(table.c.seq)
        return [dict(row) for row in connection.execute(query).mappings()]

    return Decided(rows(ADDITIONS), rows(CORRECTIONS), rows(REVIEWS))


class Decisions:
    """As `decided`, for many documents: one look-up says which have any."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.documents = documents(connection)

    def of(self, document: str) -> Decided:
        """What holds of one document."""
        if document not in self.documents:
            return Decided()
        return _decided(self._connection, document)


def documents(connection: Connection) -> frozenset[str]:
    """The documents of which anything was decided."""
    query = union(*(select(table.c.document_id) for table in REVIEWED))
    return frozenset(connection.execute(query).scalars())


def corrected(connection: Connection, document: str, body: Any, text: str) -> Any:
    """A record as parsed JSON without its text, with what was decided laid over it."""
    return overlay(body, text, decided(connection, document))


def extracted(connection: Connection, document: str) -> tuple[Any, str] | None:
    """The record as it was extracted, as parsed JSON without its text, and the text."""
    row = connection.execute(_EXTRACTED.where(RECORDS.c.document_id == document)).first()
    return None if row is None else (json.loads(row.body), decode(row.text))


_EXTRACTED = select(RECORDS.c.document_id, RECORDS.c.body, TEXTS.c.body.label("text")).join(
    TEXTS, TEXTS.c.document_id == RECORDS.c.document_id
)


def corrected_in(connection: Connection, documents: Sequence[str]) -> dict[str, tuple[Any, str]]:
    """Of some documents those that have a record: it as parsed JSON, as people corrected it, and
    the text. A few look-ups for all of them.
    """
    found: dict[str, tuple[Any, str]] = {}
    for some in batches(documents):
        touched = _touched(connection, some)
        for row in connection.execute(_EXTRACTED.where(RECORDS.c.document_id.in_(some))):
            body, text = json.loads(row.body), decode(row.text)
            if row.document_id in touched:
                body = overlay(body, text, _decided(connection, row.document_id))
            found[row.document_id] = (body, text)
    return found


def _touched(connection: Connection, documents: Sequence[str]) -> frozenset[str]:
    """Those of some documents of which anything was decided."""
    ours = (select(t.c.document_id).where(t.c.document_id.in_(documents)) for t in REVIEWED)
    return frozenset(connection.execute(union(*ours)).scalars())


def derive(connection: Connection, changed: Iterable[str]) -> None:
    """Make the look-up rows of documents anew from their records and what holds of them."""
    for document in sorted(changed):
        found = extracted(connection, document)
        if found is None:
            continue
        body, text = found
        rows = derived(document, corrected(connection, document, body, text), text)
        for table in reversed(DERIVED):
            connection.execute(delete(table).where(table.c.document_id == document))
        for table in DERIVED:
            if rows[table]:
                connection.execute(insert(table), rows[table])


def newest(connection: Connection, tables: Sequence[Table], actor: str = "") -> int | None:
    """The newest entry of the log that some tables of decisions hold; of one person if named."""
    found = []
    for table in tables:
        query = select(func.max(table.c.seq))
        query = query.where(table.c.actor == actor) if actor else query
        found.append(connection.execute(query).scalar())
    return max((seq for seq in found if seq is not None), default=None)
