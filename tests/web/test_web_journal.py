"""The journal of reads: all of it is kept, in order, and altering it shows."""

import pytest
from sqlalchemy import delete, func, select, update

from onrecord.case import Case
from onrecord.web.desk import READS, Desk
from onrecord.web.journal import Journal


@pytest.fixture
def desk(tmp_path):
    with Case.create(tmp_path / "case"):
        yield Desk(tmp_path / "case")


@pytest.fixture
def journal(desk):
    found = Journal(desk)
    for number in range(1200):
        found.note("opened", f"Reader {number % 3}", "document", f"sha256:{number:04}")
    yield found
    found.close()


def test_all_is_written_in_order_at_the_end(journal, desk):
    journal.close()
    rows = Journal(desk).reads(most=5000)
    assert [row.subject for row in rows] == [f"sha256:{n:04}" for n in reversed(range(1200))]
    assert [row.seq for row in rows] == list(range(1200, 0, -1))
    assert journal.broken() is None


def test_it_goes_on_where_it_ended(journal, desk):
    journal.close()
    again = Journal(desk)
    again.note("opened", "Reader 1", "document", "sha256:again")
    assert again.reads(most=1)[0].seq == 1201
    assert again.broken() is None
    again.close()


def test_it_is_narrowed_by_person_and_by_document(journal):
    mine = journal.reads(who="Reader 1", most=5000)
    assert len(mine) == 400
    assert {row.actor for row in mine} == {"Reader 1"}
    assert [row.subject for row in journal.reads(subject="sha256:0007")] == ["sha256:0007"]
    assert len(journal.reads(subject="sha256:01", most=5000)) == 100
    assert journal.reads(subject="sha256:%") == []
    assert journal.people() == ["Reader 0", "Reader 1", "Reader 2"]


@pytest.mark.parametrize(
    ("altered", "row"),
    [
        (update(READS).where(READS.c.seq == 5).values(actor="Somebody else"), 5),
        (delete(READS).where(READS.c.seq == 7), 7),
        (delete(READS).where(READS.c.seq > 1190), 1191),
        (delete(READS), 1),
    ],
    ids=["a row altered", "a row taken out", "the end cut off", "all taken out"],
)
def test_what_is_altered_shows(journal, desk, altered, row):
    journal.flush()
    with desk.writing() as connection:
        connection.execute(altered)
    assert journal.broken() == row


def test_a_row_added_by_another_hand_shows(journal, desk):
    journal.flush()
    with desk.writing() as connection:
        last = connection.execute(select(READS).order_by(READS.c.seq.desc())).mappings().first()
        connection.execute(READS.insert().values(**{**last, "seq": 1201}))
    assert journal.broken() == 1201


def test_what_cannot_be_written_is_said_and_stops_nobody(tmp_path, caplog):
    journal = Journal(Desk(tmp_path / "gone"))
    journal.note("opened", "Reader 1")
    journal.close()
    assert "journal of reads cannot be written" in caplog.text


def test_reads_on_a_laptop_are_kept_and_never_what_was_searched_for(visitor, served):
    visitor.get("/search", params={"q": "Oranesh"})
    document = visitor.get("/api/documents").json()["documents"][0]["id"]
    visitor.get(f"/documents/{document}")
    visitor.get(f"/documents/{document}/original")
    rows = visitor.get("/api/log/reads").json()["reads"]
    told = [(row["kind"], row["page"], row["subject"]) for row in rows]
    assert told[:4] == [
        ("original", "original", document),
        ("opened", "document", document),
        ("taken as data", "documents", ""),
        ("opened", "search", ""),
    ]
    served.services.journal.flush()
    with served.services.journal.desk.reading() as connection:
        words = func.count().filter(READS.c.subject.contains("Oranesh"))
        assert connection.execute(select(words)).scalar() == 0
    assert rows[0]["actor"]


def test_reads_are_told_by_the_names_of_what_was_read(visitor, served):
    found = visitor.get("/api/documents").json()["documents"][0]
    event = visitor.get("/api/events").json()["events"][0]["id"]
    visitor.get(f"/documents/{found['id']}")
    visitor.get(f"/events/{event}")
    served.services.journal.flush()
    told = visitor.get("/api/log/reads").json()
    about = dict(zip((row["subject"] for row in told["reads"]), told["about"], strict=True))
    assert found["path"].endswith(about[found["id"]])
    page = visitor.get("/log/reads").text
    assert about[event] in page
    assert f">{event}<" not in page
    assert "2025" in about[event]
