"""Dates: what people write, what it leaves open, what it excludes."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.dates import (
    bounds,
    compare,
    fill_year,
    in_words,
    overlaps,
    parse_date,
    read_edtf,
    resolve,
)

DAYS = st.dates(min_value=date(1600, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("February 8", "XXXX-02-08"),
        ("8 Feb. 2016", "2016-02-08"),
        ("Monday, May 4, 2015", "2015-05-04"),
        ("4th of July, 1999", "1999-07-04"),
        ("12-May-2016", "2016-05-12"),
        ("2016-05-12", "2016-05-12"),
        ("2016/05/12", "2016-05-12"),
        ("25/12/2016", "2016-12-25"),
        ("05/12/2016", "[2016-05-12,2016-12-05]"),
        ("May 2016", "2016-05"),
        ("May", "XXXX-05"),
        ("2016", "2016"),
        ("early 2015", "2015"),
        ("late December 2015", "2015-12"),
        ("February 15 to 17", "XXXX-02-15/XXXX-02-17"),
        ("between 3 and 7 May 2014", "2014-05-03/2014-05-07"),
        ("30 December to 2 January 2015", "2014-12-30/2015-01-02"),
        ("May to July 2014", "2014-05/2014-07"),
        ("1998-99", "1998/1999"),
        ("the 1990s", "199X"),
        ("since 2009", "2009/.."),
        ("around 2010", "2010~"),
        ("summer 2014", "2014-22"),
        ("the first half of 2013", "2013-40"),
        ("29 February", "XXXX-02-29"),
        ("29 February 2015", None),
        ("31 April", None),
        ("2011 and 2014", None),
        ("last week", None),
        ("12 men", None),
        ("", None),
    ],
)
def test_parse_date(words, edtf):
    assert parse_date(words) == edtf


@given(DAYS)
def test_a_day_written_in_full_reads_back(day):
    for words in (f"{day:%d %B %Y}", f"{day:%B %d, %Y}", f"{day:%A, %B %d, %Y}", day.isoformat()):
        assert parse_date(words) == day.isoformat()
        assert bounds(parse_date(words)) == (day, day)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_none(words):
    edtf = parse_date(words)
    assert edtf is None or str(read_edtf(edtf)) == edtf


@given(DAYS, DAYS)
def test_compare_is_the_order_of_the_calendar(one, other):
    expected = (one > other) - (one < other)
    assert (compare(one.isoformat(), other.isoformat()) or 0) == expected
    assert overlaps(one.isoformat(), other.isoformat()) == (one == other)


def test_an_unknown_year_bounds_and_orders_nothing():
    assert bounds("XXXX-02-08") == (None, None)
    assert compare("XXXX-02-08", "2016-02-09") is None
    assert overlaps("XXXX-02-15/XXXX-02-17", "2016-02-16")
    assert not overlaps("XXXX-02-15/XXXX-02-17", "2016-02-18")
    assert overlaps("XXXX-12-30/XXXX-01-02", "2016-01-01")


def test_bounds_take_the_whole_of_what_is_told():
    assert bounds("2016-02") == (date(2016, 2, 1), date(2016, 2, 29))
    assert bounds("199X") == (date(1990, 1, 1), date(1999, 12, 31))
    assert bounds("2009/..") == (date(2009, 1, 1), None)
    assert bounds("[2016-05-12,2016-12-05]") == (date(2016, 5, 12), date(2016, 12, 5))
    assert compare("199X", "2000") == -1


@pytest.mark.parametrize(
    ("words", "anchor", "edtf"),
    [
        ("yesterday", "2024-03-01", "2024-02-29"),
        ("yesterday", "XXXX-02-08", "XXXX-02-07"),
        ("yesterday", "XXXX-03-01", "XXXX-02"),  # the 28th or the 29th
        ("the day before yesterday", "2024-01-01", "2023-12-30"),
        ("on Friday", "2024-02-08", "2024-02-02"),
        ("Thursday", "2024-02-08", "2024-02-08"),
        ("last Thursday", "2024-02-08", "2024-02-01"),
        ("next Friday", "2024-02-08", "2024-02-09"),
        ("on Friday", "XXXX-02-08", "[XXXX-02-02..XXXX-02-08]"),
        ("three days later", "2024-02-27", "2024-03-01"),
        ("a week earlier", "2024-02-08", "2024-02-01~"),
        ("two months ago", "2024-02-08", "2023-12~"),
        ("last month", "2024-01-08", "2023-12"),
        ("last month", "XXXX-01-08", "XXXX-12"),
        ("last year", "2024-01-08", "2023"),
        ("last year", "XXXX-01-08", None),
        ("next week", "2024-02-08", "[2024-02-12..2024-02-18]"),
        ("yesterday", "2024", None),
        ("in Zaru", "2024-02-08", None),
    ],
)
def test_resolve(words, anchor, edtf):
    assert resolve(words, anchor) == edtf


@given(DAYS, st.integers(min_value=0, max_value=6), st.booleans())
def test_a_weekday_is_the_nearest_one_on_its_side(anchor, weekday, future):
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]
    found = date.fromisoformat(resolve(name, anchor.isoformat(), future=future))
    assert found.weekday() == weekday
    distance = (found - anchor).days
    assert (1 <= distance <= 7) if future else (-6 <= distance <= 0)


@given(DAYS, st.integers(min_value=-80, max_value=80))
def test_a_year_comes_back_from_a_near_anchor(day, distance):
    told = f"XXXX-{day:%m-%d}"
    anchor = day + timedelta(days=distance)
    if not (day.month == 2 and day.day == 29):
        assert fill_year(told, anchor.isoformat()) == day.isoformat()


def test_a_year_stays_unknown_where_the_anchor_does_not_give_it():
    assert fill_year("XXXX-02-15/XXXX-02-17", "XXXX-02-08") == "XXXX-02-15/XXXX-02-17"
    assert fill_year("XXXX-02-15", "2016") == "XXXX-02-15"
    assert fill_year("XXXX-12-30/XXXX-01-02", "2016-02-08") == "2015-12-30/2016-01-02"
    assert fill_year("2014-02-15", "2016-02-08") == "2014-02-15"


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("XXXX-02-15/XXXX-02-17", "15 to 17 February, year unknown"),
        ("2014-12-30/2015-01-02", "30 December 2014 to 2 January 2015"),
        ("2014-05/2014-07", "May to July 2014"),
        ("[2024-02-12..2024-02-18]", "between 12 and 18 February 2024"),
        ("[2016-05-12,2016-12-05]", "12 May or 5 December 2016"),
        ("2009/..", "since 2009"),
        ("../2009", "until 2009"),
        ("199X", "the 1990s"),
        ("2015~", "about 2015"),
        ("2013-40", "first half of 2013"),
        ("2014-22", "summer 2014"),
        ("no date", "no date"),
    ],
)
def test_in_words(edtf, words):
    assert in_words(edtf) == words
