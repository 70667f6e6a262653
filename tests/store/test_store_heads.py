"""Lists of documents know what the text of a report says of itself, on both engines."""

from pathlib import Path

import pytest

from onrecord.case import Case
from onrecord.store import heads, registers

REPORT = """\
Two taken in Ombra, residents say

Selm Press Agency

OMBRA, May 14, 2031 (SPA) - Soldiers took Mira Tane away, residents told the Selm Press Agency.
"""


@pytest.fixture
def case(tmp_path: Path, database: str | None):
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    with Case.create(tmp_path / "case", database=database) as case:
        case.add([tmp_path / "report.txt"])
        yield case


def test_a_list_tells_the_title_publisher_and_day_that_the_text_states(case: Case) -> None:
    with case.browse() as state:
        (latest,) = registers.latest(state.connection, 5)
        (listed,) = state.documents(0, 5)
    for told in (latest, listed):
        assert told.title == "Two taken in Ombra, residents say"
        assert (told.publisher, told.published) == ("Selm Press Agency", "2031-05-14")


def test_a_log_line_names_files_and_people(case: Case) -> None:
    record = case.record("report.txt")
    tane = next(e for e in record.entities if e.name == "Mira Tane")
    unknown = f"sha256:{'0' * 64}"
    lines = [f"judge {record.document.id}|{tane.id}", record.document.id, unknown]
    with case.browse() as state:
        told = heads.with_names(state.connection, lines)
    assert told == ["judge Mira Tane (report.txt)", "report.txt", unknown]
