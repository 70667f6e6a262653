"""Uwazi, Bayanat and Security Force Monitor: rows of our own in the shapes of their exports."""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from import_files import (
    BULLETIN_CSV,
    INCIDENT,
    PERSONNEL,
    PUBLISHER,
    TABLE,
    UWAZI_CSV,
    UWAZI_JSON,
    UWAZI_JSON_MAPPING,
    UWAZI_MAPPING,
    as_text,
    export,
    mapping,
    records,
    words,
)

from onrecord.errors import SourceError
from onrecord.imports import bayanat, sfm, tabular, uwazi
from onrecord.imports.tables import MAX_CELL
from onrecord.model import Record


def named(record: Record) -> dict[str, str]:
    return {each.id: each.name for each in record.entities}


@pytest.mark.parametrize(
    ("data", "rules"),
    [(UWAZI_CSV, UWAZI_MAPPING), (as_text(UWAZI_JSON), UWAZI_JSON_MAPPING)],
    ids=["csv", "json"],
)
def test_uwazi_by_the_mapping_of_a_template(data: str, rules: str) -> None:
    batch = uwazi.prepare(export("library", data), mapping(rules, of_a_table=False))
    record = records(batch)[0]
    (act,) = record.acts
    assert (act.type, act.date) == ("arbitrary_detention", "2021-04-03/2021-05-01")
    assert {named(record)[each.entity] for each in act.victims} == {"Tamsin Orlebar", "Ivo Kestrel"}
    assert {named(record)[each.entity] for each in act.perpetrators} == {"4th Rifles"}
    place = next(each for each in record.entities if each.id == act.place)
    assert place.name == "Orevac"
    assert place.location
    assert (place.location.lat, place.location.lon) == (60.5, 10.25)
    assert record.document.title == "Orlebar case"
    assert record.document.publisher == PUBLISHER


def test_uwazi_without_a_mapping_is_statements_and_nothing_more() -> None:
    first, second = records(uwazi.prepare(export("library.csv", UWAZI_CSV)))
    assert first.acts == first.relations == ()
    assert [each.name for each in first.entities] == [PUBLISHER]
    said = [words(first, *claim.content)[0] for claim in first.claims]
    assert said == ["Tamsin Orlebar|Ivo Kestrel", "2021-04-03~2021-05-01", "Orevac", "4th Rifles"]
    assert {claim.kind for claim in first.claims} == {"statement"}
    assert second.document.title == "River statement"


def test_a_template_without_a_mapping_beside_one_that_has_one() -> None:
    batch = uwazi.prepare(
        export("library.csv", UWAZI_CSV), mapping(UWAZI_MAPPING, of_a_table=False)
    )
    assert [bool(record.acts) for record in records(batch)] == [True, False]


@pytest.mark.parametrize(
    "data",
    [
        "", "{", "[]", "{}", '{"rows": []}', '{"rows": [7]}', '{"rows": [{"title": 7}]}',
        '{"rows": [{"title": "a", "metadata": 5}]}', '{"rows": [{"title": "a", "title": "b"}]}',
        '{"rows": [{"title": NaN}]}', '[' * 100_000,
        '{"rows": [{"title": "' + "x" * (MAX_CELL + 1) + '"}]}',
        "Title,Date added\na,b\n", "Title,Template\n",
    ],
)  # fmt: skip
def test_what_is_no_export_of_uwazi_is_refused(data: str) -> None:
    with pytest.raises(SourceError) as error:
        uwazi.prepare(export("library", data))
    assert error.value.why
    assert error.value.todo


def test_a_cell_of_uwazi_that_cannot_be_taken_is_named() -> None:
    bad = UWAZI_CSV.replace("60.5|10.25", "north|east").replace("2021-05-01", "soon")
    batch = uwazi.prepare(export("library.csv", bad), mapping(UWAZI_MAPPING, of_a_table=False))
    assert {(each.place, each.column) for each in batch.refused} == {
        ("row=2", "Geolocation"),
        ("row=2", "Date of detention"),
    }
    assert [item.place for item in batch.items] == ["row=3"]


ROLES = "roles: default\nacts: {Shooting: killing, Harbour: null}"


def incidents(*entries: dict[str, Any]) -> str:
    return json.dumps({"incidents": list(entries)})


def test_bayanat_incident() -> None:
    batch = bayanat.prepare(
        export("export.json", incidents(INCIDENT)), mapping(ROLES, of_a_table=False)
    )
    (record,) = records(batch)
    (act,) = record.acts
    assert (act.type, act.date) == ("killing", "2031-02-08~/2031-02-09~")
    assert {named(record)[v.entity] for v in act.victims} == {"Ivo Kestrel"}
    assert {named(record)[p.entity] for p in act.perpetrators} == {"Harbour Guard"}
    assert "Ada Nemes" in named(record).values()
    place = next(each for each in record.entities if each.id == act.place)
    assert place.location
    assert (place.name, place.location.lat) == ("Orevac", 60.5)
    assert "Guards fired.\nOne man & a boy fled." in record.text
    assert record.document.title == "Raid on Orevac harbour"


def test_what_bayanats_numbers_mean_is_never_guessed() -> None:
    told = mapping("acts: {Shooting: killing}", of_a_table=False)
    batch = bayanat.prepare(export("export.json", incidents(INCIDENT)), told)
    assert any("roles" in note for note in batch.notes)
    (record,) = records(batch)
    (act,) = record.acts
    assert act.victims == act.perpetrators == ()
    assert "Related actor: Harbour Guard" in record.text


def test_a_part_is_put_to_no_act_where_the_entry_tells_of_several() -> None:
    told = copy.deepcopy(INCIDENT)
    told["events"].append({"id": 2, "title": "Beating", "eventtype": {"id": 8, "title": "Torture"}})
    batch = bayanat.prepare(
        export("export.json", incidents(told)), mapping(ROLES, of_a_table=False)
    )
    (record,) = records(batch)
    assert {act.type for act in record.acts} == {"killing", "torture"}
    assert not any(act.perpetrators or act.victims for act in record.acts)


def test_what_may_be_a_violation_is_not_said_to_be_one() -> None:
    told = {**INCIDENT, "events": [], "claimed_violations": []}
    (record,) = records(bayanat.prepare(export("export.json", incidents(told))))
    assert not record.acts
    assert "Potential violation: Torture" in record.text


def test_bayanat_bulletin_as_csv() -> None:
    (record,) = records(bayanat.prepare(export("export.csv", BULLETIN_CSV)))
    (act,) = record.acts
    assert act.type == "killing"
    assert act.place
    assert named(record)[act.place] == "Orevac"
    statement = next(claim for claim in record.claims if claim.kind == "statement")
    assert words(record, *statement.content) == ["Four boats were hit."]
    assert [named(record)[link.entity or ""] for link in statement.attribution] == [
        "Harbour Wire",
        PUBLISHER,
    ]
    assert record.document.published == "2031-02-10"


def test_bayanat_actor() -> None:
    profile = {
        "description": "<p>Missing since the raid.</p>",
        "sources": [{"id": 1, "title": "Harbour Wire"}],
    }
    actor = {
        "class": "actor",
        "id": 4,
        "name": "Ivo Kestrel",
        "nickname": "the Pilot",
        "type": "Person",
        "sex": "Male",
        "age": "Minor",
        "occupation": "fisher",
        "actor_profiles": [profile],
    }
    (record,) = records(bayanat.prepare(export("export.json", json.dumps({"actors": [actor]}))))
    person = next(each for each in record.entities if each.type == "Person")
    assert (person.name, person.sex, person.age_group) == ("Ivo Kestrel", "male", "child")
    assert words(record, *person.mentions) == ["Ivo Kestrel", "the Pilot"]


@pytest.mark.parametrize(
    "data",
    ["", "{", "{}", '{"incidents": []}', '{"incidents": [3]}', '{"incidents": [{}]}',
     '{"people": [{"id": 1}]}',
     "id,colour\n1,red\n", "name\nx\n", "id,title\n", "[" * 99_999],
)  # fmt: skip
def test_what_is_no_export_of_bayanat_is_refused(data: str) -> None:
    with pytest.raises(SourceError) as error:
        bayanat.prepare(export("export", data))
    assert error.value.why
    assert error.value.todo


@pytest.mark.parametrize(
    "rules", ["acts: {x: murderish}", "roles: {1: culprit}", "people: []", "acts: 7"]
)
def test_a_mapping_for_bayanat_that_errs_is_refused(rules: str) -> None:
    with pytest.raises(SourceError, match="mapping cannot be used"):
        bayanat.prepare(export("e.json", incidents(INCIDENT)), mapping(rules, of_a_table=False))


def test_security_force_monitors_personnel() -> None:
    batch = sfm.prepare(export("personnel.csv", PERSONNEL))
    assert any("Personnel" in note for note in batch.notes)
    (record,) = records(batch)
    (post,) = record.relations
    assert (post.type, post.label, post.ended) == ("post", "Commander", True)
    assert named(record)[post.subject] == "Bram Holt"
    assert named(record)[post.object or ""] == "4th Rifles"
    assert post.rank
    assert words(record, post.rank) == ["Colonel"]
    person = next(each for each in record.entities if each.type == "Person")
    assert words(record, *person.mentions) == ["Bram Holt", "B. Holt", "Bram H."]
    unit = next(each for each in record.entities if each.name == "4th Rifles")
    assert unit.country == "NO"
    said = " ".join(words(record, *record.claims[0].content))
    assert "2019-03" in said
    assert "2021-05-04" in said


def test_security_force_monitors_units_and_parents() -> None:
    table = (
        "unit:id:admin,unit:name,unit:country,unit:classification,unit:related_unit:name,"
        "unit:related_unit_class,unit:related_unit_first_cited_date\n"
        "u-1,4th Rifles,Norway,Army,Northern Command,Command,2019\n"
    )
    (record,) = records(sfm.prepare(export("parentage.csv", table)))
    (relation,) = record.relations
    assert relation.type == "membership"
    assert named(record)[relation.subject] == "4th Rifles"


def test_a_unit_alone_is_a_statement_of_who_publishes_it() -> None:
    table = "unit:id:admin,unit:name,unit:country,unit:classification\nu-1,4th Rifles,Norway,Army\n"
    (record,) = records(sfm.prepare(export("basic.csv", table)))
    (claim,) = record.claims
    assert (claim.kind, words(record, *claim.content)) == ("statement", ["unit:name: 4th Rifles"])
    assert [named(record)[link.entity or ""] for link in claim.attribution] == [PUBLISHER] * 2


@pytest.mark.parametrize(
    "data",
    ["", "unit:name\n4th Rifles\n", "source:id:admin,source:title\n1,News\n", '{"a": 1}',
     PERSONNEL.replace("2019-03", "March or so"), PERSONNEL.replace("Norway", "Drovany"),
     PERSONNEL + "u-2,5th Rifles\n"],
)  # fmt: skip
def test_what_is_no_report_of_security_force_monitor_is_refused(data: str) -> None:
    with pytest.raises(SourceError) as error:
        sfm.prepare(export("personnel.csv", data)).require("personnel.csv")
    assert error.value.why
    assert error.value.todo


def nodes(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a JSON value."""
    yield path
    if isinstance(value, dict):
        for name, part in value.items():
            yield from nodes(part, (*path, name))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from nodes(part, (*path, number))


def changed(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    made = copy.deepcopy(value)
    at = made
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = new
    return made


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=20), st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.sampled_from(["id", "title", "lat", "lng", "value"]), st.integers()),
)  # fmt: skip
EXPORTS = {
    "bayanat": ({"incidents": [INCIDENT]}, bayanat.prepare, ROLES),
    "uwazi": (UWAZI_JSON, uwazi.prepare, UWAZI_JSON_MAPPING),
}


@pytest.mark.parametrize("form", EXPORTS)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_an_export_that_is_odd_in_any_place_gives_records_or_a_refusal(
    form: str, data: st.DataObject
) -> None:
    whole, prepare, rules = EXPORTS[form]
    path = data.draw(st.sampled_from(list(nodes(whole))))
    odd = changed(whole, path, data.draw(ANYTHING))
    try:
        batch = prepare(export("export.json", as_text(odd)), mapping(rules, of_a_table=False))
    except SourceError:
        return
    batch.refused.clear()
    records(batch)


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_a_mapping_that_is_odd_in_any_place_is_used_or_refused(data: st.DataObject) -> None:
    whole = mapping()
    path = data.draw(st.sampled_from(list(nodes(whole))))
    odd = json.dumps(changed(whole, path, data.draw(ANYTHING)))
    with contextlib.suppress(SourceError):
        batch = tabular.prepare(export("t.csv", TABLE), mapping(odd))
        batch.refused.clear()
        records(batch)
