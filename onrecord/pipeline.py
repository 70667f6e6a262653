"""The stages as one table: what each reads, what it writes. The only writer of what they yield.

A stage is pure: records in, records out; no store, no clock, no network. So one process, a pool or
a cluster can run them.
"""

from __future__ import annotations

import hashlib
import json
import logging
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any, TypeVar

from onrecord.claims import find_claims
from onrecord.coding.acts import find_acts
from onrecord.coding.context import Context
from onrecord.coding.demands import find_demands
from onrecord.coding.engagements import find_engagements
from onrecord.coding.events import find_events
from onrecord.coding.relations import find_relations
from onrecord.coding.when import find_dates
from onrecord.entities import find_entities
from onrecord.errors import OnrecordError, WorkerDied
from onrecord.model import Channel, Dateline, Document, Record, as_json
from onrecord.passages.head import Head, read_head
from onrecord.passages.language import not_read
from onrecord.passages.parse import Parsed, parse, parser
from onrecord.sources import Acquired

_LOG = logging.getLogger(__name__)

VERSION = "7"
"""Raised with every change that makes the same bytes give another record."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: the names it reads, the name it writes, and the function between them."""

    name: str
    reads: tuple[str, ...]
    writes: str
    run: Callable[..., Any]


STAGES = (
    Stage("parse", ("text",), "parsed", parse),
    Stage("head", ("parsed", "known_head"), "head", read_head),
    Stage("entities", ("parsed", "document_id", "head"), "book", find_entities),
    Stage("claims", ("parsed", "book", "head"), "claims", find_claims),
    Stage("dates", ("parsed", "head"), "dates", find_dates),
    Stage("context", ("parsed", "book", "head", "claims", "dates"), "context", Context),
    Stage("relations", ("context",), "relations", find_relations),
    Stage("acts", ("context",), "acts", find_acts),
    Stage("events", ("context", "acts"), "events", find_events),
    Stage("demands", ("context",), "demands", find_demands),
    Stage("engagements", ("context",), "engagements", find_engagements),
)


@dataclass(frozen=True, slots=True)
class Job:
    """A text to extract from. `sha256` is of the original bytes; `known` is what its reader saw."""

    text: str
    path: str
    media_type: str = "text/plain"
    sha256: str = ""
    known: Head = field(default_factory=Head)


def job_of(acquired: Acquired) -> Job:
    """The job that a document gives once it has been read."""
    reading = acquired.reading
    known = Head(title=reading.title, publisher=reading.publisher, published=reading.published)
    return Job(reading.text, acquired.path, reading.media_type, acquired.sha256, known)


def extract(job: Job) -> Record:
    """The record of one text: every stage in turn. The same job gives the same record."""
    state: dict[str, Any] = {
        "text": job.text,
        "document_id": _document_id(job),
        "known_head": job.known,
    }
    for stage in STAGES:
        state[stage.writes] = stage.run(*(state[name] for name in stage.reads))
    return Record(
        document=_document(state, job.path, job.media_type),
        text=job.text,
        entities=state["book"].freeze(),
        claims=state["claims"],
        acts=state["acts"],
        events=state["events"],
        relations=state["relations"],
        demands=state["demands"],
        engagements=state["engagements"],
    )


def _document_id(job: Job) -> str:
    digest = job.sha256 or hashlib.sha256(job.text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"sha256:{digest}"


def extract_text(text: str, *, path: str = "text", **known: Any) -> Record:
    """The record of a text in memory; `known` as in `Job`."""
    return extract(Job(text, path, **known))


def to_line(record: Record) -> str:
    """A record as one line of JSON, the same for the same record."""
    return json.dumps(as_json(record), ensure_ascii=False, separators=(", ", ": "))


def workers_for(documents: int, asked: int | None) -> int:
    """As many processes as asked, else one for each 50 documents up to the number of cores.

    A process costs seconds to start, which a handful of documents does not repay.
    """
    return asked or min(os.cpu_count() or 1, 1 + documents // 50)


def extract_many(jobs: Iterable[Job], *, workers: int = 1) -> Iterator[Record]:
    """Records in the order of `jobs`, whatever the number of processes that make them.

    Jobs are taken as workers come free, so an endless stream needs no more memory than a short one.
    A text that a stage fails on gives a record that holds the text and says so in its note: one
    fault of ours must not keep the rest from being read. Raises `WorkerDied` where a process is
    killed from outside.
    """
    return _in_order(extract_or_say, jobs, workers)


@dataclass(frozen=True, slots=True)
class Line:
    """A record as the line that `to_line` gives, and its document's path and note."""

    text: str
    path: str
    note: str | None


def extract_lines(jobs: Iterable[Job], *, workers: int = 1) -> Iterator[Line]:
    """As `extract_many`, each record as a line."""
    return _in_order(_line_of, jobs, workers)


def extract_or_say(job: Job) -> Record:
    """As `extract`; where a stage fails, a record of the text alone, with a note and a log line."""
    try:
        return extract(job)
    except OnrecordError:
        raise
    except Exception as error:
        _LOG.exception("%s: extraction failed; the text is kept and searchable", job.path)
        note = f"extraction failed ({type(error).__name__}): kept and searchable; please report it"
        return Record(
            document=Document(_document_id(job), job.path, job.media_type, note=note),
            text=job.text,
        )


def _line_of(job: Job) -> Line:
    record = extract_or_say(job)
    return Line(to_line(record), record.document.path, record.document.note)


T = TypeVar("T")
_AHEAD = 4
"""Jobs a worker that wait ready, so that no process idles while another is on a long text."""


def _in_order(run: Callable[[Job], T], jobs: Iterable[Job], workers: int) -> Iterator[T]:
    if workers <= 1:
        yield from map(run, jobs)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker) as pool:
        waiting: deque[tuple[Job, Future[T]]] = deque()
        try:
            for job in jobs:
                waiting.append((job, pool.submit(run, job)))
                if len(waiting) >= _AHEAD * workers:
                    yield _result(*waiting.popleft())
            while waiting:
                yield _result(*waiting.popleft())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _result(job: Job, future: Future[T]) -> T:
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise WorkerDied(
            f"{job.path}: a process that was extracting died",
            why="it was killed from outside, most often for want of memory",
            todo="run again with fewer --workers, or split the largest documents",
        ) from error


def _start_worker() -> None:
    """Leave Ctrl-C to the parent, and load the parser before the first text arrives."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parser()


def _document(state: dict[str, Any], path: str, media_type: str) -> Document:
    head, text = state["head"], state["text"]
    spans = {
        "title": head.title,
        "publisher": head.publisher,
        "published": head.published and head.published[1],
    }
    words = {
        name: text[slice(*span)] for name, span in spans.items() if span and name != "published"
    }
    return Document(
        id=state["document_id"],
        path=path,
        media_type=media_type,
        language=state["parsed"].language,
        published=head.published and head.published[0],
        dateline=_dateline(state),
        channel=head.channel and Channel(text[slice(*head.channel)], head.channel),
        note=_note(state["parsed"]),
        cites={name: (span,) for name, span in spans.items() if span},
        **words,
    )


def _note(parsed: Parsed) -> str | None:
    return None if parsed.doc is not None else not_read(parsed.language)


def _dateline(state: dict[str, Any]) -> Dateline | None:
    head = state["head"]
    parts = [head.dateline_place, head.dateline_date and head.dateline_date[1]]
    spans = [span for span in parts if span]
    if not spans:
        return None
    place = head.dateline_place and state["book"].at(head.dateline_place[0])
    return Dateline(
        span=(min(s for s, _ in spans), max(e for _, e in spans)),
        place=place.id if place else None,
        date=head.dateline_date and head.dateline_date[0],
    )
