"""Interviews without labels, with people and places that do not exist."""

from __future__ import annotations

import pytest

from onrecord.model import Record
from onrecord.pipeline import extract_text

OPENING = "The Tarrow Review spoke on Monday with Ilse Bram, a nurse from Esk, about the raid."

INTERVIEW = """{opening}

Where were you when the raid began?

I was at the clinic with two other nurses. I think that the soldiers came from the harbour.

The council says that nobody was hurt. What did you see?

We carried eleven people inside. I know that three of them had been shot in the back.

The minister has promised to answer every question about the raid in parliament this week.

Do you want to go back?

Yes.
"""


def who_thinks(record: Record) -> dict[str, str | None]:
    """By the words of the source of each claim with a cue: the name of the speaker's entity."""
    names = {e.id: e.name for e in record.entities}
    links = [link for c in record.claims if c.cue for link in c.attribution]
    return {
        record.text[slice(*link.span)]: names.get(link.entity or "")
        for link in links
        if link.level == "speaker" and link.span
    }


def test_who_answers_is_whom_the_opening_names() -> None:
    record = extract_text(INTERVIEW.format(opening=OPENING))
    assert who_thinks(record)["I"] == "Ilse Bram"
    answers = [c for c in record.claims if c.cue is None]
    spoken = [record.text[slice(*c.content[0])] for c in answers]
    assert [said.split()[0] for said in spoken] == ["I", "We", "Yes."]
    assert {record.text[slice(*c.attribution[0].span or (0, 0))] for c in answers} == {"Ilse Bram"}


@pytest.mark.parametrize(
    "opening",
    [
        "The Tarrow Review interviewed Ilse Bram and, a day later, interviewed Oren Vash.",
        "In an interview with the Tarrow Review, Oren Vash said that the council would answer.",
        "The clinic in Esk stands by the harbour.",
    ],
)
def test_nobody_answers_where_no_one_person_is_named_as_asked(opening: str) -> None:
    record = extract_text(INTERVIEW.format(opening=opening))
    assert who_thinks(record)["I"] is None
    assert all(c.cue is not None for c in record.claims)


def test_a_report_with_questions_is_no_interview() -> None:
    text = f"""{OPENING}

Who gave the order?

Nobody on the council says so. “I was at the clinic,” Bram said.

Will there be an inquiry?

The minister has promised one. “We carried them inside,” she said.
"""
    assert all(c.cue is not None or c.quote == "direct" for c in extract_text(text).claims)
    assert not any(
        "minister has promised" in text[slice(*c.content[0])]
        for c in extract_text(text).claims
        if not c.cue
    )
