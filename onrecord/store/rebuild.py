"""All tables made anew from the originals and the log, and proven to be what they were.

What the log sealed (hashes of texts, records, clusters) must come out again. Where it does not, the
case is left as it was and the difference is named.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, select, text

from onrecord.errors import CaseError
from onrecord.store import decisions, found, resolved
from onrecord.store.acquisition import Acquisition
from onrecord.store.chain import stayed_behind
from onrecord.store.citations import decode
from onrecord.store.database import storage_errors
from onrecord.store.found import MADE, Made
from onrecord.store.insertion import (
    Sealed,
    insert_custody,
    insert_document,
    insert_record,
    seal,
)
from onrecord.store.log import Entry, entries_of
from onrecord.store.tables import (
    CUSTODY,
    DECIDED,
    DERIVED,
    DOCUMENTS,
    FOUND,
    PARAGRAPHS,
    RECORDS,
    TEXTS,
    WORD_FORMS,
    WORDS,
)
from onrecord.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Makers:
    """What makes the tables again: reading, extracting and resolving, which the store cannot do.

    `read` gives the text of an original, for its path, its bytes, and the name of the reader that
    made its text; `restore` the same with a text kept before, for its row; `extract` the sealed
    records of documents, in any order; `resolve` puts the rows of a resolution into `Made` and
    gives the versions of what made them.
    """

    read: Callable[[str, bytes, str], Acquisition]
    restore: Callable[[Acquisition, Row[Any]], Acquisition]
    extract: Callable[[Connection, Sequence[str]], Iterator[Sealed]]
    resolve: Callable[[Connection, Made], Mapping[str, str]]


def rebuild(writer: Writer, makers: Makers, *, version: str) -> int:
    """Make all tables anew in one transaction; returns the number of documents.

    `version` is that of the extractor. Raises `CaseError`, and changes nothing, where an original
    is not what the log says, or something comes out otherwise than it was sealed.
    """
    with storage_errors(writer.folder), writer.connection.begin():
        connection = writer.connection
        extracted = {e.payload["document"]: e for e in entries_of(connection, ("extracted",))}
        bare = _without_original(connection)
        again = {name: entry for name, entry in extracted.items() if name not in bare}
        _same_version(writer, again.values(), version)
        _set_aside(connection, bare)
        _empty(connection)
        documents = 0
        for entry in entries_of(connection, ("acquired", "received")):
            if entry.kind == "acquired":
                insert_document(connection, entry, _original(writer, entry, makers))
                documents += 1
            else:
                insert_custody(connection, entry)
        _records(writer, again, makers)
        _kept_records(writer, {name: extracted[name] for name in bare if name in extracted})
        for table in ("kept_texts", "kept_records"):
            connection.execute(text(f"DROP TABLE {table}"))
        decisions.settle(connection)
        _who_is_who(writer, makers)
    return documents


def _same_version(writer: Writer, extracted: Iterable[Entry], version: str) -> None:
    older = sorted({entry.payload["version"] for entry in extracted} - {version})
    if older:
        raise CaseError(
            str(writer.folder),
            "the records cannot be made again as they were",
            why=f"version {', '.join(older)} of the extraction made some; this is {version}",
            todo="run `onrecord add` with no new files first: it extracts them anew",
        )


def _empty(connection: Connection) -> None:
    for table in (*DECIDED, *reversed(DERIVED), RECORDS):
        connection.execute(delete(table))
    if connection.dialect.name == "sqlite":
        empty = "INSERT INTO paragraph_terms (paragraph_terms) VALUES ('delete-all')"
    else:
        empty = "DELETE FROM paragraph_terms"
    connection.execute(text(empty))
    for table in (PARAGRAPHS, WORD_FORMS, WORDS, TEXTS, CUSTODY, DOCUMENTS):
        connection.execute(delete(table))


def _without_original(connection: Connection) -> dict[str, None]:
    """Documents that came from another case without their bytes."""
    acquired = entries_of(connection, ("acquired",))
    return {e.payload["document"]: None for e in acquired if stayed_behind(e.payload)}


def _set_aside(connection: Connection, bare: Mapping[str, None]) -> None:
    """Keep the texts, and the records of documents whose originals are not here."""
    connection.execute(text("CREATE TEMPORARY TABLE kept_texts AS SELECT * FROM texts"))
    some = "" if bare else " WHERE false"
    query = f"SELECT document_id, body FROM records{some}"  # noqa: S608 - nothing from outside
    connection.execute(text(f"CREATE TEMPORARY TABLE kept_records AS {query}"))


def _original(writer: Writer, entry: Entry, makers: Makers) -> Acquisition:
    """What the original gives; its text as it was kept where a later reader gives another."""
    told = entry.payload
    data = writer.vault.read(told["sha256"])
    if data is not None:
        item = makers.read(told["path"], data, told["reader"])
    elif stayed_behind(told):
        item = _bare(told)
    else:
        raise _differs(writer, told["document"], "its original is missing or altered")
    if data is None or item.text_sha256 != told["text_sha256"]:
        query = text("SELECT * FROM kept_texts WHERE document_id = :document")
        row = writer.connection.execute(query, {"document": told["document"]}).first()
        item = makers.restore(item, row) if row is not None else item
    if item.text_sha256 != told["text_sha256"]:
        raise _differs(writer, told["document"], "another text is read from its original")
    return item


def _bare(told: Mapping[str, Any]) -> Acquisition:
    """A document without its bytes, before its text is put back."""
    names = ("sha256", "path", "origin", "reader", "reader_version", "about")
    return Acquisition(**{n: told[n] for n in names}, data=b"", text="", paragraphs=())


def _kept_records(writer: Writer, extracted: Mapping[str, Entry]) -> None:
    """Put back the records that no original of this case can be read for."""
    query = text("SELECT body FROM kept_records WHERE document_id = :document")
    for document, entry in extracted.items():
        body = writer.connection.execute(query, {"document": document}).scalar()
        if body is None:
            raise _differs(writer, document, "its record is missing")
        stored = select(TEXTS.c.body).where(TEXTS.c.document_id == document)
        kept = decode(writer.connection.execute(stored).scalar_one())
        sealed = seal(document, json.loads(body) | {"text": kept}, entry.payload["version"])
        if sealed.facts["record_sha256"] != entry.payload["record_sha256"]:
            raise _differs(writer, document, "its record was altered")
        insert_record(writer.connection, entry.seq, sealed)


def _records(writer: Writer, extracted: Mapping[str, Entry], makers: Makers) -> None:
    for sealed in makers.extract(writer.connection, list(extracted)):
        entry = extracted[sealed.facts["document"]]
        if sealed.facts["record_sha256"] != entry.payload["record_sha256"]:
            raise _differs(writer, sealed.facts["document"], "another record is made of its text")
        insert_record(writer.connection, entry.seq, sealed)


def _who_is_who(writer: Writer, makers: Makers) -> None:
    """Work out who is who; what was worked out before the latest documents is kept as sealed."""
    connection = writer.connection
    told = resolved.last(connection)
    for table in MADE:
        if told is None or table not in resolved.sealed(told):
            connection.execute(delete(table))
    if told is None:
        return
    with Made() as made:
        again = (
            set() if resolved.is_old(connection) else _made_again(connection, makers, made, told)
        )
        changes = found.changes(connection, made, again)
        for table in resolved.sealed(told):
            change = changes.get(table)
            sha256 = change.sha256 if change else found.hash_of(connection, table)
            if told[f"{table.name}_sha256"] != sha256:
                raise _differs(writer, table.name, "they come out otherwise")
        found.put_in_place(connection, made, changes)


def _made_again(
    connection: Connection, makers: Makers, made: Made, told: Mapping[str, Any]
) -> set[Table]:
    """The tables that are made anew: not those that another version of onrecord made."""
    versions = makers.resolve(connection, made)
    same = {name: told.get(name) == version for name, version in versions.items()}
    by = {table: "found_version" if table in FOUND else "version" for table in MADE}
    return {table for table in resolved.sealed(told) if same[by[table]]}


def _differs(writer: Writer, which: str, why: str) -> CaseError:
    return CaseError(
        str(writer.folder),
        f"{which} cannot be made again as the log says; nothing was changed",
        why=why,
        todo="run `onrecord verify`; put damaged parts back from a copy, or use the onrecord that "
        "wrote the case",
    )
