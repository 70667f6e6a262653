"""A timeline: what is said to have happened or to be planned, when, and on whose word.

A day, a whole stretch, some day within a stretch and an open end look different. What has no year
stands on a calendar of its own, what has no date stands in a list: neither is placed as if known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from onrecord.model import Record
from onrecord.products.edtf import in_words, order
from onrecord.products.index import Judged
from onrecord.products.pictures import drawing
from onrecord.products.pictures.drawing import (
    DASHES,
    PAPER,
    RULE,
    SOFT,
    TINT,
    Picture,
    Sheet,
    wrapped,
)
from onrecord.products.pictures.entries import Entry, entries, most_told
from onrecord.products.pictures.scale import (
    GAP,
    Axis,
    Stretch,
    axis_of,
    stretch,
    stretch_of_year,
    year_axis,
)
from onrecord.products.pictures.table import Table, WhoIs
from onrecord.products.wording import colon, comma, listed, say, say_many, unsaid

MOST = 60
"""So many entries are drawn; the rest stand in the data."""

WIDTH, LEFT, STRIP, STRIP_WIDTH, WORDS = 1120.0, 24.0, 190.0, 330.0, 544.0
"""The sheet, its margin, the strip of time and the column of words, in pixels."""

COLOURS = {
    "act": drawing.SAID,
    "denial": drawing.DENIED,
    "engagement": drawing.PLANNED,
    "demand": drawing.ASKED,
}
SHAPES = {"act": "square", "denial": "cross", "engagement": "diamond", "demand": "triangle-up"}
NAMES = {
    "act": unsaid("act, as told by the source named"),
    "denial": unsaid("denial"),
    "engagement": unsaid("visit, meeting or hearing"),
    "demand": unsaid("deadline of a demand"),
}
CAUTION = unsaid(
    "What sources say, and when they say it was. None of it is established here. "
    "Numbers in brackets are notes: they lead to the exact words, in the data of this picture."
)


@dataclass(frozen=True, slots=True)
class Lane:
    """Entries under one heading; `axis` is None where nothing can be placed in time."""

    title: str
    entries: list[Entry]
    axis: Axis | None
    days: Callable[[str | None], Stretch | None]


def timeline(
    records: Iterable[Record],
    *,
    names: Sequence[str] = (),
    judged: Iterable[Judged] = (),
    who_is: WhoIs | None = None,
) -> Picture:
    """The timeline of a case, or of those named. Raises `NotFound` where a name is unknown."""
    table = Table(records, judged, who_is)
    subjects = table.subjects(names)
    every = entries(table, subjects)
    drawn = most_told(every, MOST)
    lanes = _lanes(drawn)
    title = table.title(say("Timeline"), subjects)
    data = {
        "drawn": len(drawn),
        "of": len(every),
        "lanes": [
            {"title": lane.title, "entries": [e.data(table) for e in lane.entries]}
            for lane in _lanes(every)
        ],
        "notes": table.notes(),
    }
    if not every:
        return drawing.nothing("timeline", title, _why_empty(bool(subjects)), data)
    sheet = _drawn(title, lanes, len(every))
    return Picture("timeline", title, _described(lanes, len(every)), sheet.spec(), data)


def _why_empty(named: bool) -> str:
    if named:
        return say(
            "No act, visit, meeting, hearing or deadline with a part of theirs is on record."
        )
    return say("No act, visit, meeting, hearing or deadline is on record in this case.")


def _lanes(found: list[Entry]) -> list[Lane]:
    dated = [e for e in found if stretch(e.date)]
    yearless = [e for e in found if stretch_of_year(e.date)]
    rest = [e for e in found if e not in dated and e not in yearless]
    stretches = [s for e in dated if (s := stretch(e.date))]
    axis = axis_of(stretches, STRIP, STRIP_WIDTH) if stretches else None
    lanes = [
        Lane(say("With a year"), sorted(dated, key=_when), axis, stretch),
        Lane(
            say("Year not stated: by the calendar only"),
            sorted(yearless, key=_when),
            year_axis(STRIP, STRIP_WIDTH),
            stretch_of_year,
        ),
        Lane(say("Without a date: not placed"), rest, None, stretch),
    ]
    return [lane for lane in lanes if lane.entries]


def _when(entry: Entry) -> tuple[tuple[str, int, int], str]:
    return (order(entry.date) or ("~", 0, 0), entry.date or "")


def _described(lanes: list[Lane], of: int) -> str:
    told = [f"{len(lane.entries)} {lane.title[:1].lower()}{lane.title[1:]}" for lane in lanes]
    shown = sum(len(lane.entries) for lane in lanes)
    rows = [
        f"{in_words(e.date)}{colon()}{e.what}{comma()}{e.by_whom()}"
        for lane in lanes
        for e in lane.entries[:40]
    ]
    head = say("{shown} of {all} entries: {parts}.", shown=shown, all=of, parts=listed(told))
    return f"{head} {'. '.join(rows)}."


def _drawn(title: str, lanes: list[Lane], of: int) -> Sheet:
    sheet = Sheet(WIDTH)
    shown = sum(len(lane.entries) for lane in lanes)
    lead = say(CAUTION)
    if shown < of:
        lead += say(
            " {shown} of {all} entries are drawn, those told in most reports first.",
            shown=shown,
            all=of,
        )
    y = drawing.heading(sheet, title, lead)
    y = _legend(sheet, y + 4, {e.kind for lane in lanes for e in lane.entries})
    for lane in lanes:
        y = _lane(sheet, lane, y + 26)
    sheet.height = y + 16
    return sheet


def _legend(sheet: Sheet, y: float, kinds: set[str]) -> float:
    x = LEFT
    for kind in (k for k in SHAPES if k in kinds):
        sheet.symbol(x + 6, y - 4, SHAPES[kind], size=70, fill=COLOURS[kind])
        sheet.text(x + 18, y, say(NAMES[kind]), fontSize=11)
        x += 36 + drawing.width_of(say(NAMES[kind]), 11)
    y, x = y + 20, LEFT
    for sureness, words in (
        ("stretch", say("the whole stretch")),
        ("within", say("some day within it")),
        ("about", say("about then")),
        ("open", say("from then on, or until then")),
    ):
        _bar(sheet, (x, x + 34), y - 4, sureness, SOFT)
        sheet.text(x + 46, y, words, fontSize=11)
        x += 66 + drawing.width_of(words, 11)
    return y


def _lane(sheet: Sheet, lane: Lane, y: float) -> float:
    sheet.box(LEFT, y - 15, WIDTH - 2 * LEFT, 22, fill=TINT)
    sheet.text(LEFT + 8, y, lane.title, fontSize=13, fontWeight="bold")
    count = len(lane.entries)
    words = say_many("{count} entry", "{count} entries", count)
    sheet.text(WIDTH - LEFT - 8, y, words, fontSize=11, fill=SOFT, align="right")
    y += 14
    if lane.axis is None:
        return _list(sheet, lane, y)
    y += 12
    _ticks(sheet, lane.axis, y)
    top = y + 6
    grid = len(sheet.marks)
    y = top
    for entry in lane.entries:
        y = _row(sheet, entry, lane, y)
    lines = Sheet(WIDTH)
    for part in lane.axis.parts:
        for day, _ in part.ticks():
            lines.line((part.x(day), top), (part.x(day), y), stroke=RULE, strokeWidth=0.6)
    for part in lane.axis.parts[1:]:
        lines.box(part.left - GAP, top, GAP, y - top, fill=TINT)
    sheet.marks[grid:grid] = lines.marks
    return y


def _ticks(sheet: Sheet, axis: Axis, y: float) -> None:
    for part in axis.parts:
        for day, words in part.ticks():
            if part is not axis.parts[-1] and part.x(day) > part.left + part.width - 24:
                continue
            sheet.text(part.x(day), y, words, fontSize=10, fill=SOFT, align="center")
    for part in axis.parts[1:]:
        sheet.text(part.left - GAP / 2, y, "//", fontSize=10, fill=SOFT, align="center")


def _row(sheet: Sheet, entry: Entry, lane: Lane, y: float) -> float:
    """One entry: its date in words, its mark on the strip, and what is told by whom."""
    dates = wrapped(in_words(entry.date), STRIP - LEFT - 16, 11, most=3)
    sheet.paragraph(LEFT, y + 17, dates, step=14, fontSize=11)
    if entry.dated:
        lent = wrapped(entry.dated, STRIP - LEFT - 16, 9, most=1)
        sheet.paragraph(LEFT, y + 17 + 14 * len(dates), lent, step=12, fontSize=9, fill=SOFT)
    bottom = _told(sheet, entry, WORDS, WIDTH - LEFT - WORDS, y)
    bottom = max(bottom, y + 14 * len(dates) + (14 if entry.dated else 0) + 10)
    found = lane.days(entry.date)
    if found is not None and lane.axis is not None:
        _mark(sheet, entry, found, lane.axis, (y + bottom) / 2)
    sheet.line((LEFT, bottom), (WIDTH - LEFT, bottom), stroke=RULE, strokeWidth=0.6)
    return bottom


def _told(sheet: Sheet, entry: Entry, x: float, room: float, y: float) -> float:
    """What is told and by whom; returns where the words end."""
    what = entry.what
    if entry.accused:
        what += say(" – laid to {names}", names=listed(entry.accused_names))
    what += say(" – done to {names}", names=entry.done_to) if entry.done_to else ""
    what += f" ({listed(entry.tags)})" if entry.tags else ""
    lines = wrapped(what[:1].upper() + what[1:], room, 12, most=3, bold=True)
    y = sheet.paragraph(x, y + 17, lines, step=15, fontWeight="bold")
    notes = f" {entry.note_words()}"
    told = wrapped(entry.by_whom() + notes, room, 11, most=3)
    return sheet.paragraph(x, y, told, step=14, fontSize=11, fill=drawing.INK) - 4


def _mark(sheet: Sheet, entry: Entry, found: Stretch, axis: Axis, y: float) -> None:
    colour = COLOURS[entry.kind]
    start, stop = axis.ends(found)
    if found.sureness == "open":
        forward = (entry.date or "").endswith("..")
        reach = min(start + 60, axis.right) if forward else max(start - 60, axis.left)
        _arrow(sheet, start, reach, y, colour)
    elif found.sureness == "about":
        middle = (start + stop) / 2
        _bar(sheet, (min(start, middle - 14), max(stop, middle + 14)), y, "about", colour)
    elif found.sureness != "day":
        _bar(sheet, (start, stop), y, found.sureness, colour)
    middle = start if found.sureness == "open" else (start + stop) / 2
    sure = found.sureness in ("day", "stretch")
    sheet.symbol(
        middle, y, SHAPES[entry.kind], size=75, fill=colour if sure else PAPER, stroke=colour
    )


def _bar(sheet: Sheet, ends: tuple[float, float], y: float, sureness: str, colour: str) -> None:
    start, stop = ends
    if sureness == "open":
        _arrow(sheet, start, stop, y, colour)
        return
    look = {
        "stretch": {"fill": colour, "fillOpacity": 0.45, "stroke": colour},
        "within": {"fill": colour, "fillOpacity": 0.1, "stroke": colour, "strokeDash": DASHES},
        "about": {"fill": colour, "fillOpacity": 0.22, "stroke": None},
    }[sureness]
    kept = {name: value for name, value in look.items() if value is not None}
    sheet.box(start, y - 6, max(stop - start, 4), 12, cornerRadius=2, **kept)


def _arrow(sheet: Sheet, start: float, stop: float, y: float, colour: str) -> None:
    tip = 6 if stop > start else -6
    sheet.line((start, y), (stop, y), stroke=colour, strokeWidth=2)
    sheet.path(f"M{stop - tip},{y - 5}L{stop},{y}L{stop - tip},{y + 5}", stroke=colour, fill="none")


def _list(sheet: Sheet, lane: Lane, y: float) -> float:
    """Entries that cannot be placed, in two columns."""
    gap = 28.0
    room = (WIDTH - 2 * LEFT - gap) / 2
    half = (len(lane.entries) + 1) // 2
    bottoms = [y]
    for number, column in enumerate((lane.entries[:half], lane.entries[half:])):
        x, top = LEFT + number * (room + gap), y
        for entry in column:
            sheet.symbol(x + 6, top + 13, SHAPES[entry.kind], size=60, fill=COLOURS[entry.kind])
            top = _told(sheet, entry, x + 20, room - 20, top)
        bottoms.append(top)
    return max(bottoms)
