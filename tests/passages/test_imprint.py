"""The line of publisher and date in the forms that papers print. All names are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.passages.head import Head, read_head
from onrecord.passages.imprint import imprint_of
from onrecord.passages.parse import Parsed

TEXT = "Two men were taken from the quay of Tharnok before dawn, their families said on Friday."


def read(text):
    return read_head(Parsed(text, "en", [], None), Head())


def words(text, span):
    return span and text[slice(*span)]


@pytest.mark.parametrize(
    ("line", "published", "publisher"),
    [
        ("Posted on 4 March 2025 | Kessarin Mirror", "2025-03-04", "Kessarin Mirror"),
        ("Published: March 4, 2025 | Radio Tharnok", "2025-03-04", "Radio Tharnok"),
        ("4 March 2025 | Ember Today", "2025-03-04", "Ember Today"),
        ("Harbour Gazette | Tuesday, 4 March 2025, 10:30 GMT", "2025-03-04", "Harbour Gazette"),
        ("Harbour Gazette, 4 March 2025", "2025-03-04", "Harbour Gazette"),
        ("© Harbour Gazette, March 4, 2025", "2025-03-04", "Harbour Gazette"),
        ("MARCH 4, 2025 · 6:05 PM EST · BY ANNA DAHL", "2025-03-04", None),
        (
            "By Anna Dahl | Kessarin Mirror | Mar. 4, 2025 | 3 min read",
            "2025-03-04",
            "Kessarin Mirror",
        ),
        ("First published on Tue 4 Mar 2025 08.15 CET", "2025-03-04", None),
        ("Filed 2025-03-04T08:15:00+01:00", "2025-03-04", None),
        ("Kessarin, Talvenia | 4 March 2025", "2025-03-04", None),
        ("Updated: 9 March 2025 10:00 | Published: 4 March 2025 08:00", "2025-03-04", None),
        ("Last updated on 4 March 2025 | Kessarin Mirror", "2025-03-04", "Kessarin Mirror"),
        ("23/03/2025 | www.kessarin-mirror.example", "2025-03-23", "www.kessarin-mirror.example"),
    ],
)
def test_who_published_it_and_when(line, published, publisher):
    text = f"Two men taken from Tharnok quay\n\n{line}\n\n{TEXT}\n"
    head = read(text)
    assert (head.published and head.published[0], words(text, head.publisher)) == (
        published,
        publisher,
    )
    assert words(text, head.title) == "Two men taken from Tharnok quay"


@pytest.mark.parametrize(
    "line",
    [
        "The quay was closed on 4 March 2025 by the police",
        "4 March 2025 was a day like others",
        "Posted on 4 March | Kessarin Mirror",
    ],
)
def test_a_line_that_says_more_or_no_year_dates_nothing(line):
    assert read(f"Two men taken from Tharnok quay\n\n{line}\n\n{TEXT}\n").published is None


def test_a_day_in_figures_stays_open_until_another_date_shows_the_order():
    line = "Two men taken\n\nPublished: 05/03/2025 | Kessarin Mirror\n\n"
    assert read(line + TEXT).published[0] == "[2025-03-05,2025-05-03]"
    assert read(f"{line}{TEXT} The last such case was on 28/02/2025.").published[0] == "2025-03-05"
    assert read(f"{line}{TEXT} The last such case was on 02/28/2025.").published[0] == "2025-05-03"


def test_a_label_of_its_own_line_belongs_to_the_date_below():
    text = f"Two men taken\n\nUpdated\n9 March 2025\n\nPublished\n4 March 2025\n\n{TEXT}\n"
    assert read(text).published[0] == "2025-03-04"


@pytest.mark.parametrize("between", ["\n4 March 2025\n\n", "\n\n"])
def test_a_paper_that_heads_its_report(between):
    text = f"Daily Harbinger{between}Two men taken from quay\n\nTHARNOK, March 4 - {TEXT}\n"
    head = read(text)
    assert words(text, head.publisher) == "Daily Harbinger"
    assert words(text, head.title) == "Two men taken from quay"


def test_a_headline_that_ends_in_such_a_word_is_no_paper():
    text = f"Army Honours Harbour Standard\n4 March 2025\n\n{TEXT}\n"
    assert read(text).publisher is None
    assert words(text, read(text).title) == "Army Honours Harbour Standard"


def test_the_day_of_a_dateline_is_that_of_publication_where_no_other_is_told():
    text = f"Two men taken\n\nTHARNOK, 4 March 2025 (XYZ) - {TEXT}\n"
    assert read(text).published[0] == "2025-03-04"
    assert read(text.replace(" 2025", "")).published is None
    below = f"{text}\nHarbour Gazette, 5 March 2025\n"
    assert read(below).published[0] == "2025-03-05"


@given(st.text(alphabet="Published on|,©: 0123456789/-.MarchKessin\n", max_size=90))
def test_any_line_is_read(line):
    found = imprint_of(line, (0, len(line)))
    assert found is None or found.published is None or found.published[1][1] <= len(line)
