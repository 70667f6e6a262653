"""What happened, as the case tells it: events, and one of them with its origins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.case import Case
from onrecord.case.browsing import State
from onrecord.case.event_rows import origins_of
from onrecord.corroboration.origins import Origin
from onrecord.corroboration.summary import Differing, EventSummary, differing
from onrecord.corroboration.why import ExplainedOrigin, explain
from onrecord.errors import NotFound
from onrecord.model import from_json
from onrecord.products.attribution import chain
from onrecord.products.index import Said, Sheet
from onrecord.products.page import Line, Section
from onrecord.products.page import Page as Product
from onrecord.products.parts import Desk
from onrecord.resolution.tables import tables
from onrecord.store import happenings, pages, stretch
from onrecord.store.happenings import Wanted
from onrecord.store.reader import Body
from onrecord.vocabulary import load
from onrecord.web.keeping import KEPT
from onrecord.web.page import Asked, Page, Parameter
from onrecord.web.views import reading
from onrecord.web.views.listed import ListedEvent, listed

AT_ONCE = 40
MOST_REPORTS = 12
"""Reports of an event that one page reads; the others follow on the next."""
PLACES = 60


@dataclass(frozen=True, slots=True)
class Events:
    """A stretch of the events that were asked for, the most reported first.

    `alone` of the events of the case stand in one report only. `who` is somebody's name, where it
    is narrowed to what they have a part in. `types` and `years` are what it can be narrowed to.
    """

    events: tuple[ListedEvent, ...]
    every: bool
    alone: int
    type: str
    year: str
    place: str
    who: str
    name: str
    types: tuple[str, ...]
    years: tuple[str, ...]
    page: int
    pages: int
    total: int
    resolved: bool


@dataclass(frozen=True, slots=True)
class OneEvent:
    """An event: its acts, its origins and why they count as one or several, its contradictions.

    `against` are its contradictions, each field with all that is given for it. `origins` say that
    it happened, `denials` only deny it; both, and the acts, as the reports from
    `first` to `last` of `told`, counted from 1, tell of them: the earliest of each origin first.
    """

    event: EventSummary
    against: tuple[Differing, ...]
    origins: tuple[ExplainedOrigin, ...]
    denials: tuple[ExplainedOrigin, ...]
    who: tuple[tuple[str, str, str], ...]
    read: int
    first: int
    last: int
    told: int
    page: int
    pages: int
    product: Product

    @property
    def parties(self) -> tuple[tuple[str, str, str, int], ...]:
        """`who`, once for each part and name, with how many there are that are so called."""
        called: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
        for part, canonical, name in self.who:
            called[part, name.casefold()].append((part, canonical, name))
        return tuple((*those[0], len(those)) for those in called.values())


def events(case: Case, asked: Asked) -> Events:
    """A stretch of the events asked for."""
    with case.browse() as state:
        name = pages.names_of(state.connection, [asked["who"]]).get(asked["who"], "")
        wanted = _wanted(state, asked, name)
        page = asked["page"]
        found = happenings.events(state.connection, wanted, (page - 1) * AT_ONCE, AT_ONCE)
        number = stretch.tally(state.connection, "events")
        types = tuple(sorted(stretch.tally(state.connection, "acts")))
        resolved = state.is_resolved
    total = _total(case, wanted, number)
    return Events(
        events=tuple(listed(event) for event in found),
        every=bool(asked["all"]),
        alone=number.get("all", 0) - number.get("several", 0),
        type=asked["type"],
        year=asked["year"],
        place=asked["place"],
        who=asked["who"] if name else "",
        name=name,
        types=types,
        years=_years(case),
        page=page,
        pages=max(1, -(-total // AT_ONCE)),
        total=total,
        resolved=resolved,
    )


def _wanted(state: State, asked: Asked, name: str) -> Wanted:
    year = asked["year"] if asked["year"].isdigit() and len(asked["year"]) == 4 else ""
    text = asked["place"].strip()
    places = pages.groups_named(state.connection, text, ("Place",), PLACES) if text else None
    return Wanted(
        type=asked["type"] if asked["type"] in load("acts") else "",
        who=asked["who"] if name else "",
        places=None if places is None else tuple(places),
        first=f"{year}-01-01" if year else "",
        last=f"{year}-12-31" if year else "",
        several=not asked["all"],
    )


def _total(case: Case, wanted: Wanted, number: dict[str, int]) -> int:
    if wanted in (Wanted(), Wanted(several=True)):
        return number.get("several" if wanted.several else "all", 0)

    def count() -> int:
        with case.browse() as state:
            return happenings.amount_of_events(state.connection, wanted)

    return KEPT.get(case, f"events {wanted}", count)


def _years(case: Case) -> tuple[str, ...]:
    """The years in which events begin, the latest first."""
    return tuple(sorted({month[:4] for month in months(case)}, reverse=True))


def months(case: Case) -> dict[str, int]:
    """How many events begin in each month that holds any, oldest first."""

    def counted() -> dict[str, int]:
        with case.browse() as state:
            return happenings.months(state.connection)

    return KEPT.get(case, "months", counted)


def event(case: Case, asked: Asked) -> OneEvent:
    """One event. Raises `NotFound`."""
    wanted, page = asked["event"], asked["page"]
    return KEPT.get(case, f"event {page} {wanted}", lambda: _event(case, wanted, page))


def _event(case: Case, wanted: str, page: int) -> OneEvent:
    with case.browse() as state:
        known = happenings.event(state.connection, wanted)
        if known is None:
            raise NotFound(
                "no event of this case has that address",
                why="events are worked out anew when documents or judgements come in",
                todo="find it in the list of events",
            )
        origins = origins_of(happenings.origins_of(state.connection, wanted))
        acts = happenings.acts_by_document(state.connection, wanted)
        documents = _documents(origins, acts)
        pages = max(1, -(-len(documents) // MOST_REPORTS))
        first = (min(page, pages) - 1) * MOST_REPORTS
        shown = documents[first : first + MOST_REPORTS]
        read = reading.read(state, shown)
        told = _within(origins, set(shown))
        beside = state.bodies(sorted(_copied(told) - set(shown)))
        who = happenings.who_in(state.connection, wanted)
    explained = _explained([*read.bodies, *beside], told, wanted)
    desk = read.desk()
    lines = tuple(_acts(desk, [act for document in shown for act in acts.get(document, ())]))
    section = Section("acts", "Its acts", lines, empty="None of its acts is in what was read.")
    notes = desk.writer.notes.freeze()
    summary = from_json(EventSummary, known.body)
    return OneEvent(
        event=summary,
        against=differing(summary.contradictions),
        origins=tuple(one for one in explained if one.affirms),
        denials=tuple(one for one in explained if not one.affirms),
        who=tuple(who),
        read=len(read.records),
        first=first + 1 if shown else 0,
        last=first + len(shown),
        told=len(documents),
        page=min(page, pages),
        pages=pages,
        product=Product("event", wanted, "", (), (section,), notes),
    )


def _documents(origins: Sequence[Origin], acts: Iterable[str]) -> list[str]:
    """The reports of an event: the earliest of each origin, then the others origin by origin, then
    those of no origin that have `acts` of it.
    """
    firsts = (origin.voices[0].document for origin in origins if origin.voices)
    every = (voice.document for origin in origins for voice in origin.voices)
    return list(dict.fromkeys((*firsts, *every, *acts)))


def _within(origins: Sequence[Origin], documents: set[str]) -> list[Origin]:
    """The origins as some documents tell of them."""
    found = []
    for origin in origins:
        voices = tuple(voice for voice in origin.voices if voice.document in documents)
        keys = {voice.key for voice in voices}
        reasons = tuple(reason for reason in origin.reasons if reason.member in keys)
        if voices:
            found.append(replace(origin, voices=voices, reasons=reasons))
    return found


def _copied(origins: Iterable[Origin]) -> set[str]:
    """The documents that are copied, in part, by those of some voices."""
    reasons = (reason for origin in origins for reason in origin.reasons)
    return {r.of.rpartition("|")[0] for r in reasons if r.rule == "copied"}


def _explained(
    bodies: Iterable[Body], origins: Sequence[Origin], wanted: str
) -> tuple[ExplainedOrigin, ...]:
    """Why the origins are as many as they are. Of the documents only that is made into tables on
    which it rests.
    """
    if not origins:
        return ()
    keys = {voice.key for origin in origins for voice in origin.voices}
    keys |= {reason.of for origin in origins for reason in origin.reasons}
    return explain(tables(_only(body, keys) for body in bodies), origins, wanted).origins


def _only(body: Body, keys: set[str]) -> Body:
    document = body["document"]
    parts = {
        name: [each for each in body[name] if f"{document['id']}|{each['id']}" in keys]
        for name in ("claims", "acts")
    }
    return {"document": document, "text": body["text"], **parts}


def _acts(desk: Desk, acts: Sequence[str]) -> Iterator[Line]:
    """Each act of the event as it was coded, on whose word."""
    for key in acts:
        document, _, identifier = key.rpartition("|")
        sheet = desk.index.of_document.get(document)
        said = said_of(sheet, identifier) if sheet else None
        if said is not None:
            steps = chain(desk.index, said.record, said.claim)
            yield replace(desk.writer.act(said, said.acts[0]), steps=steps)


def said_of(sheet: Sheet, identifier: str) -> Said | None:
    """What tells of an act, with that act alone."""
    act = next((act for act in sheet.record.acts if act.id == identifier), None)
    if act is None:
        return None
    claim = sheet.innermost(act, sheet.covering(act.span, act.claims))
    return Said(sheet.record, claim, (act,))


PAGE_NUMBER = Parameter("page", "Which stretch, from 1.", "integer", 1, least=1, most=10**6)
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
        Parameter("type", "A type of act, as the vocabulary names it.", default="", most=60),
        Parameter("year", "Four digits: may be of that year.", default="", most=4),
        Parameter("place", "Part of the name of a place.", default="", most=200),
        Parameter("who", "The id of a group that has a part in it.", default="", most=300),
        PAGE_NUMBER,
    ),
)
EVENT = Page(
    "/events/{event}",
    "event",
    "Event",
    "One event: its acts, its origins and why they count as one or several, its contradictions.",
    event,
    "event.html.j2",
    (Parameter("event", "The event's id.", most=80), PAGE_NUMBER),
)
