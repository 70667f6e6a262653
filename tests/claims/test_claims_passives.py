"""Who says it where the verb is passive, with people and places that do not exist."""

from __future__ import annotations

import pytest

from onrecord.pipeline import extract_text

PASSIVES = [
    (
        "The militia was accused by residents of burning three houses.",
        ("residents", "The militia … of burning three houses"),
    ),
    (
        "The council was accused by villagers of theft.",
        ("villagers", "The council … of theft"),
    ),
    (
        "Police were told by a witness that Dorn fired first.",
        ("a witness", "that Dorn fired first"),
    ),
    (
        "“Nobody was hurt,” the governor was quoted as saying by the Tarrow Review.",
        ("the governor", "Nobody was hurt"),
    ),
    (
        "“They will be released,” Oren Vash was quoted as saying on Friday.",
        ("Oren Vash", "They will be released"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), PASSIVES)
def test_the_agent_keeps_its_noun_and_the_verb_the_rest(
    text: str, expected: tuple[str, str]
) -> None:
    found = [
        (text[slice(*link.span)], " … ".join(text[slice(*part)] for part in claim.content))
        for claim in extract_text(text).claims
        for link in claim.attribution
        if link.level == "speaker" and link.span
    ]
    assert found == [expected]


def test_the_head_of_a_body_stays_whole() -> None:
    text = "The army was accused by the head of the dockers of torture."
    sources = {
        text[slice(*link.span)]
        for c in extract_text(text).claims
        for link in c.attribution
        if link.span
    }
    assert "the head" not in sources
