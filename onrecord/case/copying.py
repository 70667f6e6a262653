"""A copy of a case's tables in which nobody protected is named.

Whoever has no sight of the protected reads this copy and nothing else. Documents that name nobody
protected stand in it as they are. Those that do stand in it as the door would let them go, each
with all its rows made anew; what is above their level is not in it. A table that nobody has decided
about is not in it either, so nothing new can leak by being forgotten.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, insert, select, text
from sqlalchemy.pool import NullPool, QueuePool

from onrecord.case.candidates import Candidates
from onrecord.case.coded_ids import Ids
from onrecord.case.coded_rows import Changed, forget, index_again, put, retell, take_out
from onrecord.case.regrouping import regroup
from onrecord.case.release import Release
from onrecord.case.retelling import Retelling
from onrecord.products.door.policy import Recipient
from onrecord.store.database import migrate
from onrecord.store.log import Author
from onrecord.store.tables import (
    CLUSTERS,
    CONFIDENTIALITY,
    CONSENTS,
    CUSTODY,
    DECIDED,
    DERIVED,
    DOCUMENTS,
    FOUND,
    LOG,
    META,
    PARAGRAPHS,
    PASSAGES,
    PROPOSALS,
    PROTECTIONS,
    RECORDS,
    TEXTS,
    WORD_FORMS,
    WORDS,
)

AUDIENCE = Recipient("partner")
"""What one of us without sight may have is what those may have who work on the matter with us."""
NOBODYS = (PASSAGES, PROTECTIONS, CONSENTS, CONFIDENTIALITY)
"""Tables that are empty in a copy: citations to be verified, and who is protected and why."""
COPIED = (
    *(META, LOG, DOCUMENTS, CUSTODY, TEXTS, RECORDS, PARAGRAPHS, WORDS, WORD_FORMS),
    *(CLUSTERS, PROPOSALS, *DERIVED, *DECIDED, *FOUND),
)
"""Every table that a copy has."""
INDEX = "paragraph_terms"
"""The index of paragraphs, which has no rows of its own."""
_PARTS = ("", "_data", "_idx", "_docsize", "_config")
_WRITTEN_ANEW = text("INSERT INTO paragraph_terms (paragraph_terms) VALUES ('optimize')")
_AT_ONCE = 5_000
_KEPT_OPEN = 8
"""Connections to a copy that wait for the next reader."""
_NOBODY = Author("", "")


def copy(
    connection: Connection,
    file: Path,
    release: Release,
    candidates: Candidates,
    hidden: Collection[str] = (),
) -> Ids:
    """Make a SQLite database of what may be seen of the case behind `connection`, in a new `file`.

    `hidden` are documents that are left out whatever was decided. Returns what became of ids.
    """
    guard = release.guard
    _take_over(connection, file)
    with writable(file).begin() as copied:
        here = set(copied.execute(select(DOCUMENTS.c.id)).scalars())
        out = {subject for subject in {*guard.stays, *hidden} if subject in here}
        ids = Ids(guard.secret, out, guard.members)
        retelling = Retelling(guard.names, ids)
        for document in sorted(out):
            take_out(copied, document)
        for document in sorted(candidates.of(connection, guard) - out):
            made = release.redacted(document)
            if made.changed:
                ids.put(document, made.ids)
                put(copied, connection, release, Changed(document, made, retelling, document))
        forget(copied)
        # Words that were taken out stay in the index until it is written anew.
        copied.execute(_WRITTEN_ANEW)
        retell(copied, connection, retelling)
        regroup(copied, retelling)
    return ids


def _take_over(connection: Connection, file: Path) -> None:
    """All rows of the tables that a copy has, as they are."""
    if connection.dialect.name == "sqlite":
        source: Any = connection.connection.driver_connection
        with closing(sqlite3.connect(file, isolation_level=None)) as target:
            source.backup(target)
            _only_what_is_known(target)
    else:
        with writable(file).begin() as copied:
            migrate(copied, "", _NOBODY)
        with closing(sqlite3.connect(file, isolation_level=None)) as target:
            _only_what_is_known(target)
        with writable(file).begin() as copied:
            _row_by_row(connection, copied)


def _only_what_is_known(target: sqlite3.Connection) -> None:
    known = {table.name for table in COPIED} | {f"{INDEX}{part}" for part in _PARTS}
    query = "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'trigger', 'view')"
    for kind, name in target.execute(query).fetchall():
        if kind != "table" or not (name in known or name.startswith("sqlite_")):
            target.execute(f'DROP {kind} IF EXISTS "{name}"')
    for table in NOBODYS:
        target.execute(f'DELETE FROM "{table.name}"')  # noqa: S608 - our own names


def _row_by_row(connection: Connection, copied: Connection) -> None:
    """As it has to be done where the case is on another engine."""
    for table in COPIED:
        copied.execute(delete(table))
        if table not in NOBODYS:
            rows = connection.execution_options(yield_per=_AT_ONCE).execute(select(table))
            for some in _batches(dict(row) for row in rows.mappings()):
                copied.execute(insert(table), some)
    index_again(copied)


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    each = iter(rows)
    while some := list(islice(each, _AT_ONCE)):
        yield some


def writable(file: Path) -> Engine:
    """An engine that writes a copy quickly: if that is cut short, the file is thrown away."""
    made = create_engine(
        "sqlite://",
        poolclass=NullPool,
        creator=lambda: _opened(file, "rwc", ("journal_mode = MEMORY", "synchronous = OFF")),
    )
    event.listen(made, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return made


def readable(file: Path) -> Engine:
    """An engine that reads a copy that is made, and can do nothing else.

    It keeps a few connections open for the next reader; dispose of it before the file goes.
    """
    made = create_engine(
        "sqlite://",
        poolclass=QueuePool,
        pool_size=_KEPT_OPEN,
        max_overflow=-1,
        creator=lambda: _opened(file, "ro", ("query_only = ON",)),
    )
    event.listen(made, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return made


def _opened(file: Path, mode: str, pragmas: Collection[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{file.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    return connection
