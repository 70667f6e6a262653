"""The HTML in a real browser: fits a desk and a phone, links work, nothing leaves the machine."""

import product_factory as factory
import pytest
from test_products_contradictions import CLINIC, LEAGUE, clusters, told

from onrecord.products import brief, chronology, contradictions, demands, dossier, render

LONG = "Unbreakable" * 30


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    case = factory.case()
    long = factory.Report(f"{LONG}.txt", f"Ilse Vandar said that {LONG} is far away.")
    vandar = long.entity("Ilse Vandar", "Person", ["Ilse Vandar"])
    long.claim("allegation", [f"that {LONG} is far away"], [("speaker", vandar, "Ilse Vandar")])
    differing = [
        told("clinic.txt", CLINIC, "Sela News", "Mira Sand", "four"),
        told("league.txt", LEAGUE, "Orlo Post", "Ilse Vandar", "more than 40"),
    ]
    pages = {
        "brief": brief(case, ["Quill", "Renzo Maldek"]),
        "dossier": dossier([*case, long.record()], "Ilse Vandar"),
        "chronology": chronology(case),
        "demands": demands(case),
        "contradictions": contradictions(differing, clusters=clusters(differing)),
    }
    folder = tmp_path_factory.mktemp("pages")
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(render(page, "html"), encoding="utf-8")
    return {name: folder / f"{name}.html" for name in pages}


@pytest.mark.parametrize("name", ["brief", "dossier", "chronology", "demands", "contradictions"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_fits_and_asks_for_nothing(browser, files, name, width, scheme):
    page = browser.new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, java_script_enabled=True
    )
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(files[name].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert asked == [files[name].as_uri()]
    assert not complaints
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_number_leads_to_its_note_and_back(browser, files, width):
    page = browser.new_page(viewport={"width": width, "height": 700})
    page.goto(files["brief"].as_uri())
    first = page.locator("a.ref").first
    anchor = first.get_attribute("id")
    first.click()
    note = page.locator(":target")
    assert note.get_attribute("id") == first.get_attribute("href").removeprefix("#")
    assert note.is_visible()
    note.locator(f".back a[href='#{anchor}']").click()
    assert page.locator(":target").get_attribute("id") == anchor
    page.close()


def test_sides_stand_beside_each_other_and_on_a_phone_below(browser, files):
    for width, beside in ((1280, True), (390, False)):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(files["contradictions"].as_uri())
        one, other = (side.bounding_box() for side in page.locator(".beside > .line").all())
        assert (one["y"] == other["y"]) == beside
        assert (one["x"] == other["x"]) != beside
        page.close()


def test_text_stands_out_from_its_ground_in_both_schemes(browser, files):
    """At least 4.5 to 1, as WCAG 2 asks of text of this size."""
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto(files["brief"].as_uri())
        for selector in ("body", ".chain", ".gap", ".tag", "a.ref", ".cue", ".lead", ".context"):
            ink, ground = page.evaluate(
                """s => [
                    getComputedStyle(document.querySelector(s)).color,
                    getComputedStyle(document.body).backgroundColor,
                ]""",
                selector,
            )
            assert _contrast(ink, ground) >= 4.5, (scheme, selector)
        page.close()


def test_the_first_sheet_of_a_brief_holds_on_its_own(browser, files):
    pdfium = pytest.importorskip("pypdfium2")
    page = browser.new_page()
    page.goto(files["brief"].as_uri())
    document = pdfium.PdfDocument(page.pdf(prefer_css_page_size=True))
    first, second = (document[n].get_textpage().get_text_range() for n in (0, 1))
    assert "Who they are, as reported" in first
    assert "What is not supported" in first
    assert "under “All that is not supported”" in " ".join(first.split())
    assert "Evidence: Teodor Quill" in second
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    page.close()


def _contrast(one, other):
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(css):
    parts = [float(p) / 255 for p in css[css.index("(") + 1 : -1].split(",")[:3]]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
