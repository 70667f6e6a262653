"""A network shows allegations as somebody's word, never as a tie that is there."""

import picture_factory as factory
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Claim, Link
from onrecord.products.index import Judged
from onrecord.products.pictures import layout, network


def _edges(picture):
    return {
        (e["from_name"], e["to_name"], e["sort"]): [s["attribution"] for s in e["said"]]
        for e in picture.data["edges"]
    }


def test_relations_allegations_and_denials_are_told_apart():
    edges = _edges(network(factory.case()))
    by = "alleged by Ilse Vandar (Norden Wire)"
    assert edges["Ilse Vandar", "Harbour Rights League", "relation"]
    assert by in edges["Ilse Vandar", "Teodor Quill", "allegation"]
    assert ("Renzo Maldek", "Renzo Maldek", "denial") not in edges
    assert by in edges["Teodor Quill", "Osk Brannig", "allegation"], "an alleged link is alleged"


def test_what_is_alleged_is_dashed_and_says_by_whom_beside_its_line():
    picture = network(factory.case())
    marks = [mark["encode"]["enter"] for mark in picture.spec["marks"]]
    dashed = [m for m in marks if m.get("strokeDash", {}).get("value") == [6, 4]]
    alleged = [e for e in picture.data["edges"] if e["sort"] == "allegation"]
    assert len(dashed) == len(alleged) + 1, "each line, and the legend"
    words = [m["text"]["value"] for m in marks if "text" in m]
    assert words.count("alleged by Ilse Vandar") == len(
        [e for e in alleged if e["said"][0]["manner"] == "alleged"]
    )


def test_each_line_cites_its_claims_and_notes():
    picture = network(factory.case())
    notes = {note["number"] for note in picture.data["notes"]}
    for edge in picture.data["edges"]:
        for said in edge["said"]:
            assert said["ids"]
            assert said["notes"]
            assert set(said["notes"]) <= notes


def test_an_undecided_mention_is_nobody_in_it():
    names = {node["name"] for node in network(factory.case()).data["nodes"]}
    assert not [name for name in names if "undecided" in name]


def test_judgements_part_and_join():
    records = factory.case()
    ids = {
        (record.document.path, entity.name): entity.id
        for record in records
        for entity in record.entities
    }
    vandars = (ids["wire.txt", "Ilse Vandar"], ids["statement.txt", "Ilse Vandar"])
    together = network(records).data["nodes"]
    apart = network(records, judged=[Judged(*vandars, "different")]).data["nodes"]
    count = [sum(n["name"] == "Ilse Vandar" for n in nodes) for nodes in (together, apart)]
    assert count == [1, 2]
    joined = network(records, who_is=lambda _: dict.fromkeys(vandars, "one"))
    assert [n["id"] for n in joined.data["nodes"] if n["name"] == "Ilse Vandar"] == ["one"]


def test_publishers_that_are_not_stated_are_not_one():
    reports = []
    for number in range(2):
        text = f"An old man said that Osk Brannig beat a man of village {number}."
        report = factory.product_factory.Report(f"report-{number}.txt", text)
        brannig = report.entity("Osk Brannig", "Person", ["Osk Brannig"])
        words = f"that Osk Brannig beat a man of village {number}"
        report.claims.append(
            Claim(
                f"claim:{number}",
                "allegation",
                "indirect",
                "asserted",
                "affirmed",
                (report.at(words),),
                (Link("speaker", None, report.at("An old man")),),
            )
        )
        report.act("physical_assault", "beat a man", [f"claim:{number}"], by=[brannig])
        reports.append(report.record())
    nodes = [n["name"] for n in network(reports).data["nodes"]]
    assert len([name for name in nodes if "publisher not stated" in name]) == 2


def test_an_empty_network_says_why():
    assert network([]).description.startswith("Nothing is drawn: No relation and no act")
    assert "No relation" in network([factory.dated([])]).description


NODES = st.lists(st.text("abcdefgh", min_size=1, max_size=3), min_size=2, max_size=14, unique=True)


@given(NODES, st.data())
@settings(deadline=None, max_examples=25)
def test_the_same_ties_give_the_same_places_within_the_sheet(nodes, data):
    ends = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)).filter(lambda p: p[0] != p[1])
    pairs = data.draw(st.lists(ends, max_size=20))
    places = layout.places(nodes, pairs, 1100.0)
    assert places == layout.places(nodes, pairs, 1100.0)
    assert set(places) == set(nodes)
    assert all(0 <= x <= 1100 and y >= 0 for x, y in places.values())
