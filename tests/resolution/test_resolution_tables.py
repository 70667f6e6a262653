from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import as_json
from onrecord.pipeline import extract_text
from onrecord.resolution.spellings import is_proper, proper_spellings
from onrecord.resolution.tables import SCHEMAS, batches, read_tables, tables, write_tables

TEXT = (
    "Dr Tarin Velask, chairman of the Oshta Movement, said on 3 May 2021 that soldiers killed "
    "more than 12 people in Dorvan. He said that his brother, Ruvan Velask, was abducted in Dorvan."
)


@pytest.fixture(scope="module")
def record() -> dict[str, object]:
    made: dict[str, object] = json.loads(json.dumps(as_json(extract_text(TEXT))))
    return made


def test_rows_say_what_the_record_says(record):
    made = tables([record])
    entities = {row["name"]: row for row in made.entities.to_pylist()}
    chairman = entities["Tarin Velask"]
    assert chairman["names"] == ["Tarin Velask"]
    assert any("Oshta Movement" in post for post in chairman["posts"])
    assert entities["Ruvan Velask"]["company"] == ["Tarin Velask"]
    assert {kin["entity"] for kin in entities["Ruvan Velask"]["kin"]} == {chairman["key"]}
    killing = next(row for row in made.acts.to_pylist() if row["type"] == "killing")
    assert (killing["count_min"], killing["count_max"]) == (13, None)
    speakers = {row["speaker"] for row in made.claims.to_pylist()}
    assert chairman["key"] in speakers


def test_batches_and_files_hold_the_same_rows(record, tmp_path: Path):
    whole = tables([record] * 5)
    parts = list(batches([record] * 5, size=2))
    assert [p.documents.num_rows for p in parts] == [2, 2, 1]
    write_tables([record] * 5, tmp_path, size=2)
    read = read_tables(tmp_path)
    for name, schema in SCHEMAS.items():
        assert getattr(read, name).equals(getattr(whole, name))
        assert getattr(whole, name).schema.equals(schema)


def test_no_records_give_empty_tables():
    assert tables([]).entities.num_rows == 0


@pytest.mark.parametrize(
    ("words", "proper"),
    [
        ("Dr. Velask", True),
        ("تارین ولاسک", True),
        ("3 Armoured Division", True),
        ("Chief Minister", False),
        ("He", False),
        ("two officials", False),
    ],
)
def test_what_is_a_spelling_of_a_name(words: str, proper: bool):
    assert is_proper(words) is proper


@pytest.mark.parametrize(
    ("words", "proper"),
    [
        ("Guild of the Lamp", True),
        ("Osht Centre for Relief and Rights", True),
        ("Guild of the", False),
        ("the Tharnok provincial government", True),
        ("the provincial government", False),
        ("Tharnok fishermen", False),
        ("the guild", False),
        ("Ferrymen of the old harbour", False),
    ],
)
def test_small_words_stand_inside_the_name_of_a_body(words: str, proper: bool):
    entity = {"type": "Organization", "name": words, "mentions": [[0, len(words)]]}
    assert bool(proper_spellings(entity, words)) is proper


def test_small_words_stand_in_no_name_of_a_person():
    words = "Torvan and the Karbash"
    entity = {"type": "Person", "name": words, "mentions": [[0, len(words)]]}
    assert proper_spellings(entity, words) == []


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec=None), min_size=1, max_size=20))
def test_any_text_becomes_a_row(words: str):
    document = {"id": "sha256:0", "path": words, "publisher": words, "title": words}
    entity = {"id": "entity:0", "type": "Person", "name": words, "mentions": [[0, len(words)]]}
    record = {"document": document, "text": words, "entities": [entity]}
    assert tables([record]).entities.num_rows == 1
