"""Does everything still hold? Originals, texts, records, citations and log, each checked again.

Nothing is taken from a table that the log or the bytes can say: hashes are computed again, the
chain is walked, and every citation is read from the stored text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from onrecord.store import reviews
from onrecord.store.chain import Ledger, Problem, read_ledger, stayed_behind
from onrecord.store.citations import decode, derived
from onrecord.store.decisions import decisions, holding, rows
from onrecord.store.found import MADE, hash_of
from onrecord.store.resolved import last
from onrecord.store.tables import (
    CUSTODY,
    DECIDED,
    DERIVED,
    DOCUMENTS,
    PARAGRAPHS,
    PASSAGES,
    RECORDS,
    TEXTS,
)
from onrecord.store.vault import Vault

Advance = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked, and what does not hold.

    `without_original`: documents that came from another case without their bytes, as the log says.
    Their texts and records are checked; that they are what the originals say is not.
    """

    documents: int
    citations: int
    entries: int
    problems: tuple[Problem, ...]
    without_original: int = 0


def verify(connection: Connection, vault: Vault, advance: Advance) -> Report:
    """Check a whole case within one reading transaction; `advance` gets each document's path."""
    ledger, problems = read_ledger(connection)
    documents = citations = 0
    seen: set[str] = set()
    for row in connection.execute(select(DOCUMENTS).order_by(DOCUMENTS.c.seq)).all():
        advance(row.path)
        documents += 1
        seen.add(row.sha256)
        problems += _original(vault, ledger, row)
        problems += _custody(connection, ledger, row)
        text, found = _text(connection, ledger, row)
        problems += found
        count, found = _record(connection, ledger, row, text)
        citations += count
        problems += found
    problems += _without_rows(connection, ledger)
    problems += _decided(connection)
    problems += _resolved(connection)
    problems += _orphans(vault, seen)
    return Report(documents, citations, ledger.entries, tuple(problems), ledger.without_original())


_FROM_A_COPY = "put back the case from a copy, or take the document out of use"


def _original(vault: Vault, ledger: Ledger, row: Row[Any]) -> Iterator[Problem]:
    where = f"{row.id} ({row.path})"
    logged = ledger.acquired.get(row.id)
    if logged is None:
        yield Problem(
            "document without log entry",
            where,
            "the log does not say that this document was acquired",
            "the tail of the log was cut, or the document was put in from outside: compare a copy",
        )
    else:
        wanted = {"id": row.id, "sha256": logged["sha256"], "size": logged["size"]}
        wanted |= {"path": logged["path"], **logged["about"]}
        told = {name: getattr(row, name) for name in wanted}
        if told != wanted:
            yield Problem("document altered", where, _difference(told, wanted), _FROM_A_COPY)
    found = vault.sha256_of(row.sha256)
    if found is None and logged is not None and stayed_behind(logged):
        return
    if found is None:
        yield Problem(
            "original missing",
            where,
            f"{vault.path(row.sha256)} is not there",
            "put the file back from a copy: its name is its SHA-256",
        )
    elif found != row.id.removeprefix("sha256:"):
        yield Problem(
            "original altered",
            where,
            f"{vault.path(row.sha256)} hashes to {found}",
            "put the file back from a copy: its name is its SHA-256",
        )


def _custody(connection: Connection, ledger: Ledger, row: Row[Any]) -> Iterator[Problem]:
    query = select(CUSTODY).where(CUSTODY.c.document_id == row.id).order_by(CUSTODY.c.seq)
    logged = dict(ledger.custody.get(row.id, {}))
    for entry in connection.execute(query).mappings():
        told = logged.pop(entry["seq"], None)
        if told != {name: entry[name] for name in told or ()}:
            yield Problem(
                "custody altered" if told else "custody without log entry",
                f"{row.id} ({row.path}), entry {entry['seq']}",
                "the custody entry is not what the log says",
                "go by the log if its chain holds, else by a copy of the case",
            )
    for seq in logged:
        yield Problem(
            "custody missing",
            f"{row.id} ({row.path}), entry {seq}",
            "the log tells of a custody entry that is not there",
            "put back the case from a copy",
        )


def _text(
    connection: Connection, ledger: Ledger, row: Row[Any]
) -> tuple[str | None, list[Problem]]:
    where = f"{row.id} ({row.path})"
    stored = connection.execute(select(TEXTS).where(TEXTS.c.document_id == row.id)).first()
    if stored is None:
        what = "the document's text is not there"
        return None, [Problem("text missing", where, what, _FROM_A_COPY)]
    problems = []
    found = hashlib.sha256(stored.body).hexdigest()
    logged = ledger.acquired.get(row.id, {}).get("text_sha256", stored.sha256)
    if {found, stored.sha256} != {logged}:
        what = f"the stored text hashes to {found}; the log says {logged}"
        problems.append(Problem("text altered", where, what, _FROM_A_COPY))
    try:
        text = decode(stored.body)
    except UnicodeDecodeError as error:
        problems.append(Problem("text altered", where, f"it is not UTF-8: {error}", _FROM_A_COPY))
        return None, problems
    query = select(PARAGRAPHS).where(PARAGRAPHS.c.document_id == row.id)
    for part in connection.execute(query):
        if not 0 <= part.start < part.end <= len(text):
            what = f"the search index points outside of the text: {part.start} to {part.end}"
            problems.append(Problem("index altered", where, what, "put the case back from a copy"))
    return text, problems


_AGAIN = "run `onrecord add` on the document again to extract it anew, or put back a copy"


def _record(
    connection: Connection, ledger: Ledger, row: Row[Any], text: str | None
) -> tuple[int, list[Problem]]:
    where = f"{row.id} ({row.path})"
    stored = connection.execute(select(RECORDS).where(RECORDS.c.document_id == row.id)).first()
    logged = ledger.extracted.get(row.id)
    if stored is None:
        if logged is None:
            return 0, []
        what = "the log tells of a record that is not there"
        return 0, [Problem("record missing", where, what, _AGAIN)]
    problems = []
    found = hashlib.sha256(stored.body.encode()).hexdigest()
    if logged is None:
        what = "the log does not say that this record was extracted"
        problems.append(Problem("record without log entry", where, what, _AGAIN))
    elif {found, stored.sha256} != {logged["record_sha256"]}:
        what = f"the record hashes to {found}; the log says {logged['record_sha256']}"
        problems.append(Problem("record altered", where, what, _AGAIN))
    if text is None:
        return 0, problems
    count, wrong = _citations(connection, row, stored.body, text)
    return count, problems + wrong


def _citations(
    connection: Connection, row: Row[Any], body: str, text: str
) -> tuple[int, list[Problem]]:
    where = f"{row.id} ({row.path})"
    try:
        shown = reviews.corrected(connection, row.id, json.loads(body), text)
        expected = derived(row.id, shown, text)
    except (ValueError, KeyError, TypeError) as error:
        what = f"the record cannot be read: {error!r}"
        return 0, [Problem("record altered", where, what, _AGAIN)]
    problems = []
    for passage in expected[PASSAGES]:
        if not 0 <= passage["start"] < passage["end"] <= len(text):
            place = f"{where} {passage['field']}"
            what = f"it points outside of the text: {passage['start']} to {passage['end']}"
            problems.append(Problem("citation does not hold", place, what, _AGAIN))
    for table in DERIVED:
        problems += _compare(connection, table, row, expected[table])
    return len(expected[PASSAGES]), problems


def _compare(
    connection: Connection, table: Table, row: Row[Any], expected: list[dict[str, Any]]
) -> Iterator[Problem]:
    """Rows that are not what record and text say they should be."""
    keys = [column.name for column in table.primary_key]
    query = select(table).where(table.c.document_id == row.id)
    stored = {
        tuple(found[key] for key in keys): dict(found)
        for found in connection.execute(query).mappings()
    }
    kind = "citation does not hold" if table is PASSAGES else "look-up altered"
    for wanted in expected:
        key = tuple(wanted[name] for name in keys)
        found = stored.pop(key, None)
        if found != wanted:
            yield Problem(kind, _place(table, row, key), _difference(found, wanted), _AGAIN)
    for key in stored:
        what = "the record has nothing that this row could rest on"
        yield Problem(kind, _place(table, row, key), what, _AGAIN)


def _place(table: Table, row: Row[Any], key: tuple[Any, ...]) -> str:
    return f"{row.id} ({row.path}) {table.name} {' '.join(map(str, key[1:]))}"


def _difference(found: Mapping[str, Any] | None, wanted: Mapping[str, Any]) -> str:
    if found is None:
        return "the row is not there"
    names = [name for name in wanted if found[name] != wanted[name]]
    return "; ".join(f"{n} is {found[n]!r}, should be {wanted[n]!r}" for n in names)


def _without_rows(connection: Connection, ledger: Ledger) -> Iterator[Problem]:
    held = set(connection.execute(select(DOCUMENTS.c.id)).scalars())
    for document in ledger.acquired:
        if document not in held:
            path = ledger.acquired[document]["path"]
            yield Problem(
                "document missing",
                f"{document} ({path})",
                "the log tells of a document that is not there",
                "put back the case from a copy, or add the file again",
            )


_REBUILD = "run `onrecord rebuild`: it makes the tables anew from the originals and the log"


def _decided(connection: Connection) -> Iterator[Problem]:
    """Judgements and grades that are not what the log says holds."""
    try:
        wanted = holding(decisions(connection))
    except (ValueError, KeyError, TypeError, AttributeError):
        return  # The chain names the entry that cannot be read.
    for table in DECIDED:
        stored = rows(connection, table)
        for row in wanted[table]:
            key = tuple(row[column.name] for column in table.primary_key)
            found = stored.pop(key, None)
            if found != row:
                where = f"{table.name} {' '.join(key)}"
                yield Problem("decision altered", where, _difference(found, row), _REBUILD)
        for key in stored:
            what = "no decision in the log says so"
            where = f"{table.name} {' '.join(key)}"
            yield Problem("decision without log entry", where, what, _REBUILD)


def _resolved(connection: Connection) -> Iterator[Problem]:
    """Tables of a resolution that are not those that the log sealed."""
    try:
        told = last(connection) or {}
    except ValueError:
        return
    for table in MADE:
        sealed = told.get(f"{table.name}_sha256")
        held = connection.execute(select(table).limit(1)).first() is not None
        if sealed is None and held:
            what = "the log does not say that who is who was worked out"
            yield Problem("who is who altered", table.name, what, _REBUILD)
        elif sealed is not None and (sha256 := hash_of(connection, table)) != sealed:
            what = f"the rows hash to {sha256}; the log says {sealed}"
            yield Problem("who is who altered", table.name, what, _REBUILD)


def _orphans(vault: Vault, seen: set[str]) -> Iterator[Problem]:
    for path in vault.kept():
        if path.name not in seen or path != vault.path(path.name):
            yield Problem(
                "original without document",
                str(path),
                "no document of the case has this original",
                "find out who put it there; move it out of the case if it does not belong",
            )
