"""Records with holes in them: products pass over what is missing and never fail or guess."""

from dataclasses import replace

import product_factory as factory
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import NotFound
from onrecord.model import Claim, Event, Link, Record, Victim, content_id
from onrecord.products import FORMATS, brief, chronology, demands, dossier, render
from onrecord.products.lent_dates import lent_dates

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


def told_twice(date, **other):
    """An act of the invented case, and the same told again elsewhere with a date, in one event."""
    record = CASE[0]
    act = replace(record.acts[0], date=None, place="entity:a", victims=())
    again = replace(act, id="act:again", date=date, span=(0, 5), claims=(), **other)
    event = Event("event:1", (act.id, again.id), principal=True, date=date)
    return replace(record, acts=(act, again), events=(event,)), act


def test_an_act_is_dated_by_its_event_and_says_so():
    dated, _ = told_twice("2030-05-02")
    lines = [line for line in chronology([dated]).lines() if line.date == "2030-05-02"]
    assert len(lines) == 2
    assert sum("dated by the event" in run.text for line in lines for run in line.runs) == 1


@pytest.mark.parametrize(
    ("date", "other"),
    [
        ("2030-05", {}),
        ("2030", {}),
        ("2030-05-02~", {}),
        ("2030-05-02", {"type": "threat"}),
        ("2030-05-02", {"modality": "hypothetical"}),
        ("2030-05-02", {"place": "entity:b"}),
        ("2030-05-02", {"place": None}),
    ],
)
def test_neither_a_month_nor_another_act_dates_one_without_a_date(date, other):
    dated, act = told_twice(date, **other)
    assert act.id not in lent_dates(dated)


def test_an_event_of_several_days_lends_none():
    dated, act = told_twice("2030-05-02")
    later = replace(act, id="act:later", date="2030-06-02")
    (event,) = dated.events
    events = (replace(event, acts=(*event.acts, later.id)),)
    assert act.id in lent_dates(dated)
    assert not lent_dates(replace(dated, acts=(*dated.acts, later), events=events))


def test_who_suffered_lends_a_date_and_who_else_suffered_none():
    dated, act = told_twice("2030-05-02", place=None)
    one, again = dated.acts
    for names, lends in (("aa", True), ("ab", False)):
        victims = [(Victim(f"entity:{name}", (0, 3)),) for name in names]
        told = [replace(a, victims=v) for a, v in zip((one, again), victims, strict=True)]
        assert (act.id in lent_dates(replace(dated, acts=tuple(told)))) is lends


def test_a_sentence_of_the_report_stands_once_with_all_that_was_coded_from_it():
    record = CASE[0]
    (act, *_) = record.acts
    acts = tuple(
        replace(act, id=f"act:{n}", span=span, claims=(), date="2030-05-02")
        for n, span in enumerate([(0, 3), (4, 7)])
    )
    page = chronology([replace(record, claims=(), acts=acts)])
    (line,) = [line for line in page.lines() if line.date == "2030-05-02"]
    assert len(line.children) == 2


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
