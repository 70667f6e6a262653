"""FollowTheMoney in: our own export comes back whole; what others say is a claim of theirs."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest
from click.testing import CliRunner
from followthemoney import model
from followthemoney.entity import ValueEntity
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "products"))

from product_factory import case as hand_made

from onrecord import Case
from onrecord.cli import main
from onrecord.demo import FOLDER
from onrecord.errors import UnreadableSource
from onrecord.imports.batch import ExportFile
from onrecord.imports.ftm import prepare
from onrecord.imports.item import read
from onrecord.model import (
    Channel,
    Claim,
    Document,
    Entity,
    Link,
    Record,
    Relation,
    as_json,
    from_json,
)
from onrecord.products.export import ftm, ftm_statements
from onrecord.products.export.ftm_schemata import properties
from onrecord.products.export.source import Records
from onrecord.simulation import simulate
from onrecord.store.citations import spans
from onrecord.vocabulary import load

FTM = Path(sys.executable).parent / "ftm"


def through_its_programs(path):
    """What `ftm validate` and `ftm aggregate` make of a file."""
    for command in ("validate", "aggregate"):
        after = path.with_name(f"{command}.json")
        subprocess.run([FTM, command, "-i", path, "-o", after], check=True, capture_output=True)
        path = after
    return path


def exported(records, path):
    ftm.write(Records.of(records), path, lambda _: None)
    return path


def exported_items(folder):
    text = exported(hand_made()[:1], folder / "out.ftm.json").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def batch_of(*items, name="theirs.json"):
    lines = [item if isinstance(item, str) else json.dumps(item) for item in items]
    return prepare(ExportFile(name, "\n".join(lines).encode(), "Selm Archive"))


def entity(schema, identifier, **told):
    return {"id": identifier, "schema": schema, "properties": told}


def alike(one, other):
    """Whether two records say the same in the same words, of whichever bytes they are."""
    ours, theirs = (as_json(replace(r, document=_nameless(r.document))) for r in (one, other))
    return ours == theirs


def _nameless(document):
    return replace(document, id="", path="", media_type="")


def imported(file, folder, *options):
    command = ["import", "ftm", str(file), "--publisher", "Selm Archive", "--case", str(folder)]
    return CliRunner().invoke(main, [*command, *options])


def test_our_own_export_comes_back_through_their_programs_with_every_citation(tmp_path):
    reports = islice(simulate(events=45, seed=5), 200)
    simulated = [from_json(Record, r.record | {"text": r.text}) for r in reports]
    records = [*hand_made(), *simulated]
    assert len(simulated) == 200
    through = through_its_programs(exported(records, tmp_path / "out.ftm.json"))
    Case.create(tmp_path / "case").close()
    result = imported(through, tmp_path / "case")
    assert result.exit_code == 0, result.output
    with Case.open(tmp_path / "case") as held:
        back = list(held.records())
        assert not held.verify().problems
    assert len(back) == len(records)
    assert all(alike(one, other) for one, other in zip(records, back, strict=True))
    cited = sum(1 for record in back for _ in spans(as_json(record)))
    assert cited == sum(1 for record in records for _ in spans(as_json(record))) > 10_000


def test_the_demo_goes_out_by_the_door_and_comes_back_by_the_command(tmp_path):
    with Case.create(tmp_path / "first") as first:
        first.add([FOLDER / "reports"])
        records = list(first.records())
    out = tmp_path / "demo.ftm.json"
    command = ["export", "ftm", "-o", str(out), "--case", str(tmp_path / "first")]
    assert CliRunner().invoke(main, command).exit_code == 0
    Case.create(tmp_path / "second").close()
    assert imported(through_its_programs(out), tmp_path / "second").exit_code == 0
    with Case.open(tmp_path / "second", write=True) as second:
        back = list(second.records())
        assert all(alike(one, other) for one, other in zip(records, back, strict=True))
        assert not second.verify().problems
        assert second.rebuild() == len(records)


TEXTS = (
    *(
        "\n\n  Grey   water.\r\n",
        "e\u0301 \u200cword\u202f\x0c",
        "\ud800 alone",
        "a" * 130_000,
        " ",
    ),
    "Grey water.   " * 9000,
)


def test_texts_that_their_programs_would_change_come_back_as_they_were(tmp_path):
    records = [
        Record(document=Document(f"sha256:{n:02}" + "0" * 62, f"{n}.txt", "text/plain"), text=text)
        for n, text in enumerate(TEXTS)
    ]
    through = through_its_programs(exported(records, tmp_path / "out.ftm.json"))
    batch = prepare(ExportFile("out.ftm.json", through.read_bytes(), "Selm Archive"))
    assert not batch.refused
    assert tuple(read(item.data).reading.text for item in batch.items) == TEXTS


ANY = st.text(st.characters(exclude_categories=()), max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(ANY, min_size=7, max_size=7), st.sampled_from(["Person", "Group", "Place"]))
def test_whatever_stands_in_a_field_comes_back(words, kind):
    name, label, title, publisher, note, channel, action = words
    text = "Ivo Brask is the brother of Ulla Brask, it says."
    ids = [f"{part}:{n:016x}" for n, part in enumerate(("entity", "entity", "claim", "relation"))]
    known = {"title": title, "publisher": publisher, "note": note}
    record = Record(
        document=Document(
            "sha256:" + "a" * 64, "a.txt", "text/plain", **known, channel=Channel(channel, (40, 42))
        ),
        text=text,
        entities=(
            Entity(ids[0], kind, name, ((0, 9),), cites={"country": ((0, 3),)}, country="TG"),
            Entity(ids[1], "Person", "Ulla Brask", ((28, 38),), candidates=(ids[0],)),
        ),
        claims=(
            Claim(ids[2], "demand", "mixed", "hedged", "negated", ((0, 38),), (Link("speaker"),)),
        ),
        relations=(
            Relation(ids[3], "family", ids[0], label, (0, 38), object=ids[1], claims=(ids[2],)),
            Relation(f"relation:{9:020x}", "post", ids[0], action, (0, 9)),
            Relation(f"relation:{8:016x}", "link", ids[0], action, (0, 9), object=ids[0]),
        ),
    )
    cleaned = [
        ValueEntity.from_dict(item, cleaned=False).to_dict()
        for item in ftm.export(Records.of([record]), lambda _: None)
    ]
    batch = batch_of(*cleaned)
    assert not batch.refused
    assert alike(record_of(batch, 0), record)


def test_statements_come_back_as_the_entities_do(tmp_path):
    records = hand_made()
    path = tmp_path / "out.statements.csv"
    ftm_statements.write(Records.of(records), path, lambda _: None)
    batch = prepare(ExportFile(path.name, path.read_bytes(), "Selm Archive"))
    back = {r.text: r for r in (read(item.data).record for item in batch.items)}
    assert not batch.refused
    for record in records:
        assert sorted(e.id for e in back[record.text].entities) == sorted(
            e.id for e in record.entities
        )
        assert {r.id: r for r in back[record.text].relations} == {r.id: r for r in record.relations}


def test_our_own_export_is_refused_where_a_word_was_changed(tmp_path):
    items = exported_items(tmp_path)
    for told in (item["properties"] for item in items):
        if "keywords" in told:
            told["keywords"] = [mark.replace("Maldek", "Brask") for mark in told["keywords"]]
    batch = batch_of(*items)
    assert not batch.items
    assert re.search(r"reads '.*Maldek.*', not '.*Brask", batch.refused[0].why)


def test_our_own_export_is_refused_where_an_end_of_a_relation_is_gone(tmp_path):
    items = exported_items(tmp_path)
    holders = {h for item in items for h in item["properties"].get("holder", ())}
    batch = batch_of(*(item for item in items if item["id"] not in holders))
    assert not batch.items
    assert "is no entity of its document" in batch.refused[0].why


def test_what_is_corrected_in_a_property_comes_in_corrected(tmp_path):
    items = exported_items(tmp_path)
    for told in (item["properties"] for item in items if item["schema"] == "Person"):
        told["name"] = [name.replace("Ilse Vandar", "Ilse Vandarr") for name in told["name"]]
    record = record_of(batch_of(*items), 0)
    assert "Ilse Vandarr" in {one.name for one in record.entities}


PERSON = entity(
    "Person",
    "per-1",
    name=["Orsa Veld"],
    alias=["O. Veld"],
    nationality=["tv"],
    gender=["female"],
    profession=["journalist"],
    publisher=["Harbour Registry"],
)
COMPANY = entity("Company", "org-1", name=["Veld Shipping"], jurisdiction=["gb"], notes=["a\nb"])
OWNERSHIP = entity("Ownership", "own-1", owner=["per-1"], asset=["org-1"], role=["shareholder"])


def record_of(batch, number):
    return read(batch.items[number].data).record


def test_what_others_say_is_a_claim_of_the_publisher_in_its_own_words():
    record = record_of(batch_of(PERSON), 0)
    person = next(e for e in record.entities if e.type == "Person")
    assert (person.name, person.country, person.sex) == ("Orsa Veld", "TV", "female")
    assert person.occupations == ("journalist",)
    assert [record.text[slice(*span)] for span in person.mentions] == ["Orsa Veld", "O. Veld"]
    (claim,) = record.claims
    links = [(link.level, record.text[slice(*link.span)]) for link in claim.attribution]
    assert links == [("speaker", "Harbour Registry"), ("publisher", "Selm Archive")]
    (said,) = [record.text[slice(*span)] for span in claim.content]
    assert said.startswith("Name: Orsa Veld\n")
    assert record.document.publisher == "Selm Archive"


def test_a_link_is_a_relation_that_rests_on_the_claim():
    record = record_of(batch_of(PERSON, COMPANY, OWNERSHIP), 2)
    names = {e.id: e.name for e in record.entities}
    (tie,) = record.relations
    assert (tie.type, names[tie.subject], names[tie.object]) == (
        "link",
        "Orsa Veld",
        "Veld Shipping",
    )
    assert tie.label == "shareholder"
    assert tie.claims == (record.claims[0].id,)


def test_an_id_alone_names_nobody():
    batch = batch_of(OWNERSHIP)
    record = record_of(batch, 0)
    assert not record.relations
    assert [entity.name for entity in record.entities] == ["Selm Archive"]
    assert "by an id that no entity" in batch.notes[0]


def test_names_found_by_machines_and_proposals_of_who_is_who_are_left_out():
    mention = entity("Mention", "m-1", document=["doc-1"], name=["Orsa"], resolved=["per-1"])
    similar = entity("Similar", "s-1", candidate=["per-1"], match=["per-2"])
    batch = batch_of(PERSON, mention, similar)
    assert len(batch.items) == 1
    assert batch.notes


def test_pages_stand_in_their_document_in_order():
    pages = [
        entity("Page", f"p-{n}", document=["doc-1"], index=[str(n)], bodyText=[f"Page {n}."])
        for n in (10, 2)
    ]
    batch = batch_of(entity("Pages", "doc-1", title=["Minutes"], publishedAt=["2004-03"]), *pages)
    record = record_of(batch, 0)
    assert len(batch.items) == 1
    assert record.text.index("Page 2.") < record.text.index("Page 10.")
    assert (record.document.title, record.document.published) == ("Minutes", "2004-03")


def test_somebodys_entity_on_our_document_is_theirs_and_stands_apart(tmp_path):
    items = exported_items(tmp_path)
    theirs = entity("Person", "per-9", name=["Orsa Veld"], proof=[items[0]["id"]])
    batch = batch_of(*items, theirs)
    assert [item.format for item in batch.items] == ["ftm-own", "ftm"]


def test_fragments_of_one_entity_are_put_together():
    more = entity("LegalEntity", "per-1", alias=["Orsa V."])
    record = record_of(batch_of(PERSON, more), 0)
    assert "Alias: Orsa V." in record.text


BAD = [
    ('{"id": "x"', "", "is not JSON"),
    ('{"id": "x", "schema": "Person", "properties": {"height": [NaN]}}', "", "no value of JSON"),
    ("[1, 2]", "", "a JSON object"),
    (entity("Persn", "x"), "schema", "no such schema"),
    (entity("Person", "x", nme=["a"]), "nme", "no such property"),
    (entity("Person", "x", ownershipOwner=["y"]), "ownershipOwner", "no such property"),
    (entity("Person", "", name=["a"]), "id", "no id"),
    (entity("Person", "x y", name=["a"]), "id", "no id"),
    ({"schema": "Person", "properties": {}}, "id", "no id"),
    ({"id": "x", "schema": "Person", "properties": []}, "properties", "not a JSON object"),
    ({"id": "x", "schema": "Person"}, "properties", "not a JSON object"),
    (entity("Person", "x", name="a"), "name", "a list of strings"),
    (entity("Person", "x", name=[4]), "name", "a value is a string"),
    (entity("Person", "x", addressEntity=[{"id": "y"}]), "addressEntity", "named by its id"),
    (entity("Person", "x", birthDate=["4 May"]), "birthDate", "begins with its year"),
    (entity("Person", "x", birthDate=["2021-13"]), "birthDate", "begins with its year"),
    (entity("Person", "x", gender=["f?"]), "gender", "male, female or other"),
    (entity("Person", "x", nationality=["Narnia!"]), "nationality", "a code"),
    (entity("Family", "x", person=["x"], relative=["y"]), "person", "tied to itself"),
    (entity("Vessel", "per-1", name=["a"]), "schema", "line 1 has the same id"),
]


@pytest.mark.parametrize(("item", "column", "why"), BAD, ids=lambda part: str(part)[:40])
def test_bad_input_is_refused_with_line_and_cause_and_nothing_is_imported(
    item, column, why, tmp_path
):
    file = tmp_path / "theirs.json"
    line = item if isinstance(item, str) else json.dumps(item)
    file.write_text(f"{json.dumps(PERSON)}\n{line}\n", encoding="utf-8")
    batch = prepare(ExportFile(file.name, file.read_bytes(), "Selm Archive"))
    (refusal,) = batch.refused
    assert (refusal.place, refusal.column) == ("line 2", column)
    assert why in refusal.why
    Case.create(tmp_path / "case").close()
    result = imported(file, tmp_path / "case")
    assert result.exit_code != 0
    assert "theirs.json, line 2" in result.output
    with Case.open(tmp_path / "case") as held:
        assert held.documents() == []
    assert imported(file, tmp_path / "case", "--skip-refused").exit_code == 2
    with Case.open(tmp_path / "case") as held:
        assert [d.path for d in held.documents()] == ["theirs.json#line=1"]


@pytest.mark.parametrize(
    "data", [b"", b"\n \n", b"\xff\xfe{}"], ids=["empty", "blank", "not utf-8"]
)
def test_a_file_that_is_none_of_theirs_is_refused_whole(data):
    with pytest.raises(UnreadableSource):
        prepare(ExportFile("x.json", data, "Selm Archive"))


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ('"a","id","Persn","a"', "no such schema"),
        ('"a","id","Person"', "as many cells"),
        ('"a","id","Person","a"\n"a","nme","Person","x"', "no such property"),
    ],
)
def test_bad_statements_are_refused(rows, why):
    data = f'"entity_id","prop","schema","value"\n{rows}\n'.encode()
    batch = prepare(ExportFile("x.csv", data, "Selm Archive"))
    assert not batch.items
    assert why in batch.refused[0].why


def test_the_schemata_are_those_of_the_library():
    assert set(load("ftm-model")["schemata"]) == set(model.schemata)
    for name, schema in model.schemata.items():
        ours = properties(name)
        theirs = {n: p for n, p in schema.properties.items() if not p.stub}
        assert set(ours) == set(theirs)
        assert all(ours[n].type == p.type.name for n, p in theirs.items())
