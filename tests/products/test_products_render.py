"""The four formats: readable, self-contained, and deaf to what a source's words might command."""

import json
import re
from html.parser import HTMLParser

import product_factory as factory
import pytest

from onrecord.model import Document
from onrecord.products import FORMATS, brief, chronology, demands, dossier, render
from onrecord.products.render import render_terminal

HOSTILE = (
    'Ilse Vandar said that <script>alert("x")</script> *Maldek* `ran` [it](http://bad.example) '
    "| \x1b[31mred\x1b[0m \u202egnihton\u202c and أمر بالقتل.\nوقالت إلسا فاندار شيئا."
)


def hostile():
    report = factory.Report("<b>bad</b>.txt", HOSTILE)
    document = report.document
    report.document = Document(
        document.id, document.path, "text/plain", "en", "<img src=x onerror=y>", "A & B <Wire>"
    )
    vandar = report.entity("Ilse Vandar", "Person", ["Ilse Vandar"])
    content = HOSTILE[HOSTILE.index("that <script>") : HOSTILE.index(".\n")]
    by = [("speaker", vandar, "Ilse Vandar")]
    report.claim("allegation", [content], by, cue="said")
    report.claim("statement", ["وقالت إلسا فاندار شيئا"], by)
    return [report.record()]


@pytest.fixture(scope="module")
def pages():
    case = factory.case()
    return {
        "brief": brief(case, ["Quill", "Renzo Maldek"]),
        "dossier": dossier(case, "Renzo Maldek"),
        "chronology": chronology(case),
        "demands": demands(case),
        "hostile": dossier(hostile(), "Ilse Vandar"),
    }


class Elements(HTMLParser):
    """Every tag with its attributes, and every piece of text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)


@pytest.mark.parametrize("form", FORMATS)
def test_every_product_is_written_in_every_format(pages, form):
    for name, page in pages.items():
        written = render(page, form)
        assert written.endswith("\n")
        if name != "hostile":
            assert "Ilse Vandar" in written
            assert "tortured prisoners there in 2029" in written or name == "demands"
        assert render(page, form) == written


def test_a_page_of_html_asks_for_nothing_and_runs_nothing(pages):
    for page in pages.values():
        html = render(page, "html")
        elements = Elements(html)
        tags = {tag for tag, _ in elements.tags}
        assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
        for _, attributes in elements.tags:
            assert not any(name.startswith("on") for name in attributes)
            assert attributes.get("href", "#").startswith("#")
            assert "src" not in attributes
        style = html.partition("<style>")[2].partition("</style>")[0]
        assert "url(" not in style
        assert "@import" not in style


def test_words_of_a_source_stay_words(pages):
    html = render(pages["hostile"], "html")
    assert "&lt;script&gt;alert(&#34;x&#34;)&lt;/script&gt;" in html
    assert "\x1b" not in html
    markdown = render(pages["hostile"], "markdown")
    assert "<script>" not in re.sub(r"\\.", "", markdown)
    assert not re.search(r"(?<!\\)\]\(http", markdown)
    for form in ("terminal", "markdown"):
        assert not {"\x1b", "\u202e"} & set(render(pages["hostile"], form))
    assert "⟨U+001B⟩" in render(pages["hostile"], "terminal")


def test_quoted_words_carry_their_language_and_direction(pages):
    quotes = [a for tag, a in Elements(render(pages["hostile"], "html")).tags if tag == "q"]
    assert {"ltr", "rtl"} <= {a.get("dir") for a in quotes}
    assert all(a["lang"] == ("en" if a["dir"] == "ltr" else "und") for a in quotes)


def test_links_of_a_page_lead_somewhere_and_ids_stand_once(pages):
    for page in pages.values():
        elements = Elements(render(page, "html"))
        ids = [a["id"] for _, a in elements.tags if "id" in a]
        assert len(ids) == len(set(ids))
        targets = [a["href"].removeprefix("#") for tag, a in elements.tags if tag == "a"]
        assert set(targets) <= set(ids)
        assert {f"note-{note.number}" for note in page.notes} <= set(ids)


def test_a_terminal_of_80_columns_without_colour_is_enough(pages, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    for page in pages.values():
        written = render(page, "terminal")
        assert "\x1b" not in written
        assert max(len(line) for line in written.splitlines()) <= 80
        assert "on the word of:" in written or page.product == "demands"
    assert "\x1b[" in render_terminal(pages["brief"], color=True)


def test_json_holds_spans_and_document_ids(pages):
    for page in pages.values():
        data = json.loads(render(page, "json"))
        assert data["schema"] == "onrecord/product/1"
        assert data["product"] == page.product
        for note in data["notes"]:
            assert note["document"].startswith("sha256:")
            for cited in note["citations"]:
                assert cited["end"] - cited["start"] == len(cited["exact"])


def test_markdown_footnotes_are_all_defined(pages):
    for page in pages.values():
        written = render(page, "markdown")
        used = set(re.findall(r"\[\^(\d+)\](?!:)", written))
        assert used == set(re.findall(r"^\[\^(\d+)\]:", written, re.MULTILINE))
