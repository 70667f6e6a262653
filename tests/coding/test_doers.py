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
        "A soldier was killed in the hills. The army said nothing about it, and buried him.",
    ],
)
def test_who_hears_the_case_or_is_harmed_is_linked_to_nothing(text):
    assert doers(text) == set()


def test_a_court_that_holds_somebody_is_linked_to_it():
    text = "The editor Ruda Melk was arrested in March. A court extended it by a month."
    assert doers(text) == {"A court"}
