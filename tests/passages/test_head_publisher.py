"""Who publishes a report: a line below its headline that names a paper, or who issues it."""

from __future__ import annotations

import pytest

from onrecord.passages.head import Head, read_head
from onrecord.passages.parse import parse

_TOLD = "Guards held three miners in Orsk on Monday after a march, a teacher said."


@pytest.mark.parametrize(
    ("top", "publisher", "published"),
    [
        ("Miners held after march\n\nThe Orsk Herald\nOrsk, 11 June 2024", "The Orsk Herald", True),
        ("Miners held after march\n\nBy Ada Fenn\nOrsk Daily Post", "Orsk Daily Post", False),
        (
            "Urgent statement: miners held\n\nVelt Centre for Peace, Port Orsk, 5 June 2024",
            "Velt Centre for Peace",
            True,
        ),
        ("Miners held after march\n\nAda Fenn, Port Orsk, 5 June 2024", None, False),
        ("Miners held after march\n\nThe Old Market", None, False),
    ],
)
def test_the_publisher_below_a_headline(top: str, publisher: str | None, published: bool) -> None:
    text = f"{top}\n\n{_TOLD}\n"
    head = read_head(parse(text), Head())
    assert (text[slice(*head.publisher)] if head.publisher else None) == publisher
    assert (head.published is not None) == published
