"""The copies that those without sight of the protected read: one a case, for as long as it holds.

A copy is made of one state of the case, and nobody reads an earlier one: who was protected a moment
ago is protected at once.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Self

from sqlalchemy import Connection, select

from onrecord.case.candidates import Candidates
from onrecord.case.coded_ids import Ids
from onrecord.case.coded_rows import tell
from onrecord.case.copying import AUDIENCE, copy, readable, writable
from onrecord.case.release import Release
from onrecord.case.retelling import Retelling
from onrecord.errors import NotShown
from onrecord.products.door.finding import Names
from onrecord.store.database import storage_errors
from onrecord.store.facts import Facts
from onrecord.store.log import newest
from onrecord.store.session import Session
from onrecord.store.tables import LOG
from onrecord.store.vault import Vault
from onrecord.store.writer import Writer

PREFIX = "case.coded-"
"""How the folder of a copy is named, which lies in the case's own and goes with the process."""


@dataclass(slots=True, weakref_slot=True)
class Copy:
    """A case as it is seen without sight of the protected; `names` are those looked for at the end.

    `file` is None where the case has nothing to hide. `head` is the newest entry of the case's log.
    """

    head: tuple[int, str]
    name: str
    ids: Ids
    names: Names
    folder: Path
    file: Path | None = None

    @property
    def retelling(self) -> Retelling:
        """How words and keys are told."""
        return Retelling(self.names, self.ids)


@dataclass(slots=True)
class _Place:
    """The newest copy of one case, made by one thread at a time."""

    copy: Copy | None = None
    candidates: Candidates = field(default_factory=Candidates)
    lock: Lock = field(default_factory=Lock)


@dataclass(slots=True)
class Copies:
    """The newest copy of each case that anybody reads."""

    _places: dict[str, _Place] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, session: Session) -> Copy:
        """The copy of a case as it is now."""
        with self._lock:
            place = self._places.setdefault(f"{session.facts.id} {session.folder}", _Place())
        with place.lock, session.reading() as connection:
            head = newest(connection)
            known = place.copy
            if known is None or not _is_current(connection, known, head):
                known = place.copy = _made(session, connection, head, place.candidates)
            return known


COPIES = Copies()


def _made(
    session: Session, connection: Connection, head: tuple[int, str], candidates: Candidates
) -> Copy:
    with storage_errors(session.folder):
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=session.folder))
    try:
        release = Release(connection, session.vault, session.facts.name, folder, AUDIENCE)
        guard = release.guard
        made = Copy(head, session.facts.name, Ids(guard.secret), guard.names, folder)
        if guard:
            made.file = folder / "case.sqlite"
            made.ids = copy(connection, made.file, release, candidates)
            made.name = made.retelling.words(made.name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(made, shutil.rmtree, folder, ignore_errors=True)
    return made


def _is_current(connection: Connection, known: Copy, head: tuple[int, str]) -> bool:
    """Whether nothing came since but words of the log, which are then told in the copy too."""
    if known.head == head:
        return True
    query = select(LOG).where(LOG.c.seq > known.head[0]).order_by(LOG.c.seq)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    if not all(row["kind"] in _TOLD for row in rows) or not rows:
        return False
    if known.file is not None:
        with writable(known.file).begin() as copied:
            tell(copied, rows, known.retelling)
    known.head = head
    return True


_TOLD = frozenset({"release", "released", "not_released", "release_refused", "membership"})
"""Entries that change neither what the case holds nor what may be seen of it."""


class CopySession(Session):
    """Reads a copy, or a case with nothing to hide. It writes nothing and reaches no original."""

    def __init__(self, session: Session, copied: Copy) -> None:
        self.folder, self.author = session.folder, session.author
        self.facts = Facts(session.facts.id, copied.name)
        self.vault = Vault(copied.folder / "nothing")
        self.writer = None
        self._copied, self._real = copied, session

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One state of the copy."""
        if self._copied.file is None:
            with self._real.reading() as connection:
                yield connection
            return
        engine = readable(self._copied.file)
        with storage_errors(self.folder), engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Nobody writes a copy. Raises `NotShown`."""
        raise NotShown.done()
        yield  # type: ignore[unreachable]

    def acting_as(self, actor: str) -> Self:
        """Nobody acts in a copy. Raises `NotShown`."""
        del actor
        raise NotShown.done()

    @property
    def database(self) -> str:
        """Where its tables are is nobody's affair."""
        return ""

    def owns(self, file: Path) -> bool:
        """As the case."""
        return self._real.owns(file)

    def close(self) -> None:
        """Nothing is held."""
