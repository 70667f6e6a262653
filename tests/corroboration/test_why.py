import pytest
from click.testing import CliRunner
from story_factory import Said, Story, case

from onrecord.case import Case
from onrecord.cli import main
from onrecord.corroboration.origins import find_origins
from onrecord.corroboration.why import as_markdown, explain, place_of
from onrecord.errors import NotFound

LONG = (
    "soldiers of the Ninth Brigade came over the ridge at dawn, burned the mill and two barns, "
    "led the miller away and killed four people in Ombrel before the bell rang for the market"
)
STORIES = [
    Story("Wren Press Agency", [Said("Anka Brell", LONG)], "2031-05-04"),
    Story("The Lark", [Said("Anka Brell", LONG.replace("four", "five"))], "2031-05-05"),
    Story("Reed FM", [Said("Mira Tolvan", post="doctor, Ombrel Hospital")], "2031-05-06"),
]


@pytest.fixture(scope="module")
def explained():
    tables, events, canonical = case(STORIES)
    origins = list(find_origins(tables, events, canonical))
    return tables, origins


def test_a_claim_is_shown_with_its_chain_its_origin_and_the_reason_of_each_join(explained):
    tables, origins = explained
    claim = next(o for o in origins if o.source == "Anka Brell").members[1]
    found = explain(tables, origins, claim)
    assert found.independent == 2
    assert found.claim.chain == ("Anka Brell", "The Lark")
    assert found.origins[0].id == found.origin
    reasons = [telling.reason for telling in found.origins[0].tellings]
    assert reasons[0] is None
    assert "near copy" in reasons[1]
    assert ("four", "five") in found.origins[0].tellings[1].changed


def test_every_passage_is_the_words_of_its_document(explained):
    tables, origins = explained
    texts = dict(zip(*(tables.documents[n].to_pylist() for n in ("key", "text")), strict=True))
    for origin in explain(tables, origins, "event:raid").origins:
        for telling in origin.tellings:
            passage = telling.passage
            assert texts[passage.document][slice(*passage.span)] == passage.words


def test_the_page_says_how_many_and_why(explained):
    found = explain(*explained, "event:raid")
    page = as_markdown(found, "Killing in Ombrel")
    assert page.startswith("# Why: Killing in Ombrel\n")
    assert "**2 independent origins** for event:raid." in page
    assert "Not independent: The report in The Lark of 2031-05-05 is a near copy" in page
    assert "Changed in the copy: “four” to “five”." in page


def test_the_beginning_of_an_id_is_enough_and_two_things_are_too_many(explained):
    tables, origins = explained
    assert explain(tables, origins, "event:ra").subject == "event:raid"
    for subject in ("c", "nothing", ""):
        with pytest.raises(NotFound):
            explain(tables, origins, subject)


def test_words_that_stand_apart_are_found_together():
    text = "“We hid,” she said, “under the bridge.”"
    assert text[
        slice(*place_of("We hid under the bridge", text.replace(",”", "").replace("“", "")))
    ]
    assert place_of("We fled", text) is None


def test_the_command_explains_a_claim_of_a_case(tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(
        "OMBREL, May 4, 2031 - Soldiers killed four people in Ombrel on Monday, Anka Brell, "
        "a baker, told reporters.\n",
        encoding="utf-8",
    )
    with Case.create(tmp_path / "case") as case_made:
        case_made.add([report])
        claim = next(iter(case_made.records())).claims[0].id
    run = CliRunner().invoke(main, ["why", claim, "--case", str(tmp_path / "case")])
    assert run.exit_code == 0, run.output
    assert run.output.startswith("# Why: Killing; 28 April 2031; Ombrel\n")
    assert "Said by:" in run.output
