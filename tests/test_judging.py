"""Who is who in a case: proposals, judgements, undoing, rebuilding; on SQLite and PostgreSQL."""

import signal
import subprocess
import sys

import pytest
from sqlalchemy import delete, select, update

from onrecord.case import Case
from onrecord.errors import CaseError, CaseLocked, NotFound
from onrecord.store.tables import CLUSTERS, GRADES, JUDGEMENTS, LOG, METADATA, PROPOSALS

REPORTS = {
    "1.txt": (
        "Selmouth, 4 March 2021 — Sarfan Toldukh, the commander of the Lowland Guard, ordered the "
        "killing of four farmers in Corrin, Mira Tane said. "
        "Aftan Tolduk, a farmer, said that he had seen no soldiers.\n"
    ),
    "2.txt": (
        "Selmouth, 6 March 2021 — Mira Tane said that Sarfaan Tolduq, the commander of the Lowland "
        "Guard, had ordered the killing of four farmers in Corrin.\n"
    ),
    "3.txt": (
        "The commander of the Lowland Guard, Sarfan Tolduk, told reporters that he knew of no "
        "killing in Corrin.\n"
    ),
}
TABLES = [table for table in METADATA.sorted_tables if table.name not in ("log", "meta")]


@pytest.fixture
def case(tmp_path, database):
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, text in REPORTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    with Case.create(tmp_path / "case", database=database) as case:
        case.add([folder])
        yield case


def dump(case, tables=TABLES):
    """Every row of the tables, byte for byte, in an order of our own."""
    with case._session.reading() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for table in tables
        }


def key(case, name):
    (hit,) = [hit for hit in case.find_entities(name) if hit.name == name]
    return f"{hit.document_id}|{hit.entity_id}"


def together(case, one, other):
    return any({one, other} <= {member.name for member in group.members} for group in case.people())


def test_spellings_of_one_person_are_proposed_with_reasons_and_a_namesake_is_not(case):
    found = case.resolve()
    assert found.changed
    assert together(case, "Sarfan Toldukh", "Sarfaan Tolduq")
    assert not together(case, "Aftan Tolduk", "Sarfan Tolduk")
    (group,) = [g for g in case.people() if "Sarfaan Tolduq" in g.spellings]
    assert {member.name for member in group.members} == set(group.spellings)
    assert all(pair.reasons and pair.score > 0 for pair in group.reasons)
    assert not case.resolve().changed


def test_a_judgement_wins_over_the_machine_and_names_who_when_and_why(case, monkeypatch):
    monkeypatch.setenv("ONRECORD_USER", "amara")
    case.resolve()
    with Case.open(case.folder, command="judge") as again:
        entry = again.judge("Sarfan Toldukh", "Sarfaan Tolduq", "different", why="two brothers")
    assert (entry.kind, entry.actor, entry.payload["why"]) == ("judge", "amara", "two brothers")
    assert not together(case, "Sarfan Toldukh", "Sarfaan Tolduq")
    case.resolve()
    assert not together(case, "Sarfan Toldukh", "Sarfaan Tolduq")
    (decision,) = case.judgements()
    assert (decision.verdict, decision.actor, decision.seq) == ("different", "amara", entry.seq)
    assert case.verify().problems == ()


def test_a_judged_pair_is_proposed_no_more(case):
    case.resolve()
    pair = case.proposals()[0]
    case.judge(pair.left.key, pair.right.key, "unsure")
    keys = {(p.left.key, p.right.key) for p in case.proposals()}
    assert (pair.left.key, pair.right.key) not in keys


def test_undoing_and_redoing_gives_the_same_state_byte_for_byte(case):
    case.resolve()
    before = dump(case)
    judged = case.judge("Aftan Tolduk", "Sarfan Tolduk", "same")
    case.resolve()
    after = dump(case)
    assert after != before
    assert together(case, "Aftan Tolduk", "Sarfan Tolduk")
    undone = case.undo()
    assert undone.payload["entry"] == judged.seq
    case.resolve()
    assert dump(case) == before
    case.undo(undone.seq)
    case.resolve()
    assert dump(case) == after
    assert case.verify().problems == ()


def test_two_judgements_are_undone_in_either_order(case):
    case.resolve()
    before, ends = dump(case), []
    for turn in (False, True):
        first = case.judge("Aftan Tolduk", "Sarfan Tolduk", "same").seq
        second = case.judge("Sarfan Toldukh", "Sarfaan Tolduq", "different").seq
        for seq in sorted((first, second), reverse=turn):
            case.undo(seq)
        case.resolve()
        ends.append(dump(case))
    assert ends == [before, before]


def test_the_later_of_two_judgements_holds_and_undoing_it_brings_the_earlier_back(case):
    names = ("Aftan Tolduk", "Sarfan Tolduk")
    case.judge(*names, "same")
    case.judge(*reversed(names), "different")
    assert [d.verdict for d in case.judgements()] == ["different"]
    case.undo()
    assert [d.verdict for d in case.judgements()] == ["same"]


def test_different_is_not_crossed_and_a_same_that_would_is_named(case):
    case.judge("Sarfan Toldukh", "Sarfaan Tolduq", "different")
    case.judge("Sarfan Toldukh", "Sarfan Tolduk", "same")
    last = case.judge("Sarfan Tolduk", "Sarfaan Tolduq", "same")
    found = case.resolve()
    assert len(found.refused) == 1
    assert found.refused[0].seq < last.seq
    assert not together(case, "Sarfan Toldukh", "Sarfaan Tolduq")


def test_a_group_is_named_by_its_id_also_after_it_changed(case):
    case.resolve()
    (group,) = [g for g in case.people() if "Sarfaan Tolduq" in g.spellings]
    entry = case.judge(group.canonical, "Aftan Tolduk", "different")
    assert group.members[0].key in (entry.payload["left"], entry.payload["right"])


@pytest.mark.parametrize(
    ("left", "right", "error"),
    [
        ("Nobody Here", "Aftan Tolduk", NotFound),
        ("Aftan Tolduk", "Aftan Tolduk", CaseError),
        ("cluster:0000000000000000", "Aftan Tolduk", NotFound),
        ("nothing.txt|Aftan Tolduk", "Aftan Tolduk", NotFound),
    ],
)
def test_what_cannot_be_judged_is_refused_and_not_logged(case, left, right, error):
    before = case.log()
    with pytest.raises(error):
        case.judge(left, right, "same")
    assert case.log() == before


def test_what_cannot_be_undone_is_refused(case):
    with pytest.raises(NotFound, match="nothing to undo"):
        case.undo()
    with pytest.raises(NotFound, match="no decision"):
        case.undo(1)
    entry = case.judge("Aftan Tolduk", "Sarfan Tolduk", "same")
    case.undo(entry.seq)
    with pytest.raises(NotFound, match="taken back already"):
        case.undo(entry.seq)


def test_grades_on_two_scales_are_kept_apart_and_undone(case):
    document = case.documents()[0].id
    case.grade(document, source_reliability="C", why="often late")
    case.grade(document, information_credibility="2")
    case.grade(document, source_reliability="B")
    assert [(g.scale, g.grade) for g in case.grades()] == [
        ("information_credibility", "2"),
        ("source_reliability", "B"),
    ]
    case.undo()
    assert {(g.scale, g.grade) for g in case.grades()} == {
        ("information_credibility", "2"),
        ("source_reliability", "C"),
    }
    with pytest.raises(CaseError, match="no source reliability"):
        case.grade(document, source_reliability="G")
    with pytest.raises(CaseError, match="no grade"):
        case.grade(document)
    assert case.verify().problems == ()


def test_a_rebuild_from_originals_and_log_gives_the_same_case(case):
    case.judge("Sarfan Toldukh", "Sarfaan Tolduq", "different", why="ünsicher \x00 \ud800")
    case.grade(case.documents()[1].id, information_credibility="4")
    case.resolve()
    before, log = dump(case), case.log()
    found = [hit.text for hit in case.search("farmers")]
    assert case.rebuild() == len(REPORTS)
    assert dump(case) == before
    assert case.log() == log
    assert [hit.text for hit in case.search("farmers")] == found
    assert case.verify().problems == ()


def test_a_rebuild_keeps_what_was_resolved_before_the_newest_judgement(case):
    case.resolve()
    case.judge("Sarfan Toldukh", "Sarfaan Tolduq", "different")
    before = dump(case)
    case.rebuild()
    assert dump(case) == before


def test_a_rebuild_mends_tables_that_were_changed_behind_the_back(case):
    case.judge("Aftan Tolduk", "Sarfan Tolduk", "same")
    case.grade(case.documents()[0].id, source_reliability="A")
    case.resolve()
    before = dump(case)
    with case._session._engine.begin() as connection:
        connection.execute(update(JUDGEMENTS).values(verdict="different"))
        connection.execute(delete(GRADES))
        connection.execute(update(CLUSTERS).values(canonical="cluster:0"))
        connection.execute(delete(PROPOSALS))
    kinds = {(p.kind, p.where.split(" ")[0]) for p in case.verify().problems}
    assert kinds == {
        ("decision altered", "judgements"),
        ("decision altered", "grades"),
        ("who is who altered", "clusters"),
        ("who is who altered", "proposals"),
    }
    case.rebuild()
    assert dump(case) == before
    assert case.verify().problems == ()


def test_a_rebuild_that_would_differ_changes_nothing(case):
    before = dump(case)
    path = case._session.vault.path(case.documents()[0].id.removeprefix("sha256:"))
    path.chmod(0o644)
    path.write_bytes(b"something else")
    with pytest.raises(CaseError, match="cannot be made again"):
        case.rebuild()
    assert dump(case) == before


def test_another_process_cannot_judge_meanwhile(case):
    code = (
        "import sys; from onrecord.case import Case; from onrecord.errors import CaseLocked\n"
        "with Case.open(sys.argv[1]) as case:\n"
        "    try: case.judge('Aftan Tolduk', 'Sarfan Tolduk', 'same')\n"
        "    except CaseLocked: print('locked')\n"
    )
    with Case.open(case.folder, write=True):
        out = subprocess.run(
            [sys.executable, "-c", code, str(case.folder)],
            check=False,
            capture_output=True,
            text=True,
        )
        assert (out.stdout, out.stderr) == ("locked\n", "")
        with pytest.raises(CaseLocked):
            case.judge("Aftan Tolduk", "Sarfan Tolduk", "same")


JUDGE = """
import sys
from onrecord.case import Case
with Case.open(sys.argv[1], write=True) as case:
    for number in range(10_000):
        case.judge("Aftan Tolduk", "Sarfan Tolduk", ("same", "different")[number % 2])
        print(number, flush=True)
"""


def test_killed_while_judging_every_decision_told_of_is_whole(case):
    process = subprocess.Popen(
        [sys.executable, "-c", JUDGE, str(case.folder)], stdout=subprocess.PIPE, text=True
    )
    told = [process.stdout.readline() for _ in range(12)]
    process.send_signal(signal.SIGKILL)
    rest = process.communicate()[0]
    told = len(told) + rest.count("\n")
    with Case.open(case.folder, write=True) as again:
        entries = [entry for entry in again.log() if entry.kind == "judge"]
        assert told <= len(entries) <= told + 1
        assert again.verify().problems == ()
        assert again.judgements()[0].seq == entries[-1].seq
        again.undo()


def test_the_log_holds_every_decision(case):
    case.resolve()
    case.judge("Aftan Tolduk", "Sarfan Tolduk", "same")
    case.undo()
    case.grade(case.documents()[0].id, source_reliability="F")
    with case._session.reading() as connection:
        kinds = list(connection.execute(select(LOG.c.kind).order_by(LOG.c.seq)).scalars())
    assert kinds[-4:] == ["resolve", "judge", "undo", "grade"]
