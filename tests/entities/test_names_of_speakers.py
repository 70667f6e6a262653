"""Names in capitals behind a title, by which a transcript says who speaks."""

from __future__ import annotations

from onrecord.entities import find_entities
from onrecord.passages.parse import parse

TRANSCRIPT = """RADIO ORSK
Transcript, 20 June 2024

PRESENTER: Five people died at Lomm. Who gave the order?

GOVERNOR VIKRAM STELL: Nobody gave it. I have spoken to the colonel.

PRESENTER: They were shot from behind.

DEPUTY PRIME MINISTER: That is not so.

GOVERNOR VIKRAM STELL: The hospital is not a court.

DEPUTY PRIME MINISTER: It is not.
"""


def test_a_label_gives_the_whole_name_behind_its_title() -> None:
    people = {e.name for e in find_entities(parse(TRANSCRIPT), "sha256:test") if e.type == "Person"}
    assert "VIKRAM STELL" in people
    assert not people & {"VIKRAM", "STELL", "GOVERNOR VIKRAM"}


def test_a_line_in_capitals_that_does_not_come_back_is_no_label() -> None:
    text = "GENERAL STRIKE CONTINUES: Miners left the pits in Orsk on Monday, a clerk said."
    names = [e.name for e in find_entities(parse(text), "sha256:test") if e.type == "Person"]
    assert "STRIKE CONTINUES" not in names
