"""What happened, as the case tells it: events, chronology, demands, engagements and their brief."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.case import Case
from onrecord.corroboration.summary import EventSummary
from onrecord.corroboration.why import Explanation
from onrecord.errors import NotFound
from onrecord.model import Record
from onrecord.products import brief, chronology, demands
from onrecord.products.edtf import span_of
from onrecord.products.index import Judged
from onrecord.products.page import Page as Product
from onrecord.web.keeping import KEPT
from onrecord.web.page import Asked, Page, Parameter


@dataclass(frozen=True, slots=True)
class Events:
    """Events, the most reported first. `alone` of them stand in one report only."""

    events: tuple[EventSummary, ...]
    alone: int
    every: bool


@dataclass(frozen=True, slots=True)
class OneEvent:
    """An event with its origins, and why they count as one or several."""

    event: EventSummary
    explained: Explanation


@dataclass(frozen=True, slots=True)
class Shown:
    """A product of the whole case."""

    product: Product


@dataclass(frozen=True, slots=True)
class Planned:
    """An engagement in a list."""

    id: str
    type: str
    status: str
    date: str | None
    place: str | None
    participants: tuple[str, ...]
    document: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Engagements:
    """Visits, meetings, hearings and trips, each as one document tells of it."""

    engagements: tuple[Planned, ...]


def judged(case: Case) -> list[Judged]:
    """People's judgements of who is who, for the products."""
    return [
        Judged(d.left.rpartition("|")[2], d.right.rpartition("|")[2], d.verdict)
        for d in case.judgements()
    ]


def events(case: Case, asked: Asked) -> Events:
    """Events, those in one report only if asked for."""
    found = KEPT.get(case, "events", case.events)
    several = tuple(event for event in found if event.reports > 1)
    every = bool(asked["all"])
    return Events(tuple(found) if every else several, len(found) - len(several), every)


def event(case: Case, asked: Asked) -> OneEvent:
    """One event. Raises `NotFound`."""
    found = {event.id: event for event in KEPT.get(case, "events", case.events)}
    if asked["event"] not in found:
        raise NotFound(
            "no event of this case has that address",
            why="events are worked out anew when documents or judgements come in",
            todo="find it in the list of events",
        )
    name = f"why {asked['event']}"
    return OneEvent(found[asked["event"]], KEPT.get(case, name, lambda: case.why(asked["event"])))


def chronicle(case: Case, asked: Asked) -> Shown:
    """What is reported to have happened, in order of date."""
    del asked
    made = KEPT.get(case, "chronology", lambda: chronology(case.records(), judged=judged(case)))
    return Shown(made)


def register(case: Case, asked: Asked) -> Shown:
    """Who is asked by whom to do what."""
    del asked
    return Shown(KEPT.get(case, "demands", lambda: demands(case.records(), judged=judged(case))))


def engagements(case: Case, asked: Asked) -> Engagements:
    """Every engagement on record."""
    del asked
    return Engagements(KEPT.get(case, "engagements", lambda: _engagements(case)))


def _engagements(case: Case) -> tuple[Planned, ...]:
    return tuple(one for record in case.records() for one in _planned(record))


def _planned(record: Record) -> Iterator[Planned]:
    names = {entity.id: entity.name for entity in record.entities}
    for one in record.engagements:
        yield Planned(
            id=one.id,
            type=one.type,
            status=one.status,
            date=span_of(one.start, one.end),
            place=names.get(one.place or ""),
            participants=tuple(names[e] for e in one.participants if e in names),
            document=record.document.id,
            start=one.span[0],
            end=one.span[1],
            words=" ".join(record.text[slice(*one.span)].split()),
        )


def prepare(case: Case, asked: Asked) -> Shown:
    """The brief for an engagement. Raises `NotFound`."""
    wanted = asked["engagement"]
    name = f"brief {wanted}"
    return Shown(
        KEPT.get(case, name, lambda: brief(case.records(), engagement=wanted, judged=judged(case)))
    )


EVENTS = Page(
    "/events",
    "events",
    "Events",
    "Events, their independent origins, and where these contradict each other.",
    events,
    "events.html.j2",
    (
        Parameter(
            "all", "Any value: also events that one report alone tells of.", default="", most=5
        ),
    ),
)
EVENT = Page(
    "/events/{event}",
    "event",
    "Event",
    "One event: its origins and why they count as one or several, its contradictions.",
    event,
    "event.html.j2",
    (Parameter("event", "The event's id.", most=80),),
)
CHRONOLOGY = Page(
    "/chronology",
    "chronology",
    "Chronology",
    "What is reported to have happened, in order of date.",
    chronicle,
    "product.html.j2",
)
DEMANDS = Page(
    "/demands",
    "demands",
    "Demands",
    "Who is asked by whom to do what, by when, and any response on record.",
    register,
    "product.html.j2",
)
ENGAGEMENTS = Page(
    "/engagements",
    "engagements",
    "Engagements",
    "Visits, meetings and hearings, past and planned.",
    engagements,
    "engagements.html.j2",
)
BRIEF = Page(
    "/engagements/{engagement}",
    "brief",
    "Brief",
    "The brief for one engagement.",
    prepare,
    "product.html.j2",
    (Parameter("engagement", "The engagement's id.", most=200),),
)
