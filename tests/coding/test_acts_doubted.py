"""Doers whom a parse seems to give and the words do not: onlookers, sufferers, nobody in person.

All names and places are invented.
"""

import pytest
from acts_told import acts_told

LEAD = "Many reports of the raids in the country were published on Monday. "


def told(text, word):
    """Polarity, modality, doers and victims of the act that a word of a text states."""
    [act] = [a for a in acts_told(text, LEAD) if a.words.startswith(word)]
    return act.polarity, act.modality, dict(act.doers), act.victims


def doers(text, word):
    """Who did what a word of a text states; nobody where it states no act."""
    return {n: how for a in acts_told(text, LEAD) if a.words.startswith(word) for n, how in a.doers}


@pytest.mark.parametrize(
    ("text", "word", "doer"),
    [
        (
            (
                "Jory Aft is 40 and afraid of the militia, which burned his barn, flogged his wife "
                "and tortured his father."
            ),
            "flogged",
            "the militia",
        ),
        (
            (
                "The family was at supper when six officers came in, searched the house and "
                "arrested Jory Aft."
            ),
            "arrested",
            "six officers",
        ),
        (
            (
                "The weaver recalls that she hid in the loft while rebels set her shed alight, "
                "seized her husband and killed him."
            ),
            "killed",
            "rebels",
        ),
        (
            (
                "Dovic Karr was reading at home when soldiers broke down his door, slapped him "
                "twice and stabbed his uncle."
            ),
            "stabbed",
            "soldiers",
        ),
        (
            "Lenka Orr was driving home as policemen stopped her car, pulled her out and beat her.",
            "beat",
            "policemen",
        ),
        (
            (
                "Jory Aft had been sleeping when militiamen entered the hut, bound him and flogged "
                "his wife."
            ),
            "flogged",
            "militiamen",
        ),
        (
            "The militia surrounded the mill at dawn, set fire to it and murdered six weavers.",
            "murdered",
            "The militia",
        ),
        (
            "Captain Dovic Karr was drunk when he stopped the bus, and shot the driver.",
            "shot",
            "Dovic Karr",
        ),
        (
            "Soldiers were patrolling the market when a boy threw a stone, and beat him.",
            "beat",
            "Soldiers",
        ),
    ],
)
def test_a_list_goes_on_with_the_clause_that_it_follows(text, word, doer):
    assert doers(text, word) == {doer: "carried_out"}


@pytest.mark.parametrize(
    ("text", "word", "doer"),
    [
        (
            (
                "Policemen ambushed the union leader Jory Aft, treasurer of the Dockers' League, "
                "kicking him in the ribs."
            ),
            "kicking",
            "Policemen",
        ),
        ("Soldiers are emptying the valley, shooting herders and monks.", "shooting", "Soldiers"),
        (
            (
                "Two masked men attacked Mirela Tosk, a columnist at the Pelna Herald, badly "
                "beating her."
            ),
            "beating",
            "Two masked men",
        ),
    ],
)
def test_a_participle_behind_a_comma_has_the_doer_of_its_verb(text, word, doer):
    assert doers(text, word) == {doer: "carried_out"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Travellers searched at the border and then detained seldom see a judge.", "detained"),
        ("The nurses kidnapped last week have not been heard of.", "kidnapped"),
        ("Hundreds of shopkeepers were rounded up, badly beaten and tortured.", "tortured"),
        ("Militia prisoners were seen in Pelna.", "prisoners"),
        ("Army detainees went on hunger strike in Pelna.", "detainees"),
        ("The guards taken hostage by the miners had beaten a boy.", "taken hostage"),
        (
            (
                "According to the bishop, the army laid mines, wounded farmers, killed cattle, and "
                "displaced villagers."
            ),
            "displaced",
        ),
    ],
)
def test_who_suffers_it_is_no_doer(text, word):
    assert "carried_out" not in doers(text, word).values()


@pytest.mark.parametrize(
    ("text", "word", "doer"),
    [
        ("Four girls escaped after being raped by border guards.", "raped", "border guards"),
        ("The rebels entered Pelna at night and murdered at random.", "murdered", "The rebels"),
        ("The guards shot two boys by the river.", "shot", "The guards"),
    ],
)
def test_who_did_it_stays_so_without_an_object_or_before_by(text, word, doer):
    assert doers(text, word) == {doer: "carried_out"}


def test_who_is_jailed_at_the_end_of_a_list_suffers_it():
    text = "Dozens of teachers have been dismissed, repeatedly threatened and jailed since spring."
    assert told(text, "jailed")[2:] == ({}, {"teachers"})


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        ("Gunmen from the militia who abducted nurses were tried.", "abducted", "Gunmen"),
        ("Snipers of the army who shot at crowds were fired.", "shot", "Snipers"),
    ],
)
def test_who_stands_for_those_before_the_body_they_are_of(text, word, who):
    assert doers(text, word) == {who: "carried_out"}


@pytest.mark.parametrize(
    "text",
    [
        "Dovic Karr was fined for resisting arrest at the harbour.",
        "The miners were accused of resisting arrest.",
        "The police charged Mirela Tosk with evading arrest.",
    ],
)
def test_who_resisted_an_arrest_arrested_nobody(text):
    assert set(doers(text, "arrest")) <= {"The police"}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Not a single guard was punished for beating Jory Aft.", "beating"),
        ("Not a soldier was sacked for shooting the nurses.", "shooting"),
        ("No soldier has ever stood trial for raping the nurses.", "raping"),
        ("Any guard who beats a prisoner must be dismissed.", "beats"),
    ],
)
def test_nobody_and_anybody_are_no_doers(text, word):
    assert doers(text, word) == {}


def test_what_a_law_forbids_anybody_is_not_told_as_done():
    assert told("Anyone who tortures a prisoner faces ten years in jail.", "tortures")[1] == (
        "hypothetical"
    )


def test_that_none_was_tried_denies_no_massacre_and_names_who_is_held_responsible():
    found = told("None of the soldiers responsible for the massacre has faced a court.", "massacre")
    assert (found[0], found[2]) == ("affirmed", {"the soldiers": "responsible"})
    assert told("None of the villagers was killed.", "killed")[0] == "negated"


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        ("Bishop Dovic Karr preached against killing prisoners.", "killing", {}),
        ("The court jailed three officers over a plot to murder Mirela Tosk.", "murder", {}),
        ("The minister named two captains involved in a failed plot to murder the queen.",
         "murder", {}),
        ("Letters revealed the militia's scheme to abduct Lenka Orr.", "abduct",
         {"the militia": "carried_out"}),
    ],
)  # fmt: skip
def test_what_is_only_planned_or_preached_against_is_done_by_nobody_but_who_plans_it(
    text, word, who
):
    assert told(text, word)[1:3] == ("hypothetical", who)


@pytest.mark.parametrize(
    ("text", "word", "polarity"),
    [
        ("The colonel never ordered his men to shoot the weavers.", "shoot", "negated"),
        ("The abbot never told the cooks to beat the monks.", "beat", "negated"),
        ("The abbot would not allow the soldiers to arrest the monks.", "arrest", "negated"),
        ("The judge did not permit the guards to beat the prisoners.", "beat", "negated"),
        ("The general did not let his men shoot the herders.", "shoot", "negated"),
        ("The court's order did not result in arrests of miners.", "arrests", "negated"),
        ("The colonel ordered his men to shoot the weavers.", "shoot", "affirmed"),
        ("The general let his men shoot the herders.", "shoot", "affirmed"),
        ("The guards did not fail to beat the monks.", "beat", "affirmed"),
        ("The colonel did not only pay men to beat Jory Aft.", "beat", "affirmed"),
        ("The speech led to killings of miners.", "killings", "affirmed"),
    ],
)
def test_not_before_a_verb_of_trying_telling_or_causing_denies_the_act(text, word, polarity):
    assert told(text, word)[0] == polarity


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        ("Guards had been ordered to use rifles to kill the monks.", "kill", "future"),
        ("They threatened to arrest him and kill his brother.", "kill", "future"),
        ("The weaver was certain that the rangers were going to beat her.", "beat", "future"),
        ("The troops were about to shoot the herders.", "shoot", "future"),
        (
            "The judge asked whether the mayor had hired men to beat the weavers.",
            "beat",
            "hypothetical",
        ),
        ("The soldiers robbed Lenka Orr and murdered Jory Aft.", "murdered", "asserted"),
    ],
)
def test_what_was_ordered_threatened_or_asked_is_not_told_as_done(text, word, modality):
    assert told(text, word)[1] == modality


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        ("Militiamen visited bakeries to extort cash from their owners.", "extort",
         {"Militiamen": "carried_out"}),
        ("The governor evicted the herders to rob the weavers.", "rob",
         {"The governor": "carried_out"}),
        ("The governor dispatched policemen to arrest the weavers.", "arrest",
         {"policemen": "carried_out", "The governor": "ordered"}),
        ("The mayor hired thugs to beat the miners.", "beat",
         {"thugs": "carried_out", "The mayor": "ordered"}),
    ],
)  # fmt: skip
def test_who_is_sent_does_it_and_who_is_raided_does_not(text, word, who):
    assert doers(text, word) == who


def test_who_only_slapped_him_denies_the_shooting_and_owns_up_to_the_slap():
    text = "“I never shot the boy, I only slapped him,” Sergeant Jory Aft said in court."
    who = {"Jory Aft": "carried_out"}
    assert told(text, "shot")[::2] == ("negated", who)
    assert told(text, "slapped")[::2] == ("affirmed", who)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (("Lomaria remembers the governor and the bomb that exploded at the fair, killing 30 "
         "people."), {}),
        (("The militia left Pelna after the hurricane that hit the coast in June, killing dozens "
         "of farmers."), {}),
        ("Rebels launched a shell that hit a clinic, killing two nurses.",
         {"Rebels": "carried_out"}),
        ("The army shelled Pelna, a town of weavers, killing four children.",
         {"The army": "carried_out"}),
    ],
)  # fmt: skip
def test_what_a_storm_kills_is_not_killed_by_who_mourns(text, who):
    assert doers(text, "killing") == who


def test_who_suffers_ethnic_cleansing_is_not_accused_of_it():
    text = "The minister rejected accusations of ethnic cleansing against the Varo minority."
    assert doers(text, "ethnic cleansing") == {}
    text = "The tribunal heard accusations of torture against the general."
    assert doers(text, "torture") == {"the general": "suspected"}


@pytest.mark.parametrize(
    "text",
    [
        "The miners threw stones. They killed the miners with rifles.",
        "The rebels took the fort. They shot the rebels at dawn.",
        "The rebels had mortars. If they knew the way, they could have attacked the rebels.",
    ],
)
def test_nobody_does_it_to_whom_the_same_words_name(text):
    assert not any(act.doers for act in acts_told(text, LEAD))


def test_those_before_a_verb_do_it_to_them():
    text = "Soldiers met the herders at the well before beating them."
    assert doers(text, "beating") == {"Soldiers": "carried_out"}


@pytest.mark.parametrize(
    "text",
    [
        "The president was ousted in a coup in May.",
        "He denied any collaboration with the army.",
        "Nobody but his sister worked for the ministry.",
        "The court dismissed his appeal.",
        "Not a single officer knew of it.",
    ],
)
def test_who_is_told_of_for_another_reason_is_not_linked_to_an_arrest(text):
    found = acts_told(f"Dovic Karr was jailed in Pelna on Friday. {text}", LEAD)
    assert [act.doers for act in found if act.words == "jailed"] == [[]]


@pytest.mark.parametrize(
    "text",
    [
        "His neighbour was a suspect in a tax fraud.",
        "The defendant in a fraud trial in Orla was freed.",
    ],
)
def test_a_suspect_of_something_else_is_not_linked_to_a_killing(text):
    found = acts_told(f"Dovic Karr was shot dead in Pelna on Friday. {text}", LEAD)
    assert [act.doers for act in found if act.words.startswith("shot")] == [[]]


@pytest.mark.parametrize(
    ("text", "word", "who"),
    [
        ("The bank froze the assets of three officers it says tortured the monks.", "tortured",
         {"three officers": "carried_out"}),
        ("Lomaria listed five officers it believes kidnapped the nurses.", "kidnapped",
         {"five officers": "carried_out"}),
        ("The union expelled two guards it accuses of beating a miner.", "beating",
         {"two guards": "suspected"}),
        ("Editors named a colonel they hold responsible for killing the nurses.", "killing",
         {"a colonel": "responsible"}),
        ("The union, which is accused of beating a miner, met on Friday.", "beating",
         {"The union": "suspected"}),
    ],
)  # fmt: skip
def test_who_says_it_of_somebody_did_not_do_it(text, word, who):
    assert doers(text, word) == who


@pytest.mark.parametrize(
    ("text", "word", "modality"),
    [
        ("Guards whipped Jory Aft until he confessed that he killed a judge.", "killed", "hedged"),
        ("Guards forced Dovic Karr to confess that he murdered a nurse.", "murdered", "hedged"),
        ("Dovic Karr confessed that he murdered a nurse.", "murdered", "asserted"),
    ],
)
def test_what_somebody_was_made_to_confess_is_hedged(text, word, modality):
    assert told(text, word)[1] == modality


def test_force_is_a_means_and_a_force_is_a_body():
    text = "Guards used force to arrest the miners."
    assert doers(text, "arrest") == {"Guards": "carried_out"}
    assert doers("A peacekeeping force attacked the village.", "attacked")


def test_who_is_tried_on_false_charges_suffers_the_trial():
    _, _, who, victims = told("Mirela Tosk was convicted on fabricated charges.", "fabricated")
    assert (who, victims) == ({}, {"Mirela Tosk"})


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
