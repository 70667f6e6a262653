"""Lists to page through, each page read on its own: documents, who is who, the log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select

from onrecord.store.heads import filled, notes
from onrecord.store.log import Entry
from onrecord.store.tables import CLUSTERS, DOCUMENTS, ENTITIES, LOG, RECORDS, SPELLINGS
from onrecord.store.words import folded_name

_KEY = ENTITIES.c.document_id + "|" + ENTITIES.c.id


@dataclass(frozen=True, slots=True)
class Listed:
    """A document in a list: whether it has a record, and in `note` why nothing was read in it."""

    id: str
    path: str
    title: str | None
    publisher: str | None
    published: str | None
    extracted: bool
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """Entities taken for one, in a list: the commonest spelling, and in how many documents."""

    canonical: str
    type: str
    name: str
    documents: int


@dataclass(frozen=True, slots=True)
class Member:
    """One document's entity among those taken for one."""

    document: str
    entity: str
    type: str
    name: str
    path: str
    publisher: str | None
    published: str | None


def amount(connection: Connection) -> int:
    """How many documents there are."""
    return int(connection.execute(select(func.count(DOCUMENTS.c.seq))).scalar_one())


def documents(connection: Connection, offset: int, limit: int) -> list[Listed]:
    """Documents in the order they came in, from the one at `offset`."""
    chosen = select(DOCUMENTS.c.seq).order_by(DOCUMENTS.c.seq).offset(offset).limit(limit)
    query = (
        select(DOCUMENTS, RECORDS.c.document_id.label("record"))
        .outerjoin(RECORDS, RECORDS.c.document_id == DOCUMENTS.c.id)
        .where(DOCUMENTS.c.seq.in_(chosen.scalar_subquery()))
        .order_by(DOCUMENTS.c.seq)
    )
    names = ("id", "path", "title", "publisher", "published")
    rows = filled(connection, connection.execute(query).mappings())
    said = notes(connection, [row["id"] for row in rows])
    return [
        Listed(
            **{name: row[name] for name in names},
            extracted=row["record"] is not None,
            note=said.get(row["id"]),
        )
        for row in rows
    ]


def named(
    connection: Connection, kinds: Sequence[str], text: str, offset: int, limit: int
) -> tuple[list[Named], int]:
    """Who is who as last resolved, those in most documents first; and how many there are.

    `text` must stand in one of the spellings, folded; an entity that was not resolved yet stands
    for itself.
    """
    canonical = func.coalesce(CLUSTERS.c.canonical, _KEY).label("canonical")
    found = _narrowed(
        select(
            canonical,
            func.min(ENTITIES.c.type).label("type"),
            func.count(ENTITIES.c.document_id.distinct()).label("documents"),
        )
        .outerjoin(CLUSTERS, CLUSTERS.c.key == _KEY)
        .where(ENTITIES.c.type.in_(kinds))
        .group_by(canonical),
        text,
    ).subquery()
    total = connection.execute(select(func.count()).select_from(found)).scalar_one()
    ordered = select(found).order_by(found.c.documents.desc(), found.c.canonical)
    rows = connection.execute(ordered.offset(offset).limit(limit)).all()
    names = _names(connection, [row.canonical for row in rows])
    made = [Named(r.canonical, r.type, names[r.canonical], r.documents) for r in rows]
    return made, int(total)


def _narrowed(query: Select[*tuple[Any, ...]], text: str) -> Select[*tuple[Any, ...]]:
    folded = folded_name(text)
    if not folded:
        return query
    spelled = select(SPELLINGS.c.entity_id).where(
        SPELLINGS.c.document_id == ENTITIES.c.document_id,
        SPELLINGS.c.entity_id == ENTITIES.c.id,
        SPELLINGS.c.folded.contains(folded, autoescape=True),
    )
    return query.where(spelled.exists())


def _names(connection: Connection, canonical: Sequence[str]) -> dict[str, str]:
    """The commonest spelling of each; the longest of equally common ones."""
    best: dict[str, tuple[int, int, str]] = {}
    for row in connection.execute(_spelled(canonical)):
        weighed = (int(row.number), len(row.name), str(row.name))
        best[row.canonical] = max(best.get(row.canonical, (0, 0, "")), weighed)
    return {key: name for key, (_, _, name) in best.items()}


def _spelled(canonical: Sequence[str]) -> Select[*tuple[Any, ...]]:
    key = func.coalesce(CLUSTERS.c.canonical, _KEY).label("canonical")
    number = func.count().label("number")
    return (
        select(key, ENTITIES.c.name, number)
        .outerjoin(CLUSTERS, CLUSTERS.c.key == _KEY)
        .where(key.in_(canonical))
        .group_by(key, ENTITIES.c.name)
    )


def members(connection: Connection, canonical: str) -> list[Member]:
    """The entities of a group, or the one entity of that key, in the order of their documents."""
    keys = list(
        connection.execute(
            select(CLUSTERS.c.key).where(CLUSTERS.c.canonical == canonical)
        ).scalars()
    ) or [canonical]
    pairs = {tuple(key.rpartition("|")[::2]) for key in keys}
    query = (
        select(
            ENTITIES.c.document_id,
            ENTITIES.c.id,
            ENTITIES.c.type,
            ENTITIES.c.name,
            DOCUMENTS.c.path,
            DOCUMENTS.c.publisher,
            DOCUMENTS.c.published,
        )
        .join(DOCUMENTS, DOCUMENTS.c.id == ENTITIES.c.document_id)
        .where(ENTITIES.c.document_id.in_({document for document, _ in pairs}))
        .order_by(DOCUMENTS.c.seq, ENTITIES.c.id)
    )
    found = connection.execute(query).mappings()
    rows = (row for row in found if (row["document_id"], row["id"]) in pairs)
    names = ("document_id", "id", "type", "name", "path", "publisher", "published")
    return [
        Member(*(row[name] for name in names))
        for row in filled(connection, rows, key="document_id")
    ]


def canonical_of(connection: Connection, document: str) -> dict[str, str]:
    """The group of each entity of a document, by the entity's id."""
    query = (
        select(ENTITIES.c.id, func.coalesce(CLUSTERS.c.canonical, _KEY).label("canonical"))
        .outerjoin(CLUSTERS, CLUSTERS.c.key == _KEY)
        .where(ENTITIES.c.document_id == document)
    )
    return {row.id: row.canonical for row in connection.execute(query)}


def entries(connection: Connection, before: int | None, limit: int) -> list[Entry]:
    """Entries of the log, the newest first; only those before a number where one is given."""
    query = select(LOG).order_by(LOG.c.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(LOG.c.seq < before)
    found = connection.execute(query).mappings()
    return [Entry(**{**row, "payload": json.loads(row["payload"])}) for row in found]
