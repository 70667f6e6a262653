"""One writer at a time. Readers never wait.

A case's folder is held by a lock on its `.lock` file; a case on PostgreSQL by an advisory lock too,
since its database may be reached from several machines. Both go with the process that holds them.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from onrecord.errors import CaseLocked
from onrecord.store.log import Author, now

_KEY = 0x6F6E7265636F7264
"""The advisory lock's number: "onrecord" in ASCII. A database holds one case."""

_PATIENCE = "3s"
"""A killed process's session may outlive it for a moment on the server."""

_held: set[str] = set()
"""Folders this process holds: locks of this kind do not keep a process from itself."""


@contextmanager
def folder_lock(folder: Path, author: Author) -> Iterator[None]:
    """Hold the folder for writing. Raises `CaseLocked` at once where another holds it."""
    path = folder / ".lock"
    key = str(path.resolve())
    if key in _held:
        raise _locked(folder, f"this process ({os.getpid()}) is writing it already")
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise _locked(folder, _holder(path)) from error
        _held.add(key)
        try:
            file.truncate(0)
            file.write(json.dumps({"pid": os.getpid(), "since": now(), "user": author.actor}))
            file.flush()
            yield
        finally:
            _held.discard(key)


def _holder(path: Path) -> str:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return "another process is writing it"
    return f"process {told['pid']} ({told['user']}) has been writing it since {told['since']}"


def _locked(folder: Path, why: str) -> CaseLocked:
    return CaseLocked(
        str(folder),
        "the case is being written by another process",
        why=why,
        todo="wait until it is done, or end that process; reading the case is possible meanwhile",
    )


def database_lock(connection: Connection, folder: Path, author: Author) -> None:
    """Hold a PostgreSQL case for as long as `connection` lives; nothing on SQLite.

    Raises `CaseLocked` where another session holds it.
    """
    if connection.dialect.name != "postgresql":
        return
    name = f"onrecord {os.getpid()} {author.actor[:16]}@{socket.gethostname()[:16]} {now()}"
    with connection.begin():
        connection.execute(text("SELECT set_config('application_name', :n, false)"), {"n": name})
        connection.execute(text("SET synchronous_commit = on"))
    try:
        with connection.begin():
            connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE}'"))
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _KEY})
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != "55P03":
            raise
        raise _locked(folder, _session(connection)) from error


def _session(connection: Connection) -> str:
    with connection.begin():
        holder = connection.execute(
            text(
                "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
                "WHERE l.locktype = 'advisory' AND l.granted AND a.datname = current_database() "
                "AND (l.classid::bigint << 32) + l.objid::bigint = :key"
            ),
            {"key": _KEY},
        ).scalar()
    if not holder:
        return "another session of the database is writing it"
    pid, who, since = str(holder).removeprefix("onrecord ").split(" ", 2)
    return f"process {pid} ({who}) has been writing it since {since}"
