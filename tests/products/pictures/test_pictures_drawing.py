"""The files: SVG that says what it shows, PNG that opens, the same bytes each time, any words."""

import struct
import xml.etree.ElementTree as ET

import picture_factory as factory
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.products.pictures import map_of, network, timeline, to_json, to_png, to_svg
from onrecord.products.pictures.drawing import clean, width_of, wrapped

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = 'Gate & <b>"Row"</b> \u202eevil\u202c \x1b[2J هيئة 人民 \ud800 \ufffe'


@pytest.mark.parametrize("draw", [timeline, map_of, network])
def test_a_picture_is_named_described_and_the_same_again(draw):
    first, again = to_svg(draw(factory.case())), to_svg(draw(factory.case()))
    assert first == again
    root = ET.fromstring(first)
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert "Ilse Vandar" in description.text
    assert "http" not in first.replace("http://www.w3.org/", ""), "nothing is fetched"


def test_a_png_has_the_size_asked_for():
    picture = network(factory.case())
    png = to_png(picture, scale=1.0)
    assert struct.unpack(">II", png[16:24]) == (picture.spec["width"], picture.spec["height"])
    assert png == to_png(picture, scale=1.0)


def test_words_of_any_kind_pass_and_none_commands():
    report = factory.product_factory.Report("odd.txt", "Ilse Vandar said that Osk Brannig fled.")
    vandar = report.entity(f"Ilse {HOSTILE}", "Person", ["Ilse Vandar"])
    brannig = report.entity("Osk Brannig", "Person", ["Osk Brannig"])
    place = report.entity(HOSTILE, "Place", ["Osk Brannig fled"])
    claim = report.claim(
        "allegation", ["that Osk Brannig fled"], [("speaker", vandar, "Ilse Vandar")]
    )
    report.act("threat", "fled", [claim], by=[brannig], place=place, date="2029-05-04")
    for draw in (timeline, map_of, network):
        picture = draw([report.record()])
        svg = to_svg(picture)
        ET.fromstring(svg)
        assert "\u202e" not in svg
        assert "<b>" not in svg
        to_json(picture).encode("utf-8", "backslashreplace")
        assert to_png(picture, scale=0.5).startswith(b"\x89PNG")


@given(st.text(max_size=200), st.integers(30, 400), st.integers(1, 4))
@settings(deadline=None)
def test_lines_fit_and_lose_nothing_unsaid(words, width, most):
    lines = wrapped(words, width, 12, most=most)
    assert 1 <= len(lines) <= most
    for line in lines:
        assert width_of(line, 12) <= width or len(line.removesuffix(" …")) <= 1
    if not lines[-1].endswith("…"):
        assert "".join(lines).replace(" ", "") == clean(words).replace(" ", "")
