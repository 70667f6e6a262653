"""What a document says of itself, in forms that reports use; all of them invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.passages.head import Head, read_head
from onrecord.passages.parse import Parsed, parse


def read(text, known=Head()):  # noqa: B008 - frozen
    return read_head(parse(text), known)


def words(text, span):
    return span and text[slice(*span)]


@pytest.mark.parametrize(
    ("line", "place", "date", "publisher"),
    [
        ("Oslo [Norway], February 8 (XYZ): The", "Oslo", "XXXX-02-08", "XYZ"),
        ("THARNOK, Norway (XYZ) — The", "THARNOK", None, "XYZ"),
        ("THARNOK, 3 March 2016 — The", "THARNOK", "2016-03-03", None),
        (
            "THARNOK, Norway, March 7 (Northern Wire) -- The",
            "THARNOK",
            "XXXX-03-07",
            "Northern Wire",
        ),
        ("Dec 29 (Northern Wire) - The", None, "XXXX-12-29", "Northern Wire"),
        ("OSLO: The", "OSLO", None, None),
    ],
)
def test_datelines(line, place, date, publisher):
    text = f"{line} army closed the road to the village on Monday, officials said."
    head = read(text)
    assert words(text, head.dateline_place) == place
    assert (head.dateline_date and head.dateline_date[0]) == date
    assert words(text, head.publisher) == publisher


@pytest.mark.parametrize(
    ("opening", "place", "publisher"),
    [
        ("Tharnok - Two young men were", "Tharnok", None),
        ("Tharnok: Mirela Castane and two others were", "Tharnok", None),
        ("(Tharnok) – 3 young men were", "Tharnok", None),
        ("(XYZ) - Two young men were", None, "XYZ"),
        ("Harbour News: Two young men were", None, "Harbour News"),
        ("Harbour Police - Two young men were", None, None),
        ("Castane: I was there when two young men were", None, None),
        ("Background: Two young men were", None, None),
    ],
)
def test_a_place_in_small_letters_heads_the_text_below_a_headline(opening, place, publisher):
    text = f"Arrests on the quay\n\n{opening} taken from the quay before dawn on Monday.\n"
    head = read(text)
    assert words(text, head.dateline_place) == place
    assert words(text, head.publisher) == publisher


def test_a_headline_with_a_place_is_no_dateline():
    text = "Tharnok, Norway: 1 detained\n\nOne man was taken from the quay on Monday.\n"
    head = read(text)
    assert head.dateline_place is None
    assert words(text, head.title) == "Tharnok, Norway: 1 detained"


@pytest.mark.parametrize(
    "text",
    [
        "On the road\n\nCastane: Who gave them the order?\n\nSolberg: Nobody who was there says.",
        "Castane: I saw the soldiers and I will say so in court.",
        "The army closed the road - again - on Monday.",
        "Benlouch, Castane and Solberg were arrested on Monday.",
        "Question: who gave the order?",
        "SOLBERG: Who gave the order?\n\nCASTANE: I do not know.\n\nSOLBERG: Who does?",
    ],
)
def test_what_is_no_dateline(text):
    head = read(text)
    assert (head.dateline_place, head.dateline_date) == (None, None)


def test_title_and_date_of_publication():
    text = "Army closes road to village\n2016-05-12\n\nThe army closed the road on Monday.\n"
    head = read(text)
    assert words(text, head.title) == "Army closes road to village"
    assert head.published == ("2016-05-12", (28, 38))


@pytest.mark.parametrize("line", ["Published: May 12, 2016", "Posted on 12 May 2016 10:32 am"])
def test_a_line_that_says_when_it_was_published(line):
    text = f"Army closes road to village\n{line}\n\nThe army closed the road on Monday.\n"
    assert read(text).published[0] == "2016-05-12"


def test_a_sentence_is_no_title():
    assert read("The army closed the road on Monday.\n\nNobody knows why.\n").title is None


@pytest.mark.parametrize(
    ("end", "publisher"),
    [("Nobody knows why. (XYZ)", "XYZ"), ("Nobody knows why. — Northern Wire", "Northern Wire")],
)
def test_a_closing_credit_is_the_publisher(end, publisher):
    text = f"The army closed the road on Monday.\n\n{end}\n"
    assert words(text, read(text).publisher) == publisher


def test_brackets_inside_the_last_sentence_are_no_credit():
    text = "The army closed the road on Monday, said the Marrow Teachers' Union (MTU)\n"
    assert read(text).publisher is None


def test_the_first_channel():
    text = "In a social media post, Castane denied it. She repeated this at a press conference."
    assert words(text, read(text).channel) == "a social media post"


def test_what_the_reader_of_the_file_knows_stays():
    text = "Army closes road to village\n2016-05-12\n\nThe army closed the road on Monday.\n"
    known = Head(title=(0, 4), published=("2015-01-01", (5, 11)))
    head = read(text, known)
    assert (head.title, head.published) == (known.title, known.published)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("AbC ()[],.:—-“\n\r\u2028128/éع🙂 "), max_size=80))
def test_any_text_passes_and_every_span_lies_inside(text):
    head = read_head(Parsed(text, None), Head())
    spans = [head.title, head.publisher, head.dateline_place, head.channel]
    spans += [dated and dated[1] for dated in (head.published, head.dateline_date)]
    assert all(0 <= span[0] < span[1] <= len(text) for span in spans if span)
