"""Contradictions between origins, on tables made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.corroboration.contradictions import contradictions
from onrecord.resolution.tables import tables

Row = dict[str, Any]
ENTITIES = [
    {"id": "guard", "type": "Organization", "name": "River Guard", "mentions": []},
    {"id": "scouts", "type": "Organization", "name": "Hill Scouts", "mentions": []},
    {"id": "velk", "type": "Place", "name": "Velk", "location": {"lat": 10.0, "lon": 10.0}},
    {"id": "orm", "type": "Place", "name": "Orm", "location": {"lat": 11.0, "lon": 10.0}},
]


def said(number: int, published: str = "2031-05-04", **act: Any) -> Row:
    """A report by the speaker `number` of one act."""
    count = act.pop("count", None)
    victims = [{"entity": "group", "span": [0, 4], "count": count and {**count, "text": "x"}}]
    whole = {
        "type": "killing",
        "span": [0, 4],
        "claims": ["claim"],
        "modality": "asserted",
        "polarity": "affirmed",
        "perpetrators": [{"entity": "guard"}],
        **act,
    }
    return {
        "document": {"id": f"doc{number}", "path": "x", "published": published},
        "text": "text",
        "entities": [{**e, "mentions": []} for e in ENTITIES],
        "claims": [claim("claim", "allegation")],
        "acts": [{"id": "act", "victims": victims if count else [], **whole}],
        "events": [],
        "relations": [],
    }


def claim(name: str, kind: str, content: tuple[int, int] = (0, 4)) -> Row:
    return {
        "id": name,
        "kind": kind,
        "quote": "indirect",
        "modality": "asserted",
        "polarity": "affirmed",
        "content": [list(content)],
        "attribution": [],
        "hedges": [],
    }


def fields(*reports: Row, origins: dict[str, str] | None = None) -> list[str]:
    """The fields that reports of one event contradict each other in; each its own origin."""
    made = tables(reports)
    events = dict.fromkeys(made.acts.column("key").to_pylist(), "event")
    own = {key: key for key in made.claims.column("key").to_pylist()}
    return [c.field for c in contradictions(made, events, {**own, **(origins or {})}, {})]


def exactly(number: int) -> Row:
    return {"min": number, "max": number}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"count": exactly(5)}, {"count": exactly(9)}, ["count"]),
        ({"count": exactly(5)}, {"count": {"min": 3, "max": None}}, []),
        ({"count": exactly(5)}, {"count": exactly(9), "type": "remains_found"}, []),
        ({"date": "2031-05-03"}, {"date": "2031-05-02"}, ["date"]),
        ({"date": "2031-05-03"}, {"date": "2031-05"}, []),
        ({"place": "velk"}, {"place": "orm"}, ["place"]),
        ({}, {"perpetrators": [{"entity": "scouts"}]}, ["perpetrator"]),
        ({}, {"perpetrators": []}, []),
        ({}, {"polarity": "negated"}, ["denial"]),
        ({}, {"polarity": "negated", "perpetrators": [{"entity": "scouts"}]}, []),
        ({}, {"type": "armed_clash"}, ["kind"]),
        ({"count": exactly(5)}, {"count": exactly(9), "modality": "hypothetical"}, []),
    ],
)
def test_what_contradicts(one: Row, other: Row, expected: list[str]) -> None:
    assert fields(said(1, **one), said(2, **other)) == expected


@pytest.mark.parametrize("denied", ["2031-05-01", "2031-05-09"])
def test_what_is_alleged_stands_before_its_denial_whenever_that_was_told(denied: str) -> None:
    made = tables([said(1, "2031-05-04"), said(2, denied, polarity="negated")])
    keys = made.acts.column("key").to_pylist()
    own = {key: key for key in made.claims.column("key").to_pylist()}
    (found,) = contradictions(made, dict.fromkeys(keys, "event"), own, {})
    assert (found.left, found.right) == ("doc1|act", "doc2|act")


def test_each_side_gives_the_names_of_those_it_accuses() -> None:
    both = {"perpetrators": [{"entity": "scouts"}, {"entity": "velk"}]}
    made = tables([said(1), said(2, **both)])
    keys = made.acts.column("key").to_pylist()
    own = {key: key for key in made.claims.column("key").to_pylist()}
    (found,) = contradictions(made, dict.fromkeys(keys, "event"), own, {})
    assert found.says == ("River Guard", "Hill Scouts")


def test_one_origin_does_not_contradict_itself() -> None:
    one, other = said(1, count=exactly(5)), said(2, count=exactly(9))
    assert fields(one, other, origins={"doc2|claim": "doc1|claim"}) == []


def test_a_toll_that_rises_is_an_update_and_one_that_falls_is_none() -> None:
    low, high = {"count": exactly(5)}, {"count": exactly(9)}
    assert fields(said(1, "2031-05-04", **low), said(2, "2031-05-09", **high)) == []
    assert fields(said(1, "2031-05-04", **high), said(2, "2031-05-09", **low)) == ["count"]


def test_a_repeated_figure_was_told_when_it_was_told_first() -> None:
    low, again = said(1, "2031-05-04", count=exactly(5)), said(3, "2031-05-20", count=exactly(5))
    high = said(2, "2031-05-09", count=exactly(9))
    assert fields(low, high, again, origins={"doc3|claim": "doc1|claim"}) == []


def test_a_late_copy_of_an_old_figure_does_not_take_a_newer_one_back() -> None:
    first = said(1, "2031-05-04", count={"min": 4, "max": None})
    raised = said(2, "2031-05-05", count=exactly(7))
    copy = said(3, "2031-05-05", count={"min": 4, "max": None})
    other = said(4, "2031-05-05", count=exactly(4))
    one = dict.fromkeys(("doc1|claim", "doc2|claim", "doc3|claim"), "doc1|claim")
    assert fields(first, raised, copy, other, origins=one) == ["count"]


def test_a_denial_without_an_act_is_set_against_the_body_it_names() -> None:
    denying = said(2)
    denying["text"] = "The River Guard was not there, the office said."
    denying["claims"] = [claim("claim", "statement"), claim("no", "denial", (0, 29))]
    found = fields(said(1), denying, origins={"doc2|claim": "doc1|claim"})
    assert found == ["denial"]
    denying["text"] = denying["text"].replace("River Guard", "Hill Scouts")
    assert fields(said(1), denying, origins={"doc2|claim": "doc1|claim"}) == []


@pytest.mark.parametrize(
    ("denier", "expected"),
    [("Office", []), ("The Office of Ports", []), ("Hill Office", ["denial"]), ("", ["denial"])],
)
def test_nobody_is_set_against_their_own_release(denier: str, expected: list[str]) -> None:
    release = said(1, claims=[])
    release["document"]["publisher"] = "Office of Ports and Ferries"
    denying = said(2)
    denying["text"] = "The River Guard was not there, the office said."
    denial = claim("no", "denial", (0, 29))
    denial["attribution"] = [{"level": "speaker", "entity": None, "span": [0, len(denier)]}]
    denying["text"] = f"{denier} {denying['text']}" if denier else denying["text"]
    denial["content"] = [[denying["text"].index("The River"), len(denying["text"])]]
    denying["claims"] = [claim("claim", "statement"), denial]
    own = {"doc1|act": "doc1|act", "doc2|claim": "doc1|act"}
    assert fields(release, denying, origins=own) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("Two drivers were shot.", ["denial"]), ("Rumours that two drivers were shot.", [])],
)
def test_who_only_speaks_of_reports_alleges_nothing(words: str, expected: list[str]) -> None:
    told = said(1)
    told["text"], told["claims"] = words, [claim("claim", "statement", (0, len(words) - 1))]
    assert fields(told, said(2, polarity="negated")) == expected


def test_reports_of_which_somebody_only_speaks_are_what_their_denial_answers() -> None:
    text = "Reports in some papers that two drivers were shot. The office denies these allegations."
    denying = said(2, perpetrators=[])
    denying["text"], denying["acts"][0]["span"] = text, [33, 49]
    denying["claims"] = [
        claim("claim", "statement", (0, 49)),
        claim("no", "denial", (text.index("these"), len(text) - 1)),
    ]
    assert fields(said(1), denying) == ["denial"]
