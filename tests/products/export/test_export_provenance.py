"""Provenance: read by rdflib, asked in SPARQL, every selector checked against its text."""

import json
import sys
import tempfile
from itertools import islice
from pathlib import Path

import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))

from product_factory import case as hand_made

from onrecord import Case
from onrecord.model import Document, Entity, Record, as_json, from_json
from onrecord.products.export import provenance
from onrecord.products.export.prov_nodes import original_iri
from onrecord.products.export.source import Records
from onrecord.simulation import simulate
from onrecord.store.carrying import NO_DECISION
from onrecord.store.citations import spans
from onrecord.store.log import Entry
from onrecord.store.reader import Custody

pytestmark = pytest.mark.filterwarnings(  # rdflib's own reader of JSON-LD uses what it deprecates
    "ignore:ConjunctiveGraph is deprecated:DeprecationWarning"
)
ASKED = """
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX o: <urn:onrecord:term:>
"""
WHO_ALLEGES_WHAT = """
SELECT DISTINCT ?who ?words ?start WHERE {
  ?claim a o:Claim ; o:kind "allegation" ; prov:qualifiedAttribution ?told .
  ?told prov:hadRole o:speaker ; prov:agent/foaf:name ?who .
  ?note a oa:Annotation ; oa:hasBody ?claim ; oa:hasTarget ?target .
  ?target o:field ?field ; oa:hasSelector/oa:exact ?words ; oa:hasSelector/oa:start ?start .
  FILTER STRSTARTS(?field, "content/")
}"""


class Held(Records):
    """Records with custody and a decision."""

    def custody(self, document):
        entry = (3, "2026-03-04T05:06:07Z", "ana", "add", "/home/ana/a.txt", "/home/ana/a.txt")
        return [Custody(*entry, 1, "plain", "1")]

    def decisions(self):
        told = {"left": "d|entity:1", "right": "d|entity:2", "verdict": "same", "why": "her \ud800"}
        secret = {"name": "Orsa Veld", "code": "P1"}
        for seq, (kind, payload) in enumerate((("judge", told), ("protect", secret)), 7):
            yield Entry(seq, "2026-03-05T05:06:07Z", "ben", "judge", kind, payload, "", "")


def graph_of(records, folder, source=Held):
    path = folder / "out.jsonld"
    provenance.write(source.of(records), path, lambda _: None)
    return rdflib.Graph().parse(path, format="json-ld"), path


@pytest.fixture(scope="module")
def records():
    reports = islice(simulate(events=5, seed=4), 5)
    return [*hand_made(), *(from_json(Record, r.record | {"text": r.text}) for r in reports)]


@pytest.fixture(scope="module")
def graph(records, tmp_path_factory):
    return graph_of(records, tmp_path_factory.mktemp("prov"))[0]


def test_it_says_who_alleges_what_in_which_words(records, graph):
    expected = set()
    for record in records:
        names = {e.id: e.name for e in record.entities}
        for claim in (c for c in record.claims if c.kind == "allegation"):
            speakers = [k.entity for k in claim.attribution if k.level == "speaker" and k.entity]
            expected |= {
                (names[who], record.text[slice(*span)], span[0])
                for who in speakers
                for span in claim.content
            }
    found = {
        (str(r.who), str(r.words), int(r.start)) for r in graph.query(ASKED + WHO_ALLEGES_WHAT)
    }
    assert found == expected
    assert expected


def test_every_citation_is_an_anchor_that_its_text_bears_out(records, graph):
    asked = """SELECT ?t ?text ?exact ?prefix ?suffix ?start ?end WHERE {
      ?t oa:hasSource/rdf:value ?text ; oa:hasSelector ?quote, ?position .
      ?quote a oa:TextQuoteSelector ; oa:exact ?exact .
      ?position a oa:TextPositionSelector ; oa:start ?start ; oa:end ?end .
      OPTIONAL { ?quote oa:prefix ?prefix } OPTIONAL { ?quote oa:suffix ?suffix } }"""
    rows = list(graph.query(ASKED + asked))
    for row in rows:
        text, start, end = str(row.text), int(row.start), int(row.end)
        assert text[start:end] == str(row.exact)
        assert text[:start].endswith(str(row.prefix))
        assert text[end:].startswith(str(row.suffix))
    assert len(rows) == sum(1 for record in records for _ in spans(as_json(record)))


def test_every_act_and_relation_leads_back_to_bytes_and_who_brought_them(records, graph):
    asked = """SELECT DISTINCT ?part ?original ?who ?at WHERE {
      VALUES ?kind { o:Act o:Relation o:Claim }
      ?part a ?kind ; prov:wasGeneratedBy/prov:used/prov:wasDerivedFrom ?original .
      ?original prov:wasGeneratedBy ?came .
      ?came prov:wasAssociatedWith/foaf:name ?who ; prov:endedAtTime ?at }"""
    rows = list(graph.query(ASKED + asked))
    expected = sum(len(r.acts) + len(r.relations) + len(r.claims) for r in records)
    assert len(rows) == expected > 0
    assert {str(row.who) for row in rows} == {"ana"}
    assert {str(row.original) for row in rows} <= {original_iri(r.document.id) for r in records}


def test_an_act_names_its_claim_its_codes_and_how_each_is_involved(records, graph):
    act = next(a for r in records for a in r.acts if a.perpetrators and a.claims)
    asked = """SELECT ?kind ?how ?claim ?code ?of_part WHERE {
      ?act a o:Act ; o:actType ?kind ; prov:wasDerivedFrom ?claim ; o:code ?code ;
           o:perpetrators ?part . ?part o:involvement ?how ; o:code ?of_part .
      FILTER STRENDS(STR(?act), ?local) }"""
    rows = list(graph.query(ASKED + asked, initBindings={"local": rdflib.Literal(act.id)}))
    assert {str(row.kind) for row in rows} == {act.type}
    assert {str(row.how) for row in rows} == {p.involvement for p in act.perpetrators}
    assert {str(row.claim).rpartition(":claim:")[2] for row in rows} == {
        act.claims[0].partition(":")[2]
    }
    assert any(str(row.of_part).startswith("huridocs_mt18:") for row in rows)
    assert any(str(row.code).startswith(("huridocs_mt4:", "local:")) for row in rows)


def test_decisions_on_who_is_who_are_told_and_those_that_protect_are_not(records, tmp_path):
    graph, path = graph_of(records[:1], tmp_path)
    asked = """SELECT ?what ?who WHERE {
      ?d a o:Decision ; o:decision ?what ; prov:wasAssociatedWith/foaf:name ?who }"""
    assert [(str(r.what), str(r.who)) for r in graph.query(ASKED + asked)] == [("judge", "ben")]
    assert "Orsa Veld" not in path.read_text(encoding="utf-8")
    assert "/home/ana" not in path.read_text(encoding="utf-8")
    assert "judge" not in NO_DECISION


def test_its_context_is_in_the_file_and_nothing_is_fetched(records, tmp_path):
    _, path = graph_of(records[:2], tmp_path)
    told = json.loads(path.read_text(encoding="utf-8"))
    assert isinstance(told["@context"], dict)
    assert "@import" not in told["@context"]
    known = set(told["@context"])
    assert {"body", "target", "selector", "exact", "start"} <= known


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=()), min_size=1, max_size=40))
@example("\ud800\x00\u2028")
def test_any_text_is_written_so_that_offsets_hold(text):
    whole = Entity("entity:" + "0" * 16, "Person", text, ((0, len(text)),))
    document = Document("sha256:" + "a" * 64, text, "text/plain", title=text, publisher=text)
    record = Record(document=document, text=text, entities=(whole,))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "out.jsonld"
        provenance.write(Records.of([record]), path, lambda _: None)
        written = json.loads(path.read_text(encoding="utf-8"))["@graph"]
    held = next(n["text"] for n in written if "text" in n)
    exact = [n["target"][0]["selector"][0]["exact"] for n in written if "target" in n]
    assert len(held) == len(text)
    assert exact == [held]


def test_a_case_with_no_document_is_a_graph_too(tmp_path):
    Case.create(tmp_path / "case").close()
    graph, _ = graph_of([], tmp_path, Records)
    assert len(graph) > 0
