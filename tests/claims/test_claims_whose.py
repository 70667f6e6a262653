"""Whose words they are not: the accused, those who answer, those made to speak. Our own names."""

from __future__ import annotations

import pytest

from onrecord.claims import find_claims
from onrecord.entities import find_entities
from onrecord.passages.head import Head
from onrecord.passages.parse import parse


def sources(text: str) -> list[tuple[str, str | None]]:
    """Cue and source of each claim of a text, in its words."""
    parsed = parse(text)
    found = []
    for claim in find_claims(parsed, find_entities(parsed, "sha256:test"), Head()):
        speaker = next((a.span for a in claim.attribution if a.level == "speaker"), None)
        cue = text[slice(*claim.cue)] if claim.cue else ""
        found.append((cue, text[slice(*speaker)] if speaker else None))
    return found


def told(text: str) -> list[tuple[str, str]]:
    """Source and content of each claim of a text, in its words."""
    parsed = parse(text)
    found = []
    for claim in find_claims(parsed, find_entities(parsed, "sha256:test"), Head()):
        speaker = next((a.span for a in claim.attribution if a.level == "speaker"), None)
        said = " ".join(text[slice(*span)] for span in claim.content)
        found.append((text[slice(*speaker)] if speaker else "", said))
    return found


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Ras Adu was picked up and charged with plotting a strike.", "charged"),
        ("Ras Adu was detained and accused of spying for Vash.", "accused"),
    ],
)
def test_who_is_held_and_charged_charges_nobody(text: str, cue: str) -> None:
    assert sources(text) == [(cue, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor has resigned and accused the army of murder.", ("accused", "The mayor")),
        ("The police arrested and accused Ras Adu of spying.", ("accused", "The police")),
        ("The minister was met by reporters and said that nobody died.", ("said", "The minister")),
        ("The committee made the allegation that the guards beat him.", ("made", "The committee")),
        ("Vash wants to show that life is good there.", ("to show", "Vash")),
        ("The mayor went on to accuse the army of murder.", ("to accuse", "The mayor")),
    ],
)
def test_who_does_so_is_still_the_source(text: str, expected: tuple[str, str]) -> None:
    assert sources(text) == [expected]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        (
            "Ras Adu was jailed on counts including hiding and justifying the murder.",
            "justifying",
        ),
        (
            "After the announcement of the arrests, the minister dismissed the protests.",
            "announcement",
        ),
        ("The mayor called criticism of the killings “a plot by foreigners”.", "criticism"),
        ("The government faced accusations of torture.", "accusations"),
        ("Wardens tried to get her to admit that she had killed the girl.", "to admit"),
        ("Vash was forced to confess to killing the girl.", "to confess"),
        ("Village priest found not guilty of sheltering rebels", "found not guilty of"),
        ("It is time for governments to condemn the killings in Orsa.", "to condemn"),
    ],
)
def test_what_is_not_said_by_them_is_not_laid_to_them(text: str, cue: str) -> None:
    assert cue not in [found for found, source in sources(text) if source is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Critics say the law crushes dissent, while its authors say it brings order.",
            [("Critics", "the law crushes dissent"), ("its authors", "it brings order")],
        ),
        (
            "Adu says his men fled, but the army claims they were shot.",
            [("Adu", "his men fled"), ("the army", "they were shot")],
        ),
        (
            "Ten people died in the raid, reported The Orsa Post.",
            [("The Orsa Post", "Ten people died in the raid")],
        ),
        (
            "In 1990 he was charged with theft, reported Cleve Magazine.",
            [("Cleve Magazine", "In 1990 he was charged with theft")],
        ),
        (
            "Three men were held over claims, which they deny, of spying for Vash.",
            [("they", "claims of spying for Vash")],
        ),
        (
            "She fled in a boat, wrote Orsa Post on Monday.",
            [("Orsa Post", "She fled in a boat")],
        ),
        (
            "The colonel, who had read the list, mentioned General Osk.",
            [("The colonel, who had read the list", "General Osk")],
        ),
        (
            "No fewer than ten nurses said the ward was shelled.",
            [("No fewer than ten nurses", "the ward was shelled")],
        ),
        ("The general has always maintained his innocence.", [("The general", "his innocence")]),
        (
            "Adu and Brun, who face the same court, deny any wrongdoing.",
            [("Adu and Brun", "any wrongdoing")],
        ),
    ],
)
def test_each_says_what_is_theirs(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


def test_what_went_on_meanwhile_is_told_by_the_first() -> None:
    said = "that he was held while police told the family that he had fled"
    assert told(f"Adu said {said}.")[0] == ("Adu", said)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Orlian newspaper Nova Gazeta reported that the boy was shot.", "Nova Gazeta"),
        ("The group's director in Orsa, Kai Brun, said that the boy was shot.", "Kai Brun"),
        ("The director of the Orsa Union, a lawyer, said that the boy was shot.", "The director"),
        ("Kai Brun, the Orland Union's director in Orsa, said that he was shot.", "Kai Brun"),
        ("The Orland Union’s envoy for Orsa, Kai Brun, said that he was shot.", "Kai Brun"),
        ("A top Orland Union expert said that he was shot.", "A top Orland Union expert"),
        ("The editor and his lawyer, Ada Brenn, say that he was shot.", "The editor"),
        ("Nobody claimed responsibility for the fire at the mill.", None),
        ("The lawyer of the jailed general, Kai Brun, said that he was shot.", "The lawyer"),
        ("The doctor who treated the priest, Kai Brun, said that he was shot.", "The doctor"),
        ("Not a single officer said that he was shot.", None),
    ],
)
def test_a_description_is_whom_it_names(text: str, name: str | None) -> None:
    parsed = parse(text)
    book = find_entities(parsed, "sha256:test")
    (claim,) = find_claims(parsed, book, Head())
    entity = next(a.entity for a in claim.attribution if a.level == "speaker")
    assert (book[entity].name if entity else None) == name


def test_a_colon_leads_on_and_lays_no_threat_to_whom_it_was_made() -> None:
    text = (
        "They asked, “Are you one of them?” Rania kept silent. “Kneel, or we will kill you.” "
        "She continued:\n\nI begged them not to do it."
    )
    assert ("She", "Kneel, or we will kill you.") not in told(text)
    assert told("“We saw it,” Rania said: “They shot him at the gate.”") == [
        ("Rania", "We saw it They shot him at the gate.")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“They came at night,” Rania said. The mayor replied: “That is a lie.”",
            [("Rania", "They came at night"), ("The mayor", "That is a lie.")],
        ),
        (
            "Rania said, “They shot him.” The mayor said, “We did not.”",
            [("Rania", "They shot him."), ("The mayor", "We did not.")],
        ),
        (
            "The guard shouted at Rania: “Nobody will hear you.” Rania said: “Somebody will.”",
            [("The guard", "Nobody will hear you."), ("Rania", "Somebody will.")],
        ),
        (
            "“Leave, or we burn it,” a soldier told the family. The father said: “We left.”",
            [("a soldier", "Leave, or we burn it"), ("The father", "We left.")],
        ),
        (
            "“We have nothing left,” the baker said. “They burned the mill,” the miller said.",
            [("the baker", "We have nothing left"), ("the miller", "They burned the mill")],
        ),
        (
            "“I saw it,” Rania told the court. “They shot him twice.”",
            [("Rania", "I saw it They shot him twice.")],
        ),
    ],
)
def test_what_a_sentence_leads_to_is_not_what_another_said_before(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert told(text) == expected


def test_what_a_captor_said_stays_on_the_word_of_whom_it_was_said_to() -> None:
    text = "Rania said her captors told her: “You will die here.” She said: “I prayed to God.”"
    parsed = parse(text)
    first = find_claims(parsed, find_entities(parsed, "sha256:test"), Head())[0]
    assert [text[slice(*link.span)] for link in first.attribution if link.span] == [
        "her captors",
        "Rania",
    ]
