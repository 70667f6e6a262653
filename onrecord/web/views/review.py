"""Review: one proposal at a time, the decision worth most first; and what a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from onrecord.case import Case, Pair, Passage
from onrecord.case.judging import Verdict
from onrecord.resolution.names import compare
from onrecord.web.deciding import BACK, KNOWN, WHY, follow, local, or_all_the_same, seen
from onrecord.web.page import Action, Asked, NotAsked, Page, Parameter

MOST_PASSAGES = 4
VERDICTS = ("same", "different", "unsure")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: who it is in which document, and where that document names them."""

    key: str
    name: str
    type: str
    document: str
    path: str
    publisher: str | None
    published: str | None
    passages: tuple[Passage, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Review:
    """The proposal at `at` of `total`, both from 0; None for both sides where none is open.

    `chance` is the machine's, from 0 to 1; `reasons` are for and against; `affected` claims and
    acts rest on the answer; `decided` is the newest decision that `undo` would take back;
    `looking` are the others who look at this pair now.
    """

    at: int
    total: int
    left: Side | None = None
    right: Side | None = None
    names: str = ""
    chance: float = 0.0
    joined: bool = False
    reasons: tuple[str, ...] = ()
    affected: int = 0
    decided: int | None = None
    looking: tuple[str, ...] = ()


def review(case: Case, asked: Asked) -> Review:
    """The proposal at a place of the list; the list is in the order of what a decision is worth."""
    with case.browse() as state:
        total = state.open_proposals()
        at = max(0, min(asked["at"], total - 1))
        pairs = state.proposals(at, 1)
    decided = case.newest_judgement(asked.visitor.name)
    if not pairs:
        return Review(0, 0, decided=decided)
    pair = pairs[0]
    return Review(
        at=at,
        total=total,
        left=_side(case, pair, "left"),
        right=_side(case, pair, "right"),
        names=compare(pair.left.name, pair.right.name, pair.left.type).explain(),
        chance=pair.chance,
        joined=pair.joined,
        reasons=pair.reasons,
        affected=pair.affected,
        decided=decided,
        looking=asked.services.presence.here(
            asked.visitor, f"pair {pair.left.key} {pair.right.key}"
        ),
    )


def _side(case: Case, pair: Pair, name: str) -> Side:
    member = getattr(pair, name)
    passages = case.passages_of(member.key)
    shown = tuple(passages[:MOST_PASSAGES])
    return Side(
        member.key,
        member.name,
        member.type,
        member.document,
        member.path,
        member.publisher,
        member.published,
        shown,
        len(passages) - len(shown),
    )


def judge(case: Case, asked: Asked) -> str:
    """Put down whether two are the same; back to the next proposal."""
    if asked["verdict"] not in VERDICTS:
        raise NotAsked("that is no verdict", why="it is not on the list", todo=", ".join(VERDICTS))
    verdict, back = cast("Verdict", asked["verdict"]), f"/review?at={asked['at']}"
    if asked["back"]:
        back = local(asked["back"])
    with or_all_the_same(JUDGE.path, asked, back):
        entry = case.judge(
            asked["left"], asked["right"], verdict, why=asked["why"], seen=seen(asked)
        )
    follow(case, asked, entry)
    return back


def undo(case: Case, asked: Asked) -> str:
    """Take a decision back."""
    back = local(asked["back"]) if asked["back"] else "/review"
    entry = case.undo(asked["entry"], why="in the workbench")
    follow(case, asked, entry)
    return "/log" if asked["from"] == "log" else back


def resolve(case: Case, asked: Asked) -> str:
    """Work out who is who anew."""
    asked.services.work.resolve_soon(case, actor=asked.visitor.name)
    return "/names"


PAGE = Page(
    "/review",
    "review",
    "Review",
    "Two that may be one: the evidence for and against, one decision at a time.",
    review,
    "review.html.j2",
    (Parameter("at", "Place in the list of open proposals, from 0.", "integer", 0, most=10**9),),
)
JUDGE = Action(
    "/judge",
    "judge",
    "Put down that two entities are the same, different, or that one cannot tell.",
    judge,
    (
        Parameter("left", "Key of an entity: DOCUMENT|ENTITY."),
        Parameter("right", "Key of the other entity."),
        Parameter("verdict", "same, different or unsure.", most=12),
        WHY,
        Parameter("at", "Place in the list to go on from.", "integer", 0, most=10**9),
        *(BACK, *KNOWN),
    ),
)
UNDO = Action(
    "/undo",
    "undo",
    "Take back a decision: the log's entry of that number, or the newest that holds.",
    undo,
    (
        Parameter("entry", "Number of the entry.", "integer", None, least=1, most=10**12),
        Parameter("from", "log: go back to the log.", default="", most=8),
        BACK,
    ),
)
RESOLVE = Action("/resolve", "resolve", "Work out who is who anew.", resolve)
