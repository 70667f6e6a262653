"""Claims inside the words of claims, about people and places that do not exist."""

from __future__ import annotations

import pytest

from onrecord.pipeline import extract_text


def inner(text: str) -> list[tuple[str, str, str]]:
    """(source, what is said, cue of the claim that holds it) of each claim inside another."""
    record = extract_text(text)
    cues = {c.id: c.cue for c in record.claims}
    found = []
    for claim in record.claims:
        cue = cues.get(claim.parent or "")
        span = claim.attribution[0].span
        if cue is not None and span is not None:
            words = " … ".join(text[slice(*part)] for part in claim.content)
            found.append((text[slice(*span)], words, text[slice(*cue)]))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Oren Vash said he had been told by a neighbour that his brother was dead.",
            ("a neighbour", "that his brother was dead", "said"),
        ),
        (
            "“I was told by the guard that my son had died,” Marta Quill said.",
            ("the guard", "that my son had died", "said"),
        ),
        (
            "“The officer said he would kill us all,” Quill told the Tarrow Review.",
            ("The officer", "he would kill us all", "told"),
        ),
        (
            "The lawyer said that, according to the autopsy, the man had been beaten.",
            ("the autopsy", "the man had been beaten", "said"),
        ),
    ],
)
def test_who_is_told_of_has_a_claim_inside(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in inner(text)


@pytest.mark.parametrize(
    "text",
    [
        "“Nobody said that they were there,” Marta Quill told the Tarrow Review.",
        "“The mayor could say that the guards were there,” Quill said.",
        "The council asked the mayor to say that the guards were there.",
    ],
)
def test_what_nobody_need_have_said_is_no_claim_inside(text: str) -> None:
    assert inner(text) == []
