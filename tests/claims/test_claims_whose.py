"""Whose words they are not: the accused, those who answer, those made to speak. Our own names."""

from __future__ import annotations

import pytest

from onrecord.claims import find_claims
from onrecord.entities import find_entities
from onrecord.passages.head import Head
from onrecord.passages.parse import parse


def sources(text: str) -> list[tuple[str, str | None]]:
    """Cue and source of each claim of a text, in its words."""
    parsed = parse(text)
    found = []
    for claim in find_claims(parsed, find_entities(parsed, "sha256:test"), Head()):
        speaker = next((a.span for a in claim.attribution if a.level == "speaker"), None)
        cue = text[slice(*claim.cue)] if claim.cue else ""
        found.append((cue, text[slice(*speaker)] if speaker else None))
    return found


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Ras Adu was arrested and charged with conspiring against the state.", "charged"),
        ("Ras Adu was detained and accused of spying for Vash.", "accused"),
    ],
)
def test_who_is_held_and_charged_charges_nobody(text: str, cue: str) -> None:
    assert sources(text) == [(cue, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor has resigned and accused the army of murder.", ("accused", "The mayor")),
        ("The police arrested and accused Ras Adu of spying.", ("accused", "The police")),
        ("The minister was met by reporters and said that nobody died.", ("said", "The minister")),
        ("The committee made the allegation that the guards beat him.", ("made", "The committee")),
        ("The mayor went on to accuse the army of murder.", ("to accuse", "The mayor")),
    ],
)
def test_who_does_so_is_still_the_source(text: str, expected: tuple[str, str]) -> None:
    assert sources(text) == [expected]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        (
            "Ras Adu was held on charges including denying and justifying the massacre.",
            "justifying",
        ),
        (
            "After the announcement of the arrests, the minister dismissed the protests.",
            "announcement",
        ),
        ("The mayor called criticism of the killings “a plot by foreigners”.", "criticism"),
        ("The government faced accusations of torture.", "accusations"),
        ("They tried to get him to admit that he had killed the girl.", "to admit"),
        ("Vash was forced to confess to killing the girl.", "to confess"),
        ("It is time for governments to condemn the killings in Orsa.", "to condemn"),
    ],
)
def test_what_is_not_said_by_them_is_not_laid_to_them(text: str, cue: str) -> None:
    assert cue not in [found for found, source in sources(text) if source is not None]
