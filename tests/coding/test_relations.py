"""Relations in sentences about people and places that do not exist."""

from functools import cache

import pytest

from onrecord.pipeline import extract_text


@cache
def record(text):
    return extract_text(text, path="told.txt")


def told(text, kind):
    """(subject, label, object, ended) of the relations of a kind, names instead of ids."""
    names = {e.id: e.name for e in record(text).entities}
    return {
        (names[r.subject], r.label, names.get(r.object), r.ended)
        for r in record(text).relations
        if r.type == kind
    }


def posts(text):
    """(subject, role, rank, object) of the posts."""
    names = {e.id: e.name for e in record(text).entities}
    return {
        (
            names[r.subject],
            r.role and text[slice(*r.role)],
            r.rank and text[slice(*r.rank)],
            names.get(r.object),
        )
        for r in record(text).relations
        if r.type == "post"
    }


@pytest.mark.parametrize(
    ("text", "post"),
    [
        (
            (
                "The General Officer Commanding (GOC), 12 Division, Major General Tomas Verin, "
                "told the people of the town what had happened there."
            ),
            ("Tomas Verin", "General Officer Commanding", "Major General", "12 Division"),
        ),
        (
            "Brig.-Gen. Tomas Verin, commander of the 3rd Armoured Brigade, denied the report.",
            ("Tomas Verin", "commander", "Brig.-Gen.", "3rd Armoured Brigade"),
        ),
        (
            (
                "Col. Anders Molde has been appointed Director of Operations "
                "at the Defence Headquarters, the paper said."
            ),
            ("Anders Molde", "Director of Operations", "Col.", "Defence Headquarters"),
        ),
        (
            "Col. Anders Molde, formerly commander of the 4 Brigade, is now the Provost Marshal.",
            ("Anders Molde", "Provost Marshal", "Col.", None),
        ),
        (
            "The new commander of Operation Grey Heron is Rear Admiral Petar Sund.",
            ("Petar Sund", "commander", "Rear Admiral", "Operation Grey Heron"),
        ),
        (
            "Mr Anders Molde, a brigadier general, said nothing about the matter.",
            ("Anders Molde", None, "brigadier general", None),
        ),
    ],
)
def test_posts_with_rank_and_unit(text, post):
    found = {(p[0].removeprefix("Mr "), *p[1:]) for p in posts(text)}
    assert post in found


def test_the_post_of_each_in_a_row_is_their_own():
    text = (
        "Those moved are Major General Tomas Verin, Commander, 12 Division; "
        "Brigadier General Petar Sund, Commander, 4 Brigade and Colonel Anders Molde, "
        "Director of Logistics."
    )
    assert {(p[0], p[3]) for p in posts(text)} == {
        ("Tomas Verin", "12 Division"),
        ("Petar Sund", "4 Brigade"),
        ("Anders Molde", None),
    }


def test_a_post_that_is_over_says_so():
    text = (
        "The country's former Prime Minister Ingrid Vestdal met with Colonel Anders Molde, "
        "who was commander of 4 Brigade."
    )
    ended = {
        (subject, over) for subject, label, _, over in told(text, "post") if label != "Colonel"
    }
    assert ended == {("Ingrid Vestdal", True), ("Anders Molde", True)}


def test_a_post_held_in_a_country():
    text = "Norway's Foreign Minister Ingrid Vestdal condemned the raid on Tuesday."
    assert ("Ingrid Vestdal", "Foreign Minister", "Norway", False) in told(text, "post")


def test_who_takes_over_holds_the_post_too():
    text = "General Tomas Verin took over from General Petar Sund as the Chief of Defence Staff."
    holders = {p[0] for p in posts(text) if p[1] == "Chief of Defence Staff"}
    assert holders == {"Tomas Verin", "Petar Sund"}


@pytest.mark.parametrize(
    "text",
    [
        "Erik Vestdal, brother of Minister Ingrid Vestdal, led the attack.",
        "Ingrid Vestdal's brother, Erik Vestdal, led the attack.",
        "Erik Vestdal is the brother of Ingrid Vestdal.",
    ],
)
def test_kin_in_both_directions(text):
    assert {(s, o) for s, _, o, _ in told(text, "family")} == {("Erik Vestdal", "Ingrid Vestdal")}


def test_their_links_are_those_of_everybody_named_together():
    text = (
        "Both Erik Vestdal and Tomas Verin are responsible for the abuses, the report says. "
        "It also cites their documented links to Petar Sund, a pro-state militia leader."
    )
    assert told(text, "link") == {
        ("Erik Vestdal", "documented links", "Petar Sund", False),
        ("Tomas Verin", "documented links", "Petar Sund", False),
    }
    assert {(s, o) for s, _, o, _ in told(text, "leads")} == {("Petar Sund", "pro-state militia")}


def test_membership_needs_a_body():
    text = (
        "Erik Vestdal, a member of the Coastal Workers Union, was arrested. "
        "Tomas Verin is an activist."
    )
    assert {(s, o) for s, _, o, _ in told(text, "membership")} == {
        ("Erik Vestdal", "Coastal Workers Union")
    }


def test_relations_name_the_claims_that_hold_them():
    text = "Ingrid Vestdal said that Tomas Verin, commander of 12 Division, had ordered the raid."
    (post,) = [r for r in record(text).relations if r.role and r.object]
    claims = {c.id: c for c in record(text).claims}
    assert post.claims
    for identifier in post.claims:
        spans = claims[identifier].content
        assert any(s <= post.span[0] and post.span[1] <= e for s, e in spans)


def test_nothing_is_found_in_a_text_without_words():
    assert record("— 12 — ⚖\x00 —").relations == ()


@pytest.mark.parametrize(
    "text",
    [
        "By Marrow News Agency\n\nInterior Minister Tomas Verin will speak today, it was said.",
        "Marrow News Agency\n\nInterior Minister Tomas Verin will speak today, it was said.",
        "ORLA, March 17, 2025 (MNA) - Interior Minister Tomas Verin will speak today, it was said.",
        "Nobody had warned the Interior Minister, Tomas Verin, it was said. (MNA)",
    ],
)
def test_no_post_is_held_in_the_agency_or_the_dateline(text):
    assert posts(text) == {("Tomas Verin", "Interior Minister", None, None)}


def test_said_by_his_wife_is_not_his_wife():
    text = "Corporal Tomas Verin, as is said by his wife Ana Lund, was born in a village."
    assert {(who, whose) for who, _, whose, _ in told(text, "family")} == {
        ("Ana Lund", "Tomas Verin")
    }
    text = "Tomas Verin is mourned by his widow."
    assert "Tomas Verin" not in {who for who, _, _, _ in told(text, "family")}


def test_a_rank_behind_the_name_is_within_the_words_of_the_relation() -> None:
    text = "Residents left. \n \n Mr. Tane, a brigadier general, said the fighting had not ended."
    ranked = [r for r in extract_text(text).relations if r.rank]
    assert [text[slice(*r.rank or (0, 0))] for r in ranked] == ["brigadier general"]
    assert all(0 <= r.span[0] < r.span[1] for r in ranked)
