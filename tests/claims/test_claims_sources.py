"""Whose word it goes back to: names after a long clause, whom a speaker cites, who passes on."""

from __future__ import annotations

import pytest

from onrecord.model import Claim, Record
from onrecord.pipeline import extract_text


def named(record: Record, claim: Claim, level: str) -> str | None:
    names = {entity.id: entity.name for entity in record.entities}
    return next((names.get(s.entity or "") for s in claim.attribution if s.level == level), None)


def holding(record: Record, words: str) -> Claim:
    """The one claim with the longest content that holds these words."""
    found = [
        claim
        for claim in record.claims
        if any(words in record.text[slice(*span)] for span in claim.content)
    ]
    return max(found, key=lambda c: sum(e - s for s, e in c.content))


POSTPONED = [
    (
        (
            "Two labourers were held in Orsa, Peter Hallam, the brother of one of them, "
            "told reporters."
        ),
        "Peter Hallam",
    ),
    (
        (
            "Soldiers swept through the market and killed a man, Anna Brandt, a doctor at "
            "the Orsa Hospital, said in a statement."
        ),
        "Anna Brandt",
    ),
    (
        (
            "Five herders were shot on Sunday when gunmen raided Vinn, Simon Harker, 42, said by "
            "telephone."
        ),
        "Simon Harker",
    ),
    (
        (
            "At least nine people were killed in Vinn on Friday, Union of Orsa Teachers (UOT) "
            "chairwoman Maria Holt explained."
        ),
        "Maria Holt",
    ),
    (
        "Nine men were shot, according to Orsa Centre for Rights (OCR) director Maria Holt.",
        "Maria Holt",
    ),
    ("The dead were identified as Jonas Weil by Anna Brandt.", "Anna Brandt"),
]


@pytest.mark.parametrize(("text", "who"), POSTPONED)
def test_who_is_named_after_a_long_clause_is_the_speaker(text: str, who: str) -> None:
    record = extract_text(text)
    first = record.text.split()[1]
    claim = holding(record, first)
    assert named(record, claim, "speaker") == who
    content = " ".join(record.text[slice(*span)] for span in claim.content)
    assert who.split()[1] not in content


CITED = [
    (
        (
            "Two doctors were held in Vinn, the Orsa Press Service reported, quoting Maria Holt, "
            "a resident of Vinn."
        ),
        ("Orsa Press Service", "Maria Holt"),
    ),
    (
        (
            "The Orsa Press Service, citing Simon Harker, the chairman of the Teachers' Union, has "
            "reported that two doctors were abducted."
        ),
        ("Orsa Press Service", "Simon Harker"),
    ),
    (
        "The Orsa Press Service quoted Anna Brandt as saying that two doctors were abducted.",
        ("Orsa Press Service", "Anna Brandt"),
    ),
    (
        "Simon Harker recalled that, according to Anna Brandt, two doctors were abducted.",
        ("Simon Harker", "Anna Brandt"),
    ),
    (
        "Simon Harker said Anna Brandt had told that two doctors were abducted on Monday.",
        ("Simon Harker", "Anna Brandt"),
    ),
    (
        (
            "According to the Orsa Press Service, Simon Harker, Paul Harker's brother, said that "
            "two doctors were abducted."
        ),
        ("Orsa Press Service", "Simon Harker"),
    ),
]


@pytest.mark.parametrize(("text", "who"), CITED)
def test_who_passes_on_anothers_word_cites_that_one(text: str, who: tuple[str, str]) -> None:
    record = extract_text(text)
    claim = holding(record, "doctors")
    assert (named(record, claim, "speaker"), named(record, claim, "cited")) == who


NOBODY_CITED = [
    "Simon Harker said that Anna Brandt hopes the road will open.",
    "Simon Harker denied that Anna Brandt had said the soldiers killed her.",
    "Simon Harker said the road was shut, citing a lack of money.",
]


@pytest.mark.parametrize("text", NOBODY_CITED)
def test_who_only_speaks_of_another_cites_nobody(text: str) -> None:
    record = extract_text(text)
    assert all(s.level != "cited" for claim in record.claims for s in claim.attribution)


def test_whom_a_report_cites_is_not_what_it_says() -> None:
    record = extract_text(
        "Two doctors were held in Vinn, the Orsa Wire reported, citing officials."
    )
    assert [record.text[slice(*c.cue)] for c in record.claims if c.cue] == ["reported"]


def test_who_calls_a_deed_by_a_name_says_that_it_was_done() -> None:
    text = "Troops killed ten people on Friday in what Anna Brandt called an act of revenge."
    record = extract_text(text)
    claim = holding(record, "killed")
    assert named(record, claim, "speaker") == "Anna Brandt"
    assert claim.kind == "allegation"
    lives = extract_text("He lives by the lake in what Anna Brandt called a hut.")
    assert not any("lives" in lives.text[slice(*s)] for c in lives.claims for s in c.content)


def test_a_correspondent_of_a_newsroom_is_that_newsroom() -> None:
    record = extract_text("A correspondent of the Orsa News Agency found that two men were shot.")
    assert named(record, holding(record, "two men"), "speaker") == "Orsa News Agency"


def test_a_letter_of_a_name_ends_no_sentence() -> None:
    record = extract_text("A shop was burned. Simon M. Harker, a tailor, said that men were shot.")
    assert named(record, holding(record, "men were"), "speaker") == "Simon M. Harker"


def test_to_whom_it_was_told_is_no_part_of_what_was_said() -> None:
    text = "Anna Brandt told Orsa Evening Post that three men were beaten."
    record = extract_text(text)
    claim = holding(record, "three men")
    assert record.text[slice(*claim.content[0])] == "that three men were beaten"
