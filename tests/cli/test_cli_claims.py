"""`onrecord claims`: listed, decided with keys from a pipe, corrected, marked."""

import json

import pytest
from click.testing import CliRunner

from onrecord.case import Case
from onrecord.cli import main

TEXT = (
    "Tam Oru said that soldiers of the Lowland Guard had killed four farmers in Corrin. "
    "Mira Tane denied that soldiers had been there. She said that the road was open. "
    "The soldiers stood by as two houses fell.\n"
)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    folder = tmp_path_factory.mktemp("claims")
    (folder / "report.txt").write_text(TEXT, encoding="utf-8")
    with Case.create(folder / "case") as case:
        case.add([folder / "report.txt"])
    return folder / "case"


@pytest.fixture
def onrecord(first):
    """Runs a command on the case; what was decided is taken back afterwards."""

    def run(*asked, keys=None):
        return CliRunner().invoke(main, ["claims", *asked, "--case", str(first)], input=keys)

    yield run
    with Case.open(first) as case:
        for each in reversed(case.reviews()):
            case.undo(each.seq)


def listed(onrecord):
    return json.loads(onrecord("--json").stdout)


def test_claims_are_decided_with_one_key_each(onrecord, first):
    before = listed(onrecord)
    run = onrecord("review", keys="arzuq")
    assert run.exit_code == 0, run.output
    with Case.open(first) as case:
        states = [each.what for each in case.reviews()]
    assert states == ["accepted", "undecided"]
    assert len(listed(onrecord)) == len(before) - 2
    assert "killed four farmers" in run.stdout
    assert "on the word of: publisher not stated < Tam Oru" in run.stdout


def test_a_claim_is_named_by_the_beginning_of_its_id(onrecord):
    claim = listed(onrecord)[0]
    run = onrecord("reject", claim["id"][:12], "--why", "a rumour")
    assert run.exit_code == 0, run.output
    assert claim["id"] not in [each["id"] for each in listed(onrecord)]
    (decided,) = json.loads(onrecord("decided", "--json").stdout)
    assert (decided["what"], decided["why"], decided["lost"]) == ("rejected", "a rumour", False)
    assert "rejected: " in onrecord("decided").stdout


def test_corrections_and_additions(onrecord, first):
    claim = next(each for each in listed(onrecord) if each["kind"] == "allegation")
    with Case.open(first) as case:
        path, record = case.documents()[0].path, next(case.records())
    act, victim = next((a, v) for a in record.acts for v in a.victims if v.count)
    fell = TEXT.index("fell")
    for asked in (
        ("correct", claim["id"], "speaker", "Mira Tane"),
        ("correct", claim["id"], "kind", "statement"),
        ("correct", act.id, "count", "--min", "5", "--victim", victim.entity),
        ("mark", path, "name", str(fell - 11), str(fell - 1), "--type", "Group"),
    ):
        run = onrecord(*asked)
        assert run.exit_code == 0, run.output
    with Case.open(first) as case:
        shown = next(case.records())
    assert next(c for c in shown.claims if c.id == claim["id"]).kind == "statement"
    (found,) = [v.count for a in shown.acts for v in a.victims if v.corrected]
    assert (found.min, found.max, found.text) == (5, None, "four")
    assert "two houses" in {entity.name for entity in shown.entities}


def test_what_cannot_be_put_down_says_why(onrecord):
    claim = listed(onrecord)[0]
    run = onrecord("correct", claim["id"], "kind", "rumour")
    assert run.exit_code == 2
    assert "there is no kind 'rumour'" in run.stderr
    assert "allegation, denial" in run.stderr
