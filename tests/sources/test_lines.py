"""From lines to paragraphs: the typesetter's breaks go, the author's stay."""

from __future__ import annotations

import pytest
from fpdf import FPDF
from hypothesis import given
from hypothesis import strategies as st
from source_files import FIRST, SECOND

from onrecord.sources import Reader
from onrecord.sources.readers.lines import Line, joints

THIRD = "The council asked both sides for an answer within a week; none had come by Sunday evening."
PARAGRAPHS = [FIRST, SECOND.replace("“", '"').replace("”", '"'), THIRD, FIRST]


def page(size: float = 11) -> FPDF:
    made = FPDF()
    made.add_page()
    made.set_font("Times", size=size)
    return made


@pytest.mark.parametrize("align", ["L", "J"])
def test_indented_paragraphs_without_space_between(reader: Reader, align: str) -> None:
    made = page()
    with made.text_columns(text_align=align) as column:
        for paragraph in PARAGRAPHS:
            with column.paragraph(first_line_indent=6) as part:
                part.write(paragraph)
    assert reader.read_bytes("a.pdf", bytes(made.output())).text.split("\n\n") == PARAGRAPHS


def test_two_columns_below_a_headline_over_both(reader: Reader) -> None:
    made = page()
    made.set_font("Times", size=18)
    made.multi_cell(0, None, "Fishermen dead, guard denies", new_x="LMARGIN", new_y="NEXT")
    made.set_font("Times", size=10)
    texts = PARAGRAPHS * 6
    with made.text_columns(ncols=2, gutter=8, text_align="J") as column:
        for paragraph in texts:
            with column.paragraph(bottom_margin=3) as part:
                part.write(paragraph)
    found = reader.read_bytes("a.pdf", bytes(made.output())).text.split("\n\n")
    assert found == ["Fishermen dead, guard denies", *texts]


def test_list_and_heading_in_another_size_are_paragraphs(reader: Reader) -> None:
    made = page()
    made.set_font("Times", size=16)
    made.multi_cell(0, 6, "Demands", new_x="LMARGIN", new_y="NEXT")
    made.set_font("Times", size=11)
    made.multi_cell(0, 6, f"{FIRST}\n1. Open the road\n2. Let the doctors in\n{THIRD}")
    found = reader.read_bytes("a.pdf", bytes(made.output())).text.split("\n\n")
    assert found == ["Demands", FIRST, "1. Open the road", "2. Let the doctors in", THIRD]


def test_sentence_that_runs_over_a_page(reader: Reader) -> None:
    made = page()
    made.multi_cell(0, 6, "The guard was said to have")
    made.add_page()
    made.multi_cell(0, 6, "fired at a boat.\n\nThe ministry denied it.")
    text = reader.read_bytes("a.pdf", bytes(made.output())).text
    assert text == "The guard was said to have fired at a boat.\n\nThe ministry denied it."


corner = st.floats(-1e4, 1e4)
lines = st.builds(
    Line,
    text=st.text(min_size=1).filter(str.strip),
    page=st.just(1),
    box=st.tuples(corner, corner, corner, corner),
    baseline=corner,
    size=st.floats(0, 100),
    broken=st.booleans(),
)


@given(st.lists(lines))
def test_any_lines_are_joined(found: list[Line]) -> None:
    assert len(list(joints(found))) == max(len(found), 1)
