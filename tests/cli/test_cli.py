from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main

REPORT = (
    "Soldiers of the Marrow Brigade killed four farmers in Orla, Mira Tane said on 3 May 2024. "
    "“They came at night,” she said."
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli") / "case"
    report = folder.parent / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    assert run("init", folder, "--name", "Orla").exit_code == 0
    added = run("add", report, "--case", folder)
    assert added.exit_code == 0, added.output
    assert "1 added" in added.stdout
    return folder


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_help_with_examples(command: str) -> None:
    shown = run(command, "--help")
    assert shown.exit_code == 0
    assert "Examples:\n    onrecord " in shown.stdout


def test_extract_gives_one_line_a_document_in_the_order_given(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("b.txt", "a.txt")]
    for path in paths:
        path.write_text(f"{REPORT} {path.name}", encoding="utf-8")
    done = run("extract", "--jsonl", *paths)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["document"]["path"] for record in records] == [str(path) for path in paths]
    assert [record["text"] for record in records] == [f"{REPORT} b.txt", f"{REPORT} a.txt"]
    assert done.exit_code == 0


def test_extract_names_the_file_it_cannot_read_and_does_the_others(
    report: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    done = run("extract", "--jsonl", empty, report, tmp_path / "gone.txt")
    assert done.exit_code == 2
    assert len(done.stdout.splitlines()) == 1
    assert str(empty) in done.stderr
    assert "gone.txt" in done.stderr
    assert "do:" in done.stderr
    assert "2 of 3 could not be read" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def unread(tmp_path: Path) -> Path:
    path = tmp_path / "rapport.txt"
    path.write_text("Les gendarmes ont battu Mira Tane à Orla le 3 mai.", encoding="utf-8")
    return path


@pytest.mark.parametrize("options", [("--jsonl",), ("--jsonl", "--min-confidence", "0.5"), ()])
def test_extract_says_which_document_it_does_not_read_and_why(
    unread: Path, report: Path, options: tuple[str, ...]
) -> None:
    done = run("extract", *options, report, unread)
    told = " ".join((done.stderr if options else done.stdout).split())
    assert told.count("not read: it is in French (fr)") == 1
    assert "An English translation can be added" in told
    assert done.exit_code == 0


def test_what_is_not_read_is_told_when_it_is_added_and_in_the_list(
    tmp_path: Path, unread: Path, report: Path
) -> None:
    folder = tmp_path / "case"
    run("init", folder)
    added = " ".join(run("add", report, unread, "--case", folder).stdout.split())
    assert f"{unread}: not read: it is in French (fr)" in added
    assert "2 added, 0 already in the case, 1 extracted, 1 kept but not read, 0 refused" in added
    assert "not read: it is in French" in " ".join(run("status", "--case", folder).stdout.split())
    listed = json.loads(run("status", "--json", "--case", folder).stdout)["list"]
    assert [bool(each["note"]) for each in listed] == [False, True]
    again = json.loads(run("add", report, "--json", "--case", folder).stdout)
    assert again["not_read"] == []


def test_extract_without_jsonl_reads_as_who_says_what(report: Path) -> None:
    done = run("extract", report)
    told = " ".join(done.stdout.split())
    assert "Mira Tane alleged (“said”)" in told or "Mira Tane stated (“said”)" in told
    assert "They came at night" in told
    assert "on the word of: publisher not stated < speaker Mira Tane" in told


def test_what_a_source_did_not_say_is_not_told_as_said(tmp_path: Path) -> None:
    path = tmp_path / "panel.txt"
    path.write_text("The Panel found no evidence that Colonel Dar Osk killed the miller.\n")
    told = " ".join(run("extract", path).stdout.split())
    assert "Panel, as reported, “found" in told
    assert "stated as a finding" not in told


def test_adding_again_adds_nothing(case: Path) -> None:
    again = run("add", case.parent / "report.txt", "--case", case, "--json")
    report = json.loads(again.stdout)
    assert len(report.pop("already")) == 1
    assert report == {"added": [], "extracted": 0, "not_read": [], "refused": []}


def test_the_same_file_from_elsewhere_is_named_with_the_one_it_is(case: Path) -> None:
    copy = case.parent / "copy.txt"
    copy.write_bytes((case.parent / "report.txt").read_bytes())
    done = run("add", copy, "--case", case)
    assert "copy.txt: the same file as " in done.stdout
    by_name = run("show", "copy.txt", "--case", case)
    assert by_name.stdout == run("show", "report.txt", "--case", case).stdout


def test_status_search_and_show_name_the_document(case: Path) -> None:
    held = json.loads(run("status", "--case", case, "--json").stdout)
    assert held["documents"] == 1
    hits = json.loads(run("search", "famers", "--case", case, "--json").stdout)
    assert hits[0]["text"] == REPORT
    shown = run("show", held["list"][0]["id"][:14], "--case", case)
    assert "They came at night" in shown.stdout
    assert run("show", "nothing-like-it", "--case", case).exit_code == 2
    assert run("show", held["list"][0]["path"], "--case", case, "--text").stdout == REPORT + "\n"


def test_an_empty_search_says_what_to_do(case: Path) -> None:
    assert "Try fewer words" in run("search", "zzzzqqqq", "--case", case).stdout


def test_a_file_whose_ending_names_no_format_is_not_written(case: Path, tmp_path: Path) -> None:
    for name in ("page.xyz", "page.doc"):
        done = run("chronology", "--case", case, "-o", tmp_path / name)
        assert done.exit_code == 2
        assert "its ending names no format" in done.stderr
        assert not (tmp_path / name).exists()
    assert run("chronology", "--case", case, "-o", tmp_path / "page.txt").exit_code == 0
    told = run("chronology", "--case", case, "-o", tmp_path / "page.x", "--format", "json")
    assert told.exit_code == 0
    assert json.loads((tmp_path / "page.x").read_text())["product"] == "chronology"


def test_nothing_found_says_what_was_looked_for(case: Path) -> None:
    assert "spelled like “Zebedee”" in run("people", "Zebedee", "--case", case).stderr
    told = run("events", "--case", case).stderr
    assert "0 events in more than one report. Those in one report: --all" in told


def test_verify_exits_1_where_something_does_not_hold(tmp_path: Path, report: Path) -> None:
    folder = tmp_path / "case"
    run("init", folder)
    run("add", report, "--case", folder)
    assert run("verify", "--case", folder).exit_code == 0
    original = next(path for path in (folder / "originals").rglob("*") if path.is_file())
    original.chmod(0o644)
    original.write_bytes(original.read_bytes().replace(b"four", b"five"))
    done = run("verify", "--case", folder)
    assert done.exit_code == 1
    assert "report.txt" in done.stdout


def test_log_shows_who_did_what(case: Path) -> None:
    entries = json.loads(run("log", "--case", case, "--json").stdout)
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    assert {"acquired", "extracted"} <= {entry["kind"] for entry in entries}
    assert "report.txt" in run("log", "--case", case).stdout


def test_a_folder_that_is_no_case_says_what_to_do(tmp_path: Path) -> None:
    done = run("status", "--case", tmp_path)
    assert done.exit_code == 2
    assert str(tmp_path) in done.stderr
    assert "onrecord init" in done.stderr


@pytest.mark.parametrize("ending", ["md", "json", "html"])
def test_products_go_to_files_whole(case: Path, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"page.{ending}"
    done = run("chronology", "--case", case, "-o", target)
    assert done.exit_code == 0, done.output
    assert target.read_text(encoding="utf-8").strip()
    assert list(tmp_path.iterdir()) == [target]


def test_a_product_that_cannot_be_written_says_so(case: Path, tmp_path: Path) -> None:
    done = run("demands", "--case", case, "-o", tmp_path / "no" / "such" / "folder.md")
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_a_brief_on_nobody_asks_for_a_name(case: Path) -> None:
    done = run("brief", "--case", case)
    assert done.exit_code == 2
    assert "Name somebody" in done.stderr


def test_a_name_that_is_not_there_is_said_so(case: Path) -> None:
    done = run("dossier", "Zoltan Nobody", "--case", case)
    assert done.exit_code == 2
    assert "Zoltan Nobody" in done.stderr


def test_the_same_command_stands_behind_python_m(report: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "onrecord", "extract", "--jsonl", str(report)],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
    )
    assert json.loads(done.stdout)["text"] == REPORT
