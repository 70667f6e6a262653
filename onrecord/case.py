"""The case: one folder with its originals, texts, record and log; the Python API behind every door.

    with Case.create(Path("river")) as case:
        case.add([Path("reports")])
        for record in case.records():
            ...

A case is written by one process at a time and read by any number. Everything that changes it is an
entry of its log, in the transaction that makes the change: a crash leaves it as it was or as it
should be, and the same command run again does what is missing.
"""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from onrecord import pipeline
from onrecord.errors import SourceError
from onrecord.model import Record, as_json, from_json
from onrecord.passages.head import Head
from onrecord.passages.segment import paragraphs
from onrecord.sources import Item, Limits, Reader, collect
from onrecord.sources.reading import Acquired
from onrecord.store import reader, search, verify
from onrecord.store.chain import Problem
from onrecord.store.facts import Facts
from onrecord.store.log import Entry, author, entries, newest
from onrecord.store.reader import CaseDocument, Custody, EntityHit
from onrecord.store.search import Hit
from onrecord.store.session import Session
from onrecord.store.verify import Report
from onrecord.store.writer import Acquisition, Writer

__all__ = [
    "AddReport",
    "Case",
    "CaseDocument",
    "Custody",
    "EntityHit",
    "Entry",
    "Hit",
    "Problem",
    "Report",
    "Status",
]


def _silent(_: object) -> None:
    """Where nobody asked to be told."""


@dataclass(slots=True)
class AddReport:
    """What an `add` did: ids of documents added and of those already held; errors."""

    added: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    extracted: int = 0
    refused: list[SourceError] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Status:
    """The case in figures; `size` in bytes. `head` is the hash of the log's newest entry."""

    name: str
    folder: str
    database: str
    documents: int
    pending: int
    size: int
    entries: int
    head: str


class Case:
    """A case that is open. Use it in a `with` statement, or `close` it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.folder, self.name = session.folder, session.facts.name

    @classmethod
    def create(
        cls,
        folder: Path | str,
        *,
        name: str | None = None,
        database: str | None = None,
        command: str = "",
    ) -> Self:
        """Begin a case in `folder`, with its tables in SQLite there, or at the URL `database`.

        Raises `CaseExists` where the folder or the database holds one.
        """
        folder = Path(folder)
        facts = Facts(uuid.uuid4().hex, name or folder.absolute().name, database)
        return cls(Session.create(folder, facts, author(command)))

    @classmethod
    def open(cls, folder: Path | str, *, write: bool = False, command: str = "") -> Self:
        """Open the case in `folder`; with `write`, be its one writer from now until it is closed.

        `command` is what the log names; the command line if empty. Raises `NoCase`, `CaseTooNew`,
        `CaseLocked`, and `CaseError` where the case is incomplete.
        """
        return cls(Session.open(Path(folder), author(command), write=write))

    def close(self) -> None:
        """Let go of the case and its lock."""
        self._session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def add(
        self,
        paths: Iterable[Path | str],
        *,
        workers: int | None = 1,
        progress: Callable[[str], None] = _silent,
        refuse: Callable[[SourceError], None] = _silent,
        limits: Limits | None = None,
    ) -> AddReport:
        """Acquire the documents at `paths` and extract every document that has no current record.

        `progress` is told of each thing done, `refuse` of each document that cannot be read, as it
        happens. `workers` processes extract; None is as many as pay. What was done before is not
        done again; the case's own files are passed over. Raises `CaseLocked`, `StorageFull`.
        """
        report = AddReport()

        def refused(error: SourceError) -> None:
            report.refused.append(error)
            refuse(error)

        bounds = limits or Limits()
        with self._session.writing() as writer:
            with Reader(bounds) as source:
                for item in collect(paths, limits=bounds, on_error=refused):
                    if self._session.owns(item.file):
                        continue
                    try:
                        done = self._acquire(writer, source, item, bounds, report)
                    except SourceError as error:
                        refused(error)
                        done = "refused"
                    progress(f"{item.path}: {done}")
            report.extracted = self._extract(writer, workers, progress)
        return report

    def _acquire(
        self, writer: Writer, source: Reader, item: Item, limits: Limits, report: AddReport
    ) -> str:
        origin = os.path.abspath(item.path)  # noqa: PTH100 - links are part of where it lies
        data = item.read(limits)
        digest = hashlib.sha256(data).hexdigest()
        with writer.reading() as connection:
            known = reader.held(connection, f"sha256:{digest}")
            seen = known and reader.came_from(connection, f"sha256:{digest}", origin)
        if known is None:
            reading = source.read_bytes(item.path, data)
            acquired = Acquired(item.path, data, digest, len(data), reading)
            writer.acquire(_acquisition(acquired, origin))
            report.added.append(f"sha256:{digest}")
            return "added"
        if not seen:
            writer.receive(
                Acquisition(digest, data, item.path, origin, "", *known, paragraphs=(), about={})
            )
        report.already.append(f"sha256:{digest}")
        return "already in the case"

    def _extract(self, writer: Writer, workers: int | None, progress: Callable[[str], None]) -> int:
        with writer.reading() as connection:
            waiting = reader.pending(connection, pipeline.VERSION)
        number = pipeline.workers_for(len(waiting), workers)
        records = pipeline.extract_many(_jobs(writer, waiting), workers=number)
        for document, record in zip(waiting, records, strict=True):
            writer.record(document, as_json(record), pipeline.VERSION)
            progress(f"{record.document.path}: extracted")
        return len(waiting)

    def documents(self) -> list[CaseDocument]:
        """All documents, in the order they were acquired."""
        with self._session.reading() as connection:
            return list(reader.documents(connection))

    def custody(self, document: str) -> list[Custody]:
        """Each time a document came in. Raises `NotFound`."""
        with self._session.reading() as connection:
            return reader.custody(connection, reader.resolve(connection, document))

    def records(self) -> Iterator[Record]:
        """The records of all documents that have one, in the order they were acquired."""
        with self._session.reading() as connection:
            for document in reader.record_ids(connection):
                yield reader.record(connection, document)

    def record(self, document: str) -> Record:
        """The record of a document, named by its id, the beginning of it, or its path.

        Raises `NotFound`.
        """
        with self._session.reading() as connection:
            return reader.record(connection, reader.resolve(connection, document))

    def find_entities(self, name: str) -> list[EntityHit]:
        """Entities whose name or a spelling of it answers to `name`, best first."""
        with self._session.reading() as connection:
            return reader.find_entities(connection, name)

    def search(self, query: str, limit: int = 20) -> list[Hit]:
        """The passages that answer a query best, also where they spell its words otherwise."""
        with self._session.reading() as connection:
            return search.find(connection, query, limit)

    def status(self) -> Status:
        """The case in figures."""
        with self._session.reading() as connection:
            documents, size = reader.amount(connection)
            number, head = newest(connection)
            return Status(
                name=self.name,
                folder=str(self.folder),
                database=self._session.database,
                documents=documents,
                pending=len(reader.pending(connection, pipeline.VERSION)),
                size=size,
                entries=number,
                head=head,
            )

    def log(self) -> list[Entry]:
        """Every change of the case's state, oldest first."""
        with self._session.reading() as connection:
            return list(entries(connection))

    def verify(self, *, progress: Callable[[str], None] = _silent) -> Report:
        """Check originals, texts, records, citations and the log again; `progress` gets paths."""
        with self._session.reading() as connection:
            return verify.verify(connection, self._session.vault, progress)


def _acquisition(acquired: Acquired, origin: str) -> Acquisition:
    reading = acquired.reading
    spans = {name: getattr(reading, name) for name in ("title", "publisher", "author")}
    return Acquisition(
        sha256=acquired.sha256,
        data=acquired.data,
        path=acquired.path,
        origin=origin,
        text=reading.text,
        reader=reading.reader,
        reader_version=reading.reader_version,
        paragraphs=paragraphs(reading.text),
        about={
            "media_type": reading.media_type,
            "published": reading.published and reading.published[0],
            **{name: span and reading.text[slice(*span)] for name, span in spans.items()},
        },
        known=as_json(
            Head(title=reading.title, publisher=reading.publisher, published=reading.published)
        ),
        layout=as_json(reading.layout),
        warnings=reading.warnings,
    )


def _jobs(writer: Writer, waiting: list[str]) -> Iterator[pipeline.Job]:
    for document in waiting:
        with writer.reading() as connection:
            each = reader.job(connection, document)
        known = from_json(Head, each.known)
        yield pipeline.Job(each.text, each.path, each.media_type, each.sha256, known)
