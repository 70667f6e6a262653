"""What is read from a case: documents, records, look-ups. Never waits for a writer."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, func, select

from onrecord.errors import NotFound
from onrecord.model import Record, from_json
from onrecord.store import heads, reviews
from onrecord.store.citations import decode
from onrecord.store.log import plain
from onrecord.store.overlay import Decided, overlay
from onrecord.store.tables import (
    CLAIMS,
    CUSTODY,
    DOCUMENTS,
    ENTITIES,
    INVOLVEMENTS,
    RECORDS,
    SPELLINGS,
    TEXTS,
)
from onrecord.store.words import folded_name, likeness, slack

Body = dict[str, Any]
"""A record as parsed JSON, as `onrecord extract --jsonl` prints it."""


@dataclass(frozen=True, slots=True)
class CaseDocument:
    """A document of the case. `extracted` says whether it has a record; `size` is in bytes.

    `note` says why nothing was read in it, where that is so.
    """

    id: str
    path: str
    media_type: str
    size: int
    title: str | None
    publisher: str | None
    author: str | None
    published: str | None
    extracted: bool
    warnings: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Custody:
    """Who brought a document in, when (UTC), from where, by which command, read by what."""

    seq: int
    at: str
    actor: str
    command: str
    path: str
    origin: str
    size: int
    reader: str
    reader_version: str


@dataclass(frozen=True, slots=True)
class EntityHit:
    """An entity of one document whose name answers a look-up.

    `score` is 1 for the same name, less where the look-up names only a part of it or spells it
    otherwise. Alike names are not one person: whether they are is for people to say.
    """

    document_id: str
    entity_id: str
    type: str
    name: str
    spelling: str
    score: float


@dataclass(frozen=True, slots=True)
class Pending:
    """A document without a current record, with what an extraction needs."""

    id: str
    sha256: str
    path: str
    media_type: str
    text: str
    known: dict[str, Any]
    reader: str


def documents(connection: Connection) -> Iterator[CaseDocument]:
    """All documents, in the order they were acquired."""
    query = (
        select(DOCUMENTS, TEXTS.c.warnings, RECORDS.c.document_id.label("record"))
        .join(TEXTS, TEXTS.c.document_id == DOCUMENTS.c.id)
        .outerjoin(RECORDS, RECORDS.c.document_id == DOCUMENTS.c.id)
        .order_by(DOCUMENTS.c.seq)
    )
    notes = heads.notes(connection)
    for row in connection.execute(query).mappings():
        names = ("id", "path", "media_type", "size", "title", "publisher", "author", "published")
        yield CaseDocument(
            **{name: row[name] for name in names},
            extracted=row["record"] is not None,
            warnings=tuple(json.loads(row["warnings"])),
            note=notes.get(row["id"]),
        )


def beside(connection: Connection, document: str) -> tuple[str | None, tuple[str, ...]]:
    """What is kept of a document and stands not in its record: author, warnings of its reader."""
    query = select(DOCUMENTS.c.author, TEXTS.c.warnings).join(
        TEXTS, TEXTS.c.document_id == DOCUMENTS.c.id
    )
    row = connection.execute(query.where(DOCUMENTS.c.id == document)).one()
    return row.author, tuple(json.loads(row.warnings))


def amount(connection: Connection) -> tuple[int, int]:
    """How many documents there are, and the bytes of their originals."""
    query = select(func.count(), func.coalesce(func.sum(DOCUMENTS.c.size), 0))
    documents, size = connection.execute(query.select_from(DOCUMENTS)).one()
    return int(documents), int(size)


def custody(connection: Connection, document: str) -> list[Custody]:
    """Every time the document came in, oldest first."""
    names = Custody.__dataclass_fields__
    query = select(*(CUSTODY.c[name] for name in names)).order_by(CUSTODY.c.seq)
    found = connection.execute(query.where(CUSTODY.c.document_id == document))
    return [Custody(**row) for row in found.mappings()]


def held(connection: Connection, document: str) -> tuple[str, str] | None:
    """Reader and reader's version of a document's text; None where the case does not hold it."""
    query = select(TEXTS.c.reader, TEXTS.c.reader_version)
    row = connection.execute(query.where(TEXTS.c.document_id == document)).first()
    return (row.reader, row.reader_version) if row else None


def came_from(connection: Connection, document: str, origin: str) -> bool:
    """Whether the document came in from that origin before."""
    query = select(CUSTODY.c.seq).where(
        CUSTODY.c.document_id == document, CUSTODY.c.origin == origin
    )
    return connection.execute(query).first() is not None


def record_ids(connection: Connection) -> list[str]:
    """Documents that have a record, in the order they were acquired."""
    query = (
        select(RECORDS.c.document_id)
        .join(DOCUMENTS, DOCUMENTS.c.id == RECORDS.c.document_id)
        .order_by(DOCUMENTS.c.seq)
    )
    return list(connection.execute(query).scalars())


def record(connection: Connection, document: str) -> Record:
    """The record of a document, as people corrected it. Raises `NotFound` where it has none."""
    return _record(connection, document, reviews.decided(connection, document))


def records(connection: Connection, documents: Iterable[str] | None = None) -> Iterator[Record]:
    """As `record`, for many; one look-up finds what people decided of them."""
    decisions = reviews.Decisions(connection)
    for document in record_ids(connection) if documents is None else documents:
        yield _record(connection, document, decisions.of(document))


def extracted(connection: Connection, document: str, *, corrected: bool = False) -> Record:
    """The record of a document as the machine made it. Raises `NotFound` where it has none.

    With `corrected`, as people corrected and added to it, and with what they rejected.
    """
    decided = replace(reviews.decided(connection, document), reviews=()) if corrected else Decided()
    return _record(connection, document, decided)


def _record(connection: Connection, document: str, decided: Decided) -> Record:
    found = reviews.extracted(connection, document)
    if found is None:
        raise NotFound(
            f"{document} has no record",
            why="it was not extracted yet, or the case does not hold it",
            todo="run `onrecord status` to see what the case holds",
        )
    body, text = found
    return from_json(Record, overlay(body, text, decided) | {"text": text})


def bodies(connection: Connection, documents: Sequence[str] | None = None) -> Iterator[Body]:
    """Records as parsed JSON with their text, as people corrected them, in the order that their
    documents were acquired.
    """
    decisions = reviews.Decisions(connection)
    for document in record_ids(connection) if documents is None else documents:
        found = reviews.extracted(connection, document)
        if found is not None:
            body, text = found
            yield overlay(body, text, decisions.of(document)) | {"text": text}


def bodies_of(connection: Connection, documents: Iterable[str]) -> list[Body]:
    """As `bodies`, for the documents that one page shows: each once, in the order given, those
    that have no record left out.
    """
    wanted = list(dict.fromkeys(documents))
    found = reviews.corrected_in(connection, wanted)
    return [
        body | {"text": text}
        for body, text in (found[document] for document in wanted if document in found)
    ]


def entity_key(connection: Connection, name: str) -> str:
    """The key `DOCUMENT|ENTITY` of an entity, for its key or a name that is one entity's.

    In a key the document may be named by its path or the beginning of its hash, and the entity by
    its name; "NAME (DOCUMENT)", as products name one, is read alike. Raises `NotFound` where none
    or several answer.
    """
    document, bar, local = name.rpartition("|")
    rows = _called(connection, local, resolve(connection, document) if bar else None)
    if not rows and (within := _WITHIN.fullmatch(name)):
        rows = _called(connection, within["name"], resolve(connection, within["document"]))
    found = sorted(f"{row.document_id}|{row.id}" for row in rows)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(
            f"no entity is named {name}",
            why="an entity is named by DOCUMENT|ENTITY, by a name that only one has, or by an id "
            "that `onrecord resolve` prints",
            todo="search for it with `onrecord search`, or list groups with `onrecord people`",
        )
    raise NotFound(
        f"{len(found)} entities are named {name}",
        why="a decision is on one of each side:" + _each_of_them(connection, rows),
        todo='name one of them so, between quotation marks: "DOCUMENT|NAME"; those that are taken '
        "for one with it go along",
    )


_WITHIN = re.compile(r"(?P<name>.+?) \((?P<document>.+)\)")


def _called(connection: Connection, name: str, document: str | None) -> list[Row[*tuple[Any, ...]]]:
    query = select(ENTITIES.c.document_id, ENTITIES.c.id, ENTITIES.c.name)
    if document is not None:
        query = query.where(ENTITIES.c.document_id == document)
    named = (ENTITIES.c.id == name) | (ENTITIES.c.name == plain(name))
    return list(connection.execute(query.where(named)))


def _each_of_them(
    connection: Connection, rows: Sequence[Row[*tuple[Any, ...]]], most: int = 12
) -> str:
    """Entities of one name, a line each, as a person may name them: by document, then by name."""
    documents = {row.document_id for row in rows}
    query = select(DOCUMENTS.c.id, DOCUMENTS.c.path).where(DOCUMENTS.c.id.in_(documents))
    paths = {row.id: row.path for row in connection.execute(query)}
    alike = Counter((row.document_id, row.name) for row in rows)
    lines = sorted(
        f"{paths[row.document_id]}|"
        + (row.name if alike[row.document_id, row.name] == 1 else row.id)
        for row in rows
    )
    more = [f"and {len(lines) - most} more"] if len(lines) > most else []
    return "".join(f"\n         {line}" for line in (*lines[:most], *more))


def subject(connection: Connection, name: str) -> str:
    """What a grade may be of: a document's id, or the key of an entity or a claim.

    Raises `NotFound`.
    """
    document, bar, local = name.rpartition("|")
    if not bar:
        return resolve(connection, name)
    found = resolve(connection, document)
    for table in (CLAIMS, ENTITIES):
        query = select(table.c.id).where(table.c.document_id == found, table.c.id == local)
        if connection.execute(query).first() is not None:
            return f"{found}|{local}"
    return entity_key(connection, name)


def weight_of_keys(connection: Connection) -> dict[str, int]:
    """How many claims and acts rest on each entity: those it makes and those it has a part in."""
    counts: dict[str, int] = {}
    for table, column in ((CLAIMS, CLAIMS.c.source), (INVOLVEMENTS, INVOLVEMENTS.c.entity_id)):
        query = select(table.c.document_id, column.label("entity"), func.count().label("number"))
        query = query.where(column.is_not(None)).group_by(table.c.document_id, column)
        for row in connection.execute(query):
            key = f"{row.document_id}|{row.entity}"
            counts[key] = counts.get(key, 0) + int(row.number)
    return counts


def resolve(connection: Connection, name: str) -> str:
    """The document's id for an id, the beginning of one, a path, or the end of one.

    A path is any under which it came in. Raises `NotFound`.
    """
    whole = connection.execute(select(DOCUMENTS.c.id).where(DOCUMENTS.c.id == name)).scalar()
    if whole is not None:
        return str(whole)  # Looked up; what follows looks through all documents.
    digits = name.removeprefix("sha256:").removeprefix("coded:").lower()
    query = select(DOCUMENTS.c.id).where(
        (DOCUMENTS.c.path == name)
        | (
            DOCUMENTS.c.sha256.startswith(digits, autoescape=True)
            if len(digits) >= 4
            else DOCUMENTS.c.sha256 == digits
        )
    )
    found = sorted(connection.execute(query).scalars()) or _by_end_of_path(connection, name)
    if len(found) == 1:
        return str(found[0])
    raise NotFound(
        f"no document is named {name}" if not found else f"{len(found)} documents are named {name}",
        why="a document is named by its path or file name, or by 4 or more digits of its hash",
        todo="run `onrecord status` to see what the case holds"
        if not found
        else "give more digits",
    )


def _by_end_of_path(connection: Connection, name: str) -> list[str]:
    """The documents that came in under a path with this end: a file is named without its folder."""
    if not name.strip("/"):
        return []
    path = CUSTODY.c.path
    query = select(CUSTODY.c.document_id).where(
        (path == name) | path.endswith(f"/{name}", autoescape=True)
    )
    return sorted(set(connection.execute(query).scalars()))


def pending(connection: Connection, version: str) -> list[str]:
    """Documents without a record of that extractor version, in the order they were acquired."""
    query = (
        select(DOCUMENTS.c.id)
        .outerjoin(RECORDS, RECORDS.c.document_id == DOCUMENTS.c.id)
        .where(RECORDS.c.version.is_distinct_from(version))
        .order_by(DOCUMENTS.c.seq)
    )
    return list(connection.execute(query).scalars())


def job(connection: Connection, document: str) -> Pending:
    """What an extraction of the document needs."""
    query = (
        select(DOCUMENTS, TEXTS.c.body, TEXTS.c.known, TEXTS.c.reader)
        .join(TEXTS, TEXTS.c.document_id == DOCUMENTS.c.id)
        .where(DOCUMENTS.c.id == document)
    )
    row = connection.execute(query).one()
    known = json.loads(row.known)
    return Pending(
        row.id, row.sha256, row.path, row.media_type, decode(row.body), known, row.reader
    )


def find_entities(connection: Connection, name: str) -> list[EntityHit]:
    """Entities whose name or spelling answers to `name`, best first.

    Every word of `name` must be a word of the spelling, or be spelled like one.
    """
    asked = folded_name(name).split()
    if not asked:
        return []
    query = select(SPELLINGS, ENTITIES.c.type, ENTITIES.c.name).join(
        ENTITIES,
        (ENTITIES.c.document_id == SPELLINGS.c.document_id)
        & (ENTITIES.c.id == SPELLINGS.c.entity_id),
    )
    if not any(slack(word) for word in asked):
        query = query.where(SPELLINGS.c.folded.contains(asked[0], autoescape=True))
    best: dict[tuple[str, str], EntityHit] = {}
    scores: dict[str, float] = {}
    for row in connection.execute(query):
        if row.folded not in scores:
            scores[row.folded] = _answers(asked, row.folded.split())
        score, key = scores[row.folded], (row.document_id, row.entity_id)
        if score and (key not in best or best[key].score < score):
            best[key] = EntityHit(*key, row.type, row.name, row.folded, score)
    return sorted(best.values(), key=lambda h: (-h.score, h.name, h.document_id, h.entity_id))


def _answers(asked: list[str], spelling: list[str]) -> float:
    """How well a spelling answers: mean likeness of the words, less for each word left over."""
    left = list(spelling)
    total = 0.0
    for word in asked:
        score, other = max(((likeness(word, each), each) for each in left), default=(0.0, ""))
        if not score:
            return 0.0
        left.remove(other)
        total += score
    return round(total / len(asked) * (0.9 + 0.1 * len(asked) / len(spelling)), 4)
