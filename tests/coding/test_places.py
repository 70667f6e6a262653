"""Where an act is said to have happened."""

import pytest

from onrecord.pipeline import extract_text


def place_of(text, kind):
    record = extract_text(text)
    act = next(a for a in record.acts if a.type == kind)
    if act.place is None:
        return None
    (cited,) = act.cites["place"]
    name = next(e.name for e in record.entities if e.id == act.place)
    assert name in text
    return text[slice(*cited)]


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("The gunmen who fled had killed two nurses in Nairobi on Sunday.", "killing", "Nairobi"),
        (
            "In Nairobi, the police killed two nurses who were on their way home.",
            "killing",
            "Nairobi",
        ),
        ("The killing of two nurses in Nairobi by gunmen was filmed.", "killing", "Nairobi"),
        ("Two nurses were abducted from a clinic near Mombasa.", "abduction", "Mombasa"),
        (
            "Police beat a man in Nairobi, and soldiers killed two nurses in Mombasa.",
            "killing",
            "Mombasa",
        ),
        (
            "He is responsible for abuses in Kenya, including torture and forced displacement.",
            "torture",
            "Kenya",
        ),
        ("Two nurses were killed on the outskirts of Nakuru on Sunday.", "killing", "Nakuru"),
        ("Two nurses were killed when soldiers stormed Nairobi on Sunday.", "killing", "Nairobi"),
        ("Soldiers raided Nakuru in Kenya and killed two nurses.", "killing", "Nakuru"),
        ("Two nurses were killed in Nakuru, in Kenya.", "killing", "Nakuru"),
        ("A crowd met in Nairobi. Soldiers killed two nurses.", "killing", "Nairobi"),
        ("Soldiers killed two nurses.", "killing", None),
    ],
)
def test_the_nearest_words_that_place_it(text, kind, place):
    assert place_of(text, kind) == place


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("NAIROBI, March 17, 2025 (HNA) - Soldiers carried out a massacre, he said.", "massacre"),
        ("Nairobi, 17 March 2025 - Soldiers killed two nurses on Sunday.", "killing"),
        ("Odo Varr said in Nairobi that soldiers had killed two nurses.", "killing"),
        ("Odo Varr told reporters in Nairobi that soldiers had killed two nurses.", "killing"),
    ],
)
def test_where_it_was_written_or_said_is_not_where_it_was(text, kind):
    assert place_of(text, kind) is None


def test_where_somebody_denies_a_deed_is_not_where_the_next_was():
    told = "{} Three of our own men were murdered in their beds, he added."
    denied = "“None of our guards killed a villager in Mombasa,” the mayor said."
    assert place_of(told.format(denied), "killing") == "Mombasa"
    murders = extract_text(told.format(denied)).acts[1:]
    assert [act.place for act in murders] == [None]
    told_of = "Gunmen attacked a village near Mombasa, the mayor said."
    placed = [act for act in extract_text(told.format(told_of)).acts if act.type == "killing"]
    assert [act.place is None for act in placed] == [False]
