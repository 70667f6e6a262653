"""The chronology: what is reported to have happened, month by month, each on somebody's word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from onrecord.case import Case
from onrecord.case.browsing import State
from onrecord.case.listed import Planned, planned
from onrecord.products.page import Line, Note
from onrecord.products.parts import Desk
from onrecord.store import happenings, registers, stretch
from onrecord.store.happenings import Told, Wanted
from onrecord.store.stretch import Row
from onrecord.vocabulary import load
from onrecord.web.keeping import KEPT
from onrecord.web.page import Asked, Page, Parameter
from onrecord.web.views import reading
from onrecord.web.views.events import PAGE_NUMBER, months, said_of
from onrecord.web.views.listed import ListedEvent, listed

AT_ONCE, VISITS = 20, 12
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Reported:
    """An event with one report of it: whose words these are, and where they stand."""

    event: ListedEvent
    line: Line | None


@dataclass(frozen=True, slots=True)
class Chronicle:
    """A stretch of the chronology: of all of it, of a year, or of a month; or what has no date.

    `years` and `months` say how many events begin in each. `visits` are those planned for the
    month, or past; `published` how many reports came out in it.
    """

    year: str
    month: str
    years: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    undated: int
    events: tuple[Reported, ...]
    visits: tuple[Planned, ...]
    published: int
    notes: tuple[Note, ...]
    page: int
    pages: int
    total: int
    resolved: bool


def chronicle(case: Case, asked: Asked) -> Chronicle:
    """A stretch of the chronology."""
    year, month = _asked(asked)
    page = asked["page"]
    return KEPT.get(
        case, f"chronology {year} {month} {page}", lambda: _chronicle(case, year, month, page)
    )


def _asked(asked: Asked) -> tuple[str, str]:
    """Year and month as they are written in a date; empty where none was asked for."""
    year = asked["year"]
    if year == UNDATED:
        return UNDATED, ""
    if not (year.isascii() and year.isdigit() and len(year) == 4):
        return "", ""
    return year, f"{asked['month']:02d}" if asked["month"] else ""


def _chronicle(case: Case, year: str, month: str, page: int) -> Chronicle:
    known = months(case)
    years: Counter[str] = Counter()
    for name, number in known.items():
        years[name[:4]] += number
    with case.browse() as state:
        found, total, undated = _found(state, known, year, month, page)
        told, notes = _told(state, found)
        visits, published = _around(state, year, month)
        resolved = state.is_resolved
    return Chronicle(
        year=year,
        month=month,
        years=tuple(sorted(years.items())),
        months=tuple((m[5:7], n) for m, n in known.items() if m[:4] == year),
        undated=undated,
        events=tuple(told),
        visits=visits,
        published=published,
        notes=notes,
        page=page,
        pages=max(1, -(-total // AT_ONCE)),
        total=total,
        resolved=resolved,
    )


def _found(
    state: State, known: Mapping[str, int], year: str, month: str, page: int
) -> tuple[list[Told], int, int]:
    """The events of a stretch, how many there are to page through, and how many have no date."""
    offset = (page - 1) * AT_ONCE
    if year == UNDATED:
        found, total = happenings.undated(state.connection, offset, AT_ONCE)
        return found, total, total
    every = stretch.tally(state.connection, "events").get("all", 0)
    dated = sum(known.values())
    first, last = _days(year, month)
    wanted = Wanted(first=first or "0000-00-00", last=last, begins=True)
    found = happenings.events(state.connection, wanted, offset, AT_ONCE, by_date=True)
    prefix = f"{year}-{month}" if month else year
    total = sum(n for m, n in known.items() if m.startswith(prefix))
    return found, total, max(0, every - dated)


def _days(year: str, month: str) -> tuple[str, str]:
    """The days between which a year or a month lies; dates are compared as they are written."""
    if not year:
        return "", "9999-99-99"
    if not month:
        return f"{year}-01-01", f"{year}-12-31"
    return f"{year}-{month}-01", f"{year}-{month}-31"


def _told(state: State, found: Sequence[Told]) -> tuple[list[Reported], tuple[Note, ...]]:
    """Each event with the words of the first report of it that came in."""
    acts = happenings.acts_of(state.connection, [event.id for event in found])
    firsts = {event: keys[0] for event, keys in acts.items() if keys}
    desk = reading.read(state, [key.rpartition("|")[0] for key in firsts.values()]).desk()
    told = [Reported(listed(one), _line(desk, firsts.get(one.id, ""))) for one in found]
    return told, desk.writer.notes.freeze()


def _line(desk: Desk, key: str) -> Line | None:
    document, _, act = key.rpartition("|")
    sheet = desk.index.of_document.get(document)
    said = said_of(sheet, act) if sheet else None
    if said is None:
        return None
    return desk.writer.said(said, limit=2 * int(load("products")["trim"]["summary"]), coded=False)


def _around(state: State, year: str, month: str) -> tuple[tuple[Planned, ...], int]:
    """The visits of a month, and how many reports came out in it."""
    if not month:
        return (), 0
    first, last = _days(year, month)
    rows = registers.engagements_in(state.connection, first, last, VISITS)
    published = stretch.tally(state.connection, "months").get(f"{year}-{month}", 0)
    return tuple(planned_of(row) for row in rows), published


def planned_of(row: Row) -> Planned:
    """An engagement as a list shows it."""
    return planned(registers.body(row))


CHRONOLOGY = Page(
    "/chronology",
    "chronology",
    "Chronology",
    "What is reported to have happened, in order of date.",
    chronicle,
    "chronology.html.j2",
    (
        Parameter(
            "year", "Four digits; undated for what has no date with a year.", default="", most=8
        ),
        Parameter("month", "1 to 12, of that year.", "integer", None, least=1, most=12),
        PAGE_NUMBER,
    ),
)
