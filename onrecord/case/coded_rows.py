"""The rows of a copy: a document taken out or put in anew, and what people did, retold."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from onrecord.case.release import Release
from onrecord.case.retelling import Retelling, Row, Stays
from onrecord.model import Act, Claim, Entity, Record, as_json
from onrecord.passages.segment import paragraphs
from onrecord.products.door.redaction import Redacted
from onrecord.products.index import last_part
from onrecord.store import reader, search
from onrecord.store.citations import decode, encode
from onrecord.store.insertion import insert_record, seal
from onrecord.store.log import canonical
from onrecord.store.reader import CaseDocument
from onrecord.store.tables import (
    ADDITIONS,
    CORRECTIONS,
    CUSTODY,
    DERIVED,
    DOCUMENTS,
    GRADES,
    JUDGEMENTS,
    LOG,
    META,
    PARAGRAPHS,
    PASSAGES,
    RECORDS,
    REVIEWED,
    REVIEWS,
    TEXTS,
    WORD_FORMS,
    WORDS,
)
from onrecord.store.words import words

_OF_DOCUMENT = (*reversed(DERIVED), *REVIEWED, RECORDS, TEXTS, CUSTODY)
_UNINDEX = text(
    "INSERT INTO paragraph_terms (paragraph_terms, rowid, terms) VALUES ('delete', :id, :terms)"
)
_INDEX = text("INSERT INTO paragraph_terms (rowid, terms) VALUES (:id, :terms)")
_KEYS: Mapping[Table, Collection[str]] = {
    JUDGEMENTS: ("left_key", "right_key"),
    GRADES: ("subject",),
    REVIEWS: ("subject", "document_id"),
    CORRECTIONS: ("subject", "document_id"),
    ADDITIONS: ("document_id",),
}
"""What in the rows of decisions is a key."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A document that is shown otherwise than it is; `standing` is the id it has in the copy."""

    document: str
    made: Redacted
    retelling: Retelling
    standing: str


def take_out(copied: Connection, document: str) -> None:
    """Take a document out, with every row that is about it alone."""
    _unindex(copied, document)
    for table in _OF_DOCUMENT:
        copied.execute(delete(table).where(table.c.document_id == document))
    copied.execute(delete(DOCUMENTS).where(DOCUMENTS.c.id == document))


def put(copied: Connection, source: Connection, release: Release, of: Changed) -> None:
    """Put a document as it may be seen in place of what stands there."""
    document, made = of.document, of.made
    had = _row(source, DOCUMENTS, DOCUMENTS.c.id == document)
    held = _row(source, TEXTS, TEXTS.c.document_id == document)
    kept = source.execute(
        select(RECORDS.c.seq, RECORDS.c.version).where(RECORDS.c.document_id == document)
    ).first()
    custody = _custody(source, document)
    record = made.record if kept is None else _signed(source, of)
    told, body = release.document(_listed(had, held, extracted=kept is not None)), made.record.text
    take_out(copied, of.standing)
    values = {name: getattr(told, name) for name in _TOLD}
    digits = told.id.partition(":")[2]
    copied.execute(
        insert(DOCUMENTS).values({**had, **values, "path": last_part(told.path), "sha256": digits})
    )
    for row, entry in zip(custody, release.custody(told.id), strict=True):
        shown = {"document_id": told.id, "path": entry.path, "origin": "", "command": ""}
        copied.execute(insert(CUSTODY).values({**row, **shown, "size": told.size}))
    copied.execute(
        insert(TEXTS).values(
            {
                **held,
                "document_id": told.id,
                "sha256": hashlib.sha256(encode(body)).hexdigest(),
                "body": encode(body),
                "known": "{}",
                "layout": "[]",
                "warnings": canonical(list(told.warnings)),
            }
        )
    )
    search.add(copied, told.id, body, paragraphs(body))
    if kept is not None:
        sealed = seal(told.id, as_json(record), kept.version)
        insert_record(copied, kept.seq, replace(sealed, rows={**sealed.rows, PASSAGES: []}))


_TOLD = ("id", "size", "title", "publisher", "author", "published")


def _signed(source: Connection, of: Changed) -> Record:
    """The record with who accepted what of it: the door tells nobody, but these are our own."""
    first = reader.record(source, of.document)
    items: list[Entity | Claim | Act] = [*first.entities, *first.claims, *first.acts]
    marks = {
        of.made.ids.get(item.id): replace(item.reviewed, by=of.retelling.words(item.reviewed.by))
        for item in items
        if item.reviewed
    }
    told = of.made.record
    return replace(
        told,
        entities=tuple(replace(e, reviewed=marks.get(e.id)) for e in told.entities),
        claims=tuple(replace(c, reviewed=marks.get(c.id)) for c in told.claims),
        acts=tuple(replace(a, reviewed=marks.get(a.id)) for a in told.acts),
    )


def _row(source: Connection, table: Table, where: ColumnElement[bool]) -> Row:
    return dict(source.execute(select(table).where(where)).mappings().one())


def _listed(had: Row, held: Row, *, extracted: bool) -> CaseDocument:
    names = ("id", "path", "media_type", "size", "title", "publisher", "author", "published")
    warnings = tuple(json.loads(held["warnings"]))
    return CaseDocument(**{n: had[n] for n in names}, extracted=extracted, warnings=warnings)


def _custody(source: Connection, document: str) -> list[Row]:
    query = select(CUSTODY).where(CUSTODY.c.document_id == document).order_by(CUSTODY.c.seq)
    return [dict(row) for row in source.execute(query).mappings()]


def _unindex(copied: Connection, document: str) -> None:
    """Take the paragraphs of a document out of the search."""
    rows = copied.execute(select(PARAGRAPHS).where(PARAGRAPHS.c.document_id == document)).all()
    if not rows:
        return
    query = select(TEXTS.c.body).where(TEXTS.c.document_id == document)
    body = decode(copied.execute(query).scalar_one())
    found = {row.id: _terms(body[row.start : row.end]) for row in rows}
    copied.execute(_UNINDEX, [{"id": each, "terms": " ".join(t)} for each, t in found.items()])
    copied.execute(delete(PARAGRAPHS).where(PARAGRAPHS.c.document_id == document))
    counts = Counter(word for terms in found.values() for word in terms)
    fewer = update(WORDS).where(WORDS.c.word == bindparam("term"))
    copied.execute(
        fewer.values(paragraphs=WORDS.c.paragraphs - bindparam("number")),
        [{"term": word, "number": number} for word, number in counts.items()],
    )


def forget(copied: Connection) -> None:
    """Take words out that stand in no paragraph any more."""
    lost = list(copied.execute(select(WORDS.c.word).where(WORDS.c.paragraphs <= 0)).scalars())
    for table in (WORD_FORMS, WORDS) if lost else ():
        column = table.c.word == bindparam("term")
        copied.execute(delete(table).where(column), [{"term": word} for word in lost])


def _terms(passage: str) -> list[str]:
    return sorted({word for word, _ in words(passage)})


def index_again(copied: Connection) -> None:
    """Fill the index of a copy whose paragraphs came without it."""
    query = select(PARAGRAPHS, TEXTS.c.body).join(
        TEXTS, TEXTS.c.document_id == PARAGRAPHS.c.document_id
    )
    for row in copied.execute(query.order_by(PARAGRAPHS.c.id)).all():
        terms = _terms(decode(row.body)[row.start : row.end])
        copied.execute(_INDEX, {"id": row.id, "terms": " ".join(terms)})


def catch_up(
    copied: Connection,
    source: Connection,
    release: Release,
    documents: Collection[str],
    retelling: Retelling,
) -> None:
    """Put in what people decided since, of documents and of who is who."""
    ids = retelling.ids
    for document in sorted(documents):
        if document in ids.changed:
            made, standing = release.redacted(document), ids.changed[document][document]
            ids.put(document, made.ids)
            put(copied, source, release, Changed(document, made, retelling, standing))
        elif document not in ids.hidden:
            for table in reversed(_LOOKED_UP):
                copied.execute(delete(table).where(table.c.document_id == document))
            for table in _LOOKED_UP:
                own = source.execute(select(table).where(table.c.document_id == document))
                rows = [dict(row) for row in own.mappings()]
                if rows:
                    copied.execute(insert(table), rows)
    forget(copied)
    decided(copied, source, retelling)


_LOOKED_UP = tuple(table for table in DERIVED if table is not PASSAGES)


def decided(copied: Connection, source: Connection, retelling: Retelling) -> None:
    """What people decided, as it may be seen; of changed documents it stands in their records."""
    for table in _KEYS:
        rows = [dict(row) for row in source.execute(select(table)).mappings()]
        shown = [row for row in rows if row.get("document_id") not in retelling.ids.changed]
        key = [column.name for column in table.primary_key]
        made = {tuple(row[n] for n in key): row for row in _retold(shown, table, retelling)}
        copied.execute(delete(table))
        if made:
            copied.execute(insert(table), list(made.values()))


def retell(copied: Connection, source: Connection, retelling: Retelling) -> None:
    """What people brought in, decided and did, in words and keys that may be seen."""
    _paths(copied, retelling)
    _came_in(copied, retelling)
    decided(copied, source, retelling)
    rows = [dict(row) for row in copied.execute(select(LOG).order_by(LOG.c.seq)).mappings()]
    copied.execute(delete(LOG))
    tell(copied, rows, retelling)


def tell(copied: Connection, rows: list[Row], retelling: Retelling) -> None:
    """Put what may be seen of entries of the log after those that a copy has."""
    told = list(retelling.entries(iter(rows)))
    if told:
        copied.execute(insert(LOG), told)
    if rows:
        # What was made of an earlier state must not be taken for what is made of this one, also
        # where the newest entry is not shown.
        sealed = retelling.sealed(rows[-1]["hash"])
        last = select(func.max(LOG.c.seq)).scalar_subquery()
        copied.execute(update(LOG).where(LOG.c.seq == last).values(hash=sealed))
        copied.execute(update(META).where(META.c.name == "log_hash").values(value=sealed))


def _paths(copied: Connection, retelling: Retelling) -> None:
    """The names of files alone where a folder on their way names somebody."""
    for document, path in copied.execute(select(DOCUMENTS.c.id, DOCUMENTS.c.path)).all():
        if retelling.words(path) == path:
            continue
        shown = last_part(retelling.words(path))
        copied.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == document).values(path=shown))
        known = RECORDS.c.document_id == document
        body = func.json_set(RECORDS.c.body, "$.document.path", shown)
        copied.execute(update(RECORDS).where(known).values(body=body))
        retelling.ids.renamed.add(document)


def _came_in(copied: Connection, retelling: Retelling) -> None:
    """Custody without our own folders and commands."""
    copied.execute(update(CUSTODY).values(origin="", command=""))
    for column in (CUSTODY.c.actor, CUSTODY.c.path):
        said = set(copied.execute(select(column)).scalars())
        shown = {each: retelling.words(each) for each in said}
        changed = [{"was": was, "is": now} for was, now in shown.items() if was != now]
        if changed:
            renamed = update(CUSTODY).where(column == bindparam("was"))
            copied.execute(renamed.values({column.name: bindparam("is")}), changed)


def _retold(rows: list[Row], table: Table, retelling: Retelling) -> Iterator[Row]:
    keys = _KEYS[table]
    for row in rows:
        try:
            shown = {name: retelling.key(row[name]) for name in keys}
        except Stays:
            continue
        if table is JUDGEMENTS:
            if shown["left_key"] == shown["right_key"]:
                continue
            shown = dict(zip(keys, sorted(shown.values()), strict=True))
        yield {**row, **shown, **{name: retelling.words(row[name]) for name in ("actor", "why")}}
