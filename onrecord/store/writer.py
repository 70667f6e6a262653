"""What changes a case. Each method is one transaction that ends in an entry of the log."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from onrecord.model import Span
from onrecord.store import search
from onrecord.store.citations import derived, encode
from onrecord.store.database import check_version, migrate, storage_errors, version
from onrecord.store.lock import database_lock, folder_lock
from onrecord.store.log import Author, append, canonical, plain
from onrecord.store.migrations import MIGRATIONS
from onrecord.store.tables import CUSTODY, DERIVED, DOCUMENTS, RECORDS, TEXTS
from onrecord.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Acquisition:
    """A document as it comes in.

    `path` is what the person named, `origin` where that lies whoever asks (absolute). `about` holds
    media_type, title, publisher, author, published; `known` what the reader saw, as JSON types;
    `paragraphs` the stretches of `text` that search shows.
    """

    sha256: str
    data: bytes
    path: str
    origin: str
    text: str
    reader: str
    reader_version: str
    paragraphs: Sequence[Span]
    about: Mapping[str, str | None]
    known: Mapping[str, Any] = field(default_factory=dict)
    layout: Sequence[Any] = ()
    warnings: Sequence[str] = ()

    @property
    def document_id(self) -> str:
        """The document's name: its hash."""
        return f"sha256:{self.sha256}"


@dataclass(slots=True)
class Writer:
    """The one writer of a case, from `writing`."""

    folder: Path
    connection: Connection
    vault: Vault
    author: Author

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """What the case holds now, as the writer sees it."""
        with storage_errors(self.folder), self.connection.begin():
            yield self.connection

    def acquire(self, item: Acquisition) -> None:
        """Keep a document that the case does not hold: original, text, custody, search."""
        with storage_errors(self.folder):
            self.vault.keep(item.sha256, item.data)
            with self.connection.begin():
                body = encode(item.text)
                digest = hashlib.sha256(body).hexdigest()
                about = {name: value and plain(value) for name, value in item.about.items()}
                entry = self._enter("acquired", item, text_sha256=digest, about=about)
                self.connection.execute(
                    insert(DOCUMENTS).values(
                        id=item.document_id,
                        seq=entry["seq"],
                        sha256=item.sha256,
                        size=len(item.data),
                        path=plain(item.path),
                        **about,
                    )
                )
                self.connection.execute(insert(CUSTODY).values(entry))
                self.connection.execute(
                    insert(TEXTS).values(
                        document_id=item.document_id,
                        sha256=digest,
                        body=body,
                        reader=item.reader,
                        reader_version=item.reader_version,
                        known=canonical(item.known),
                        layout=canonical(item.layout),
                        warnings=canonical(list(item.warnings)),
                    )
                )
                search.add(self.connection, item.document_id, item.text, item.paragraphs)
            self.vault.settle(item.sha256)

    def receive(self, item: Acquisition) -> None:
        """Note that bytes the case holds came in again from somewhere else."""
        with storage_errors(self.folder), self.connection.begin():
            entry = self._enter("received", item)
            self.connection.execute(insert(CUSTODY).values(entry))

    def _enter(self, kind: str, item: Acquisition, **more: Any) -> dict[str, Any]:
        facts = {
            "document": item.document_id,
            "sha256": item.sha256,
            "size": len(item.data),
            "path": plain(item.path),
            "origin": plain(item.origin),
            "reader": item.reader,
            "reader_version": item.reader_version,
        }
        entry = append(self.connection, self.author, kind, facts | more)
        del facts["sha256"]
        facts["document_id"] = facts.pop("document")
        who = {"at": entry.at, "actor": entry.actor, "command": entry.command}
        return {"seq": entry.seq, **facts, **who}

    def record(self, document: str, record: dict[str, Any], extractor: str) -> None:
        """Keep the record of a document, as `as_json` gives it, in place of an earlier one."""
        text = record.pop("text")
        body = canonical(record)
        facts = {
            "document": document,
            "record_sha256": hashlib.sha256(body.encode()).hexdigest(),
            "text_sha256": hashlib.sha256(encode(text)).hexdigest(),
            "version": extractor,
        }
        rows = derived(document, json.loads(body), text)
        with storage_errors(self.folder), self.connection.begin():
            for table in (*reversed(DERIVED), RECORDS):
                column = table.c.document_id
                self.connection.execute(delete(table).where(column == document))
            entry = append(self.connection, self.author, "extracted", facts)
            self.connection.execute(
                insert(RECORDS).values(
                    document_id=document,
                    seq=entry.seq,
                    sha256=facts["record_sha256"],
                    text_sha256=facts["text_sha256"],
                    version=extractor,
                    body=body,
                )
            )
            for table in DERIVED:
                if rows[table]:
                    self.connection.execute(insert(table), rows[table])


@contextmanager
def writing(
    folder: Path, engine: Engine, case: str, author: Author, vault: Vault
) -> Iterator[Writer]:
    """Be the one writer of a case: lock it, bring it up to date, undo what a crash left.

    Raises `CaseLocked`, `CaseTooNew`, and `CaseError` where folder and database do not belong
    together.
    """
    with ExitStack() as stack:
        with storage_errors(folder):
            stack.enter_context(folder_lock(folder, author))
            connection = stack.enter_context(engine.connect().execution_options(writing=True))
            database_lock(connection, folder, author)
            with connection.begin():
                had = version(connection)
                check_version(folder, had)
                if had < len(MIGRATIONS):
                    migrate(connection, case, author)
            vault.recover(_knows(connection))
        yield Writer(folder, connection, vault, author)


def _knows(connection: Connection) -> Callable[[str], bool]:
    def knows(sha256: str) -> bool:
        with connection.begin():
            query = select(DOCUMENTS.c.id).where(DOCUMENTS.c.sha256 == sha256)
            return connection.execute(query).first() is not None

    return knows
