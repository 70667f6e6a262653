"""`onrecord names compare`: rows in, the same rows out with a score, and what is refused."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main

PAIRS = (
    "note,name1,name2,schema\n"
    'kept,"Tolduk, Sarfan",Sarfaan Tolduq,Person\n'
    "ünì,Orlan Bank,Beriman Bank,Company\n"
)


def run(*arguments: str, given: bytes | None = None) -> tuple[int, list[dict[str, str]], str]:
    result = CliRunner().invoke(main, ["names", "compare", *arguments], input=given)
    return result.exit_code, list(csv.DictReader(io.StringIO(result.stdout))), result.stderr


def test_rows_come_out_in_order_with_what_was_found(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(PAIRS, encoding="utf-8-sig")
    code, rows, _ = run("--explain", str(path))
    assert code == 0
    assert [row["note"] for row in rows] == ["kept", "ünì"]
    assert [row["match"] for row in rows] == ["true", "false"]
    assert float(rows[0]["score"]) > 0.9
    assert float(rows[1]["score"]) < 0.5
    assert "Orlan against Beriman" in rows[1]["reasons"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no column name1, name2, schema"),
        (b"name1,name2\na,b\n", "no column schema"),
        (b"name1,name2,schema\na,b\n", "line 2 has another number of fields"),
        (b"name1,name2,schema\na,b,Person,x\n", "line 2 has another number of fields"),
        (b"name1,name2,schema\n\xff\xfe,b,Person\n", "not CSV in UTF-8"),
        (b'name1,name2,schema\n"a,b,Person\n', "not CSV in UTF-8"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "pairs.csv"
    path.write_bytes(content)
    code, _, error = run(str(path))
    assert code == 2
    assert says in error
    assert "do:" in error


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    code, _, error = run(str(tmp_path / "none.csv"))
    assert code == 2
    assert "none.csv" in error
