"""Claims accepted, rejected, corrected and added; products, exports, undo, rebuild follow."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text, update

from onrecord.case import Case, reviewing
from onrecord.cli import main
from onrecord.errors import DecidedMeanwhile, NotDecided, NotFound
from onrecord.model import as_json
from onrecord.products.door.policy import Recipient
from onrecord.store import undecided
from onrecord.store.migrations import m0006_reviews
from onrecord.store.tables import CLAIMS, CORRECTIONS, METADATA, REVIEWS
from onrecord.store.undecided import ORDERS

REPORTS = {
    "1.txt": (
        "Selmouth, 4 March 2021 — Sarfan Toldukh, the commander of the Lowland Guard, ordered the "
        "killing of four farmers in Corrin, Mira Tane said. "
        "Sarfan Toldukh denied that he had ordered it.\n\n"
        "Mira Tane called on the court of Selm to open an inquiry.\n"
    ),
    "2.txt": (
        "Selmouth, 6 March 2021 — Tam Oru said that soldiers of the Lowland Guard had abducted his "
        "brother in Corrin. The soldiers stood by as two houses fell.\n"
    ),
}
TABLES = [table for table in METADATA.sorted_tables if table.name not in ("log", "meta")]


@pytest.fixture
def case(tmp_path, database, monkeypatch):
    monkeypatch.setenv("ONRECORD_USER", "amara")
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, words in REPORTS.items():
        (folder / name).write_text(words, encoding="utf-8")
    with Case.create(tmp_path / "case", database=database) as case:
        case.add([folder])
        case.resolve()
        yield case


def dump(case, tables=TABLES):
    with case._session.reading() as connection:
        return {
            table.name: sorted(repr(tuple(row)) for row in connection.execute(select(table)))
            for table in tables
        }


def record(case, words):
    return next(each for each in case.records() if words in each.text)


def key(record, item):
    return f"{record.document.id}|{item.id}"


def claim_saying(record, words):
    found = [c for c in record.claims if words in record.text[slice(*c.content[0])]]
    return key(record, found[0])


def act_of(record, kind):
    return next(act for act in record.acts if act.type == kind)


def at(record, words):
    start = record.text.index(words)
    return (start, start + len(words))


def product(case, *asked):
    run = CliRunner().invoke(main, [*asked, "--case", str(case.folder)])
    assert run.exit_code == 0, run.output
    return run.stdout


def decide_all_kinds(case):
    """One decision of each kind; the numbers of their entries."""
    first, second = record(case, "four farmers"), record(case, "his brother")
    made = [
        case.review(claim_saying(first, "ordered the killing"), "accepted", why="read it twice"),
        case.review(claim_saying(second, "abducted his brother"), "rejected"),
        case.correct(claim_saying(first, "open an inquiry"), "modality", "hedged"),
        case.correct(key(first, act_of(first, "killing")), "count", {"min": 5, "max": 5}),
        case.mark(second.document.id, "name", [at(second, "two houses")], type="Group"),
        case.mark(
            second.document.id, "claim", [at(second, "The soldiers stood by as two houses fell")],
            kind="allegation", speaker="two houses", source=at(second, "two houses"),
        ),
    ]  # fmt: skip
    killing = key(first, act_of(first, "killing"))
    made += [
        case.correct(killing, "perpetrator", {"who": "Sarfan Toldukh", "said": False}),
        case.correct(killing, "perpetrator", {"who": "Lowland Guard", "involvement": "ordered"}),
        case.correct(killing, "victim", "Mira Tane"),
        case.correct(killing, "place", "Corrin", span=at(first, "Corrin")),
        case.correct(killing, "date", {"date": "3 March 2021", "words": "4  March 2021"}),
    ]
    added = made[5].payload["id"]
    act = case.mark(
        second.document.id, "act", [at(second, "fell")], type="attack_on_property", claim=added,
        victims=["two houses"],
    )  # fmt: skip
    count = case.mark(second.document.id, "count", [at(second, "two")], act=act.payload["id"])
    return [entry.seq for entry in (*made, act, count)]


def test_a_rejected_allegation_is_in_no_product_and_no_export(case, tmp_path):
    first = record(case, "four farmers")
    words = "ordered the killing of four farmers"
    assert words in product(case, "dossier", "Sarfan Toldukh")
    case.review(claim_saying(first, words), "rejected")
    case.resolve()
    for asked in (("dossier", "Sarfan Toldukh"), ("chronology",), ("brief", "Sarfan Toldukh")):
        assert words not in product(case, *asked)
    assert not any(event for event in case.events() if "killing" in event.types)
    product(case, "export", "csv", "-o", str(tmp_path / "tables"))
    tables = "".join(p.read_text("utf-8") for p in sorted((tmp_path / "tables").rglob("*.csv")))
    assert act_of(first, "killing").id not in tables
    case.undo()
    assert words in product(case, "dossier", "Sarfan Toldukh")


def test_a_corrected_count_is_in_the_brief_and_its_note_still_points_at_the_words(case):
    first = record(case, "four farmers")
    assert "four (4)" in product(case, "brief", "Sarfan Toldukh").replace("“", "").replace("”", "")
    case.correct(key(first, act_of(first, "killing")), "count", {"min": 5, "max": 6})
    told = product(case, "brief", "Sarfan Toldukh")
    assert "5 to 6" in told
    shown = record(case, "four farmers")
    count = act_of(shown, "killing").victims[0].count
    assert shown.text[slice(*count.span)] == count.text == "four"
    assert case.verify().problems == ()


def test_who_is_laid_an_act_to_is_corrected_in_the_dossier_and_points_at_words(case):
    first = record(case, "four farmers")
    killing = key(first, act_of(first, "killing"))
    out = case.correct(killing, "perpetrator", {"who": "Sarfan Toldukh", "said": False})
    case.correct(killing, "perpetrator", {"who": "Lowland Guard", "involvement": "ordered"})
    case.correct(killing, "date", {"date": "3 March 2021", "words": "4 March 2021"})
    case.correct(killing, "place", None)
    act = act_of(record(case, "four farmers"), "killing")
    (by,) = act.perpetrators
    assert (first.text[slice(*by.span)], by.involvement) == ("Lowland Guard", "ordered")
    assert (act.date, [first.text[slice(*span)] for span in act.cites["date"]]) == (
        "2021-03-03",
        ["4 March 2021"],
    )
    assert (act.place, "place" in act.cites) == (None, False)
    assert set(act.corrected) == {"perpetrators", "date", "place"}
    told = {reviewing.said(each) for each in case.reviews()}
    assert {
        "Sarfan Toldukh taken out as perpetrator",
        "Lowland Guard put in as perpetrator (ordered)",
        "date corrected to 2021-03-03",
        "place corrected to not stated",
    } == told
    case.undo(out.seq)
    act = act_of(record(case, "four farmers"), "killing")
    assert [first.text[slice(*by.span)] for by in act.perpetrators] == [
        "Sarfan Toldukh",
        "Lowland Guard",
    ]
    assert not case.verify().problems


def test_undoing_and_redoing_gives_the_same_tables_byte_for_byte(case):
    before = dump(case)
    entries = decide_all_kinds(case)
    after = dump(case)
    assert case.verify().problems == ()
    undone = [case.undo(seq).seq for seq in reversed(entries)]
    assert dump(case) == before
    for seq in reversed(undone):
        case.undo(seq)
    assert dump(case) == after
    assert case.verify().problems == ()


def test_all_that_was_decided_holds_and_is_made_again_by_a_rebuild(case):
    decide_all_kinds(case)
    case.resolve()
    held, shown = dump(case), [as_json(each) for each in case.records()]
    assert not any(each.lost for each in case.reviews())
    case.rebuild()
    assert dump(case) == held
    assert [as_json(each) for each in case.records()] == shown
    assert case.verify().problems == ()


def test_tables_altered_by_hand_are_named(case):
    decide_all_kinds(case)
    with case._session.writing() as writer, writer.reading() as connection:
        connection.execute(update(REVIEWS).values(state="undecided"))
        connection.execute(update(CORRECTIONS).values(why="another"))
    kinds = {problem.kind for problem in case.verify().problems}
    assert {"decision altered", "look-up altered"} <= kinds


def test_a_lossless_export_carries_what_was_extracted_and_the_decisions(case, tmp_path):
    decide_all_kinds(case)
    first, again = tmp_path / "all.jsonl", tmp_path / "again.jsonl"
    product(case, "export", "jsonl", "--audience", "internal", "-o", str(first))
    assert Case.restore(first, tmp_path / "other").decisions == 13
    with Case.open(tmp_path / "other") as other:
        assert other.verify().problems == ()
        ours, theirs = ([_without_entries(as_json(r)) for r in c.records()] for c in (case, other))
        assert theirs == ours
        product(other, "export", "jsonl", "--audience", "internal", "-o", str(again))
    assert again.read_bytes() == first.read_bytes()


def _without_entries(value):
    """A record without the numbers of entries, which are each case's own."""
    if isinstance(value, dict):
        return {name: _without_entries(part) for name, part in value.items() if name != "entry"}
    return list(map(_without_entries, value)) if isinstance(value, list) else value


def test_a_decision_that_no_record_could_be_made_of_is_not_restored(case, tmp_path):
    from onrecord.errors import UnreadableSource

    decide_all_kinds(case)
    file = tmp_path / "all.jsonl"
    product(case, "export", "jsonl", "--audience", "internal", "-o", str(file))
    lines = file.read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        told = json.loads(line)
        if told.get("what") == "correct" and told["payload"]["field"] == "modality":
            told["payload"]["value"] = "certain"
            lines[number] = json.dumps(told)
    file.write_text("\n".join(lines) + "\n", "utf-8")
    with pytest.raises(UnreadableSource, match="no decision of kind correct"):
        Case.restore(file, tmp_path / "other")


def test_others_get_the_record_as_it_was_corrected_and_not_who_did_it(case, tmp_path):
    decide_all_kinds(case)
    file = tmp_path / "public.jsonl"
    product(case, "export", "jsonl", "-o", str(file))
    told = file.read_text("utf-8")
    assert "amara" not in told
    lines = [json.loads(line) for line in told.splitlines()]
    assert not any(line["kind"] == "decision" for line in lines)
    records = [line["record"] for line in lines if line["kind"] == "record"]
    counts = [v["count"] for r in records for a in r["acts"] for v in a["victims"] if v["count"]]
    assert 5 in {count["min"] for count in counts}
    assert not any("reviewed" in claim for r in records for claim in r["claims"])
    Case.restore(file, tmp_path / "theirs")
    with Case.open(tmp_path / "theirs") as theirs:
        assert theirs.verify().problems == ()
    for audience in ("public", "court"):
        recipient = Recipient(audience)  # a bundle is checked by its own verifier before it leaves
        assert case.bundle(tmp_path / audience, recipient=recipient).counts["records"] == 2
    given = "".join(p.read_text("utf-8") for p in (tmp_path / "public").rglob("*.jsonl"))
    assert "amara" not in given


def test_a_later_extraction_keeps_decisions_and_lists_those_that_lost_their_ground(case):
    first = record(case, "four farmers")
    kept = case.review(claim_saying(first, "ordered the killing"), "accepted").seq
    lost = case.correct(claim_saying(first, "open an inquiry"), "modality", "hedged").seq
    anew = as_json(case.extracted(first.document.id))
    gone = claim_saying(first, "open an inquiry").rpartition("|")[2]
    anew["claims"] = [claim for claim in anew["claims"] if claim["id"] != gone]
    anew["demands"] = []
    with case._session.writing() as writer:
        writer.record(first.document.id, json.loads(json.dumps(anew)), "a later version")
    assert {each.seq: each.lost for each in case.reviews()} == {kept: False, lost: True}
    claims = {claim.id: claim for claim in record(case, "four farmers").claims}
    assert [c.reviewed.state for c in claims.values() if c.reviewed] == ["accepted"]
    assert case.verify().problems == ()


def test_only_what_changes_who_is_who_makes_it_old(case):
    first = record(case, "four farmers")
    subject = claim_saying(first, "ordered the killing")

    def resolved():
        with case.browse() as state:
            return state.is_resolved

    accepted = case.review(subject, "accepted")
    assert resolved()
    case.undo(accepted.seq)
    assert resolved()
    rejected = case.review(subject, "rejected")
    assert not resolved()
    case.resolve()
    assert resolved()
    case.undo(rejected.seq)
    assert not resolved()


def test_open_claims_come_in_the_order_asked_and_leave_when_decided(case):
    found = case.open_claims(limit=100)
    assert len(found) == case.number_open()
    first = [claim for claim in found if claim.kind in ("allegation", "denial", "demand")]
    assert found[: len(first)] == first
    assert [c.doubt for c in first] == sorted((c.doubt for c in first), reverse=True)
    by_weight = case.open_claims(limit=len(first), order="most consequential")
    assert [c.weight for c in by_weight] == sorted((c.weight for c in by_weight), reverse=True)
    case.review(found[0].key, "undecided")
    assert found[0] not in case.open_claims(limit=100)
    (group,) = [g for g in case.people() if "Sarfan Toldukh" in g.spellings]
    theirs = case.open_claims(who=group.canonical)
    assert {claim.kind for claim in theirs} == {"allegation", "denial"}, "against them, by them"


def test_somebody_met_often_is_found_otherwise_and_alike(case, monkeypatch):
    groups = [group.canonical for group in case.people()]

    def told():
        found = [
            case.open_claims(limit=100, order=order, who=w) for w in groups for order in ORDERS
        ]
        return found, [case.number_open(who=who) for who in groups]

    case.review(case.open_claims()[0].key, "rejected")
    few = told()
    monkeypatch.setattr(undecided, "OFTEN", 1)
    assert told() == few
    assert any(few[1])


def test_who_decides_on_what_changed_meanwhile_is_told_by_whom(case):
    subject = claim_saying(record(case, "four farmers"), "ordered the killing")
    entry = case.review(subject, "accepted", seen=0)
    with pytest.raises(DecidedMeanwhile, match="amara") as refused:
        case.review(subject, "rejected", seen=0)
    assert "accepted" in refused.value.why
    case.undo(entry.seq)
    with pytest.raises(DecidedMeanwhile, match="took back"):
        case.review(subject, "rejected", seen=entry.seq)
    case.review(subject, "rejected", seen=0)
    case.correct(subject, "kind", "statement")


def test_what_is_no_value_or_no_words_is_refused(case):
    first = record(case, "four farmers")
    subject, act = claim_saying(first, "ordered the killing"), act_of(first, "killing")
    before = case.status().entries
    wrong = [
        lambda: case.correct(subject, "kind", "rumour"),
        lambda: case.correct(subject, "kind", "allegation"),
        lambda: case.correct(subject, "type", "killing"),
        lambda: case.correct(key(first, act), "count", {"min": 6, "max": 5}),
        lambda: case.correct(key(first, act), "count", {}),
        lambda: case.correct(key(first, act), "perpetrator", {"who": "Mira Tane", "said": False}),
        lambda: case.correct(key(first, act), "perpetrator", "Sarfan Toldukh"),
        lambda: case.correct(
            key(first, act), "perpetrator", {"who": "Mira Tane", "involvement": "watched"}
        ),
        lambda: case.correct(key(first, act), "date", "the day after"),
        lambda: case.correct(key(first, act), "date", {"date": "2021", "words": "never said"}),
        lambda: case.review(subject, "maybe"),
        lambda: case.mark(first.document.id, "name", [(0, 10**6)], type="Person"),
        lambda: case.mark(first.document.id, "name", [at(first, "Mira Tane")], type="Person"),
        lambda: case.mark(first.document.id, "claim", [at(first, "four farmers")], kind="denial"),
        lambda: case.mark(first.document.id, "fact", [at(first, "four farmers")]),
    ]
    for refuse in wrong:
        with pytest.raises(NotDecided):
            refuse()
    for refuse in (
        lambda: case.review("claim:0000", "accepted"),
        lambda: case.correct(subject, "speaker", "Nobody at All"),
    ):
        with pytest.raises(NotFound):
            refuse()
    assert case.status().entries == before


def test_a_case_of_an_earlier_version_gets_the_order_of_its_claims(case):
    wanted = dump(case, [CLAIMS])
    with case._session.writing() as writer, writer.reading() as connection:
        connection.execute(text("UPDATE claims SET priority = 1, doubt = 0, weight = 0"))
        m0006_reviews.fill(connection)
    assert dump(case, [CLAIMS]) == wanted
