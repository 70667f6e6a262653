"""Tables: pandas and pyarrow open them, both say the same, every citation is the words there."""

import csv
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from product_factory import case as reports

from onrecord.products.export import csv_tables, parquet_tables
from onrecord.products.export.csv_tables import cell
from onrecord.products.export.source import Records
from onrecord.products.export.tables import TABLES
from onrecord.store.log import Entry
from onrecord.vocabulary.terms import terms

BY_NAME = {table.name: table for table in TABLES}


@dataclass(frozen=True)
class Decided(Records):
    decided: tuple = ()

    def decisions(self):
        return iter(self.decided)


def entry(seq, kind, **payload):
    return Entry(seq, "2026-03-04T05:06:07Z", "ana", "judge", kind, payload, "", "")


RECORDS = tuple(
    replace(record, document=replace(record.document, title="=2+5", publisher='Ünit; "A"\n- b'))
    for record in reports()
)
SOURCE = Decided(
    RECORDS,
    decided=(
        entry(4, "grade", subject="sha256:0", source_reliability="B", why="-1"),
        entry(7, "undo", entry=4, why=""),
        entry(8, "undo", entry=7, why=""),
        entry(9, "undo", entry=8, why=""),
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("tables")
    told = []
    csv_tables.write(SOURCE, place / "csv", told.append)
    parquet_tables.write(SOURCE, place / "parquet", told.append)
    assert told == [record.document.path for record in RECORDS] * 2
    return place


def parquet(folder, name):
    return pq.read_table(folder / "parquet" / f"{name}.parquet").to_pylist()


def in_csv(folder, name):
    return pd.read_csv(
        folder / "csv" / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8"
    ).to_dict("records")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_csv_and_parquet_say_the_same(table, folder):
    typed, written = parquet(folder, table.name), in_csv(folder, table.name)
    assert len(typed) == len(written)
    for one, other in zip(typed, written, strict=True):
        assert list(one) == list(other) == [column.name for column in table.columns]
        assert {n: "" if v is None else str(cell(v)) for n, v in one.items()} == other


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_keys_are_keys_and_what_is_never_empty_is_not(table, folder):
    rows = parquet(folder, table.name)
    keys = [tuple(row[name] for name in table.key) for row in rows]
    assert len(set(keys)) == len(keys)
    for column in table.columns:
        if column.empty == "never empty":
            assert all(row[column.name] not in (None, []) for row in rows), column.name


def test_every_citation_is_the_words_that_stand_there(folder):
    texts = {record.document.id: record.text for record in RECORDS}
    checked = 0
    for table in TABLES:
        prefixes = [c.name.removesuffix("exact") for c in table.columns if c.name.endswith("exact")]
        for row in parquet(folder, table.name):
            for prefix in prefixes:
                checked += 1
                assert row[f"{prefix}exact"] == words(texts[row["document"]], row, prefix)
    assert checked > 200


def words(text, row, prefix):
    if f"{prefix}spans" in row:
        spans = json.loads(row[f"{prefix}spans"] or "[]")
    else:
        spans = [(row[f"{prefix}start"], row[f"{prefix}end"])]
    return " […] ".join(text[start:end] for start, end in spans if start is not None) or None


def test_every_thing_of_the_records_has_its_row(folder):
    for name in ("entities", "claims", "acts", "relations", "demands", "engagements", "events"):
        assert len(parquet(folder, name)) == sum(len(getattr(r, name)) for r in RECORDS)
    for name in ("victims", "perpetrators"):
        parts = sum(len(getattr(act, name)) for record in RECORDS for act in record.acts)
        assert len(parquet(folder, name)) == parts > 0
    links = sum(len(claim.attribution) for record in RECORDS for claim in record.claims)
    assert len(parquet(folder, "attributions")) == links
    spans = sum(len(entity.words) for record in RECORDS for entity in record.entities)
    assert len(parquet(folder, "mentions")) == spans


def test_acts_and_involvements_carry_their_huridocs_codes(folder):
    for row in parquet(folder, "acts"):
        codes = terms("acts")[row["type"]].codes
        huridocs = [f"MT4:{code}" for code in codes.get("huridocs_mt4", ())]
        assert row["huridocs_mt4"] == (huridocs or list(codes["local"]))
    for row in parquet(folder, "perpetrators"):
        codes = terms("involvement")[row["involvement"]].codes["huridocs_mt18"]
        assert row["huridocs_mt18"] == [f"MT18:{code}" for code in codes]
        assert row["huridocs_mt4"]
    assert all(row["act_type_label"] for row in parquet(folder, "victims"))


def test_decisions_say_which_hold(folder):
    rows = parquet(folder, "decisions")
    assert [(row["number"], row["holds"], row["takes_back"]) for row in rows] == [
        (1, False, None),
        (2, True, 1),
        (3, False, 2),
        (4, True, 3),
    ]
    assert json.loads(rows[3]["payload"])["entry"] == 3


def test_nothing_is_run_as_a_formula(folder):
    rows = in_csv(folder, "documents")
    assert {row["title"] for row in rows} == {"'=2+5"}
    assert in_csv(folder, "decisions")[0]["why"] == "'-1"
    for table in TABLES:
        with (folder / "csv" / f"{table.name}.csv").open(encoding="utf-8-sig", newline="") as file:
            kinds = {column.name: column.kind for column in table.columns}
            for row in csv.DictReader(file):
                for name, value in row.items():
                    assert kinds[name] == "number" or not value.startswith(tuple("=+-@\t\r\n"))


@given(st.text(st.characters(codec="utf-8")))
def test_the_text_of_a_cell_can_be_had_again(text):
    written = cell(text)
    back = written[1:] if csv_tables.FORMULA.match(written) and written[0] == "'" else written
    assert back == text
    assert written[:1] not in set("=+-@\t\r\n")


def test_the_files_open_as_the_standards_have_them(folder):
    for table in TABLES:
        data = (folder / "csv" / f"{table.name}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")
    schema = pq.read_schema(folder / "parquet" / "victims.parquet")
    assert str(schema.field("count_min").type) == "int64"
    assert schema.field("count_min").metadata[b"description"] == b"How many at the least"


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_dictionary_is_that_of_the_files(form, folder):
    package = json.loads((folder / form / "datapackage.json").read_text("utf-8"))
    page = (folder / form / "dictionary.md").read_text("utf-8")
    files = {path.name for path in (folder / form).iterdir()}
    assert files - {"datapackage.json", "dictionary.md"} == {
        resource["path"] for resource in package["resources"]
    }
    for resource in package["resources"]:
        table = BY_NAME[resource["name"]]
        names = [field["name"] for field in resource["schema"]["fields"]]
        assert names == [column.name for column in table.columns]
        assert len(set(names)) == len(names)
        assert f"## {table.name}.{form}" in page
        assert all(f"| `{name}` |" in page for name in names)


def test_lone_surrogates_and_nul_are_spelled_out(tmp_path):
    record = replace(RECORDS[0], document=replace(RECORDS[0].document, title="a\x00b\ud800"))
    csv_tables.write(Records((record,)), tmp_path / "csv", lambda _: None)
    parquet_tables.write(Records((record,)), tmp_path / "parquet", lambda _: None)
    assert in_csv(tmp_path, "documents")[0]["title"] == "a\\x00b\\ud800"
    assert parquet(tmp_path, "documents")[0]["title"] == "a\\x00b\\ud800"
