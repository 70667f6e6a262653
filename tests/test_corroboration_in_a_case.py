"""Events, origins and contradictions of a case, from texts to the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.case import Case
from onrecord.cli import main
from onrecord.errors import NotFound

REPORTS = {
    "chairman.txt": """Guards killed five men in Velk, says chairman
Ostmark Daily
4 May 2031

River Guard soldiers killed five men in Velk on 3 May 2031, Tane Orlund, chairman of the Hill
Movement, said on Sunday.
""",
    "again.txt": """Chairman repeats charge
Northern Post
6 May 2031

Tane Orlund, chairman of the Hill Movement, said that River Guard soldiers killed five men in Velk
on 3 May 2031.
""",
    "hospital.txt": """Hospital counts two dead
Valley Herald
4 May 2031

Two men were killed in Velk on 3 May 2031, said Dr Ines Marrow, director of Velk Hospital.
""",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reports = tmp_path_factory.mktemp("reports")
    for name, text in REPORTS.items():
        (reports / name).write_text(text, encoding="utf-8")
    folder = tmp_path_factory.mktemp("cases") / "velk"
    with Case.create(folder) as case:
        case.add([reports])
    return folder


def test_two_reports_of_one_speaker_are_one_origin(folder: Path) -> None:
    with Case.open(folder) as case:
        event = case.events()[0]
    assert event.reports == 3
    assert event.independent_origins == 2
    assert sorted(event.sources) == ["Ines Marrow", "Tane Orlund"]


def test_figures_that_exclude_each_other_stand_side_by_side(folder: Path) -> None:
    with Case.open(folder) as case:
        against = case.events()[0].contradictions
    counts = [each for each in against if each.field == "count"]
    assert len(counts) == 1
    assert {counts[0].left.gives.casefold(), counts[0].right.gives.casefold()} == {"five", "two"}
    assert {counts[0].left.source, counts[0].right.source} == {"Ines Marrow", "Tane Orlund"}


def test_events_and_why_on_the_command_line(folder: Path) -> None:
    run = CliRunner().invoke(main, ["events", "--case", str(folder)])
    assert run.exit_code == 0, run.output
    assert "3 reports, 2 independent origins" in run.stdout
    assert "Number of people:" in run.stdout
    data = json.loads(CliRunner().invoke(main, ["events", "--case", str(folder), "--json"]).stdout)
    explained = CliRunner().invoke(main, ["why", data[0]["id"], "--case", str(folder)])
    assert explained.exit_code == 0, explained.output
    assert "Tane Orlund" in explained.stdout


def test_an_unknown_subject_is_refused(folder: Path) -> None:
    with Case.open(folder) as case, pytest.raises(NotFound):
        case.why("claim:nothing")


def test_a_denial_is_told_as_a_denial(tmp_path: Path) -> None:
    (tmp_path / "chairman.txt").write_text(REPORTS["chairman.txt"], encoding="utf-8")
    (tmp_path / "guard.txt").write_text(
        "Guard rejects charge\nNorthern Post\n6 May 2031\n\n"
        "Colonel Arn Vesk of the River Guard denied that River Guard soldiers killed five men in "
        "Velk on 3 May 2031.\n",
        encoding="utf-8",
    )
    with Case.create(tmp_path / "case") as case:
        case.add([tmp_path / "chairman.txt", tmp_path / "guard.txt"])
    run = CliRunner().invoke(main, ["events", "--case", str(tmp_path / "case")])
    lines = [line.strip() for line in run.stdout.splitlines()]
    below = lines[lines.index("Alleged and denied:") + 1 :]
    assert below[0].startswith("Tane Orlund (chairman.txt)")
    assert any(line.startswith("denied by Arn Vesk (guard.txt)") for line in below)
