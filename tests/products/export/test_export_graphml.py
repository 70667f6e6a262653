"""GraphML as networkx reads it: who is tied to whom by whose word, every tie cited."""

import json
import sys
import tracemalloc
from dataclasses import replace
from pathlib import Path

import networkx as nx

sys.path.insert(0, str(Path(__file__).parents[1]))

import product_factory as factory

from onrecord.products.export.formats import find
from onrecord.products.export.source import Records


def _written(tmp_path, source):
    path = tmp_path / "case.graphml"
    find("graphml").write(source, path, lambda _: None)
    return nx.read_graphml(path, force_multigraph=True)


class Together(Records):
    """The records, with every Ilse Vandar one and the same."""

    def who_is(self, document):
        own = super().who_is(document)
        record = next(r for r in self.held if r.document.id == document)
        same = {e.id: "cluster:vandar" for e in record.entities if e.name == "Ilse Vandar"}
        return {**own, **same}


def test_everybody_and_every_tie_is_there(tmp_path):
    records = factory.case()
    graph = _written(tmp_path, Together(tuple(records)))
    assert graph.nodes["cluster:vandar"]["label"] == "Ilse Vandar"
    assert graph.nodes["cluster:vandar"]["documents"] == 2
    entities = sum(len(r.entities) for r in records) - 1
    events = sum(len(r.acts) + len(r.engagements) for r in records)
    assert graph.number_of_nodes() == entities + events
    relations = [d for *_, d in graph.edges(data=True) if d["kind"] == "relation"]
    assert len(relations) == sum(len(r.relations) for r in records)
    accused = [d for *_, d in graph.edges(data=True) if d["kind"] == "perpetrator"]
    assert len(accused) == sum(len(a.perpetrators) for r in records for a in r.acts)


def test_every_edge_says_on_whose_word_and_cites_it(tmp_path):
    records = factory.case()
    texts = {record.document.id: record.text for record in records}
    for *_, told in _written(tmp_path, Records.of(records)).edges(data=True):
        assert " by " in told["said"]
        assert told["attribution"].startswith("publisher")
        for cited in json.loads(told["citations"]):
            assert texts[cited["document"]][cited["start"] : cited["end"]] == cited["exact"]


def test_an_act_stands_between_accused_and_victim(tmp_path):
    graph = _written(tmp_path, Records.of([factory.wire()]))
    kinds = {(graph.nodes[a]["kind"], d["kind"]) for a, _, d in graph.edges(data=True)}
    assert {kind for start, kind in kinds if start != "act"} <= {
        "relation",
        "participant",
        "place",
    }
    (victim,) = [d for *_, d in graph.edges(data=True) if d["kind"] == "victim"]
    assert (victim["count_min"], victim["count_text"]) == (41, "more than 40")
    (killing,) = [n for _, n in graph.nodes(data=True) if n.get("type") == "killing"]
    assert killing["modality"] == "asserted"
    assert killing["label"] == "killing, alleged by Ilse Vandar (Norden Wire)"


def test_a_mention_that_may_be_two_people_is_a_node_of_its_own(tmp_path):
    graph = _written(tmp_path, Records.of([factory.statement()]))
    assert [n["label"] for _, n in graph.nodes(data=True) if n.get("undecided")] == ["Brannig"]


def test_what_xml_forbids_passes(tmp_path):
    record = factory.wire()
    odd = tuple(
        replace(e, name='Quill <&"> \x07\ud800\ufffe') if e.name == "Teodor Quill" else e
        for e in record.entities
    )
    graph = _written(tmp_path, Records.of([replace(record, entities=odd)]))
    assert any(n["label"].startswith('Quill <&">') for _, n in graph.nodes(data=True))


def test_a_graph_is_written_without_being_held(tmp_path):
    """The most that is held at once is a small part of what is written."""

    class Many(Records):
        def records(self):
            wire = factory.wire()
            for number in range(120):
                yield replace(wire, document=replace(wire.document, id=f"sha256:{number:064}"))

        def who_is(self, document):
            del document
            return {}

    path = tmp_path / "many.graphml"
    tracemalloc.start()
    find("graphml").write(Many(()), path, lambda _: None)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < path.stat().st_size / 5
