"""A chronology: what is said to have happened, when, and when it was said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from onrecord.model import Act, Claim, Record
from onrecord.passages.sentence import sentence
from onrecord.products.attribution import chain
from onrecord.products.edtf import in_words, order, span_of, year_known
from onrecord.products.index import Index, Judged, Said, Sheet, date_of, file_name
from onrecord.products.lent_dates import lent_dates
from onrecord.products.page import Line, Page, Run, Section
from onrecord.products.parts import Desk
from onrecord.products.quoting import plain
from onrecord.products.wording import say, worded
from onrecord.vocabulary import load

REPORTED = ("allegation", "denial", "admission", "demand", "finding")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the chronology and the EDTF date it stands under."""

    date: str | None
    line: Line


def chronology(records: Iterable[Record], *, judged: Iterable[Judged] = ()) -> Page:
    """Dated acts, engagements and reports in order; unknown years apart; the undated at the end."""
    desk = Desk(Index(records, judged))
    entries = [entry for sheet in desk.index.sheets for entry in _entries(desk, sheet)]
    dated = [e for e in entries if order(e.date) and year_known(e.date)]
    yearless = [e for e in entries if order(e.date) and not year_known(e.date)]
    undated = [e for e in entries if not order(e.date)]
    sections = [
        Section(
            "dated",
            say("With a year"),
            _in_order(dated),
            empty=say("Nothing in this case has a date with a year."),
        ),
        Section(
            "yearless",
            say("Year not stated"),
            _in_order(yearless),
            say(
                "The sources give a day or month without a year; "
                "order among them is by the calendar."
            ),
        ),
        Section("undated", say("Without a date"), tuple(_labelled(e) for e in undated)),
    ]
    kept = [s for s in sections if s.lines or s.empty]
    return desk.page("chronology", say("Chronology"), [], kept)


def _entries(desk: Desk, sheet: Sheet) -> Iterator[Entry]:
    yield _report(desk, sheet)
    yield from _acts(desk, sheet)
    for engagement in sheet.record.engagements:
        date = span_of(engagement.start, engagement.end)
        yield Entry(date, desk.writer.engagement(sheet, engagement))


def _report(desk: Desk, sheet: Sheet) -> Entry:
    """The report itself; under it what was alleged, denied, asked or found in it."""
    record = sheet.record
    children = [
        desk.writer.said(sheet.said(claim), coded=False)
        for claim in record.claims
        if claim.kind in REPORTED
    ]
    name = plain(record.document.title or file_name(record))
    steps = chain(desk.index, record, None)
    runs = worded(say("Reported: {name}"), name=Run(name, "name"))
    return Entry(date_of(record), Line("remark", runs, steps, children=tuple(children)))


def _acts(desk: Desk, sheet: Sheet) -> Iterator[Entry]:
    """The acts of one claim, or sentence of its own, and one date together.

    An act without a date may stand under that of its event.
    """
    by_event = lent_dates(sheet.record)
    together: dict[tuple[str, bool], tuple[Claim | None, list[Act]]] = {}
    limit = 2 * int(load("products")["trim"]["summary"])
    for act in sheet.record.acts:
        claim = sheet.covering(act.span, act.claims)
        date = act.date or by_event.get(act.id)
        words = claim.id if claim else str(sentence(sheet.record.text, act.span))
        key = (f"{date} {words}", bool(act.date))
        together.setdefault(key, (claim, []))[1].append(act)
    for claim, acts in together.values():
        line = desk.writer.said(Said(sheet.record, claim, tuple(acts)), limit=limit)
        own, lent = acts[0].date, by_event.get(acts[0].id)
        remarks = []
        if all(act.modality == "hypothetical" for act in acts):
            remarks.append(say("asked for or supposed, not said to have happened"))
        if not own and lent:
            remarks.append(say("dated by the event it belongs to"))
        tags = (part for remark in remarks for part in (Run(" "), Run(remark, "tag")))
        line = replace(line, runs=(*line.runs, *tags))
        yield Entry(own or lent, line)


def _in_order(entries: list[Entry]) -> tuple[Line, ...]:
    ordered = sorted(entries, key=lambda e: (order(e.date) or ("", 0, 0), e.date or ""))
    return tuple(_labelled(e) for e in ordered)


def _labelled(entry: Entry) -> Line:
    return replace(entry.line, label=in_words(entry.date), date=entry.date)
