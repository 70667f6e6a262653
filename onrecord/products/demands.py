"""The register of demands: who is asked by whom to do what, by when; and the response."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from onrecord.model import Demand, Record
from onrecord.products.attribution import who
from onrecord.products.edtf import in_words
from onrecord.products.index import Index, Judged, Said, Sheet
from onrecord.products.page import Line, Page, Run, Section
from onrecord.products.parts import Desk, demand_line, response_lines, said_lines
from onrecord.products.quoting import join, quoted
from onrecord.products.wording import say, semicolon, unsaid

T = TypeVar("T")
COLUMNS = (
    unsaid("Asked of"),
    unsaid("Asked by"),
    unsaid("To do what"),
    unsaid("By when"),
    unsaid("On which ground"),
    unsaid("Response"),
)
GROUND = 4
"""The column that is left out where no demand of the case states a ground."""


def demands(records: Iterable[Record], *, judged: Iterable[Judged] = ()) -> Page:
    """Every demand of a case as a row, and the words that ask for something without a row."""
    desk = Desk(Index(records, judged))
    known = [(sheet, d) for sheet in desk.index.sheets for d in sheet.record.demands]
    grounds = any(d.ground for _, d in known)
    rows = tuple(_row(desk, sheet, d, grounds=grounds) for sheet, d in known)
    coded = {(sheet.record.document.id, d.claim) for sheet, d in known}
    rest = [s for s in desk.index.said if _asks(s) and s.key not in coded]
    sections = [
        Section(
            "register",
            say("Who is asked to do what"),
            rows,
            columns=tuple(map(say, _without(COLUMNS, grounds=grounds))),
            empty=say("No demand is on record in this case. Add documents that hold one."),
        )
    ]
    if rest:
        sections.append(
            Section("uncoded", say("Asked for, of whom is not recorded"), said_lines(desk, rest))
        )
    return desk.page("demands", say("Demands on record"), [], sections)


def _asks(said: Said) -> bool:
    return said.claim is not None and said.claim.kind == "demand"


def _in_cell(line: Line) -> tuple[Run, ...]:
    """A response with its publisher and its notes, to stand inside a row."""
    notes = (Run(str(number), "note") for number in line.notes)
    return (*line.runs, Run(f" ({who(line.steps[0])})"), *notes)


def _without(cells: tuple[T, ...], *, grounds: bool) -> tuple[T, ...]:
    return cells if grounds else (*cells[:GROUND], *cells[GROUND + 1 :])


def _by_when(record: Record, demand: Demand) -> tuple[Run, ...]:
    """The date; where only words say it, from a day that is not known, the words."""
    if demand.deadline:
        return (Run(in_words(demand.deadline)),)
    words = demand.cites.get("deadline", ())
    return quoted(record, words) if words else ()


def _row(desk: Desk, sheet: Sheet, demand: Demand, *, grounds: bool) -> Line:
    line = demand_line(desk, sheet, demand)
    record, none = sheet.record, (Run(say("not stated"), "gap"),)
    responded = response_lines(desk, sheet, demand)
    response = (
        (Run(say("none on record"), "gap"),)
        if responded[0].kind == "gap"
        else join([_in_cell(r) for r in responded], semicolon())
    )
    cells = (
        desk.writer.names(demand.addressees, say("nobody named")),
        (Run(who(line.steps[-1]), "name"),),
        quoted(record, (demand.action,)),
        _by_when(record, demand) or none,
        quoted(record, (demand.ground,)) if demand.ground else none,
        response,
    )
    return replace(line, cells=_without(cells, grounds=grounds))
