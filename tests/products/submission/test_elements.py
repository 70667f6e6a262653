"""What bears on the elements of crimes: for, against, nothing; by rules that say why."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from onrecord.errors import NotFound
from onrecord.model import Record
from onrecord.pipeline import extract_text
from onrecord.products.elements import elements
from onrecord.products.elements.rules import bearings, crime, hear
from onrecord.products.elements.scope import independent, told_in
from onrecord.products.index import Index
from onrecord.products.page import Page

STATE = """\
LISK, Maruvia, May 4, 2031 (Norden Wire) - Policemen abducted the teacher Ilven Darrow in Lisk on
May 2, his sister Orla Darrow said. She said that the family has not been told where he is.

The Ministry of Order denied that Darrow was arrested.
"""
COPY = STATE.replace("(Norden Wire)", "(Norden Wire)").replace(
    "The Ministry of Order denied that Darrow was arrested.\n",
    "This story was supplied by Norden Wire.\n",
)
MILITIA = """\
LISK, Maruvia, May 9, 2031 (Norden Wire) - Fighters of the River Front abducted two farmers near
Old Mill on May 7, villagers said. The River Front, an armed movement, has fought the army for
years.
"""


def records(*texts: str) -> list[Record]:
    return [extract_text(text, path=f"{n}.txt") for n, text in enumerate(texts, start=1)]


def sides(text: str, crime_name: str) -> Mapping[str, set[str]]:
    index = Index(records(text))
    return {
        e.id: {b.side for b in bearings(index, e, hear(index.said))}
        for e in crime(crime_name).elements
    }


def test_a_taking_by_police_bears_on_the_article_and_its_denial_on_both() -> None:
    found = sides(STATE, "icpped-2")
    assert found["deprivation"] == {"for", "against"}
    assert "for" in found["nexus"]
    assert "for" in found["refusal"], "a denial of custody is a refusal to acknowledge it"
    assert found["outside"] == set()


def test_an_armed_groups_taking_bears_on_the_statute_and_not_on_the_states_nexus() -> None:
    assert "for" in sides(MILITIA, "rome-7-1-i")["deprivation_or_refusal"]
    assert sides(MILITIA, "icpped-2")["nexus"] == set()


def test_every_thing_listed_says_why() -> None:
    index = Index(records(STATE, MILITIA))
    for name in ("icpped-2", "rome-7-1-i", "rome-7", "rome-8", "cat-1"):
        for element in crime(name).elements:
            assert all(b.why for b in bearings(index, element, hear(index.said)))


def test_nothing_is_ever_said_to_be_met() -> None:
    page = elements(records(STATE, MILITIA))
    ours = " ".join(
        run.text
        for line in page.lines()
        for run in (*line.runs, *(r for cell in line.cells for r in cell))
        if run.kind in ("text", "gap", "tag")
    ).casefold()
    for word in (" met", "fulfilled", "satisfied", "proven", "established that", "is guilty"):
        assert word not in ours.replace("found guilty of anything here", "")


def test_a_copy_is_no_second_origin() -> None:
    index = Index(records(STATE, COPY))
    told = told_in(index, {})
    element = crime("icpped-2").elements[0]
    found = [b.said for b in bearings(index, element, hear(index.said)) if b.side == "for"]
    assert len({said.record.document.id for said in found}) == 2
    assert len(independent(found, told.source)[0]) == 1


def test_one_speaker_spelled_two_ways_is_no_second_origin() -> None:
    one = (
        "Lena Maruv, who chairs the Quay League, said that policemen abducted a teacher in Lisk.\n"
    )
    other = one.replace("Maruv,", "Maruw,").replace("a teacher", "two nurses")
    index = Index(records(one, other))
    found = [said for said in index.said if said.acts]
    assert len(found) == 2
    assert len(independent(found, told_in(index, {}).source)[0]) == 1


def row(page: Page, label: str) -> list[str]:
    line = next(x for x in page.lines() if x.cells and x.cells[0][0].text == label)
    return ["".join(run.text for run in cell if run.kind != "note") for cell in line.cells]


def test_an_empty_case_has_gaps_only() -> None:
    page = elements([])
    rows = [line for line in page.lines() if line.cells]
    assert len(rows) == sum(len(crime(c).elements) for c in ("icpped-2", "rome-7-1-i")) + sum(
        len(crime(c).elements) for c in ("rome-7", "rome-7-acts", "rome-8", "cat-1")
    )
    assert all(line.kind == "gap" for line in rows)
    assert not page.notes
    told = row(page, "Widespread or systematic")
    assert told[1:3] == ["nothing on record", "nothing on record"]
    assert told[4].startswith("nothing is said of it: ")


def test_a_scope_looks_at_its_part_alone() -> None:
    both = records(STATE, MILITIA)
    page = elements(both, ["Ilven Darrow"], crimes=["icpped-2"])
    assert {note.document for note in page.notes} == {both[0].document.id}
    told = told_in(Index(both), {})
    event = next(e for act, e in sorted(told.events.items()) if act.startswith(both[1].document.id))
    page = elements(both, scope={"event": event}, crimes=["rome-7-1-i"])
    assert {note.document for note in page.notes} == {both[1].document.id}
    act = both[1].acts[0].id
    assert elements(both, scope={"act": act}, crimes=["rome-7-1-i"]).notes


@pytest.mark.parametrize("scope", [{"event": "event:none"}, {"act": "act:none"}])
def test_what_is_not_there_is_named(scope: dict[str, str]) -> None:
    with pytest.raises(NotFound, match="none"):
        elements(records(STATE), scope=scope)


def test_an_unknown_crime_is_named() -> None:
    with pytest.raises(NotFound, match="no crime piracy"):
        elements([], crimes=["piracy"])
