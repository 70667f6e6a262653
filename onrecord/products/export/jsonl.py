"""JSON Lines, our own and lossless: all that a case is made of, one object a line.

`vocabulary/export-1.schema.json` describes the lines. The file holds nothing of the moment it was
made in, so a case restored from it gives the same bytes again. `jsonl_lines` reads it.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from onrecord.model import Record, as_json
from onrecord.products.export.source import Format, Progress, Source
from onrecord.store.carrying import Kept
from onrecord.store.citations import encode
from onrecord.store.log import Entry, canonical
from onrecord.store.reader import CaseDocument, Custody

SCHEMA = "onrecord/export/1"
PART = 3 << 20
"""Bytes of an original in one line, so that no line is longer than a program can read."""


class Lines:
    """Lines written one after the other, with the hash of all of them so far."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def put(self, kind: str, told: Mapping[str, Any]) -> None:
        """Write a line."""
        data = line(kind, told)
        self._digest.update(data)
        self._file.write(data)

    @property
    def sha256(self) -> str:
        """The hash of every byte written."""
        return self._digest.hexdigest()


def line(kind: str, told: Mapping[str, Any]) -> bytes:
    """An object as a line: its kind first, other names sorted; escaped if UTF-8 cannot hold it."""
    for escaped in (False, True):
        body = json.dumps(told, sort_keys=True, ensure_ascii=escaped, separators=(",", ":"))
        try:
            return f'{{"kind":"{kind}",{body[1:]}\n'.encode()
        except UnicodeEncodeError:
            continue
    raise AssertionError("escaped JSON is ASCII")


def write(source: Source, path: Path, progress: Progress) -> None:
    """Write all of a source into one file."""
    with path.open("wb") as file:
        lines = Lines(file)
        lines.put("header", {"schema": SCHEMA, "case": source.name})
        coded = Coded(source)
        documents = 0
        for document in source.documents():
            _document(lines, source, document, coded)
            documents += 1
            progress(document.path)
        decisions = _decisions(lines, source.decisions())
        end = {"documents": documents, "decisions": decisions, "sha256": lines.sha256}
        lines.put("end", end)


class Coded:
    """The records whose words were replaced, taken from a source's stream as they are wanted."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._records: Iterator[Record] | None = None

    def record(self, document: str) -> Record | None:
        """The record of a document; documents are asked for in the order of the stream."""
        if self._records is None:
            self._records = self._source.records()
        return next((each for each in self._records if each.document.id == document), None)


def _document(lines: Lines, source: Source, document: CaseDocument, coded: Coded) -> None:
    kept = source.kept(document.id)
    record = _record(kept, document.id, coded)
    original = source.original(document.id)
    parts = [] if original is None else _parts(original)
    names = ("id", "path", "media_type", "size", "title", "publisher", "author", "published")
    told = {name: getattr(document, name) for name in names}
    told |= {name: getattr(kept, name) for name in ("reader", "reader_version", "known", "coded")}
    told |= {
        "text": None if record else kept.text,
        "text_sha256": hashlib.sha256(encode(kept.text)).hexdigest(),
        "layout": list(kept.layout),
        "warnings": list(document.warnings),
        "original": len(parts),
        "custody": [_custody(each, document) for each in source.custody(document.id)],
    }
    lines.put("document", told)
    for number, part in enumerate(parts, 1):
        body = base64.b64encode(part).decode("ascii")
        lines.put("original", {"document": document.id, "part": number, "base64": body})
    if record:
        lines.put("record", {"document": document.id, **record})


def _parts(original: bytes) -> list[memoryview]:
    view = memoryview(original)
    return [view[start : start + PART] for start in range(0, len(view) or 1, PART)]


def _custody(each: Custody, document: CaseDocument) -> dict[str, Any]:
    """A time it came in. Its number in the log is this case's own; its size that of the document,
    which a coded one has of its own.
    """
    names = ("at", "actor", "command", "path", "origin", "reader", "reader_version")
    return {name: getattr(each, name) for name in names} | {"size": document.size}


def _record(kept: Kept, document: str, coded: Coded) -> dict[str, Any] | None:
    if kept.version is None:
        return None
    body, sha256 = kept.record, kept.record_sha256
    if body is None:
        record = coded.record(document)
        if record is None:
            return None
        body = as_json(record)
        del body["text"]
        sha256 = None
    sha256 = sha256 or hashlib.sha256(canonical(body).encode()).hexdigest()
    return {"version": kept.version, "sha256": sha256, "record": {**body, "text": kept.text}}


def _decisions(lines: Lines, decisions: Iterator[Entry]) -> int:
    """Write decisions, numbered from 1; an undo of one that may not leave stays with it."""
    numbers: dict[int, int] = {}
    for entry in decisions:
        payload = dict(entry.payload)
        if "entry" in payload:
            if payload["entry"] not in numbers:
                continue
            payload["entry"] = numbers[payload["entry"]]
        number = numbers[entry.seq] = len(numbers) + 1
        told = {"number": number, "what": entry.kind, "payload": payload}
        told |= {name: getattr(entry, name) for name in ("at", "actor", "command")}
        lines.put("decision", told)
    return len(numbers)


FORMAT = Format(
    name="jsonl",
    endings=(".jsonl",),
    about="everything, for onrecord itself and for programs: `onrecord restore` makes the case "
    "again from it, and exports the same bytes",
    lacks="nothing that the case is made of. What the machine proposes of who is who is made anew "
    "by `onrecord resolve`; the log's own numbers and the releases it tells of stay with the case",
    write=write,
    whole=True,
)
