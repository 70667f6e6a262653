"""Events, chronology, demands, engagements, pictures and the log, in stretches that hold all."""

import re
from datetime import date
from io import BytesIO
from itertools import chain
from zipfile import ZipFile

import pytest

from onrecord.corroboration.summary import differing
from onrecord.web.ahead import AHEAD
from onrecord.web.views import asking, meetings


def everything(visitor, path, key, **asked):
    """What a list holds, stretch by stretch, with what its last stretch says."""
    found, page = [], 1
    while True:
        shown = visitor.get(path, params={**asked, "page": page}).json()
        found += shown[key]
        if page >= shown["pages"]:
            return found, shown
        page += 1


def posted(visitor, path, **values):
    token = re.search(r'name="token" value="([^"]+)"', visitor.get("/review").text)[1]
    return visitor.post(path, data={"token": token, **values})


def test_events_of_the_list_are_those_of_the_case(visitor, opened):
    found, shown = everything(visitor, "/api/events", "events", all="1")
    known = {event.id: event for event in opened.events()}
    assert {one["id"] for one in found} == set(known)
    assert shown["total"] == len(known) > len([e for e in known.values() if e.reports > 1]) > 0
    reports = [one["reports"] for one in found]
    assert reports == sorted(reports, reverse=True)
    several, _ = everything(visitor, "/api/events", "events")
    assert {one["id"] for one in several} == {e.id for e in known.values() if e.reports > 1}


def test_events_are_narrowed_by_act_year_and_place(visitor):
    found, shown = everything(visitor, "/api/events", "events", all="1")
    kind = found[0]["types"][0]
    of_kind, _ = everything(visitor, "/api/events", "events", all="1", type=kind)
    assert [e["id"] for e in of_kind] == [e["id"] for e in found if kind in e["types"]]
    year = shown["years"][0]
    of_year, _ = everything(visitor, "/api/events", "events", all="1", year=year)
    assert of_year
    assert all(e["date_from"][:4] <= year <= e["date_to"][:4] for e in of_year)
    place = next(e["places"][0] for e in found if e["places"])
    there, _ = everything(visitor, "/api/events", "events", all="1", place=place)
    assert {e["id"] for e in found if place in e["places"]} <= {e["id"] for e in there}
    assert not everything(visitor, "/api/events", "events", all="1", place="Nowhere at all")[0]


def test_an_event_shows_each_origin_once_and_why(visitor, opened):
    several = [event for event in opened.events() if event.reports > 1]
    for event in several[:4]:
        shown = visitor.get(f"/api/events/{event.id}").json()
        why = opened.why(event.id)
        assert len(shown["origins"]) == why.independent == event.independent_origins
        assert {o["id"] for o in (*shown["origins"], *shown["denials"])} == {
            origin.id for origin in why.origins
        }
        acts = shown["product"]["sections"][0]["lines"]
        assert acts
        assert all(line["steps"] and line["notes"] for line in acts)


def test_contradictions_stand_in_two_columns_on_somebodys_word(visitor, opened):
    event = next(event for event in opened.events() if event.contradictions)
    shown = visitor.get(f"/events/{event.id}").text
    rows = re.findall(r'<tr><th scope="row".*?</tr>', shown, re.DOTALL)
    told = differing(event.contradictions)
    assert len(rows) == len(told)
    assert [row.count("<td") for row in rows] == [2 if each.denied else 1 for each in told]
    named = [row.count('href="/documents/') for row in rows]
    assert named == [len([*chain(*each.given), *each.denied]) for each in told]


def test_the_chronology_holds_every_event_once_in_order(visitor, opened):
    dated, shown = everything(visitor, "/api/chronology", "events")
    undated, _ = everything(visitor, "/api/chronology", "events", year="undated")
    known = {event.id for event in opened.events()}
    told = [one["event"]["id"] for one in (*dated, *undated)]
    assert len(told) == len(set(told))
    assert set(told) == known
    days = [one["event"]["date_from"] for one in dated]
    assert days == sorted(days)
    assert sum(number for _, number in shown["years"]) == len(dated)
    assert all(one["line"]["steps"] and one["line"]["notes"] for one in dated)


def test_a_month_of_the_chronology_begins_in_it(visitor):
    year = visitor.get("/api/chronology").json()["years"][-1][0]
    shown = visitor.get("/api/chronology", params={"year": year}).json()
    month, number = shown["months"][0]
    asked = {"year": year, "month": int(month)}
    found, _ = everything(visitor, "/api/chronology", "events", **asked)
    assert len(found) == number
    assert all(one["event"]["date_from"].startswith(f"{year}-{month}") for one in found)
    assert visitor.get("/api/chronology?year=2024&month=13").status_code == 400


def test_demands_are_those_of_the_records(visitor, opened):
    rows, page = [], 1
    while True:
        shown = visitor.get("/api/demands", params={"page": page}).json()
        rows += shown["product"]["sections"][0]["lines"]
        if page >= shown["pages"]:
            break
        page += 1
    number = sum(len(record.demands) for record in opened.records())
    assert len(rows) == shown["total"] == number > 0
    assert all(row["cells"] and row["steps"] for row in rows)


def test_demands_are_narrowed_by_whom_and_by_their_deadline(visitor, opened, monkeypatch):
    records = list(opened.records())
    named = {e.id: e.name for record in records for e in record.entities}
    asked = next(d.addressees[0] for r in records for d in r.demands if d.addressees)
    shown = visitor.get("/api/demands", params={"of": named[asked]}).json()
    assert 0 < shown["total"] <= sum(len(record.demands) for record in records)
    assert shown["asked_of"]
    every = visitor.get("/api/demands").json()["total"]
    with_one = visitor.get("/api/demands?when=deadline").json()["total"]
    without = visitor.get("/api/demands?when=none").json()["total"]
    assert with_one + without == every
    monkeypatch.setattr(asking, "today", lambda: "0001-01-01")
    assert visitor.get("/api/demands?when=passed").json()["total"] == 0
    assert visitor.get("/api/demands?when=open").json()["total"] == every
    assert visitor.get("/api/demands", params={"of": "Nobody Atall"}).json()["nobody"]


def test_engagements_are_past_to_come_or_undated(visitor, opened, monkeypatch):
    every, shown = everything(visitor, "/api/engagements", "engagements")
    number = sum(len(record.engagements) for record in opened.records())
    assert len(every) == shown["total"] == number
    monkeypatch.setattr(meetings, "today", lambda: "2025-03-10")
    parts = {
        when: everything(visitor, "/api/engagements", "engagements", when=when)[0]
        for when in ("past", "upcoming", "undated")
    }
    assert sum(map(len, parts.values())) == number
    assert all(one["start"] or one["end"] for one in (*parts["past"], *parts["upcoming"]))


def test_a_brief_is_given_out_through_the_door_to_whoever_asked(visitor, opened):
    engagement = visitor.get("/api/engagements").json()["engagements"][0]["id"]
    before = opened.status().entries
    answer = posted(visitor, "/give", engagement=engagement, form="docx")
    assert answer.status_code == 303, answer.text
    file = visitor.get(answer.headers["location"])
    assert "attachment" in file.headers["content-disposition"]
    assert "word/document.xml" in ZipFile(BytesIO(file.content)).namelist()
    told = opened.log()[before:]
    assert [entry.kind for entry in told] == ["released"]
    assert told[0].payload["audience"] == "internal"
    assert visitor.get("/given/another").status_code == 404
    assert posted(visitor, "/give", engagement=engagement, form="exe").status_code == 400


@pytest.mark.parametrize("kind", ["timeline", "map", "network"])
def test_a_picture_comes_with_its_words(visitor, kind):
    shown = visitor.get(f"/api/{kind}").json()
    assert not shown["going"]
    assert shown["drawn"] <= shown["of"]
    file = visitor.get(shown["file"])
    assert file.headers["content-type"].startswith("image/svg+xml")
    assert file.text.startswith("<svg")
    page = visitor.get(f"/{kind}").text
    notes = set(re.findall(r'href="#note-(\d+)"', page))
    assert notes
    assert notes <= set(re.findall(r'id="note-(\d+)"', page))


def test_a_picture_is_of_somebody_and_of_some_days(visitor):
    found, _ = everything(visitor, "/api/events", "events", all="1")
    dated = [one for one in found if one["date_from"]]
    first = min(one["date_from"] for one in dated)
    asked = {"from": first, "to": first[:4]}
    shown = visitor.get("/api/timeline", params=asked).json()
    assert shown["events"] < len(found)
    event = visitor.get(f"/api/events/{found[0]['id']}").json()
    _, canonical, name = event["who"][0]
    about = visitor.get("/api/timeline", params={"who": canonical}).json()
    assert about["name"] == name
    assert about["events"] < len(found)
    assert visitor.get("/timeline?who=Nobody+Atall").status_code == 400
    assert visitor.get("/timeline?from=whenever").status_code == 400


def test_what_is_made_ahead_is_made_once_for_a_state(opened):
    made = []

    def make():
        made.append(1)
        return len(made)

    assert AHEAD.get(opened, "counted", make, None) == 1
    assert AHEAD.get(opened, "counted", make, None) == 1
    opened.undo(opened.confide(opened.documents()[0].id, "restricted").seq)
    assert AHEAD.get(opened, "counted", make, None) == 2


def test_the_log_is_narrowed_by_kind_and_person(visitor, opened):
    entry = opened.confide(opened.documents()[0].id, "restricted", why="shared in trust")
    undone = opened.undo(entry.seq)
    shown = visitor.get("/api/log", params={"kind": "decisions"}).json()["entries"]
    kinds = {one["kind"] for one in shown}
    assert {"confidential", "undo"} <= kinds
    assert not kinds & {"acquired", "extracted"}
    held = {one["seq"]: one["held"] for one in shown}
    assert held[entry.seq] is False
    assert held[undone.seq] is True
    assert "taken back" in visitor.get("/log?kind=decisions").text
    mine = visitor.get("/api/log", params={"actor": entry.actor}).json()["entries"]
    assert {one["actor"] for one in mine} == {entry.actor}
    assert not visitor.get("/api/log", params={"actor": "nobody else"}).json()["entries"]


def test_the_first_page_counts_what_waits(visitor, opened):
    opened.resolve()
    shown = visitor.get("/api/case").json()
    assert shown["documents"] == opened.status().documents
    assert shown["waiting"] == 0
    assert shown["pairs"] == len(opened.proposals())
    assert shown["events"] == len(opened.events())
    assert shown["came"][0]["id"] == opened.documents()[-1].id


def test_today_is_a_day():
    assert date.fromisoformat(asking.today())
