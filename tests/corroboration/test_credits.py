import pytest
from hypothesis import given
from hypothesis import strategies as some

from onrecord.corroboration.credits import Newsrooms, find_credits, initials

ROOMS = ["Halden News Agency", "The Lark"]
KNOWN = Newsrooms(ROOMS)


@pytest.mark.parametrize(
    ("text", "source", "words", "scope"),
    [
        ("OMBREL, May 4 (HNA) - Four died.", "Halden News Agency", "HNA", "document"),
        ("Four died.\n\n(Reuters)\n", "Reuters", "Reuters", "document"),
        ("Four died.\n\n(With inputs from ANI)", "Asian News International", "ANI", "document"),
        ("Four died.\nWith inputs from agencies", "agencies", "agencies", "document"),
        ("The Lark contributed to this report.", "The Lark", "The Lark", "document"),
        ("Four died. - Agencies", "agencies", "Agencies", "document"),
        ("This story was supplied by Halden News Agency.", ROOMS[0], ROOMS[0], "document"),
        ("It was first published in The Lark.", "The Lark", "The Lark", "document"),
        ("Source: AFP", "Agence France-Presse", "AFP", "document"),
        ("“It rained,” she told Reuters on Monday.", "Reuters", "Reuters", "sentence"),
        ("Four died, as reported by The Reed Courier.", *["The Reed Courier"] * 2, "sentence"),
        ("The Lark reported that four died.", "The Lark", "The Lark", "sentence"),
        (
            "According to a report in the Reed Gazette, four died.",
            *["Reed Gazette"] * 2,
            "sentence",
        ),
    ],
)
def test_credits(text, source, words, scope):
    (credit,) = find_credits(text, KNOWN)
    assert (credit.source, credit.scope) == (source, scope)
    assert text[slice(*credit.words)].removeprefix("the ") == words


@pytest.mark.parametrize(
    "text",
    [
        "She told Parliament that it rained.",
        "As reported by Osk Perin, four died.",
        "The Movement for Ombrel (MFO) met.",
        "According to the police, four died.",
        "By Anka Brell",
    ],
)
def test_no_credit(text):
    assert find_credits(text, KNOWN) == ()


def test_a_sentence_is_covered_and_no_more():
    text = "It rained. “It was a flood,” he told Reuters. It stopped."
    (credit,) = find_credits(text)
    assert text[slice(*credit.covers)] == "“It was a flood,” he told Reuters."


def test_letters_that_a_newsroom_signs_with():
    assert initials("Halden News Agency") == "HNA"
    assert initials("The Lark") == ""


@given(some.text(some.characters()))
def test_any_text_passes_with_true_spans(text):
    for credit in find_credits(text):
        assert 0 <= credit.words[0] < credit.words[1] <= len(text)
        assert credit.span[0] <= credit.words[0] < credit.words[1] <= credit.span[1]
        assert credit.covers[0] <= credit.words[0] < credit.words[1] <= credit.covers[1]
