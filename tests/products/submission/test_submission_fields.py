"""Fields of a submission on reports of an invented country."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.errors import NotFound
from onrecord.model import Document, Entity, Record
from onrecord.pipeline import extract_text
from onrecord.products.index import Index, Judged
from onrecord.products.parts import Desk
from onrecord.products.submission import Agreed, Prepared, forms, submission, whom
from onrecord.products.submission.found import Found
from onrecord.products.submission.passages import Spoken
from onrecord.products.submission.readiness import readiness

TEACHER = """\
CARRICK, Maruvia, June 4, 2031 (Norden Wire) - Four policemen in plain clothes took Ilven Darrow, a
41-year-old teacher, from his house in Carrick on June 2, his wife, Sanna Darrow, said on Wednesday.

Sanna Darrow told Norden Wire that she went to the Carrick police station the same night. The
government of Maruvia has not commented.
"""
NURSE = """\
Harbour Rights League
Urgent appeal, 12 May 2031

Tessa Wyncott (27), a nurse and a national of Ostravia, was abducted on the evening of 9 May 2031
outside the clinic in Lisk by masked members of the River Guard, according to two colleagues who
saw it. She was wearing a blue coat. Her family has received threats by telephone.

The River Guard said that it does not hold Tessa Wyncott.
"""
STUDENT = """\
Oren Vasht, 19, disappeared in Red Valley last spring. His mother believes that soldiers took him.
On 14 March the mother of Oren Vasht asked the army where he is.
"""
RELEASED = """\
Rudo Kalm was arrested by intelligence officers at the airport of Vendel on 3 August 2030 and
released without charge on 5 August.
"""
OFFICIAL = """\
The minister, Halle Brond, said on 3 May 2031 that four students had been arrested in Lisk. Halle
Brond denied that they were missing. The minister was never asked whether Halle Brond was arrested.
"""
YEARLESS = "Mira Tolund was seized in Lisk on 9 May by soldiers, neighbours said.\n"
PEACE = "Halle Brond opened a bridge in Lisk on 3 May 2031. Halle Brond thanked the builders.\n"
TODAY = Prepared(today=date(2031, 6, 5))


def desk_of(*texts: str) -> Desk:
    return Desk(
        Index([extract_text(text, path=f"{n}.txt") for n, text in enumerate(texts, start=1)])
    )


def assessed(
    text: str, name: str, form: str = "wgeid-urgent", prepared: Prepared = TODAY
) -> dict[str, Found]:
    desk = desk_of(text)
    spoken = Spoken(desk, whom.find(desk, [name]))
    return {k: a.found for k, a in readiness(forms.form(form), spoken, prepared).items()}


LATER = """\
Vendel Observer, 20 June 2031

The commission is concerned about the disappearance of Ilven Darrow and asks the government of
Maruvia to reply by 31 July 2031.
"""
KIN = """\
Sanna Darrow told Norden Wire on 5 June 2031 that four men took her brother to a van. Sanna
Darrow's cousin was arrested too, she said.
"""


def test_no_day_after_the_report_is_the_day_of_an_arrest() -> None:
    assert assessed(LATER, "Ilven Darrow")["date"].state == "missing"


def test_whose_brother_was_taken_is_not_taken() -> None:
    desk = desk_of(KIN)
    found = {candidate.subject.name for candidate in whom.candidates(desk)}
    assert "Sanna Darrow" not in found
    assert "her brother" in found


def test_a_report_that_tells_much_gives_much() -> None:
    found = assessed(TEACHER, "Ilven Darrow")
    assert found["date"].value == "2031-06-02", "the day of the act, not that of the dateline"
    assert (found["place"].value, found["state"].value) == ("Carrick", "Maruvia")
    assert found["age"].value == "41"
    assert (
        found["responsible"]
        .told[0]
        .record.text[slice(*found["responsible"].told[0].core)]
        .startswith("Four policemen")
    )
    assert {found[k].state for k in ("nexus", "steps", "circumstances", "time")} == {"held"}


def test_an_armed_group_is_no_state() -> None:
    found = assessed(NURSE, "Tessa Wyncott")
    assert found["responsible"].state == "held"
    assert found["nexus"].state == "missing"
    assert found["fate"].state == "doubt"
    assert {found[k].state for k in ("nationality", "identifiers", "witnesses", "danger")} == {
        "held"
    }
    assert found["age"].reasons == (), "the month of May is no hedge"


def test_what_is_only_believed_is_held_with_doubt() -> None:
    found = assessed(STUDENT, "Oren Vasht")
    assert {found[k].state for k in ("circumstances", "responsible", "nexus")} == {"doubt"}
    assert found["date"].state == "missing", "the day of an inquiry is not that of the act"
    assert found["time"].state == "missing"


def test_who_was_released_is_said_to_be() -> None:
    found = assessed(RELEASED, "Rudo Kalm")
    assert found["fate"].state == "held"
    assert found["time"].state == "closed"
    assert "wgeid-standard" in found["time"].reasons[0]


def test_of_an_official_who_speaks_of_others_nothing_is_said() -> None:
    found = assessed(OFFICIAL, "Halle Brond")
    fields = ("date", "place", "circumstances", "responsible", "nexus", "fate", "steps", "danger")
    assert {found[k].state for k in fields} == {"missing"}


def test_a_day_without_a_year_tells_nothing_of_a_limit() -> None:
    found = assessed(YEARLESS, "Mira Tolund")
    assert found["date"].state == "doubt"
    assert found["date"].value == "XXXX-05-09"
    assert found["time"].state == "doubt"
    court = assessed(YEARLESS, "Mira Tolund", "icc-article-15")
    assert court["time"].state == "doubt"


@pytest.mark.parametrize(
    ("state", "wanted"), [("given", "given"), ("refused", "closed"), ("withdrawn", "closed")]
)
def test_consent_is_that_of_the_person_or_of_kin(state: str, wanted: str) -> None:
    desk = desk_of(TEACHER)
    wife = next(e for e in desk.index.sheet_of if desk.index.entity(e).name == "Sanna Darrow")
    spoken = Spoken(desk, whom.find(desk, ["Ilven Darrow"]))
    agreed = (Agreed(wife, state, "put down"), Agreed("entity:other", "given", "of another"))
    prepared = Prepared(agreed=agreed)
    found = readiness(forms.form("wgeid-standard"), spoken, prepared)["consent"].found
    assert found.state == (wanted if wife in spoken.kin else "person")
    assert wife in spoken.kin
    assert "of another" not in found.value


def test_a_refusal_of_somebody_who_is_not_shown_is_told() -> None:
    prepared = Prepared({"consent": "the wife"}, agreed=(Agreed("entity:coded", "refused", "x"),))
    found = assessed(TEACHER, "Ilven Darrow", prepared=prepared)["consent"]
    assert (found.state, found.value) == ("given", "the wife")
    assert "refusal" in found.reasons[0]


def test_what_a_person_says_fills_what_is_missing_and_never_replaces_what_is_held() -> None:
    prepared = Prepared({"nationality": "Maruvian", "place": "Lisk", "submitter": "H.R.L."})
    found = assessed(TEACHER, "Ilven Darrow", prepared=prepared)
    assert (found["nationality"].state, found["nationality"].value) == ("given", "Maruvian")
    assert (found["place"].state, found["place"].value) == ("held", "Carrick")
    assert found["submitter"].state == "given"


def test_nobody_is_offered_where_nobody_is_missing() -> None:
    page = submission([extract_text(PEACE, path="a.txt")], "wgeid-urgent")
    assert not page.summary[0].lines
    assert "Nobody" in str(page.summary[0].empty)
    assert not submission([], "ced-urgent").summary[0].lines


def test_several_of_one_name_must_be_told_apart() -> None:
    text = "Ivo Brandt was seized in Lisk. Ivo Brandt, a baker, was not."
    people = [Entity(f"p{at}", "Person", "Ivo Brandt", ((at, at + 10),)) for at in (0, 31)]
    document = Document("sha256:1", "a.txt", "text/plain", language="en")
    records = [Record(document=document, text=text, entities=tuple(people))]
    with pytest.raises(NotFound, match="may be any of 2"):
        submission(records, "wgeid-urgent", ["Ivo Brandt"])
    page = submission(records, "wgeid-urgent", ["p0"])
    other = "Ivo Brandt (a.txt, 2)"
    assert any(other in run.text for line in page.summary[0].lines for run in line.runs)
    offered = submission(records, "wgeid-urgent").summary[0].lines
    assert [line.runs[-1].text for line in offered] == ["in 1 document: Ivo Brandt (a.txt, 1)"]
    first = whom.find(Desk(Index(records)), ["Ivo Brandt (a.txt, 1)"])
    assert first.entities == {"p0"}


def test_a_description_is_one_in_its_own_document_alone() -> None:
    text = "Nine men were taken from Lisk by soldiers on 3 May 2031, neighbours said.\n"
    records = [extract_text(text, path="a.txt"), extract_text(f"{text}\nX", path="b.txt")]
    with pytest.raises(NotFound, match="may be any of 2"):
        submission(records, "wgeid-urgent", ["Nine men"])
    offered = submission(records, "wgeid-urgent").summary[0].lines
    asked = [line.runs[-1].text.removeprefix("in 1 document: ") for line in offered]
    assert asked == ["Nine men (a.txt)", "Nine men (b.txt)"]
    both = submission(records, "wgeid-urgent", [" = ".join(asked)])
    assert "Full name of the person" in "".join(
        run.text for line in both.summary[0].lines for run in line.runs
    )


def test_an_id_stands_for_those_that_a_person_judged_the_same() -> None:
    held = []
    for number in range(4):
        name = (0, 10)
        people = (Entity(f"p{number}", "Person", "Ivo Brandt", (name,)),)
        document = Document(f"sha256:{number}", f"{number}.txt", "text/plain", language="en")
        held.append(Record(document=document, text="Ivo Brandt was seized.", entities=people))
    judged = [
        Judged("p0", "p1", "same"),
        Judged("p1", "p2", "same"),
        Judged("p3", "p2", "same"),
        Judged("p0", "p3", "different"),
    ]
    found = whom.find(Desk(Index(held, judged)), ["p0"])
    assert found.entities == {"p0", "p1", "p2"}
    assert whom.find(Desk(Index(held)), ["p0"]).entities == {"p0"}


@pytest.mark.parametrize("names", [[""], ["="], ["", " = "]])
def test_an_empty_name_names_nobody(names: list[str]) -> None:
    with pytest.raises(NotFound, match="no name was given"):
        submission([extract_text(PEACE, path="a.txt")], "ced-urgent", names)


def test_an_unknown_form_is_named() -> None:
    with pytest.raises(NotFound, match="there is no form"):
        submission([], "wgeid")
