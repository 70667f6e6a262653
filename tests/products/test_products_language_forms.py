"""French and Arabic pages opened with the tools their readers use."""

import io
import re
import shutil
import subprocess
import zipfile

import docx
import product_factory as factory
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn

from onrecord.products import (
    brief,
    chronology,
    contradictions,
    demands,
    dossier,
    render_bytes,
)
from onrecord.products.pictures import timeline, to_png, to_svg
from onrecord.products.wording import speaking

PRINTED = ("brief", "demands")
HEADS = {"fr": "Questions qui en découlent", "ar": "الأسئلة الناشئة"}


@pytest.fixture(scope="module", params=list(HEADS))
def language(request):
    return request.param


@pytest.fixture(scope="module")
def pages(language):
    case = factory.case()
    with speaking(language):
        return {
            "brief": brief(case, ["Quill", "Renzo Maldek"]),
            "dossier": dossier(case, "Renzo Maldek"),
            "chronology": chronology(case),
            "demands": demands(case),
            "contradictions": contradictions(case),
        }


@pytest.fixture(scope="module")
def folder(pages, tmp_path_factory):
    """Every page in the forms that programs open."""
    made = tmp_path_factory.mktemp("spoken")
    for form, names in {"html": pages, "pdf": PRINTED, "docx": PRINTED}.items():
        for name in names:
            (made / f"{name}.{form}").write_bytes(render_bytes(pages[name], form))
    return made


def text_of(pdf):
    document = pdfium.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_a_pdf_names_its_language_and_prints_every_letter(folder, pages, language):
    for name in PRINTED:
        data = (folder / f"{name}.pdf").read_bytes()
        assert re.findall(rb"/Lang ?\(([\w-]+)\)", data)[-1].decode() == language
        assert "⟨U+" not in text_of(data)
    assert "Maldek" in text_of((folder / "brief.pdf").read_bytes())


def test_the_first_sheet_of_a_pdf_holds_on_its_own(folder, language):
    document = pdfium.PdfDocument((folder / "brief.pdf").read_bytes())
    first = document[0].render(scale=0.5).to_pil().convert("L")
    assert first.getextrema()[0] < 80
    if language == "fr":
        assert HEADS[language] in document[0].get_textpage().get_text_bounded()
    document.close()


def test_a_docx_is_marked_with_language_and_direction(folder, pages, language):
    for name in PRINTED:
        document = docx.Document(folder / f"{name}.docx")
        assert document.core_properties.language == language
        styles = document.styles.element
        assert {mark.get(qn("w:val")) for mark in styles.iter(qn("w:lang"))} == {language}
        turned = [
            s for s in styles.findall(qn("w:style")) if s.find(f".//{qn('w:bidi')}") is not None
        ]
        assert bool(turned) == (language == "ar")
        if language == "ar":
            assert {mark.get(qn("w:bidi")) for mark in styles.iter(qn("w:lang"))} == {"ar"}
            used = {p.style.style_id for p in document.paragraphs}
            assert used <= {style.get(qn("w:styleId")) for style in turned}
    brief_text = "\n".join(p.text for p in docx.Document(folder / "brief.docx").paragraphs)
    assert HEADS[language] in brief_text


def test_tables_of_an_arabic_docx_begin_at_the_right(folder, language):
    with zipfile.ZipFile(folder / "demands.docx") as package:
        body = package.read("word/document.xml").decode()
    assert ("w:bidiVisual" in body) == (language == "ar")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_docx(folder, language, tmp_path):
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(folder / f"{name}.docx") for name in PRINTED]
    told = subprocess.run(
        ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", tmp_path, *files],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert told.returncode == 0
    for name in PRINTED:
        words = text_of((tmp_path / f"{name}.pdf").read_bytes())
        assert "Maldek" in words or name == "demands"
        assert len(words) > 400


@pytest.mark.parametrize("width", [1280, 390])
def test_a_browser_reads_the_page_in_its_direction(browser, folder, pages, language, width):
    for name in pages:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto((folder / f"{name}.html").as_uri())
        root = page.locator("html")
        assert root.get_attribute("lang") == language
        assert root.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        quotes = page.locator("q")
        assert {quotes.nth(n).get_attribute("dir") for n in range(quotes.count())} <= {"ltr"}
        heading = page.locator("h1")
        side = heading.evaluate("e => getComputedStyle(e).direction")
        assert side == ("rtl" if language == "ar" else "ltr")
        page.close()


def test_markdown_and_terminal_speak_it(pages, language):
    markdown = render_bytes(pages["brief"], "markdown").decode()
    assert HEADS[language] in markdown
    assert markdown.startswith('<div dir="rtl" lang="ar">') == (language == "ar")
    assert HEADS[language] in render_bytes(pages["brief"], "terminal").decode()
    assert f'"language": "{language}"' in render_bytes(pages["brief"], "json").decode()


def test_a_picture_is_drawn_with_its_letters(language):
    with speaking(language):
        picture = timeline(factory.case())
    assert {"fr": "Frise", "ar": "الخط الزمني"}[language] in to_svg(picture)
    from PIL import Image

    image = Image.open(io.BytesIO(to_png(picture, scale=1))).convert("L")
    assert image.crop((0, 0, image.width, 60)).getextrema()[0] < 80
