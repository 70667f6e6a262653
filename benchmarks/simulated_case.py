"""A case of many simulated reports, made fast: its tables filled in bulk, nothing extracted.

The records are faultless and nothing is flushed to the disk; who is who is what is true, until it
is worked out. `export_of` gives the same reports as a lossless export, to be restored.

    python benchmarks/simulated_case.py FOLDER [--reports 10000] [--resolve]
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import re
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, text, update

from onrecord.case import Case, finding
from onrecord.case.who import Answer
from onrecord.model import content_id
from onrecord.passages.segment import paragraphs
from onrecord.pipeline import VERSION
from onrecord.products.export.jsonl import SCHEMA, Lines
from onrecord.resolution.proposals import PROPOSALS
from onrecord.resolution.resolving import CLUSTERS
from onrecord.simulation import SimulatedReport, simulate
from onrecord.store import spelling
from onrecord.store.citations import derived
from onrecord.store.facts import Facts
from onrecord.store.found import Made
from onrecord.store.log import Author, canonical, hash_of, newest
from onrecord.store.resolved import keep, worked
from onrecord.store.session import Session
from onrecord.store.tables import (
    CUSTODY,
    DERIVED,
    DOCUMENTS,
    LOG,
    META,
    PARAGRAPHS,
    RECORDS,
    TEXTS,
    WORDS,
)
from onrecord.store.words import words

SEED = 11
EVENTS_FOR_A_REPORT = 0.16
"""About 6.6 reports tell of an event; a few events too many are never asked for."""
AT = "2026-01-01T00:00:00Z"
AUTHOR = Author("benchmark", "add")
AT_ONCE = 500

Row = dict[str, Any]


def reports(number: int) -> Iterator[SimulatedReport]:
    """So many reports of one world."""
    return islice(simulate(int(number * EVENTS_FOR_A_REPORT) + 50, SEED), number)


def make(folder: Path, number: int) -> None:
    """Make a case of so many reports in a new folder."""
    facts = Facts(uuid.uuid4().hex, f"{number} simulated reports")
    session = Session.create(folder, facts, AUTHOR)
    people: list[tuple[str, str]] = []
    with session.writing() as writer:
        driver = writer.connection.connection.dbapi_connection
        assert driver is not None
        for pragma in ("synchronous = OFF", "cache_size = -400000"):
            driver.execute(f"PRAGMA {pragma}")
        stream, searched = reports(number), _Searched()
        while batch := [_with_visits(report) for report in islice(stream, AT_ONCE)]:
            with writer.connection.begin():
                _insert(writer.connection, batch)
                searched.add(writer.connection, batch)
            for report in batch:
                _keep_original(session, report)
                people += _clusters(report)
        with writer.connection.begin():
            searched.count(writer.connection)
            _as_it_is(writer.connection, people)
            writer.connection.exec_driver_sql("ANALYZE")
    session.close()


def _as_it_is(connection: Connection, people: list[tuple[str, str]]) -> None:
    """Keep who is who as it truly is, with no question open, and all that is found with it."""
    import pyarrow as pa

    keys, named = zip(*sorted(people), strict=True)
    clusters = pa.table({"key": keys, "canonical": named}, schema=CLUSTERS)
    answer = Answer(clusters, PROPOSALS.empty_table(), ())
    with Made() as made:
        finding.work_out(connection, made, resolve=lambda *_: answer)
        keep(connection, AUTHOR, worked(connection, made, finding.VERSIONS))


class _Searched:
    """The index for search of reports that come in batches."""

    def __init__(self) -> None:
        self._paragraphs, self._words = 0, Counter[str]()

    def add(self, connection: Connection, batch: list[SimulatedReport]) -> None:
        """Index the paragraphs of some reports."""
        places: list[Row] = []
        terms: list[Row] = []
        for report in batch:
            for start, end in paragraphs(report.text):
                found = sorted({word for word, _ in words(report.text[start:end])})
                if not found:
                    continue
                self._paragraphs += 1
                self._words.update(found)
                place = {"id": self._paragraphs, "document_id": report.record["document"]["id"]}
                places.append(place | {"start": start, "end": end})
                terms.append({"id": self._paragraphs, "terms": " ".join(found)})
        connection.execute(insert(PARAGRAPHS), places)
        statement = "INSERT INTO paragraph_terms (rowid, terms) VALUES (:id, :terms)"
        connection.execute(text(statement), terms)

    def count(self, connection: Connection) -> None:
        """Put down in how many paragraphs each word stands."""
        counted = sorted(self._words.items())
        rows = [{"word": w, "length": len(w), "paragraphs": number} for w, number in counted]
        connection.execute(insert(WORDS), rows)
        spelling.keep_all(connection)


_VISIT = re.compile(r"([A-Z]\S+) (paid a visit to|visited|travelled to) ([A-Z]\S+?)\b")


def _with_visits(report: SimulatedReport) -> SimulatedReport:
    """The report with the visits it tells of as engagements, which the simulation does not code."""
    told = report.record
    begins, ends = (
        {s[at]: e["id"] for e in told["entities"] for s in e["mentions"]} for at in (0, 1)
    )
    identity, day = told["document"]["id"], told["document"]["published"]
    for match in _VISIT.finditer(report.text):
        visitor, place = ends.get(match.end(1)), begins.get(match.start(3))
        if visitor and place:
            span = [match.start(1), match.end(3)]
            visit = {"id": content_id("engagement", identity, *span), "type": "visit"}
            visit |= {"participants": [visitor], "status": "past", "span": span, "place": place}
            told["engagements"].append(visit | {"start": day, "end": None})
    return report


def _insert(connection: Connection, batch: list[SimulatedReport]) -> None:
    rows: dict[Table, list[Row]] = {
        table: [] for table in (LOG, DOCUMENTS, CUSTODY, TEXTS, RECORDS, *DERIVED)
    }
    seq, last = newest(connection)
    for report in batch:
        facts, sealed = _facts(report), _sealed(report)
        for kind, payload in (("acquired", facts), ("extracted", sealed["log"])):
            row = {"seq": seq + 1, "at": AT, "actor": AUTHOR.actor, "command": AUTHOR.command}
            row |= {"kind": kind, "payload": canonical(payload), "previous": last}
            seq, last = seq + 1, hash_of(row)
            rows[LOG].append(row | {"hash": last})
        _rows(rows, report, facts, sealed, seq)
    for table, held in rows.items():
        connection.execute(insert(table), held)
    for name, value in (("log_seq", str(seq)), ("log_hash", last)):
        connection.execute(update(META).where(META.c.name == name).values(value=value))


def _facts(report: SimulatedReport) -> Row:
    """What the log says of how a report came in."""
    told, data = report.record["document"], report.text.encode()
    digest = hashlib.sha256(data).hexdigest()
    path = f"{told['path']}-{digest[:8]}"
    about = {name: told.get(name) for name in ("media_type", "title", "publisher", "published")}
    facts = {"document": told["id"], "sha256": digest, "size": len(data), "path": path}
    facts |= {"origin": f"/{path}", "reader": "plain", "reader_version": "1"}
    return facts | {"text_sha256": digest, "about": about | {"author": None}}


def _sealed(report: SimulatedReport) -> Row:
    body = canonical({name: part for name, part in report.record.items() if name != "text"})
    digest = hashlib.sha256(body.encode()).hexdigest()
    log = {"document": report.record["document"]["id"], "record_sha256": digest}
    text = hashlib.sha256(report.text.encode()).hexdigest()
    return {"body": body, "log": log | {"text_sha256": text, "version": VERSION}}


def _rows(
    rows: dict[Table, list[Row]], report: SimulatedReport, facts: Row, sealed: Row, seq: int
) -> None:
    identity = {"document_id": facts["document"]}
    basic = {name: facts[name] for name in ("sha256", "size", "path")}
    rows[DOCUMENTS].append({"id": facts["document"], "seq": seq - 1, **basic, **facts["about"]})
    came = {name: facts[name] for name in ("path", "origin", "size", "reader", "reader_version")}
    at = {"at": AT, "actor": AUTHOR.actor, "command": AUTHOR.command}
    rows[CUSTODY].append(identity | came | at | {"seq": seq - 1})
    text = {"sha256": facts["text_sha256"], "body": report.text.encode(), "reader": "plain"}
    nothing = {"known": "{}", "layout": "[]", "warnings": "[]"}
    rows[TEXTS].append(identity | text | nothing | {"reader_version": "1"})
    log = sealed["log"]
    seal = {"sha256": log["record_sha256"], "text_sha256": log["text_sha256"], "version": VERSION}
    rows[RECORDS].append(identity | seal | {"seq": seq, "body": sealed["body"]})
    for table, made in derived(facts["document"], report.record, report.text).items():
        rows[table] += made


def _keep_original(session: Session, report: SimulatedReport) -> None:
    data = report.text.encode()
    path = session.vault.path(hashlib.sha256(data).hexdigest())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _clusters(report: SimulatedReport) -> Iterator[tuple[str, str]]:
    """Who each entity truly is; whom nothing is known of is one of its own."""
    people = {row["entity"]: row["person"] for row in report.truth["people"]}
    document = report.record["document"]["id"]
    for each in report.record["entities"]:
        key = f"{document}|{each['id']}"
        yield key, content_id("cluster", people.get(key, key))


def export_of(number: int, file: Path) -> None:
    """Write so many reports as a lossless export of a case."""
    with file.open("wb") as out:
        lines = Lines(out)
        lines.put("header", {"schema": SCHEMA, "case": f"{number} simulated reports"})
        written = 0
        for report in reports(number):
            _put(lines, _with_visits(report))
            written += 1
        lines.put("end", {"documents": written, "decisions": 0, "sha256": lines.sha256})


def _put(lines: Lines, report: SimulatedReport) -> None:
    facts, sealed = _facts(report), _sealed(report)
    identity = facts["document"]
    read = {name: facts[name] for name in ("path", "size", "reader", "reader_version")}
    came = {"at": AT, "actor": AUTHOR.actor, "command": AUTHOR.command, "origin": facts["origin"]}
    told = {"id": identity, "text": None, "text_sha256": facts["text_sha256"], "known": {}}
    told |= {"layout": [], "warnings": [], "coded": False, "original": 1}
    lines.put("document", {**told, **read, **facts["about"], "custody": [came | read]})
    body = base64.b64encode(report.text.encode()).decode("ascii")
    lines.put("original", {"document": identity, "part": 1, "base64": body})
    seal = {"version": VERSION, "sha256": sealed["log"]["record_sha256"]}
    lines.put("record", {"document": identity, "record": report.record, **seal})


def main() -> None:
    """Make a case, and with --resolve work out who is who and what is found in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=_AS_WRITTEN)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--resolve", action="store_true")
    asked = parser.parse_args()
    start = time.perf_counter()
    make(asked.folder, asked.reports)
    print(f"made {asked.reports} reports: {time.perf_counter() - start:.1f} s", flush=True)
    if asked.resolve:
        start = time.perf_counter()
        with Case.open(asked.folder) as case:
            print(case.resolve(progress=lambda told: _tell(told, start)))
        print(f"resolved: {time.perf_counter() - start:.1f} s")


def _tell(told: str, start: float) -> None:
    """Say what is done, and of a thing done many times only now and then."""
    if not re.match(r"\d+ of", told) or "0000 of" in told:
        print(f"{time.perf_counter() - start:8.1f} s  {told}", flush=True)


_AS_WRITTEN = argparse.RawDescriptionHelpFormatter

if __name__ == "__main__":
    main()
