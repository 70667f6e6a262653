"""Originals beside the text: what the browser is given, and what it can do with it."""

import hashlib
import http.server
import io
import struct
import threading
import zlib

import pytest
from axe_playwright_python.sync_playwright import Axe
from fpdf import FPDF
from PIL import Image

from onrecord.case import Case
from onrecord.errors import NotReleased
from onrecord.sources.showing_worker import png
from onrecord.web.registry import PAGES
from onrecord.web.serving import serve
from onrecord.web.views.originals import FILES

PAGE = """<!doctype html><html><head><title>Ferry stopped at Orle</title>
<meta property="og:site_name" content="The Orle Courier">
<link rel="preconnect" href="{away}"><link rel=stylesheet href="{away}/s.css">
<style>h1 {{ color: rgb(1, 2, 3) }} p {{ background: url({away}/b.png) }}</style>
<script>document.title = "run"; parent.postMessage("run", "*"); fetch("{away}/f")</script>
<meta http-equiv="refresh" content="0;url={away}/refresh"></head>
<body onload="document.title='run'"><h1>Ferry stopped at Orle</h1>
<img src="{away}/i.png" onerror="document.title='run'"><iframe src="{away}/frame"></iframe>
<img id="inside" src="data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=">
<p>The harbour guard allegedly turned the ferry back, said Sela Onnard, a boatman.</p>
<p>He said that nobody was let ashore for two days, and that the guard gave no reason.</p>
<a href="{away}/link">more</a></body></html>"""


@pytest.fixture(scope="module")
def away():
    """Another host, which hears nothing from us: what it was asked, and where it is."""
    heard = []

    class Hears(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(self.path)
            self.send_error(404)

        def log_message(self, *told):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hears) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield heard, f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


PICTURE = io.BytesIO(png(2, 2, 3, (b"\0" + b"\x10\x20\x30" * 2) * 2))


def pdf(path):
    made = FPDF()
    made.set_font("helvetica", size=14)
    for number, words in enumerate(
        ("Sela Onnard said that the guard held him.", "The guard denied that it held anybody."), 1
    ):
        made.add_page()
        made.multi_cell(0, 8, f"Page {number}. {words}")
    made.add_page()
    made.image(PICTURE, w=40)
    made.output(str(path))


def photograph(path):
    """A picture with a headline and a caption inside, as programs write them for Windows."""
    drawn, about = Image.linear_gradient("L").resize((640, 420)), Image.Exif()
    about[40091] = "Boatman held at Orle".encode("utf-16-le")
    about[270] = "Sela Onnard, left, was beaten by the harbour guard at Orle, his brother said."
    drawn.save(path, exif=about)


@pytest.fixture(scope="module")
def held(tmp_path_factory, away):
    """A case of a web page, a PDF, a text and pictures; the ids of its documents by endings."""
    folder = tmp_path_factory.mktemp("originals")
    (folder / "ferry.html").write_text(PAGE.format(away=away[1]))
    pdf(folder / "ferry.pdf")
    for kind in ("jpeg", "webp", "tiff"):
        photograph(folder / f"guard.{kind}")
    (folder / 'über "alles".txt').write_text("The guard held Sela Onnard, his brother said.")
    with Case.create(folder / "case", name="Originals") as case:
        assert not case.add(sorted(p for p in folder.iterdir() if p.is_file())).refused
        yield case, {d.path.rpartition(".")[2]: d.id for d in case.documents()}


@pytest.fixture(scope="module")
def served(held):
    server = serve(held[0])
    thread = threading.Thread(target=server.run)
    thread.start()
    yield server
    server.stop()
    thread.join()


def size_of(png):
    """Width and height, after a look at all of it."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, pixels, size = 8, b"", None
    while at < len(png):
        (length,), kind = struct.unpack(">I", png[at : at + 4]), png[at + 4 : at + 8]
        body = png[at + 8 : at + 8 + length]
        assert (
            zlib.crc32(kind + body)
            == struct.unpack(">I", png[at + 8 + length : at + 12 + length])[0]
        )
        size = struct.unpack(">II", body[:8]) if kind == b"IHDR" else size
        pixels += body if kind == b"IDAT" else b""
        at += 12 + length
    assert len(zlib.decompress(pixels)) == size[1] * (1 + 3 * size[0])
    return size


def test_a_page_of_a_pdf_is_a_picture_of_the_width_asked_for(visitor, held):
    base = f"/documents/{held[1]['pdf']}/pages"
    answer = visitor.get(f"{base}/2.png", params={"width": 400})
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "no-store"
    assert size_of(answer.content) == (400, 566)
    assert visitor.get(f"{base}/1.png", params={"width": 400}).content != answer.content
    assert visitor.get(f"{base}/4.png").status_code == 422
    assert visitor.get(f"{base}/0.png").status_code == 400
    assert visitor.get(f"{base}/1.png?width=9000").status_code == 400
    assert visitor.get(f"/documents/{held[1]['html']}/pages/1.png").status_code == 422


def test_an_original_is_kept_as_it_came_in(visitor, held):
    for ending, kind in (("pdf", "application/pdf"), ("txt", "text/plain"), ("html", "text/html")):
        answer = visitor.get(f"/documents/{held[1][ending]}/original", params={"save": 1})
        assert f"sha256:{hashlib.sha256(answer.content).hexdigest()}" == held[1][ending]
        assert answer.headers["content-type"].partition(";")[0] == kind
        assert answer.headers["content-disposition"].startswith("attachment; ")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
    name = visitor.get(f"/documents/{held[1]['txt']}/original").headers["content-disposition"]
    assert name.isascii()
    assert name.endswith(
        "filename=\"?ber _alles_.txt\"; filename*=UTF-8''%C3%BCber%20%22alles%22.txt"
    )


def test_a_saved_web_page_may_load_and_run_nothing(visitor, held):
    answer = visitor.get(f"/documents/{held[1]['html']}/original")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    told = answer.headers["content-security-policy"].split("; ")
    assert told[0] == "default-src 'none'"
    assert {"sandbox", "frame-ancestors 'self'", "style-src 'unsafe-inline'"} < set(told)
    assert not [part for part in told if part.startswith(("img-src", "script-src"))]
    more = visitor.get(f"/documents/{held[1]['html']}/original", params={"pictures": 1})
    assert "img-src data:" in more.headers["content-security-policy"].split("; ")
    assert "<link" not in answer.text


def test_in_a_browser_it_loads_and_runs_nothing(browser, served, held, away):
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.link())
    answered = []
    context.on("response", lambda response: answered.append(response.url))
    page.goto(f"{served.base}/documents/{held[1]['html']}/original?pictures=1")
    assert page.locator("h1").evaluate("e => getComputedStyle(e).color") == "rgb(1, 2, 3)"
    assert page.locator("#inside").evaluate("e => e.naturalWidth") == 1
    assert page.title() == "Ferry stopped at Orle"
    assert not [url for url in answered if not url.startswith((served.base, "data:"))]
    assert not away[0]
    page.goto(f"{away[1]}/asked-for")
    assert away[0][0] == "/asked-for"
    context.close()


def test_beside_the_text_a_saved_page_stays_where_it_is(browser, served, held, away):
    context = browser.new_context()
    page = context.new_page()
    page.goto(served.link())
    answered, heard = [], len(away[0])
    context.on("response", lambda response: answered.append(response.url))
    page.goto(f"{served.base}/documents/{held[1]['html']}?show=original&pictures=1#original")
    page.locator("iframe").scroll_into_view_if_needed()
    saved = page.frame_locator("iframe")
    assert saved.locator("h1").inner_text() == "Ferry stopped at Orle"
    saved.locator("a").click()
    page.goto(f"{served.base}/documents/{held[1]['html']}?show=original#original")
    page.frame_locator("iframe").locator("h1").wait_for()
    assert page.frame_locator("iframe").locator("#inside").evaluate("e => e.naturalWidth") == 0
    assert not [
        url for url in answered if not url.startswith((served.base, "data:", "chrome-error:"))
    ]
    assert len(away[0]) == heard
    context.close()


def test_the_page_with_the_words_is_shown_and_marks_them(visitor, held):
    case, ids = held
    base = f"/api/documents/{ids['pdf']}"
    record = case.record(ids["pdf"])
    told = visitor.get(base).json()
    assert [p["page"] for each in told["paragraphs"] for p in each["pieces"] if p["page"]] == [1, 2]
    for claim in told["claims"]:
        assert claim["page"] == (1 if claim["start"] < record.text.index("Page 2") else 2)
        shown = visitor.get(base, params={"show": "original", "claim": claim["id"]}).json()[
            "original"
        ]
        assert (shown["page"], shown["pages"]) == (claim["page"], 3)
        assert shown["boxes"]
        for left, top, width, height in shown["boxes"]:
            assert 0 < left < left + width < shown["width"]
            assert 0 < top < top + height < shown["height"] / 4
    plain = visitor.get(base, params={"show": "original", "page": 2}).json()["original"]
    assert (plain["page"], plain["boxes"], plain["graphic"]) == (2, [], False)
    beyond = visitor.get(base, params={"show": "original", "page": 9}).json()["original"]
    assert "3 pages" in beyond["trouble"]


@pytest.mark.parametrize("ending", ["pdf", "html", "jpeg"])
def test_text_and_original_are_readable_side_by_side(browser, served, held, ending):
    for width, scheme in ((1280, "dark"), (390, "light")):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        page = context.new_page()
        page.goto(served.link())
        page.goto(f"{served.base}/documents/{held[1][ending]}?show=original#original")
        found = Axe().run(page, options={"iframes": False}).response["violations"]
        grave = [v["id"] for v in found if v["impact"] in ("serious", "critical")]
        assert not grave
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("#text").is_visible() == (width > 1000)
        context.close()


def test_pictures_are_blurred_until_asked_for_without_script(browser, served, held):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.link())
    page.goto(f"{served.base}/documents/{held[1]['pdf']}?show=original")
    style = "e => getComputedStyle(e).filter"
    assert page.locator(".paper img").evaluate(style) == "none"
    page.get_by_role("link", name="Page 2").click()
    page.get_by_role("link", name="Page 3").click()
    assert page.locator(".paper img").evaluate(style).startswith("blur")
    page.get_by_label("Show it clearly").check()
    assert page.locator(".paper img").evaluate(style) == "none"
    page.get_by_role("link", name="This page, larger").click()
    assert page.locator("img").evaluate("e => e.naturalWidth") == 2000
    context.close()


@pytest.mark.parametrize("ending", ["jpeg", "webp"])
def test_a_picture_is_blurred_until_asked_for_by_keyboard(browser, served, held, ending):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.link())
    page.goto(f"{served.base}/documents/{held[1][ending]}?show=original#original")
    shown = page.get_by_role("img", name="Boatman held at Orle")
    assert "What is written in it stands in the text" in shown.get_attribute("alt")
    assert "was beaten by the harbour guard" in page.locator("#text").inner_text()
    assert shown.evaluate("e => e.naturalWidth") == 640
    style = "e => getComputedStyle(e).filter"
    assert shown.evaluate(style).startswith("blur")
    clear = page.get_by_label("Show it clearly: it may be graphic")
    for _ in range(200):
        page.keyboard.press("Tab")
        if clear.evaluate("e => e === document.activeElement"):
            break
    page.keyboard.press("Space")
    assert shown.evaluate(style) == "none"
    page.keyboard.press("Space")
    assert shown.evaluate(style).startswith("blur")
    context.close()


def test_a_picture_that_browsers_do_not_show_is_there_to_be_kept(visitor, held):
    page = visitor.get(f"/documents/{held[1]['tiff']}?show=original").text
    assert "A file of this kind is not shown here" in page
    assert "<img" not in page[page.index('id="original"') :]
    kept = visitor.get(f"/documents/{held[1]['tiff']}/original")
    assert kept.headers["content-disposition"].startswith("attachment; ")
    assert kept.headers["content-type"] == "image/tiff"


def test_an_original_is_withheld_from_whoever_sees_codes(held, served):
    case = held[0]
    entry = case.protect("Sela Onnard", kind="Person")
    try:
        seen = case.without_sight()
        pages = {page.name: page for page in PAGES}
        endings = (".pdf", ".jpeg", ".webp", ".tiff")
        named = [d.id for d in seen.documents() if d.path.endswith(endings)]
        assert len(named) == len(endings)
        for document in named:
            asked = pages["document"].asked({"document": document, "show": "original"})
            asked.services = served.services
            shown = pages["document"].view(seen, asked)
            assert "withheld" in shown.original.trouble
            assert "Onnard" not in str(shown)
            for file in FILES:
                with pytest.raises(NotReleased, match="withheld"):
                    file.give(seen, file.asked({"document": document, "page": "1"}))
    finally:
        case.undo(entry.seq)


def test_an_original_that_was_altered_is_not_given(visitor, held):
    case, ids = held
    file = case.original(ids["txt"]).file
    kept = file.read_bytes()
    file.chmod(0o644)
    try:
        file.write_bytes(b"The guard freed Sela Onnard.")
        assert visitor.get(f"/documents/{ids['txt']}/original").status_code == 404
    finally:
        file.write_bytes(kept)
    assert visitor.get(f"/documents/{ids['txt']}/original").content == kept


def test_without_a_session_no_original_is_given(stranger, held):
    for path in ("original", "pages/1.png"):
        answer = stranger.get(f"/documents/{held[1]['pdf']}/{path}")
        assert answer.status_code == 401
        assert "Onnard" not in answer.text
