"""A body called again by a noun of its name: "the brigade", after "the 5th Brigade"."""

import pytest

from onrecord.entities import find_entities
from onrecord.passages.parse import parse


def called(text: str) -> dict[str, list[str]]:
    book = find_entities(parse(text), "sha256:0")
    return {
        entity.name: [text[slice(*span)] for span in entity.references]
        for entity in book.freeze()
        if entity.references
    }


@pytest.mark.parametrize(
    ("text", "name", "again"),
    [
        (
            "Men of the 5th Brigade entered Karsun. The union accused the brigade of beating two.",
            "5th Brigade",
            "the brigade",
        ),
        (
            "The Marrow Defence Front took the town. Residents blamed the front.",
            "Marrow Defence Front",
            "the front",
        ),
        (
            "The Commission of Inquiry met. A lawyer praised the commission.",
            "Commission of Inquiry",
            "the commission",
        ),
    ],
)
def test_a_noun_of_its_name_is_the_body(text, name, again):
    assert again in called(text)[name]


def test_of_two_it_is_the_one_named_last():
    text = (
        "The 5th Brigade holds Karsun. The coast is quiet. The 7th Brigade entered Ombrath. "
        "Residents blamed the brigade."
    )
    assert called(text) == {"7th Brigade": ["the brigade"]}


@pytest.mark.parametrize(
    "text",
    [
        "The 5th Brigade and the 7th Brigade entered Karsun. Residents blamed the brigade.",
        "The Marrow Defence Front took the town. Two men waited at the front of the hall.",
        "Residents blamed the brigade. The 5th Brigade had left by then.",
        "The 5th Brigade left. A brigade of another army came.",
    ],
)
def test_where_it_may_be_another_it_is_nobody(text):
    again = [word for said in called(text).values() for word in said]
    assert not {"the brigade", "the front"} & {word.lower() for word in again}
