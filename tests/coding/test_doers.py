"""Whom a report links to its event, and whom it tells of for another reason.

All names and places are invented.
"""

import pytest
from acts_told import acts_told


def doers(text):
    return {name for act in acts_told(text) for name, _ in act.doers}


@pytest.mark.parametrize(
    "text",
    [
        "A court told the gendarmerie to produce Osei Varn. He was last seen on 3 May in Lomba.",
        "A judge ordered the release of Neda Orlo. She was arrested in April over a song.",
        "The court freed the editor Ruda Melk on Monday. He was arrested in March.",
        "The nurse was raped in March. None of the guards was questioned.",
        "A soldier was killed in the hills. The army said nothing about it, and buried him.",
    ],
)
def test_who_hears_the_case_or_is_harmed_is_linked_to_nothing(text):
    assert doers(text) == set()


def test_a_court_that_holds_somebody_is_linked_to_it():
    text = "The editor Ruda Melk was arrested in March. A court extended it by a month."
    assert doers(text) == {"A court"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "The killing of a rebel by soldiers angered the villagers.",
            [("soldiers", "carried_out")],
        ),
        (
            "Ten men were killed in clashes between the army and the rebels in Orla.",
            [("the army", "linked"), ("the rebels", "linked")],
        ),
        ("Of the 40 people killed in Orla, 12 were soldiers.", []),
        (
            "Three men were killed in Orla. Gunmen fired on a bus in another town.",
            [("Gunmen", "linked")],
        ),
        (
            "Three men were killed in Orla on Sunday. The gunmen fled on motorcycles.",
            [("The gunmen", "carried_out")],
        ),
        ("The nurse was stopped by a soldier. He beat her and took her phone.", []),
        ("The army has killed 40 people and the rebels 12 in Orla.", [("The army", "carried_out")]),
        ("The rebels forced the villagers to kill a trader.", [("The rebels", "ordered")]),
        ("The villagers were forced by rebels to kill a trader.", [("rebels", "ordered")]),
        (
            "The general was accused of ordering soldiers to rape women in the camp.",
            [("soldiers", "carried_out"), ("The general", "suspected")],
        ),
    ],
)
def test_whose_doing_the_first_act_is(text, told):
    assert [doer for act in acts_told(text)[:1] for doer in act.doers] == told


def test_what_another_side_did_is_not_done_to_it():
    act = acts_told("The army has killed 40 people and the rebels 12 in Orla.")[0]
    assert act.victims == {"40 people"}
