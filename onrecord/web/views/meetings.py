"""Engagements, past and planned, and the brief for each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.case import Case
from onrecord.case.browsing import State
from onrecord.case.listed import Planned
from onrecord.errors import NotFound
from onrecord.products import brief
from onrecord.products.page import Page as Product
from onrecord.store import pages, registers
from onrecord.web.keeping import KEPT
from onrecord.web.page import Asked, Page, Parameter
from onrecord.web.views import reading
from onrecord.web.views.asking import called, those_named, today
from onrecord.web.views.chronicle import planned_of
from onrecord.web.views.events import PAGE_NUMBER
from onrecord.web.views.reading import CHOSEN, MOST_DOCUMENTS

AT_ONCE, ALIKE = 30, 8
WHEN = {"": "all", "upcoming": "to come", "past": "past", "undated": "without a date"}


@dataclass(frozen=True, slots=True)
class Engagements:
    """A stretch of the visits, meetings, hearings and trips, each as one document tells of it.

    `name` is who takes part in them, where it is narrowed to somebody; `nobody` that none answers.
    """

    engagements: tuple[Planned, ...]
    when: str
    who: str
    name: str
    nobody: bool
    page: int
    pages: int
    total: int
    resolved: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """The brief for one engagement. `read` of at most `documents` that bear on it were read."""

    engagement: str
    product: Product
    read: int
    documents: int
    people: tuple[tuple[str, str], ...]


def engagements(case: Case, asked: Asked) -> Engagements:
    """A stretch of the engagements asked for."""
    told = {name: asked[name].strip() for name in ("when", "who")}
    day, page = today(), asked["page"]
    name = f"engagements {sorted(told.items())} {day} {page}"
    return KEPT.get(case, name, lambda: _engagements(case, told, day, page))


def _engagements(case: Case, told: Mapping[str, str], day: str, page: int) -> Engagements:
    with case.browse() as state:
        who = those_named(state, told["who"])
        nobody = bool(told["who"]) and not who
        when, offset = (day, told["when"]), (page - 1) * AT_ONCE
        rows, total = (
            ([], 0)
            if nobody
            else registers.engagements(state.connection, who, when, offset, AT_ONCE)
        )
        name = called(state, who)
        resolved = state.is_resolved
    return Engagements(
        engagements=tuple(planned_of(row) for row in rows),
        when=told["when"] if told["when"] in WHEN else "",
        who=told["who"],
        name=name,
        nobody=nobody,
        page=page,
        pages=max(1, -(-total // AT_ONCE)),
        total=total,
        resolved=resolved,
    )


def prepare(case: Case, asked: Asked) -> Prepared:
    """The brief for an engagement. Raises `NotFound`."""
    wanted = asked["engagement"]
    return KEPT.get(case, f"brief {wanted}", lambda: _prepared(case, wanted))


def _prepared(case: Case, wanted: str) -> Prepared:
    with case.browse() as state:
        documents, people, number = bearing_on(case, state, wanted)
        read = reading.read(state, documents)
    made = brief(read.records, engagement=wanted, judged=read.judged)
    whole = len(read.records) >= number
    return Prepared(
        engagement=wanted,
        product=made if whole else reading.narrowed(made, len(read.records)),
        read=len(read.records),
        documents=max(number, len(read.records)),
        people=people,
    )


def bearing_on(
    case: Case, state: State, wanted: str
) -> tuple[list[str], tuple[tuple[str, str], ...], int]:
    """The documents to read for a brief: those of the engagement, then on each who takes part.

    With those who take part, and how many documents at most bear on it. Raises `NotFound`.
    """
    rows = registers.reports_of_engagement(state.connection, wanted)
    if not rows:
        raise NotFound(
            "no engagement of this case has that address",
            why="who is who was worked out anew, or the address was cut",
            todo="find it in the list of engagements",
        )
    told = [planned_of(row) for row in rows]
    people = {p.canonical: p.name for one in told for p in one.participants}
    days = [row["date_from"] for row in rows]
    alike = registers.meetings_alike(state.connection, list(people), days, ALIKE)
    theirs = list(dict.fromkeys([*(one.document for one in told), *alike]))
    documents, left_out = _on_each(case, state, theirs, list(people), MOST_DOCUMENTS)
    if left_out:
        documents, left_out = _on_each(case, state, theirs, list(people), CHOSEN)
    return documents, tuple(people.items()), len(documents) + left_out


def _on_each(
    case: Case, state: State, theirs: list[str], people: list[str], most: int
) -> tuple[list[str], int]:
    """The documents of an engagement with as many on each who takes part as there is room for.

    Of many those that weigh most on them; and how many are left out.
    """
    documents, left_out = list(theirs), 0
    each = max(1, (most - len(documents)) // max(1, len(people)))
    for canonical in people:
        first, total = pages.documents_of(state.connection, canonical, 0, each)
        if total > each:
            weighty = reading.weightiest(case, canonical)
            first = list(dict.fromkeys([*weighty[:each], *first]))[:each]
        documents += first
        left_out += max(0, total - len(first))
    whole = list(dict.fromkeys(documents))
    return whole[:most], left_out + max(0, len(whole) - most)


ENGAGEMENTS = Page(
    "/engagements",
    "engagements",
    "Engagements",
    "Visits, meetings and hearings, past and planned.",
    engagements,
    "engagements.html.j2",
    (
        Parameter("when", f"One of {', '.join(filter(None, WHEN))}.", default="", most=20),
        Parameter("who", "Who takes part: a name, or the id of a group.", default="", most=300),
        PAGE_NUMBER,
    ),
)
BRIEF = Page(
    "/engagements/{engagement}",
    "brief",
    "Brief",
    "The brief for one engagement.",
    prepare,
    "brief.html.j2",
    (Parameter("engagement", "The engagement's id.", most=200),),
)
