"""What only the capitals of a headline make look like a name; invented places and people."""

from __future__ import annotations

import pytest

from onrecord.entities.find import find_entities
from onrecord.passages.head import Head, read_head
from onrecord.passages.parse import parse

BODY = """

SARN, 4 May 2031 (Lark News) - Soldiers entered Ombrel on Monday and burned six houses at dawn.

The elder, Mira Tolvan, said that the River Guard stood at the bridge.
"""


def named(headline: str) -> set[str]:
    """The names of entities that stand in a headline."""
    parsed = parse(headline + BODY)
    head = read_head(parsed, Head())
    book = find_entities(parsed, "sha256:x", head)
    return {
        entity.name
        for entity in book
        if entity.type != "Group" and any(start < len(headline) for start, _ in entity.mentions)
    }


@pytest.mark.parametrize(
    ("headline", "names"),
    [
        ("Soldiers Burn Six Houses In Village", set()),
        ("Army Raids Village At Dawn, Residents Say", set()),
        ("RAID ON FISHING VILLAGE LEAVES FOUR DEAD", set()),
        ("River Guard Burns Six Houses In Ombrel", {"River Guard", "Ombrel"}),
        ("Six houses burned in Ombrel", {"Ombrel"}),
    ],
)
def test_a_name_in_a_headline_in_capitals_is_named_below(headline: str, names: set[str]) -> None:
    assert named(headline) == names
