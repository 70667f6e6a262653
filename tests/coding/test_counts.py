"""How many: expressions of quantity and the bounds they leave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.coding.counts import find_counts, read_bounds, read_number

BOUNDS = {
    "four": (4, 4),
    "12": (12, 12),
    "1,200": (1200, 1200),
    "a hundred": (100, 100),
    "two hundred and fifty": (250, 250),
    "forty-five": (45, 45),
    "nine hundred thousand": (900_000, 900_000),
    "1.5 million": (1_500_000, 1_500_000),
    "a dozen": (12, 12),
    "three dozen": (36, 36),
    "half a dozen": (6, 6),
    "a couple of": (2, 2),
    "both": (2, 2),
    "a single": (1, 1),
    "one": (1, 1),
    "more than 169": (170, None),
    "over 6,700": (6701, None),
    "more than a dozen": (13, None),
    "upwards of thirty": (31, None),
    "at least a dozen": (12, None),
    "at least two dozen": (24, None),
    "no fewer than eight": (8, None),
    "twelve or more": (12, None),
    "30+": (30, None),
    "fewer than 10": (None, 9),
    "less than a hundred": (None, 99),
    "up to 30": (None, 30),
    "as many as 25": (None, 25),
    "no more than five": (None, 5),
    "nearly 200": (180, 199),
    "almost fifty": (45, 49),
    "some 40": (36, 44),
    "about 100": (90, 110),
    "an estimated 5,000": (4500, 5500),
    "100 or so": (90, 110),
    "between 20 and 30": (20, 30),
    "20 to 30": (20, 30),
    "20-30": (20, 30),
    "two or three": (2, 3),
    "at least 12 to 15": (12, 15),
    "dozens": (24, None),
    "scores": (40, None),
    "hundreds": (200, None),
    "thousands": (2000, None),
    "tens of thousands": (20_000, None),
    "several": (3, None),
    "a few": (3, None),
    "several hundred": (300, None),
    "a few dozen": (36, None),
    "a couple of hundred": (200, None),
    "several thousands": (3000, None),
}


@pytest.mark.parametrize(("words", "bounds"), BOUNDS.items())
def test_bounds(words, bounds):
    assert read_bounds(words) == bounds


@pytest.mark.parametrize(
    "words",
    ["a 25-year-old man", "50% of them", "40 percent", "12 years", "v2.10", "$30", "no number"],
)
def test_ages_shares_money_and_durations_are_no_counts(words):
    assert find_counts(words) == []


def test_every_count_cites_its_words():
    text = "Gunmen killed more than 20 people and took between five and seven others."
    found = find_counts(text)
    assert [(c.text, c.min, c.max) for c in found] == [
        ("more than 20", 21, None),
        ("between five and seven", 5, 7),
    ]
    assert all(text[slice(*c.span)] == c.text for c in found)


@given(st.integers(1, 999_999))
def test_figures_and_words_agree(number):
    assert read_number(f"{number:,}") == number
    assert read_bounds(f"more than {number}") == (number + 1, None)
    assert read_bounds(f"fewer than {number}") == (None, number - 1)


@given(st.text())
def test_any_text_passes_and_spans_lie_inside(text):
    for count in find_counts(text):
        assert 0 <= count.span[0] < count.span[1] <= len(text)
        assert count.min is None or count.max is None or count.min <= count.max


@pytest.mark.parametrize("words", ["a four-star general", "a two-storey house", "ten-man teams"])
def test_a_number_within_a_word_counts_nobody(words):
    assert find_counts(words) == []


def test_odd_and_plus_go_with_a_number():
    assert [c.min for c in find_counts("30-odd prisoners")] == [30]
