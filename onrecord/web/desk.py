"""The desk's database: who may come in and what was read, apart from the case's log and record.

It is `case.desk.sqlite` in the case's folder, for its owner's eyes alone (0600). What it holds,
hashes of passwords above all, leaves with no export and no bundle, since these are made from the
case's own tables. Beside it lies `case.desk.key`: without that key no hash in the database can be
tried, and no seed of one-time codes be read. `ONRECORD_DESK_KEY` names another place for it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    select,
)
from sqlalchemy.dialects.sqlite import insert

from onrecord.errors import CaseError, CaseTooNew
from onrecord.store.database import storage_errors

FILE = "case.desk.sqlite"
KEY = "case.desk.key"
VERSION = 2
_KEY_BYTES = 32

_META = MetaData()
MEMBERS = Table(
    "members",
    _META,
    Column("folded", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("sight", Text, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("invited", Text, nullable=False),
    Column("joined", Text),
    Column("password", Text),
    Column("seed", LargeBinary),
    Column("step", Integer, nullable=False),
)
"""`epoch` grows with whatever ends a member's sessions; `step` is the last time step whose code
was used, so that none is used twice."""
INVITATIONS = Table(
    "invitations",
    _META,
    Column("hash", Text, primary_key=True),
    Column("folded", Text, ForeignKey("members.folded", ondelete="CASCADE"), nullable=False),
    Column("until", Integer, nullable=False),
)
CODES = Table(
    "recovery_codes",
    _META,
    Column("folded", Text, ForeignKey("members.folded", ondelete="CASCADE"), primary_key=True),
    Column("hash", Text, primary_key=True),
)
SETTINGS = Table(
    "settings",
    _META,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
UNTOLD = Table(
    "untold",
    _META,
    Column("seq", Integer, primary_key=True),
    Column("actor", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("facts", Text, nullable=False),
)
"""What happened to membership and is to be told to the case's log, which one process writes."""
READS = Table(
    "reads",
    _META,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor", Text, nullable=False, index=True),
    Column("page", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
"""Append only, each row with the hash of the one before."""


class Desk:
    """The database of one case's desk, made when something is first put into it."""

    def __init__(self, folder: Path | str) -> None:
        self.folder = Path(folder)

    @property
    def exists(self) -> bool:
        """Whether anything was ever put into it."""
        return (self.folder / FILE).exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One state of it. Raises `CaseError` where it cannot be read."""
        with storage_errors(self.folder), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One change of it, whole or not at all. Raises `CaseError` where it cannot be written."""
        with storage_errors(self.folder), self._engine.connect() as connection:
            connection.execution_options(writing=True)
            with connection.begin():
                yield connection

    def setting(self, name: str, otherwise: str = "") -> str:
        """What a setting is, or what it is where nobody set it."""
        if not self.exists:
            return otherwise
        with self.reading() as connection:
            query = select(SETTINGS.c.value).where(SETTINGS.c.name == name)
            return str(connection.execute(query).scalar() or otherwise)

    def set(self, name: str, value: str) -> None:
        """Set something."""
        with self.writing() as connection:
            set_in(connection, name, value)

    def digest(self, purpose: str, secret: str) -> str:
        """A hash of a secret that nobody can make, or try, without the desk's key."""
        told = f"{purpose}\0{secret}".encode("utf-8", "surrogatepass")
        return hmac.new(self.key, told, hashlib.sha256).hexdigest()

    @cached_property
    def key(self) -> bytes:
        """The desk's key, 32 bytes; made where the desk is new. Raises `CaseError` if lost."""
        path = Path(os.environ.get("ONRECORD_DESK_KEY") or self.folder / KEY)
        with storage_errors(self.folder):
            try:
                found = path.read_bytes()
            except FileNotFoundError:
                found = self._new_key(path)
        if len(found) != _KEY_BYTES:
            raise self._keyless(path, f"it is {len(found)} bytes long instead of {_KEY_BYTES}")
        return found

    def _new_key(self, path: Path) -> bytes:
        if self.exists and self._holds_members():
            raise self._keyless(path, "the file is not there")
        made = secrets.token_bytes(_KEY_BYTES)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(made)
            file.flush()
            os.fsync(file.fileno())
        return made

    def _holds_members(self) -> bool:
        with self.reading() as connection:
            return connection.execute(select(MEMBERS.c.name).limit(1)).first() is not None

    def _keyless(self, path: Path, why: str) -> CaseError:
        return CaseError(
            str(self.folder),
            f"the key of the accounts, {path}, is lost or damaged",
            why=why,
            todo=f"put it back from a copy; or remove {FILE} and invite everybody anew",
        )

    @cached_property
    def _engine(self) -> Engine:
        path = self.folder / FILE
        with storage_errors(self.folder):
            # SQLite gives its other files the rights of this one.
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        engine = create_engine(
            f"sqlite:///{path}", creator=lambda: _open(path), pool_size=20, max_overflow=-1
        )
        event.listen(engine, "begin", _begin)
        try:
            self._prepare(engine)
        except BaseException:
            engine.dispose()
            raise
        return engine

    def _prepare(self, engine: Engine) -> None:
        with storage_errors(self.folder), engine.connect() as connection:
            connection.execution_options(writing=True)
            with connection.begin():
                found = int(connection.exec_driver_sql("PRAGMA user_version").scalar() or 0)
                if found > VERSION:
                    raise CaseTooNew(
                        str(self.folder),
                        f"{FILE} is of version {found}; this onrecord knows up to {VERSION}",
                        why="a later onrecord wrote it",
                        todo="pip install --upgrade onrecord",
                    )
                if found < VERSION:
                    _META.create_all(connection)
                    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")

    def close(self) -> None:
        """Let go of the database; it is opened again when it is asked."""
        engine = self.__dict__.pop("_engine", None)
        if engine is not None:
            engine.dispose()


def set_in(connection: Connection, name: str, value: str) -> None:
    """Set something within the caller's change."""
    row = insert(SETTINGS).values(name=name, value=value)
    connection.execute(row.on_conflict_do_update(("name",), set_={"value": value}))


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def _begin(connection: Connection) -> None:
    """Python's driver begins transactions on its own, and not around reads; we do it, always."""
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
