"""Pages for paper from the command line, and contradictions of a case that was read by machine."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import docx
import pypdfium2 as pdfium
import pytest
from click.testing import CliRunner, Result

from onrecord.cli import main

REPORTS = {
    "clinic.txt": (
        "BRASK, May 6, 2024 (Sela News) - Soldiers of the Marrow Brigade killed four farmers in "
        "Orla on 3 May 2024, nurse Mira Tane said. “They came at night,” she said."
    ),
    "league.txt": (
        "BRASK, May 6, 2024 (Orlo Post) - Soldiers of the Marrow Brigade killed eleven farmers in "
        "Orla on 3 May 2024, lawyer Ada Lind said. Lind asked for an inquiry."
    ),
}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("printed")
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert run("init", folder / "case").exit_code == 0
    added = run("add", *(folder / name for name in REPORTS), "--case", folder / "case")
    assert added.exit_code == 0, added.output
    return folder / "case"


def test_the_ending_names_the_format(case: Path, tmp_path: Path) -> None:
    for ending in ("pdf", "docx"):
        done = run("brief", "Mira Tane", "--case", case, "-o", tmp_path / f"brief.{ending}")
        assert done.exit_code == 0, done.output
    first = pdfium.PdfDocument(tmp_path / "brief.pdf")[0].get_textpage().get_text_range()
    assert "Mira Tane" in first
    assert "Who they are, as reported" in first
    told = [p.text for p in docx.Document(str(tmp_path / "brief.docx")).paragraphs]
    assert "Mira Tane" in told
    assert "Who they are, as reported" in told


def test_a_file_for_paper_can_go_to_a_pipe(case: Path) -> None:
    done = run("chronology", "--case", case, "--format", "pdf")
    assert done.exit_code == 0, done.output
    assert done.stdout_bytes.startswith(b"%PDF-1.7")
    assert done.stdout_bytes.rstrip().endswith(b"%%EOF")


def test_a_file_for_paper_is_not_poured_over_a_terminal(case: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "onrecord", "chronology", "--case", case, "--format", "pdf"]
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 2
    assert b"-o chronology.pdf" in done.stderr


def test_contradictions_of_a_case_stand_side_by_side(case: Path) -> None:
    done = run("contradictions", "--case", case, "--format", "json")
    assert done.exit_code == 0, done.output
    page = json.loads(done.stdout)
    (event,) = (s for s in page["sections"] if s["key"] == "event-1")
    (differing,) = (line for line in event["lines"] if line["label"] == "Number of people")
    gives = {side["text"].partition(" – ")[0] for side in differing["children"]}
    assert gives == {"“four” (4)", "“eleven” (11)"}
    assert "here 4 to 11: never an average" in differing["text"]
    assert event["sections"][0]["title"] == "2 independent origins, and why"
