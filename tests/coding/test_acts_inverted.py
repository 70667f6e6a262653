"""Victims of turned sentences, of lists they are counted in, and who only stands near an act.

All names and places are invented.
"""

import pytest
from acts_told import acts_told

LEAD = "Many reports of the raids in the country were published on Monday. "


def acts(text):
    """Each act of a text: its type, and the names of its victims and perpetrators."""
    return [(a.type, a.victims, {n for n, _ in a.doers}) for a in acts_told(text, LEAD)]


def victims(text):
    return set().union(*(suffered for _, suffered, _ in acts(text)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Killed were Anna Moe and Erik Vost.", {"Anna Moe", "Erik Vost"}),
        ("Also arrested was the reporter Anna Moe.", {"Anna Moe"}),
        ("Also detained: Anna Moe.", {"Anna Moe"}),
        ("Among those arrested on Friday was Anna Moe.", {"Anna Moe"}),
        ("Lawyer Anna Moe was also among those abducted.", {"Anna Moe"}),
    ],
)
def test_a_turned_sentence_names_its_victims(text, names):
    assert victims(text) == names


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Anna Moe's killing angered residents.", "killing"),
        ("Anna Moe's body was found near the river.", "remains_found"),
        ("The gunmen took Anna Moe hostage.", "hostage_taking"),
        ("Anna Moe was found guilty of libel by the court.", "arbitrary_detention"),
        ("Anna Moe remains behind bars.", "arbitrary_detention"),
        ("Anna Moe, who has been held since May, denies it.", "arbitrary_detention"),
    ],
)
def test_what_befell_one_person(text, kind):
    assert (kind, {"Anna Moe"}) in [(type_, suffered) for type_, suffered, _ in acts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Erik Vost faces kidnapping and other charges.",
        "According to the police commissioner, Erik Vost, the man was kidnapped on Friday.",
        "The husband of jailed teacher Anna Moe (Erik Vost/AFP) spoke to reporters.",
        "Gunmen attacked a blogger and critic of the president, Erik Vost.",
    ],
)
def test_who_only_stands_near_an_act_is_no_victim(text):
    assert "Erik Vost" not in victims(text)


@pytest.mark.parametrize(
    "text",
    [
        "The agreement calls for a prisoner release in the north.",
        "Workers hold managers hostage in the factory.",
    ],
)
def test_a_word_for_captives_that_says_what_others_are_is_nobody(text):
    assert not victims(text) & {"prisoner", "hostage"}


def test_what_prosecutors_ask_for_has_not_been_done():
    text = "Prosecutors asked that Erik Vost be charged with the murder of Anna Moe."
    charge = next(a for a in acts_told(text, LEAD) if a.type == "arbitrary_detention")
    assert charge.modality == "hypothetical"
