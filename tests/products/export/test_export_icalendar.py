"""The calendar as the icalendar library reads it: days as published, nothing without a day."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar

sys.path.insert(0, str(Path(__file__).parents[1]))

import product_factory as factory

from onrecord.products.export.formats import find
from onrecord.products.export.icalendar_export import days_of
from onrecord.products.export.source import Records


def _written(tmp_path, records):
    path = tmp_path / "case.ics"
    find("ical").write(Records.of(records), path, lambda _: None)
    data = path.read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    return Calendar.from_ical(data)


def _with_days(start, end, **more):
    record = factory.wire()
    engagements = tuple(replace(e, start=start, end=end, **more) for e in record.engagements)
    return replace(record, engagements=engagements)


def test_a_visit_has_whole_days_a_place_and_whose_word_it_is(tmp_path):
    calendar = _written(tmp_path, [_with_days("2031-03-15", "2031-03-17")])
    (event,) = calendar.walk("VEVENT")
    assert event["dtstart"].dt == date(2031, 3, 15)
    assert event["dtend"].dt == date(2031, 3, 18), "the day after the last (RFC 5545, 3.6.1)"
    assert event["status"] == "TENTATIVE"
    assert event["location"] == "Lisk"
    assert event["summary"] == "Visit (proposed): Teodor Quill, Renzo Maldek – Norden Wire"
    assert "On the word of: publisher Norden Wire" in event["description"]
    assert "“the planned visit of”" in event["description"]
    assert not calendar.errors


def test_without_a_year_there_is_no_entry_and_the_calendar_says_so(tmp_path):
    calendar = _written(tmp_path, [factory.wire()])
    assert not calendar.walk("VEVENT")
    assert "Not in the calendar" in calendar["x-wr-caldesc"]
    assert "15 to 17 March, year unknown" in calendar["x-wr-caldesc"]


def test_a_deadline_is_a_demand_not_an_agreement(tmp_path):
    (event,) = _written(tmp_path, [factory.statement()]).walk("VEVENT")
    assert event["dtstart"].dt == date(2031, 5, 1)
    assert event["summary"].startswith("Deadline asked of Renzo Maldek: to open the Red Valley")
    assert "status" not in event
    assert "speaker Ilse Vandar" in event["description"]


@pytest.mark.parametrize(("status", "shown"), [("cancelled", "CANCELLED"), ("past", "CONFIRMED")])
def test_the_state_of_an_engagement(tmp_path, status, shown):
    (event,) = _written(tmp_path, [_with_days("2031-03-15", None, status=status)]).walk("VEVENT")
    assert event["status"] == shown


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2031-03-15", None, ("2031-03-15", "2031-03-15")),
        ("2031-03-15/2031-03-17", None, ("2031-03-15", "2031-03-17")),
        ("2031-03-15T14:30", "2031-03-15", ("2031-03-15", "2031-03-15")),
        ("9999-12-31", None, ("9999-12-31", "9999-12-31")),
        ("2031-03", None, None),
        ("2031-03-15~", None, None),
        ("[2031-03-15,2031-03-17]", None, None),
        ("[2031-03-15..2031-03-17]", None, None),
        ("2031-03-15/..", None, None),
        ("XXXX-03-15", None, None),
        ("2031-03-17", "2031-03-15", None),
        ("2031-03-17", "2031-04", None),
        (None, None, None),
        ("soon", None, None),
    ],
)
def test_only_what_is_known_to_the_day_has_days(start, end, days):
    found = days_of(start, end)
    assert (tuple(map(str, found)) if found else None) == days


def test_the_same_entry_has_the_same_id_and_the_same_bytes_always(tmp_path):
    records = [_with_days("2031-03-15", "2031-03-17"), factory.statement()]
    first = _written(tmp_path, records).to_ical()
    again = _written(tmp_path, records).to_ical()
    assert first == again
    ids = [event["uid"] for event in Calendar.from_ical(first).walk("VEVENT")]
    assert len(set(ids)) == 2


def test_the_last_day_of_all_and_odd_words_pass(tmp_path):
    record = _with_days("9999-12-31", None)
    odd = tuple(
        replace(e, name="Quill;\r\nBEGIN:VEVENT \x07\ud800") if e.name == "Teodor Quill" else e
        for e in record.entities
    )
    (event,) = _written(tmp_path, [replace(record, entities=odd)]).walk("VEVENT")
    assert "Quill; BEGIN:VEVENT" in event["summary"]
