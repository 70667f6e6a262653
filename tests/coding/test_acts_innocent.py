"""Who is not to be named as a doer: the cleared, the excluded, and those of whom it is denied.

All names and places are invented.
"""

import pytest
from acts_told import acts_told

LEAD = "Many reports of the raids in the country were published on Monday. "


def acts(text):
    """Type, polarity, modality, doers with involvement and victims of each act of a text."""
    return [
        (a.type, a.polarity, a.modality, dict(a.doers), a.victims) for a in acts_told(text, LEAD)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A jury cleared Erik Vost of killing Anna Moe.",
        "Erik Vost was acquitted of murdering Anna Moe.",
        "Erik Vost was acquitted of ordering the murder of Anna Moe.",
        "The tribunal found Erik Vost not guilty of raping Anna Moe.",
        "Erik Vost was exonerated of the kidnapping of Anna Moe.",
        "Erik Vost was falsely accused of murdering Anna Moe.",
        "Erik Vost was questioned as a witness over the murder of Anna Moe.",
        "Police said there was nothing to link Erik Vost to the murder of Anna Moe.",
        "Police found no evidence linking Erik Vost to the murder of Anna Moe.",
        "Erik Vost is being sought for the killing of Anna Moe.",
    ],
)
def test_who_is_cleared_or_only_asked_is_neither_doer_nor_victim(text):
    found = [act for act in acts(text) if act[0] != "arbitrary_detention"]
    assert [(act[3], act[4]) for act in found] == [({}, {"Anna Moe"})]


@pytest.mark.parametrize(
    ("text", "involvement"),
    [
        ("The tribunal found Erik Vost guilty of murdering Anna Moe.", "carried_out"),
        ("Erik Vost pleaded not guilty to strangling Anna Moe.", "suspected"),
        ("A suspect in the killing of Anna Moe, Erik Vost, was released.", "suspected"),
        ("Charges of torture against Erik Vost were dropped.", "suspected"),
        ("Erik Vost was accused of ordering the murder of Anna Moe.", "suspected"),
        ("Erik Vost went on trial on Monday for the murder of Anna Moe.", "suspected"),
        ("Erik Vost stood trial for the murder of Anna Moe.", "suspected"),
    ],
)
def test_who_is_accused_is_the_one_the_words_accuse(text, involvement):
    found = [act for act in acts(text) if act[0] != "arbitrary_detention"]
    assert [act[3] for act in found] == [{"Erik Vost": involvement}]
    assert "Erik Vost" not in set().union(*(act[4] for act in found))


@pytest.mark.parametrize(
    "text",
    [
        "There was no proof that Erik Vost had killed Anna Moe.",
        "The inquiry did not find any evidence that Erik Vost had killed Anna Moe.",
        "It is not true that Erik Vost killed Anna Moe, the minister said.",
        "Reports that Erik Vost had killed Anna Moe turned out to be false.",
        "The minister dismissed reports that Erik Vost had killed Anna Moe as lies.",
        "The newspaper withdrew its report that Erik Vost had killed Anna Moe.",
        "The newspaper wrongly reported that Erik Vost had killed Anna Moe.",
        "He was beaten after a false rumour that Erik Vost had killed Anna Moe.",
        "An earlier version of this article said that Erik Vost had killed Anna Moe.",
        "The police said they had killed nobody.",
        "Soldiers killed no civilians at Orla.",
        "They had no reason to believe that Erik Vost ordered the killing of Anna Moe.",
        "Nothing proves that Erik Vost killed Anna Moe.",
        "Erik Vost is not the killer of Anna Moe, the police said.",
    ],
)
def test_what_is_called_untrue_or_without_evidence_is_negated(text):
    assert {act[1] for act in acts(text) if act[0] == "killing"} == {"negated"}


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("It is true that soldiers killed Anna Moe, the minister said.", "asserted"),
        ("The inquiry found evidence that soldiers had killed Anna Moe.", "asserted"),
        ("Police failed to prevent the killing of Anna Moe by a mob.", "asserted"),
        ("Why did soldiers kill Anna Moe?", "asserted"),
        ("Did soldiers kill Anna Moe?", "hypothetical"),
        ("Had soldiers killed Anna Moe, they would have told us, he said.", "hypothetical"),
        ("Police prevented the killing of Anna Moe.", "hypothetical"),
        ("A guard saved Anna Moe from being killed by a mob.", "hypothetical"),
        ("Soldiers plotted to kill Anna Moe.", "future"),
        ("Two men were hired to kill Anna Moe.", "future"),
        ("Relatives believe that soldiers killed Anna Moe.", "hedged"),
        ("It cannot be ruled out that soldiers killed Anna Moe.", "hedged"),
        ("The envoy could not confirm that soldiers had killed Anna Moe.", "hedged"),
        ("They believed that he had ordered the killing of Anna Moe.", "hedged"),
        ("A rumour that soldiers had killed Anna Moe spread.", "hedged"),
    ],
)
def test_how_sure_an_act_is(text, modality):
    found = [(act[1], act[2]) for act in acts(text) if act[0] == "killing"]
    assert found == [("affirmed", modality)]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Moe was killed by robbers, not the police.",
        "Anna Moe was killed by robbers rather than by the police.",
        "Anna Moe was killed not by the police but by robbers.",
        "Anna Moe was not killed by the police but by robbers.",
        "It was robbers, not the police, who killed Anna Moe.",
    ],
)
def test_whom_the_words_exclude_is_no_doer(text):
    assert [act[1:] for act in acts(text)] == [
        ("affirmed", "asserted", {"robbers": "carried_out"}, {"Anna Moe"})
    ]


def test_who_kills_himself_is_nobodys_killer_and_a_bomber_kills_others():
    assert acts("Erik Vost killed himself in his cell.") == []
    [act] = acts("Erik Vost killed himself and seven recruits at the barracks.")
    assert act[3:] == ({"Erik Vost": "carried_out"}, {"seven recruits"})


def test_a_wife_who_is_killed_is_not_her_husband():
    found = acts("Gunmen attacked the car of Erik Vost, killing his wife.")
    assert {"his wife"} in [act[4] for act in found]
    assert {"Erik Vost"} not in [act[4] for act in found]


def test_those_both_of_a_newspaper_are_not_the_newspaper():
    [act] = acts("Moe and Vost, both of the daily Orla Voice, were beaten by police.")
    assert "Orla Voice" not in act[4]


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Judge Ida Rohn jailed five policemen for killing Anna Moe.", {"five policemen"}),
        ("Judge Ida Rohn sentenced Captain Erik Vost for torturing Anna Moe.", {"Erik Vost"}),
        (
            "A court upheld the life sentence of Erik Vost for the murder of Anna Moe.",
            {"Erik Vost"},
        ),
        ("A court upheld the conviction for the murder of Anna Moe.", set()),
    ],
)
def test_a_court_that_judges_violence_wrongs_nobody(text, doers):
    [act] = acts(text)
    assert set(act[3]) == doers
    assert act[4] == {"Anna Moe"}


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Anna Moe was found murdered at the offices of a company.", set()),
        ("A bomb planted by the Koru Front killed Anna Moe.", {"Koru Front"}),
        ("Rebels of the Koru Front killed Anna Moe, the army said.", {"Koru Front"}),
        ("The Koru Front said it killed Anna Moe.", {"Koru Front"}),
        ("They met an envoy. Residents said so. They killed Anna Moe.", set()),
    ],
)
def test_who_killed_is_who_the_words_name_and_nobody_else(text, doers):
    found = [act for act in acts(text) if act[0] == "killing"]
    assert [(set(act[3]), act[4]) for act in found] == [(doers, {"Anna Moe"})]


def test_an_army_that_stayed_away_is_not_linked_to_what_others_did():
    found = acts("Militiamen burned the village. Twelve people were killed. The army did not come.")
    assert "The army" not in {name for act in found for name in act[3]}


def test_those_who_shoot_are_not_those_shot():
    assert acts("The soldiers shot at everything, a villager said.") == []
    assert "Erik Vost" not in str(acts("Minister Erik Vost threatened to jail journalists."))
    [act] = acts("Journalist shot at home in Orla.")
    assert act[4] == {"Journalist"}


def test_who_stands_beside_a_victim_is_no_victim():
    [act] = acts("The mother of one of the murdered drivers, Anna Moe, asked for help.")
    assert "Anna Moe" not in act[4]


@pytest.mark.parametrize(
    "text",
    [
        "A high court judge, Ida Rohn, set aside the conviction of Erik Vost.",
        "The Supreme Court overturned the conviction of Erik Vost.",
    ],
)
def test_who_sets_a_judgement_aside_is_not_linked_to_it(text):
    assert [act[3] for act in acts(text)] == [{}]
