"""Imported items in a case: rebuilt, verified, remembered; nothing of a file that is refused."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from import_files import (
    BULLETIN_CSV,
    INCIDENT,
    MAPPING,
    PERSONNEL,
    PUBLISHER,
    TABLE,
    UWAZI_CSV,
    UWAZI_JSON,
    as_text,
    export,
    mapping,
    state,
)

from onrecord import pipeline
from onrecord.case import Case
from onrecord.cli import main
from onrecord.errors import CaseError, StorageFull
from onrecord.imports.tabular import prepare


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def import_table(case: Path, table: str = TABLE) -> list[str]:
    with Case.open(case, write=True, command="test") as opened:
        items = prepare(export("t.csv", table), mapping()).items
        return opened.import_items(items, origin=case / "t.csv", told={"path": "t.csv"}).added


def test_a_case_with_imported_items_verifies_and_is_rebuilt_to_the_byte(case: Path) -> None:
    added = import_table(case)
    with Case.open(case) as opened:
        before = [opened.record(document) for document in added]
        assert opened.status().pending == 0
        checked = opened.verify()
        assert not checked.problems
        assert checked.citations > 40
    with Case.open(case, write=True, command="test") as opened:
        assert opened.rebuild() == 2
        assert [opened.record(document) for document in added] == before
        assert not opened.verify().problems
        assert [hit.path for hit in opened.search("Tamsin")] == ["t.csv#row=2"]


def test_items_are_kept_alike_by_both_engines(tmp_path: Path, database: str | None) -> None:
    folder = tmp_path / "case"
    Case.create(folder, database=database).close()
    odd = TABLE.replace("They took her", "They \x85 took 𝔥𝔢𝔯 \u202e")
    assert len(import_table(folder, odd)) == 2
    with Case.open(folder, write=True, command="test") as opened:
        opened.remember_mapping("ours", mapping())
        assert opened.rebuild() == 2
        assert not opened.verify().problems
        assert opened.mapping("ours") == mapping()


def test_imported_items_stand_beside_documents_that_are_read(case: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Guards killed Ivo Kestrel in Orevac, residents said.\n")
    import_table(case)
    with Case.open(case, write=True, command="test") as opened:
        opened.add([report])
        assert opened.rebuild() == 3
        assert not opened.verify().problems
        readers = {opened.custody(each.id)[0].reader for each in opened.documents()}
    assert readers == {"import/csv", "plain"}


def test_items_are_read_again_when_the_extraction_changes(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import_table(case)
    monkeypatch.setattr(pipeline, "VERSION", "next")
    with Case.open(case, write=True, command="test") as opened:
        assert opened.status().pending == 2
        assert opened.add([]).extracted == 2
        assert opened.status().pending == 0
        assert not opened.verify().problems
        assert opened.rebuild() == 2


def test_an_item_whose_original_is_gone_is_named(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = import_table(case)
    digest = first.removeprefix("sha256:")
    (case / "originals" / digest[:2] / digest).unlink()
    monkeypatch.setattr(pipeline, "VERSION", "next")
    with (
        Case.open(case, write=True, command="test") as opened,
        pytest.raises(CaseError, match="cannot be made again"),
    ):
        opened.add([])


def test_the_same_file_again_adds_nothing(case: Path) -> None:
    assert len(import_table(case)) == 2
    before = state(case)
    assert import_table(case) == []
    assert {name: each for name, each in before.items() if name.startswith("originals")} == {
        name: each for name, each in state(case).items() if name.startswith("originals")
    }


def test_a_failure_in_the_middle_leaves_nothing_of_the_file(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.store.vault import Vault

    kept: Callable[..., None] = Vault.write
    calls: list[str] = []

    def full(self: Vault, sha256: str, data: bytes) -> None:
        calls.append(sha256)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        kept(self, sha256, data)

    with Case.open(case) as opened:
        before = opened.status()
    monkeypatch.setattr(Vault, "write", full)
    with pytest.raises(StorageFull):
        import_table(case)
    monkeypatch.undo()
    with Case.open(case) as opened:
        assert opened.status() == before
        assert not opened.verify().problems
    assert not [name for name in state(case) if name.startswith("originals")]


@pytest.mark.parametrize("moment", ["imported", "flushed"])
def test_a_process_killed_in_the_middle_leaves_nothing_of_the_file(case: Path, moment: str) -> None:
    code = f"""
import os, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from import_files import TABLE, export, mapping
from onrecord.case import Case
from onrecord.imports.tabular import prepare
from onrecord.store.vault import Vault
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
flush = Vault.flush
if {moment!r} == "flushed":
    Vault.flush = lambda self, kept: (flush(self, kept), die())
with Case.open({str(case)!r}, write=True, command="test") as opened:
    items = prepare(export("t.csv", TABLE), mapping()).items
    opened.import_items(items, progress=die if {moment!r} == "imported" else lambda _: None)
"""
    killed = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert killed.returncode == -signal.SIGKILL
    with Case.open(case, write=True, command="test") as opened:
        assert opened.status().documents == 0
        assert not opened.verify().problems
    assert not [name for name in state(case) if name.startswith("originals")]
    assert len(import_table(case)) == 2


FILES = {
    "csv": (TABLE, ["--mapping"]),
    "uwazi": (UWAZI_CSV, []),
    "bayanat": (BULLETIN_CSV, []),
    "sfm": (PERSONNEL, []),
}


@pytest.mark.parametrize("form", FILES)
def test_each_importer_brings_its_file_in(form: str, case: Path, tmp_path: Path) -> None:
    text, options = FILES[form]
    file, rules = tmp_path / "export.csv", tmp_path / "mapping.yaml"
    file.write_text(text)
    rules.write_text(MAPPING)
    extra = [*options, rules] if options else []
    common = [file, "--publisher", PUBLISHER, "--case", case, *extra]
    before = state(case)
    shown = run("import", form, *common, "--preview")
    assert shown.exit_code == 0, shown.output
    assert "nothing was written" in shown.output
    assert f"Publisher: {PUBLISHER}" in shown.output
    assert state(case) == before
    done = run("import", form, *common)
    assert done.exit_code == 0, done.output
    assert "0 cells refused" in done.output
    with Case.open(case) as opened:
        assert not opened.verify().problems
        assert {each.publisher for each in opened.documents()} == {PUBLISHER}
        told = opened.log()[-1]
        assert (told.kind, told.payload["format"], told.payload["path"]) == (
            "imported",
            form,
            "export.csv",
        )


BROKEN = {
    "csv": (
        b"", b"Case\n1\n", TABLE.encode().replace(b"03/04/2021", b"sometime"),
        b"\xff\xfe\x00\xd8" + b"x",
        TABLE.replace("17,", "17,extra,").encode(),
        TABLE.replace("They took", "x" * 1_000_001).encode(),
    ),
    "uwazi": (
        b"", b'{"rows": [', b"Title\nx\n", UWAZI_CSV.replace("Orlebar case", "a,b").encode(),
        as_text(UWAZI_JSON).encode("utf-16")[:-1],
        b'{"rows": [{"title": "' + b"x" * 1_000_001 + b'"}]}',
    ),
    "bayanat": (
        b"", b'{"incidents": [', b"colour\nred\n", BULLETIN_CSV.replace("0,7", "0,7,7").encode(),
        as_text({"incidents": [INCIDENT]}).encode("utf-16")[:-1],
        as_text({"incidents": [{**INCIDENT, "description": "x" * 1_000_001}]}).encode(),
    ),
    "sfm": (
        b"", b"unit:name\n4th\n", PERSONNEL.replace("2019-03", "soon").encode(),
        PERSONNEL.replace("u-1,", "u-1,u-2,").encode(), PERSONNEL.encode("utf-16")[:-1],
        PERSONNEL.replace("Colonel", "x" * 1_000_001).encode(),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("form", "data"), [(f, d) for f, listed in BROKEN.items() for d in listed])
def test_bad_input_is_refused_and_the_case_stays_as_it_is_to_the_byte(
    form: str, data: bytes, empty_case: Path, tmp_path: Path
) -> None:
    file, rules = tmp_path / "export.csv", tmp_path / "mapping.yaml"
    file.write_bytes(data)
    rules.write_text(MAPPING)
    extra = ["--mapping", rules, "--save-mapping", "ours"] if form == "csv" else []
    before = state(empty_case)
    done = run("import", form, file, "--publisher", PUBLISHER, "--case", empty_case, *extra)
    assert done.exit_code == 2, done.output
    assert "export.csv" in done.output
    assert "why:" in done.output
    assert "do:" in done.output
    assert "Traceback" not in done.output
    assert state(empty_case) == before


def test_the_rest_of_a_faulty_file_where_it_is_asked_for(case: Path, tmp_path: Path) -> None:
    file, rules = tmp_path / "t.csv", tmp_path / "m.yaml"
    file.write_text(TABLE.replace("Norway", "Drovany"))
    rules.write_text(MAPPING)
    done = run(
        "import",
        "csv",
        file,
        "--publisher",
        "A",
        "--case",
        case,
        "--mapping",
        rules,
        "--skip-refused",
    )
    assert done.exit_code == 2
    assert "t.csv, row=3, column 'Country': 'Drovany' is refused" in done.output
    with Case.open(case) as opened:
        assert [each.path for each in opened.documents()] == ["t.csv#row=2"]
        assert opened.log()[-1].payload["refused"] == 1


def test_a_mapping_is_remembered_by_its_name(case: Path, tmp_path: Path) -> None:
    file, rules = tmp_path / "t.csv", tmp_path / "m.yaml"
    file.write_text(TABLE)
    rules.write_text(MAPPING)
    options = [file, "--publisher", "A", "--case", case]
    assert run("import", "csv", *options, "--use-mapping", "ours").exit_code == 2
    assert (
        run("import", "csv", *options, "--mapping", rules, "--save-mapping", "ours").exit_code == 0
    )
    file.write_text(TABLE.replace("17,", "27,").replace("18,", "28,"))
    assert run("import", "csv", *options, "--use-mapping", "ours").exit_code == 0
    with Case.open(case) as opened:
        assert len(opened.documents()) == 4
        assert opened.mapping("ours") == mapping()
        assert not opened.verify().problems


def test_the_example_is_a_mapping(tmp_path: Path) -> None:
    shown = run("import", "csv", "--example")
    assert shown.exit_code == 0
    assert mapping(shown.output)["acts"]


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path != "/robots.txt"
        body = b"<html><body><p>Guards killed four men in Orevac, residents said.</p></body></html>"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body if found else b"")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_a_page_is_fetched_only_when_asked_and_kept_with_how_it_came(case: Path, site: str) -> None:
    refused = run("fetch", f"{site}/a", "--case", case)
    assert refused.exit_code == 2
    assert "not public" in refused.output
    switch = "--allow-private-addresses-of-a-test-server"
    done = run("fetch", f"{site}/a", "--case", case, switch)
    assert done.exit_code == 0, done.output
    with Case.open(case) as opened:
        (document,) = opened.documents()
        assert document.path.endswith(f"{site}/a")
        assert document.media_type == "application/warc"
        assert not opened.verify().problems
        assert json.loads(json.dumps(opened.custody(document.id)[0].reader)) == "warc+html"
        assert [act.type for act in opened.record(document.id).acts] == ["killing"]
    with Case.open(case, write=True, command="test") as opened:
        assert opened.rebuild() == 1


def test_a_list_of_addresses_with_nothing_in_it_is_refused(case: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text("# nothing yet\n")
    before = state(case)
    assert run("fetch", "--list", listed, "--case", case).exit_code == 2
    listed.write_text("file:///etc/passwd\n")
    done = run("fetch", "--list", listed, "--case", case)
    assert done.exit_code == 2
    assert "only http and https" in done.output
    assert state(case) == before
