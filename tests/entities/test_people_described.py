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
        ("The flood took the lives of Tam Birke and Orla Venn and her unborn child.", "child"),
        ("A court in Marrow acquitted Orla Venn on Monday.", "acquitted"),
        ("Judges opened the trial of Orla Venn, who kept silent, on Monday.", "trial"),
        ("Orla Venn, a 39-year-old from Marrow, was seen near the market.", "39"),
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


def test_words_for_a_child_and_for_an_adult_leave_it_open():
    found, _ = person("Orla Venn, a young girl, is a woman of few words.", "Orla Venn")
    assert found.age_group is None


def test_a_counted_plural_tells_of_each_name_behind_it():
    text = "Soldiers held two boys from Marrow, Qeshta Vell and Ivo Sandal, on Monday."
    for name in ("Qeshta Vell", "Ivo Sandal"):
        found, cited = person(text, name)
        assert (found.sex, found.age_group) == ("male", "child")
        assert "boys" in cited["sex"]
        assert cited["age_group"] == ["boys"]


def test_what_several_are_said_to_be_each_of_them_is():
    text = "Police held Orla Venn and Tam Birke, who are journalists, on Monday."
    for name in ("Orla Venn", "Tam Birke"):
        assert person(text, name)[0].occupations == ("journalist",)


def test_the_calling_of_another_in_the_same_phrase_is_not_theirs():
    text = "They held human rights defender Tam Birke and popular comedian Orla Venn on Monday."
    assert "human_rights_defender" not in person(text, "Orla Venn")[0].occupations
    assert "human_rights_defender" in person(text, "Tam Birke")[0].occupations


@pytest.mark.parametrize(
    ("name", "sex", "word"),
    [("Noorlin bint Harun", "female", "bint"), ("Izzar bin Harun", "male", "bin")],
)
def test_whose_daughter_or_son_a_name_says(name, sex, word):
    found, cited = person(f"The army said that {name} was arrested on Monday in Marrow.", name)
    assert found.sex == sex
    assert cited["sex"] == [word]


def test_what_another_is_called_makes_nobody_a_defender():
    text = (
        "Police in Marrow arrested rights activist Tam Birke and singer Orla Venn on Monday. "
        "Venn was held for two nights in a cell in the north of the town."
    )
    found, _ = person(text, "Orla Venn")
    assert "human_rights_defender" not in found.occupations


def test_who_stands_beside_the_others_of_a_kind_is_one_of_them():
    text = "Soldiers arrested Orla Venn, Tam Birke and two other activists in Marrow on Monday."
    for name in ("Orla Venn", "Tam Birke"):
        found, cited = person(text, name)
        assert found.occupations == ("human_rights_defender",)
        assert cited["occupations"] == ["activists"]
    other = "The singer met Orla Venn, a lawyer. Two other activists were held in Marrow."
    assert "human_rights_defender" not in person(other, "Orla Venn")[0].occupations


def test_a_secretary_general_of_a_union_is_a_trade_unionist():
    text = "Orla Venn, secretary general of the Teachers' Union, was arrested in Marrow."
    assert person(text, "Orla Venn")[0].occupations == ("trade_unionist",)


def test_an_age_is_of_whom_it_stands_before_and_of_nobody_further_on():
    text = "They had left their 4-year-old daughter, Tilda, with Orla Venn in Marrow."
    assert person(text, "Orla Venn")[0].age_group is None
    told = "Police held the 17-year-old student, Orla Venn, in Marrow on Monday."
    assert person(told, "Orla Venn")[0].age_group == "child"


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested Tam Birke, a 17-year-old student. Orla Venn was shot in Marrow.",
        "Police killed 17-year-old student Tam Birke and Orla Venn in Marrow on Monday.",
        "Soldiers shot the 9-year-old son of Orla Venn in Marrow on Monday.",
        "Orla Venn's 4-year-old daughter was hurt in Marrow on Monday.",
        "Nine years ago soldiers burned Marrow. Orla Venn was there.",
    ],
)
def test_the_age_of_somebody_else_is_not_theirs(text):
    found, _ = person(text, "Orla Venn")
    assert found.age_group != "child"


@pytest.mark.parametrize(
    ("text", "group", "word"),
    [
        ("Tam Birke and Orla Venn, both 16, were shot in Marrow.", "child", "16"),
        ("Orla Venn and Tam Birke, both aged 34, were shot in Marrow.", "adult", "34"),
        ("Orla Venn, who is in her sixties, was beaten in Marrow.", "adult", "in her sixties"),
        ("Orla Venn, in her early 30s, was beaten in Marrow.", "adult", "in her early 30s"),
        ("Orla Venn received an eleven-year sentence in Marrow.", "adult", "sentence"),
        ("Soldiers stopped Orla Venn's car in Marrow on Monday.", "adult", "car"),
    ],
)
def test_an_age_of_several_and_in_tens(text, group, word):
    found, cited = person(text, "Orla Venn")
    assert (found.age_group, word in cited["age_group"]) == (group, True)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "One opposition lawmaker gave a date. The five included a surgeon and her team.",
            "One opposition lawmaker",
        ),
        (
            "Orlo Venn, a second lawyer for the jailed minister, said her team had not met her.",
            "Orlo Venn",
        ),
        ("Some saw it as a hostile political actor on Monday.", "political actor"),
    ],
)
def test_a_word_that_may_be_of_another_tells_no_sex(text, name):
    record = extract_text(text)
    assert {e.sex for e in record.entities if e.name == name} <= {None}


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("Orlo Venn was shot on Monday. She died in hospital.", "female"),
        ("Orlo Venn and her husband left Marrow on Monday.", "female"),
        ("Orlo Venn met Mrs Tam Birke on Monday. He left at noon.", "male"),
        ("Orlo Venn told Tam Birke that she was being followed.", "female"),
        ("Orlo Venn, a policeman, was shot on Monday.", "male"),
    ],
)
def test_a_word_that_can_be_of_nobody_else_tells_it(text, sex):
    assert person(text, "Orlo Venn")[0].sex == sex


def test_who_is_called_by_whose_they_are_is_not_named_whose():
    found, _ = person("Orla Venn, whose husband was killed by soldiers, spoke to us.", "husband")
    assert found.sex == "male"
