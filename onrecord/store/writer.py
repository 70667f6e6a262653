"""What changes a case. Each method is one transaction that ends in an entry of the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, select

from onrecord.store.acquisition import Acquisition
from onrecord.store.database import check_version, migrate, storage_errors, version
from onrecord.store.decisions import settle
from onrecord.store.insertion import (
    Sealed,
    insert_custody,
    insert_document,
    insert_record,
    seal,
)
from onrecord.store.lock import database_lock, folder_lock
from onrecord.store.log import Author, Entry, append, plain, plain_all
from onrecord.store.migrations import MIGRATIONS
from onrecord.store.resolved import Worked, keep
from onrecord.store.tables import DERIVED, DOCUMENTS, RECORDS
from onrecord.store.vault import Vault

Decide = Callable[[str, Mapping[str, Any]], Entry]
"""Puts down one decision, by its kind and what it says."""


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
                self._insert(item)
            self.vault.settle(item.sha256)

    def take_in(self, items: Iterable[tuple[Acquisition, Sealed]], told: Mapping[str, Any]) -> None:
        """Keep many documents that the case does not hold, with their records: all, or none.

        `told` is what the entry `imported` at their end says.
        """
        with storage_errors(self.folder):
            kept: list[str] = []
            try:
                with self.connection.begin():
                    for item, sealed in items:
                        kept.append(item.sha256)
                        self.vault.write(item.sha256, item.data)
                        self._insert(item)
                        entry = append(self.connection, self.author, "extracted", sealed.facts)
                        insert_record(self.connection, entry.seq, sealed)
                    append(self.connection, self.author, "imported", told)
                    self.vault.flush(kept)
            except BaseException:
                self.vault.recover(_knows(self.connection))
                raise
            for sha256 in kept:
                self.vault.settle(sha256)

    def _insert(self, item: Acquisition) -> None:
        about = {name: value and plain(value) for name, value in item.about.items()}
        facts = item.facts() | {"text_sha256": item.text_sha256, "about": about}
        entry = append(self.connection, self.author, "acquired", facts)
        insert_document(self.connection, entry, item)

    def receive(self, item: Acquisition) -> None:
        """Note that bytes the case holds came in again from somewhere else."""
        with storage_errors(self.folder), self.connection.begin():
            entry = append(self.connection, self.author, "received", item.facts())
            insert_custody(self.connection, entry)

    def record(self, document: str, record: dict[str, Any], extractor: str) -> None:
        """Keep the record of a document, as `as_json` gives it, in place of an earlier one."""
        self.seal_record(seal(document, record, extractor))

    def seal_record(self, sealed: Sealed) -> None:
        """As `record`, for one that is sealed already."""
        with storage_errors(self.folder), self.connection.begin():
            for table in (*reversed(DERIVED), RECORDS):
                column = table.c.document_id
                self.connection.execute(delete(table).where(column == sealed.facts["document"]))
            entry = append(self.connection, self.author, "extracted", sealed.facts)
            insert_record(self.connection, entry.seq, sealed)

    def decide(self, kind: str, payload: Mapping[str, Any]) -> Entry:
        """Put down a person's decision, and make the tables of decisions say what holds now."""
        with self.deciding() as (_, decide):
            return decide(kind, payload)

    @contextmanager
    def deciding(self) -> Iterator[tuple[Connection, Decide]]:
        """Put down several decisions of a person: all of them, or none where the block raises.

        Yields what the case holds, with what was put down in the block so far, and what puts down.
        """
        with storage_errors(self.folder), self.connection.begin():
            yield self.connection, self._decide

    def _decide(self, kind: str, payload: Mapping[str, Any]) -> Entry:
        entry = append(self.connection, self.author, kind, plain_all(payload))
        settle(self.connection, entry)
        return entry

    def tell(self, kind: str, payload: Mapping[str, Any]) -> Entry:
        """Put into the log what happened to the case without changing it."""
        with storage_errors(self.folder), self.connection.begin():
            return append(self.connection, self.author, kind, plain_all(payload))

    def resolved(self, new: Worked) -> bool:
        """Keep what a resolution made; returns whether it is anything new."""
        with storage_errors(self.folder), self.connection.begin():
            return keep(self.connection, self.author, new)


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
            connection.detach()  # What is set for a writer must not reach who reads after it.
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
