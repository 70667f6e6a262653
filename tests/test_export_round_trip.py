"""A case written as JSON Lines, restored, and written again: the same bytes, and all holds."""

import importlib.util
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from onrecord.case import Case
from onrecord.errors import CaseError, UnreadableSource
from onrecord.products.door.policy import Recipient
from onrecord.products.export import jsonl
from onrecord.store.tables import CUSTODY, DOCUMENTS, GRADES, JUDGEMENTS, METADATA, RECORDS, TEXTS

ROOT = Path(__file__).parents[1]
REPORTS = ROOT / "onrecord" / "demo" / "reports"
INTERNAL, PUBLIC = Recipient("internal"), Recipient()


def exported(folder, out, recipient=INTERNAL):
    with (
        Case.open(folder, command="export") as case,
        case.release("record", form="jsonl", out=out, recipient=recipient) as release,
    ):
        jsonl.write(release, release.path(out.name), lambda _: None)
    return out.read_bytes()


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demo with a document that came in twice, and decisions of which some were undone."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / "again.txt").write_bytes(next(iter(sorted(REPORTS.glob("*.txt")))).read_bytes())
    with Case.create(folder / "case", name="River") as case:
        case.add([REPORTS, folder / "again.txt"])
        first, second = (case.record(d.id) for d in case.documents()[:2])
        left, right = (f"{r.document.id}|{r.entities[0].id}" for r in (first, second))
        case.judge(left, right, "different", why="two people of one name")
        case.grade(first.document.id, source_reliability="B", why="usually right")
        case.judge(left, right, "unsure")
        undone = case.undo()
        case.resolve()
        case.undo(undone.seq, why="it was right")
    return folder / "case"


def rows(case, table, without=("seq",)):
    with case._session.reading() as connection:
        found = connection.execute(select(table)).mappings()
        return sorted(tuple((n, v) for n, v in row.items() if n not in without) for row in found)


@pytest.mark.parametrize("recipient", [INTERNAL, PUBLIC], ids=["internal", "public"])
def test_the_demo_comes_back_byte_for_byte(recipient, demo, tmp_path):
    before = exported(demo, tmp_path / "one.jsonl", recipient)
    restored = Case.restore(tmp_path / "one.jsonl", tmp_path / "again")
    assert (restored.name, restored.without_original) == ("River", 0)
    assert exported(tmp_path / "again", tmp_path / "two.jsonl", recipient) == before


def test_what_is_restored_holds_and_can_be_made_anew(demo, tmp_path):
    exported(demo, tmp_path / "one.jsonl")
    Case.restore(tmp_path / "one.jsonl", tmp_path / "again", command="restore")
    with Case.open(demo) as first, Case.open(tmp_path / "again") as again:
        assert again.verify().problems == ()
        for table in (DOCUMENTS, CUSTODY, TEXTS, RECORDS, JUDGEMENTS, GRADES):
            assert rows(again, table) == rows(first, table), table.name
        before = {table.name: rows(again, table, ()) for table in METADATA.sorted_tables}
        again.rebuild()
        after = {table.name: rows(again, table, ()) for table in METADATA.sorted_tables}
        assert again.search("Ombrath") == first.search("Ombrath")
        entries = again.log()
    assert before == after
    assert entries[-1].kind == "restored"
    assert entries[-1].payload["documents"] == len(before["documents"]) > 30
    assert {e.command for e in entries if e.kind == "acquired"} == {"restore"}


@pytest.fixture(scope="module")
def simulated():
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        spec = importlib.util.spec_from_file_location(
            "simulated_case", ROOT / "benchmarks" / "simulated_case.py"
        )
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(ROOT / "benchmarks"))
    return module


def test_simulated_reports_come_back_byte_for_byte(simulated, tmp_path, database):
    simulated.export_of(100, tmp_path / "world.jsonl")
    Case.create(tmp_path / "case", database=database).close()
    restored = Case.restore(tmp_path / "world.jsonl", tmp_path / "case")
    assert restored.documents == 100
    with Case.open(tmp_path / "case") as case:
        assert case.name == "100 simulated reports"
        assert case.verify().problems == ()
    again = exported(tmp_path / "case", tmp_path / "again.jsonl")
    assert again == (tmp_path / "world.jsonl").read_bytes()


def test_a_case_made_in_bulk_is_one_that_holds(simulated, tmp_path):
    simulated.make(tmp_path / "case", 30)
    simulated.export_of(30, tmp_path / "world.jsonl")
    assert (
        exported(tmp_path / "case", tmp_path / "out.jsonl")
        == (tmp_path / "world.jsonl").read_bytes()
    )


def test_only_an_empty_case_is_filled(demo, simulated, tmp_path):
    simulated.export_of(3, tmp_path / "world.jsonl")
    before = exported(demo, tmp_path / "before.jsonl")
    with pytest.raises(CaseError, match="is not empty"):
        Case.restore(tmp_path / "world.jsonl", demo)
    assert exported(demo, tmp_path / "after.jsonl") == before
    with Case.open(demo) as case:
        assert case.verify().problems == ()


def test_nothing_is_half_restored(simulated, tmp_path):
    file = tmp_path / "world.jsonl"
    simulated.export_of(20, file)
    lines = file.read_bytes().splitlines(keepends=True)
    told = json.loads(lines[40])
    told["reader"] = "another"
    file.write_bytes(b"".join([*lines[:40], json.dumps(told).encode() + b"\n", *lines[41:]]))
    with pytest.raises(UnreadableSource, match="line 62: the file was altered"):
        Case.restore(file, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    Case.create(tmp_path / "begun").close()
    with pytest.raises(UnreadableSource, match="line 62"):
        Case.restore(file, tmp_path / "begun")
    with Case.open(tmp_path / "begun") as case:
        assert case.verify().problems == ()
        assert case.status().documents == 0
        assert not list(case._session.vault.kept())


def test_a_record_that_does_not_hold_together_is_refused(simulated, tmp_path):
    file = tmp_path / "world.jsonl"
    simulated.export_of(1, file)
    header, document, original, record, _ = file.read_bytes().splitlines()
    told = json.loads(record)
    told["record"]["acts"] = [dict(each, id="act:0000000000000000") for each in _acts(told)]
    file.write_bytes(b"\n".join([header, document, original, json.dumps(told).encode(), b""]))
    with pytest.raises(UnreadableSource, match=r"line 4: (the record|two of the record's acts)"):
        Case.restore(file, tmp_path / "new")


def _acts(told):
    return told["record"]["acts"] * 2


RESTORE = """
import sys
from onrecord.case import Case

Case.restore(sys.argv[1], sys.argv[2], progress=lambda path: print(path, flush=True))
"""


def test_killed_while_restoring_the_case_is_empty_and_can_be_filled(simulated, tmp_path):
    simulated.export_of(40, tmp_path / "world.jsonl")
    command = [sys.executable, "-c", RESTORE, tmp_path / "world.jsonl", tmp_path / "case"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    for _ in range(10):
        process.stdout.readline()
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    with Case.open(tmp_path / "case") as case:
        assert case.status().documents == 0
        assert case.verify().problems == ()
    Case.restore(tmp_path / "world.jsonl", tmp_path / "case")
    with Case.open(tmp_path / "case") as case:
        assert case.verify().problems == ()
        assert case.status().documents == 40


def test_documents_without_originals_are_told_of(demo, tmp_path):
    """As a careful export may leave them: without bytes, without who brought them."""
    file = tmp_path / "one.jsonl"
    exported(demo, file)
    lines = [json.loads(line) for line in file.read_bytes().splitlines()]
    first = lines[1]["id"]
    lines = [line for line in lines if (line["kind"], line.get("document")) != ("original", first)]
    lines[1] |= {"original": 0}
    for came in lines[1]["custody"]:
        came |= {"origin": "", "actor": "", "command": ""}
    _write(file, lines)
    restored = Case.restore(file, tmp_path / "case")
    assert restored.without_original == 1
    with Case.open(tmp_path / "case") as case:
        report = case.verify()
        assert (report.problems, report.without_original) == ((), 1)
        before = case.record(first)
        case.rebuild()
        assert case.record(first) == before
        assert case.verify().problems == ()
        path = case._session.vault.path(case.documents()[1].id.removeprefix("sha256:"))
        path.unlink()
        assert [p.kind for p in case.verify().problems] == ["original missing"]


def _write(file, lines):
    with file.open("wb") as out:
        written = jsonl.Lines(out)
        for line in lines:
            kind = line.pop("kind")
            written.put(kind, line if kind != "end" else line | {"sha256": written.sha256})


def test_a_protected_person_stays_behind_and_the_rest_comes_back(tmp_path):
    text = (
        "Selmouth, 4 March 2021 (Norden Wire): Ilka Varn said that soldiers had killed four men.\n"
    )
    (tmp_path / "varn.txt").write_text(text, encoding="utf-8")
    (tmp_path / "other.txt").write_text("Oda Selwin said that it had rained.\n", encoding="utf-8")
    with Case.create(tmp_path / "case") as case:
        case.add([tmp_path / "varn.txt", tmp_path / "other.txt"])
        case.protect("Ilka Varn")
    before = exported(tmp_path / "case", tmp_path / "one.jsonl", PUBLIC)
    assert b"Varn" not in before
    restored = Case.restore(tmp_path / "one.jsonl", tmp_path / "again")
    assert (restored.documents, restored.without_original) == (2, 1)
    with Case.open(tmp_path / "again") as case:
        assert case.verify().problems == ()
        coded = case.record(next(d.id for d in case.documents() if d.id.startswith("coded:")))
        assert "soldiers had killed four men" in coded.text
        case.rebuild()
        assert case.record(coded.document.id) == coded
    assert exported(tmp_path / "again", tmp_path / "two.jsonl", PUBLIC) == before
