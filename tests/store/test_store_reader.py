"""Records as a page asks for them; connections that wait for the next reader."""

import pytest
from sqlalchemy import text

from onrecord.case import Case
from onrecord.store import reader

REPORTS = {
    "1.txt": "Selmouth, 4 March 2021 — Guards beat two farmers in Corrin, Mira Tane said.\n",
    "2.txt": "Selmouth, 6 March 2021 — Soldiers killed a teacher in Arvel, Tam Oru said.\n",
    "3.txt": "Selmouth, 7 March 2021 — Nobody was beaten in Corrin, the guards said.\n",
}


@pytest.fixture
def case(tmp_path, database):
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, words in REPORTS.items():
        (folder / name).write_text(words, encoding="utf-8")
    with Case.create(tmp_path / "case", database=database) as case:
        case.add([folder])
        yield case


def test_what_a_page_reads_is_what_the_case_gives(case):
    first = next(record for record in case.records() if record.claims)
    key = f"{first.document.id}|{first.claims[0].id}"
    case.review(key, "accepted")
    case.correct(key, "modality", "hedged")
    with case._session.reading() as connection:
        every = list(reader.bodies(connection))
        documents = [body["document"]["id"] for body in every]
        assert len(documents) == len(REPORTS)
        assert reader.bodies_of(connection, documents) == every
        asked = [documents[2], "sha256:none", documents[0], documents[2]]
        assert reader.bodies_of(connection, asked) == [every[2], every[0]]
        assert reader.bodies_of(connection, []) == []
    decided = next(claim for body in every for claim in body["claims"] if claim.get("corrected"))
    assert decided["modality"] == "hedged"


def test_who_reads_after_another_sees_what_was_written_meanwhile(tmp_path):
    with Case.create(tmp_path / "case") as case, Case.open(tmp_path / "case") as other:
        for number in range(1, 4):
            with case._session.reading() as connection:
                before = connection.execute(text("SELECT count(*) FROM log")).scalar_one()
            other.tell("membership", {"what": "told", "number": number})
            with case._session.reading() as connection:
                after = connection.execute(text("SELECT count(*) FROM log")).scalar_one()
            assert after == before + 1


def test_what_is_set_for_a_writer_does_not_reach_readers(tmp_path):
    with Case.create(tmp_path / "case") as case:
        with case._session.writing() as writer:
            writer.connection.exec_driver_sql("PRAGMA cache_size = -12345")
        with case._session.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA cache_size").scalar() != -12345
