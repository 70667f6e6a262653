"""What stands above a statement. Bodies and places are invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.passages.head import Head, read_head
from onrecord.passages.parse import Parsed

REPORT = "The road to the village was closed on Monday by soldiers who came from the east."


def read(text):
    return read_head(Parsed(text, None), Head())


def words(text, span):
    return span and text[slice(*span)]


@pytest.mark.parametrize(
    ("top", "publisher", "title", "published"),
    [
        (
            "Ministry of Works of Marrow\nPress release\nTharnok, 6 March 2025\n\nIt denies it",
            "Ministry of Works of Marrow",
            "It denies it",
            "2025-03-06",
        ),
        (
            "MARROW REFORM FRONT\nOffice of the Chair\nStatement of 7 March 2025",
            "MARROW REFORM FRONT",
            "Statement of 7 March 2025",
            "2025-03-07",
        ),
        (
            "Drovel Centre for Peace\n\nURGENT ACTION\n\n13 March 2025\n\nTeacher missing",
            "Drovel Centre for Peace",
            "Teacher missing",
            "2025-03-13",
        ),
        (
            "The Lookout\nBulletin No. 4, 1 March 2025\n\nNew commander takes up post",
            "The Lookout",
            "New commander takes up post",
            "2025-03-01",
        ),
        (
            "HOME OFFICE OF MARROW\nPress briefing, Tharnok, 20 March 2025 (extract)",
            "HOME OFFICE OF MARROW",
            "Press briefing, Tharnok, 20 March 2025 (extract)",
            "2025-03-20",
        ),
    ],
)
def test_letterheads(top, publisher, title, published):
    text = f"{top}\n\n{REPORT}\n"
    head = read(text)
    assert words(text, head.publisher) == publisher
    assert words(text, head.title) == title
    assert head.published[0] == published


@pytest.mark.parametrize(
    "top",
    [
        "Soldiers close road to village",
        "Massacre of Drovel, 3 March 2025",
        "Ceasefire begins on 3 March 2025",
        "Union of teachers strikes\nNobody came to school",
    ],
)
def test_a_headline_is_no_letterhead(top):
    head = read(f"{top}\n\n{REPORT}\n")
    assert (head.publisher, head.published) == (None, None)
    assert head.title == (0, top.find("\n") if "\n" in top else len(top))


def test_an_acronym_is_spelled_out_where_the_text_does():
    text = f"THARNOK, March 3 (NWA) - {REPORT} Northern Wire Agency saw it. They fled."
    assert words(text, read(text).publisher) == "Northern Wire Agency"
    assert words(text[:80], read(text[:80]).publisher) == "NWA"


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Press release",
                "\n",
                "\n\n",
                "Ministry of",
                " 3 March 2025",
                ", ",
                "Tharnok",
                "(x)",
                ".",
            ]
        ),
        max_size=12,
    )
)
def test_any_head_passes(pieces):
    text = "".join(pieces)
    head = read(text)
    spans = [head.title, head.publisher, head.published and head.published[1]]
    assert all(0 <= span[0] < span[1] <= len(text) for span in spans if span)
