"""What a document says of itself: title, publisher and date, as its reader or its extraction saw.

The table of documents holds what the reader of the file was told: a web page's marks, an office
document's properties. What stands in the text itself (a masthead, a dateline) is in the record.
Whoever lists documents needs both, or would say "publisher not stated" of a report that states it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import JSON, Connection, RowMapping, cast, func, select

from onrecord.store.stretch import batches
from onrecord.store.tables import DOCUMENTS, ENTITIES, RECORDS

NAMES = ("title", "publisher", "published")


def filled(
    connection: Connection, rows: Iterable[Mapping[str, Any] | RowMapping], key: str = "id"
) -> list[dict[str, Any]]:
    """Rows of documents, with what their records know in place of what they lack.

    `key` is the column with the document's id. For the rows of a page: it reads their records.
    """
    found = [{str(name): value for name, value in row.items()} for row in rows]
    wanting = {r[key] for r in found if any(r.get(name, "") is None for name in NAMES)}
    heads = _heads(connection, sorted(wanting))
    for row in found:
        head = heads.get(row[key], {})
        row |= {name: head.get(name) for name in NAMES if row.get(name, "") is None}
    return found


def _heads(connection: Connection, documents: list[str]) -> dict[str, dict[str, Any]]:
    if connection.dialect.name == "sqlite":
        head = func.json_extract(RECORDS.c.body, "$.document")
    else:
        head = func.json_extract_path_text(cast(RECORDS.c.body, JSON), "document")
    found: dict[str, dict[str, Any]] = {}
    for some in batches(documents):
        query = select(RECORDS.c.document_id, head).where(RECORDS.c.document_id.in_(some))
        found |= {document: json.loads(told) for document, told in connection.execute(query)}
    return found


def notes(connection: Connection, documents: Sequence[str] | None = None) -> dict[str, str]:
    """What records say of why nothing was read in their documents; of all where none is named."""
    nothing = ~select(ENTITIES.c.id).where(ENTITIES.c.document_id == RECORDS.c.document_id).exists()
    query = select(RECORDS.c.document_id).where(nothing)
    if documents is not None:
        query = query.where(RECORDS.c.document_id.in_(documents))
    heads = _heads(connection, list(connection.execute(query).scalars()))
    return {document: str(head["note"]) for document, head in heads.items() if head.get("note")}


_KEY = re.compile(r"sha256:(?P<digits>[0-9a-f]{64})(?:\|(?P<entity>entity:[0-9a-f]+))?")


def with_names(connection: Connection, texts: Sequence[str]) -> list[str]:
    """Lines in which documents and entities are told by file name and name, not by their ids."""
    keys = {(m[0].partition("|")[0], m["entity"]) for text in texts for m in _KEY.finditer(text)}
    paths: dict[str, str] = {}
    names: dict[tuple[str, str], str] = {}
    for some in batches(sorted({document for document, _ in keys})):
        known = select(DOCUMENTS.c.id, DOCUMENTS.c.path).where(DOCUMENTS.c.id.in_(some))
        paths |= {row.id: row.path.rpartition("/")[2] for row in connection.execute(known)}
    for some in batches(sorted({entity for _, entity in keys if entity})):
        bearing = select(ENTITIES.c.document_id, ENTITIES.c.id, ENTITIES.c.name)
        for row in connection.execute(bearing.where(ENTITIES.c.id.in_(some))):
            names[row.document_id, row.id] = row.name

    def told(found: re.Match[str]) -> str:
        document = f"sha256:{found['digits']}"
        if document not in paths:
            return found[0]
        name = names.get((document, found["entity"] or ""))
        if found["entity"] and not name:
            return f"{paths[document]}|{found['entity']}"
        return f"{name} ({paths[document]})" if name else paths[document]

    return [_KEY.sub(told, text) for text in texts]
