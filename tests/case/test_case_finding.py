"""What pages read of a whole case: it is what the records say, kept true, and sealed in the log."""

import json
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from sqlalchemy import delete, func, select, update

from onrecord.case import Case, proposed, what, who
from onrecord.case.listed import demanded, planned
from onrecord.corroboration.why import explain
from onrecord.errors import CaseLocked
from onrecord.store import found, listing, resolved
from onrecord.store.log import append
from onrecord.store.tables import (
    CLUSTERS,
    DEMANDS,
    ENGAGEMENTS,
    EVENT_ACTS,
    EVENT_WHO,
    EVENTS,
    FINDABLE,
    FINDABLE_WHO,
    FOUND,
    GROUP_DOCUMENTS,
    GROUP_NAMES,
    GROUPS,
    PARTIES,
    PROPOSALS,
    TALLIES,
)

REPORTS = {
    "chairman.txt": """Guards killed five men in Velk, says chairman
Ostmark Daily
4 May 2031

River Guard soldiers killed five men in Velk on 3 May 2031, Tane Orlund, chairman of the Hill
Movement, said on Sunday. Orlund called on the government of Ostmark to investigate the killings.
""",
    "again.txt": """Chairman repeats charge
Northern Post
6 May 2031

Tane Orlunde, chairman of the Hill Movement, said that River Guard soldiers killed five men in Velk
on 3 May 2031. He will meet President Ilka Varn in Selmouth on 12 May 2031.
""",
    "hospital.txt": """Hospital counts two dead
Valley Herald
4 May 2031

Two men were killed in Velk on 3 May 2031, said Dr Ines Marrow, director of Velk Hospital.
""",
    "denial.txt": """Guard denies
Ostmark Daily
7 May 2031

The River Guard denied that its soldiers had killed men in Velk. Tane Orlund said on Monday that
River Guard soldiers had beaten two farmers in Corrin on 5 May 2031.
""",
}
LATER = "Corrin, 9 May 2031. Ines Marrow said that soldiers had burned a mill in Corrin.\n"


@pytest.fixture
def case(tmp_path, database):
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Case.create(tmp_path / "case", database=database) as case:
        case.add([folder])
        yield case


@contextmanager
def read(case):
    with case._session.reading() as connection:
        yield connection


def rows(case, table):
    with read(case) as connection:
        return [dict(row) for row in connection.execute(select(table)).mappings()]


def dump(case):
    with read(case) as connection:
        return {table.name: list(found.stored(connection, table)) for table in found.MADE}


def add_later(case, tmp_path, text=LATER):
    (tmp_path / "later.txt").write_text(text, encoding="utf-8")
    with Case.open(case.folder) as other:
        other.add([tmp_path / "later.txt"])


def test_groups_say_what_their_members_say(case):
    case.resolve()
    members = case.people(None)
    groups = {row["canonical"]: row for row in rows(case, GROUPS)}
    assert {g.canonical: (g.type, len({m.document for m in g.members})) for g in members} == {
        canonical: (row["type"], row["documents"]) for canonical, row in groups.items()
    }
    (chairman,) = [g for g in members if "Tane Orlund" in g.spellings]
    assert groups[chairman.canonical]["name"] == "Tane Orlund"
    assert groups[chairman.canonical]["weight"] > 0
    spelled = {r["name"] for r in rows(case, GROUP_NAMES) if r["canonical"] == chairman.canonical}
    assert {"Tane Orlund", "Tane Orlunde"} <= spelled
    named = [r for r in rows(case, GROUP_DOCUMENTS) if r["canonical"] == chairman.canonical]
    assert len(named) == groups[chairman.canonical]["documents"]
    with case.browse() as state, read(case) as connection:
        for kinds in (("Person",), ("Organization", "Group"), ("Place",)):
            assert state.named(kinds, "", 0, 60) == listing.named(connection, kinds, "", 0, 60)
        assert [n.name for n in state.named(("Person",), "ORLUNDÉ", 0, 9)[0]] == ["Tane Orlund"]
        assert state.named(("Person",), "%", 0, 9)[1] == state.named(("Person",), "", 0, 9)[1]


def test_who_only_denies_a_deed_is_not_kept_as_accused_of_it(tmp_path, database):
    report = tmp_path / "one.txt"
    report.write_text(
        """Cooks deny it
Ostmark Daily
7 May 2031

Ines Marrow denied that the cooks had killed two bakers in Velk on 3 May 2031.
River Guard soldiers killed the two bakers in Velk, Tane Orlund said.
""",
        encoding="utf-8",
    )
    with Case.create(tmp_path / "case", database=database) as case:
        case.add([report])
        case.resolve()
        names = {row["canonical"]: row["name"] for row in rows(case, GROUPS)}
        parts = {(r["part"], names.get(r["canonical"])) for r in rows(case, EVENT_WHO)}
    named = {(part, name) for part, name in parts if part.startswith("perpetrator")}
    assert named == {("perpetrator", "River Guard soldiers"), ("perpetrator_denied", "the cooks")}


def test_events_and_their_reasons_are_kept_as_they_are_worked_out(case):
    case.resolve()
    with read(case) as connection:
        assert what.is_kept(connection)
        tables, whole = what.corroborated(connection)
        told = case.events()
        assert told
        for event in told:
            assert what.why(connection, event.id) == explain(tables, whole.origins, event.id)
        for key in (*tables.claims["key"].to_pylist(), *tables.acts["key"].to_pylist()):
            assert what.why(connection, key) == explain(tables, whole.origins, key)
    kept = {row["id"]: row for row in rows(case, EVENTS)}
    assert {e.id: (e.reports, e.independent_origins, len(e.contradictions)) for e in told} == {
        i: (row["reports"], row["origins"], row["contradictions"]) for i, row in kept.items()
    }
    assert kept[told[0].id]["date_from"] == kept[told[0].id]["date_to"] == "2031-05-03"
    acts = rows(case, EVENT_ACTS)
    assert {row["event"] for row in acts} == {event.id for event in told}
    parts = {(r["part"], r["canonical"]) for r in rows(case, EVENT_WHO) if r["event"] == told[0].id}
    assert ("act", "killing") in parts
    case.judge("Tane Orlunde", "Ines Marrow", "different")
    with read(case) as connection:
        assert not what.is_kept(connection)
    assert case.events() == told


def test_claims_are_found_by_who_speaks_who_is_accused_and_where(case):
    case.resolve()
    groups = {row["canonical"]: row["name"] for row in rows(case, GROUPS)}
    parts = {}
    for row in rows(case, FINDABLE_WHO):
        name = groups.get(row["canonical"], row["canonical"])
        parts.setdefault((row["document_id"], row["claim"]), set()).add((row["part"], name))
    texts = {record.document.id: record.text for record in case.records()}
    charged = [
        row
        for row in rows(case, FINDABLE)
        if {("speaker", "Tane Orlund"), ("accused", "River Guard soldiers"), ("place", "Velk")}
        <= parts.get((row["document_id"], row["claim"]), set())
    ]
    assert len(charged) == 2
    for row in charged:
        words = texts[row["document_id"]][row["start"] : row["end"]]
        assert "killed five men in Velk" in " ".join(words.split())
        assert row["acts"] == " killing "
        assert (row["date_from"], row["date_to"]) == ("2031-05-03", "2031-05-03")
        assert row["origins"] == 2
        assert ("act", "killing") in parts[row["document_id"], row["claim"]]
    claims = sum(len(record.claims) for record in case.records())
    alone = sum(not act.claims for record in case.records() for act in record.acts)
    assert len(rows(case, FINDABLE)) == claims + alone
    kinds = {r["value"]: r["number"] for r in rows(case, TALLIES) if r["what"] == "claims"}
    assert sum(kinds.values()) == claims


def test_engagements_and_demands_are_listed_with_their_parties(case):
    case.resolve()
    records = {record.document.id: record for record in case.records()}
    for table, read_body, name in (
        (ENGAGEMENTS, planned, "engagements"),
        (DEMANDS, demanded, "demands"),
    ):
        listed = rows(case, table)
        wanted = {one.id for record in records.values() for one in getattr(record, name)}
        assert wanted
        assert {row["id"] for row in listed} == wanted
        for row in listed:
            shown = read_body(json.loads(row["body"]))
            record = records[row["document_id"]]
            words = " ".join(record.text[slice(*shown.span)].split())
            assert words == (shown.words if table is ENGAGEMENTS else shown.action)
    parties = rows(case, PARTIES)
    assert {row["kind"] for row in parties} == {"engagement", "demand"}


def test_the_same_case_gives_the_same_rows_whatever_was_undone(case):
    case.resolve()
    first = dump(case)
    (one,) = [hit for hit in case.find_entities("Tane Orlunde") if hit.name == "Tane Orlunde"]
    other = next(m for g in case.people() for m in g.members if m.name == "Tane Orlund")
    case.judge(f"{one.document_id}|{one.entity_id}", other.key, "different")
    assert case.resolve().changed
    assert dump(case) != first
    case.undo()
    case.resolve()
    assert dump(case) == first
    case.rebuild()
    assert dump(case) == first
    assert case.verify().problems == ()
    assert not case.resolve().changed


def test_what_comes_in_while_it_is_worked_out_leaves_it_old(case, tmp_path):
    told = []

    def meanwhile(step):
        told.append(step)
        if "which are one event" in step:
            add_later(case, tmp_path)

    case.resolve(progress=meanwhile)
    assert told[-1] == "writing what changed"
    with case.browse() as state:
        assert not state.is_resolved
    assert case.verify().problems == ()
    before = dump(case)
    case.rebuild()
    assert dump(case) == before
    assert case.resolve().changed
    with case.browse() as state:
        assert state.is_resolved
        assert state.named(("Place",), "corrin", 0, 9)[0][0].documents == 2
    assert case.verify().problems == ()


def test_another_resolution_in_between_does_no_harm(case, tmp_path):
    def meanwhile(step):
        if step.startswith("writing"):
            add_later(case, tmp_path)
            with Case.open(case.folder) as other:
                other.resolve()

    case.resolve(progress=meanwhile)
    assert case.verify().problems == ()
    case.resolve()
    with case.browse() as state:
        assert state.is_resolved
    assert case.verify().problems == ()


def test_what_was_worked_out_waits_for_another_that_is_writing(case):
    case.resolve()
    case.judge("Tane Orlunde", "Ines Marrow", "unsure")
    done = Event()

    def write():
        with Case.open(case.folder) as other, other._session.writing_within(60):
            done.set()

    with Case.open(case.folder, write=True):
        with pytest.raises(CaseLocked), case._session.writing_within(0):
            pass
        waiting = Thread(target=write)
        waiting.start()
        assert not done.wait(0.3)
    assert done.wait(60)
    waiting.join()


def test_a_resolution_with_nothing_new_says_nothing(case):
    assert case.resolve().changed
    head = case.status().head
    assert not case.resolve().changed
    assert case.status().head == head


def test_open_questions_are_those_that_nobody_has_judged(case):
    case.resolve()
    with case.browse() as state, read(case) as connection:
        every = who.pairs(connection, who.current(connection))
        assert every
        assert every == case.proposals()
        every = proposed.told(state.connection, every)
        assert {"Northern Post", "Valley Herald"} <= {pair.left.publisher for pair in every}
        assert state.proposals(0, 100) == every
        assert state.proposals(1, 1) == every[1:2]
        assert state.open_proposals() == len(every)
    case.judge(every[0].left.key, every[0].right.key, "unsure")
    case.resolve()
    with case.browse() as state:
        assert every[0] not in state.proposals(0, 100)
        assert state.open_proposals() == len(case.proposals())


def test_a_case_resolved_before_there_were_these_tables(case):
    case.resolve()
    with case._session.writing() as writer, writer.connection.begin():
        told = resolved.last(writer.connection)
        for table in FOUND:
            writer.connection.execute(delete(table))
        kept = {name: told[name] for name in ("clusters_sha256", "proposals_sha256", "version")}
        append(writer.connection, writer.author, "resolve", kept)
    assert case.verify().problems == ()
    with case.browse() as state:
        assert state.is_resolved
        assert state.named(("Person",), "", 0, 9)[1] == len(case.people())
        assert state.open_proposals() == len(case.proposals())
    assert case.events()
    case.rebuild()
    assert rows(case, GROUPS) == []
    assert case.verify().problems == ()
    assert case.resolve().changed
    assert rows(case, GROUPS)
    assert case.verify().problems == ()


@pytest.mark.parametrize("table", [GROUPS, EVENTS, FINDABLE, TALLIES], ids=lambda t: t.name)
def test_a_row_that_was_altered_is_named(case, table):
    case.resolve()
    column = next(c for c in table.columns if not c.primary_key)
    value = 99 if column.type.python_type is int else "altered"
    with case._session.writing() as writer, writer.connection.begin():
        writer.connection.execute(update(table).values({column: value}))
    (problem,) = case.verify().problems
    assert (problem.kind, problem.where) == ("who is who altered", table.name)
    case.rebuild()
    assert case.verify().problems == ()


def test_rows_that_the_log_does_not_know_of_are_named(case):
    with case._session.writing() as writer, writer.connection.begin():
        for table in (CLUSTERS, PROPOSALS, *FOUND):
            assert writer.connection.execute(select(func.count()).select_from(table)).scalar() == 0
        writer.connection.execute(TALLIES.insert().values(what="events", value="all", number=3))
    (problem,) = case.verify().problems
    assert problem.where == "tallies"
    case.rebuild()
    assert case.verify().problems == ()
