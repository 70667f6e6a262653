"""Contradictions of one event by what is given: each side once, denials with what they deny."""

from onrecord.corroboration.summary import Against, Differing, Side, differing


def side(key: str, gives: str) -> Side:
    return Side(key, f"the source of {key}", "report.txt", gives, f"words of {key}")


def against(field: str, left: Side, right: Side) -> Against:
    return Against(field, "says otherwise", left, right)


FOUR, ALSO_FOUR, NINE, TEN = (
    side("a", "four"),
    side("b", "Four"),
    side("c", "nine"),
    side("d", "at least ten"),
)


def test_those_who_give_the_same_stand_together_and_each_once() -> None:
    (count,) = differing(
        [
            against("count", FOUR, NINE),
            against("count", FOUR, TEN),
            against("count", ALSO_FOUR, NINE),
            against("count", NINE, TEN),
        ]
    )
    assert count.title == "Number of people"
    assert count.given == ((FOUR, ALSO_FOUR), (NINE,), (TEN,))
    assert count.denied == ()


def test_fields_stand_apart() -> None:
    found = differing([against("count", FOUR, NINE), against("place", FOUR, NINE)])
    assert [each.field for each in found] == ["count", "place"]


def test_denials_of_the_very_same_stand_together() -> None:
    no, never = side("x", "that"), side("y", "never")
    found = differing([against("denial", told, by) for told in (FOUR, NINE) for by in (no, never)])
    assert found == (Differing("denial", "Alleged and denied", ((FOUR, NINE),), (no, never)),)


def test_a_denial_stands_below_what_it_denies_alone() -> None:
    no, never = side("x", "that"), side("y", "never")
    found = differing([against("denial", FOUR, no), against("denial", NINE, never)])
    assert [(each.given, each.denied) for each in found] == [
        (((FOUR,),), (no,)),
        (((NINE,),), (never,)),
    ]
