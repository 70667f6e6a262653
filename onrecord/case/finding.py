"""A whole case worked out: who is who, what happened, and all that pages read of it.

Everything is a function of the records, the judgements that hold and the order of the documents.
What is made goes to the disk as it is made; see `store.found`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, select

from onrecord.case import who
from onrecord.case.document_rows import DocumentRows, Known
from onrecord.case.event_rows import event_rows
from onrecord.case.group_rows import Row, Rows, each, group_rows, worth_rows
from onrecord.store import reader
from onrecord.store.found import Made
from onrecord.store.resolved import proposal_row
from onrecord.store.stretch import batches
from onrecord.store.tables import CLUSTERS, DOCUMENTS, EVENT_ACTS, PROPOSALS, TALLIES

if TYPE_CHECKING:
    import pyarrow as pa

    from onrecord.resolution.tables import Tables

VERSION = "6"
"""Raised with every change that makes the same case give other rows of the tables `FOUND`."""
VERSIONS = {"version": who.VERSION, "found_version": VERSION}
_AT_ONCE = 5000
_TOLD_EVERY = 1000

Progress = Callable[[str], None]


def _silent(_: str) -> None:
    """Where nobody asked to be told."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came out, in figures. `refused`: entries of judgements that could not be kept."""

    entities: int
    groups: int
    proposals: int
    refused: tuple[int, ...]


def work_out(
    connection: Connection,
    made: Made,
    progress: Progress = _silent,
    *,
    resolve: Callable[[Connection, Tables], who.Answer] = who.answer,
) -> Found:
    """Work out a case from its records and judgements, as rows of `made`."""
    from onrecord.resolution.resolving import uncollected

    with uncollected():
        return _worked_out(connection, made, progress, resolve)


def _worked_out(
    connection: Connection,
    made: Made,
    progress: Progress,
    resolve: Callable[[Connection, Tables], who.Answer],
) -> Found:
    with _on_disk(_told("read", connection, progress)) as whole:
        progress(f"{whole.entities.num_rows} names: working out who is who")
        answer = resolve(connection, whole)
        made.put(CLUSTERS, each(answer.clusters))
        made.put(PROPOSALS, (proposal_row(*row.values()) for row in each(answer.proposals)))
        groups = _groups(connection, made, whole, answer)
        found = Found(answer.clusters.num_rows, groups, answer.proposals.num_rows, answer.refused)
        clusters = answer.clusters
        del answer
        origins = _events(made, whole, clusters, progress)
    del clusters
    made.settle()
    _documents(connection, made, origins, progress)
    return found


@contextmanager
def _on_disk(records: Iterable[Any]) -> Iterator[Tables]:
    """The tables of records, mapped from files: memory holds what is at work, and no more."""
    import pyarrow as pa

    from onrecord.resolution.tables import SCHEMAS, Tables, batches

    with TemporaryDirectory(prefix="onrecord-") as folder:
        files = {name: str(Path(folder, name)) for name in SCHEMAS}
        with ExitStack() as stack:
            writers = {
                name: stack.enter_context(pa.ipc.new_file(files[name], schema))
                for name, schema in SCHEMAS.items()
            }
            for batch in batches(records):
                for name, writer in writers.items():
                    writer.write_table(getattr(batch, name))
        mapped = {n: pa.ipc.open_file(pa.memory_map(file)).read_all() for n, file in files.items()}
        yield Tables(**mapped)


def again(connection: Connection, made: Made) -> Mapping[str, str]:
    """As `work_out`, to rebuild the case; gives the versions of what worked it out."""
    work_out(connection, made)
    return VERSIONS


def _groups(connection: Connection, made: Made, whole: Tables, answer: who.Answer) -> int:
    seqs = _numbers(connection)
    weights = reader.weight_of_keys(connection)
    groups = 0
    for table, row in _kept(made, group_rows(whole.entities, answer.clusters, seqs, weights)):
        groups += row["number"] if table is TALLIES else 0
    for _ in _kept(made, worth_rows(answer.proposals, answer.clusters, weights)):
        pass
    return groups


def _numbers(connection: Connection) -> dict[str, int]:
    """The number of each document."""
    rows = connection.execute(select(DOCUMENTS.c.id, DOCUMENTS.c.seq))
    return {row.id: row.seq for row in rows}


def _events(made: Made, whole: Tables, clusters: pa.Table, progress: Progress) -> dict[str, int]:
    """Keep the events; how many independent origins each has."""
    from onrecord.corroboration.corroborate import corroborate

    progress(f"{whole.acts.num_rows} acts: working out which are one event")
    found = corroborate(whole, clusters)
    progress("comparing what the sources of each event say")
    columns = (clusters[name].to_pylist() for name in ("key", "canonical"))
    groups = dict(zip(*columns, strict=True))
    rows = _kept(made, event_rows(whole, found, groups))
    return {row["id"]: row["origins"] for _, row in rows if "reports" in row}


def _documents(
    connection: Connection, made: Made, origins: dict[str, int], progress: Progress
) -> None:
    """Keep what is found in each document."""
    seqs = _numbers(connection)
    told = DocumentRows()

    def rows() -> Rows:
        for body in _told("indexed", connection, progress):
            document = body["document"]["id"]
            events = made.look_up(EVENT_ACTS, document)
            known = Known(
                seqs[document],
                made.look_up(CLUSTERS, document),
                {act: origins[event] for act, event in events.items()},
            )
            yield from told.of(body, known)
        yield from told.tallies()

    for _ in _kept(made, rows()):
        pass


def _kept(made: Made, rows: Rows) -> Iterator[tuple[Table, Row]]:
    """The rows again, when they are kept."""
    waiting: dict[Table, list[Row]] = {}
    for table, row in rows:
        held = waiting.setdefault(table, [])
        held.append(row)
        if len(held) >= _AT_ONCE:
            made.put(table, held)
            held.clear()
        yield table, row
    for table, held in waiting.items():
        made.put(table, held)


def _told(done: str, connection: Connection, progress: Progress) -> Iterator[reader.Body]:
    """All records; `progress` is told of how many documents what is done is done."""
    documents = reader.record_ids(connection)
    number = 0
    for some in batches(documents):
        for body in reader.bodies_of(connection, some):
            number += 1
            if number % _TOLD_EVERY == 0 or number == len(documents):
                progress(f"{number} of {len(documents)} documents {done}")
            yield body
