"""A case of many simulated reports, made fast: what exports read, put into its tables in bulk.

The records are faultless and nothing is extracted, searched or flushed to the disk; who is who is
what is true. `export_of` gives the same reports as a lossless export, to be restored.
"""

from __future__ import annotations

import base64
import hashlib
import uuid
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, update

from onrecord.model import content_id
from onrecord.pipeline import VERSION
from onrecord.products.export.jsonl import SCHEMA, Lines
from onrecord.simulation import SimulatedReport, simulate
from onrecord.store.facts import Facts
from onrecord.store.log import Author, canonical, hash_of, newest
from onrecord.store.resolved import keep, rows_of
from onrecord.store.session import Session
from onrecord.store.tables import CUSTODY, DOCUMENTS, ENTITIES, LOG, META, RECORDS, TEXTS

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
        stream = reports(number)
        while batch := list(islice(stream, AT_ONCE)):
            with writer.connection.begin():
                _insert(writer.connection, batch)
            for report in batch:
                _keep_original(session, report)
                people += _clusters(report)
        with writer.connection.begin():
            keep(writer.connection, AUTHOR, rows_of(people, ()), "1")
    session.close()


def _insert(connection: Connection, batch: list[SimulatedReport]) -> None:
    rows: dict[Table, list[Row]] = {
        table: [] for table in (LOG, DOCUMENTS, CUSTODY, TEXTS, RECORDS, ENTITIES)
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
    for each in report.record["entities"]:
        named = {name: each.get(name) for name in ("id", "type", "name", "country")}
        rows[ENTITIES].append(identity | named | {"mentions": len(each["mentions"])})


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
            _put(lines, report)
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
