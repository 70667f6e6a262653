"""Texts in somebody's own words, about people and places that do not exist."""

from __future__ import annotations

from collections import Counter

import pytest

from onrecord.model import Claim, Record
from onrecord.pipeline import extract_text

LETTER = """Office of the Mayor of Esk
Statement by Mayor Oren Vash on the arrest of Marta Quill

I was not in Esk on the night of the raid. I deny that my guards fired on the crowd.
We do not know who killed the two dockers. “They ran,” a guard told me.

I call on the council to open the archives.
"""

SIGNED = """To the press, 4 May 2021

I have read the report on the harbour. I never ordered the killing of the dockers.
The Lorn Guard has two hundred members.

Yours sincerely,
Ilse Bram
President, Lorn Guard
"""

TRANSCRIPT = """Harbour Radio, morning programme
A conversation between Nela Torv and the mayor of Esk, Oren Vash

TORV: Did your guards fire on the crowd?

VASH: I say that nobody fired. I was in Tarrow.

TORV: The dockers say that two men were killed.

VASH: I have read that.
"""


def said(record: Record, claim: Claim) -> str:
    return " ".join(record.text[slice(*span)] for span in claim.content)


def speakers(record: Record) -> dict[str, tuple[str | None, str | None]]:
    """By the words said: the name of the speaker's entity and the words that name them."""
    names = {e.id: e.name for e in record.entities}
    found = {}
    for claim in record.claims:
        link = next((a for a in claim.attribution if a.level == "speaker"), None)
        words = record.text[slice(*link.span)] if link and link.span else None
        found[said(record, claim)] = (names.get(link.entity or "") if link else None, words)
    return found


def kind(text: str) -> str:
    """The kind of the first claim of a text."""
    return extract_text(text).claims[0].kind


def test_a_heading_tells_whose_statement_it_is_and_not_whom_it_is_about() -> None:
    found = speakers(extract_text(LETTER))
    name, words = found["I was not in Esk on the night of the raid."]
    assert (name, words) == ("Oren Vash", "Mayor Oren Vash")
    assert found["that my guards fired on the crowd"] == ("Oren Vash", "I")
    assert "Marta Quill" not in {name for name, _ in found.values()}


def test_not_to_know_is_not_to_deny() -> None:
    record = extract_text(LETTER)
    kinds = {said(record, c): c.kind for c in record.claims}
    assert kinds["that my guards fired on the crowd"] == "denial"
    assert kinds["We do not know who killed the two dockers."] != "denial"


def test_a_signature_below_a_closing_formula_signs_every_sentence() -> None:
    record = extract_text(SIGNED)
    found = speakers(record)
    assert found["The Lorn Guard has two hundred members."] == ("Ilse Bram", "Ilse Bram")
    denial = next(c for c in record.claims if "never ordered" in said(record, c))
    assert denial.kind == "denial"


def test_a_letter_speaks_for_its_sender_not_for_those_it_is_written_to() -> None:
    text = SIGNED.replace("To the press, 4 May 2021", "Open letter to the Mayor of Esk, Oren Vash")
    names = {name for name, _ in speakers(extract_text(text)).values()}
    assert names == {"Ilse Bram"}


def test_a_report_that_nobody_signs_has_no_voice_of_its_own() -> None:
    text = SIGNED.split("Yours")[0]
    assert all(c.cue is not None for c in extract_text(text).claims)


def test_each_turn_of_a_transcript_is_its_speakers_own() -> None:
    record = extract_text(TRANSCRIPT)
    turns = [c for c in record.claims if c.quote == "direct"]
    labels = [record.text[slice(*c.attribution[0].span)] for c in turns if c.attribution[0].span]
    assert labels == ["TORV", "VASH", "TORV", "VASH"]
    assert said(record, turns[1]) == "I say that nobody fired. I was in Tarrow."
    inner = next(c for c in record.claims if said(record, c) == "that nobody fired")
    assert inner.parent == turns[1].id
    assert inner.attribution[0].entity == turns[1].attribution[0].entity


def test_a_field_of_a_letterhead_says_nothing() -> None:
    text = "Subject: the harbour of Esk and its dockers\n\nThe mayor said that the road was open."
    assert [said(r, c) for r in [extract_text(text)] for c in r.claims] == [
        "that the road was open"
    ]


def test_a_list_of_cases_is_no_transcript() -> None:
    case = "Name: Oren Vash\n\nVictim status: he was arrested by the guard in Tarrow.\n\n"
    record = extract_text("The guard of Esk made these arrests in the spring.\n\n" + case * 3)
    assert not [c for c in record.claims if c.quote == "direct"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said that the report of forty dead was an invention.", "denial"),
        ("“It never happened,” the colonel said.", "denial"),
        ("The governor said there was no truth in the reports of torture.", "denial"),
        ("The mayor said that the accounts were not an invention.", "statement"),
        ("The guard did not deny that its men had burned the village.", "statement"),
        ("The judge said the panel found no evidence that guards beat him.", "statement"),
        ("The minister said there was no evidence that guards beat him.", "denial"),
        ("The union said guards beat him and left no evidence.", "allegation"),
        ("The envoy said it was too early to speak of a massacre.", "statement"),
        ("A captain of the guard said: “Our fighters fired on the truck.”", "admission"),
        ("“We carried out the attack on the barracks,” the captain said.", "admission"),
        ("“We fired him in March,” the director said.", "statement"),
        ("“Our fighters never fired on the truck,” the captain said.", "denial"),
        ("The Vale Front claimed responsibility for the bombing of the market.", "admission"),
        ("Nobody claimed responsibility for the raid on Esk.", "statement"),
        ("The council urged the guard to accept responsibility for the raid.", "demand"),
    ],
)
def test_kinds_that_words_make_by_themselves(text: str, expected: str) -> None:
    assert kind(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bishop said that the mayor may have sold the well.", "hedged"),
        ("The bishop said that the mayor had reportedly sold the well.", "hedged"),
        ("The bishop said that he had met the alleged owner of the well.", "asserted"),
        ("The bishop alleged that the mayor had sold the well.", "asserted"),
        ("The mayor said that he would come to Esk in May.", "future"),
        ("Reportedly drunk, the bishop said that the well was sold.", "asserted"),
    ],
)
def test_modality_is_of_the_claims_own_words(text: str, expected: str) -> None:
    assert extract_text(text).claims[0].modality == expected


def test_no_two_claims_of_a_record_share_an_id() -> None:
    text = "\n\n".join([LETTER, TRANSCRIPT, TRANSCRIPT, "“We ran.” “We ran.” Vash said. " * 3])
    for whole in (text, LETTER + SIGNED, TRANSCRIPT * 2):
        ids = Counter(c.id for c in extract_text(whole).claims)
        assert ids
        assert max(ids.values()) == 1


AFFIDAVIT = """Affidavit

I, Marta Quill, a resident of Esk, state under oath as follows:

1. I was at home with my two sons. Soldiers entered the house at dawn.
2. They beat my elder son. I have not seen him since.

Sworn before me at Tarrow. I am a notary of that town.
"""

TESTIMONY = """Testimony, 4 May 2021

My name is Marta Quill and I am 34 years old. I live in Esk.

Soldiers entered my house. I think they came from the harbour.
"""


@pytest.mark.parametrize("text", [AFFIDAVIT, TESTIMONY])
def test_who_says_their_name_speaks_what_follows(text: str) -> None:
    found = speakers(extract_text(text))
    entered = next(words for words in found if "Soldiers entered" in words)
    assert found[entered] == ("Marta Quill", "Marta Quill")
    assert not any("notary" in words for words in found)
    assert {name for name, _ in found.values()} == {"Marta Quill"}


def test_a_name_told_in_a_quotation_signs_nothing() -> None:
    text = """Esk, 4 May 2021

“My name is Marta Quill,” said a woman at the door. I asked her to come in.

I had come to Esk with a photographer. The harbour was shut.
"""
    found = speakers(extract_text(text))
    assert not any("harbour was shut" in words for words in found)
