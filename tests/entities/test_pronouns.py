"""Of two women, who "she" is: who stands out, or nobody. Names of our own."""

from __future__ import annotations

import pytest

from onrecord.entities import find_entities
from onrecord.passages.parse import parse


def meant(text: str, pronoun: str) -> str | None:
    """The name of whom the last of these pronouns is led back to."""
    book = find_entities(parse(text), "sha256:test")
    entity = book.at(text.rindex(pronoun))
    return None if entity is None else entity.name


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Guards stopped Ada Brenn and Maria Holt on Friday. She told reporters about it.", "She"),
        ("Peter Hallam stayed. With Simon Harker the talk was short. He left.", "He"),
        ("Simon Harker was shot, according to Peter Hallam. He said that police did it.", "He"),
    ],
)
def test_of_two_as_near_nobody_is_chosen(text: str, pronoun: str) -> None:
    assert meant(text, pronoun) is None


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Ada Brenn met Maria Holt in Orsa. She was tired.", "She", "Ada Brenn"),
        ("Ada Brenn went to Orsa. Maria Holt went to Vinn. She was tired.", "She", "Maria Holt"),
        ("Ten were shot, according to Peter Hallam. He said police did it.", "He", "Peter Hallam"),
        ("Guards stopped Ada Brenn on Friday. She told reporters about it.", "She", "Ada Brenn"),
    ],
)
def test_who_stands_out_is_meant(text: str, pronoun: str, name: str) -> None:
    assert meant(text, pronoun) == name
