"""Dates in order and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.products.edtf import in_words, order, span_of, year_known


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2024-02-06", "6 February 2024"),
        ("XXXX-02-08", "8 February, year unknown"),
        ("XXXX-02-15/XXXX-02-17", "15 to 17 February, year unknown"),
        ("2024-02-06T10:00:00Z", "6 February 2024"),
        ("sometime", "sometime"),
        (None, "date not stated"),
    ],
)
def test_dates_are_said_as_a_reader_says_them(date, words):
    assert in_words(date) == words


def test_dates_sort_by_their_beginning():
    dates = ["2024-02-06", "2024", "2023-12-31/2024-01-05", "2024-02", "../2020", "202X"]
    ordered = sorted(dates, key=lambda d: order(d) or ("", 0, 0))
    assert ordered == ["202X", "../2020", "2023-12-31/2024-01-05", "2024", "2024-02", "2024-02-06"]


def test_only_a_stated_year_is_known():
    assert [year_known(d) for d in ("XXXX-02-08", "2024", "202X", None, "junk")] == [
        False, True, True, False, False,
    ]  # fmt: skip


@given(st.one_of(st.none(), st.text(alphabet="0123456789X-/.~?%T", max_size=24)))
def test_no_date_fails(date):
    in_words(date)
    order(date)
    span_of(date, date)
