"""The rows that entries of the log stand for: written as they come in, and when rebuilding."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, insert

from onrecord.store import reviews, search
from onrecord.store.acquisition import Acquisition
from onrecord.store.citations import derived, encode
from onrecord.store.log import Entry, canonical
from onrecord.store.tables import CUSTODY, DERIVED, DOCUMENTS, RECORDS, TEXTS


@dataclass(frozen=True, slots=True)
class Sealed:
    """A record ready to be kept: what the log says of it, its body, and its look-up rows."""

    facts: Mapping[str, str]
    body: str
    rows: Mapping[Table, list[dict[str, Any]]]


def seal(document: str, record: dict[str, Any], extractor: str) -> Sealed:
    """A record as `as_json` gives it, its text taken off, with its hashes."""
    text = record.pop("text")
    body = canonical(record)
    facts = {
        "document": document,
        "record_sha256": hashlib.sha256(body.encode()).hexdigest(),
        "text_sha256": hashlib.sha256(encode(text)).hexdigest(),
        "version": extractor,
    }
    return Sealed(facts, body, derived(document, json.loads(body), text))


def insert_document(connection: Connection, entry: Entry, item: Acquisition) -> None:
    """The rows of a document that came in for the first time: itself, custody, text, search."""
    told = entry.payload
    connection.execute(
        insert(DOCUMENTS).values(
            id=told["document"],
            seq=entry.seq,
            **{name: told[name] for name in ("sha256", "size", "path")},
            **told["about"],
        )
    )
    insert_custody(connection, entry)
    connection.execute(
        insert(TEXTS).values(
            document_id=told["document"],
            sha256=told["text_sha256"],
            body=encode(item.text),
            reader=told["reader"],
            reader_version=told["reader_version"],
            known=canonical(item.known),
            layout=canonical(item.layout),
            warnings=canonical(list(item.warnings)),
        )
    )
    search.add(connection, told["document"], item.text, item.paragraphs)


def insert_custody(connection: Connection, entry: Entry) -> None:
    """The row of a document that came in, for the first time or again."""
    names = ("path", "origin", "size", "reader", "reader_version")
    connection.execute(
        insert(CUSTODY).values(
            seq=entry.seq,
            document_id=entry.payload["document"],
            at=entry.at,
            actor=entry.actor,
            command=entry.command,
            **{name: entry.payload[name] for name in names},
        )
    )


def insert_record(connection: Connection, seq: int, sealed: Sealed) -> None:
    """A record with its look-up rows, which follow what people decided of it."""
    connection.execute(
        insert(RECORDS).values(
            document_id=sealed.facts["document"],
            seq=seq,
            sha256=sealed.facts["record_sha256"],
            text_sha256=sealed.facts["text_sha256"],
            version=sealed.facts["version"],
            body=sealed.body,
        )
    )
    for table in DERIVED:
        if sealed.rows[table]:
            connection.execute(insert(table), sealed.rows[table])
    if reviews.decided(connection, sealed.facts["document"]):
        reviews.derive(connection, [sealed.facts["document"]])
