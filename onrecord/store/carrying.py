"""What a case is made of, read so that another case can be made of it.

The log's own numbers and times are this case's affair and are not carried: what came in carries its
own custody, a decision its own time and author.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from onrecord.store.citations import decode
from onrecord.store.log import Entry, entries_of
from onrecord.store.tables import DOCUMENTS, LOG, RECORDS, TEXTS

NO_DECISION = (
    *("migrated", "acquired", "received", "imported", "extracted", "resolve", "restored"),
    *("release", "released", "not_released", "release_refused", "membership"),
)
"""Entries of the log that no person's decision is: what is done with documents, and what is made
from them, and who may work on it. Every other kind is a decision."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the case keeps of a document beside its custody.

    `known` and `layout` point into `text` and are empty where it is `coded` (its words differ from
    those of the original, whose names were replaced). `record` is the record as it was sealed,
    without its text, and `record_sha256` the hash that the log has of it; both None where there is
    no record or where it is coded too. `version`: that of the extraction; None where no record is.
    """

    sha256: str
    text: str
    reader: str
    reader_version: str
    known: Mapping[str, Any]
    layout: Sequence[Any]
    warnings: Sequence[str]
    version: str | None = None
    record: Mapping[str, Any] | None = None
    record_sha256: str | None = None
    coded: bool = False


def kept(connection: Connection, document: str) -> Kept:
    """What the case keeps of a document that it holds."""
    query = (
        select(
            DOCUMENTS.c.sha256, TEXTS.c.body.label("text"), TEXTS.c.reader, TEXTS.c.reader_version,
            TEXTS.c.known, TEXTS.c.layout, TEXTS.c.warnings, RECORDS.c.version, RECORDS.c.body,
            RECORDS.c.sha256.label("record_sha256"),
        )
        .join(TEXTS, TEXTS.c.document_id == DOCUMENTS.c.id)
        .outerjoin(RECORDS, RECORDS.c.document_id == DOCUMENTS.c.id)
        .where(DOCUMENTS.c.id == document)
    )  # fmt: skip
    row = connection.execute(query).one()
    return Kept(
        sha256=row.sha256,
        text=decode(row.text),
        reader=row.reader,
        reader_version=row.reader_version,
        known=json.loads(row.known),
        layout=json.loads(row.layout),
        warnings=json.loads(row.warnings),
        version=row.version,
        record=row.body and json.loads(row.body),
        record_sha256=row.record_sha256,
        coded=document.startswith("coded:"),
    )


def decisions(connection: Connection) -> Iterator[Entry]:
    """Every decision of a person, taken back or not, and every undoing, oldest first."""
    query = select(LOG.c.kind).where(LOG.c.kind.not_in(NO_DECISION)).distinct()
    kinds = sorted(connection.execute(query).scalars())
    return entries_of(connection, kinds)
