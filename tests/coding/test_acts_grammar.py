"""Who did what to whom where the grammar of a sentence is easily read amiss."""

import pytest
from acts_told import acts_told

LEAD = "Reporters in the town wrote down what the people who live there had told them. "


def told(text):
    """The acts as (type, polarity, who did it and how, who suffered it)."""
    return [(a.type, a.polarity, set(a.doers), a.victims) for a in acts_told(text, LEAD)]


@pytest.mark.parametrize(
    ("text", "polarities"),
    [
        ("Soldiers took Mara Oten away in a van without number plates.", ["affirmed"]),
        ("Without warning, soldiers shot two farmers in Orla.", ["affirmed"]),
        ("Without naming a reason, police arrested Mara Oten.", ["affirmed"]),
        ("Police left Orla without killing or injuring anyone.", ["negated", "negated"]),
        ("Mara Oten was not only beaten by soldiers.", ["affirmed"]),
        ("At no point did the soldiers shoot farmers.", ["negated"]),
        ("For no reason, soldiers shot two farmers.", ["affirmed"]),
        ("The soldiers left Orla without an attack on civilians.", ["negated"]),
    ],
)
def test_only_what_governs_an_act_denies_it(text, polarities):
    assert [polarity for _, polarity, _, _ in told(text)] == polarities


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Men loyal to Colonel Yusuf Amari burned the houses.", {("Men", "carried_out")}),
        (
            "Fighters loyal to Colonel Yusuf Amari have burned the houses in Temra.",
            {("Fighters", "carried_out")},
        ),
        (
            "Troops under the command of Colonel Yusuf Amari burned the houses.",
            {("Troops", "carried_out"), ("Yusuf Amari", "led")},
        ),
        (
            "Two farmers were killed by soldiers commanded by Colonel Yusuf Amari.",
            {("soldiers", "carried_out"), ("Yusuf Amari", "led")},
        ),
        (
            "Soldiers once led by Colonel Yusuf Amari killed two farmers.",
            {("Soldiers", "carried_out")},
        ),
        (
            "Colonel Yusuf Amari, loyal to the old regime, burned the houses.",
            {("Yusuf Amari", "carried_out")},
        ),
    ],
)
def test_who_is_named_beside_those_who_did_it(text, doers):
    assert [found for _, _, found, _ in told(text)] == [doers]


def test_what_was_not_found_has_its_doer_and_its_victims_all_the_same():
    acts = told("The panel did not find that Colonel Dar Osk tortured prisoners.")
    assert ("torture", "negated", {("Dar Osk", "carried_out")}, {"prisoners"}) in acts
    acts = told("The panel found that Colonel Dar Osk tortured prisoners.")
    assert ("torture", "affirmed", {("Dar Osk", "carried_out")}, {"prisoners"}) in acts


@pytest.mark.parametrize(
    ("text", "suffered"),
    [
        (
            "Soldiers fired at a crowd, wounding six, two residents and a nurse told the agency.",
            [{"a crowd"}, {"six"}],
        ),
        (
            "Soldiers fired on a crowd, wounding six, two residents and a nurse said.",
            [{"a crowd"}, {"six"}],
        ),
        ("Soldiers wounded six people, two women and a boy told the radio.", [{"six people"}]),
        ("Soldiers beat Mara Oten and a boy and told them to leave.", [{"Mara Oten", "a boy"}]),
    ],
)
def test_who_tells_of_it_at_the_end_did_not_suffer_it(text, suffered):
    assert [victims for _, _, _, victims in told(text)] == suffered


def test_whose_wife_is_among_the_dead_is_not():
    text = "Marko Dessin, whose wife Ina Dessin was also among the victims, said they were asleep."
    acts = told(f"Four people were killed in Temra on Monday. His brother {text}")
    assert [victims for _, _, _, victims in acts] == [{"Four people"}, {"Ina Dessin"}]


def test_what_they_were_dragged_into_may_stand_far_behind():
    text = (
        "Witnesses saw gendarmes drag two wounded students, Rami Sadou and Nour Ketta, into a van."
    )
    kind, _, doers, victims = told(text)[-1]
    assert (kind, doers) == ("arbitrary_detention", {("gendarmes", "carried_out")})
    assert {"Rami Sadou", "Nour Ketta"} <= victims


@pytest.mark.parametrize(
    ("near", "doers"),
    [
        ("Rights groups demanded that the government release him.", set()),
        ("Rights groups called on the authorities and the army to release him.", set()),
        ("The union urged the army to investigate it. The army guards the road.", set()),
        ("The government should release him, the union said.", set()),
        ("Soldiers were seen near the market.", set()),
        ("Soldiers were seen entering his house.", {("Soldiers", "linked")}),
        ("The police did not say why.", {("The police", "linked")}),
    ],
)
def test_who_is_asked_or_only_seen_is_not_linked(near, doers):
    assert told(f"Idris Malkov was detained on Monday. {near}")[0][2] == doers
