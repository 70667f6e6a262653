"""`resolve`, `review`, `judge`, `undo`, `people`, `grade`, `rebuild` at the command line."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.case import Case
from onrecord.cli import main

REPORTS = (
    (
        "Sarfan Toldukh, commander of the Lowland Guard, ordered the killing of four farmers in "
        "Corrin, Mira Tane said.\n"
    ),
    (
        "Mira Tane said that Sarfaan Tolduq, commander of the Lowland Guard, had ordered the "
        "killing of four farmers in Corrin.\n"
    ),
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    for number, text in enumerate(REPORTS):
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    with Case.create(tmp_path / "case") as made:
        made.add([tmp_path / "0.txt", tmp_path / "1.txt"])
        made.resolve()
    return tmp_path / "case"


def run(case: Path, *arguments: str, keys: str | None = None) -> Result:
    return CliRunner().invoke(main, [*arguments, "--case", str(case)], input=keys)


def verdicts(case: Path) -> list[str]:
    with Case.open(case) as opened:
        return [decision.verdict for decision in opened.judgements()]


def test_people_shows_spellings_sources_and_reasons(case: Path) -> None:
    said = run(case, "people").stdout
    assert "Sarfan Toldukh" in said
    assert "Sarfaan Tolduq" in said
    assert "0.txt" in said
    assert "spelled two ways" in said
    found = json.loads(run(case, "people", "--json").stdout)
    assert {"Sarfan Toldukh", "Sarfaan Tolduq"} in [set(group["spellings"]) for group in found]


def test_one_side_is_named_by_its_name_with_its_file_as_products_name_it(case: Path) -> None:
    done = run(case, "judge", "Mira Tane (0.txt)", "Mira Tane (1.txt)", "different")
    assert done.exit_code == 0, done.output
    assert verdicts(case) == ["different"]
    missing = run(case, "judge", "Mira Tane (2.txt)", "Mira Tane (1.txt)", "different")
    assert missing.exit_code == 2
    assert "2.txt" in missing.stderr


def test_judge_then_undo(case: Path) -> None:
    made = run(case, "judge", "Sarfan Toldukh", "Sarfaan Tolduq", "different", "--why", "brothers")
    assert made.exit_code == 0, made.output
    assert "different" in made.stdout
    assert "brothers" in run(case, "log", "--json").stdout
    assert "different" in run(case, "log").stdout
    assert "Tolduq" not in run(case, "people").stdout
    assert run(case, "undo").exit_code == 0
    assert "Tolduq" in run(case, "people").stdout
    nothing = run(case, "undo")
    assert nothing.exit_code == 2
    assert "nothing to undo" in nothing.stderr


def test_one_of_many_of_a_name_is_named_by_its_file(case: Path) -> None:
    shown = run(case, "people", "tolduq").stdout
    name = next(line.strip() for line in shown.splitlines() if line.endswith("|Sarfaan Tolduq"))
    file = name.rpartition("/")[2]
    made = run(case, "judge", file, "Sarfan Toldukh", "different")
    assert made.exit_code == 0, made.output
    assert f"Sarfaan Tolduq ({file.partition('|')[0]})" in made.stdout
    assert "sha256:" not in made.stdout
    back = run(case, "undo")
    assert "judge" in back.stdout
    assert "sha256:" not in back.stdout


def test_taking_back_a_protection_says_what_may_leave_again(case: Path) -> None:
    assert run(case, "protect", "Sarfaan Tolduq").exit_code == 0
    back = run(case, "undo")
    assert "may leave again" in back.stderr
    entry = back.stdout.split(":")[0].removeprefix("entry ")
    assert f"onrecord undo {entry}" in back.stderr


def test_grade_and_rebuild_and_verify(case: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "0.txt")
    assert run(case, "grade", path, "--source", "B", "--information", "3").exit_code == 0
    assert run(case, "grade", path).exit_code == 2
    rebuilt = run(case, "rebuild")
    assert rebuilt.exit_code == 0, rebuilt.output
    assert "2 documents" in rebuilt.stdout
    assert run(case, "verify").exit_code == 0


def test_review_takes_keys_from_a_pipe_and_takes_one_back(case: Path) -> None:
    reviewed = run(case, "review", "--type", "Person", keys="xszdq")
    assert reviewed.exit_code == 0, reviewed.output
    assert "ordered the killing of four farmers" in reviewed.stdout
    assert "is taken back" in reviewed.stdout
    assert verdicts(case) == ["different"]


def test_review_without_keys_changes_nothing(case: Path) -> None:
    assert run(case, "review", keys="").exit_code == 0
    assert verdicts(case) == []


def test_review_ends_where_nothing_is_left(case: Path) -> None:
    run(case, "review", keys="s" * 50)
    again = run(case, "review", keys="s")
    assert "No pair of names waits for a decision" in again.stderr


def test_review_in_a_terminal_decides_by_one_key(case: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "onrecord", "review", "--type", "Person", "--case", str(case)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        seen = until(ours, "q quit")
        os.write(ours, b"d")
        seen += until(ours, "different")
        os.write(ours, b"q")
        seen += until(ours, "left open")
        assert process.wait(60) == 0, seen
    os.close(ours)
    assert "ordered the killing" in seen
    assert verdicts(case) == ["different"]


def until(terminal: int, words: str) -> str:
    """What the terminal shows up to some words."""
    seen = ""
    while words not in seen:
        ready, _, _ = select.select([terminal], [], [], 120)
        assert ready, f"no {words!r} after: {seen}"
        try:
            part = os.read(terminal, 4096)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        seen += part.decode(errors="replace")
    return seen
