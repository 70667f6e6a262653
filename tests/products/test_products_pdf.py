"""The PDF: whole, tagged, equal for equal pages, deaf to what a source's words might command."""

import json
import re
from dataclasses import replace
from pathlib import Path

import product_factory as factory
import pypdfium2 as pdfium
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord.products
from onrecord.errors import OnrecordError
from onrecord.model import Claim, Link
from onrecord.products import brief, chronology, contradictions, demands, dossier, render_bytes
from onrecord.products.render.pdf import MOST_NOTES

FONTS = Path(onrecord.products.__file__).parent / "fonts"
MARKUP = '#panic("x") $x^2$ `raw` @cite <label> *bold* _thin_ = Head // gone \\ #sys.inputs'


def texts(pdf):
    document = pdfium.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def saying(words, name="Ilse Vandar"):
    """A record in which somebody says exactly these words."""
    report = factory.Report("said.txt", f"{name}: {words}")
    speaker = report.entity(name, "Person", [name])
    start = len(name) + 2
    spans = ((start, start + len(words)),)
    claim = Claim(
        "claim:1",
        "allegation",
        "direct",
        "asserted",
        "affirmed",
        spans,
        (Link("speaker", speaker),),
    )
    return replace(report.record(), claims=(claim,))


@pytest.fixture(scope="module")
def pages():
    case = factory.case()
    return {
        "brief": brief(case, ["Quill", "Renzo Maldek"]),
        "dossier": dossier(case, "Renzo Maldek"),
        "chronology": chronology(case),
        "demands": demands(case),
        "contradictions": contradictions(case),
    }


@pytest.fixture(scope="module")
def files(pages):
    return {name: render_bytes(page, "pdf") for name, page in pages.items()}


def test_equal_pages_give_equal_bytes(pages, files):
    for name, page in pages.items():
        assert render_bytes(page, "pdf") == files[name]


def test_a_brief_holds_on_its_first_page_and_the_evidence_follows(files):
    first, second, *_ = texts(files["brief"])
    for heading in ("Who they are, as reported", "Questions that follow", "What is not supported"):
        assert heading in first
    assert "page 1 of" in first
    assert "Evidence: Teodor Quill" not in first
    assert "Evidence: Teodor Quill" in second
    assert "Brief: Teodor Quill and Renzo Maldek" in second
    assert "3 documents cited, of 10 March 2031; 2 without a date that has a year" in second


def test_each_note_says_where_to_read_again(pages, files):
    for name, page in pages.items():
        whole = re.sub(r"\s", "", "".join(texts(files[name])))
        for note in page.notes:
            assert note.document in whole
            for cited in note.citations:
                assert f"{cited.start}–{cited.end}" in whole
                assert re.sub(r"\s", "", cited.exact) in whole


def test_an_allegation_stands_with_whose_word_it_is(files):
    (first, *_) = texts(files["brief"])
    said = first[first.index("Ilse Vandar alleged") :]
    assert re.match(r"Ilse Vandar alleged \(“\w+”\): “", said)
    assert "publisher Norden Wire < channel “a radio address” < speaker Ilse Vandar" in said


def test_the_file_says_what_it_is_and_not_who_made_it(files):
    document = pdfium.PdfDocument(files["brief"])
    told = document.get_metadata_dict(skip_empty=True)
    assert told.pop("Title") == "Brief: Teodor Quill and Renzo Maldek"
    assert told.pop("CreationDate").startswith("D:20310310")
    assert told.pop("ModDate", "D:20310310").startswith("D:20310310")
    assert set(told) == {"Creator"}
    assert document.is_tagged()
    assert b"/Lang(en)" in files["brief"]
    assert b"<pdfuaid:part>1<" in files["brief"]
    assert b"<pdfaid:part>2<" in files["brief"]


def test_without_a_dated_document_the_file_has_no_date():
    pdf = render_bytes(dossier([factory.statement()], "Ilse Vandar"), "pdf")
    assert "CreationDate" not in pdfium.PdfDocument(pdf).get_metadata_dict(skip_empty=True)


def test_numbers_lead_to_notes_and_notes_to_pages(files):
    document = pdfium.PdfDocument(files["brief"])
    assert len(list(document.get_toc())) > 8
    assert files["brief"].count(b"/Subtype/Link") > 40
    assert "cited on page 1" in " ".join(texts(files["brief"]))


def test_what_looks_like_markup_stays_words():
    page = dossier([saying(MARKUP)], "Ilse Vandar")
    whole = " ".join(texts(render_bytes(page, "pdf")))
    assert MARKUP in whole


def test_words_of_any_script_are_printed():
    said = "أمر بالقتل، שלום, हिन्दी, 中文, ኢትዮጵያ, Київ"
    whole = "".join(texts(render_bytes(dossier([saying(said)], "Ilse Vandar"), "pdf")))
    assert "⟨U+" not in whole
    for letter in "中文שלוםКиїв":
        assert letter in whole


def test_what_no_font_has_stands_as_its_code_point():
    whole = " ".join(texts(render_bytes(dossier([saying("a \U0001f525 b")], "Ilse Vandar"), "pdf")))
    assert "a ⟨U+1F525⟩ b" in whole
    assert "no font at hand can print" in whole


def test_a_page_too_long_for_a_small_machine_is_refused(pages):
    notes = tuple(replace(pages["brief"].notes[0], number=n) for n in range(1, MOST_NOTES + 2))
    with pytest.raises(OnrecordError, match="too long to be typeset") as refused:
        render_bytes(replace(pages["brief"], notes=notes), "pdf")
    assert "4001 notes" in str(refused.value)


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=25, deadline=None)
def test_any_text_can_be_printed(text):
    assert render_bytes(dossier([saying(text)], "Ilse Vandar"), "pdf").startswith(b"%PDF")


def test_the_list_of_characters_is_that_of_the_fonts():
    held = {c for path in FONTS.glob("*.ttf") for c in TTFont(path).getBestCmap()}
    told = json.loads((FONTS / "coverage.json").read_text(encoding="utf-8"))
    assert {c for first, last in told for c in range(first, last + 1)} == {
        c for c in held if c >= 0x20 and not 0x7F <= c < 0xA0
    }
