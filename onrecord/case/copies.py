"""The copies that those without sight of the protected read: one a case, for as long as it holds.

A copy is made of one state of the case, and nobody reads an earlier one: who was protected a moment
ago is protected at once.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Thread
from typing import Self

from sqlalchemy import Connection, Engine, select

from onrecord.case.candidates import Candidates
from onrecord.case.coded_ids import Ids
from onrecord.case.coded_rows import catch_up, tell
from onrecord.case.copying import AUDIENCE, copy, readable, writable
from onrecord.case.guard import Guard
from onrecord.case.importing import MAPPING
from onrecord.case.release import Release
from onrecord.case.retelling import Retelling, Row
from onrecord.errors import NotShown
from onrecord.products.door.finding import Names
from onrecord.store import reader
from onrecord.store.database import storage_errors
from onrecord.store.facts import Facts
from onrecord.store.log import newest
from onrecord.store.session import Session
from onrecord.store.tables import LOG
from onrecord.store.vault import Vault
from onrecord.store.writer import Writer

PREFIX = "case.coded-"
"""How the folder of a copy is named, which lies in the case's own and goes with the process."""
AT_ONCE = 2_000
"""Documents up to which a copy is made while the person waits."""


@dataclass(slots=True, weakref_slot=True)
class Copy:
    """A case as it is seen without sight of the protected; `guard` says who and what that is.

    `file`, and `engine` that reads it, are None where the case has nothing to hide. `head` is the
    newest entry of the case's log.
    """

    head: tuple[int, str]
    name: str
    ids: Ids
    guard: Guard
    folder: Path
    file: Path | None = None
    engine: Engine | None = None

    @property
    def names(self) -> Names:
        """The names that must not appear in what is made of it."""
        return self.guard.names

    @property
    def retelling(self) -> Retelling:
        """How words and keys are told."""
        return Retelling(self.names, self.ids)


@dataclass(slots=True)
class _Place:
    """The newest copy of one case, and the thread that makes the next, if one does."""

    copy: Copy | None = None
    making: Thread | None = None
    candidates: Candidates = field(default_factory=Candidates)
    lock: Lock = field(default_factory=Lock)


@dataclass(slots=True)
class Copies:
    """The newest copy of each case that anybody reads."""

    _places: dict[str, _Place] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, session: Session) -> Copy:
        """The copy of a case as it is now.

        Of a large case one is made beside the pages. Until it is there the one before it is given,
        unless somebody decided since on who is protected. Raises `NotShown` where there is none.
        """
        with self._lock:
            place = self._places.setdefault(f"{session.facts.id} {session.folder}", _Place())
        with place.lock, session.reading() as connection:
            head, known = newest(connection), place.copy
            if known is not None and known.head == head:
                return known
            since = _since(connection, known) if known else []
            if known is not None and _is_current(session, connection, known, since):
                return known
            if reader.amount(connection)[0] <= AT_ONCE:
                made = place.copy = _made(session, connection, head, place.candidates)
                return made
            if place.making is None or not place.making.is_alive():
                place.making = Thread(target=_make_beside, args=(session, place), daemon=True)
                place.making.start()
            if known is not None and not any(_decides(row, known) for row in since):
                return known
            raise NotShown.yet()


COPIES = Copies()


def _make_beside(session: Session, place: _Place) -> None:
    with session.reading() as connection:
        made = _made(session, connection, newest(connection), place.candidates)
    with place.lock:
        place.copy = made


def _since(connection: Connection, known: Copy) -> list[Row]:
    query = select(LOG).where(LOG.c.seq > known.head[0]).order_by(LOG.c.seq)
    return [dict(row) for row in connection.execute(query).mappings()]


def _is_current(session: Session, connection: Connection, known: Copy, since: list[Row]) -> bool:
    """Whether a copy is of the case as it is; what can be put in by itself is put in."""
    touched = [_affected(connection, row, known) for row in since]
    documents: set[str] = set()
    for some in touched:
        if some is None:
            return False
        documents |= some
    if since and known.file is not None:
        release = Release(
            connection, session.vault, known.name, known.folder, AUDIENCE, known.guard
        )
        with writable(known.file).begin() as copied:
            if any(row["kind"] not in _TOLD for row in since):
                catch_up(copied, connection, release, documents, known.retelling)
            tell(copied, since, known.retelling)
    if since:
        known.head = (since[-1]["seq"], since[-1]["hash"])
    return True


_TOLD = frozenset({"release", "released", "not_released", "release_refused", "membership", MAPPING})
"""Entries that change neither what the case holds nor what may be seen of it."""
_OF_ONE = frozenset({"review", "correct", "add"})
"""Decisions on what stands in one document."""


def _affected(connection: Connection, row: Row, known: Copy) -> set[str] | None:
    """The documents that an entry changes; None where it takes a new copy."""
    payload = json.loads(row["payload"])
    if row["kind"] in _TOLD or row["kind"] == "grade":
        return set()
    if row["kind"] == "judge":
        return None if _decides(row, known) else set()
    if row["kind"] in _OF_ONE:
        subject = str(payload.get("document") or payload.get("subject") or "")
        return {subject.partition("|")[0]}
    if row["kind"] != "undo":
        return None
    undone = connection.execute(select(LOG).where(LOG.c.seq == payload["entry"])).mappings().one()
    return None if undone["kind"] == "undo" else _affected(connection, dict(undone), known)


def _decides(row: Row, known: Copy) -> bool:
    """Whether an entry may say that something must stay which a copy from before it shows."""
    payload = json.loads(row["payload"])
    if row["kind"] == "judge":
        return any(known.ids.is_protected(payload[side]) for side in ("left", "right"))
    # Taking a decision back shows more than the copy does; taking that back again shows less.
    return row["kind"] in ("protect", "consent", "confidential", "undo")


def _made(
    session: Session, connection: Connection, head: tuple[int, str], candidates: Candidates
) -> Copy:
    with storage_errors(session.folder):
        _sweep_up(session.folder)
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=session.folder))
    try:
        release = Release(connection, session.vault, session.facts.name, folder, AUDIENCE)
        guard = release.guard
        made = Copy(head, session.facts.name, Ids(guard.secret), guard, folder)
        if guard:
            made.file = folder / "case.sqlite"
            made.ids = copy(connection, made.file, release, candidates)
            made.engine = readable(made.file)
            made.name = made.retelling.words(made.name)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    weakref.finalize(made, _gone, made.engine, folder)
    return made


def _gone(engine: Engine | None, folder: Path) -> None:
    """Close what read a copy that nobody reads any more, and remove it."""
    if engine is not None:
        engine.dispose()
    shutil.rmtree(folder, ignore_errors=True)


def _sweep_up(folder: Path) -> None:
    """Remove copies of processes of this machine that were killed."""
    for left in folder.glob(f"{PREFIX}*"):
        number = left.name.removeprefix(PREFIX).partition("-")[0]
        if number.isdigit() and not Path(f"/proc/{number}").exists() and Path("/proc").exists():
            shutil.rmtree(left, ignore_errors=True)


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
        engine = self._copied.engine
        if engine is None:
            with self._real.reading() as connection:
                yield connection
            return
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
