"""Posts in lists, moves and successions. All people, places and forces here are invented."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.coding.assurance import confidence_of
from onrecord.model import Relation
from onrecord.pipeline import extract_text
from onrecord.vocabulary import load


@cache
def record(text: str):
    return extract_text(text, path="told.txt")


def relations(text: str, kind: str = "post") -> list[Relation]:
    return [r for r in record(text).relations if r.type == kind]


def held(text: str) -> set[tuple[str, str | None, str | None]]:
    """Person, role and body of the posts that name a role or a body."""
    names = {e.id: e.name for e in record(text).entities}
    return {
        (names[r.subject], r.role and text[slice(*r.role)], names.get(r.object or ""))
        for r in relations(text)
        if r.role or r.object
    }


def ranks(text: str) -> set[tuple[str, str]]:
    names = {e.id: e.name for e in record(text).entities}
    return {(names[r.subject], text[slice(*r.rank)]) for r in relations(text) if r.rank}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            (
                "At the table sat Vice Admiral Petar Sund, Chief of Plans, Vice Admiral Tomas "
                "Verin, Chief of Logistics and Vice Admiral Anders Molde, Chief of Operations, all "
                "at the Coastal Command."
            ),
            {
                ("Petar Sund", "Chief of Plans", "Coastal Command"),
                ("Tomas Verin", "Chief of Logistics", "Coastal Command"),
                ("Anders Molde", "Chief of Operations", "Coastal Command"),
            },
        ),
        (
            (
                "Captain Petar Sund and Captain Tomas Verin are to serve as Chief of Logistics "
                "and Chief of Training respectively."
            ),
            {
                ("Petar Sund", "Chief of Logistics", None),
                ("Tomas Verin", "Chief of Training", None),
            },
        ),
        (
            (
                "The army said that Colonel Petar Sund was moved from 4 Brigade to 12 Division as "
                "Director of Operations after the raid."
            ),
            {("Petar Sund", "Director of Operations", "12 Division")},
        ),
        (
            (
                "A deputy Harbour Commander was sworn in at Carrick last May. He is Commodore "
                "Tomas Verin, and he grew up in the valley."
            ),
            {("Tomas Verin", "Commander", None)},
        ),
        (
            (
                "Fishermen met the Flag Officer Commanding (FOC) 9 Flotilla of the navy "
                "Marrow Brig.-Gen. Tomas Verin at the pier."
            ),
            {("Tomas Verin", "Flag Officer Commanding", "9 Flotilla")},
        ),
        (
            (
                "The police said that CP Petar Sund, Commissioner of Police Marrow "
                "State, was in the "
                "town with his men when the march began."
            ),
            {("Petar Sund", "Commissioner of Police", "Marrow State")},
        ),
        (
            (
                "The former commander, 4 Brigade, Marrow, Colonel Petar Sund is now the "
                "Provost-Marshal and has left for the capital."
            ),
            {("Petar Sund", "commander", "4 Brigade"), ("Petar Sund", "Provost-Marshal", None)},
        ),
    ],
)
def test_posts_are_read_through_lists_moves_and_introductions(text, expected):
    assert expected <= held(text)


def tenures(text: str) -> set[tuple[str, str, bool]]:
    """Person, role, and whether it is over."""
    names = {e.id: e.name for e in record(text).entities}
    return {(names[r.subject], text[slice(*r.role)], r.ended) for r in relations(text) if r.role}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A new police chief was picked in April. She is Superintendent Mara Sund.",
            {("Mara Sund", "police chief", False)},
        ),
        (
            "A new Camp Commandant has taken up duty at Carrick. He is Major Tomas Verin.",
            {("Tomas Verin", "Camp Commandant", False)},
        ),
        (
            "Mara Sund and Tomas Verin are, respectively, Director of Music and Chief of Supplies.",
            {
                ("Mara Sund", "Director of Music", False),
                ("Tomas Verin", "Chief of Supplies", False),
            },
        ),
        (
            "The list names Major Tomas Verin, Chief of Balloons, and two clerks.",
            {("Tomas Verin", "Chief of Balloons", False)},
        ),
        (
            "Colonel Tomas Verin was appointed by President Petar Sund as commander of 4 Brigade.",
            {("Petar Sund", "President", False), ("Tomas Verin", "commander", False)},
        ),
        (
            "Captain Tomas Verin, son of Governor Petar Sund, was named commander of 4 Brigade.",
            {("Petar Sund", "Governor", False), ("Tomas Verin", "commander", False)},
        ),
        (
            "Captain Tomas Verin met a cousin of Petar Sund, who was named commander of 4 Brigade.",
            {("Petar Sund", "commander", False)},
        ),
        (
            "The assembly elected Mara Sund chairwoman, replacing Judge Tomas Verin.",
            {
                ("Mara Sund", "chairwoman", False),
                ("Tomas Verin", "chairwoman", True),
                ("Tomas Verin", "Judge", False),
            },
        ),
        (
            "Colonel Tomas Verin succeeded Colonel Petar Sund as commander of 4 Brigade in May.",
            {("Tomas Verin", "commander", False), ("Petar Sund", "commander", True)},
        ),
        (
            "Colonel Tomas Verin will replace Colonel Petar Sund as commander of 4 Brigade.",
            {("Tomas Verin", "commander", False), ("Petar Sund", "commander", False)},
        ),
        (
            "Colonel Petar Sund was succeeded by Colonel Tomas Verin as commander of 4 Brigade.",
            {("Tomas Verin", "commander", False), ("Petar Sund", "commander", True)},
        ),
        (
            "The outgoing commander, Colonel Petar Sund, handed over to Colonel Tomas Verin.",
            {("Tomas Verin", "commander", False), ("Petar Sund", "commander", True)},
        ),
        (
            "President Petar Sund replaced Colonel Tomas Verin, the commander of 4 Brigade.",
            {("Petar Sund", "President", False), ("Tomas Verin", "commander", False)},
        ),
        (
            "Major Tomas Verin was relieved of his duties as commander of 4 Brigade on Monday.",
            {("Tomas Verin", "commander", True)},
        ),
        (
            "Tomas Verin, who until last year was head of the Prison Service, lives abroad.",
            {("Tomas Verin", "head", True)},
        ),
        (
            "General Mara Sund is no longer head of the Prison Service.",
            {("Mara Sund", "head", True)},
        ),
        (
            "Tomas Verin, head of the Prison Service (2009-2014), spoke on Monday.",
            {("Tomas Verin", "head", True)},
        ),
        (
            "Interior Minister Mara Sund resigned on Friday.",
            {("Mara Sund", "Interior Minister", True)},
        ),
        (
            "Interior Minister Mara Sund resigned from the sailing club.",
            {("Mara Sund", "Interior Minister", False)},
        ),
        (
            "The king dismissed General Petar Sund, the army chief, at noon.",
            {("Petar Sund", "army chief", True)},
        ),
        (
            "Tomas Verin is president of the council until 2030.",
            {("Tomas Verin", "president", False)},
        ),
        (
            "Colonel Mara Sund, ZDF spokeswoman, and Major Tomas Verin (left), adjutant, came.",
            {("Mara Sund", "spokeswoman", False), ("Tomas Verin", "adjutant", False)},
        ),
        (
            "Petar Sund and his deputy, Tomas Verin, were seen at the harbour on Monday.",
            {("Tomas Verin", "deputy", False)},
        ),
        (
            "The new commanding officer is Lieutenant Commander Mara Sund of Carrick.",
            {("Mara Sund", "commanding officer", False)},
        ),
    ],
)
def test_who_holds_a_post_and_who_held_it_whatever_the_verb(text, expected):
    assert tenures(text) == expected


def test_who_hands_over_a_command_has_it_no_longer():
    text = "General Petar Sund handed over command of the 12 Division to General Tomas Verin."
    names = {e.id: e.name for e in record(text).entities}
    found = {(names[r.subject], names[r.object], r.ended) for r in relations(text) if r.object}
    assert found == {("Petar Sund", "12 Division", True)}


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("Petar Sund, who leads the Marrow Liberation Front, was seen in Carrick.", False),
        ("Petar Sund, who once led the Marrow Liberation Front, was seen in Carrick.", True),
        (
            "The report says that Tomas Verin led the Marrow Liberation Front from 1999 to 2004.",
            True,
        ),
        (
            "Elders said that the Marrow Liberation Front, formerly led by Tomas Verin, denied it.",
            True,
        ),
    ],
)
def test_a_lead_that_is_over_is_told_as_over(text, ended):
    assert [r.ended for r in relations(text, "leads")] == [ended]


def test_who_is_named_by_a_body_and_a_post_is_not_called_by_the_body():
    text = "Mourners sang. The killing of a Marrow Dockers leader in Carrick shocked the harbour."
    assert "Marrow Dockers" not in {e.name for e in record(text).entities if e.type == "Person"}


def test_the_credit_of_a_picture_is_no_body_of_whom_it_shows():
    text = "The court heard it.\n\nPicture by : LKN Fighter Tomas Verin in Carrick."
    assert not relations(text, "membership")


def test_a_headline_in_capitals_names_no_body():
    text = "NEW CHIEF TAKES OVER\n\nColonel Petar Sund arrived at Carrick with his men on Monday."
    assert held(text) == set()


def test_a_rank_of_several_words_is_one_rank():
    text = "The widow wrote to Police Lieutenant Colonel Petar Sund and Colonel Major Tomas Verin."
    assert ranks(text) == {
        ("Petar Sund", "Police Lieutenant Colonel"),
        ("Tomas Verin", "Colonel Major"),
    }


def test_an_opening_pronoun_carries_on_the_one_told_of_and_not_a_predecessor():
    text = (
        "Colonel Anders Molde takes over from Colonel Petar Sund, the army said in its statement. "
        "He was formerly the Commandant of the Marrow Military Academy."
    )
    assert ("Anders Molde", "Commandant", "Marrow Military Academy") in held(text)


def test_a_successor_does_not_hold_what_the_predecessor_goes_to():
    text = (
        "Colonel Anders Molde takes over from Colonel Petar Sund who is redeployed to the Defence "
        "Headquarters as Director of Plans."
    )
    assert {p[0] for p in held(text) if p[1] == "Director of Plans"} == {"Petar Sund"}


def test_a_rank_in_the_plural_is_of_everybody_listed():
    text = "The report says that Brigadier-Generals Petar Sund and Tomas Verin ordered the raid."
    assert {name for name, _ in ranks(text)} == {"Petar Sund", "Tomas Verin"}


def test_a_rank_stands_in_brackets_behind_a_name():
    text = "The spokesman of the police, Mr. Tomas Verin (DSP), spoke to the villagers after it."
    assert ("Tomas Verin", "DSP") in ranks(text)


def test_a_posting_says_whether_it_is_over():
    text = "Colonel Petar Sund moved from 4 Brigade to 12 Division after the raid on the village."
    names = {e.id: e.name for e in record(text).entities}
    found = {names[r.object]: r.ended for r in relations(text) if r.object}
    assert found == {"4 Brigade": True, "12 Division": False}


def test_a_town_behind_a_formation_and_an_abbreviation_hold_no_post():
    text = (
        "Colonel Petar Sund, formerly commander, 34 Brigade Marrow, is posted elsewhere. "
        "The JTF, commander of the operation said, was not there at the time."
    )
    assert {p[0] for p in held(text)} == {"Petar Sund"}


def test_a_leader_of_a_band_leads_it_and_a_nameless_soldier_belongs_to_the_unit():
    text = (
        "Petar Sund, leader of the Marrow Liberation Front, denied it on Monday in a statement. "
        "A soldier serving with the 12 Division spoke of what he had seen there."
    )
    assert not relations(text)
    names = {e.id: e.name for e in record(text).entities}
    assert [names[r.subject] for r in relations(text, "leads")] == ["Petar Sund"]
    assert [names[r.object] for r in relations(text, "membership")] == ["12 Division"]


def test_being_somewhere_is_no_posting():
    text = "Governor Petar Sund at the Marrow Stadium greeted those who had come on Monday."
    assert {p[1:] for p in held(text)} == {("Governor", None)}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *("Colonel", "Generals", "Petar Sund", "Verin", "JTF", "commander", "of", "the"),
                *("4 Brigade", "Marrow", ",", ".", "He", "was", "formerly", "respectively", "and"),
                *("moved", "from", "to", "as", "all at", "Naval Headquarters", "(SP)", "\n", "’s"),
            ]
        ),
        max_size=24,
    )
)
def test_any_row_of_such_words_gives_relations_whose_words_are_in_the_text(parts):
    text = "The army said on Monday that " + " ".join(parts)
    found = extract_text(text)
    known = {entity.id for entity in found.entities}
    for relation in found.relations:
        assert relation.subject in known
        assert 0 <= relation.span[0] < relation.span[1] <= len(text)
        assert relation.confidence is not None
        assert 0 < relation.confidence < 1


def test_a_relation_is_as_sure_as_its_construction_was_right():
    found = relations("The villagers said that they had met President Petar Sund on Monday.")
    assert {r.confidence for r in found} == {confidence_of("post, before the name")}
    assert confidence_of("post, of no known sort") == confidence_of("post")
    assert confidence_of("nothing known") == confidence_of("all")
    shares = load("relation_confidence")["shares"]
    assert all(0 < share < 1 for share in shares.values())
