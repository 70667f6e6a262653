"""Who is taken from where they live, found dead or told in a list. All names are invented."""

import pytest

from onrecord.pipeline import extract_text


def acts(text):
    """Type, doers' and victims' words of each act."""
    record = extract_text(text)
    return [
        (
            act.type,
            [text[slice(*p.span)] for p in act.perpetrators],
            [text[slice(*v.span)] for v in act.victims],
        )
        for act in record.acts
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Soldiers took Orla Venn from her house in Marrow on Monday.", "arbitrary_detention"),
        ("Police dragged Orla Venn out of her car in Marrow.", "arbitrary_detention"),
        ("Armed men took Orla Venn from her home in Marrow.", "abduction"),
        ("Orla Venn was taken from her home in Marrow at night.", "abduction"),
    ],
)
def test_who_took_somebody_from_home_says_what_it_was(text, kind):
    assert [(found, whom) for found, _, whom in acts(text)] == [(kind, ["Orla Venn"])]


@pytest.mark.parametrize(
    "text",
    [
        "An ambulance took Orla Venn from her home to the hospital.",
        "Orla Venn took the papers from her house in Marrow.",
    ],
)
def test_not_everybody_who_leaves_a_house_is_taken(text):
    assert not acts(text)


def test_all_acts_of_a_list_were_done_to_whom_the_last_one_names():
    text = "The report tells of the killings and arrests of farmers in Marrow."
    assert [(kind, whom) for kind, _, whom in acts(text)] == [
        ("killing", ["farmers"]),
        ("arbitrary_detention", ["farmers"]),
    ]


def test_who_is_found_dead_was_not_thereby_killed():
    assert acts("Orla Venn was found dead in Marrow on Monday.") == [
        ("remains_found", [], ["Orla Venn"])
    ]


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Gunmen shot dead two traders in Marrow.", ["two traders"]),
        ("In 2016 troops killed six farmers in Marrow.", ["six farmers"]),
    ],
)
def test_a_group_is_named_by_its_own_words(text, whom):
    [(_, doers, victims)] = acts(text)
    assert victims == whom
    assert doers in (["Gunmen"], ["troops"])
    record = extract_text(text)
    assert whom[0] in {e.name for e in record.entities}


def test_who_has_fellow_captives_holds_nobody():
    found = acts("Ivar Moe fled after one of his fellow captives was beaten.")
    assert all(doers == [] for _, doers, _ in found)
    freed = acts("Ivar Moe released his captives on Monday.")
    assert freed[0] == ("hostage_taking", ["his"], ["his captives"])
