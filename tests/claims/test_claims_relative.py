"""Relative clauses with a source of their own, in sentences about what does not exist."""

from __future__ import annotations

import pytest

from onrecord.model import Claim, Record
from onrecord.pipeline import extract_text

Said = tuple[str | None, list[str]]


def _said(record: Record, claim: Claim) -> Said:
    speaker = next((a.span for a in claim.attribution if a.level == "speaker"), None)
    return (
        None if speaker is None else record.text[slice(*speaker)],
        [record.text[slice(*span)] for span in claim.content],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The commander, who, according to two witnesses, ordered the raid, was jailed in May.",
            [("two witnesses", ["The commander, who", "ordered the raid"])],
        ),
        (
            "The base in Orlen, which, the ministry said, was empty, was shelled on Monday.",
            [("the ministry", ["Orlen, which", "was empty"])],
        ),
        (
            "The army shelled the camp, in which, according to residents, forty families lived.",
            [("residents", ["the camp, in which", "forty families lived"])],
        ),
    ],
)
def test_a_clause_of_somebodys_own_lays_nothing_else_to_them(
    text: str, expected: list[Said]
) -> None:
    record = extract_text(text)
    assert [_said(record, claim) for claim in record.claims] == expected


def test_who_speaks_around_such_a_clause_is_heard_as_well_and_not_with_its_words() -> None:
    record = extract_text(
        "The minister said that the army shelled the camp, in which, according to residents, "
        "forty families lived."
    )
    assert [_said(record, claim) for claim in record.claims] == [
        ("The minister", ["that the army shelled the camp"]),
        ("residents", ["the camp, in which", "forty families lived"]),
    ]


def test_a_clause_in_the_midst_of_what_is_said_is_inside_that_claim() -> None:
    record = extract_text(
        "Ana Brisk said the mill, which, she claimed, had been burned by soldiers, "
        "belonged to her father."
    )
    inner, outer = sorted(record.claims, key=lambda claim: claim.parent is None)
    assert _said(record, inner) == ("she", ["the mill, which", "had been burned by soldiers"])
    assert inner.parent == outer.id


def test_according_to_outside_of_a_clause_is_about_the_whole_sentence() -> None:
    record = extract_text(
        "The camp, which burned in May, was shelled by the army, according to residents."
    )
    assert [_said(record, claim) for claim in record.claims] == [
        ("residents", ["The camp, which burned in May, was shelled by the army"])
    ]
