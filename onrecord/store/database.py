"""One storage contract on two engines: SQLite in the case's folder, or PostgreSQL at a URL."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    create_engine,
    event,
    insert,
    inspect,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool, QueuePool

from onrecord.errors import CaseError, CaseTooNew, StorageFull
from onrecord.store.log import FIRST, Author, append
from onrecord.store.migrations import MIGRATIONS
from onrecord.store.tables import META

_BUSY_SECONDS = 30
_KEPT_OPEN = 8
"""Connections to a case in SQLite that wait for the next reader: to open one takes longer than most
of what is read, and it knows nothing yet of what was read before."""
_GONE = ("08", "57P")
"""Classes of SQLSTATE for a lost connection, and for a server that stops."""
_ENGINE_IS_FULL = ("database or disk is full", "No space left on device", "could not extend file")


def connect(folder: Path, url: str | None) -> Engine:
    """An engine for the case: SQLite's `case.sqlite` under `folder`, or the database at `url`."""
    if url:
        return create_engine(_postgresql(folder, url), poolclass=NullPool)
    path = folder / "case.sqlite"
    if _writable(path):
        engine = create_engine(
            f"sqlite:///{path}",
            poolclass=QueuePool,
            pool_size=_KEPT_OPEN,
            max_overflow=-1,
            creator=lambda: _open_sqlite(path),
        )
    else:  # What was opened where no writer was at work would not see one that came since.
        engine = create_engine(
            f"sqlite:///{path}", poolclass=NullPool, creator=lambda: _open_sqlite(path)
        )
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgresql(folder: Path, url: str) -> URL:
    """Raises `CaseError` for the URL of anything but PostgreSQL."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.get_backend_name() != "postgresql":
        raise CaseError(
            str(folder),
            "the URL of the database is none of PostgreSQL",
            why=f"it begins with {url.partition('//')[0][:40]!r}",
            todo="give it as postgresql+psycopg://user@host/database",
        )
    return parsed.set(drivername="postgresql+psycopg")


def _open_sqlite(path: Path) -> sqlite3.Connection:
    if not _writable(path):
        return _open_sqlite_read_only(path)
    connection = sqlite3.connect(
        path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _open_sqlite_read_only(path: Path) -> sqlite3.Connection:
    """`immutable` where no writer can be at work: SQLite cannot else read a WAL database there."""
    settled = not path.with_name(path.name + "-wal").exists()
    mode = "immutable=1" if settled else "mode=ro"
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
    )


def _writable(path: Path) -> bool:
    return os.access(path if path.exists() else path.parent, os.W_OK) and os.access(
        path.parent, os.W_OK
    )


def _begin_sqlite(connection: Connection) -> None:
    """Python's driver begins transactions on its own, and not around reads; we do it, always."""
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def storage_errors(folder: Path) -> Iterator[None]:
    """Raise what the disk or the database refuses as errors of the case in `folder`."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES):
            raise
        raise _refused(folder, str(error), error.errno) from error
    except DBAPIError as error:
        raise _database_refused(folder, error) from error


def _refused(folder: Path, why: str, number: int | None) -> CaseError:
    if number in (errno.ENOSPC, errno.EDQUOT):
        return StorageFull(
            str(folder),
            "the disk is full; nothing half-written was kept",
            why=why,
            todo="make room, then run the same command again: it continues where it stopped",
        )
    return CaseError(
        str(folder),
        "the case cannot be written",
        why=why,
        todo="give your user the right to write this folder, or copy the case to where you may",
    )


def _database_refused(folder: Path, error: DBAPIError) -> CaseError:
    why = str(error.orig).strip()
    state = getattr(error.orig, "sqlstate", None)
    if state == "53100" or any(words in why for words in _ENGINE_IS_FULL):
        return _refused(folder, why, errno.ENOSPC)
    if state in ("42501", "25006") or "readonly database" in why:
        return _refused(folder, why, None)
    if not isinstance(error.orig, sqlite3.Error) and (state or _GONE[0]).startswith(_GONE):
        return CaseError(
            str(folder),
            "the database cannot be reached",
            why=why,
            todo="check that PostgreSQL runs, that the URL is right (of --database, later in "
            "case.json), and that PostgreSQL's password file (~/.pgpass) has its password",
        )
    return CaseError(
        str(folder),
        "the database refused",
        why=why,
        todo="run `onrecord verify` on the case; if it is damaged, go back to a copy",
    )


def version(connection: Connection) -> int:
    """How many migrations the database has had; 0 where it holds no case."""
    if not inspect(connection).has_table("meta"):
        return 0
    return int(meta(connection).get("version", "0"))


def meta(connection: Connection) -> dict[str, str]:
    """The facts about the case: `version`, `case`, `log_seq`, `log_hash`."""
    return {row.name: row.value for row in connection.execute(select(META))}


def check_version(folder: Path, found: int) -> None:
    """Raise `CaseTooNew` where a later onrecord wrote the case."""
    if found > len(MIGRATIONS):
        raise CaseTooNew(
            str(folder),
            f"the case is of version {found}; this onrecord knows versions up to {len(MIGRATIONS)}",
            why="a later onrecord wrote it",
            todo="pip install --upgrade onrecord",
        )


def migrate(connection: Connection, case: str, author: Author) -> None:
    """Bring the tables up to date within the caller's transaction; the log tells of each step."""
    had = version(connection)
    for number, migration in enumerate(MIGRATIONS[had:], had + 1):
        for statement in migration.statements(connection.dialect.name):
            connection.execute(text(statement.replace(":", r"\:")))
        if migration.fill:
            migration.fill(connection)
        if number == 1:
            facts = {"version": "1", "case": case, "log_seq": "0", "log_hash": FIRST}
            rows: list[dict[str, Any]] = [{"name": k, "value": v} for k, v in facts.items()]
            connection.execute(insert(META), rows)
        connection.execute(update(META).where(META.c.name == "version").values(value=str(number)))
        append(connection, author, "migrated", {"case": case, "migration": migration.name})
