"""The case: one body of tests, run on SQLite and on PostgreSQL."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import update

from onrecord.case import Case
from onrecord.errors import CaseError, CaseExists, CaseLocked, CaseTooNew, NoCase, NotFound
from onrecord.model import Record, as_json, from_json
from onrecord.passages.head import Head
from onrecord.pipeline import extract_text
from onrecord.store.reader import job
from onrecord.store.search import PASSAGE
from onrecord.store.tables import DOCUMENTS
from onrecord.store.writer import Acquisition

RIVER = (
    "Selmouth, 4 March 2021 — The governor of Arvania, Tomas Ostrel, accused the Lowland Guard "
    "of abducting two teachers.\n\nA spokesman for the Guard, Ilka Varn, denied it. "
    '"We hold nobody," Varn said.\n'
)
HARBOUR = "In Selmouth harbour, the guild of dockers said that Ilka Vaarn had threatened them.\n"


@pytest.fixture
def reports(tmp_path):
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    (folder / "river.txt").write_text(RIVER, encoding="utf-8")
    return folder


@pytest.fixture
def case(tmp_path, database):
    with Case.create(tmp_path / "case", database=database) as case:
        yield case


def test_what_is_added_is_kept_whole(case, reports):
    report = case.add([reports])
    assert (len(report.added), report.already, report.extracted, report.refused) == (2, [], 2, [])
    data = (reports / "river.txt").read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    original = case.folder / "originals" / digest[:2] / digest
    assert original.read_bytes() == data
    assert original.stat().st_mode & 0o777 == 0o444
    assert [Path(d.path).name for d in case.documents()] == ["harbour.txt", "river.txt"]
    assert all(document.extracted for document in case.documents())
    assert case.verify().problems == ()


def test_records_are_those_of_the_pipeline(case, reports):
    case.add([reports])
    path = str(reports / "river.txt")
    digest = hashlib.sha256(RIVER.encode()).hexdigest()
    assert case.record(path) == extract_text(RIVER, path=path, sha256=digest)
    assert case.record(digest[:8]) == case.record(f"sha256:{digest}")
    assert [Path(r.document.path).name for r in case.records()] == ["harbour.txt", "river.txt"]
    with pytest.raises(NotFound):
        case.record("no such document")


def test_what_a_reader_saw_reaches_the_record(case, tmp_path):
    paragraph = "<p>Tomas Ostrel, who governs Arvania, said that the mill in Selmouth burned.</p>"
    page = (
        '<html lang="en"><head><title>A mill burned</title>'
        '<meta property="og:site_name" content="The Arvania Post">'
        '<meta property="article:published_time" content="2021-03-04"></head><body><article>'
        f"<h1>A mill burned</h1><p>The Arvania Post, 4 March 2021</p>{paragraph}{paragraph * 2}"
        "</article></body></html>"
    )
    (tmp_path / "mill.html").write_text(page, encoding="utf-8")
    (document,) = case.add([tmp_path / "mill.html"]).added
    record, (held,) = case.record(document), case.documents()
    assert record == from_json(Record, as_json(record))
    assert (held.title, held.published) == ("A mill burned", "2021-03-04")
    assert (record.document.title, record.document.published) == (held.title, held.published)
    with case._session.writing() as writer, writer.reading() as connection:
        known = from_json(Head, job(connection, document).known)
    (start, end) = known.published[1]
    assert "2021" in record.text[start:end]
    assert known.published[1] == (start, end)
    assert case.verify().problems == ()


def test_adding_again_adds_nothing(case, reports):
    case.add([reports])
    before = case.log()
    report = case.add([reports])
    assert (report.added, len(report.already), report.extracted) == ([], 2, 0)
    assert case.log() == before


def test_same_bytes_from_elsewhere_are_one_document_with_two_custody_entries(
    case, reports, tmp_path, monkeypatch
):
    monkeypatch.setenv("ONRECORD_USER", "amara")
    case.add([reports / "river.txt"])
    copy = tmp_path / "copy.txt"
    copy.write_bytes((reports / "river.txt").read_bytes())
    monkeypatch.chdir(tmp_path)
    with Case.open(case.folder, command="onrecord add copy.txt") as again:
        report = again.add(["copy.txt"])
        assert (report.added, len(report.already)) == ([], 1)
        first, second = again.custody(report.already[0])
    assert (first.path, second.path) == (str(reports / "river.txt"), "copy.txt")
    assert second.origin == str(copy)
    assert (second.actor, second.command) == ("amara", "onrecord add copy.txt")
    assert (first.size, first.reader) == (second.size, second.reader)
    assert len(case.documents()) == 1
    assert case.verify().problems == ()


def test_a_refused_document_leaves_the_others(case, reports):
    (reports / "nothing.txt").write_bytes(b"")
    told = []
    report = case.add([reports], refuse=told.append)
    assert len(report.added) == 2
    assert report.refused == told
    assert [Path(error.path).name for error in told] == ["nothing.txt"]


def test_text_that_no_database_likes_is_kept(case):
    text = "Nul \x00, half a character \ud800, and \U0001f600.\x1f\n\nمرحبا بالعالم\n"
    data = text.encode("utf-8", "surrogatepass")
    item = Acquisition(
        hashlib.sha256(data).hexdigest(),
        data,
        "odd \udcff\x00",
        "/odd \udcff\x00",
        text,
        "text",
        "1",
        paragraphs=[(0, len(text))],
        about={"media_type": "text/plain", "title": "half \ud800\x00"},
    )
    with case._session.writing() as writer:
        writer.acquire(item)
    assert case.add([]).extracted == 1
    assert case.record(item.document_id).text == text
    assert len(case.search("مرحبا")) == 1
    assert case.verify().problems == ()


def test_search_forgives_spelling_and_shows_passages(case, reports):
    case.add([reports])
    hits = case.search("Ilka Varn")
    assert [Path(hit.path).name for hit in hits] == ["river.txt", "harbour.txt"]
    best = hits[0]
    text = case.record(best.document_id).text
    assert best.text == text[slice(*best.span)]
    assert {text[slice(*span)] for span in best.matches} == {"Ilka", "Varn"}
    assert hits[0].score > hits[1].score
    assert case.search("selmuoth")[0].score < case.search("SELMOUTH")[0].score
    assert case.search("?!") == case.search("xylophone") == []
    assert len(case.search("Selmouth", limit=1)) == 1


def test_a_long_paragraph_is_shown_in_pieces(case, tmp_path):
    text = "Soldiers left Selmouth. " * 400 + "x" * 5_000 + " The mill of Wendholt burned."
    (tmp_path / "long.txt").write_text(text, encoding="utf-8")
    case.add([tmp_path / "long.txt"])
    (hit,) = case.search("Wendholt")
    assert len(hit.text) <= PASSAGE
    assert hit.text == text[slice(*hit.span)]
    assert all(len(found.text) <= PASSAGE for found in case.search("Selmouth"))


def test_search_is_the_same_on_both_engines(tmp_path, reports, postgresql_url):
    found = []
    for name, database in (("a", None), ("b", postgresql_url)):
        with Case.create(tmp_path / name, database=database) as case:
            case.add([reports])
            found.append([case.search(q) for q in ("Ilka Varn", "abducted teacher", "the guard")])
    assert found[0] == found[1]


def test_entities_answer_to_their_spellings(case, reports):
    case.add([reports])
    wanted = {entity.name for record in case.records() for entity in record.entities}
    for name in wanted:
        assert any(hit.name == name and hit.score == 1 for hit in case.find_entities(name))
    assert case.find_entities("Nobody Atall") == case.find_entities("") == []


def test_a_reader_is_not_blocked_and_a_second_writer_is_told(case, reports):
    case.add([reports / "river.txt"])
    case.close()
    with Case.open(case.folder, write=True), Case.open(case.folder) as reader:
        assert len(reader.documents()) == 1
        with pytest.raises(CaseLocked, match=str(os.getpid())):
            Case.open(case.folder, write=True)
        script = (
            "import sys; from onrecord.case import Case; from onrecord.errors import CaseLocked\n"
            "try: Case.open(sys.argv[1], write=True)\n"
            "except CaseLocked as e: print(e); sys.exit(7)\n"
        )
        other = subprocess.run(
            [sys.executable, "-c", script, case.folder], capture_output=True, text=True, check=False
        )
    assert (other.returncode, other.stderr) == (7, "")
    assert f"process {os.getpid()} " in other.stdout
    assert "since 20" in other.stdout
    Case.open(case.folder, write=True).close()


def test_a_reader_sees_a_whole_state_while_a_writer_is_in_the_middle(case, reports):
    case.add([reports / "river.txt"])
    records = case.records()
    with case._session.writing() as writer, writer.connection.begin():
        writer.connection.execute(update(DOCUMENTS).values(title="half done"))
        with Case.open(case.folder) as reader:
            assert [document.title for document in reader.documents()] == [None]
            assert len(list(reader.records())) == len(list(records)) == 1
    assert case.documents()[0].title == "half done"


def test_postgresql_is_locked_whatever_the_folder(tmp_path, postgresql_url):
    with Case.create(tmp_path / "here", database=postgresql_url):
        pass
    there = tmp_path / "there"
    there.mkdir()
    (there / "case.json").write_bytes((tmp_path / "here" / "case.json").read_bytes())
    with (
        Case.open(tmp_path / "here", write=True),
        pytest.raises(CaseLocked, match=f"process {os.getpid()} "),
    ):
        Case.open(there, write=True)


def test_a_folder_is_a_case_once(case, tmp_path, database):
    with pytest.raises(CaseExists):
        Case.create(case.folder)
    if database:
        with pytest.raises(CaseExists, match="database holds"):
            Case.create(tmp_path / "other", database=database)
        assert not (tmp_path / "other").exists()


def test_no_case(tmp_path):
    with pytest.raises(NoCase, match="onrecord init"):
        Case.open(tmp_path)
    with pytest.raises(NoCase):
        Case.open(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_case_json_is_named(tmp_path):
    (tmp_path / "case.json").write_text("{", encoding="utf-8")
    with pytest.raises(CaseError, match="damaged"):
        Case.open(tmp_path)


def test_a_lost_database_is_not_begun_anew(tmp_path, reports):
    with Case.create(tmp_path / "case") as case:
        case.add([reports])
    (tmp_path / "case" / "case.sqlite").unlink()
    with pytest.raises(CaseError, match="missing"):
        Case.open(tmp_path / "case", write=True)


def test_a_case_of_a_later_version_is_left_alone(case):
    with case._session.writing() as writer, writer.connection.begin():
        writer.connection.exec_driver_sql("UPDATE meta SET value = '99' WHERE name = 'version'")
    with pytest.raises(CaseTooNew, match="99"):
        Case.open(case.folder)
    with pytest.raises(CaseTooNew):
        Case.open(case.folder, write=True)


def test_the_case_does_not_take_in_itself(case, reports, monkeypatch):
    (case.folder / "reports").mkdir()
    (reports / "river.txt").rename(case.folder / "reports" / "river.txt")
    monkeypatch.chdir(case.folder)
    for _ in range(2):
        case.add(["."])
        assert [document.path for document in case.documents()] == ["reports/river.txt"]


def test_a_file_added_under_two_names_at_once(case, reports):
    (reports / "twin.txt").write_bytes((reports / "river.txt").read_bytes())
    report = case.add([reports])
    assert (len(report.added), len(report.already)) == (2, 1)
    assert [len(case.custody(document)) for document in report.added] == [1, 2]


def test_a_stopped_add_is_finished_by_the_next(case, reports):
    class Stop(Exception):
        pass

    def stop(what):
        if what.endswith("harbour.txt: extracted"):
            raise Stop

    with pytest.raises(Stop):
        case.add([reports], progress=stop)
    assert (case.status().documents, case.status().pending) == (2, 1)
    assert case.verify().problems == ()
    assert case.add([]).extracted == 1
    assert case.status().pending == 0


def test_status_counts(case, reports):
    case.add([reports])
    status = case.status()
    assert (status.documents, status.pending) == (2, 0)
    assert status.size == len(RIVER.encode()) + len(HARBOUR.encode())
    assert status.entries == len(case.log())
    assert status.head == case.log()[-1].hash


def test_a_new_case_is_its_makers_alone(tmp_path: Path) -> None:
    with Case.create(tmp_path / "cases" / "velk"):
        pass
    assert (tmp_path / "cases" / "velk").stat().st_mode & 0o077 == 0
