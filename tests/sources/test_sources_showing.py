"""Originals shown from a process of their own, which files cannot break for good."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from fpdf import FPDF

from onrecord.errors import SourceTooLarge, UnreadableSource
from onrecord.sources import showing

PAGE = """<html><head><LINK rel=preconnect href=//a.example></head>
<body><p>Détenus à Orle</p></body></html>"""


@pytest.fixture
def pdf(tmp_path):
    made = FPDF(unit="pt", format=(300, 600))
    made.set_font("helvetica", size=12)
    made.add_page()
    made.text(100, 200, "The guard denied it.")
    made.output(str(tmp_path / "a.pdf"))
    return tmp_path / "a.pdf"


def held(tmp_path, data):
    (tmp_path / "held").write_bytes(data)
    return tmp_path / "held"


def test_a_page_is_as_wide_as_asked_and_its_boxes_stand_in_it(pdf):
    found = showing.sheet(pdf, 1, 600, [(100, 390, 210, 410)])
    assert (found.pages, found.width, found.height, found.pictures) == (1, 600, 1200, False)
    assert found.boxes == ((200, 380, 220, 40),)
    assert showing.picture(pdf, 1, 600)[16:24] == bytes([0, 0, 2, 88, 0, 0, 4, 176])


def test_a_page_is_never_larger_than_a_bound(tmp_path):
    made = FPDF(unit="pt", format=(20, 10_000))
    made.add_page()
    made.output(str(tmp_path / "a.pdf"))
    found = showing.sheet(tmp_path / "a.pdf", 1, 2000)
    assert found.width * found.height < 17_000_000


@pytest.mark.parametrize("page", [0, 2])
def test_a_page_that_is_not_there_says_how_many_there_are(pdf, page):
    with pytest.raises(UnreadableSource) as caught:
        showing.sheet(pdf, page, 600)
    assert "1 pages" in caught.value.why


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1", "utf-16"])
def test_a_web_page_is_in_utf_8_and_fetches_nothing_ahead(tmp_path, encoding):
    shown = showing.web_page(held(tmp_path, PAGE.encode(encoding)), "text/html").decode()
    assert "Détenus à Orle" in shown
    assert "<link" not in shown.lower()


def warc(kind, body):
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2031-02-08T10:00:00Z\r\n"
        "WARC-Target-URI: https://orle.example/a\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def test_a_captured_page_is_shown_as_it_was(tmp_path):
    data = warc("text/html; charset=latin-1", PAGE.encode("latin-1"))
    assert "Détenus à Orle" in showing.web_page(held(tmp_path, data), "application/warc").decode()
    text = held(tmp_path, warc("text/plain", b"Nobody was held."))
    with pytest.raises(UnreadableSource) as caught:
        showing.web_page(text, "application/warc")
    assert "no web page" in caught.value.why


def test_what_is_broken_or_too_large_is_refused_and_others_are_still_shown(tmp_path, pdf):
    with pytest.raises(UnreadableSource):
        showing.picture(held(tmp_path, b"%PDF-1.7 nothing"), 1, 600)
    with pytest.raises(SourceTooLarge):
        showing.web_page(held(tmp_path, b"<p>" + b"a" * showing.MOST_SHOWN), "text/html")
    assert showing.picture(pdf, 1, 600)


def test_when_the_process_dies_another_takes_its_place(pdf):
    showing.sheet(pdf, 1, 600)
    process = showing._SHOWER.process
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert showing.sheet(pdf, 1, 600).pages == 1
    assert showing._SHOWER.process.pid != process.pid


def test_several_threads_each_get_their_own_answer(pdf):
    widths = list(range(200, 260, 4))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda width: showing.sheet(pdf, 1, width).width, widths))
    assert found == widths
