"""What must hold of every page, whatever it is about."""

from dataclasses import replace

import product_factory as factory
import pytest

from onrecord.errors import NotFound
from onrecord.products import brief, chronology, demands, dossier
from onrecord.products.attribution import NOT_STATED
from onrecord.products.page import CARRYING

PAGES = {
    "brief": lambda records: brief(records, ["Teodor Quill", "Renzo Maldek"]),
    "brief-of-visit": lambda records: brief(records, engagement="visit Lisk"),
    "dossier": lambda records: dossier(records, "Renzo Maldek"),
    "dossier-of-speaker": lambda records: dossier(records, ["Ilse Vandar"]),
    "dossier-of-organization": lambda records: dossier(records, "Ministry of Order"),
    "chronology": chronology,
    "demands": demands,
}


@pytest.fixture(scope="module")
def case():
    return factory.case()


@pytest.fixture(scope="module", params=sorted(PAGES))
def page(request, case):
    return PAGES[request.param](case)


def test_no_line_that_passes_something_on_lacks_its_source(page):
    for line in page.lines():
        if line.kind in CARRYING or any(run.kind == "quote" for run in line.runs):
            assert line.steps, line
            publisher, *inner = line.steps
            assert publisher.level == "publisher"
            assert publisher.name or publisher.remark == NOT_STATED
            assert all(step.name or step.words or step.remark for step in inner)


def test_who_says_it_stands_in_the_words_of_the_line_itself(page):
    for line in page.lines():
        if line.kind in ("claim", "question"):
            spoken = " ".join(run.text for run in line.runs)
            step = line.steps[-1]
            assert (step.name or step.words or step.remark) in spoken


def test_every_quotation_stands_in_a_document_word_for_word(page, case):
    texts = [record.text for record in case]
    for line in page.lines():
        for run in (*line.runs, *(r for cell in line.cells for r in cell)):
            if run.kind in ("quote", "cue"):
                flat = " ".join(run.text.split())
                assert any(flat in " ".join(text.split()) for text in texts), run


def test_every_note_holds_the_exact_words_of_its_characters(page, case):
    texts = {record.document.id: record.text for record in case}
    assert page.notes
    for note in page.notes:
        assert note.citations
        for cited in note.citations:
            text = texts[note.document]
            assert cited.exact == text[cited.start : cited.end]
            assert text[: cited.start].endswith(cited.before)
            assert text[cited.end :].startswith(cited.after)


def test_lines_and_notes_lead_to_each_other(page):
    numbers = [note.number for note in page.notes]
    assert numbers == list(range(1, len(numbers) + 1))
    used = {number for line in page.lines() for number in line.notes}
    assert used <= set(numbers)
    for line in page.lines():
        if line.kind in CARRYING:
            assert line.notes, line


def test_the_order_of_the_records_changes_nothing(case):
    for make in PAGES.values():
        assert make(case) == make(list(reversed(case)))


def test_an_empty_case_says_what_to_do():
    assert "Add documents" in str(demands([]).sections[0].empty)
    assert chronology([]).sections[0].empty
    with pytest.raises(NotFound, match="add documents"):
        dossier([], "Renzo Maldek")


def test_a_document_without_anything_found_passes_through_every_product(case):
    bare = replace(
        case[0], entities=(), claims=(), acts=(), relations=(), demands=(), engagements=()
    )
    assert "wire.txt" in str(chronology([bare]).notes) or chronology([bare]).sections
    assert not demands([bare]).notes
