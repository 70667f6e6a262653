from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.resolution import resolve
from onrecord.resolution.judgements import Judgement
from onrecord.resolution.tables import Tables, tables

GIVEN = ("Naweed", "Navid", "Torvan", "Zelmira", "Oskel")
FAMILY = ("Karbash", "Qarbash", "Dolmeri", "Dolmery")
ENDS = ("tery", "laport", "ndeep", "derhill", "morrow", "gavin", "budal", "fosh")
POSTS = ((), (("chairman", "Osht Relief Union"),), (("mayor", "Vellaport"),))


def person(name: str, *, posts: Any = (), places: Any = (), **known: Any) -> dict[str, Any]:
    return {"name": name, "posts": posts, "places": places, "type": "Person", **known}


def named(name: str, kind: str) -> dict[str, Any]:
    return {**person(name), "type": kind}


def document(number: int, *people: dict[str, Any], kin: Any = ()) -> dict[str, Any]:
    """A record whose entities are `people` and the bodies and places that their posts name."""
    text = ""
    entities: list[dict[str, Any]] = []
    relations: list[dict[str, Any]] = []

    def entity(name: str, kind: str, **known: Any) -> str:
        nonlocal text
        start, text = len(text), f"{text}{name} "
        made = {"id": f"entity:{len(entities)}", "type": kind, "name": name, **known}
        entities.append({**made, "mentions": [[start, start + len(name)]]})
        return str(made["id"])

    for one in people:
        known = {k: v for k, v in one.items() if k not in ("name", "posts", "places", "type")}
        subject = entity(one["name"], one["type"], **known)
        for label, body in one["posts"]:
            other = entity(body, "Organization")
            link = {"type": "post", "label": label, "subject": subject, "object": other}
            relations.append({**link, "role": None, "rank": None})
    for one, other, label in kin:
        ids = {"subject": f"entity:{one}", "object": f"entity:{other}"}
        relations.append({"type": "family", "label": label, **ids})
    head = {"id": f"sha256:{number:04d}", "path": f"{number}.txt"}
    return {"document": head, "text": text, "entities": entities, "relations": relations}


def key(number: int, entity: int = 0) -> str:
    return f"sha256:{number:04d}|entity:{entity}"


def together(case: list[dict[str, Any]], log: list[Judgement] | None = None) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in resolve(tables(case), log or []).clusters.to_pylist():
        found.setdefault(row["canonical"], set()).add(row["key"])
    return {frozenset(keys) for keys in found.values() if len(keys) > 1}


CHAIRMAN = [
    document(1, person("Naweed Karbash", posts=[("chairman", "Osht Relief Union")])),
    document(2, person("Navid Qarbash", posts=[("chairman", "Osht Relief Union")])),
]


def test_two_spellings_of_one_office_holder_are_proposed_with_reasons():
    made = resolve(tables(CHAIRMAN))
    row = next(p for p in made.proposals.to_pylist() if p["left"] == key(1))
    assert (row["right"], row["score"] > 0) == (key(2), True)
    assert "They are said to hold the same post." in row["reasons"]
    assert sum(reason.adds for reason in made.explain(key(1), key(2))) > 0
    assert frozenset({key(1), key(2)}) in together(CHAIRMAN)


def test_a_common_surname_makes_nobody_one():
    case = [document(n, person(f"{given} Karbash")) for n, given in enumerate(GIVEN)]
    joined = {frozenset({key(0), key(1)})}
    assert together(case) <= joined
    assert together(case[1:]) == set()


def test_two_people_of_one_document_are_two():
    case = [document(1, person("Naweed Karbash"), person("Navid Qarbash"))]
    assert together(case) == set()


def test_a_surname_alone_joins_nobody():
    case = [document(1, person("Naweed Karbash")), document(2, person("Karbash"))]
    assert together(case) == set()


def test_a_stated_kinship_speaks_against():
    case = [
        document(1, person("Torvan Karbash"), person("Torvin Karbash"), kin=[(0, 1, "brother")]),
        document(2, person("Torvin Karbash")),
    ]
    made = resolve(tables(case))
    told = {reason.name for reason in made.explain(key(1, 0), key(2))}
    assert "kin_of_each_other" in told
    assert frozenset({key(1, 0), key(2)}) not in together(case)


def test_judgements_of_a_person_hold_across_the_case():
    apart = [Judgement(1, "different", key(1), key(2), who="R. Osk", why="two offices")]
    assert frozenset({key(1), key(2)}) not in together(CHAIRMAN, apart)
    undone = [*apart, Judgement(2, "undo", undoes=1)]
    assert resolve(tables(CHAIRMAN), undone).clusters == resolve(tables(CHAIRMAN)).clusters


def test_a_person_may_join_what_the_machine_cannot_compare():
    case = [document(1, person("Karbash")), document(2, person("the chairman"))]
    log = [Judgement(1, "same", key(1), key(2))]
    assert together(case, log) == {frozenset({key(1), key(2)})}


def test_a_province_that_many_reports_name_is_one_in_each_spelling():
    towns = [start + end for start in ("Osh", "Vel", "Kar", "Sun", "Ism") for end in ENDS]
    case = [
        document(
            n,
            named("Mandavor" if n % 2 else "Mandavvor", "Place"),
            named(towns[n % len(towns)], "Place"),
        )
        for n in range(80)
    ]
    assert frozenset(key(n) for n in range(80)) in together(case)


def test_bodies_of_two_provinces_are_two():
    names = ("Mandavor Provincial Council", "Sundery Provincial Council")
    case = [document(n, named(names[n % 2], "Organization")) for n in range(8)]
    assert together(case) == {frozenset(key(n) for n in range(start, 8, 2)) for start in (0, 1)}


people = st.builds(
    lambda given, family, posts: person(f"{given} {family}", posts=posts),
    st.sampled_from(GIVEN),
    st.sampled_from(FAMILY),
    st.sampled_from(POSTS),
)
cases = st.lists(st.lists(people, min_size=1, max_size=2), min_size=2, max_size=7)


@pytest.fixture(scope="module", autouse=True)
def warm() -> Tables:
    """The first call of the table engine takes seconds that no example should be charged with."""
    made = tables(CHAIRMAN)
    resolve(made)
    return made


@settings(max_examples=12, deadline=None)
@given(cases, st.randoms(), st.data())
def test_the_order_of_documents_does_not_matter_and_different_is_never_crossed(
    drawn, chance: random.Random, data: st.DataObject
):
    case = [document(number, *people) for number, people in enumerate(drawn)]
    keys = [key(number) for number in range(len(case))]
    pairs = st.tuples(st.sampled_from(keys), st.sampled_from(keys)).filter(lambda p: p[0] < p[1])
    verdicts = st.sampled_from(["same", "different", "unsure"])
    log = [
        Judgement(seq, verdict, *pair)
        for seq, (pair, verdict) in enumerate(
            data.draw(st.lists(st.tuples(pairs, verdicts), max_size=4))
        )
    ]
    made = resolve(tables(case), log)
    shuffled = chance.sample(case, len(case))
    again = resolve(tables(shuffled), chance.sample(log, len(log)))
    assert again.clusters == made.clusters
    assert again.proposals == made.proposals
    canonical = dict(zip(*made.clusters.to_pydict().values(), strict=True))
    latest = {entry.pair: entry.verdict for entry in log}
    for (one, other), verdict in latest.items():
        if verdict == "different":
            assert canonical[one] != canonical[other]
