"""Events across documents, on tables made by hand and on simulated worlds."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.resolution.contraction import contract, contracted
from onrecord.resolution.event_evidence import UNKNOWN
from onrecord.resolution.event_parts import Columns, parted
from onrecord.resolution.event_rows import acts_of
from onrecord.resolution.events import explain, find_events
from onrecord.resolution.tables import Tables, tables
from onrecord.simulation import write_world

Row = dict[str, Any]


def report(number: int, acts: list[Row], *, published: str = "2031-05-04") -> Row:
    """A record with acts; each of them may name a place and a victim."""
    names = sorted({a[part] for a in acts for part in ("place", "victim") if part in a})
    kinds = {a["place"]: "Place" for a in acts if "place" in a}
    return {
        "document": {"id": f"doc{number}", "path": f"{number}.txt", "published": published},
        "text": "text",
        "claims": [],
        "entities": [
            {"id": n, "type": kinds.get(n, "Person"), "name": n, "mentions": []} for n in names
        ],
        "acts": [
            {
                "id": f"act{i}",
                "type": a.get("type", "killing"),
                "span": [0, 4],
                "claims": [],
                "modality": "asserted",
                "polarity": "affirmed",
                "perpetrators": [],
                "victims": [{"entity": a["victim"], "span": [0, 4]}] if "victim" in a else [],
                "place": a.get("place"),
                "date": a.get("date"),
            }
            for i, a in enumerate(acts)
        ],
        "events": [],
        "relations": [],
    }


def events_of(reports: list[Row], **options: Any) -> dict[str, str]:
    found = find_events(tables(reports), {}, **options)
    return dict(zip(found["act"].to_pylist(), found["event"].to_pylist(), strict=True))


def test_one_day_and_place_in_two_reports_is_one_event() -> None:
    told = {"place": "Ombrath", "date": "2031-05-03"}
    found = events_of([report(1, [told]), report(2, [told])])
    assert found["doc1|act0"] == found["doc2|act0"]


@pytest.mark.parametrize("other", [{"place": "Velk"}, {"date": "2031-06-20"}])
def test_another_place_or_time_is_another_event(other: Row) -> None:
    told = {"place": "Ombrath", "date": "2031-05-03"}
    found = events_of([report(1, [told]), report(2, [told | other], published="2031-06-21")])
    assert found["doc1|act0"] != found["doc2|act0"]


def test_what_a_person_judged_different_stays_apart() -> None:
    reports = [report(n, [{"place": "Ombrath", "date": "2031-05-03"}]) for n in (1, 2)]
    found = events_of(reports, different=[("doc1|act0", "doc2|act0")])
    assert found["doc1|act0"] != found["doc2|act0"]


def test_an_act_without_a_place_does_not_bring_two_places_together() -> None:
    here, nowhere = {"place": "Ombrath", "date": "2031-05-03"}, {}
    there = {"place": "Velk", "type": "attack"}
    made = report(1, [here, nowhere, there])
    told = {"id": "told", "acts": [act["id"] for act in made["acts"]], "principal": True}
    made["events"] = [told]
    found = events_of([made])
    assert found["doc1|act0"] == found["doc1|act1"] != found["doc1|act2"]


def test_reports_of_one_day_that_share_only_whom_they_accuse_tell_of_two_events() -> None:
    reports = [report(1, [{"type": "threat"}]), report(2, [{"type": "killing", "place": "Velk"}])]
    for made in reports:
        made["entities"].append(
            {"id": "g", "type": "Organization", "name": "Reed Guard", "mentions": []}
        )
        made["acts"][0]["perpetrators"] = [{"entity": "g", "span": [0, 4]}]
    assert len(set(events_of(reports).values())) == 2


@pytest.mark.parametrize(
    ("acts", "parts"),
    [
        # (kind, place, day, victim, number); -1 where it is not told.
        ([(0, 0, 7, -1, -1), (0, -1, -1, -1, -1), (1, 1, -1, -1, -1)], [0, 0, 1]),
        ([(0, 0, 7, -1, -1), (0, 1, 9, -1, -1), (0, -1, -1, -1, -1)], [0, 1, 1]),
        # Another place on the same day, or another day at one place, is another account.
        ([(0, 0, 7, -1, -1), (1, 1, 7, -1, -1)], [0, 0]),
        ([(0, 0, 7, -1, -1), (1, 0, 9, -1, -1)], [0, 0]),
        ([(0, 0, 7, 3, -1), (0, 1, 9, 3, -1)], [0, 0]),
        # So is another place of the same act, unless it has another number of victims.
        ([(0, 0, 7, -1, -1), (0, 1, -1, -1, -1)], [0, 0]),
        ([(0, 0, 7, -1, 12), (0, 1, -1, -1, 3)], [0, 1]),
        ([(1, 0, 7, -1, -1), (0, -1, -1, -1, -1), (0, 1, -1, -1, -1)], [0, 0, 1]),
        ([(0, 0, 7, -1, 4), (1, 1, -1, -1, 4)], [0, 0]),
    ],
)
def test_an_event_of_a_report_is_parted_by_place_and_day(
    acts: list[tuple[int, ...]], parts: list[int]
) -> None:
    kind, place, days, victims, number = np.array(acts, dtype=np.int64).T
    day = np.where(days < 0, UNKNOWN, days)
    counts = np.where(number < 0, np.nan, number.astype(float))
    columns = Columns(kind, place, day, day, victims[:, None], counts)
    assert parted(np.zeros(len(acts), dtype=np.int64), columns).tolist() == parts


def test_reasons_are_sentences_with_their_weight() -> None:
    told = {"place": "Ombrath", "date": "2031-05-03"}
    made = tables([report(1, [told]), report(2, [told])])
    says = {sight.says: sight.adds for sight in explain(acts_of(made, {}), 0, 1)}
    assert says["Both reports give the same day."] > 0
    assert says["Both are said to have happened at the same place."] > 0


def test_an_empty_case_has_no_events() -> None:
    assert find_events(tables([]), {}).num_rows == 0


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("world")
    write_world(folder, events=30, seed=3, texts=False)
    return folder


def read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    ("published", "events"), [("2030-01-07", 1), ("2032-05-05", 2), ("2029-12-30", 2)]
)
def test_an_undated_act_is_of_about_the_time_of_its_report(published: str, events: int) -> None:
    dated = report(1, [{"place": "Ombrath", "date": "2030-01-05"}], published="2030-01-06")
    undated = report(2, [{"place": "Ombrath"}], published=published)
    assert len(set(events_of([dated, undated]).values())) == events


def test_near_copies_tell_an_undated_act_once() -> None:
    told = {"place": "Ombrath"}
    reports = [report(n, [told], published="") for n in (1, 2)]
    for made in reports:
        made["text"] = "At dusk soldiers shot three shepherds near the well, an elder said."
        made["acts"][0]["span"] = [8, 35]
    assert len(set(events_of(reports).values())) == 2
    families = {"doc1": "doc1", "doc2": "doc1"}
    assert len(set(events_of(reports, families=families).values())) == 1
    reports[1]["text"] = "Years ago soldiers shot a clerk by the road to the harbour of Velk."
    assert len(set(events_of(reports, families=families).values())) == 2


def test_an_acts_sentence_ends_with_its_line_or_full_stop() -> None:
    made = report(1, [{}])
    made["text"] = "Toll rises\n\nIt rained. Four men were shot in Velk, he said. More soon."
    made["acts"][0]["span"] = [23, 40]
    assert tables([made]).acts["sentence"].to_pylist() == ["Four men were shot in Velk, he said"]


def test_the_order_of_documents_does_not_matter(world: Path) -> None:
    records = read(world / "records.jsonl")
    shuffled = random.Random(5).sample(records, len(records))
    assert events_of(records) == events_of(shuffled)


def test_simulated_events_are_told_apart(world: Path) -> None:
    truth = {row["act"]: row["event"] for row in read(world / "truth/events.jsonl")}
    who = {row["entity"]: row["person"] for row in read(world / "truth/people.jsonl")}
    made: Tables = tables(read(world / "records.jsonl"))
    found = dict(zip(*find_events(made, who).to_pydict().values(), strict=True))
    pairs = [(a, b) for a in truth for b in truth if a < b]
    said = {(a, b) for a, b in pairs if found[a] == found[b]}
    true = {(a, b) for a, b in pairs if truth[a] == truth[b]}
    assert len(said & true) / len(said) > 0.95
    assert len(said & true) / len(true) > 0.85


links = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11), st.floats(-5, 5)).filter(
        lambda link: link[0] != link[1]
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(links, st.randoms(use_true_random=False))
def test_contraction_does_not_depend_on_order(
    given_links: list[tuple[int, int, float]], chance: random.Random
) -> None:
    shuffled = [(b, a, w) for a, b, w in chance.sample(given_links, len(given_links))]
    assert contract(12, given_links) == contract(12, shuffled)


@settings(max_examples=60, deadline=None)
@given(links)
def test_contraction_crosses_no_strong_no(given_links: list[tuple[int, int, float]]) -> None:
    groups = contract(12, [*given_links, (0, 1, -1e6)])
    assert groups[0] != groups[1]
    assert all(groups[root] == root for root in groups)


@settings(max_examples=60, deadline=None)
@given(links)
def test_contraction_of_arrays_does_the_same(given_links: list[tuple[int, int, float]]) -> None:
    columns = [np.array([link[place] for link in given_links]) for place in range(3)]
    left, right = (column.astype(np.int64) for column in columns[:2])
    found = contracted(12, left, right, columns[2].astype(np.float64))
    assert found.tolist() == contract(12, given_links)
