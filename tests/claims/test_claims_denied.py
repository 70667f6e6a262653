"""What denies and what complains; who stays unnamed; who is listed. Names of our own."""

from __future__ import annotations

import pytest

from onrecord.claims import find_claims
from onrecord.entities import find_entities
from onrecord.passages.head import Head
from onrecord.passages.parse import parse


def read(text: str) -> list[tuple[str | None, str, str, str]]:
    """Source, kind, polarity and first words of each claim of a text."""
    parsed = parse(text)
    found = []
    for claim in find_claims(parsed, find_entities(parsed, "sha256:test"), Head()):
        speaker = next((a.span for a in claim.attribution if a.level == "speaker"), None)
        source = text[slice(*speaker)] if speaker else None
        found.append((source, claim.kind, claim.polarity, text[slice(*claim.content[0])]))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "The duty officer told her that nobody by that name had been detained.",
        "Major Lind told the court that no officer under his command had arrested Mr. Varr.",
        "The colonel said none of his men had shot at the crowd.",
        "“Nobody gave an order to shoot,” the governor said.",
        "“He did not kill anyone,” said his lawyer, Ada Brenn.",
        "“They had no role in the raid,” said the minister.",
        "Rebels said they did not attack the convoy.",
        "The general had no hand in the killing, his lawyer said.",
        "“I was not there when they killed him,” said the guard.",
    ],
)
def test_the_deed_itself_is_denied(text: str) -> None:
    assert [(kind, "no" in said.lower()) for _, kind, _, said in read(text)] == [("denial", True)]


@pytest.mark.parametrize(
    "text",
    [
        "“They did not call out a warning. They just began shooting,” said Orin Fesk, a miner.",
        "A witness said they did not shout and just started shooting.",
        "“They did not shoot him. They beat him to death,” said his brother.",
        "“We could not sleep because of the shelling,” said Mara Dol, a baker.",
        "“They did not only kill him, they burned the house,” said his brother.",
        "“We did not run. The police shot us,” said a student.",
        "The widow said that nobody has been punished for the killing of her son.",
        "The family said the police had not arrested Captain Vash.",
        "According to a cousin, two men took him away in a van without number plates.",
    ],
)
def test_what_others_left_undone_is_no_denial(text: str) -> None:
    kinds = [kind for _, kind, _, _ in read(text)]
    assert kinds
    assert "denial" not in kinds


def test_a_van_without_plates_leaves_what_is_said_affirmed() -> None:
    text = "According to a cousin, two men took him away in a van without number plates."
    assert [polarity for _, _, polarity, _ in read(text)] == ["affirmed"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (
            "Guards burned the mill, wounding six, two residents and a nurse told the Lark.",
            "two residents and a nurse",
        ),
        (
            "Guards beat the strikers on Monday, two miners, a doctor and a priest told the Lark.",
            "two miners, a doctor and a priest",
        ),
        (
            (
                "“They did not shout, they did not wave. They just started shooting,” said Orin "
                "Fesk, a farmer who was on the bus and whose brother Pell Fesk was among the dead."
            ),
            "Orin Fesk, a farmer",
        ),
    ],
)
def test_who_said_it_is_found_behind_it(text: str, source: str) -> None:
    assert [(who or "")[: len(source)] for who, _, _, _ in read(text)] == [source]


@pytest.mark.parametrize(
    "text",
    [
        "A clerk of the hospital, who asked not to be named, said that four men were beaten.",
        "A clerk of the hospital, who requested anonymity, said that four men were beaten.",
        "A clerk said that four men were beaten. She asked that her own name not be published.",
    ],
)
def test_to_stay_unnamed_is_no_claim(text: str) -> None:
    assert ["four men were beaten" in said for _, _, _, said in read(text)] == [True]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ada Brenn told reporters at the gate: “They beat him with cables.”", "They beat him"),
        ("Ada Brenn told the court that they beat him with cables.", "that they beat him"),
        ("The Panel received credible information that five miners were killed.", "that five"),
        ("The Panel found no evidence that shots were fired from the van.", "no evidence that"),
    ],
)
def test_what_is_said_begins_behind_its_hearers(text: str, said: str) -> None:
    assert [words.startswith(said) for _, _, _, words in read(text)] == [True]


def test_the_title_of_a_section_speaks_no_words() -> None:
    told = "The engineer Orin Fesk, who built the bridge in Orsk, has died. He was 81."
    assert read(f"Obituary: Orin Fesk, bridge builder\n\n{told}") == []
