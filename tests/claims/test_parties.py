from __future__ import annotations

import pytest

from onrecord.pipeline import extract_text


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        (
            "Four people were killed when troops entered Orla, residents and a doctor said.",
            "Four people were killed when troops entered Orla",
            "residents and a doctor",
        ),
        (
            "The army shelled the market, the hospital and the school, Mira Tane said.",
            "The army shelled the market, the hospital and the school",
            "Mira Tane",
        ),
    ],
)
def test_a_source_of_two_parties_is_whole(text: str, content: str, source: str) -> None:
    claim = extract_text(text).claims[0]
    assert [text[slice(*span)] for span in claim.content] == [content]
    assert text[slice(*(claim.attribution[0].span or (0, 0)))] == source
