"""What is only supposed, and what is insisted on. All names and places are invented."""

import pytest
from test_claims_find import read


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said that if a court finds that a guard took money, he will be tried.",
        "Lawyers say he must resign if the inquiry concludes that he ordered the raid.",
    ],
)
def test_what_a_court_may_find_is_no_finding(text):
    inner = next(c for c in read(text).claims if c.parent)
    assert (inner.kind, inner.modality) == ("statement", "hypothetical")


def test_what_a_court_found_is_a_finding():
    claim = read("The court found that a guard took money from the farmers.").saying("took money")
    assert (claim.kind, claim.modality) == ("finding", "asserted")


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("The officials insisted that the raid was a mistake.", "mistake", "allegation"),
        ("The union insisted that the mayor had read the letter.", "letter", "statement"),
        ("The union insisted that the mayor leave the town.", "leave", "demand"),
        ("The union insists that the farmers be freed.", "freed", "demand"),
        ("The union insisted that the mayor must resign.", "resign", "demand"),
    ],
)
def test_who_insists_that_it_is_so_demands_nothing(text, words, kind):
    assert read(text).saying(words).kind == kind
