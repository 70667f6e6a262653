from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.passages.segment import paragraphs


def read(text: str) -> list[str]:
    return [text[a:b] for a, b in paragraphs(text)]


def test_blank_lines_and_single_breaks_end_paragraphs() -> None:
    assert read("Bridge closed\nThe bridge at Esk is closed.\n\n  It rained. \r\n") == [
        "Bridge closed",
        "The bridge at Esk is closed.",
        "It rained.",
    ]


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "The commission of inquiry into the closure of the bridge at Esk met for the\n"
        "first time on Monday and heard nine witnesses before it adjourned.\n"
        "It will meet again."
    )
    assert read(wrapped)[0].endswith("adjourned.")
    assert len(read(wrapped)) == 2


@pytest.mark.parametrize("date", ["2019-12-12", "12 December 2019", "Thursday, Dec. 12, 2019"])
def test_a_line_that_is_a_date_goes_on_with_no_line_before_it(date: str) -> None:
    headline = "Three men of the harbour union are held after a raid in Orla Town"
    text = f"{headline}\n{date}\n\nThey were held at dawn."
    assert [text[slice(*p)] for p in paragraphs(text)][:2] == [headline, date]
    wrapped = f"{headline} that began on the night of\n{date}, as was said."
    assert len(paragraphs(wrapped)) == 1


def test_a_text_without_letters_has_no_paragraphs_but_what_it_shows() -> None:
    assert read(" \n\t\r\n") == []
    assert read("***\n\n—") == ["***", "—"]


@given(st.text(alphabet="ab .\n\r\t\u2028\u2029\x00\u202eم😀"))
def test_paragraphs_are_trimmed_and_leave_nothing_out(text: str) -> None:
    found = paragraphs(text)
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in found)
    assert "".join(text[a:b] for a, b in found).split() != [] or not text.strip()
    assert "".join("".join(text[a:b].split()) for a, b in found) == "".join(text.split())
