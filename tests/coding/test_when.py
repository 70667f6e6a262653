"""Dates in running text."""

import pytest

from onrecord.coding.when import common_part, find_dates
from onrecord.passages.head import Head
from onrecord.passages.parse import Parsed

DATED = Head(published=("2024-02-09", (0, 1)), dateline_date=("XXXX-02-08", (0, 1)))


def found(text, head):
    """(words, EDTF) of the dates; a parse is not looked into, so any stands for one."""
    parsed = Parsed(text, "en", [(0, len(text))], object())
    return [(text[slice(*m.span)], m.edtf) for m in find_dates(parsed, head)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (
            "The visit to Bama is scheduled from February 15 to 17.",
            [("February 15 to 17", "2024-02-15/2024-02-17")],
        ),
        ("He was seen on Monday.", [("Monday", "2024-02-05")]),
        ("It ends on 31 May.", [("31 May", "2023-05-31")]),
        ("It ended on 5 Jan. 2024.", [("5 Jan. 2024", "2024-01-05")]),
        ("He left. He will return on Monday.", [("Monday", "2024-02-12")]),
        ("She was taken last March.", [("last March", "2023-03")]),
        ("They may march in March, 12 May Street.", [("March", "2024-03")]),
        (
            "In 2014 and since 2009, 2015 people fled.",
            [("2014", "2014"), ("since 2009", "2009/..")],
        ),
        (
            "On 5 January she vanished; three days later the car was found.",
            [("5 January", "2024-01-05"), ("three days later", "2024-01-08")],
        ),
        (
            "They came a month ago (2003-2005).",
            [("a month ago", "2024-01~"), ("2003-2005", "2003/2005")],
        ),
    ],
)
def test_dates_of_a_dated_report(text, dates):
    assert found(text, DATED)[: len(dates)] == dates


def test_without_a_date_of_its_own_a_report_gives_no_relative_dates():
    text = "Yesterday, on Friday and last month; on 5 January and the same day."
    assert found(text, Head()) == [("5 January", "XXXX-01-05"), ("the same day", "XXXX-01-05")]


def test_an_unknown_year_stays_unknown():
    head = Head(dateline_date=("XXXX-02-08", (0, 1)))
    assert found("scheduled from February 15 to 17, he said yesterday", head) == [
        ("February 15 to 17", "XXXX-02-15/XXXX-02-17"),
        ("yesterday", "XXXX-02-07"),
    ]


def test_a_language_we_do_not_read_has_no_dates():
    assert find_dates(Parsed("le 5 janvier 2014", "fr"), Head()) == ()


@pytest.mark.parametrize(
    ("told", "shared"),
    [
        ("2025-03-17", "2025-03-17"),
        ("2025-03-24/2025-03-26", "2025-03-24/2025-03-26"),
        ("[2025-03-24..2025-03-30]", "2025-03"),
        ("[XXXX-03-24..XXXX-03-30]", "XXXX-03"),
        ("[2025-03-31..2025-04-06]", "2025"),
        ("[2024-12-30..2025-01-05]", "2024-12-30/2025-01-05"),
        ("[XXXX-03-31..XXXX-04-06]", "XXXX-03-31/XXXX-04-06"),
    ],
)
def test_what_the_days_of_a_set_share(told, shared):
    assert common_part(told) == shared
