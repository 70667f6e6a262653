"""Which body "the military" or "the government" alone is: never another one for want of a better.

All names are invented, but for those of countries.
"""

import pytest

from onrecord.entities import find_entities
from onrecord.passages.parse import parse


def meant(text, noun):
    """The name of whom a noun stands for at its last place in a text."""
    return find_entities(parse(text), "sha256:0").at(text.rindex(noun)).name


@pytest.mark.parametrize(
    ("body", "noun"),
    [
        ("New Dabo Army", "military"),
        ("Orla Hotel Administration", "government"),
        ("Media Regulatory Authority", "regime"),
    ],
)
def test_a_body_of_another_kind_is_not_meant(body, noun):
    text = f"The {body} met on Monday. The {noun} kidnapped two students."
    assert meant(text, noun) == f"The {noun}"


def test_of_two_governments_the_one_so_called_is_meant_or_none():
    text = (
        "The US Government sent money. Norwegian authorities jailed her. This is the regime that "
        "tortured her."
    )
    assert meant(text, "regime") == "the regime"
    assert meant(f"{text} The authorities denied it.", "authorities") == "Norwegian authorities"


def test_the_army_of_the_one_country_told_of_is_the_military():
    text = "The Norwegian Army shelled a village. The military killed ten farmers."
    assert meant(text, "military") == "Norwegian Army"


def test_a_regime_is_not_taken_for_the_government_of_another_country():
    text = "The US Government sent money. The regime tortured her in Orla."
    assert meant(text, "regime") == "The regime"


def test_a_countrys_army_is_not_one_of_another_name():
    text = "The Dabo Army burned a mill. The Norwegian army denied it. The army said it was away."
    assert meant(text, "Norwegian army") == "The Norwegian army"
    assert meant(text, "army said") == "The Norwegian army"


def test_a_countrys_government_is_no_junta_and_not_ours():
    text = "The junta jailed ten. The government of Norway protested."
    assert meant(text, "government") == "The government"
    text = "“Our government jailed ten,” he said. The government of Norway protested."
    assert meant(text, "government") == "The government"


def test_a_country_that_opens_the_sentence_has_its_own_military():
    text = "Sweden's military left Norway. In Norway, the military burned a mill."
    assert meant(text, "military") == "the military"
