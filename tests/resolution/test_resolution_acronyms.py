"""Bodies named by an acronym alone: joined where the case spells it out in one way, else not."""

from __future__ import annotations

from random import Random

import pyarrow as pa

from onrecord.resolution import resolve
from onrecord.resolution.judgements import Judgement
from onrecord.resolution.schemas import ENTITIES
from onrecord.resolution.tables import SCHEMAS, Tables

FULL = ["Vell News Agency", "VNA"]


def body(document: int, names: list[str], **told: object) -> dict[str, object]:
    key = f"sha256:{document:05d}"
    row: dict[str, object] = {
        "key": f"{key}|entity:{names[0]}",
        "document": key,
        "type": "Organization",
        "name": names[0],
        "names": names,
        "undecided": False,
    }
    empty = ("occupations", "posts", "kin", "places", "settings", "company")
    return row | {name: [] for name in empty} | told


def groups(rows: list[dict[str, object]], judgements: tuple[Judgement, ...] = ()) -> list[set[str]]:
    tables = {name: schema.empty_table() for name, schema in SCHEMAS.items()}
    entities = pa.Table.from_pylist(rows, schema=ENTITIES)
    found = resolve(Tables(**{**tables, "entities": entities}), judgements).clusters
    made: dict[str, set[str]] = {}
    for row in found.to_pylist():
        made.setdefault(row["canonical"], set()).add(row["key"].removeprefix("sha256:"))
    return sorted(made.values(), key=min)


def test_an_acronym_alone_is_the_body_that_the_case_spells_it_out_as() -> None:
    rows = [body(1, FULL), body(2, FULL), body(3, ["VNA"]), body(4, ["V.N.A."])]
    assert len(groups(rows)) == 1
    Random(3).shuffle(rows)
    assert len(groups(rows)) == 1


def test_one_report_that_spells_it_out_is_not_enough() -> None:
    assert len(groups([body(1, FULL), body(2, FULL[:1]), body(3, ["VNA"]), body(4, ["VNA"])])) > 1


def test_another_body_with_these_initials_keeps_all_apart() -> None:
    rows = [body(1, FULL), body(2, FULL), body(3, ["VNA"]), body(4, ["Voice of the Northern Army"])]
    assert {"00003|entity:VNA"} in groups(rows)


def test_what_is_known_of_country_or_side_keeps_an_acronym_apart() -> None:
    told = [body(n, FULL, country="ve") for n in (1, 2)]
    assert len(groups([*told, body(3, ["VNA"], country="ru")])) == 2
    assert len(groups([*told, body(3, ["VNA"], country="ve")])) == 1
    sides = [body(n, FULL, actor_type=side) for n, side in ((1, "media"), (2, "armed_group"))]
    assert {"00003|entity:VNA"} in groups([*sides, body(3, ["VNA"])])


def test_an_acronym_in_a_report_that_names_the_body_beside_it_is_left_alone() -> None:
    rows = [body(1, FULL), body(2, FULL), body(2, ["VNA"]), body(3, ["VNA"])]
    made = groups(rows)
    assert {"00002|entity:VNA"} in made
    assert any({"00001|entity:Vell News Agency", "00003|entity:VNA"} <= group for group in made)


def test_a_judgement_of_different_keeps_an_acronym_apart() -> None:
    rows = [body(1, FULL), body(2, FULL), body(3, ["VNA"]), body(4, ["VNA"])]
    left, right = "sha256:00001|entity:Vell News Agency", "sha256:00003|entity:VNA"
    made = groups(rows, (Judgement(1, "different", left, right),))
    assert not any({"00001|entity:Vell News Agency", "00003|entity:VNA"} <= g for g in made)


def test_two_letters_are_an_acronym_where_many_reports_spell_them_out() -> None:
    def told(reports: int) -> set[str]:
        rows = [body(n, ["Vell Wire", "VW"]) for n in range(1, reports + 1)]
        return next(g for g in groups([*rows, body(9, ["VW"])]) if "00009|entity:VW" in g)

    assert told(4) == {"00009|entity:VW"}
    assert len(told(5)) == 6
