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
        "The accusations were invented by her rivals, the governor said.",
        "The colonel denied ordering the killing of Vash.",
        "The general denied any role in the raid.",
        "The police spokesman rejected the report.",
        "The guards rejected his accusations as “totally false.”",
        "Osk pleaded not guilty to the charges.",
        "“That’s a lie,” the governor said.",
        "“This is false,” the governor said.",
        "The spokesman of the justice ministry dismissed the rumour as untrue.",
        "The general denied the use of poison shells.",
        "The mayor denied any support for the rebels.",
        "The warden denied ill-treatment of the prisoners.",
        "The mill owner denied payment of bribes to the rebels.",
        "The minister called the story a pack of lies.",
        "The union's leader protested her innocence.",
        "The captain pleaded innocent to the charges.",
    ],
)
def test_what_is_called_untrue_is_denied(text: str) -> None:
    assert kinds(text) == ["denial"]


@pytest.mark.parametrize(
    "text",
    [
        "The court denied bail to the four editors.",
        "The judge rejected the bail plea of Ras Adu.",
        "Wardens deny the miners their letters and beat them.",
        "The trial was a farce, with defence lawyers denied access to the files.",
        "The court dismissed the claims against the mayor.",
        "The union rejected calls to end the strike.",
        "Wardens denied the hungry nurse access to a doctor.",
        "The ministry dismissed the teacher for what she wrote.",
        "Villagers rejected the army's denial.",
        "The union dismissed the army's denial as a lie.",
        "The mayor rejected the offer.",
    ],
)
def test_what_is_refused_is_not_denied(text: str) -> None:
    assert set(kinds(text)) == {"statement"}


@pytest.mark.parametrize(
    "text",
    [
        "The envoy called the propaganda of the army dangerous.",
        "The governor considered the disinformation a threat.",
        "The union condemned the raids as part of a campaign of lies.",
        "The union condemned the jailing of Adu for spreading fake news.",
        "The envoy described the reports of theft as not unfounded.",
        "The envoy called the claims far from baseless.",
        "“It was propaganda that drove them to loot,” the baker said.",
        "The baker said this was propaganda used to excuse the looting.",
        "The evidence was fabricated by the police, the lawyer said.",
    ],
)
def test_a_word_for_what_is_untrue_that_is_not_said_of_it_denies_nothing(text: str) -> None:
    assert "denial" not in kinds(text)


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
        ("Adu said the bakers will not be frightened.", "statement"),
        ("Brun said he never reported the attack on him at the barracks.", "allegation"),
        ("Brun said he did not attack the boy.", "denial"),
        ("The minister called the false report a danger.", "statement"),
        ("“We are tired of the government’s lies and promises,” said Adu.", "statement"),
        ("The mayor said he will not bow to the kidnappers.", "allegation"),
        ("The minister said the law is for those who spread it knowing it is false.", "statement"),
        ("Rebels seek to smear the villagers.", "statement"),
        ("Adu says the guards hold villagers hostage.", "allegation"),
        ("“We will not kill prisoners,” the captain said.", "statement"),
        ("The captain said nobody would be beaten.", "statement"),
        ("The captain said he would not release the hostages.", "allegation"),
        ("The captain said the brigade would never shell a school.", "denial"),
        ("Brun said he would not have shot the boy.", "denial"),
        ("The report lists ten killings by the brigade.", "allegation"),
        ("Brun spoke of being raped by guards.", "allegation"),
        ("The inquiry laid the blame for the massacre on the brigade.", "allegation"),
    ],
)
def test_who_did_no_wrong_denies_none(text: str, kind: str) -> None:
    assert set(kinds(text)) == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "Rebels hold villagers hostage to stop the sale.",
        "He was seized by masked wardens at the mill before the rain began.",
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
        ("“We fired on the bus by mistake,” the captain said.", "admission"),
        ("“We fired at nobody,” the captain said.", "denial"),
        ("“We attacked the bus with no warning,” the captain said.", "admission"),
        ("The men acknowledged that they helped to hide the van.", "admission"),
        ("The mayor acknowledged holding the student.", "admission"),
        ("The mayor conceded that it was responsible.", "admission"),
        ("The mayor acknowledged the death of a man in custody.", "admission"),
        ("The mayor acknowledged reports of a massacre.", "allegation"),
        ("The thief pleaded with guilty eyes for his life.", "statement"),
        ("The judge doubted the innocence of Osk.", "statement"),
    ],
)
def test_to_concede_what_is_no_wrong_is_no_admission(text: str, kind: str) -> None:
    assert kinds(text) == [kind]
