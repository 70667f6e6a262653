"""The site in a real browser, from a folder: nothing leaves, pages fit, links lead there."""

import re
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import urldefrag

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[1] / "pictures"))

import picture_factory as factory

from onrecord.products.export import site as site_module
from onrecord.products.export.formats import find
from onrecord.products.export.site_pages import embedded
from onrecord.products.export.site_text import marked
from onrecord.products.export.source import Records
from onrecord.products.page import Citation, Note

HOSTILE = '<img src="https://example.org/x.png"><script>alert(1)</script>'


def _hostile():
    report = factory.product_factory.Report("bad.txt", f"Ilse Vandar said that {HOSTILE} fled.")
    vandar = report.entity("Ilse Vandar", "Person", ["Ilse Vandar"])
    report.entity(f"Osk {HOSTILE}", "Person", ["fled"])
    report.claim("allegation", [f"that {HOSTILE} fled"], [("speaker", vandar, "Ilse Vandar")])
    record = report.record()
    told = replace(record.document, title=f"On {HOSTILE} \ud800", publisher="</script>")
    return replace(record, document=told)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    path = tmp_path_factory.mktemp("made") / "site"
    records = [*factory.case(), _hostile()]
    find("site").write(Records.of(records), path, lambda _: None)
    return path


def _pages(site):
    return sorted(site.rglob("*.html"))


def test_every_link_leads_somewhere_in_the_folder(site):
    ids = {page: set(re.findall(r'\bid="([^"]+)"', page.read_text())) for page in _pages(site)}
    assert len(ids) > 12
    for page in ids:
        for href in re.findall(r'<(?:a|link|img)\b[^>]*?(?:href|src)="([^"]+)"', page.read_text()):
            target, mark = urldefrag(href)
            found = (page.parent / target).resolve() if target else page
            assert found.is_relative_to(site)
            assert found.is_file(), (page, href)
            assert not mark or mark in ids[found], (page, href)


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_and_ask_for_nothing_but_the_folder(browser, site, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=True
    )
    page = context.new_page()
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    for path in _pages(site):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none", "style.css"
    assert not [url for url in asked if not url.startswith(site.as_uri())]
    assert not complaints
    context.close()


def test_a_search_finds_names_and_words_without_a_server(browser, site):
    page = browser.new_page()
    page.goto((site / "search.html").as_uri())
    page.fill("#words", "vandar ILSE")
    assert page.locator("#answers a").first.inner_text() == "Ilse Vandar"
    page.fill("#words", "bakery")
    page.locator("#answers a").first.click()
    assert "runs a bakery" in page.locator(".text").inner_text()
    page.close()


def test_a_number_leads_to_the_words_and_back(browser, site):
    page = browser.new_page()
    page.goto((site / "documents.html").as_uri())
    page.get_by_text("Visit criticised").click()
    first = page.locator("#said a.ref").first
    anchor = first.get_attribute("id")
    first.click()
    mark = page.locator(":target")
    assert mark.is_visible()
    mark.click()
    assert page.locator(":target").get_attribute("id") == anchor
    page.close()


def test_a_person_s_page_leads_to_the_exact_place(browser, site):
    page = browser.new_page()
    page.goto((site / "people.html").as_uri())
    page.get_by_role("link", name="Teodor Quill").click()
    assert page.locator("#laid").is_visible()
    page.locator("#laid a.there").first.click()
    after = page.evaluate(
        "document.querySelector(':target').parentElement.querySelector('mark') !== null"
        " && document.querySelector(':target').nextElementSibling.nextElementSibling.innerText"
    )
    assert str(after).startswith("that Quill and Maldek ordered")
    page.close()


def test_the_text_is_whole_whatever_is_marked():
    text = "one two three four five"
    spans = [(4, 13), (8, 18), (8, 13), (23, 23)]
    notes = [
        Note(n, "sha256:x", "x.txt", (Citation(*span, text[slice(*span)]),))
        for n, span in enumerate(spans, 1)
    ]
    pieces = list(marked(text, notes))
    assert "".join(piece.words for piece in pieces) == text
    assert [piece.words for piece in pieces if piece.marked] == ["two ", "three four"]
    assert [piece.notes for piece in pieces if piece.notes] == [(1,), (2, 3)]


def test_rows_cannot_end_their_element():
    assert "<" not in embedded([("a.html", HOSTILE, "&")])


def test_what_is_long_stands_on_several_pages_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(site_module, "LISTED", 2)
    monkeypatch.setattr(site_module, "PICTURED", 1)
    path = tmp_path / "site"
    find("site").write(Records.of(factory.case()), path, lambda _: None)
    assert not (path / "pictures.html").exists()
    assert "Pictures" not in (path / "index.html").read_text()
    listed = [page.read_text() for page in sorted(path.glob("documents*.html"))]
    assert len(listed) == 2
    links = {link for page in listed for link in re.findall(r'href="(documents/[^"]+)"', page)}
    assert len(links) == 3
    assert any(re.search(r"\b2 of \d are shown here", p.read_text()) for p in path.rglob("*.html"))


def test_an_empty_case_is_a_site_that_says_so(tmp_path):
    find("site").write(Records.of([]), tmp_path / "site", lambda _: None)
    assert "No document of this case" in (tmp_path / "site" / "index.html").read_text()
    assert "Nobody with a name" in (tmp_path / "site" / "people.html").read_text()


def test_the_same_case_gives_the_same_bytes(site, tmp_path):
    records = [*factory.case(), _hostile()]
    find("site").write(Records.of(records), tmp_path / "site", lambda _: None)
    for page in site.rglob("*.*"):
        again = tmp_path / "site" / page.relative_to(site)
        assert page.read_bytes() == again.read_bytes(), page
