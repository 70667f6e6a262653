"""A case that is open: the Python API behind every door."""

from __future__ import annotations

import os
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

from onrecord import pipeline
from onrecord.case import (
    adding,
    bundling,
    finding,
    importing,
    protecting,
    restoring,
    what,
    who,
)
from onrecord.case.adding import AddReport, Brought
from onrecord.case.browsing import State
from onrecord.case.deciding import Deciding
from onrecord.case.importing import ImportReport
from onrecord.case.judging import Judging
from onrecord.case.release import Release
from onrecord.case.releasing import releasing
from onrecord.case.restoring import Restored
from onrecord.case.who import Resolved
from onrecord.errors import NotReleased, SourceError
from onrecord.imports.item import Imported
from onrecord.model import Record
from onrecord.products.door.policy import Recipient
from onrecord.sources import Limits, Reader, collect
from onrecord.store import originals, reader, resolved, search, verify
from onrecord.store.facts import Facts
from onrecord.store.found import Made
from onrecord.store.log import Entry, author, entries, newest
from onrecord.store.originals import Original
from onrecord.store.reader import CaseDocument, Custody, EntityHit
from onrecord.store.rebuild import Makers, rebuild
from onrecord.store.search import Hit
from onrecord.store.session import Session
from onrecord.store.verify import Report

if TYPE_CHECKING:
    from onrecord.corroboration.summary import EventSummary
    from onrecord.corroboration.why import Explanation

_PUBLIC = Recipient()


def _silent(_: object) -> None:
    """Where nobody asked to be told."""


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


class Case(Deciding, Judging):
    """A case that is open. Use it in a `with` statement, or `close` it.

    `sight` is "codes" where protected people are shown as codes only.
    """

    sight: Literal["names", "codes"] = "names"

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

    @staticmethod
    def restore(
        file: Path | str,
        folder: Path | str,
        *,
        progress: Callable[[str], None] = _silent,
        command: str = "",
    ) -> Restored:
        """Make a case again in `folder`, new or an empty case, from its lossless export `file`.

        Whole or not at all. Raises `UnreadableSource`, which names the line and the cause, and
        `CaseError` where the case is not empty.
        """
        return restoring.restore(Path(file), Path(folder), author(command), progress)

    def acting_as(self, actor: str) -> Case:
        """The same open case, with somebody's name in the log for what they do. Not to be closed.

        What writes the name is whatever opened the case, a workbench that knows who is there.
        """
        return Case(self._session.acting_as(actor))

    def without_sight(self) -> Case:
        """The same as somebody sees it who has no sight of the protected. Not to be closed."""
        from onrecord.case.seeing import seen

        return seen(self, self._session)

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
        brought: Brought | None = None,
    ) -> AddReport:
        """Acquire the documents at `paths` and extract every document that has no current record.

        `progress` is told of each thing done, `refuse` of each document that cannot be read, as it
        happens. `workers` processes extract; None is as many as pay. `brought` says that they came
        through a browser and only wait in a folder. What was done before is not done again; the
        case's own files are passed over. Raises `CaseLocked`, `StorageFull`.
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
                    named = brought.item(item) if brought else item
                    try:
                        done = adding.acquire(writer, source, named, bounds, report, brought)
                    except SourceError as error:
                        refused(error)
                        done = "refused"
                    progress(f"{named.path}: {done}")
            adding.extract(writer, workers, progress, report)
        return report

    def import_items(
        self,
        items: Sequence[Imported],
        *,
        origin: Path | str = "",
        told: Mapping[str, Any] | None = None,
        progress: Callable[[str], None] = _silent,
    ) -> ImportReport:
        """Take in the items of somebody's export with their records: all of them, or none.

        `origin` is the file they stood in; `told` goes into the log's entry `imported`. Raises
        `UnreadableSource`, `CaseLocked`, `StorageFull`.
        """
        where = os.path.abspath(origin) if origin else ""  # noqa: PTH100 - as `add` does
        with self._session.writing() as writer:
            return importing.import_items(
                writer, items, origin=where, told=told or {}, progress=progress
            )

    def remember_mapping(self, name: str, mapping: Mapping[str, Any]) -> Entry:
        """Remember how a table is read, by a name; a later one of that name takes its place."""
        with self._session.writing() as writer:
            return writer.tell(importing.MAPPING, {"name": name, "mapping": mapping})

    def tell(self, kind: str, told: Mapping[str, Any]) -> Entry:
        """Put into the log what happened around the case and does not change it."""
        with self._session.writing() as writer:
            return writer.tell(kind, told)

    def mapping(self, name: str) -> Mapping[str, Any]:
        """The mapping remembered by that name. Raises `NotFound`."""
        with self._session.reading() as connection:
            return importing.mapping_named(connection, name)

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
            yield from reader.records(connection)

    def record(self, document: str) -> Record:
        """The record of a document, named by its id, the beginning of it, or its path.

        Raises `NotFound`.
        """
        with self._session.reading() as connection:
            return reader.record(connection, reader.resolve(connection, document))

    def original(self, document: str) -> Original:
        """The bytes of a document as they came in.

        Raises `NotFound` where they are missing or altered, and `NotReleased` where they may show
        somebody whom this case is to show as a code only.
        """
        with self._session.reading() as connection:
            if self.sight == "codes" and protecting.is_any(connection):
                raise _withheld()
            found = reader.resolve(connection, document)
            return originals.original(connection, self._session.vault, found)

    def is_unchanged(self, document: str) -> bool:
        """Whether the original, read again from the disk now, has its hash. Raises `NotFound`."""
        with self._session.reading() as connection:
            of = originals.kept(connection, reader.resolve(connection, document))
        return self._session.vault.sha256_of(of.sha256) == of.sha256

    def find_entities(self, name: str) -> list[EntityHit]:
        """Entities whose name or a spelling of it answers to `name`, best first."""
        with self._session.reading() as connection:
            return reader.find_entities(connection, name)

    def search(self, query: str, limit: int = 20, *, typing: bool = False) -> list[Hit]:
        """The passages that answer a query best, also where they spell its words otherwise.

        With `typing`, the last word may be the beginning of a longer one.
        """
        with self._session.reading() as connection:
            return search.find(connection, query, limit, typing=typing)

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

    def resolve(self, *, progress: Callable[[str], None] = _silent) -> Resolved:
        """Work out who is who and what happened, from all records and the judgements that hold.

        What the machine makes is derived and made anew each time; the log tells of it where
        anything changed. Others may write meanwhile: what they add leaves it old. `progress` is
        told of each step. Raises `CaseLocked`.
        """
        begun = time.monotonic()
        with Made() as made:
            with self._session.reading() as connection:
                found = finding.work_out(connection, made, progress)
                said = who.judged(connection)
                new = resolved.worked(connection, made, finding.VERSIONS)
            progress("writing what changed")
            # What took long to work out is not thrown away for what another is just writing.
            with self._session.writing_within(time.monotonic() - begun) as writer:
                changed = writer.resolved(new)
        refused = tuple(decision for decision in said if decision.seq in found.refused)
        return Resolved(found.entities, found.groups, found.proposals, changed, refused)

    def events(self) -> list[EventSummary]:
        """The events of the case with their origins and contradictions, the most reported first."""
        with self._session.reading() as connection:
            return what.events(connection)

    def why(self, subject: str) -> Explanation:
        """Why a claim, act or event has the independent origins it has. Raises `NotFound`."""
        with self._session.reading() as connection:
            return what.why(connection, subject)

    @contextmanager
    def browse(self) -> Iterator[State]:
        """One state of the case, for pages that show a part of it each."""
        with self._session.reading() as connection:
            yield State(connection, self.name)

    @contextmanager
    def release(
        self,
        what: str,
        *,
        form: str,
        out: Path | None,
        recipient: Recipient = _PUBLIC,
        tell: Callable[[str], None] = _silent,
    ) -> Iterator[Release]:
        """The one door out: make `what` in the format `form` for a recipient, at `out`.

        Yields what may leave, redacted, and a private folder to write it in. When the block is over
        without an error, the files are searched for what must stay, the log says what leaves, and
        then they are moved to `out` (a file or a folder); None is standard output, and
        `Release.read` gives the bytes to print. On an error nothing is left. `tell` hears why it
        waits. Raises `CaseLocked` where the log cannot be written.
        """
        with releasing(self._session, what, form, out, recipient, tell) as release:
            yield release

    def bundle(
        self, out: Path | str, *, recipient: Recipient = _PUBLIC, **asked: Any
    ) -> bundling.Bundled:
        """Give out originals, texts, custody, record and log as a signed BagIt bag, at `out`.

        A folder, or with the ending .zip a ZIP, through `release`. `asked` are the fields of
        `bundling.Asked`: `key`, `authority`, `passphrase`, `progress`, `tell`. Nothing is left
        where it would not hold. Raises `CaseLocked`, `CaseError`, `NotReleased`.
        """
        return bundling.bundle(self._session, Path(out), recipient, bundling.Asked(**asked))

    def rebuild(self, *, workers: int | None = 1, progress: Callable[[str], None] = _silent) -> int:
        """Make every table anew from the originals and the log; returns the number of documents.

        All in one transaction. Raises `CaseError`, and changes nothing, where something does not
        come out as the log sealed it.
        """
        with self._session.writing() as writer, Reader(Limits()) as source:
            makers = Makers(
                read=partial(adding.read_again, source),
                restore=adding.restored,
                extract=partial(
                    adding.extract_again, vault=writer.vault, workers=workers, progress=progress
                ),
                resolve=finding.again,
            )
            return rebuild(writer, makers, version=pipeline.VERSION)


def _withheld() -> NotReleased:
    return NotReleased(
        "the original is withheld from you",
        why="people in this case are protected, whom you see as codes; an original may name them",
        todo="ask somebody who sees names, if you need it",
    )
