"""What a name that the parser has not met stands for, by what is said around it."""

import pytest

from onrecord.entities import find_entities
from onrecord.model import Entity
from onrecord.passages.parse import parse


def entities(text: str) -> tuple[Entity, ...]:
    return find_entities(parse(text), "sha256:" + "0" * 64).freeze()


def kinds_of(text: str, name: str) -> set[str]:
    return {entity.type for entity in entities(text) if entity.name == name}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ombrin", "Tessim lies 20 kilometres south-west of Ombrin. It rained all night."),
        ("Bultu", "A delegation of the elders travelled to Bultu on Thursday for talks."),
        ("Orlun", "Nobody could pass. The road between Tessim and Orlun has been blocked."),
        ("Rolab", "Observers are seldom allowed into parts of Rolab, aid workers said."),
        ("Gavrin", "Gavrin, the nearest town, has one ambulance. The nurses were tired."),
        ("Mbuba", "Life is hard, and many young people have left for Mbuba this year."),
        ("Wallach", "Three farmers were shot dead in Tessim, Wallach, on Monday."),
    ],
)
def test_ways_parts_and_kinds_tell_a_place(name: str, text: str):
    assert kinds_of(text, name) == {"Place"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Chorvan Kusk", "Doctors named the dead as Chorvan Kusk and Nale Dorn."),
        ("Nale Dorn", "Doctors named the dead as Chorvan Kusk and Nale Dorn."),
        ("Orsa Velun", "A nurse said Orsa Velun is among the wounded."),
    ],
)
def test_who_is_one_of_the_dead_is_a_person(name: str, text: str):
    assert kinds_of(text, name) == {"Person"}


def test_a_name_with_an_article_is_no_person():
    text = "Residents blamed the Granite Shield for the raid. The Granite Shield said nothing."
    assert kinds_of(text, "Granite Shield") == {"Organization"}


def test_a_particle_ties_two_parts_of_one_name():
    text = "Laza ul Chazalt Kannil, a doctor, said it. Oren bin Salik, a farmer, was arrested."
    people = {entity.name for entity in entities(text) if entity.type == "Person"}
    assert {"Laza ul Chazalt Kannil", "Oren bin Salik"} <= people


def test_a_body_is_named_with_what_it_is_for():
    text = "The Harbour Foundation for Justice asked for an inquiry. The foundation was told no."
    assert kinds_of(text, "Harbour Foundation for Justice") == {"Organization"}


def test_an_acronym_of_two_letters_is_the_one_body_of_these_initials():
    text = "Quarry Wire reported the raid. Nobody else did. QW quoted a doctor on Monday."
    (body,) = [entity for entity in entities(text) if entity.name == "Quarry Wire"]
    assert [text[slice(*span)] for span in body.mentions] == ["Quarry Wire", "QW"]


def test_a_name_of_several_words_is_one_wherever_they_stand():
    text = (
        "Torvan Rights Watch said on Monday that the police beat him. "
        "In 2005, Torvan Rights Watch documented abuses by the police.\n\n"
        "Torvan Rights Watch requested an answer."
    )
    (body,) = [entity for entity in entities(text) if "Watch" in entity.name]
    assert (body.type, len(body.mentions)) == ("Organization", 3)


def test_a_war_with_an_article_is_no_body():
    assert not kinds_of("He fought in the Tharnok War and came home a hero.", "Tharnok War")


def test_a_shorter_name_is_not_taken_out_of_a_longer_one():
    text = (
        "Gunmen raided Tharnok State on Sunday, a doctor said. "
        "Tharnok State Police Command said it had arrested nobody in Tharnok State."
    )
    assert kinds_of(text, "Tharnok State Police Command") == {"Organization"}


def test_who_holds_a_post_is_no_body_for_the_article():
    text = "Residents told the Commanding Officer that nobody had been arrested in the raid."
    assert "Organization" not in {entity.type for entity in entities(text)}


def test_a_town_and_the_province_it_lies_in_are_two_places():
    text = (
        "Four people were killed before dawn when soldiers and men in unmarked trucks entered the "
        "village of Ombrath in Drovany Province, residents and a hospital doctor said."
    )
    places = {entity.name for entity in entities(text) if entity.type == "Place"}
    assert {"Ombrath", "Drovany Province"} <= places


def test_initials_of_a_body_of_the_text_are_that_body():
    text = "An elder told Halyard News Agency of it.\n\nNobody answered.\n\n(With inputs from HNA)"
    assert [e.name for e in entities(text) if e.type == "Organization"] == ["Halyard News Agency"]
    assert not kinds_of(text, "HNA")


def test_a_word_for_a_body_with_an_article_is_a_body():
    text = "The Ministry rejects it. The Ministry knows of no list. Nobody asked the Ministry."
    assert kinds_of(text, "Ministry") == {"Organization"}
