"""Doers whom a parse seems to give and the words do not: onlookers, sufferers, nobody in person.

All names and places are invented.
"""

import pytest
from acts_told import acts_told

LEAD = "Many reports of the raids in the country were published on Monday. "


def told(text, word):
    """Type, polarity, modality, doers and victims of the act that a word of a text states."""
    [act] = [a for a in acts_told(text, LEAD) if a.words.startswith(word)]
    return act.polarity, act.modality, dict(act.doers), act.victims


def doers(text):
    """The doers of each act of a text, by the words that state it."""
    return {act.words: dict(act.doers) for act in acts_told(text, LEAD)}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (
            (
                "Erik Vost, an 18-year-old man from Orla, said he was 17 when police arrested him, "
                "verbally and physically abused him, and harassed him."
            ),
            "abused",
        ),
        (
            (
                "Erik Vost said he watched as police took his brother from his house, tortured and "
                "killed him."
            ),
            "tortured",
        ),
        (
            (
                "Villagers across Orla face violence from police, who abuse and assault them, "
                "arbitrarily arrest them, and detain them."
            ),
            "detain",
        ),
    ],
)
def test_a_list_goes_on_with_the_clause_that_it_follows(text, word):
    assert told(text, word)[2] == {"police": "carried_out"}


def test_a_list_of_what_one_party_did_stays_theirs():
    text = "The army watched the village, attacked it and killed ten farmers."
    assert doers(text)["killed"] == {"The army": "carried_out"}


def test_who_is_attacked_does_not_beat_himself():
    text = "Guards attacked prominent lawyer Erik Vost, head of a union, badly beating him."
    assert told(text, "beating")[2] == {"Guards": "carried_out"}


def test_who_is_kidnapped_is_not_the_one_who_kidnaps_her():
    text = "Anna Moe was on holiday in Orla with her brother before kidnapping her."
    assert doers(text)["kidnapping"] == {}
    assert doers("Anna Moe says that Erik Vost hit her before kidnapping her.")["kidnapping"] == {
        "Erik Vost": "carried_out"
    }


@pytest.mark.parametrize(
    "text",
    [
        "Thousands of people have been persecuted, violently attacked and arrested in Orla.",
        "Students stopped at checkpoints and subsequently arrested are rarely charged.",
        "Some corpses were found in rivers, some showing signs of beatings, others dismembered.",
        "The girls abducted are in serious danger.",
        "Thousands of Taliban prisoners are released.",
    ],
)
def test_who_suffers_it_is_no_doer_for_want_of_an_object(text):
    assert not any(doers(text).values())


def test_who_resisted_an_arrest_arrested_nobody():
    found = doers("The police charged Erik Vost with resisting arrest on Monday.")
    assert all("Erik Vost" not in who for who in found.values())


def test_whom_by_names_is_a_doer_without_an_object():
    text = "Two women were rescued after being abducted by foreign men in Orla."
    assert doers(text)["abducted"] == {"foreign men": "carried_out"}
    text = "The army stormed the village and killed at will in Orla."
    assert doers(text)["killed"] == {"The army": "carried_out"}


def test_nobody_and_anybody_are_no_doers():
    assert doers("Not one officer has been charged with torturing Anna Moe.")["torturing"] == {}
    polarity, modality, who, _ = told(
        "Any person who assaults a woman is punishable by prison.", "assaults"
    )
    assert (polarity, modality, who) == ("affirmed", "hypothetical", {})


def test_that_none_was_tried_denies_no_murder_and_names_who_is_held_responsible():
    found = told("None of the officers responsible for the murders was convicted.", "murders")
    assert (found[0], found[2]) == ("affirmed", {"the officers": "responsible"})


def test_who_speaks_against_it_or_punishes_its_planners_does_not_do_it():
    assert told("Erik Vost spoke tough against torturing suspects.", "torturing")[1:] == (
        "hypothetical",
        {},
        {"suspects"},
    )
    text = "The department sanctioned four agents behind a failed plot to kidnap Anna Moe."
    assert told(text, "kidnap")[1:] == ("hypothetical", {}, {"Anna Moe"})


def test_who_plans_it_is_named_by_whose_plan_it_is():
    found = told("She thanked them for foiling the ministry's plot to kidnap Anna Moe.", "kidnap")
    assert found[1:3] == ("hypothetical", {"the ministry": "carried_out"})


@pytest.mark.parametrize(
    ("text", "word", "polarity"),
    [
        ("Erik Vost did not order soldiers to kill the farmer.", "kill", "negated"),
        ("The army was not trying to use the law to persecute the union.", "persecute", "negated"),
        ("The law has not led to arrests of writers.", "arrests", "negated"),
        ("The army did not hesitate to kill the boys.", "kill", "affirmed"),
        ("The army did not only order soldiers to kill the farmer.", "kill", "affirmed"),
        ("The law has led to arrests of writers.", "arrests", "affirmed"),
    ],
)
def test_not_before_a_verb_of_trying_telling_or_causing_denies_the_act(text, word, polarity):
    assert told(text, word)[0] == polarity


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        ("Snipers were ordered to shoot to kill.", "kill", "future"),
        ("The men called her and threatened to beat, rape, and kill Anna Moe.", "kill", "future"),
        ("Anna Moe felt that the men were going to kill her brother.", "kill", "future"),
        ("They asked if Erik Vost paid men to torture prisoners.", "torture", "hypothetical"),
        ("The men beat Anna Moe and killed Erik Vost.", "killed", "asserted"),
    ],
)
def test_what_was_ordered_threatened_or_asked_is_not_told_as_done(text, word, modality):
    assert told(text, word)[1] == modality


def test_who_is_sent_does_it_and_whose_paper_is_closed_does_not():
    text = "The police raided media outlets to extort money from their owners."
    assert doers(text)["extort"] in ({}, {"The police": "carried_out"})
    text = "The colonel sent soldiers to attack the village."
    assert doers(text)["attack"] == {"soldiers": "carried_out", "The colonel": "ordered"}


def test_who_says_that_he_only_beat_him_denies_the_killing_and_owns_up_to_the_beating():
    text = "“I did not kill him, I only beat him,” Captain Erik Vost told the court."
    who = {"Erik Vost": "carried_out"}
    assert told(text, "kill")[::2] == ("negated", who)
    assert told(text, "beat")[::2] == ("affirmed", who)


def test_what_a_quake_kills_is_not_killed_by_who_mourns():
    text = (
        "Lomaria also is trying to recover from the assassination of President Moe and a 7.2 "
        "magnitude earthquake that struck in mid-August, killing more than 2,200 people."
    )
    assert doers(text).get("killing", {}) == {}
    text = "Troops stormed the village, killing ten farmers."
    assert doers(text)["killing"] == {"Troops": "carried_out"}


def test_who_suffers_a_genocide_is_not_accused_of_it():
    text = "Lomaria came to the court to face accusations of genocide against its Dabo minority."
    assert "its Dabo minority" not in doers(text).get("genocide", {})
    text = "Prosecutors dropped charges of torture against the colonel."
    assert doers(text)["torture"] == {"the colonel": "suspected"}


def test_forced_labour_has_no_doer_called_forced():
    assert not any(doers("The system can give rise to forced labor in Orla.").values())


def test_what_nobody_is_allowed_to_do_is_not_told_as_done():
    found = told("A civilized society will not allow them to take the patients hostage.", "take")
    assert found[0] == "negated"


def test_they_are_not_those_to_whom_they_do_it():
    text = "The rebels sold guns. If they knew the place, they could have bombed the rebels."
    assert doers(text).get("bombed", {}) == {}
    text = "Two were killed when gunmen stopped the convoy of the foreigners before beating them."
    assert doers(text)["beating"] == {"gunmen": "carried_out"}


@pytest.mark.parametrize(
    "text",
    [
        "He was the driver of an official who was a suspect in a corruption case.",
        "An elected government was unseated in a coup last year.",
        "He was held over suspected collusion with foreign forces.",
        "A cousin worked with the ministry for years.",
        "A court dismissed the case on Friday.",
    ],
)
def test_who_is_told_of_for_another_reason_is_not_linked_to_an_arrest(text):
    found = acts_told(f"Anton Vey was jailed in Orla on Monday. {text}", LEAD)
    assert [dict(act.doers) for act in found if act.words == "jailed"] == [{}]


def test_who_alleges_it_of_somebody_did_not_do_it():
    text = "The ministry sanctioned four officials it alleges targeted a journalist in Orla."
    assert doers(text)["targeted"] == {"four officials": "carried_out"}


def test_what_somebody_was_made_to_confess_is_hedged():
    text = "Erik Vost was tortured in order to confess that he burnt a vehicle in Orla."
    assert told(text, "burnt")[1] == "hedged"
    text = "Erik Vost confessed that he burnt a vehicle in Orla."
    assert told(text, "burnt")[1] == "asserted"


def test_whom_the_words_behind_them_say_it_was_done_to_did_not_do_it():
    text = (
        "The union calls on the government of Lomaria to immediately release all scholars, "
        "writers, artists, and students arbitrarily detained and at risk of torture."
    )
    assert doers(text).get("detained", {}) == {}
    text = "He said the policemen taken hostage by them had attacked the headquarters."
    assert "the policemen" not in doers(text).get("taken hostage", {})


def test_an_item_of_a_list_is_not_the_doer_of_the_next():
    text = (
        "According to the union, the authorities carried out numerous arrests, harassed "
        "journalists, censored social media, and sacked academics who spoke out."
    )
    assert "journalists" not in doers(text)["censored"]


def test_a_participle_behind_a_comma_has_the_doer_of_its_verb():
    text = "Paramilitaries are terrorizing villages, targeting schools and teachers."
    assert doers(text)["targeting"] == {"Paramilitaries": "carried_out"}


def test_force_is_a_means_and_a_force_is_a_body():
    assert doers("The police used force to disperse protesters.")["disperse"] == {
        "The police": "carried_out"
    }
    assert doers("A force of the navy dispersed protesters.")["dispersed"]


def test_who_is_tried_on_false_charges_suffers_the_trial():
    [act] = [
        a
        for a in acts_told("Erik Vost was jailed in 2018 on trumped-up charges in Orla.", LEAD)
        if a.type == "unfair_trial"
    ]
    assert (act.doers, act.victims) == ([], {"Erik Vost"})


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        (
            "Lawyers said Mr Orlan must go if the inquiry finds that he killed a farmer.",
            "hypothetical",
        ),
        ("If judges conclude that a guard killed a farmer, the mayor will resign.", "hypothetical"),
        ("Judges concluded that a guard killed a farmer, and the mayor resigned.", "asserted"),
    ],
)
def test_what_may_yet_be_found_is_not_told_as_done(text, modality):
    assert told(text, "killed")[1] == modality
