"""What nobody said is no claim; what is said keeps its marks. Sentences and names of our own."""

from __future__ import annotations

import pytest

from onrecord.claims import find_claims
from onrecord.entities import find_entities
from onrecord.passages.head import Head
from onrecord.passages.parse import parse


def read(text: str) -> list[tuple[str | None, str | None, str, tuple[str, ...]]]:
    """Source, cue, kind and content of each claim of a text, in words."""
    parsed = parse(text)
    claims = find_claims(parsed, find_entities(parsed, "sha256:test"), Head())
    found = []
    for claim in claims:
        speaker = next((link.span for link in claim.attribution if link.level == "speaker"), None)
        found.append(
            (
                text[slice(*speaker)] if speaker else None,
                text[slice(*claim.cue)] if claim.cue else None,
                claim.kind,
                tuple(text[slice(*span)] for span in claim.content),
            )
        )
    return found


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("Her office rejected the claim.", "the claim"),
        ("A spokesman for the guard dismissed the allegation.", "the allegation"),
        ("Colonel Marn rejected the report as false.", "the report as false"),
    ],
)
def test_a_denial_takes_no_words_that_its_own_sentence_gave_to_another(
    answer: str, words: str
) -> None:
    text = f"Ilse Bram said the guards had come to Esk “an hour too late.” {answer}"
    said, denied = read(text)
    assert said[0] == "Ilse Bram"
    assert said[3] == ("the guards had come to Esk “an hour too late.”",)
    assert denied[2:] == ("denial", (words,))


def test_a_sentence_in_marks_keeps_the_cue_after_it() -> None:
    said = read("Ilse Bram called for calm. “We never fired on Esk.” Oren Vash added.")
    assert ("Oren Vash", "added", "denial", ("We never fired on Esk.",)) in said


@pytest.mark.parametrize(
    "content",
    [
        "that the road was “a grave of our own making.”",
        "that the road was “a grave of our own making”",
        'that the road was "a grave of our own making."',
    ],
)
def test_a_quotation_inside_what_is_said_keeps_its_closing_mark(content: str) -> None:
    tail = "" if content.endswith((".”", '."')) else "."
    assert read(f"The mayor of Esk said {content}{tail}")[0][3] == (content,)


def test_what_somebody_is_urged_to_say_is_not_said() -> None:
    claims = read(
        "Ilse Bram called on the council and urged the harbour office to admit that "
        "nine men were held in Esk."
    )
    assert "Ilse Bram" in {source for source, *_ in claims}
    assert not [cue for _, cue, *_ in claims if cue and "admit" in cue]


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers closed the road to Esk, the ministry announced on Monday.",
        "Nine men were found dead, a doctor said on Tuesday, after the army left the road.",
        "Reporter threatened after interview with the widow",
        "The union denied it in its letter of 5 March.",
    ],
)
def test_when_is_not_what(text: str) -> None:
    for _, _, _, content in read(text):
        assert content[0] not in ("on Monday", "Monday", "5 March")
        assert not content[0].startswith(("Tuesday", "on Tuesday", "after "))


def test_a_clause_that_tells_which_one_is_not_said_alone() -> None:
    contents = [
        c for *_, c in read("The union condemns the threat that was made against Ilse Bram.")
    ]
    assert contents == [("the threat that was made against Ilse Bram",)]


def test_a_word_that_only_points_is_no_claim() -> None:
    assert read("No office in Esk counted them.") == []
    assert ("you to",) not in [c for *_, c in read("We therefore urge you to:\n\n- open the list.")]


def test_a_vow_of_somebody_else_is_not_said_by_who_welcomes_it() -> None:
    (claim,) = read("The union welcomed the governor's vow to free the men who were tortured.")
    assert claim[2:] == (
        "statement",
        ("the governor's vow to free the men who were tortured",),
    )


def test_who_takes_note_of_reports_alleges_nothing() -> None:
    claims = read("The ministry has taken note of reports that allege the killing of nine men.")
    assert "allegation" not in {kind for source, _, kind, _ in claims if source == "The ministry"}


NOBODYS_WORD = [
    "Norway: ten people killed in a strike\n\nThe army fired on the town on Monday.",
    "Norway has seen many years of quarrels over land.",
    "The police of Orsa did not answer calls on Saturday.",
    "What we know about the shooting in Orsa\n\nTwo men were shot in Orsa on Monday.",
    "A delegation of elders is expected in Orsa tomorrow.",
]


@pytest.mark.parametrize("text", NOBODYS_WORD)
def test_what_nobody_says_is_no_claim(text: str) -> None:
    assert not read(text)


def test_a_country_may_say_something() -> None:
    ((who, cue, _, _),) = read("Norway said that ten people were killed in a strike.")
    assert (who, cue) == ("Norway", "said")
