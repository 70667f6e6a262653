"""What a bundle holds: the files under `data/`, written from what may leave."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.model import Record, as_json
from onrecord.products.bundle.bag import Bag, Written
from onrecord.products.export.source import Progress, Source, with_records
from onrecord.store.carrying import Kept
from onrecord.store.citations import encode, spans
from onrecord.store.log import canonical
from onrecord.store.reader import CaseDocument

Json = dict[str, Any]
_FACTS = ("id", "path", "media_type", "size", "title", "publisher", "author", "published")
_CUSTODY = ("seq", "at", "actor", "command", "path", "origin", "reader", "reader_version")


def write_documents(bag: Bag, source: Source, progress: Progress) -> dict[str, bool]:
    """Originals, texts, custody and records; returns by id, as it leaves, if its original is there.

    One document after the other: of each at most its original is held in memory.
    """
    held = {}
    with (
        bag.writing("data/documents.jsonl") as documents,
        bag.writing("data/custody.jsonl") as custody,
        bag.writing("data/record.jsonl") as records,
    ):
        for document, record in with_records(source):
            kept = source.kept(document.id)
            told = _document(bag, source, document, kept)
            put(documents, told)
            held[document.id] = told["original"] is not None
            for entry in source.custody(document.id):
                facts = {name: getattr(entry, name) for name in _CUSTODY}
                put(custody, {"document": document.id, "size": document.size} | facts)
            if record is not None:
                put(records, _record(document.id, record, kept))
            progress(document.path)
    return held


def write_lines(bag: Bag, name: str, lines: Iterable[Mapping[str, Any]]) -> None:
    """A file of JSON Lines."""
    with bag.writing(name) as file:
        for line in lines:
            put(file, line)


def put(file: Written, told: Mapping[str, Any]) -> None:
    """One object as a line; names sorted, escaped only where UTF-8 cannot hold it."""
    for escaped in (False, True):
        made = json.dumps(told, sort_keys=True, ensure_ascii=escaped, separators=(",", ":"))
        try:
            file.write(f"{made}\n".encode())
            return
        except UnicodeEncodeError:
            continue


def _document(bag: Bag, source: Source, document: CaseDocument, kept: Kept) -> Json:
    name = document.id.partition(":")[2]
    text = encode(kept.text)
    bag.write(f"data/texts/{name}.txt", text)
    original = source.original(document.id)
    if original is not None:
        bag.write(f"data/originals/{name}", original)
    return {field: getattr(document, field) for field in _FACTS} | {
        "text": f"data/texts/{name}.txt",
        "text_sha256": hashlib.sha256(text).hexdigest(),
        "original": None if original is None else f"data/originals/{name}",
        "reader": kept.reader,
        "reader_version": kept.reader_version,
        "coded": kept.coded,
        "warnings": list(kept.warnings),
    }


def _record(document: str, record: Record, kept: Kept) -> Json:
    """A record without its text, with its hash, and the words that each of its citations cites."""
    body = kept.record
    if body is None:
        told = as_json(record)
        del told["text"]
        body = json.loads(canonical(told))  # in the order of its names, as a sealed one has it
    return {
        "document": document,
        "version": kept.version,
        "sha256": hashlib.sha256(canonical(body).encode()).hexdigest(),
        "record": body,
        "citations": [
            [field, start, end, kept.text[start:end]] for field, (start, end) in spans(body)
        ],
    }
