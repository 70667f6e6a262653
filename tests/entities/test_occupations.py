"""What people work as, read from titles, posts in bodies, lists and deeds, with the words cited."""

import pytest

from onrecord.pipeline import extract_text


def work(text, name):
    """The occupations of a person, each with the words that it cites."""
    record = extract_text(text)
    found = next(e for e in record.entities if e.type == "Person" and e.name == name)
    words = [record.text[slice(*span)] for span in found.cites.get("occupations", ())]
    return dict(zip(found.occupations, words, strict=True))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Mara Oten, who writes for the Orla Times, was beaten on Monday.", "Times"),
        ("Mara Oten works for the newspaper Dawn and was arrested on Monday.", "newspaper"),
        ("Police arrested Mara Oten on Monday for her work covering the floods.", "covering"),
        ("Mara Oten was covering a protest in Orla when police arrested her.", "covering"),
        ("Mara Oten edits a weekly and was arrested on Monday.", "weekly"),
        ("Mara Oten, who blogs on graft, was arrested on Monday.", "blogs"),
        ("Mara Oten of Orla TV was beaten by the police on Monday.", "TV"),
        ("Police held four Orla Daily staff, including Executive Director Mara Oten.", "Daily"),
        ("Two staff of Radio Orla, Ben Dorn and Mara Oten, were beaten on Monday.", "Radio"),
        ("Mara Oten was jailed for her work as a journalist in Orla.", "journalist"),
        ("Mara Oten has been held since May after publishing a series of blogposts.", "blogposts"),
        ("Police arrested Mara Oten for covering a protest in Orla.", "covering"),
        ("Mara Oten, founder of the Orla-based online news agency Dawn, was held.", "news"),
        (
            "Three members of the Journalists Association – Mara Oten and Ben Dorn – fled.",
            "Journalists",
        ),
    ],
)
def test_a_journalist_by_deeds_and_by_whom_they_work_for(text, word):
    assert work(text, "Mara Oten").get("journalist") == word


@pytest.mark.parametrize(
    ("text", "field", "word"),
    [
        ("Ben Dorn heads the Committee for Rights in Orla.", "human_rights_defender", "Rights"),
        ("Ben Dorn campaigned for land rights.", "human_rights_defender", "campaigned"),
        ("Ben Dorn was held, a member of the Drivers' Syndicate.", "trade_unionist", "Syndicate"),
        (
            "Police arrested three members of the teachers' union, Mara Oten and Ben Dorn.",
            "trade_unionist",
            "teachers",
        ),
        (
            "Ben Dorn, deputy chair of the Union of River Pilots, spoke.",
            "trade_unionist",
            "Union",
        ),
    ],
)
def test_a_field_by_what_somebody_heads_or_belongs_to(text, field, word):
    assert work(text, "Ben Dorn") == {field: word}


@pytest.mark.parametrize(
    "text",
    [
        "Ben Dorn hosted a news conference in Orla on Monday.",
        "Ben Dorn worked at a weekly market in Orla.",
        "Ben Dorn covered the distance on foot.",
        "Ben Dorn led the mission of the European Union in Orla.",
        "Ben Dorn was interviewed by a newspaper on Monday.",
        "Ben Dorn said that the Orla Times wrote lies.",
    ],
)
def test_deeds_that_are_no_work_in_a_field(text):
    assert work(text, "Ben Dorn") == {}


def test_a_title_of_ones_own_ends_a_list_that_shares_another():
    text = "Police arrested activists Mara Oten and Arda Hale and trade unionist Lora Venn."
    assert set(work(text, "Arda Hale")) == {"human_rights_defender"}
    assert set(work(text, "Lora Venn")) == {"trade_unionist"}


def test_the_words_before_a_title_are_no_body_of_the_one_named_earlier():
    text = "Police arrested labour rights activist Mara Oten and union secretary Arda Hale."
    assert set(work(text, "Arda Hale")) == {"trade_unionist"}


@pytest.mark.parametrize("union", ["African Union", "students' union", "customs union"])
def test_a_union_of_states_or_students_makes_nobody_a_trade_unionist(union):
    assert "trade_unionist" not in work(f"Ben Dorn is president of the {union}.", "Ben Dorn")


def test_president_of_a_country_is_a_politician():
    assert set(work("Ben Dorn, president of Orlava, was killed.", "Ben Dorn")) == {"politician"}


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Blogger shot dead in Orla", "journalist"),
        ("Activist shot dead in Orla", "human_rights_defender"),
        ("Union leader shot dead in Orla", "trade_unionist"),
    ],
)
def test_a_headline_says_what_the_one_named_below_it_works_as(title, field):
    lead = "Orla, 4 May 2021 - Ben Dorn, 41, was shot dead in his car in Orla on Monday."
    text = f"{title}\n\n{lead} Police said they were looking for two men in the town.\n"
    assert work(text, "Ben Dorn") == {field: title.removesuffix(" shot dead in Orla")}


def test_a_headline_says_nothing_of_one_of_several():
    text = (
        "Blogger shot dead in Orla\n\nOrla, 4 May 2021 - Ben Dorn was shot dead in Orla on Monday. "
        "Arda Hale was shot dead in the town on Tuesday.\n"
    )
    assert work(text, "Ben Dorn") == {}
