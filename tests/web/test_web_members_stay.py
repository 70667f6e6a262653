"""Who may sign in leaves with nothing: no export, no bundle."""

import zipfile

import pytest
from click.testing import CliRunner

from onrecord.case import Case
from onrecord.cli import main
from onrecord.web.services import Services

TEXT = "The Lower Post, 3 May 2024\n\nIrna Solt said that soldiers killed two people in Orla.\n"


@pytest.fixture
def team_of_one(tmp_path):
    (tmp_path / "report.txt").write_text(TEXT)
    with Case.create(tmp_path / "case") as case:
        case.add([tmp_path / "report.txt"])
        services = Services.for_case(case)
        services.accounts.members.invite("Zebulonia Quist", "administrator")
        services.journal.note("opened", "Zebulonia Quist", "document")
        services.close()
    return tmp_path / "case"


def everything(path):
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())


@pytest.mark.parametrize(
    ("command", "file"),
    [
        (["export", "jsonl", "--audience", "internal"], "all.jsonl"),
        (["export", "jsonl", "--audience", "public"], "public.jsonl"),
        (["bundle", "--audience", "public"], "public.zip"),
        (["bundle", "--audience", "court"], "court.zip"),
    ],
)
def test_members_leave_with_no_export_and_no_bundle(team_of_one, tmp_path, command, file):
    told = [*command, "--case", str(team_of_one), "-o", str(tmp_path / file)]
    done = CliRunner().invoke(main, told)
    assert done.exit_code == 0, done.output
    left = everything(tmp_path / file)
    assert b"Irna Solt" in left
    assert b"Zebulonia" not in left
    assert b"desk" not in left
