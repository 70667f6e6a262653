"""The matrix of legal elements: what speaks for and against each, on whose word, and what lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.errors import NotFound
from onrecord.model import Record
from onrecord.products.elements.rules import (
    Bearing,
    Crime,
    Element,
    bearings,
    crime,
    crime_names,
    hear,
)
from onrecord.products.elements.scope import (
    Told,
    called,
    independent,
    of_act,
    of_event,
    of_name,
    told_in,
)
from onrecord.products.index import Index, Judged, Said
from onrecord.products.page import Line, Page, Run, Section
from onrecord.products.parts import Desk
from onrecord.products.people import are_near
from onrecord.products.quoting import plain
from onrecord.products.standing import origins
from onrecord.products.wording import and_more, colon, say, say_many, semicolon, unsaid, worded
from onrecord.vocabulary import load

Rows = Sequence[tuple[Element, tuple[Bearing, ...]]]

COLUMNS = (
    unsaid("Element"),
    unsaid("Speaks for it"),
    unsaid("Speaks against"),
    unsaid("Independent"),
    unsaid("Lacking"),
)
HOW = unsaid(
    "A row lists what somebody says that is worth reading for an element; the reason stands with "
    "each. That something is listed does not make an element out, and nobody is found guilty of "
    "anything here: that is for a court. What denies stands against, with the denial's own words. "
    "Independent are origins as the events of the case show them; two reports of one source are "
    "one. Who speaks of no event that was found is named, but was not weighed and is not counted."
)
MOST = 15
"""So many things said are shown on each side of an element."""
NOTED = 8
"""So many notes a cell of the matrix shows."""


def elements(
    records: Iterable[Record],
    names: Sequence[str] = (),
    *,
    scope: Mapping[str, str] | None = None,
    crimes: Sequence[str] = (),
    clusters: Mapping[str, str] | None = None,
    judged: Iterable[Judged] = (),
) -> Page:
    """The matrix for a whole case, for what is said of a name, or for one `event` or `act`.

    `scope` holds `event` or `act` with an id or the beginning of one; `crimes` are ids (none: all);
    `clusters` gives the group of each entity by its key, as the case resolved it. Raises `NotFound`
    where there is no such name, event, act or crime.
    """
    desk = Desk(Index(records, judged))
    chosen = _crimes(crimes)
    told = told_in(desk.index, clusters or {})
    title, spoken = _scope(desk, names, scope or {}, told)
    heard = hear(spoken)
    summary, sections = [], []
    for one in chosen:
        rows = [(e, bearings(desk.index, e, heard)) for e in one.elements]
        summary.append(_matrix(desk, one, rows, told.source))
        sections.append(_evidence(desk, one, rows))
    how = Section("how", say("How to read this"), (Line("remark", (Run(say(HOW)),)),))
    heading = say("Legal elements: {scope}", scope=title)
    return desk.page("elements", heading, [how, *summary], sections)


def _crimes(wanted: Sequence[str]) -> list[Crime]:
    known = crime_names()
    for name in wanted:
        if name not in known:
            raise NotFound(f"there is no crime {name}", todo=f"one of {', '.join(known)}")
    return [crime(name) for name in wanted or known]


def _scope(
    desk: Desk, names: Sequence[str], scope: Mapping[str, str], told: Told
) -> tuple[str, list[Said]]:
    if names:
        return of_name(desk, names)
    if "event" in scope:
        spoken = of_event(desk.index, told, scope["event"])
        return say("what is told of {event}", event=called(desk, told, scope["event"])), spoken
    if "act" in scope:
        return say("act {id}", id=scope["act"]), of_act(desk.index, scope["act"])
    return say("the whole case"), list(desk.index.said)


def _matrix(desk: Desk, one: Crime, rows: Rows, sources: Mapping[str, str]) -> Section:
    lines = tuple(_row(desk, element, found, sources) for element, found in rows)
    title = say("{title} ({article})", title=one.title, article=one.article)
    columns = tuple(map(say, COLUMNS))
    return Section(f"matrix-{one.id}", title, lines, one.note, columns=columns)


def _row(
    desk: Desk, element: Element, found: Sequence[Bearing], sources: Mapping[str, str]
) -> Line:
    """One element; a cell counts what is said and leads to the words, and concludes nothing."""
    speaks = [b for b in found if b.side == "for"]
    against = [b for b in found if b.side == "against"]
    asked = say("nothing is said of it: {question}", question=element.question)
    lacking = (Run(asked, "gap"),)
    cells = (
        (Run(element.label),),
        _counted(desk, speaks),
        _counted(desk, against),
        _origins(desk, speaks, sources),
        lacking if not speaks else (),
    )
    kind = "remark" if found else "gap"
    return Line(kind, cells[0], cells=tuple(cell or (Run("–"),) for cell in cells))  # type: ignore[arg-type]


def _counted(desk: Desk, found: Sequence[Bearing]) -> tuple[Run, ...]:
    if not found:
        return (Run(say("nothing on record"), "gap"),)
    notes = list(dict.fromkeys(desk.writer.cite(b.said) for b in found))
    more = (Run(and_more(len(notes) - NOTED)),) if len(notes) > NOTED else ()
    words = say_many("{count} statement", "{count} statements", len(found))
    return (Run(words), *(Run(str(n), "note") for n in notes[:NOTED]), *more)


def _origins(desk: Desk, found: Sequence[Bearing], sources: Mapping[str, str]) -> tuple[Run, ...]:
    """How many origins of what speaks for it are independent, by name; who else was not weighed.

    What is tied to no event of the case was never weighed against the rest: who says it is named,
    and not counted.
    """
    if not found:
        return ()
    named, loose = independent([b.said for b in found], sources)
    said = origins(desk.people, loose)
    others = [one for one in said if not any(are_near(one, known) for known in named)]
    listed = (Run(colon()), Run(_some(named), "name")) if named else ()
    unweighed = say("; not weighed: {names}")
    rest = worded(unweighed, names=Run(_some(others), "name")) if others else ()
    return (Run(str(len(named))), *listed, *rest)


def _some(names: Sequence[str]) -> str:
    more = and_more(len(names) - NOTED) if len(names) > NOTED else ""
    return semicolon().join(plain(name) for name in names[:NOTED]) + more


def _evidence(desk: Desk, one: Crime, rows: Rows) -> Section:
    """Every element with what speaks for it and against it, in whose words, and why it is here."""
    parts = tuple(
        Section(
            f"{one.id}-{element.id}",
            element.label,
            tuple(_lines(desk, found)),
            empty=say(
                "Nothing in this record bears on it. To ask: {question}",
                question=element.question,
            ),
        )
        for element, found in rows
    )
    title = say("{title}: the words", title=one.title)
    return Section(f"evidence-{one.id}", title, sections=parts)


def _lines(desk: Desk, found: Sequence[Bearing]) -> list[Line]:
    limit = int(load("products")["trim"]["summary"])
    lines = []
    sides = {"for": say("For"), "against": say("Against")}
    for side, label in sides.items():
        told = [b for b in found if b.side == side]
        for bearing in told[:MOST]:
            line = desk.writer.said(bearing.said, limit=limit, coded=False)
            form = say(" (here: denied; {why})") if bearing.turned else say(" (here: {why})")
            why = worded(form, why=bearing.why)
            lines.append(replace(line, runs=(*line.runs, *why), label=label))
        if len(told) > MOST:
            count = len(told) - MOST
            rest = say_many("{count} more in the record", "{count} more in the record", count)
            lines.append(Line("remark", (Run(rest),), label=label))
    return lines
