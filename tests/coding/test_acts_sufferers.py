"""Acts: who suffered them. All names and places are invented."""

import pytest

from onrecord.pipeline import extract_text
from tests.coding.acts_told import acts_told

LEAD = "It was said on Monday that this was a matter for the courts of the country.\n"


def told(text, kind):
    """The victims of each act of a kind, in the order of the text."""
    return [act.victims for act in acts_told(text, LEAD) if act.type == kind]


@pytest.mark.parametrize(
    ("text", "kind", "victims"),
    [
        (
            "Tomas Orel, his wife and two children were killed by gunmen in Dabo.",
            "killing",
            {"Tomas Orel", "his wife", "two children"},
        ),
        (
            "Tomas Orel, his driver and a bodyguard were killed by gunmen in Dabo.",
            "killing",
            {"Tomas Orel", "his driver", "a bodyguard"},
        ),
        (
            "They abducted the teacher, Orin Vale, and his wife on Sunday in Dabo.",
            "abduction",
            {"Orin Vale", "his wife"},
        ),
        (
            "Tomas Orel, a teacher and father of two, was killed in Dabo on Monday.",
            "killing",
            {"Tomas Orel"},
        ),
        (
            "Tomas Orel, his cousin and a former mayor, was killed in Dabo on Monday.",
            "killing",
            {"Tomas Orel"},
        ),
        ("His cousin and classmate had been beaten in Dabo.", "physical_assault", {"His cousin"}),
        ("His wife and son had been killed in Dabo.", "killing", {"His wife", "son"}),
    ],
)
def test_a_family_is_told_whole_and_nobody_twice(text, kind, victims):
    assert told(text, kind) == [victims]


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Our dear son, Orin Vale, was murdered by the bandits in Dabo.", {"Orin Vale"}),
        (
            "In Dabo, a union member and director of the Free Press Network, Orin Vale was killed.",
            {"Orin Vale"},
        ),
        ("On 12 May, a nurse, Mira Ost, was killed in Dabo.", {"Mira Ost"}),
        (
            "The murder of Mira Ost, an activist from the Dabo Hills who was killed, was told.",
            {"Mira Ost"},
        ),
    ],
)
def test_a_name_beside_a_description_is_one_person(text, victims):
    assert {frozenset(v) for v in told(text, "killing")} == {frozenset(victims)}


def test_a_member_and_not_the_body_is_imprisoned():
    text = "Tem Dahl is the only former staff member of a rights organization imprisoned in Dabo."
    assert told(text, "arbitrary_detention") == [{"Tem Dahl"}]


def test_a_body_itself_can_still_be_closed():
    text = "The court spoke of a member of a party banned by the government in Dabo."
    assert told(text, "arbitrary_detention") == []


def test_who_is_said_to_be_the_one_arrested_is_named_and_did_not_arrest():
    text = "Tem Dahl became the best-known person arrested under the law, detained over a post."
    acts = [act for act in acts_told(text, LEAD) if act.type == "arbitrary_detention"]
    assert [act.victims for act in acts] == [{"Tem Dahl"}, {"Tem Dahl"}]
    assert not any("person" in name for act in acts for name, _ in act.doers)


@pytest.mark.parametrize(
    ("text", "kind", "victims"),
    [
        (
            "A young girl was hurt in Dabo when a doctor performed a genital mutilation on her.",
            "sexual_violence",
            {"A young girl"},
        ),
        (
            "A woman was stopped in Dabo. Soldiers beat her at the checkpoint.",
            "physical_assault",
            {"A woman"},
        ),
        (
            "The militants held a nurse in Dabo for a week before they killed her.",
            "killing",
            {"a nurse"},
        ),
        (  # she may be either
            "Two women came to Dabo with a nurse and a driver. Soldiers had beaten her.",
            "physical_assault",
            set(),
        ),
    ],
)
def test_a_pronoun_is_led_back_to_who_is_only_described(text, kind, victims):
    assert told(text, kind) == [victims]


def test_them_who_may_be_the_doers_are_not_shown_as_victims():
    text = "The soldiers stopped two nurses in Dabo. They took them captive."
    assert all("The soldiers" not in victims for victims in told(text, "hostage_taking"))


@pytest.mark.parametrize(
    "text",
    [
        "The student died after soldiers beat him in Dabo.",
        "The student died in Dabo after being beaten by soldiers.",
        "A student died after a doctor performed a mutilation on her in Dabo.",
    ],
)
def test_a_death_after_violence_is_told(text):
    assert [{v.lower()[-7:] for v in victims} for victims in told(text, "killing")] == [{"student"}]


@pytest.mark.parametrize(
    "text",
    [
        "The student died after soldiers beat his brother in Dabo.",
        "The student died of a heart attack in Dabo.",
        "The student died after a long illness in Dabo.",
    ],
)
def test_another_death_is_no_killing(text):
    assert told(text, "killing") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "The families lost much to the repression of the Orban regime.",
            "restriction_of_freedoms",
        ),
        ("He was arrested in Dabo in a joint raid of the army and police.", "unlawful_search"),
        ("The family lived for months under the siege of the police in Dabo.", "blockade"),
        ("He left because of his employer's threats and never came back to Dabo.", "threat"),
        ("The government's repression in Dabo goes far.", "restriction_of_freedoms"),
    ],
)
def test_whose_repression_it_is_did_not_suffer_it(text, kind):
    acts = [act for act in acts_told(text, LEAD) if act.type == kind]
    assert acts
    assert not any(act.victims for act in acts)
    assert all(act.doers for act in acts)


def test_forces_can_still_be_killed_and_searched_out():
    assert told("The killing of police in Dabo went on.", "killing") == [{"police"}]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor announced another major crackdown in Dabo.",
        "The public prosecution in Dabo freed a child.",
        "He was accused in Dabo of incitement to public violence and of criminal intimidation.",
        "He was held in Dabo for suspected robbery.",
        "Human trafficking is a crime in Dabo.",
        "The union condemned the arrests on Labour Day in Dabo.",
        "A clerk in Dabo wrote down a complaint of kidnapping by one Orin Vale.",
        "No person shall be subjected to torture in Dabo.",
    ],
)
def test_what_is_nobody_suffers_nothing(text):
    affirmed = [act for act in acts_told(text, LEAD) if act.polarity == "affirmed"]
    assert [act.victims for act in affirmed if act.victims] == []


def test_the_word_hostage_is_no_victim_of_the_taking():
    assert told("The hostage taking of Mira Ost in Dabo went on.", "hostage_taking") == [
        {"Mira Ost"}
    ]


def test_grounds_do_not_turn_whose_interrogation_it_is():
    text = "Officers sought Mr. Orel's interrogation in Dabo on grounds that he knew more."
    acts = [act for act in acts_told(text, LEAD) if act.type == "harassment"]
    assert [(act.doers, act.victims) for act in acts] == [([], {"Orel"})]


@pytest.mark.parametrize(
    ("text", "victims"),
    [
        ("Police searched the offices of the Orin Union in Dabo.", {"Orin Union"}),
        ("Soldiers ransacked the house of the teacher Mira Ost in Dabo.", {"Mira Ost"}),
        ("Police searched the offices in Dabo.", set()),
        ("Rebels searched 40 mayor's offices in Dabo.", set()),
    ],
)
def test_whose_home_or_office_is_searched_suffers_it(text, victims):
    assert told(text, "unlawful_search") == [victims]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Over half of these 277 nurses were jailed in Dabo.", None),
        ("Three of the 40 nurses were jailed in Dabo.", (3, 3)),
        ("A total of 4,590 people were jailed in Dabo.", (4590, 4590)),
        ("The police began arresting above 5,000 people in Dabo.", (5001, None)),
    ],
)
def test_a_part_is_not_counted_as_the_whole(text, count):
    record = extract_text(LEAD + text)
    counts = [v.count for act in record.acts for v in act.victims]
    assert [c and (c.min, c.max) for c in counts] == [count]


@pytest.mark.parametrize(
    ("text", "kind", "victims"),
    [
        (
            "He was sentenced in Dabo for the murder and abduction of the reporter Mira Ost.",
            "abduction",
            {"Mira Ost"},
        ),
        (
            "They were found guilty in Dabo of murder, arson, kidnapping of a minor and theft.",
            "attack_on_property",
            set(),
        ),
        ("The union told of physical threats to writers and poets in Dabo.", "threat", {"writers"}),
        (
            "Out of the 50 nurses kidnapped, only two Danes who were held are still in Dabo.",
            "abduction",
            {"the 50 nurses"},
        ),
    ],
)
def test_who_is_named_once_for_several_acts(text, kind, victims):
    found = told(text, kind)
    assert found
    assert all(victims <= act if victims else not act for act in found)


@pytest.mark.parametrize(
    "text",
    [
        "In the state of Cross Hills, Mira Ost, who publishes a paper, was arrested in Dabo.",
        "The union told of Mira Ost, the university graduate who was arrested in Dabo.",
    ],
)
def test_a_name_behind_an_opening_or_before_a_description_is_found(text):
    assert told(text, "arbitrary_detention") == [{"Mira Ost"}]


def test_counts_against_somebody_accuse_only_who_is_found_guilty_of_them():
    text = "A court convicted Orin Vale of four counts of harassment against pupils."
    (act,) = [act for act in acts_told(text, LEAD) if act.type == "harassment"]
    assert ({name for name, _ in act.doers}, act.victims) == ({"Orin Vale"}, {"pupils"})


def test_charges_against_somebody_still_accuse_them():
    text = "The charges of torture against the colonel were dropped in Dabo."
    (act,) = [act for act in acts_told(text, LEAD) if act.type == "torture"]
    assert (act.doers, act.victims) == ([("the colonel", "suspected")], set())


def test_those_held_do_not_hold_themselves():
    text = "In Dabo the two forced their foreign hostages to watch."
    acts = [act for act in acts_told(text, LEAD) if act.type == "hostage_taking"]
    assert acts
    assert not any("hostages" in name for act in acts for name, _ in act.doers)


@pytest.mark.parametrize(
    "text",
    [
        "Ten people were killed in an earthquake in Dabo on Monday.",
        "A flood struck in August, killing 20 people and destroying homes in Dabo.",
        "The storm displaced 300 families in Dabo.",
    ],
)
def test_a_misfortune_is_nobodys_act(text):
    assert acts_told(text, LEAD) == []


def test_a_killing_on_the_day_of_a_flood_is_told():
    assert told("Soldiers killed ten people in Dabo after the flood.", "killing") == [
        {"ten people"}
    ]


def test_the_injured_man_is_not_his_father():
    text = "A report was made in Dabo on behalf of the injured man's father, Abdu Fatt."
    assert told(text, "physical_assault") == [{"the injured man"}]


def test_numbers_with_spaces_between_thousands_are_whole():
    record = extract_text(LEAD + "Over 14 000 herders were killed in Dabo.")
    (count,) = [v.count for act in record.acts for v in act.victims]
    assert (count.min, count.max) == (14001, None)


def test_an_attempt_that_is_survived_is_one_to_kill():
    assert told("Orin Vale survived a coup attempt in Dabo.", "attempted_killing") == []
    found = told("Orin Vale survived an assassination attempt in Dabo.", "attempted_killing")
    assert {"Orin Vale"} in found


def test_who_is_arrested_in_the_headline_is_not_who_was_kidnapped():
    text = (
        "Police officer arrested for leading a kidnap ring in Dabo\n2020-02-24\n\n"
        "A police officer in Dabo was arrested on Monday. The ring kidnapped Orin Vale, an "
        "accountant, a week ago. Orin Vale was kidnapped near the river."
    )
    record = extract_text(text)
    names = {e.id: e.name for e in record.entities}
    arrests = [act for act in record.acts if act.type == "arbitrary_detention"]
    assert arrests
    assert not any("Vale" in names[v.entity] for act in arrests for v in act.victims)


def test_a_journalist_held_in_the_headline_may_be_who_was_abducted():
    text = (
        "Journalist detained by masked men in Dabo\n2020-02-24\n\n"
        "A journalist was detained by masked men in Dabo on Monday. Orin Vale was abducted near "
        "the river, his union said. Orin Vale was kidnapped once before."
    )
    record = extract_text(text)
    names = {e.id: e.name for e in record.entities}
    first = next(act for act in record.acts if act.type == "arbitrary_detention")
    assert [names[v.entity] for v in first.victims] == ["Orin Vale"]
