"""FollowTheMoney: entities as JSON lines, for OpenAleph and whatever reads its model.

One document after another; each entity is one of one document. Whom the case takes for one is told
by `Similar`, with who says so: the machine proposes, and what a person decided is named as such.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from onrecord.model import Record
from onrecord.products.export.ftm_entities import Item, Writer, claim, document, entity
from onrecord.products.export.ftm_happenings import act, demand, engagement, event, relation
from onrecord.products.export.ftm_same import Same
from onrecord.products.export.source import Format, Progress, Source

LACKS = (
    "No property for a chain of attribution, kind, modality and polarity of a claim, offsets, "
    "involvement, counts with bounds, and the words that a sex, an age or a date rests on: these "
    "stand as marks among keywords and record ids, and come back here, but other programs show "
    "them as words. Dates without a year, about a day or one of several days are kept as EDTF in "
    "marks and in words in notes; no date property holds them. A place can't be involved in an "
    "event; a group of people is a LegalEntity; a relation whose ends no schema takes is an "
    "UnknownLink, one without a second end a Note. Folders of files, originals, judgements other "
    "than `same`, grades and the log are not in it; who is taken for one is told, and not taken in "
    "again. Text is composed (NFC) and freed of invisible "
    "characters; where that changes it, its exact characters are kept beside it."
)


def entities(record: Record, known: dict[str, Any] | None = None) -> Iterator[Item]:
    """The entities of one record; `known` holds further properties of its document."""
    writer = Writer(record)
    yield from document(writer, known or {})
    for each in record.entities:
        yield from entity(writer, each)
    for said in record.claims:
        yield claim(writer, said)
    for tie in record.relations:
        yield from relation(writer, tie)
    for done in record.acts:
        yield from act(writer, done)
    yield from (event(writer, each) for each in record.events)
    yield from (demand(writer, each) for each in record.demands)
    yield from (engagement(writer, each) for each in record.engagements)


def export(source: Source, progress: Progress) -> Iterator[Item]:
    """The entities of a case, document by document."""
    same = Same(source)
    for record in source.records():
        yield from entities(record, custody(source, record.document.id))
        yield from same.met(record)
        progress(record.document.path)
    yield from same.judged()


def custody(source: Source, document_id: str) -> dict[str, Any]:
    """When a document came in, and by what it was read; with its original at hand, its SHA-1.

    FollowTheMoney names files by SHA-1, by which its archives find them.
    """
    found: dict[str, Any] = {}
    times = source.custody(document_id)
    if times:
        found["retrievedAt"] = times[0].at.removesuffix("Z")
        found["processingAgent"] = f"onrecord {times[-1].reader} {times[-1].reader_version}"
    data = source.original(document_id)
    if data is not None:
        found["contentHash"] = hashlib.sha1(data, usedforsecurity=False).hexdigest()
        found["fileSize"] = str(len(data))
    return found


def line(item: Item) -> str:
    """An entity as one line of JSON, its id first, as FollowTheMoney's own programs write it."""
    return json.dumps(item, ensure_ascii=False, separators=(",", ":")) + "\n"


def write(source: Source, path: Path, progress: Progress) -> None:
    """Write the entities of a case as JSON lines."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for item in export(source, progress):
            file.write(line(item))


FORMAT = Format(
    name="ftm",
    endings=(".ftm.json", ".ftm.jsonl", ".ijson"),
    about="FollowTheMoney entities, one a line, for OpenAleph and other programs of its family",
    lacks=LACKS,
    write=write,
)
