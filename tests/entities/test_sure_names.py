"""Names of bodies that the characters make sure of. Places, bodies and people are invented."""

import pytest

from onrecord.entities import find_entities
from onrecord.passages.parse import parse


def bodies(text):
    book = find_entities(parse(text), "sha256:" + "0" * 64)
    return {entity.name for entity in book if entity.type == "Organization"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Two men were held by the 4th Armoured Division in Tharnok.", "4th Armoured Division"),
        ("Reportedly troops of the 12th Brigade killed Anna Dahl.", "12th Brigade"),
        ("The 33rd Mountain Battalion entered Tharnok on Friday.", "33rd Mountain Battalion"),
        ("Soldiers of 101 Brigade closed the road to Tharnok.", "101 Brigade"),
        ("The Army of Tharnok (AT) did not answer calls.", "Army of Tharnok"),
        (
            "Union of Tharnok Citizens (UTC) chairman Anders Dahl said so.",
            "Union of Tharnok Citizens",
        ),
        (
            "He spoke before the Tharnok People's Congress on Friday.",
            "Tharnok People's Congress",
        ),
    ],
)
def test_a_body_keeps_its_whole_name(text, name):
    assert name in bodies(text)


def test_units_of_two_numbers_are_two():
    text = (
        "The 4th Armoured Division denied it. Residents accused the 9th Armoured Division. "
        "The 4th Armoured Division left Tharnok on Friday, and the 9th Armoured Division stayed."
    )
    assert {"4th Armoured Division", "9th Armoured Division"} <= bodies(text)
    assert "Armoured Division" not in bodies(text)


def test_a_paper_that_the_head_names_is_one_wherever_it_is_named():
    text = (
        "Two men taken from quay\n\n4 March 2025 | Ember Online\n\nTharnok - Two men were taken "
        "from the quay before dawn on Monday, residents told Ember Online.\n"
    )
    book = find_entities(parse(text), "sha256:" + "0" * 64)
    found = next(entity for entity in book if entity.name == "Ember Online")
    assert (found.type, len(found.mentions)) == ("Organization", 2)
