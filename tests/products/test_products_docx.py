"""The DOCX: opened by python-docx and LibreOffice, its links whole, nothing of its maker in it."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx
import product_factory as factory
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Claim, Link
from onrecord.products import brief, chronology, contradictions, demands, dossier, render_bytes

ARABIC = "وقالت إلسا فاندار شيئا"


def saying(words, language="en"):
    report = factory.Report("said.txt", f"Ilse Vandar: {words}")
    report.document = replace(report.document, language=language)
    vandar = report.entity("Ilse Vandar", "Person", ["Ilse Vandar"])
    spans = ((13, 13 + len(words)),)
    claim = Claim(
        "claim:1", "allegation", "direct", "asserted", "affirmed", spans, (Link("speaker", vandar),)
    )
    return replace(report.record(), claims=(claim,))


@pytest.fixture(scope="module")
def pages():
    case = factory.case()
    return {
        "brief": brief(case, ["Quill", "Renzo Maldek"]),
        "dossier": dossier([*case, saying(ARABIC, "ar")], "Ilse Vandar"),
        "chronology": chronology(case),
        "demands": demands(case),
        "contradictions": contradictions(case),
    }


@pytest.fixture(scope="module")
def files(pages):
    return {name: render_bytes(page, "docx") for name, page in pages.items()}


def opened(file):
    return docx.Document(io.BytesIO(file))


def test_equal_pages_give_equal_bytes(pages, files):
    for name, page in pages.items():
        assert render_bytes(page, "docx") == files[name]


def test_headings_are_headings(pages, files):
    document = opened(files["brief"])
    told = [(p.style.name, p.text) for p in document.paragraphs if p.text]
    assert ("Title", "Teodor Quill and Renzo Maldek") in told
    assert ("Heading 1", "What is not supported") in told
    assert ("Heading 1", "Evidence: Renzo Maldek") in told
    assert ("Heading 2", "Laid to them") in told
    assert ("Heading 1", "Notes") in told


def test_every_number_leads_to_its_note_and_back(pages, files):
    for name, page in pages.items():
        body = opened(files[name]).element.body
        marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
        ids = [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkStart"))]
        anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
        assert len(marks) == len(set(marks))
        assert len(ids) == len(set(ids))
        assert anchors <= set(marks)
        notes = {f"note_{note.number}" for note in page.notes}
        assert notes <= set(marks)
        assert bool(notes & anchors) == bool(notes)


def test_notes_hold_publisher_file_characters_words_and_hash(pages, files):
    document = opened(files["brief"])
    whole = "\n".join(p.text for p in document.paragraphs)
    for note in pages["brief"].notes:
        assert note.document in whole
        for cited in note.citations:
            assert f"characters {cited.start}–{cited.end}" in whole
            assert " ".join(cited.exact.split()) in whole
    assert "Norden Wire, Visit criticised, wire.txt, 8 March, year unknown" in whole


def test_nothing_tells_who_made_it_where_or_when(files):
    properties = opened(files["brief"]).core_properties
    assert properties.title == "Brief: Teodor Quill and Renzo Maldek"
    assert properties.language == "en-GB"
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created.isoformat().startswith("2031-03-10")
    assert properties.modified is None
    with zipfile.ZipFile(io.BytesIO(files["brief"])) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = package.namelist()
        assert not [n for n in names if re.search("thumbnail|app.xml|customXml", n)]
        assert not [n for n in names if b"rsid" in package.read(n).split(b"<w:body>")[0][:4000]]


def test_words_from_right_to_left_are_marked(files):
    body = opened(files["dossier"]).element.body
    runs = [run for run in body.iter(qn("w:r")) if ARABIC in "".join(run.itertext())]
    assert runs
    for run in runs:
        assert run.rPr.find(qn("w:rtl")) is not None
        assert run.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "ar"
    cited = [
        p
        for p in body.iter(qn("w:p"))
        if p.pPr is not None and p.pPr.find(qn("w:bidi")) is not None
    ]
    assert any(ARABIC in "".join(p.itertext()) for p in cited)


@given(st.text(min_size=1, max_size=60))
@settings(max_examples=25, deadline=None)
def test_any_text_can_be_written(text):
    file = render_bytes(dossier([saying(text)], "Ilse Vandar"), "docx")
    assert opened(file).paragraphs


def test_libreoffice_opens_each_without_complaint(files, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer-nogui")
    for name, file in files.items():
        (tmp_path / f"{name}.docx").write_bytes(file)
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            *("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)),
            *(str(tmp_path / f"{name}.docx") for name in files),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    for name in files:
        document = pdfium.PdfDocument(tmp_path / f"{name}.pdf")
        whole = [" ".join(p.get_textpage().get_text_range().split()) for p in document]
        assert "What sources say, and on whose word" in whole[0]
        assert f"page 1 of {len(whole)}" in whole[0]
        if name == "brief":
            assert "What is not supported" in whole[0]
            assert "Evidence: Teodor Quill" in whole[1]
