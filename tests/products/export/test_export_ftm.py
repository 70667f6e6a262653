"""FollowTheMoney: as its own library and programs read it, with nothing lost or made a fact."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from followthemoney import model
from followthemoney.statement import Statement
from followthemoney.statement.serialize import read_csv_statements
from followthemoney.types import registry
from followthemoney.util import sanitize_text
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from product_factory import case, denial, wire

from onrecord.model import Document, Entity, Record, content_id, from_json
from onrecord.products.export import ftm, ftm_statements, ftm_text
from onrecord.products.export.ftm_ids import document_id, entity_id
from onrecord.products.export.ftm_marks import as_name, gather, legible, marks
from onrecord.products.export.source import Records
from onrecord.products.index import Judged
from onrecord.simulation import simulate
from onrecord.vocabulary import load

FTM = Path(sys.executable).parent / "ftm"


def simulated(number, seed=11):
    reports = islice(simulate(events=number, seed=seed), number)
    return [from_json(Record, report.record | {"text": report.text}) for report in reports]


def items_of(*records):
    return list(ftm.export(Records.of(records), lambda _: None))


def entities_in(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def statements_in(path):
    return list(read_csv_statements(io.BytesIO(path.read_bytes())))


def plain(text, name="a.txt"):
    return Record(document=Document("sha256:" + "ab" * 32, name, "text/plain"), text=text)


@pytest.fixture(scope="module")
def records():
    return [*case(), *simulated(40)]


@pytest.fixture(scope="module")
def items(records):
    return items_of(*records)


def test_its_library_takes_every_value_as_it_is(items):
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        as_is, cleaned = model.get_proxy(item), model.get_proxy(item, cleaned=False)
        assert set(item["properties"]) == set(as_is.properties)
        assert as_is.to_dict() == cleaned.to_dict()
        as_is.schema.validate(item)
        for prop, value in as_is.itervalues():
            assert prop.type.validate(value), (prop.qname, value)


def test_whatever_is_named_is_there_and_of_the_schema_that_the_property_takes(items):
    schemata = {item["id"]: model.get(item["schema"]) for item in items}
    for item in items:
        for prop, value in model.get_proxy(item).itervalues():
            if prop.type is registry.entity:
                assert schemata[value].is_a(prop.range), (prop.qname, schemata[value].name)


def test_nothing_said_of_anybody_stands_without_its_footing(records, items):
    footings = set(load("ftm")["status"].values())
    acts = {act.id for record in records for act in record.acts}
    seen = 0
    for item in items:
        told = item["properties"]
        proxy = model.get_proxy(item)
        if proxy.schema.is_a("Interval") or item["schema"] == "Note":
            assert told["proof"]
            assert load("ftm")["caution"] in told["summary"][0]
        if "part=act" in told.get("keywords", ()):
            seen += 1
            assert told["name"][0].rpartition("(")[2].rstrip(")") in footings
        if item["schema"] == "UnknownLink" and "of=act" in told["recordId"][0]:
            assert told["role"][0].rpartition("(")[2].rstrip(")") in footings
    assert seen == len(acts)


def test_a_denial_reads_as_one():
    record = denial()
    denied = {claim.id for claim in record.claims if claim.kind == "denial"}
    notes = {
        each["properties"]["name"][0]
        for each in items_of(record)
        if any(f"id={claim}" in each["properties"].get("keywords", ()) for claim in denied)
    }
    assert notes
    assert all(name.startswith("Denial by ") for name in notes)


def test_of_a_family_the_relationship_is_what_the_relative_is_to_the_person(records, items):
    told = {
        (r.document.id, tie.label): tie
        for r in records
        for tie in r.relations
        if tie.type == "family" and {tie.subject, tie.object} <= _people(r)
    }
    (document, label), tie = next(iter(told.items()))
    families = [i["properties"] for i in items if i["schema"] == "Family"]
    family = next(f for f in families if f["relative"] == [entity_id(document, tie.subject)])
    assert family["relationship"] == [label]
    assert family["person"] == [entity_id(document, tie.object)]


def _people(record):
    return {entity.id for entity in record.entities if entity.type == "Person"}


@pytest.mark.parametrize(
    ("date", "held"),
    [
        ("2021-04-03", {"date": ["2021-04-03"]}),
        ("2021-04", {"date": ["2021-04"]}),
        ("2021-04/2021-06", {"startDate": ["2021-04"], "endDate": ["2021-06"]}),
        ("XXXX-04-03", {}),
        ("2021~", {}),
        ("[2021-04-03..2021-04-05]", {}),
        ("2021-21", {}),
    ],
)
def test_a_date_that_it_cannot_hold_is_told_in_words_and_kept_in_a_mark(date, held):
    record = wire()
    cites = {"date": (record.acts[0].span,)}
    record = replace(record, acts=(replace(record.acts[0], date=date, cites=cites),))
    told = next(i for i in items_of(record) if i["schema"] == "Event")["properties"]
    found = {name: told[name] for name in ("date", "startDate", "endDate") if name in told}
    assert found == held
    assert f"date={date}" in told["keywords"]
    assert bool(told.get("notes")) == (not held)


@settings(max_examples=300)
@given(st.text())
def test_what_we_make_legible_its_library_leaves_alone(text):
    assert (sanitize_text(legible(text)) or "") == legible(text)
    assert (registry.name.clean(as_name(text)) or "") == as_name(text)


@settings(max_examples=300)
@given(st.text(alphabet=st.characters(exclude_categories=()), min_size=1))
def test_any_text_comes_back_to_the_character(text):
    told, *others = items_of(plain(text))
    pages = told["properties"].get("bodyText", [])
    kept = gather([m for m in told["properties"]["keywords"] if m.startswith("text.")], "")
    pieces = [i["properties"]["description"] for i in others if i["schema"] == "Note"]
    json.dumps([told, *others], ensure_ascii=False).encode()
    found = ftm_text.from_pages(pages, kept.get("text", {}))
    assert (ftm_text.from_exact(pieces[0]) if pieces else found) == text


def test_a_long_text_goes_in_pages_that_nothing_is_cut_from():
    text = "\n" + "Grey water stood in the yard.   " * 6000
    told, *pages = items_of(plain(text))
    assert told["schema"] == "Pages"
    assert [page["schema"] for page in pages] == ["Page"] * 4
    stretches = [page["properties"]["bodyText"][0] for page in pages]
    assert all(len(s) <= ftm_text.PAGE and sanitize_text(s) == s for s in stretches)
    assert "".join(stretches) == text.strip()


SCALARS = st.booleans() | st.integers(0, 9) | st.floats(0, 1) | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=1) | st.fixed_dictionaries({"a": inner, "b_2": inner})
    ),
    max_leaves=6,
)


@given(st.fixed_dictionaries({"one": VALUES, "two_2": VALUES}))
def test_marks_give_back_what_they_were_made_of(part):
    found = list(marks(part, ""))
    assert gather(found, "") == part
    assert all("\n" not in legible(mark) for mark in found)


@pytest.mark.parametrize(
    ("mark", "why"),
    [
        ("mentions.0 char=4,8: Tane", "reads"),
        ("mentions.0 char=4,400: Brask", "no stretch"),
        ("mentions.0 char=9,9", "no stretch"),
        ("mentions 0 to 9", "no mark"),
        ('name="Brask', "no mark"),
    ],
)
def test_a_mark_that_the_text_does_not_bear_out_is_refused(mark, why):
    with pytest.raises(ValueError, match=why):
        gather([mark], "Ivo Brask spoke.")


def through_its_programs(path):
    """What `ftm validate` and `ftm aggregate` make of a file."""
    for command in ("validate", "aggregate"):
        after = path.with_name(f"{command}.json")
        subprocess.run([FTM, command, "-i", path, "-o", after], check=True, capture_output=True)
        path = after
    return path


def test_its_own_programs_change_nothing(records, tmp_path):
    path = tmp_path / "out.ftm.json"
    ftm.write(Records.of(records), path, lambda _: None)
    before, after = entities_in(path), entities_in(through_its_programs(path))
    assert [{k: i[k] for k in ("id", "schema", "properties")} for i in after] == before


class Joined(Records):
    """Three reports of one man, of which a person joined two and the machine the third."""

    def __init__(self, records):
        object.__setattr__(self, "held", records)
        object.__setattr__(self, "name", "Selm Harbour!")
        keys = [(r.document.id, r.entities[0].id) for r in records]
        object.__setattr__(self, "judged", (Judged(keys[0][1], keys[1][1], "same"),))
        object.__setattr__(self, "known", {d: {e: "cluster:renewed"} for d, e in keys})

    def who_is(self, document):
        return self.known[document]


@pytest.fixture
def joined():
    made = []
    for number in range(3):
        text = f"Ivo Brask spoke on day {number}."
        document = Document(content_id("document", number), "a.txt", "text/plain")
        one = Entity(content_id("entity", number), "Person", "Ivo Brask", ((0, 9),))
        made.append(Record(document=document, text=text, entities=(one,)))
    return Joined(tuple(made))


def test_what_the_machine_joined_is_a_proposal_and_what_a_person_joined_is_not(joined):
    found = [
        i["properties"] for i in ftm.export(joined, lambda _: None) if i["schema"] == "Similar"
    ]
    ids = [entity_id(r.document.id, r.entities[0].id) for r in joined.held]
    rules = load("ftm")
    told = [(s["candidate"], s["match"], s["criteria"], s["matcher"]) for s in found]
    assert told == [
        ([ids[2]], [ids[0]], [rules["proposed"]], ["onrecord"]),
        ([ids[0]], [ids[1]], [rules["judged"]], ["a person"]),
    ]


def test_statements_of_whom_only_the_machine_joined_are_external(joined, tmp_path):
    path = tmp_path / "out.statements.csv"
    ftm_statements.write(joined, path, lambda _: None)
    found = statements_in(path)
    ids = [entity_id(r.document.id, r.entities[0].id) for r in joined.held]
    people = [s for s in found if s.schema == "Person"]
    assert {s.canonical_id for s in people} == {ids[0]}
    assert {s.entity_id: s.external for s in people} == dict(
        zip(ids, (False, False, True), strict=True)
    )
    assert {s.dataset for s in found} == {"onrecord_selm_harbour"}
    assert {s.origin for s in people} == {document_id(r.document.id) for r in joined.held}


def test_statements_are_as_its_library_makes_them(records, tmp_path, monkeypatch):
    monkeypatch.setattr(ftm_statements, "SORTED_AT_ONCE", 1000)
    path, again, rolled = (tmp_path / name for name in ("one.csv", "two.csv", "three.json"))
    ftm_statements.write(Records.of(records), path, lambda _: None)
    assert list(tmp_path.iterdir()) == [path]
    found = statements_in(path)
    assert found
    for statement in found:
        assert statement.id == statement.generate_key()
        assert isinstance(statement, Statement)
    for command in (["format-statements", "-i", path, "-o", again],):
        subprocess.run([FTM, *command], check=True, capture_output=True)
    assert again.read_bytes() == path.read_bytes()
    subprocess.run([FTM, "aggregate-statements", "-i", path, "-o", rolled], check=True)
    back = {item["id"]: item for item in entities_in(rolled)}
    expected = {
        i["id"]: i for i in items_of(*records) if not i["id"].startswith(("same-", "judged-"))
    }
    assert back.keys() == expected.keys()
    for name, item in expected.items():
        assert {k: sorted(v) for k, v in back[name]["properties"].items()} == {
            k: sorted(v) for k, v in item["properties"].items()
        }
