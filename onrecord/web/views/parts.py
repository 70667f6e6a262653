"""The parts that somebody may have in what is said, asked and planned, each listed by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.store.pages import ACCUSED, DENIED, PLACE, SPEAKER, SUFFERED


@dataclass(frozen=True, slots=True)
class Part:
    """One part: claims by the part that a group has in them, or demands and visits by theirs.

    `empty` is said where there are none.
    """

    name: str
    title: str
    intro: str
    empty: str
    claims: str = ""
    party: tuple[str, str] | None = None


_ALL = (
    Part(
        "against",
        "Laid to them",
        "What sources lay to them, by the word of others; told by most independent origins first.",
        "No source in this case lays an act to them.",
        claims=ACCUSED,
    ),
    Part(
        "denied",
        "Denials by others that speak of them",
        "What others say that they did not do.",
        "No denial by others that speaks of them is on record.",
        claims=DENIED,
    ),
    Part(
        "suffered",
        "Said to have been done to them",
        "By the word of others; told by most independent origins first.",
        "Nothing that was done to them is on record.",
        claims=SUFFERED,
    ),
    Part(
        "by",
        "What they said",
        "Allegations, denials, demands and statements of theirs, and what they passed on.",
        "Nothing that they said is on record.",
        claims=SPEAKER,
    ),
    Part(
        "here",
        "Said to have happened there",
        "By the word of those named; told by most independent origins first.",
        "Nothing that happened there is on record.",
        claims=PLACE,
    ),
    Part(
        "asked-of",
        "Asked of them",
        "Each with any response found in the documents read for this page.",
        "Nothing asked of them is on record.",
        party=("demand", "addressee"),
    ),
    Part(
        "asked-by",
        "Asked by them",
        "Each with any response found in the documents read for this page.",
        "Nothing asked by them is on record.",
        party=("demand", "speaker"),
    ),
    Part(
        "visits",
        "Visits, meetings and hearings",
        "Each as one document tells of it.",
        "No visit, meeting or hearing of theirs is on record.",
        party=("engagement", "participant"),
    ),
    Part(
        "relations",
        "Posts and relations",
        "In the order in which the documents came in.",
        "No post and no relation of theirs stands in these documents.",
    ),
)
PARTS: Mapping[str, Part] = {part.name: part for part in _ALL}
