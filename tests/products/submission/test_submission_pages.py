"""The pages of submissions and of legal elements: each line on whose word, each word in a text."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord.pipeline import extract_text
from onrecord.products.attribution import NOT_STATED
from onrecord.products.elements import elements
from onrecord.products.page import CARRYING, Page
from onrecord.products.render import FORMATS, PRINTED, render_bytes
from onrecord.products.submission import Prepared, forms, submission

NURSE = """\
Harbour Rights League
Urgent appeal, 12 May 2031

Tessa Wyncott (27), a nurse and a national of Ostravia, was abducted on the evening of 9 May 2031
outside the clinic in Lisk by masked members of the River Guard, according to two colleagues who
saw it. Soldiers of the Third Brigade tortured a prisoner there in April, she had said.

The River Guard denied that Tessa Wyncott was held in its barracks.
"""
RECORDS = [extract_text(NURSE, path="appeal.txt")]
PREPARED = Prepared({"submitter": "Harbour Rights League"}, date(2031, 6, 1))
PAGES = {
    **{
        name: submission(RECORDS, name, ["Tessa Wyncott"], prepared=PREPARED)
        for name in forms.names()
    },
    "who": submission(RECORDS, "wgeid-urgent"),
    "elements": elements(RECORDS),
    "elements-of-name": elements(RECORDS, ["Tessa Wyncott"], crimes=["icpped-2"]),
}


@pytest.fixture(params=sorted(PAGES))
def page(request: pytest.FixtureRequest) -> Page:
    return PAGES[request.param]


def test_no_line_that_passes_something_on_lacks_its_source(page: Page) -> None:
    for line in page.lines():
        if line.kind in CARRYING or any(run.kind == "quote" for run in line.runs):
            assert line.steps, line
            assert line.notes, line
            assert line.steps[0].name or line.steps[0].remark == NOT_STATED


def test_every_quotation_stands_in_a_document_word_for_word(page: Page) -> None:
    flat = " ".join(NURSE.split())
    for line in page.lines():
        for run in (*line.runs, *(r for cell in line.cells for r in cell)):
            if run.kind in ("quote", "cue"):
                assert " ".join(run.text.split()) in flat, run


def test_every_note_holds_the_exact_words_of_its_characters(page: Page) -> None:
    texts = {record.document.id: record.text for record in RECORDS}
    for note in page.notes:
        for cited in note.citations:
            assert cited.exact == texts[note.document][cited.start : cited.end]


def test_cells_and_notes_lead_to_each_other(page: Page) -> None:
    numbers = {note.number for note in page.notes}
    for line in page.lines():
        cells = [run for cell in line.cells for run in cell]
        used = {int(run.text) for run in (*line.runs, *cells) if run.kind == "note"}
        assert used <= numbers


@pytest.mark.parametrize("form", [*FORMATS, *PRINTED])
def test_every_renderer_takes_the_pages(form: str) -> None:
    for page in (PAGES["ced-urgent"], PAGES["elements-of-name"]):
        assert len(render_bytes(page, form)) > 1000


def test_the_document_follows_the_body_and_leaves_what_is_missing_open() -> None:
    for name in forms.names():
        form, page = forms.form(name), PAGES[name]
        parts = page.sections[0].sections
        assert [p.title.partition(". ")[2] for p in parts] == [p.title for p in form.order]
        labels = [line.label for part in parts for line in part.lines]
        assert sorted(map(str, labels)) == sorted(f.label for f in form.fields.values())
        opened = [line for part in parts for line in part.lines if line.kind == "gap"]
        assert opened
        assert all(line.runs[0].text.startswith("[open]") for line in opened)


def test_what_a_person_says_is_marked_as_theirs() -> None:
    lines = [
        line
        for line in PAGES["ced-urgent"].lines()
        if line.label == forms.form("ced-urgent").fields["submitter"].label
    ]
    assert len(lines) == 2
    assert all("said by who prepares this" in "".join(r.text for r in line.runs) for line in lines)


def test_the_same_record_gives_the_same_page() -> None:
    again = submission(RECORDS, "wgeid-urgent", ["Tessa Wyncott"], prepared=PREPARED)
    assert again == PAGES["wgeid-urgent"]
    assert elements(RECORDS) == PAGES["elements"]
