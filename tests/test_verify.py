"""Every tampering is found and named, on both engines."""

import hashlib
import json

import pytest
from sqlalchemy import delete, insert, select, update

from onrecord.case import Case
from onrecord.store.log import append, canonical, hash_of
from onrecord.store.migrations import MIGRATIONS
from onrecord.store.tables import (
    ACTS,
    CUSTODY,
    DERIVED,
    DOCUMENTS,
    ENTITIES,
    LOG,
    META,
    PASSAGES,
    RECORDS,
    TEXTS,
)

FIRST = (
    "Selmouth, 4 March 2021 — The governor of Arvania, Tomas Ostrel, accused the Lowland Guard "
    "of abducting two teachers.\n\n“We hold nobody,” said Ilka Varn, who leads the Guard.\n"
)
SECOND = "A commission in Selmouth found that soldiers had killed at least three villagers.\n"

ACQUIRED = len(MIGRATIONS) + 1
"""The first document's entry in the log; a published version adds migrations before it."""
EXTRACTED = ACQUIRED + 2
LAST = EXTRACTED + 1


@pytest.fixture
def case(tmp_path, database):
    """Two documents; the log: migrations, two entries `acquired`, two `extracted`."""
    for name, text in (("first.txt", FIRST), ("second.txt", SECOND)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    with Case.create(tmp_path / "case", database=database) as case:
        case.add([tmp_path / "first.txt", tmp_path / "second.txt"])
        yield case


@pytest.fixture
def change(case):
    """A function that runs a statement behind the case's back; the log's guards are taken down."""

    def run(statement):
        with case._session._engine.begin() as connection:
            on = " ON log" if connection.dialect.name == "postgresql" else ""
            for guard in ("log_is_not_changed", "log_is_not_cut"):
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {guard}{on}")
            return connection.execute(statement)

    return run


def found(case):
    return {(problem.kind, problem.where) for problem in case.verify().problems}


def kinds(case):
    return {problem.kind for problem in case.verify().problems}


def named(document):
    return f"{document.id} ({document.path})"


def test_an_untouched_case_holds(case):
    told = []
    report = case.verify(progress=told.append)
    assert (report.documents, report.entries, report.problems) == (2, LAST, ())
    assert report.citations >= 5
    assert told == [document.path for document in case.documents()]


def test_one_byte_of_an_original(case):
    first = case.documents()[0]
    path = case._session.vault.path(first.id.removeprefix("sha256:"))
    data = bytearray(path.read_bytes())
    data[7] ^= 1
    path.chmod(0o644)
    path.write_bytes(data)
    assert found(case) == {("original altered", named(first))}


def test_a_missing_original(case):
    first = case.documents()[0]
    case._session.vault.path(first.id.removeprefix("sha256:")).unlink()
    assert found(case) == {("original missing", named(first))}


def test_an_original_of_no_document(case):
    stray = case._session.vault.path("ab" * 32)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"stray")
    assert found(case) == {("original without document", str(stray))}


@pytest.mark.parametrize("cover", [False, True], ids=["plain", "with the table's hash"])
def test_one_byte_of_a_stored_text(case, change, cover):
    first = case.documents()[0]
    body = bytearray(FIRST.encode())
    body[0:1] = b"B"
    values = {"body": bytes(body)}
    if cover:
        values["sha256"] = hashlib.sha256(body).hexdigest()
    change(update(TEXTS).where(TEXTS.c.document_id == first.id).values(values))
    problems = found(case)
    assert ("text altered", named(first)) in problems
    assert any(kind == "citation does not hold" for kind, _ in problems)
    assert all(first.id in where for _, where in problems)


def test_a_stored_text_that_is_no_text(case, change):
    first = case.documents()[0]
    change(update(TEXTS).where(TEXTS.c.document_id == first.id).values(body=b"\xff\xfe"))
    assert found(case) == {("text altered", named(first))}


@pytest.mark.parametrize("column", ["at", "actor", "command", "kind", "payload", "hash"])
def test_one_byte_of_a_log_entry(case, change, column):
    with case._session.reading() as connection:
        old = connection.execute(select(LOG.c[column]).where(LOG.c.seq == EXTRACTED)).scalar_one()
    middle = len(old) // 2
    new = old[:middle] + ("0" if old[middle] != "0" else "1") + old[middle + 1 :]
    change(update(LOG).where(LOG.c.seq == EXTRACTED).values({column: new}))
    assert ("log entry altered", f"log entry {EXTRACTED}") in found(case)


def test_an_entry_altered_and_sealed_anew(case, change):
    with case._session.reading() as connection:
        row = dict(connection.execute(select(LOG).where(LOG.c.seq == ACQUIRED)).mappings().one())
    row["actor"] = "nobody"
    change(update(LOG).where(LOG.c.seq == ACQUIRED).values(actor="nobody", hash=hash_of(row)))
    assert ("log chain broken", f"log entry {ACQUIRED + 1}") in found(case)


@pytest.mark.parametrize("seq", [1, ACQUIRED - 1, ACQUIRED + 1, EXTRACTED])
def test_a_dropped_entry(case, change, seq):
    change(delete(LOG).where(LOG.c.seq == seq))
    assert ("log entry dropped", f"log entry {seq}") in found(case)


def test_a_cut_tail(case, change):
    change(delete(LOG).where(LOG.c.seq >= EXTRACTED))
    problems = found(case)
    assert ("log entry dropped", f"log entry {EXTRACTED}") in problems
    assert ("log entry dropped", f"log entry {LAST}") in problems
    assert ("record without log entry", named(case.documents()[0])) in problems


def test_a_cut_tail_with_its_traces_removed(case, change):
    with case._session.reading() as connection:
        head = connection.execute(select(LOG.c.hash).where(LOG.c.seq == EXTRACTED)).scalar_one()
    change(delete(LOG).where(LOG.c.seq == LAST))
    change(update(META).where(META.c.name == "log_seq").values(value=str(EXTRACTED)))
    change(update(META).where(META.c.name == "log_hash").values(value=head))
    assert found(case) == {("record without log entry", named(case.documents()[1]))}


def test_an_entry_added_behind_the_back(case, change):
    with case._session.reading() as connection:
        row = dict(connection.execute(select(LOG).where(LOG.c.seq == LAST)).mappings().one())
    row |= {"seq": LAST + 1, "previous": row["hash"]}
    change(insert(LOG).values(row | {"hash": hash_of(row)}))
    assert {kind for kind, _ in found(case)} == {"log chain broken"}


@pytest.mark.parametrize(
    ("one", "other"),
    [(ACQUIRED - 1, ACQUIRED), (ACQUIRED, ACQUIRED + 1), (ACQUIRED - 1, EXTRACTED)],
)
@pytest.mark.parametrize("whole", [True, False], ids=["with hashes", "contents only"])
def test_two_swapped_entries(case, change, one, other, whole):
    names = [c.name for c in LOG.c if c.name != "seq"]
    if not whole:
        names = [name for name in names if name not in ("previous", "hash")]
    with case._session.reading() as connection:
        rows = {
            row["seq"]: row
            for row in connection.execute(select(LOG).where(LOG.c.seq.in_((one, other)))).mappings()
        }
    for to, of in ((one, other), (other, one)):
        values = {name: rows[of][name] for name in names}
        change(update(LOG).where(LOG.c.seq == to).values(values))
    kind = "log entry moved" if whole else "log entry altered"
    assert {(kind, f"log entry {one}"), (kind, f"log entry {other}")} <= found(case)


@pytest.mark.parametrize("column", ["start", "exact", "prefix", "suffix"])
def test_a_changed_passage(case, change, column):
    first = case.documents()[0]
    with case._session.reading() as connection:
        row = connection.execute(
            select(PASSAGES).where(PASSAGES.c.document_id == first.id, PASSAGES.c.start > 0)
        ).first()
    value = row.start - 1 if column == "start" else b"forged"
    change(
        update(PASSAGES)
        .where(PASSAGES.c.document_id == first.id, PASSAGES.c.field == row.field)
        .values({column: value})
    )
    where = f"{named(first)} passages {row.field}"
    assert found(case) == {("citation does not hold", where)}


def test_a_dropped_and_an_added_passage(case, change):
    with case._session.reading() as connection:
        row = dict(connection.execute(select(PASSAGES)).mappings().first())
    match = (PASSAGES.c.document_id == row["document_id"]) & (PASSAGES.c.field == row["field"])
    change(delete(PASSAGES).where(match))
    assert kinds(case) == {"citation does not hold"}
    change(insert(PASSAGES).values(row))
    assert kinds(case) == set()
    change(insert(PASSAGES).values(row | {"field": "/acts/99/span"}))
    assert kinds(case) == {"citation does not hold"}


@pytest.mark.parametrize("cover", [False, True], ids=["plain", "with the table's hash"])
def test_a_changed_record(case, change, cover):
    first = case.documents()[0]
    with case._session.reading() as connection:
        query = select(RECORDS.c.body).where(RECORDS.c.document_id == first.id)
        record = json.loads(connection.execute(query).scalar_one())
    record["document"]["path"] = "elsewhere.txt"
    values = {"body": canonical(record)}
    if cover:
        values["sha256"] = hashlib.sha256(values["body"].encode()).hexdigest()
    change(update(RECORDS).where(RECORDS.c.document_id == first.id).values(values))
    assert found(case) == {("record altered", named(first))}


def test_a_record_that_points_outside_of_its_text(case, change):
    first = case.documents()[0]
    with case._session.reading() as connection:
        query = select(RECORDS.c.body).where(RECORDS.c.document_id == first.id)
        record = json.loads(connection.execute(query).scalar_one())
    record["entities"][0]["mentions"][0] = [5, 10_000]
    body = canonical(record)
    change(update(RECORDS).where(RECORDS.c.document_id == first.id).values(body=body))
    assert (
        "citation does not hold",
        f"{named(first)} /entities/0/mentions/0",
    ) in found(case)


def test_a_record_that_is_gone(case, change):
    second = case.documents()[1]
    for table in (*reversed(DERIVED), RECORDS):
        change(delete(table).where(table.c.document_id == second.id))
    assert found(case) == {("record missing", named(second))}


def test_a_document_that_is_gone(case, change):
    with case._session.writing() as writer, writer.connection.begin():
        append(
            writer.connection,
            writer.author,
            "acquired",
            dict(case.log()[ACQUIRED - 1].payload)
            | {"document": "sha256:gone", "path": "gone.txt"},
        )
    assert found(case) == {("document missing", "sha256:gone (gone.txt)")}


@pytest.mark.parametrize(
    ("table", "column", "value", "kind"),
    [
        (DOCUMENTS, "path", "elsewhere.txt", "document altered"),
        (DOCUMENTS, "size", 3, "document altered"),
        (CUSTODY, "actor", "nobody", "custody altered"),
        (CUSTODY, "origin", "/elsewhere.txt", "custody altered"),
        (ENTITIES, "name", "Somebody Else", "look-up altered"),
        (ACTS, "type", "other", "look-up altered"),
    ],
)
def test_a_changed_row(case, change, table, column, value, kind):
    with case._session.reading() as connection:
        key = connection.execute(select(*table.primary_key)).first()
    match = [column == part for column, part in zip(table.primary_key, key, strict=True)]
    change(update(table).where(*match).values({column: value}))
    assert kind in kinds(case)


def test_the_log_refuses_change(case):
    for statement in (update(LOG).values(actor="nobody"), delete(LOG)):
        with (
            pytest.raises(Exception, match="append-only"),
            case._session._engine.begin() as connection,
        ):
            connection.execute(statement)
    assert found(case) == set()
