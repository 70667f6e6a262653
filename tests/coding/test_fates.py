"""Who is named later as one of those an act was done to. All names and places are invented."""

import pytest

from onrecord.pipeline import extract_text


def named(text):
    """The names that the last act of a text says it befell, and the polarity of that act."""
    record = extract_text(text)
    names = {e.id: e.name for e in record.entities}
    act = record.acts[-1]
    return [names[v.entity] for v in act.victims], act.type, act.polarity


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("The dead include fisherman Erik Vost and Anna Moe, he said.", "killing", 2),
        ("Anna Moe, 52, is among the dead, a doctor said.", "killing", 1),
        ("Jon Dahl named the dead as Anna Moe and Erik Vost.", "killing", 2),
        ("The dead were identified as Anna Moe and Erik Vost by Jon Dahl.", "killing", 2),
    ],
)
def test_the_dead_are_named_of_the_killing_told_before(text, kind, names):
    found, act, polarity = named(f"Soldiers killed four people in Orla on Monday. {text}")
    assert (act, polarity) == (kind, "affirmed")
    assert set(found) <= {"Anna Moe", "Erik Vost"}
    assert len(found) == names


def test_the_dead_of_what_nobody_did_were_not_killed():
    record = extract_text(
        "An earthquake struck Orla on Monday. Anna Moe and Erik Vost are among the dead, he said."
    )
    assert record.acts == ()


def test_who_is_said_not_to_be_among_the_dead_is_denied_to_be():
    _, act, polarity = named(
        "Soldiers killed four people in Orla on Monday. Anna Moe was not among the dead, he said."
    )
    assert (act, polarity) == ("killing", "negated")


def test_a_dead_sea_is_nobody():
    found, _, _ = named(
        "Soldiers killed four people in Orla on Monday. Anna Moe drove to the dead sea on Friday."
    )
    assert found != ["Anna Moe"]
