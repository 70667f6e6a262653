"""A case that is open: its folder, its database, its vault; read in one state, written by one."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import copy
from dataclasses import replace
from pathlib import Path
from typing import Self

from sqlalchemy import Connection

from onrecord.errors import CaseError, CaseExists, CaseLocked
from onrecord.store.database import check_version, connect, meta, storage_errors, version
from onrecord.store.facts import Facts
from onrecord.store.log import Author, plain
from onrecord.store.migrations import MIGRATIONS
from onrecord.store.vault import Vault
from onrecord.store.writer import Writer, writing

_AGAIN_AFTER = 0.2
"""Seconds after which a lock is asked for again."""


class Session:
    """An open case, from `create` or `open`."""

    def __init__(self, folder: Path, facts: Facts, author: Author) -> None:
        self.folder, self.facts, self.author = folder, facts, author
        self.vault = Vault(folder / "originals")
        self._engine = connect(folder, facts.database)
        self._stack = ExitStack()
        self.writer: Writer | None = None

    @classmethod
    def create(cls, folder: Path, facts: Facts, author: Author) -> Self:
        """Begin a case. Raises `CaseExists` where the folder or the database holds one.

        `case.json` comes first: opening completes a case whose creation a crash cut short.
        """
        if any((folder / part).exists() for part in ("case.json", "case.sqlite")):
            raise _exists(folder, "the folder is a case already")
        with storage_errors(folder):
            if facts.database:
                with connect(folder, facts.database).begin() as connection:
                    if version(connection):
                        raise _exists(folder, "the database holds a case already")
            if not folder.exists():
                folder.parent.mkdir(parents=True, exist_ok=True)
                folder.mkdir(mode=0o700)  # Names of witnesses are in it.
            facts.write(folder)
        return cls.open(folder, author, write=False)

    @classmethod
    def open(cls, folder: Path, author: Author, *, write: bool) -> Self:
        """Open a case, and bring it up to date if it is incomplete or of an earlier version.

        With `write`, be its one writer until `close`. Raises `NoCase`, `CaseTooNew`, `CaseLocked`,
        and `CaseError` where parts are missing or do not belong together.
        """
        session = cls(folder, Facts.read(folder), author)
        try:
            with storage_errors(folder):
                outdated = session._version() < len(MIGRATIONS)
            if write:
                session.writer = session._stack.enter_context(session.writing())
            elif outdated:
                with session.writing():
                    pass
        except BaseException:
            session.close()
            raise
        return session

    def acting_as(self, actor: str) -> Self:
        """The same session, with somebody else's name in the log."""
        other = copy(self)
        other.author = replace(self.author, actor=plain(actor))
        if other.writer:
            other.writer = replace(other.writer, author=other.author)
        return other

    @property
    def database(self) -> str:
        """Where the tables are, without the password."""
        return self._engine.url.render_as_string()

    def owns(self, file: Path) -> bool:
        """Whether a file is one that the case itself is made of."""
        try:
            inner = file.resolve().relative_to(self.folder.resolve())
        except ValueError:
            return False
        return inner.parts[0] == "originals" or inner.name.startswith(("case.", ".lock"))

    def _version(self) -> int:
        if not self.facts.database and not (self.folder / "case.sqlite").exists():
            if any(self.vault.kept()):
                raise CaseError(
                    str(self.folder),
                    "the database case.sqlite is missing",
                    why="the originals are there, but not what was recorded about them",
                    todo="put case.sqlite back from a copy of the case",
                )
            return 0
        with self._engine.begin() as connection:
            had = version(connection)
            check_version(self.folder, had)
            if had and meta(connection)["case"] != self.facts.id:
                raise CaseError(
                    str(self.folder),
                    "the database holds another case",
                    why="case.json names a database whose case has another id",
                    todo="correct the URL in case.json",
                )
        return had

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """The case's one writer. Raises `CaseLocked`."""
        if self.writer:
            yield self.writer
            return
        with writing(self.folder, self._engine, self.facts.id, self.author, self.vault) as writer:
            yield writer

    @contextmanager
    def writing_within(self, seconds: float) -> Iterator[Writer]:
        """As `writing`, waiting so long for another that is at work. Raises `CaseLocked`."""
        until = time.monotonic() + seconds
        with ExitStack() as stack:
            while True:
                try:
                    writer = stack.enter_context(self.writing())
                    break
                except CaseLocked:
                    if time.monotonic() > until:
                        raise
                    # A lock on a file cannot be waited for with a limit; so it is asked for again.
                    time.sleep(_AGAIN_AFTER)
            yield writer

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One state of the case, whatever is written meanwhile."""
        with storage_errors(self.folder), self._engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Let go of the lock and of the database."""
        self.writer = None
        self._stack.close()
        self._engine.dispose()


def _exists(folder: Path, what: str) -> CaseExists:
    return CaseExists(
        str(folder),
        what,
        why="a case is begun only once",
        todo="use it with `--case`, or begin the new one elsewhere",
    )
