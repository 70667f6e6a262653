from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.passages.anchor import Anchor, anchor, locate

TEXT = "The guard said no. Later the guard said yes.\n\nThe  guard\nsaid nothing."


def test_an_anchor_keeps_the_words_and_what_stands_around_them() -> None:
    assert anchor(TEXT, (4, 9)) == Anchor(4, 9, "guard", "The ", TEXT[9:41])


@pytest.mark.parametrize("span", [(5, 5), (6, 5), (-1, 3), (0, 1000)])
def test_a_span_outside_the_text_is_refused(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no stretch"):
        anchor(TEXT, span)


def test_surroundings_tell_equal_words_apart() -> None:
    assert locate(TEXT, "guard said", prefix="Later the ") == (29, 39)
    assert locate(TEXT, "guard said", suffix=" no.") == (4, 14)
    assert locate(TEXT, "guard said", near=60) == (51, 61)


def test_white_space_may_differ() -> None:
    start, end = locate(TEXT, "The guard said nothing") or (0, 0)
    assert TEXT[start:end] == "The  guard\nsaid nothing"


def test_words_that_are_not_there_are_not_found() -> None:
    assert locate(TEXT, "the judge") is None
    assert locate(TEXT, "  ") is None


@given(st.text(min_size=1), st.data())
def test_every_anchor_leads_back_to_its_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    made = anchor(text, (start, end))
    found = locate(text, made.exact, prefix=made.prefix, suffix=made.suffix, near=start)
    if made.exact.strip():
        assert found is not None
        assert text[slice(*found)].split() == made.exact.split()
    else:
        assert found is None
