"""The journal of reads: who opened what, when; who took what away; who signed in.

Rows are only ever added, each with the hash of the one before, as in the case's log. The log tells
what changed the case; this tells what did not. It stands at the desk (`desk.py`), leaves with no
export, and never holds what somebody searched for or typed. Rows wait in a queue for one thread to
write them, a moment later, so that no page waits; a process that is killed loses those of its last
moment, and nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any

from sqlalchemy import insert, or_, select

from onrecord.store.log import FIRST, author, hash_of, now, plain
from onrecord.web.desk import READS, SETTINGS, Desk, set_in
from onrecord.web.visitor import Visitor

AT_ONCE = 500
"""Rows that are written in one transaction at most."""
HEAD = "reads"
"""The setting that holds number and hash of the newest row, so that a cut tail shows."""
_HEAD = select(SETTINGS.c.value).where(SETTINGS.c.name == HEAD)
_FAILED = "the journal of reads cannot be written: %s"


def called(visitor: Visitor) -> str:
    """What the journal calls somebody; the holder of a laptop's link by their login name."""
    return visitor.name or author().actor


@dataclass(frozen=True, slots=True)
class Read:
    """A row: at what time who did what. `kind` is opened, opened as data, original, exported,
    signed in, ...; `page` names the page, `subject` the document or other thing on it.
    """

    seq: int
    at: str
    kind: str
    actor: str
    page: str
    subject: str
    previous: str
    hash: str


@dataclass(slots=True)
class Journal:
    """The journal of one desk; without a desk it keeps nothing."""

    desk: Desk | None = None
    _queue: SimpleQueue[dict[str, str] | Event | None] = field(default_factory=SimpleQueue)
    _writer: Thread | None = None
    _lock: Lock = field(default_factory=Lock)

    def note(self, kind: str, actor: str, page: str = "", subject: str = "") -> None:
        """Put down what somebody did just now. Returns at once."""
        if self.desk is None:
            return
        told = {"kind": kind, "actor": actor, "page": page, "subject": subject[:500]}
        self._queue.put({"at": now(), **{name: plain(value) for name, value in told.items()}})
        with self._lock:
            if self._writer is None:
                self._writer = Thread(target=self._write, name="journal", daemon=True)
                self._writer.start()

    def flush(self) -> None:
        """Wait until what was noted is written."""
        if self._writer is not None and self._writer.is_alive():
            written = Event()
            self._queue.put(written)
            written.wait()

    def close(self) -> None:
        """Write what was noted, and end."""
        with self._lock:
            writer, self._writer = self._writer, None
        if writer is not None:
            self._queue.put(None)
            writer.join()

    def reads(
        self,
        *,
        who: str = "",
        subject: str = "",
        before: int | None = None,
        most: int = 100,
        but: Collection[str] = (),
    ) -> list[Read]:
        """Rows, the newest first: of a person, and of a document (or the beginning of its id).

        Those of the kinds `but` are left out.
        """
        if self.desk is None or not self.desk.exists:
            return []
        self.flush()
        query = select(READS).order_by(READS.c.seq.desc()).limit(most)
        if who:
            query = query.where(READS.c.actor == plain(who))
        if subject:
            told = plain(subject)
            query = query.where(
                or_(READS.c.subject == told, READS.c.subject.startswith(told, autoescape=True))
            )
        if but:
            query = query.where(READS.c.kind.not_in(but))
        if before is not None:
            query = query.where(READS.c.seq < before)
        with self.desk.reading() as connection:
            return [Read(**row) for row in connection.execute(query).mappings()]

    def people(self) -> list[str]:
        """Everybody of whom something is noted."""
        if self.desk is None or not self.desk.exists:
            return []
        with self.desk.reading() as connection:
            query = select(READS.c.actor).distinct().order_by(READS.c.actor)
            return list(connection.execute(query).scalars())

    def broken(self) -> int | None:
        """The first row at which the chain of hashes does not hold; None where all of it holds."""
        if self.desk is None or not self.desk.exists:
            return None
        self.flush()
        number, previous = 0, FIRST
        with self.desk.reading() as connection:
            for row in connection.execute(select(READS).order_by(READS.c.seq)).mappings():
                number += 1
                told = dict(row)
                if (row["seq"], row["previous"], row["hash"]) != (number, previous, hash_of(told)):
                    return number
                previous = row["hash"]
            head = connection.execute(_HEAD).scalar() or f"0 {FIRST}"
        return None if head == f"{number} {previous}" else number + 1

    def _write(self) -> None:
        """Write until the end; what cannot be written is said, once, and not tried again."""
        silent = False
        while True:
            rows, events, ended = self._waiting()
            try:
                self._append(rows)
            except Exception as error:
                if not silent:
                    logging.getLogger(__name__).warning(_FAILED, error)
                silent = True
            for event in events:
                event.set()
            if ended:
                return

    def _waiting(self) -> tuple[list[dict[str, Any]], list[Event], bool]:
        """What waits in the queue, after waiting for the first of it."""
        rows: list[dict[str, Any]] = []
        events: list[Event] = []
        for item in self._drained():
            if item is None:
                return rows, events, True
            if isinstance(item, Event):
                events.append(item)
            else:
                rows.append(item)
        return rows, events, False

    def _drained(self) -> Iterable[dict[str, str] | Event | None]:
        yield self._queue.get()
        for _ in range(min(self._queue.qsize(), AT_ONCE)):
            yield self._queue.get()

    def _append(self, rows: list[dict[str, Any]]) -> None:
        if not rows or self.desk is None:
            return
        with self.desk.writing() as connection:
            last = connection.execute(
                select(READS.c.seq, READS.c.hash).order_by(READS.c.seq.desc()).limit(1)
            ).first()
            seq, previous = (last.seq, last.hash) if last else (0, FIRST)
            for row in rows:
                seq += 1
                row |= {"seq": seq, "previous": previous}
                previous = row["hash"] = hash_of(row)
            connection.execute(insert(READS), rows)
            set_in(connection, HEAD, f"{seq} {previous}")
