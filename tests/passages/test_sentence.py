"""The sentence around a few words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.passages.sentence import sentence

TEXT = (
    "It rained. According to Mr. Ardo, nine men were killed at night. A. Quill left! It was May 3. "
    "So they say.\n\nHeading"
)


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("killed", "According to Mr. Ardo, nine men were killed at night."),
        ("Quill", "A. Quill left!"),
        ("May", "It was May 3."),
        ("rained", "It rained."),
        ("Heading", "Heading"),
    ],
)
def test_a_sentence_keeps_the_source_it_names(words, whole):
    start = TEXT.index(words)
    found = sentence(TEXT, (start, start + len(words)))
    assert TEXT[slice(*found)] == whole


def test_a_short_word_at_the_end_is_no_abbreviation():
    text = "She denied that she ordered it. Her office said no more to us. Lt. Arn left."
    found = [
        text[slice(*sentence(text, (at, at + 2)))] for at in map(text.index, ("it", "no", "Ar"))
    ]
    assert found == [
        "She denied that she ordered it.",
        "Her office said no more to us.",
        "Lt. Arn left.",
    ]


@given(st.text(alphabet="ab .!?\n\u00a0”", max_size=80), st.data())
def test_a_sentence_holds_its_words_and_stays_in_the_text(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = sentence(text, (start, end))
    assert 0 <= first <= start <= end <= last <= len(text)
