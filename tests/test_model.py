from __future__ import annotations

import dataclasses
import json
from typing import Any

import jsonschema
import pytest

from onrecord import model
from onrecord.model import (
    Act,
    Claim,
    Count,
    Document,
    Entity,
    Link,
    Location,
    Perpetrator,
    Record,
    Victim,
    as_json,
    content_id,
    from_json,
)
from onrecord.vocabulary import load

SCHEMA = load("record-1.schema")
KINDS = {
    "document": model.Document,
    "entity": model.Entity,
    "location": model.Location,
    "link": model.Link,
    "claim": model.Claim,
    "count": model.Count,
    "act": model.Act,
    "event": model.Event,
    "relation": model.Relation,
    "demand": model.Demand,
    "engagement": model.Engagement,
}


def a_record() -> Record:
    text = "Police in Orla killed more than 169 people, Mira Tane said."
    speaker = Entity(
        content_id("entity", "d", 44, 53),
        "Person",
        "Mira Tane",
        ((44, 53),),
        sex="female",
        location=Location(1.0, 2.0, "city"),
        cites={"sex": ((44, 53),)},
    )
    claim = Claim(
        content_id("claim", "d", 0),
        "allegation",
        "indirect",
        "asserted",
        "affirmed",
        ((0, 42),),
        (Link("speaker", speaker.id, (44, 53)), Link("publisher", None, None)),
        cue=(54, 58),
    )
    act = Act(
        content_id("act", "d", 0),
        "killing",
        (15, 21),
        (claim.id,),
        "asserted",
        "affirmed",
        (Perpetrator(speaker.id, "carried_out", (0, 6)),),
        (Victim(speaker.id, (36, 42), Count("more than 169", (22, 35), min=170)),),
    )
    document = Document(f"sha256:{'0' * 64}", "a.txt", "text/plain", language="en")
    return Record(document=document, text=text, entities=(speaker,), claims=(claim,), acts=(act,))


def test_a_record_survives_the_way_out_and_back() -> None:
    record = a_record()
    again = from_json(Record, json.loads(json.dumps(as_json(record))))
    assert again == record


def test_unknown_fields_of_a_later_version_are_ignored() -> None:
    data = as_json(a_record()) | {"weather": "fine"}
    data["claims"][0]["colour"] = 0.5
    assert from_json(Record, data) == a_record()


def test_a_record_validates_and_a_broken_one_does_not() -> None:
    validator = jsonschema.Draft202012Validator(SCHEMA)
    data = as_json(a_record())
    assert list(validator.iter_errors(data)) == []
    data["claims"][0]["kind"] = "fact"
    assert [error.json_path for error in validator.iter_errors(data)] == ["$.claims[0].kind"]


def test_an_unknown_bound_is_null_not_zero() -> None:
    count = as_json(a_record())["acts"][0]["victims"][0]["count"]
    assert (count["min"], count["max"]) == (170, None)


@pytest.mark.parametrize("name", KINDS)
def test_schema_and_model_name_the_same_fields(name: str) -> None:
    described = set(SCHEMA["$defs"][name]["properties"])
    assert described == {field.name for field in dataclasses.fields(KINDS[name])}


def test_schema_and_model_agree_on_closed_lists() -> None:
    claim: dict[str, Any] = SCHEMA["$defs"]["claim"]["properties"]
    assert tuple(claim["kind"]["enum"]) == model.ClaimKind.__args__  # type: ignore[attr-defined]
    entity = SCHEMA["$defs"]["entity"]["properties"]
    assert tuple(entity["actor_type"]["anyOf"][0]["enum"]) == model.ActorType.__args__  # type: ignore[attr-defined]


def test_ids_are_hashes_of_content() -> None:
    assert content_id("claim", "a", 1) == content_id("claim", "a", 1)
    assert content_id("claim", "a", 11) != content_id("claim", "a1", 1)
    assert content_id("claim", "\ud800") != content_id("claim", "\ud801")
