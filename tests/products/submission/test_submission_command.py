"""`submission` and `elements` from a case: through the door, logged, protected names coded."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.case import Case
from onrecord.cli import main

REPORT = """\
LISK, Maruvia, May 4, 2031 (Norden Wire) - Policemen abducted the teacher Ilven Darrow in Lisk on
May 2, his sister Orla Darrow said. The Ministry of Order denied that Ilven Darrow was arrested.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("submission")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    with Case.create(folder / "case") as case:
        case.add([folder / "report.txt"])
    return folder


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--case", str(folder / "case")])


def test_a_submission_is_written_whole_and_the_log_says_so(folder: Path) -> None:
    out = folder / "darrow.md"
    words = ("--today", "2031-06-01", "--submitter", "Quay League", "--given", "nationality=X")
    done = run(folder, "submission", "wgeid-urgent", "Ilven Darrow", *words, "-o", str(out))
    assert done.exit_code == 0, done.output
    text = out.read_text(encoding="utf-8")
    assert "Quay League" in text
    assert "2 May 2031" in text
    with Case.open(folder / "case") as case:
        entry = case.log()[-1]
    assert entry.kind == "released"
    assert entry.payload["what"] == "submission"


def test_without_a_name_those_who_are_missing_are_offered(folder: Path) -> None:
    done = run(folder, "submission", "ced-urgent")
    assert done.exit_code == 0, done.output
    assert "Ilven Darrow" in done.output
    assert "in 1 document: Ilven Darrow (" in done.output
    assert "entity:" not in done.output


def test_elements_as_json(folder: Path) -> None:
    done = run(folder, "elements", "--crime", "icpped-2", "--format", "json")
    assert done.exit_code == 0, done.output
    assert '"product": "elements"' in done.output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("submission", "wgeid-urgent", "Nobody Here"), "nothing in this case names"),
        (("submission", "wgeid-urgent", "--given", "colour=blue"), "name a field of"),
        (("submission", "echr"), "is not one of"),
        (("elements", "Ilven Darrow", "--event", "event:1"), "only one of them"),
        (("elements", "--event", "event:none"), "there is no one event"),
    ],
)
def test_what_cannot_be_done_is_said(folder: Path, arguments: tuple[str, ...], says: str) -> None:
    done = run(folder, *arguments)
    assert done.exit_code == 2
    assert says in done.output


def test_consent_and_protection_of_the_case_hold(folder: Path) -> None:
    with Case.open(folder / "case", write=True) as case:
        case.consent("Orla Darrow", "refused", given_by="Orla Darrow")
    done = run(folder, "submission", "wgeid-urgent", "Ilven Darrow", "--audience", "internal")
    assert "shut by a rule" in done.output
    with Case.open(folder / "case", write=True) as case:
        case.undo()
        case.protect("Orla Darrow")
    done = run(folder, "submission", "wgeid-urgent", "Ilven Darrow")
    assert done.exit_code == 0, done.output
    assert "Orla" not in done.output
