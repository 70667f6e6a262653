"""What is denied, what is only refused, and what is left open. Names of our own."""

from __future__ import annotations

import pytest

from onrecord.claims import find_claims
from onrecord.entities import find_entities
from onrecord.passages.head import Head
from onrecord.passages.parse import parse


def kinds(text: str) -> list[str]:
    """The kind of each claim of a text."""
    parsed = parse(text)
    return [c.kind for c in find_claims(parsed, find_entities(parsed, "sha256:test"), Head())]


@pytest.mark.parametrize(
    "text",
    [
        "The army has described the family's claims as “baseless”.",
        "Orland has called the alleged plot “a fabrication.”",
        "The government slammed an official report on Orsa as a “false and motivated story”.",
        "The ministry called the report fabricated.",
        "The colonel denied ordering the killing of Vash.",
        "The general denied any role in the raid.",
        "The police spokesman rejected the report.",
        "The guards rejected his accusations as “totally false.”",
        "Osk pleaded not guilty to the charges.",
        "“That’s a lie,” the governor said.",
        "“This is false,” the governor said.",
        "The spokesman of the justice ministry dismissed the rumour as untrue.",
    ],
)
def test_what_is_called_untrue_is_denied(text: str) -> None:
    assert kinds(text) == ["denial"]


@pytest.mark.parametrize(
    "text",
    [
        "The court denied bail to the four editors.",
        "The judge rejected the bail plea of Ras Adu.",
        "They deny them basic due process and beat them.",
        "The trial was a farce, with defence lawyers denied access to the files.",
        "The court dismissed the claims against the mayor.",
        "The union rejected calls to end the strike.",
    ],
)
def test_what_is_refused_is_not_denied(text: str) -> None:
    assert set(kinds(text)) == {"statement"}


@pytest.mark.parametrize(
    "text",
    [
        "The ministry neither confirmed nor denied that its troops were there.",
        "The ministry did not confirm or deny that its troops shot the boy.",
        "The ministry refused to confirm or deny that its troops shot the boy.",
    ],
)
def test_what_is_left_open_is_not_denied(text: str) -> None:
    assert set(kinds(text)) == {"statement"}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The editor said the paper would not be intimidated.", "statement"),
        ("Brun said he did not report the attack on him to police.", "allegation"),
        ("Brun said he did not attack the boy.", "denial"),
        ("The minister called the false report a danger.", "statement"),
        ("“We are tired of the government’s lies and promises,” said Adu.", "statement"),
        ("The mayor said he will not bow to the kidnappers.", "allegation"),
        ("The minister said the law is for those who spread it knowing it is false.", "statement"),
        ("Rebels seek to smear the villagers.", "statement"),
        ("Adu says the guards hold villagers hostage.", "allegation"),
    ],
)
def test_who_did_no_wrong_denies_none(text: str, kind: str) -> None:
    assert set(kinds(text)) == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "Rebels hold villagers hostage to stop the sale.",
        "He was seized by masked officers when his taxi reached the road.",
    ],
)
def test_what_is_done_by_hand_is_no_word(text: str) -> None:
    assert kinds(text) == []


def test_to_hold_that_is_a_word() -> None:
    assert kinds("The court held that they were guilty of murder.") != []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Osk pleaded guilty to the killing of two students.", "admission"),
        ("The mayor acknowledged the killing of ten men.", "admission"),
        ("The mayor acknowledged that the task was hard.", "statement"),
        ("Osk admitted that he was there.", "admission"),
        ("The men acknowledged that they helped to hide the van.", "admission"),
    ],
)
def test_to_concede_what_is_no_wrong_is_no_admission(text: str, kind: str) -> None:
    assert kinds(text) == [kind]
