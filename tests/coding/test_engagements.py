"""Engagements of people in public office, as published."""

from functools import cache

import pytest

from onrecord.pipeline import extract_text


@cache
def engagements(text):
    record = extract_text(text, path="told.txt")
    names = {e.id: e.name for e in record.entities}
    return [
        (e.type, {names[p] for p in e.participants}, names.get(e.place), e.start, e.end, e.status)
        for e in record.engagements
    ]


def test_a_proposed_visit():
    text = (
        "Ingrid Vestdal criticised the proposed visit of Foreign Minister Tomas Verin and "
        "Interior Minister Petar Sund to Oslo, Norway, scheduled from February 15 to 17."
    )
    assert engagements(text) == [
        (
            "visit",
            {"Tomas Verin", "Petar Sund"},
            "Oslo",
            "XXXX-02-15",
            "XXXX-02-17",
            "proposed",
        )
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Foreign Minister, Tomas Verin, will visit Oslo on 3 May 2024, it says.", "confirmed"),
        ("The Foreign Minister, Tomas Verin, visited Oslo on 3 May 2024, it says.", "past"),
        ("Foreign Minister Tomas Verin's visit to Oslo on 3 May 2024 was cancelled.", "cancelled"),
    ],
)
def test_status_and_day(text, status):
    ((kind, who, place, start, end, found),) = engagements(text)
    assert (kind, who, place, found) == ("visit", {"Tomas Verin"}, "Oslo", status)
    assert start == end == "2024-05-03"


def test_private_people_are_left_out():
    text = (
        "Erik Vestdal, a shopkeeper, will visit Oslo on 3 May 2024. "
        "Ana Lund met Erik Vestdal in Oslo."
    )
    assert engagements(text) == []


BOTH = {"Helka Tarvin", "Petar Sund"}
HEADED = (
    "Governor and minister to visit Oslo next week\n\n"
    "ORLA, March 17, 2025 (MNA) - Interior Minister Helka Tarvin and the governor of Varna, "
    "Petar Sund, will travel to Oslo, the capital of Norway, for a three-day visit from "
    "March 24 to 26, the Interior Ministry announced on Monday."
)


def test_a_headline_and_its_report_tell_one_visit():
    assert engagements(HEADED) == [("visit", BOTH, "Oslo", "2025-03-24", "2025-03-26", "confirmed")]


def test_an_engagement_does_not_begin_in_the_dateline():
    record = extract_text(HEADED)
    for told in record.engagements:
        assert "ORLA" not in record.text[slice(*told.span)]
        assert "MNA" not in record.text[slice(*told.span)]


def test_two_officials_are_the_two_that_are_named():
    text = (
        "ORLA, March 18, 2025 (MNA) - The union spoke of two officials who will visit Oslo next "
        "week. The planned visit of Interior Minister Helka Tarvin and Governor Petar Sund from "
        "March 24 to 26 is a private matter, it said."
    )
    assert [told[:5] for told in engagements(text)] == [
        ("visit", BOTH, "Oslo", "2025-03-24", "2025-03-26")
    ]


def test_to_receive_people_is_a_meeting_and_to_receive_a_letter_is_none():
    people = (
        "The mayor of Oslo, Tomas Verin, will receive Interior Minister Petar Sund on 3 May 2024."
    )
    ((kind, who, *_),) = engagements(people)
    assert (kind, who) == ("meeting", {"Tomas Verin", "Petar Sund"})
    assert engagements("Interior Minister Petar Sund received a letter on 3 May 2024.") == []


def test_a_meeting_in_a_town_of_a_name():
    text = "Interior Minister Petar Sund will meet envoys in the border town of Oslo on 3 May 2024."
    ((_, _, place, start, _, _),) = engagements(text)
    assert (place, start) == ("Oslo", "2024-05-03")
