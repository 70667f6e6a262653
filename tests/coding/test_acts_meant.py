"""Which words for acts mean none, and what those say that mean one.

All names and places are invented.
"""

import pytest
from acts_told import acts_told

from onrecord.pipeline import extract_text

LEAD = "Many reports from the country were published on Monday. "


def told(text):
    return acts_told(text, LEAD)


@pytest.mark.parametrize(
    "text",
    [
        "The senator attacked the bill as unjust.",
        "The senator attacked the minister over the budget.",
        "Opposition leaders attacked the mayor's record on jobs.",
        "The candidate launched an attack on her rival's credibility.",
        "The sanctions target the central bank and two generals.",
        "The campaign targets young voters.",
        "The minister fired back at critics of the dam.",
        "The governor cracked down on tax evasion.",
        "The army's crackdown on corruption continued.",
        "The governor beat the mayor in the election.",
        "The senate killed the bill.",
        "The aide shot back: never.",
        "The cabinet kicked the ball into the long grass.",
        "Jobs are disappearing in Orla.",
        "A trader in Orla took his own life.",
        "The notary charges from $40 to $60 for a stamp.",
        "The men who train here are fighters of the old school.",
        "A firm is setting up shop next to the church.",
        "The president dismissed the lawmaker as a clown.",
        "Rebels removed the president from office.",
        "Miners are killed every year.",
        "The mill laid off 200 workers in Orla.",
        "Ivo Dane died after forty days on hunger strike.",
        "Three miners died in a gas explosion in Orla.",
        "Two miners died in a coal mine in Orla.",
        "No person shall be subjected to torture.",
        "A heart attack killed the governor of the province.",
        "Flood waters killed ten villagers in Orla.",
        "She's picked up two awards in Orla.",
    ],
)
def test_what_is_no_act_is_not_told_as_one(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Gunmen attacked the mayor over a debt.", "attack_on_civilians"),
        ("The policeman attacked the reporter for filming him.", "attack_on_civilians"),
        ("Soldiers attacked the school.", "attack_on_property"),
        ("Rebels attacked the tanker.", "attack"),
        ("Rebels attacked the airfield and the pier.", "attack"),
        ("The army launched an attack on the rebels.", "armed_clash"),
        ("Police cracked down on protesters.", "excessive_force"),
        ("Thieves beat the reporter in the yard.", "physical_assault"),
        ("The ministry dismissed the teacher Ivo Dane as head of the school.", "reprisal_at_work"),
        ("Gunmen removed the lawyer from his office.", "abduction"),
        ("Miners are killed by the militia every year.", "killing"),
        ("Men attacked refugee centres.", "attack"),
        ("A guard broke in and stabbed his arm.", "physical_assault"),
        ("Gunmen took the life of a trader.", "killing"),
        ("A trader disappeared in Orla.", "enforced_disappearance"),
        ("Police beat three voters at the poll.", "physical_assault"),
        ("Soldiers set the school on fire.", "attack_on_property"),
        ("The army trains the militia in a camp.", "support_of_armed_group"),
        ("No fewer than 30 villagers were killed.", "killing"),
        ("The villagers shall be killed, the letter said.", "killing"),
        ("The earthquake survivors killed two looters.", "killing"),
        ("Two bakers beat the novices.", "physical_assault"),
    ],
)
def test_what_is_an_act_stays_one_of_its_kind(text, kind):
    assert [act.type for act in told(text)] == [kind]


def test_who_dies_in_a_raid_or_when_it_is_shelled_is_killed():
    for text in ("Ten farmers died in a raid on Orla.", "Ten died when soldiers shelled Orla."):
        assert "killing" in {act.type for act in told(text)}


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The levy could force firms to dismiss 200 workers.", "hypothetical"),
        ("Officials may have to evict 300 families.", "hedged"),
        ("Some 200 workers would have to be sacked.", "hypothetical"),
        ("The council will allow the militia to evict 300 families.", "future"),
        ("The suspects need to be arrested.", "hypothetical"),
        ("The colonel wants weapons to kill civilians.", "future"),
        ("The party proposed to expel 2,000 migrants.", "future"),
        ("Soldiers ordered the villagers to leave the village or be shot.", "hypothetical"),
        ("The union wants the army to leave, and asks that the soldiers be punished.", None),
        ("The union demands that the army free the pupils, suspend Ivo Dane.", "hypothetical"),
        ("The minister defended her calls for jailing reporters.", "hypothetical"),
        ("The general ordered his men to shoot the villagers.", "asserted"),
        ("The police had to evict 300 families.", "asserted"),
        ("Guards beat and kicked the driver.", "asserted"),
    ],
)
def test_what_was_only_to_be_is_not_told_as_done(text, modality):
    assert {act.modality for act in told(text)} == ({modality} if modality else set())


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("The killing of Anna Moe was not the first in Orla.", "affirmed"),
        ("The arrest of Anna Moe was not a surprise.", "affirmed"),
        ("The court ruled that soldiers had killed Anna Moe.", "affirmed"),
        ("The court ruled out that soldiers had killed Anna Moe.", "negated"),
        ("The killing of Anna Moe was not carried out by the army.", "negated"),
        ("Anna Moe was not killed.", "negated"),
        ("No fewer than 30 villagers were killed.", "affirmed"),
        ("No villagers were killed by the army.", "negated"),
    ],
)
def test_how_an_act_was_does_not_deny_it(text, polarity):
    assert {act.polarity for act in told(text)} == {polarity}


def test_who_has_done_it_is_no_victim():
    act = told("Ivo Dane said: She's killed two men. Anna Moe's killed two men, he said.")[-1]
    assert "Anna Moe" not in act.victims


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Blasts shook Orla, the home of Senator Ivo Dane, which killed ten people.", set()),
        ("The Hill Front, which killed ten people, denied it.", {"Hill Front"}),
        ("The army can crush the rebellion and its attacks on villages.", set()),
        ("The militia and their attacks on villages were feared by the army.", {"The militia"}),
    ],
)
def test_what_stands_for_a_thing_is_no_doer(text, doers):
    found = [act for act in told(text) if act.words != "feared"]
    assert {name for act in found for name, _ in act.doers} == doers


PRIMARY = (
    "Voters in Orla chose the candidate of the Lake Party in a primary on Sunday. A poll had given "
    "Mira Ost more delegates than any other candidate. The nomination was open until polls closed. "
)


def test_rivals_in_a_primary_strike_nobody():
    text = "Mira Ost beat Ivo Dane. She picked up 20 delegates, and her attacks on Dane went on."
    assert acts_told(PRIMARY + text) == []


def test_violence_at_a_primary_is_told():
    found = acts_told(PRIMARY + "Police beat two voters. Her supporters attacked a reporter.")
    assert [act.type for act in found] == ["physical_assault", "attack_on_civilians"]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("The envoy met the prisoners in May 2019.", None),
        ("The prisoners taken in May 2019 were freed.", "2019-05"),
        ("The son of a trader arrested in May 2019 was shot by soldiers.", "2019-05"),
    ],
)
def test_when_prisoners_were_met_is_not_when_they_were_taken(text, date):
    assert extract_text(LEAD + text).acts[0].date == date


def test_what_befell_another_earlier_dates_nothing_else():
    shot = extract_text(
        LEAD + "The son of a trader arrested in May 2019 was shot by soldiers."
    ).acts
    assert [act.date for act in shot if act.type == "physical_assault"] == [None]
