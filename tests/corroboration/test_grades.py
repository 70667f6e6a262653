import pytest
from story_factory import Said, Story, origins

from onrecord.corroboration.grades import Finding, Grades, suggested
from onrecord.errors import VocabularyError


def test_the_machine_suggests_the_count_alone():
    found = origins([Story("The Lark", [Said("Anka Brell")]), Story("The Wren", [Said(None)])])
    assert suggested(found) == Grades(independent_origins=1)


@pytest.mark.parametrize(
    "grade",
    [
        {"source_reliability": "G"},
        {"source_reliability": "1"},
        {"information_credibility": "A"},
        {"independent_origins": -1},
    ],
)
def test_a_grade_of_no_list_is_refused(grade):
    with pytest.raises(VocabularyError):
        Grades(**grade)


def test_a_finding_states_its_standard_of_proof():
    finding = Finding("Four were killed.", "reasonable_grounds", "A. Reviewer", "2031-06-01")
    assert Grades("B", "2", 3, finding).finding == finding
    with pytest.raises(VocabularyError):
        Finding("Four were killed.", "quite sure", "A. Reviewer", "2031-06-01")
