"""What a denial answers that names nobody: short reports of our own about invented places."""

from __future__ import annotations

import pyarrow as pa
import pytest
from story_factory import RAID, Said, Story, count

from onrecord.corroboration.answers import Report, Row, answered
from onrecord.corroboration.denials import Bodies
from onrecord.corroboration.spoken_of import only_spoken_of

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


@pytest.mark.parametrize(
    ("cue", "said", "only"),
    [
        ("has taken note of", "reports in some papers that allege the beating of a boatman", True),
        ("dismissed", "rumours that two drivers were shot in Velk", True),
        ("commented on", "recent media claims about the burning", True),
        # Who confirms or has gathered them stands by them; and a body that reports is no report.
        ("confirmed", "reports that two drivers were shot in Velk", False),
        ("has collected", "reports of beatings in Orm", False),
        ("said", "the centre reports that two drivers were shot", False),
        ("said", "two drivers were shot in Velk", False),
    ],
)
def test_who_speaks_of_reports_does_not_stand_by_them(cue: str, said: str, only: bool) -> None:
    assert only_spoken_of(said, cue) is only


def test_who_only_speaks_of_reports_is_no_origin() -> None:
    of = Said("Orm Water Office", f"rumours that {RAID}", kind="Organization")
    assert count([Story("The Wren", [of])]) == 0
    assert count([Story("The Lark", [Said("Mira Tolvan")]), Story("The Wren", [of])]) == 1


@pytest.mark.parametrize(
    ("denial", "named"),
    [
        ("that the Reed Guard fired on the ferry", True),
        ("that fighters of the Reed Guard were there", True),
        ("that they were held by the Reed Guard", True),
        ("any part of the Reed Guard in it", True),
        ("the allegations against the Reed Guard", True),
        ("that the Lake Corps and the Reed Guard fired", True),
        ("that the province arms the Reed Guard", False),
        ("that the corps had ever acted together with the Reed Guard", False),
    ],
)
def test_of_whom_a_denial_speaks(denial: str, named: bool) -> None:
    row = {"key": "d|e", "document": "d", "type": "Organization", "name": "Reed Guard", "names": []}
    bodies = Bodies(pa.Table.from_pylist([row]), {"d|e": "guard"})
    assert bodies.denied_of("d", denial) == (frozenset({"guard"}) if named else frozenset())
