"""Records with holes in them: products pass over what is missing and never fail or guess."""

from dataclasses import replace

import product_factory as factory
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import NotFound
from onrecord.model import Claim, Event, Link, Record, content_id
from onrecord.products import FORMATS, brief, chronology, demands, dossier, render

PARTS = ("entities", "claims", "acts", "relations", "demands", "engagements")
CASE = factory.case()


@st.composite
def holed(draw):
    """The invented case, with any part of any record dropped."""
    records = []
    for record in CASE:
        kept = {
            part: tuple(x for x in getattr(record, part) if draw(st.booleans())) for part in PARTS
        }
        records.append(replace(record, **kept))
    return records


@settings(max_examples=25, deadline=None)
@given(holed(), st.sampled_from(["Renzo Maldek", "Teodor Quill", "Ilse Vandar", "Brannig"]))
def test_what_is_missing_breaks_nothing(records, name):
    makers = [
        lambda: dossier(records, name),
        lambda: brief(records, [name]),
        lambda: brief(records, engagement="visit"),
        lambda: chronology(records),
        lambda: demands(records),
    ]
    for make in makers:
        try:
            page = make()
        except NotFound:
            continue
        for form in FORMATS:
            assert render(page, form)


def test_claims_that_hold_each_other_are_each_shown_once():
    text = "One said that two said that three."
    by = (Link("speaker"),)
    ids = [content_id("claim", n) for n in range(3)]
    spans = [(9, 33), (23, 33), (4, 8)]
    claims = tuple(
        Claim(i, "allegation", "indirect", "asserted", "affirmed", (span,), by, parent=ids[n - 1])
        for n, (i, span) in enumerate(zip(ids, spans, strict=True))
    )
    report = factory.Report("loop.txt", text)
    one = report.entity("One", "Person", ["One"])
    speaking = tuple(replace(c, attribution=(Link("speaker", one, (0, 3)),)) for c in claims)
    page = dossier([replace(report.record(), claims=speaking)], "One")
    shown = [line for line in page.lines() if line.kind == "claim"]
    assert len(shown) == 3


def test_an_act_is_dated_by_its_event_and_says_so():
    record = CASE[0]
    (act, *_) = record.acts
    event = Event("event:1", (act.id,), principal=True, date="2030-05")
    dated = replace(record, events=(event,))
    lines = [line for line in chronology([dated]).lines() if line.date == "2030-05"]
    assert len(lines) == 1
    assert any("dated by the event" in run.text for run in lines[0].runs)


@given(st.text(min_size=1, max_size=80))
@settings(max_examples=50, deadline=None)
def test_any_text_can_be_quoted_in_any_format(text):
    report = factory.Report("any.txt", "Ilse Vandar: " + text)
    vandar = report.entity("Ilse Vandar", "Person", ["Ilse Vandar"])
    spans = ((13, 13 + len(text)),)
    claim = Claim(
        "claim:1", "allegation", "direct", "asserted", "affirmed", spans, (Link("speaker", vandar),)
    )
    record: Record = replace(report.record(), claims=(claim,))
    page = dossier([record], "Ilse Vandar")
    assert page.notes[-1].citations[0].exact == text or any(
        c.exact == text for note in page.notes for c in note.citations
    )
    for form in FORMATS:
        assert render(page, form).encode("utf-8")


def test_a_document_given_twice_counts_once():
    assert dossier([*CASE, *CASE], "Renzo Maldek") == dossier(CASE, "Renzo Maldek")


@pytest.mark.parametrize("name", ["", " = ", "==", "\n"])
def test_no_name_is_said_to_be_none(name):
    with pytest.raises(NotFound, match="no name was given"):
        dossier(CASE, name)
