"""JSON Lines: every line as its schema has it, and every fault of a file named by its line."""

import base64
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from product_factory import wire

from onrecord.errors import UnreadableSource
from onrecord.model import Document, Record, as_json
from onrecord.products.export import jsonl
from onrecord.products.export.conforming import KEYWORDS, faults
from onrecord.products.export.jsonl_lines import Carried, Decided, End, Reading
from onrecord.products.export.source import Records
from onrecord.store.log import Entry
from onrecord.vocabulary import load

SCHEMA, RECORD = load("export-1.schema"), load("record-1.schema")


@dataclass(frozen=True)
class WithMore(Records):
    """Records with originals and decisions."""

    originals: dict = None
    decided: tuple = ()

    def original(self, document):
        return self.originals.get(document)

    def decisions(self):
        return iter(self.decided)


def entry(seq, kind, **payload):
    return Entry(seq, "2026-03-04T05:06:07Z", "ana", "judge", kind, payload, "", "")


def source(*records, originals=(), decided=()):
    return WithMore(tuple(records), originals=dict(originals), decided=tuple(decided))


def written(held, tmp_path):
    path = tmp_path / "out.jsonl"
    jsonl.write(held, path, lambda _: None)
    return path


@pytest.fixture
def file(tmp_path):
    """A record with its original, two decisions, one of them an undo."""
    record = wire()
    originals = {record.document.id: record.text.encode()}
    decided = [
        entry(7, "grade", subject=record.document.id, source_reliability="B", why=""),
        entry(9, "undo", entry=7, why="too early"),
    ]
    return written(source(record, originals=originals, decided=decided), tmp_path)


def test_every_line_is_as_its_schema_has_it(file):
    lines = [json.loads(line) for line in file.read_bytes().splitlines()]
    kinds = [line["kind"] for line in lines]
    assert kinds == ["header", "document", "original", "record", "decision", "decision", "end"]
    validator = jsonschema.Draft202012Validator(SCHEMA)
    for line in lines:
        validator.validate(line)
    jsonschema.validate(lines[3]["record"], RECORD)
    assert lines[5]["payload"] == {"entry": 1, "why": "too early"}


def test_what_is_written_is_read(file):
    with Reading(file) as reading:
        document, first, second, end = reading.parts()
    assert isinstance(document, Carried)
    assert isinstance(first, Decided)
    assert isinstance(end, End)
    record = wire()
    assert document.original == record.text.encode()
    assert {**document.record, "text": document.text} == as_json(record)
    assert (second.facts["what"], end.documents, end.decisions) == ("undo", 1, 2)


def test_an_undo_of_what_may_not_leave_does_not_leave(tmp_path):
    decided = [entry(9, "undo", entry=7, why=""), entry(10, "undo", entry=9, why="")]
    path = written(source(wire(), decided=decided), tmp_path)
    assert b'"decision"' not in path.read_bytes()


def test_large_originals_are_cut_into_lines(tmp_path, monkeypatch):
    monkeypatch.setattr(jsonl, "PART", 100)
    record = wire()
    originals = {record.document.id: record.text.encode()}
    path = written(source(record, originals=originals), tmp_path)
    assert path.read_bytes().count(b'"kind":"original"') > 3
    with Reading(path) as reading:
        assert next(reading.parts()).original == record.text.encode()


@settings(deadline=None, max_examples=60)
@given(text=st.text(st.characters(categories=None, codec=None), min_size=1, max_size=60))
def test_any_text_passes(text, tmp_path_factory):
    record = Record(document=Document("sha256:" + "0" * 64, "a.txt", "text/plain"), text=text)
    path = written(source(record), tmp_path_factory.mktemp("any"))
    assert path.read_bytes().count(b"\n") == 4
    with Reading(path) as reading:
        assert next(reading.parts()).text == text


def change(kind, **fields):
    """A fault: the first line of a kind with other fields."""

    def run(lines):
        number = next(n for n, line in enumerate(lines) if json.loads(line)["kind"] == kind)
        lines[number] = json.dumps({**json.loads(lines[number]), **fields}).encode() + b"\n"
        return lines

    return run


def change_record(**fields):
    def run(lines):
        told = json.loads(lines[3])
        told["record"] |= fields
        lines[3] = json.dumps(told).encode() + b"\n"
        return lines

    return run


FAULTS = [
    (lambda lines: [], 1, "the file was cut"),
    (lambda lines: lines[1:], 1, "does not begin with a header"),
    (lambda lines: lines[:-1], 7, "the file was cut"),
    (lambda lines: [*lines[:-1], lines[-1][:-9]], 7, "in the middle of the line"),
    (lambda lines: [*lines, b"\n"], 8, "something stands after the end"),
    (lambda lines: [lines[0], b"{nonsense\n", *lines[2:]], 2, "it is not JSON"),
    (lambda lines: [lines[0], b"[" * 100_000 + b"\n", *lines[2:]], 2, "it is not JSON"),
    (lambda lines: [lines[0], b"\xff\xfe\n", *lines[2:]], 2, "it is not JSON"),
    (lambda lines: [lines[0], b'{"kind":"novel"}\n', *lines[2:]], 2, "no line of an export"),
    (lambda lines: [*lines[:2], *lines[3:]], 3, "part 1 of the original"),
    (lambda lines: [*lines[:3], *lines[4:]], 2, "the text of"),
    (lambda lines: [*lines[:4], *lines[5:]], 5, "decision 1 is not there"),
    (lambda lines: [*lines[:4], *lines[1:]], 5, "is in the file twice"),
    (lambda lines: [*lines[:5], lines[3], *lines[5:]], 6, "cannot stand here"),
    (change("header", schema="onrecord/export/2"), 1, "of another version"),
    (change("header", case="another"), 7, "the file was altered"),
    (change("document", size="large"), 2, "/size is no integer"),
    (change("document", size=3), 3, "has "),
    (change("document", text_sha256="0" * 64), 4, "is not the one that was written"),
    (change("document", stranger=1), 2, "which nothing knows"),
    (change("original", base64="@@@"), 3, "it is not base64"),
    (change("original", base64=base64.b64encode(b"other").decode()), 3, "hashes to something"),
    (change("record", sha256="0" * 64), 4, "the record of"),
    (change_record(text="other"), 4, ""),
    (change_record(claims=[{"id": "claim:0"}]), 4, "/claims/0"),
    (change_record(schema="onrecord/record/9"), 4, "/schema"),
    (change("decision", number=2), 5, "decision 1 is not there"),
    (change("decision", payload={"entry": 1}), 5, "takes back decision 1"),
    (change("end", documents=2), 7, "2 documents"),
]


@pytest.mark.parametrize(("fault", "line", "what"), FAULTS)
def test_a_fault_is_named_by_its_line(fault, line, what, file):
    file.write_bytes(b"".join(fault(file.read_bytes().splitlines(keepends=True))))
    with pytest.raises(UnreadableSource) as caught, Reading(file) as reading:
        list(reading.parts())
    assert f"line {line}: " in str(caught.value)
    assert what in str(caught.value)


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UnreadableSource, match="cannot be read"):
        Reading(tmp_path / "nowhere.jsonl")


def keywords(schema):
    for name, value in schema.items():
        if name in ("properties", "$defs"):
            for part in value.values():
                yield from keywords(part)
            continue
        yield name
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                yield from keywords(part)


def test_the_keywords_of_our_schemas_are_known():
    told = {"$schema", "$id", "$defs", "title", "description", "properties"}
    assert {*keywords(SCHEMA), *keywords(RECORD)} <= KEYWORDS | told


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 300) | st.floats(0, 1) | st.text(max_size=5),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=5), parts),
    max_leaves=4,
)


def places(value, path=()):
    yield path
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(part, (*path, key))


PLACES = [path for path in places(as_json(wire())) if path]


@settings(deadline=None, max_examples=150)
@given(place=st.sampled_from(PLACES), value=JSON)
def test_conforming_says_what_jsonschema_says(place, value):
    record = json.loads(json.dumps(as_json(wire())))
    part = record
    for step in place[:-1]:
        part = part[step]
    part[place[-1]] = value
    valid = jsonschema.Draft202012Validator(RECORD).is_valid(record)
    assert valid == (not list(faults(record, RECORD, RECORD)))


def test_a_document_without_record_keeps_its_text(tmp_path):
    class Pending(Records):
        def kept(self, document):
            return replace(super().kept(document), version=None, record=None)

    record = Record(document=Document("sha256:" + "0" * 64, "a.txt", "text/plain"), text="abc")
    path = written(Pending((record,)), tmp_path)
    with Reading(path) as reading:
        carried = next(reading.parts())
    assert (carried.text, carried.record) == ("abc", None)
