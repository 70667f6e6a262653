"""What a report says of a person's age group, sex and work, and the words it says it with."""

import pytest

from onrecord.pipeline import extract_text


def person(text, name):
    """The person of that name, with the words each field cites."""
    record = extract_text(text)
    found = next(e for e in record.entities if e.type == "Person" and e.name == name)
    return found, {
        field: [record.text[slice(*span)] for span in spans] for field, spans in found.cites.items()
    }


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Orla Venn, 39 in March, was seen near the market in Marrow.", "39"),
        ("The wrestler Orla Venn was seen near the market in Marrow.", "wrestler"),
        ("Orla Venn, a member of the opposition party, was seen near the market.", "member"),
        ("Orla Venn was sentenced to seven years in prison in Marrow on Monday.", "sentenced"),
        ("Orla Venn and her husband left Marrow on Monday.", "husband"),
    ],
)
def test_an_adult_by_words(text, word):
    found, cited = person(text, "Orla Venn")
    assert found.age_group == "adult"
    assert word in cited["age_group"]


def test_a_stated_age_comes_before_deeds():
    found, _ = person("Orla Venn, 15, was sentenced to two years in prison.", "Orla Venn")
    assert found.age_group == "child"


def test_nothing_said_is_nothing_known():
    found, _ = person("Soldiers arrested Qeshta Vell in Marrow on Monday.", "Qeshta Vell")
    assert found.age_group is None
    assert found.sex is None


def test_a_list_is_of_what_stands_ahead_of_it():
    text = "Police held three journalists, namely Orla Venn, Tam Birke of Marrow, and Jorun Sall."
    for name in ("Orla Venn", "Tam Birke", "Jorun Sall"):
        found, _ = person(text, name)
        assert found.occupations == ("journalist",)
        assert found.age_group == "adult"


def test_who_stands_after_a_list_is_not_of_it():
    text = (
        "Police held two journalists, namely Orla Venn and Tam Birke, the minister Ivo Sandal said."
    )
    found, _ = person(text, "Ivo Sandal")
    assert "journalist" not in found.occupations
