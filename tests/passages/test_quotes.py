from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.passages.quotes import quotations
from onrecord.passages.segment import paragraphs


def inside(text: str) -> list[list[str]]:
    return [[text[a:b] for a, b in q.spans] for q in quotations(text, paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“They left,” he said. “All of them.”", [["They left,"], ["All of them."]]),
        ('"They left," he said. "All of them."', [["They left,"], ["All of them."]]),
        ("''They left,'' he said.", [["They left,"]]),
        ("«They left», he said.", [["They left"]]),
        ("They called it a ‘clean-up’ and Vash’s men left.", [["clean-up"]]),
        ("“They shouted ‘stop’ and ran,” he said.", [["They shouted ‘stop’ and ran,"]]),
        ("The guards’ barracks and the miners’ hall.", []),
        ("He said “” and nothing more.", []),
    ],
)
def test_marks_are_paired(text: str, expected: list[list[str]]) -> None:
    assert inside(text) == expected


def test_a_quotation_goes_on_where_the_next_paragraph_opens_again() -> None:
    text = "“They came at dawn.\n\n“They left at noon,” she said."
    (quotation,) = quotations(text, paragraphs(text))
    assert [text[a:b] for a, b in quotation.spans] == ["They came at dawn.", "They left at noon,"]
    assert quotation.closed
    assert text[slice(*quotation.outer)] == text[:41]


def test_a_mark_that_is_never_closed_ends_with_its_paragraph() -> None:
    text = "She said: “They came at dawn.\n\nThe road is closed."
    (quotation,) = quotations(text, paragraphs(text))
    assert text[quotation.start : quotation.end] == "They came at dawn."
    assert not quotation.closed


@given(st.text(alphabet="a .\n\"'“”‘’«»`,\u202eم😀"))
def test_quotations_lie_inside_in_order_and_apart(text: str) -> None:
    end = 0
    for quotation in quotations(text, paragraphs(text)):
        assert end <= quotation.outer[0] <= quotation.start < quotation.end <= quotation.outer[1]
        assert all(start < stop for start, stop in quotation.spans)
        end = quotation.outer[1]
    assert end <= len(text)
