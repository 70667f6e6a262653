"""From files to records: what `Case.add` and `Case.rebuild` do with one document after another."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row

from onrecord import pipeline
from onrecord.errors import CaseError, SourceError
from onrecord.imports.item import is_imported, read
from onrecord.model import as_json, from_json
from onrecord.passages.head import Head
from onrecord.passages.segment import paragraphs
from onrecord.sources import Item, Limits, Reader
from onrecord.sources.reading import Acquired
from onrecord.store import reader
from onrecord.store.acquisition import Acquisition
from onrecord.store.citations import decode, encode
from onrecord.store.insertion import Sealed, seal
from onrecord.store.vault import Vault
from onrecord.store.writer import Writer


@dataclass(slots=True)
class AddReport:
    """What an `add` did: ids of documents added and of those already held; errors.

    `copies` are the paths of files of the very bytes of a document that came from elsewhere, each
    with the document's id; `unread` the paths of those that no record could be made from (they are
    in another language than English), each with what is to be said of it.
    """

    added: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)
    extracted: int = 0
    refused: list[SourceError] = field(default_factory=list)
    copies: list[tuple[str, str]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Brought:
    """Files that somebody brought through a browser: where they wait, and what is said of it."""

    folder: Path
    origin: str

    def item(self, item: Item) -> Item:
        """One of them, named as it was where it came from."""
        return replace(item, path=item.path.removeprefix(f"{self.folder}{os.sep}"))


def acquire(
    writer: Writer,
    source: Reader,
    item: Item,
    limits: Limits,
    report: AddReport,
    brought: Brought | None = None,
) -> str:
    """Take one document in; says what was done. Raises `SourceError`."""
    origin = _origin(item, brought)
    data = item.read(limits)
    digest = hashlib.sha256(data).hexdigest()
    with writer.reading() as connection:
        known = reader.held(connection, f"sha256:{digest}")
        seen = known and reader.came_from(connection, f"sha256:{digest}", origin)
    if known is None:
        reading = source.read_bytes(item.path, data)
        acquired = Acquired(item.path, data, digest, len(data), reading)
        writer.acquire(acquisition(acquired, origin))
        report.added.append(f"sha256:{digest}")
        return "added"
    if not seen:
        writer.receive(
            Acquisition(digest, data, item.path, origin, "", *known, paragraphs=(), about={})
        )
        report.copies.append((item.path, f"sha256:{digest}"))
    report.already.append(f"sha256:{digest}")
    return "already in the case"


def _origin(item: Item, brought: Brought | None) -> str:
    if brought is not None:
        return f"{brought.origin}: {item.path}"
    return os.path.abspath(item.path)  # noqa: PTH100 - links are part of where it lies


def acquisition(acquired: Acquired, origin: str) -> Acquisition:
    """What the store keeps of a document that was read."""
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


def read_again(source: Reader, path: str, data: bytes, made_by: str) -> Acquisition:
    """What an original gives when it is read anew; where it came from the log knows.

    `made_by` is the reader that made its text: an imported item is read from its own bytes.
    """
    if is_imported(made_by):
        return of_item(path, data)
    digest = hashlib.sha256(data).hexdigest()
    reading = source.read_bytes(path, data)
    return acquisition(Acquired(path, data, digest, len(data), reading), "")


def of_item(path: str, data: bytes, origin: str = "") -> Acquisition:
    """What the store keeps of an imported item, from its bytes alone but for where they lay."""
    return taken_in(path, data, origin)[0]


def record_of_item(data: bytes) -> Sealed:
    """The record of an imported item, from its bytes alone, ready to be kept."""
    return taken_in("", data)[1]


def taken_in(path: str, data: bytes, origin: str = "") -> tuple[Acquisition, Sealed]:
    """Both, read once."""
    made, digest = read(data), hashlib.sha256(data).hexdigest()
    item = acquisition(Acquired(path, data, digest, len(data), made.reading), origin)
    record = made.record
    return item, seal(record.document.id, as_json(record), pipeline.VERSION)


def restored(item: Acquisition, kept: Row[Any]) -> Acquisition:
    """A document with the text that an earlier reader gave, as the case kept it."""
    text = decode(kept.body)
    return replace(
        item,
        text=text,
        paragraphs=paragraphs(text),
        known=json.loads(kept.known),
        layout=json.loads(kept.layout),
        warnings=json.loads(kept.warnings),
    )


def extract(
    writer: Writer, workers: int | None, progress: Callable[[str], None], report: AddReport
) -> None:
    """Make the records of all documents that have no current one; `report` is told of them."""
    with writer.reading() as connection:
        waiting = reader.pending(connection, pipeline.VERSION)
        items = [document for document in waiting if _is_item(connection, document)]
    for document in items:
        with writer.reading() as connection:
            made = _item_record(connection, writer.vault, document)
        writer.seal_record(made)
        progress(f"{document}: read again")
    made_of_items = frozenset(items)
    texts = [document for document in waiting if document not in made_of_items]
    number = pipeline.workers_for(len(texts), workers)
    records = pipeline.extract_many(_jobs(writer, texts), workers=number)
    for document, record in zip(texts, records, strict=True):
        writer.record(document, as_json(record), pipeline.VERSION)
        if record.document.note:
            report.unread.append((record.document.path, record.document.note))
        progress(f"{record.document.path}: extracted")
    report.extracted = len(waiting)


def _jobs(writer: Writer, waiting: list[str]) -> Iterator[pipeline.Job]:
    for document in waiting:
        with writer.reading() as connection:
            each = _job(connection, document)
        yield each


def _job(connection: Connection, document: str) -> pipeline.Job:
    each = reader.job(connection, document)
    known = from_json(Head, each.known)
    return pipeline.Job(each.text, each.path, each.media_type, each.sha256, known)


def _is_item(connection: Connection, document: str) -> bool:
    held = reader.held(connection, document)
    return held is not None and is_imported(held[0])


def _item_record(connection: Connection, vault: Vault, document: str) -> Sealed:
    """The record of an imported item whose original the vault holds."""
    each = reader.job(connection, document)
    data = vault.read(each.sha256)
    if data is None:
        raise CaseError(
            str(vault.folder.parent),
            f"the record of {each.path} cannot be made again",
            why="the original that it is made from is missing or altered",
            todo="run `onrecord verify`, and put the file back from a copy",
        )
    made = record_of_item(data)
    if made.facts["text_sha256"] != hashlib.sha256(encode(each.text)).hexdigest():
        raise CaseError(
            str(vault.folder.parent),
            f"the record of {each.path} cannot be made again",
            why="this onrecord makes another text of the original than the case holds",
            todo="use the onrecord that imported it",
        )
    return made


def extract_again(
    connection: Connection,
    documents: Sequence[str],
    vault: Vault,
    workers: int | None,
    progress: Callable[[str], None],
) -> Iterator[Sealed]:
    """The records of documents, made anew within one transaction: items first, then texts."""
    items = [document for document in documents if _is_item(connection, document)]
    for document in items:
        yield _item_record(connection, vault, document)
        progress(f"{document}: read again")
    made_of_items = frozenset(items)
    texts = [document for document in documents if document not in made_of_items]
    number = pipeline.workers_for(len(texts), workers)
    jobs = (_job(connection, document) for document in texts)
    records = pipeline.extract_many(jobs, workers=number)
    for document, record in zip(texts, records, strict=True):
        yield seal(document, as_json(record), pipeline.VERSION)
        progress(f"{record.document.path}: extracted")
