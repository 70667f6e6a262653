"""A timeline places nothing in time that is not known, and says on whose word each entry stands."""

import json

import picture_factory as factory
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import NotFound
from onrecord.products.pictures import timeline, to_json
from onrecord.products.pictures.scale import axis_of, stretch, stretch_of_year


def _words(picture):
    return [
        mark["encode"]["enter"]["text"]["value"]
        for mark in picture.spec["marks"]
        if mark["type"] == "text"
    ]


def _lanes(picture):
    return {lane["title"]: lane["entries"] for lane in picture.data["lanes"]}


def test_unknown_years_and_dates_have_lanes_of_their_own():
    dates = ["2029-05-04", "XXXX-03-08", None, "2029", "199X", "not a date"]
    lanes = _lanes(timeline([factory.dated(dates)]))
    assert [e["date"] for e in lanes["With a year"]] == ["199X", "2029", "2029-05-04"]
    assert [e["date"] for e in lanes["Year not stated: by the calendar only"]] == ["XXXX-03-08"]
    assert len(lanes["Without a date: not placed"]) == 2


@pytest.mark.parametrize(
    ("edtf", "sureness", "first", "last"),
    [
        ("2029-05-04", "day", "2029-05-04", "2029-05-04"),
        ("2029-02", "within", "2029-02-01", "2029-02-28"),
        ("2029-05-04/2029-05-06", "stretch", "2029-05-04", "2029-05-06"),
        ("[2029-05-04..2029-05-06]", "within", "2029-05-04", "2029-05-06"),
        ("2029~", "about", "2029-01-01", "2029-12-31"),
        ("2029-05/..", "open", "2029-05-01", "2029-05-01"),
        ("2029-05-04T11:00", "day", "2029-05-04", "2029-05-04"),
    ],
)
def test_what_a_date_covers(edtf, sureness, first, last):
    found = stretch(edtf)
    assert (found.sureness, str(found.first), str(found.last)) == (sureness, first, last)
    assert stretch_of_year(edtf) is None


@pytest.mark.parametrize("edtf", [None, "XXXX-02-29", "XXXX", "sometime", "../..", ""])
def test_what_has_no_year_is_never_on_the_years(edtf):
    assert stretch(edtf) is None


def test_a_stretch_of_a_leap_day_and_over_new_year_without_a_year():
    assert stretch_of_year("XXXX-02-29") is not None
    assert stretch_of_year("XXXX-12-30/XXXX-01-02") is None


def test_empty_time_is_cut_out_of_the_axis_and_everything_lies_on_it():
    found = [stretch(d) for d in ("1999-01-03", "1999-02", "2029-05-04", "2029-05-06")]
    axis = axis_of(found, 100.0, 300.0)
    assert len(axis.parts) == 2
    for one in found:
        start, stop = axis.ends(one)
        assert axis.left <= start < stop <= axis.right + 3
    ends = [axis.ends(one)[0] for one in found]
    assert ends == sorted(ends)


@given(
    st.lists(
        st.dates().map(str)
        | st.sampled_from(["0000", "0001-01-01", "9999-12-31", "9999", "1XXX", "../2029-05"])
        | st.from_regex(r"[0-9X]{3}[0-9X](-[01][0-9](-[0-3][0-9])?)?~?", fullmatch=True),
        min_size=1,
        max_size=5,
    )
)
@settings(deadline=None, max_examples=40)
def test_any_dates_are_drawn_on_the_sheet(dates):
    picture = timeline([factory.dated(dates)])
    for mark in picture.spec["marks"]:
        across = mark["encode"]["enter"].get("x")
        assert across is None or 0 <= across["value"] <= picture.spec["width"]


def test_each_entry_carries_its_word_and_its_notes():
    picture = timeline(factory.case())
    notes = {note["number"]: note for note in picture.data["notes"]}
    for entries in _lanes(picture).values():
        for entry in entries:
            assert entry["attribution"].split(" by ", 1)[1]
            for number in entry["notes"]:
                assert all(c["exact"] for c in notes[number]["citations"])
    words = " ".join(_words(picture))
    assert "alleged by Ilse Vandar (Norden Wire)" in words
    assert "denied by" in words
    assert json.loads(to_json(picture))["of"] == picture.data["of"]


def test_a_denial_and_a_negated_act_do_not_look_like_acts():
    lanes = _lanes(timeline(factory.case()))
    denials = [e for entries in lanes.values() for e in entries if e["kind"] == "denial"]
    assert {e["manner"] for e in denials} == {"denied"}
    acts = [e for entries in lanes.values() for e in entries if e["kind"] == "act"]
    assert not [e for e in acts if e["manner"] == "denied"]


def test_tellings_alike_stand_once_and_count_their_reports():
    record = factory.dated(["2029-05-04"])
    other = factory.product_factory.Report("copy.txt", record.text + "\n", publisher="The Ledger")
    vandar = other.entity("Ilse Vandar", "Person", ["Ilse Vandar"])
    brannig = other.entity("Osk Brannig", "Person", ["Osk Brannig"])
    words = "that Osk Brannig held person 0"
    claim = other.claim("allegation", [words], [("speaker", vandar, "Ilse Vandar")])
    other.act("arbitrary_detention", "held person 0", [claim], by=[brannig], date="2029-05-04")
    (entry,) = _lanes(timeline([record, other.record()]))["With a year"]
    assert entry["attribution"] == (
        "alleged by Ilse Vandar (The Ledger, Norden Wire); told in 2 reports"
    )
    assert len(entry["documents"]) == len(entry["notes"]) == 2


def test_a_large_case_says_how_much_is_drawn_and_keeps_all_in_the_data():
    dates = [f"2029-{1 + n // 28:02}-{1 + n % 28:02}" for n in range(90)]
    picture = timeline([factory.dated(dates)])
    assert (picture.data["drawn"], picture.data["of"]) == (60, 90)
    assert "60 of 90 entries are drawn" in " ".join(_words(picture))
    assert sum(map(len, _lanes(picture).values())) == 90


def test_an_empty_picture_says_why():
    assert "on record in this case" in timeline([]).description
    named = timeline(factory.case(), names=["Lem Ardo"])
    assert named.title == "Timeline: Lem Ardo"
    assert "a part of theirs is on record" in named.description
    with pytest.raises(NotFound):
        timeline(factory.case(), names=["Nobody Here"])
