"""Of two women, who "she" is: who stands out, or nobody. Names of our own."""

from __future__ import annotations

import pytest

from onrecord.entities import find_entities
from onrecord.passages.parse import parse


def meant(text: str, pronoun: str) -> str | None:
    """The name of whom the last of these pronouns is led back to."""
    book = find_entities(parse(text), "sha256:test")
    entity = book.at(text.rindex(pronoun))
    return None if entity is None else entity.name


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Guards stopped Ada Brenn and Maria Holt on Friday. She told reporters about it.", "She"),
        ("Peter Hallam stayed. With Simon Harker the talk was short. He left.", "He"),
        ("Simon Harker was shot, according to Peter Hallam. He said that police did it.", "He"),
    ],
)
def test_of_two_as_near_nobody_is_chosen(text: str, pronoun: str) -> None:
    assert meant(text, pronoun) is None


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Ada Brenn met Maria Holt in Orsa. She was tired.", "She", "Ada Brenn"),
        ("Ada Brenn went to Orsa. Maria Holt went to Vinn. She was tired.", "She", "Maria Holt"),
        ("Ten were shot, according to Peter Hallam. He said police did it.", "He", "Peter Hallam"),
        ("Guards stopped Ada Brenn on Friday. She told reporters about it.", "She", "Ada Brenn"),
    ],
)
def test_who_stands_out_is_meant(text: str, pronoun: str, name: str) -> None:
    assert meant(text, pronoun) == name


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Soldiers came to Orla on Friday. Travellers lost their bags.", "their"),
        ("Peter Hallam was held in May. Dr Danish left. He denied it.", "He"),
        ("The report names the Vinn Times. They beat the driver.", "They"),
        ("Guards searched the yard of Peter Hallam (Reuters Images) and paid them.", "them"),
    ],
)
def test_who_has_no_entry_may_be_meant_too(text: str, pronoun: str) -> None:
    assert meant(text, pronoun) is None


def test_of_those_with_an_entry_alone_one_is_meant() -> None:
    assert meant("Soldiers came to Orla on Friday and lost their bags.", "their") == "Soldiers"
    assert meant("Peter Hallam was held in May. He denied it.", "He") == "Peter Hallam"


def test_who_a_verb_is_said_of_is_not_its_object_by_another_name_either() -> None:
    text = "Simon Harker was tired. He had ordered him shot."
    assert meant(text, "He") == "Simon Harker"
    assert meant(text, "him") is None


def test_a_wrong_is_not_theirs_who_condemn_it() -> None:
    assert meant("The Harbour Union announced its strike.", "its") == "Harbour Union"
    assert meant("The Harbour Union condemned its crackdown on the press.", "its") is None
    text = "The Harbour Union voted for sanctions against Norway over its crackdown on the press."
    assert meant(text, "its") is None
    text = "Ivar Moe was arrested on Monday. Simon Harker ordered his torture."
    assert meant(text, "his") == "Ivar Moe"


def test_those_to_whom_harm_was_done_did_not_do_it() -> None:
    text = "The Vale family was evicted on Monday. That night they beat the owner."
    assert meant(text, "they") is None
    text = "The Vale family was evicted. The police came at dawn and they burned the barn."
    assert meant(text, "they") == "The police"


def test_who_speaks_is_not_who_is_spoken_of() -> None:
    text = "Ivar Moe said:\nThe boy was at school with me. He was killed in May."
    assert meant(text, "He") == "The boy"
    text = "Ivar Moe said:\nA boy was at my school. It burned. It was sad. They say he is dead."
    assert meant(text, "he") != "Ivar Moe"
    text = "Ivar Moe accused the police of lying.\n“They came at night. They shot at him.”"
    assert meant(text, "him") is None
    text = "The clerks told the Harbour Guards a story. “We ran as they burned the barn,” one said."
    assert meant(text, "they") is None


def test_whose_claim_it_is_that_he_was_there() -> None:
    text = "Ivar Moe spoke on Monday. The court heard Simon Harker's claim that he was in Orla."
    assert meant(text, "he") == "Simon Harker"


def test_of_several_of_one_name_the_one_of_that_sex() -> None:
    text = "Mr Ivar Vale and Mrs Ada Vale were held. Vale was freed on Monday. She fled."
    assert meant(text, "She") == "Ada Vale"
