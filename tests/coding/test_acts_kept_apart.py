"""What was only tried or threatened, and acts of pressure that leave no wound."""

import pytest
from acts_told import acts_told

LEAD = "Reporters in the town wrote down what the people who live there had told them. "


def told(text):
    """The acts of a text as (type, words, names of who did it, names of who suffered it)."""
    return [(a.type, a.words, {n for n, _ in a.doers}, a.victims) for a in acts_told(text, LEAD)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Gunmen tried to kill Mara Oten in Orla.", "attempted_killing", "tried to kill"),
        ("Gunmen attempted to murder Mara Oten.", "attempted_killing", "attempted to murder"),
        ("Gunmen threatened to kill Mara Oten.", "threat", "threatened to kill"),
        ("Gunmen threatened to arrest Mara Oten.", "threat", "threatened to arrest"),
        ("Gunmen threatened to behead Mara Oten.", "threat", "threatened to behead"),
    ],
)
def test_what_was_tried_or_threatened_is_one_act_and_was_not_done(text, kind, words):
    assert told(text) == [(kind, words, {"Gunmen"}, {"Mara Oten"})]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Police summoned Mara Oten for questioning on Monday.", "harassment"),
        ("Mara Oten was questioned by police over an article.", "harassment"),
        ("Agents interrogated Mara Oten for six hours.", "harassment"),
        ("The minister sued Mara Oten for libel.", "harassment"),
        ("Trolls hounded Mara Oten out of her job.", "harassment"),
        ("Mara Oten was remanded on Monday.", "arbitrary_detention"),
        ("Mara Oten went on trial on Monday.", "arbitrary_detention"),
        ("Mara Oten stood trial in Orla.", "arbitrary_detention"),
        ("Mara Oten was denied bail on Monday.", "arbitrary_detention"),
        ("Police took Mara Oten away on Monday.", "arbitrary_detention"),
        ("Armed men bundled Mara Oten into a car.", "abduction"),
        ("Armed men pulled Mara Oten away.", "abduction"),
        ("Mara Oten was held at an undisclosed place.", "enforced_disappearance"),
        ("Mara Oten was last seen on Monday.", "enforced_disappearance"),
        ("Mara Oten was held in solitary confinement.", "ill_treatment"),
        ("Guards stripped Mara Oten naked.", "ill_treatment"),
        ("Mara Oten was hung from the ceiling by guards.", "torture"),
        ("Police slapped Mara Oten on Monday.", "physical_assault"),
        ("Police grabbed Mara Oten by the arm.", "physical_assault"),
        ("Officers shoved Mara Oten to the ground.", "physical_assault"),
        ("Mara Oten succumbed to her injuries on Monday.", "killing"),
        ("Mara Oten was fatally wounded on Monday.", "killing"),
        ("Mara Oten was sold as a bride.", "enslavement"),
        ("Mara Oten was stripped of her citizenship.", "restriction_of_freedoms"),
        ("Armed men robbed Mara Oten on Monday.", "attack_on_property"),
    ],
)
def test_what_befell_somebody(text, kind):
    assert (kind, {"Mara Oten"}) in [(type_, suffered) for type_, _, _, suffered in told(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Police searched the home of Mara Oten on Monday.", "unlawful_search"),
        ("Police broke up a rally in Orla on Monday.", "excessive_force"),
        ("The state froze the accounts of the union in Orla.", "restriction_of_freedoms"),
        ("Officials cancelled the passport of Mara Oten.", "restriction_of_freedoms"),
        ("Agents hacked the phone of Mara Oten.", "harassment"),
        ("A gang extorted money from farmers in Orla.", "other"),
        ("Employers withheld the wages of 400 workers.", "other"),
    ],
)
def test_what_was_done_without_a_blow(text, kind):
    assert kind in [type_ for type_, _, _, _ in told(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The ministry summoned the ambassador of Orlava on Monday.",
        "The lawyer questioned the ruling on Monday.",
        "The picture was hung over the door by Mara Oten.",
        "The plan grabbed the attention of Mara Oten.",
        "Mara Oten searched the archive for letters.",
        "Ben Dorn took the letter away on Monday.",
        "Mara Oten broke up with her company on Monday.",
        "Mara Oten tried to help Ben Dorn on Monday.",
    ],
)
def test_words_that_state_no_act(text):
    assert not told(text)


def test_beaten_and_jailed_are_two_acts_and_no_beating_in_jail():
    kinds = {type_ for type_, _, _, _ in told("Mara Oten was beaten and jailed in Orla.")}
    assert kinds == {"physical_assault", "arbitrary_detention"}
