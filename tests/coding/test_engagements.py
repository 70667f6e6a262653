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
