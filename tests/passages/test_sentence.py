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


def test_a_shortened_month_ends_no_sentence_before_its_day():
    text = (
        "Orla was held on Jan. 17, 2018, in Venn. She left in May. 17 men stayed until Sept. Then"
    )
    found = [text[slice(*sentence(text, (at, at + 4)))] for at in map(text.index, ("held", "stay"))]
    assert found == ["Orla was held on Jan. 17, 2018, in Venn.", "17 men stayed until Sept."]


def test_a_line_with_a_date_alone_is_no_part_of_the_headline():
    text = "Three men held after raid\n2019-12-12\n\nThey were held on\n12 December and freed."
    found = [
        text[slice(*sentence(text, (at, at + 5)))] for at in map(text.index, ("Three", "They"))
    ]
    assert found == ["Three men held after raid", "They were held on\n12 December and freed."]


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
