"""A case as tables: documents, entities, claims and acts, made from records in batches.

What works on the whole case (blocking, near copies, pairs, counts) works on these, so that millions
of mentions need never be Python objects all at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.dates import bounds
from onrecord.resolution.entity_rows import entity_rows
from onrecord.resolution.schemas import ACTS, CLAIMS, DOCUMENTS, ENTITIES
from onrecord.resolution.spellings import writable

Row = dict[str, Any]
RecordJson = Mapping[str, Any]
BATCH = 1000
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Tables:
    """The four tables of a case, or of a batch of its documents; columns as in `schemas`."""

    documents: pa.Table
    entities: pa.Table
    claims: pa.Table
    acts: pa.Table


SCHEMAS = {"documents": DOCUMENTS, "entities": ENTITIES, "claims": CLAIMS, "acts": ACTS}


def tables(records: Iterable[RecordJson]) -> Tables:
    """The tables of records in the format `onrecord/record/1`, as parsed JSON, in their order."""
    parts = list(batches(records)) or [_batch([])]
    return Tables(**{name: pa.concat_tables([getattr(p, name) for p in parts]) for name in SCHEMAS})


def batches(records: Iterable[RecordJson], *, size: int = BATCH) -> Iterator[Tables]:
    """As `tables`, for `size` documents at a time: no more than one batch is held."""
    waiting = iter(records)
    while batch := list(islice(waiting, size)):
        yield _batch(batch)


def write_tables(records: Iterable[RecordJson], folder: Path, *, size: int = BATCH) -> None:
    """Write the tables as `FOLDER/NAME.parquet`, a batch at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    writers = {
        n: pq.ParquetWriter(folder / f"{n}.parquet", schema) for n, schema in SCHEMAS.items()
    }
    try:
        for batch in batches(records, size=size):
            for name, writer in writers.items():
                writer.write_table(getattr(batch, name))
    finally:
        for writer in writers.values():
            writer.close()


def read_tables(folder: Path) -> Tables:
    """The tables that `write_tables` wrote."""
    return Tables(**{name: pq.read_table(folder / f"{name}.parquet") for name in SCHEMAS})


def key_of(document: str, local: str) -> str:
    """The key of an entity, claim or act of a document."""
    return f"{document}|{local}"


def days_of(edtf: str | None) -> tuple[int | None, int | None]:
    """The first and last day an EDTF date may mean, counted from 1970-01-01; None where open."""
    return _days_of(edtf) if edtf else (None, None)


@lru_cache(maxsize=65536)
def _days_of(edtf: str) -> tuple[int | None, int | None]:
    first, last = bounds(edtf)
    return (first - _EPOCH).days if first else None, (last - _EPOCH).days if last else None


def _batch(records: list[RecordJson]) -> Tables:
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
    for record in records:
        rows["documents"].append(_document_row(record))
        rows["acts"] += _act_rows(record)
        rows["claims"] += _claim_rows(record)
        rows["entities"] += entity_rows(record, days_of)
    made = {n: pa.Table.from_pylist(rows[n], schema=schema) for n, schema in SCHEMAS.items()}
    return Tables(**made)


def _document_row(record: RecordJson) -> Row:
    document = record["document"]
    known = ("path", "publisher", "published", "title", "language")
    row = {n: writable(document.get(n) or "") or None for n in known}
    channel = writable((document.get("channel") or {}).get("text") or "") or None
    return {"key": document["id"], "text": writable(record["text"]), "channel": channel, **row}


def _claim_rows(record: RecordJson) -> Iterator[Row]:
    text, document = record["text"], record["document"]["id"]
    publisher = writable(record["document"].get("publisher") or "") or None
    for claim in record.get("claims", ()):
        row = {n: claim[n] for n in ("kind", "quote", "modality", "polarity")}
        links = [{**link, "words": _words(text, link.get("span"))} for link in claim["attribution"]]
        of_level = {link["level"]: link for link in reversed(links)}
        speaker = of_level.get("speaker", {})
        yield {
            **row,
            "key": key_of(document, claim["id"]),
            "document": document,
            "text": " ".join(writable(text[start:end]) for start, end in claim["content"]),
            "cue": _words(text, claim.get("cue")),
            "speaker": _entity_key(document, speaker.get("entity")),
            "speaker_words": speaker.get("words"),
            "cited": [
                {"entity": _entity_key(document, link.get("entity")), "words": link["words"]}
                for link in links
                if link["level"] == "cited"
            ],
            "channel": of_level.get("channel", {}).get("words"),
            "publisher": of_level.get("publisher", {}).get("words") or publisher,
            "start": min((start for start, _ in claim["content"]), default=0),
        }


def _act_rows(record: RecordJson) -> Iterator[Row]:
    text, document = record["text"], record["document"]["id"]
    entities = {entity["id"]: entity for entity in record.get("entities", ())}
    told = {act: event["id"] for event in record.get("events", ()) for act in event["acts"]}
    for act in record.get("acts", ()):
        place = entities.get(act.get("place") or "", {})
        point = place.get("location") or {}
        first, last = days_of(act.get("date"))
        yield {
            **{n: act[n] for n in ("type", "modality", "polarity")},
            **{n: act.get(n) for n in ("date",)},
            **_counted([v["count"] for v in act["victims"] if v.get("count")]),
            "key": key_of(document, act["id"]),
            "document": document,
            "event": key_of(document, told[act["id"]]) if act["id"] in told else None,
            "text": _words(text, act["span"]),
            "first": first,
            "last": last,
            "place": _entity_key(document, act.get("place")),
            "place_name": writable(place.get("name") or "") or None,
            "lat": point.get("lat"),
            "lon": point.get("lon"),
            "country": place.get("country"),
            "perpetrators": _keys(document, act["perpetrators"]),
            "victims": _keys(document, act["victims"]),
            "claims": [key_of(document, claim) for claim in act["claims"]],
            "sentence": _sentence(text, *act["span"]),
            "start": act["span"][0],
        }


_END = re.compile(r"[.!?\u06d4\u061f][\s\"\u201d\u2019)]|\n")
_REACH = 400
"""Characters: where no sentence ends for so long, it is cut."""


def _sentence(text: str, start: int, end: int) -> str:
    """The words around a stretch of text, as far as a sentence or a line ends on either side."""
    least = max(0, start - _REACH)
    before = [found.end() for found in _END.finditer(text, least, start)]
    after = _END.search(text, end, min(len(text), end + _REACH))
    last = after.start() if after else min(len(text), end + _REACH)
    return writable(text[before[-1] if before else least : last].strip())


def _counted(counts: list[Row]) -> Row:
    """The sum of several counts; open where one of them is open."""
    if not counts:
        return {}
    least = [count["min"] for count in counts if count.get("min") is not None]
    most = [count["max"] for count in counts if count.get("max") is not None]
    return {
        "count_min": sum(least) if least else None,
        "count_max": sum(most) if len(most) == len(counts) else None,
        "count_text": "; ".join(writable(count["text"]) for count in counts),
    }


def _keys(document: str, parties: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(key_of(document, party["entity"]) for party in parties))


def _entity_key(document: str, local: str | None) -> str | None:
    return key_of(document, local) if local else None


def _words(text: str, span: tuple[int, int] | None) -> str | None:
    return writable(text[span[0] : span[1]]) if span else None
