"""What a denial answers that names nobody: short reports of our own about invented places."""

from __future__ import annotations

import pytest

from onrecord.corroboration.answers import Report, Row, answered

BURNING = ("Men burned the mill in Orm on Friday.", "burned", "burning", "Orm")
SHOOTING = ("Two drivers were shot in Velk on Monday.", "shot", "shooting", "Velk")


def report(*lines: tuple[str, str, str, str] | str, denial: str) -> tuple[Row, Report]:
    """A report whose lines tell of an act (words, its own words, event, place), say something, or
    deny: `denial` stands in the last; an empty line begins a paragraph.
    """
    text, acts, claims = "", [], []
    for number, line in enumerate(lines):
        words, *act = (line,) if isinstance(line, str) else line
        start = len(text)
        text += f"{words} " if words else "\n\n"
        if act:
            own, event, place = act
            acts.append(
                {"text": own, "start": text.index(own, start), "event": event, "claims": []}
                | {"place_name": place}
            )
        elif words and denial not in words:
            claims.append({"key": f"claim{number}", "text": words, "start": start})
    claim = {"key": "denial", "text": denial, "start": text.rindex(denial)}
    return claim, Report(text, [*claims, claim], acts)


@pytest.mark.parametrize(
    ("lines", "denial", "event"),
    [
        # One thing: what was said last before it, also where that tells of no act.
        ((BURNING, "", SHOOTING, "The mayor denied it."), "it", "shooting"),
        ((SHOOTING, "", BURNING, "The mayor rejected the claim."), "the claim", "burning"),
        (
            (
                BURNING,
                SHOOTING,
                "",
                "She had known of it, a deputy said.",
                "Her office denied the claim.",
            ),
            "the claim",
            None,
        ),
        # All that was said there: the event told most in the paragraph.
        (
            (
                BURNING,
                "",
                SHOOTING,
                "Both were hit in the back, she said.",
                "The mayor denied these allegations.",
            ),
            "these allegations",
            "shooting",
        ),
        ((BURNING, SHOOTING, "The mayor denied the allegations."), "the allegations", None),
        # A word of an act, or its place, says which it is.
        (
            (BURNING, "", SHOOTING, "He denied any part in the burning."),
            "any part in the burning",
            "burning",
        ),
        ((BURNING, SHOOTING, "He denied being in Orm."), "being in Orm", "burning"),
        # Something else is denied: not clear what it answers, unless the report tells of one event.
        ((BURNING, SHOOTING, "He denied that a list was kept."), "that a list was kept", None),
        ((BURNING, "He denied that a list was kept."), "that a list was kept", "burning"),
        # Nothing stands before it.
        (("Mayor denies allegations.", "", BURNING, SHOOTING), "allegations", None),
    ],
)
def test_what_a_denial_answers(
    lines: tuple[tuple[str, str, str, str] | str, ...], denial: str, event: str | None
) -> None:
    assert answered(*report(*lines, denial=denial)) == event
