"""What one document gives to a site: its own page, and what it tells of people and of acts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from onrecord.model import Act, Record
from onrecord.products.edtf import in_words, order, span_of, year_known
from onrecord.products.export.site_pages import SitePage, fragment, page_of
from onrecord.products.export.site_text import anchor, marked
from onrecord.products.index import Index, Said, Sheet, file_name
from onrecord.products.lent_dates import lent_dates
from onrecord.products.page import Line, Run, Section
from onrecord.products.parts import Desk, demand_line, said_lines
from onrecord.products.people import Subject, is_name
from onrecord.products.pictures.entries import claim_of_act
from onrecord.products.quoting import direction, plain
from onrecord.products.standing import Standing, standing
from onrecord.products.wording import say, unsaid

TELLINGS = {
    "relation": (unsaid("Posts, family and links, as told"), ""),
    "laid": (
        unsaid("Acts laid to them"),
        unsaid("Each is somebody's word; what they answered stands below."),
    ),
    "named": (unsaid("Allegations that name them"), unsaid("The act is laid to nobody.")),
    "beside": (
        unsaid("Allegations of others that name them"),
        unsaid("The act is laid to others."),
    ),
    "denied": (unsaid("Denials that speak of them"), ""),
    "suffered": (unsaid("Said to have been done to them"), ""),
    "by": (unsaid("What they are reported to say"), ""),
    "demand": (unsaid("Demands of them, or by them"), ""),
    "engagement": (unsaid("Visits, meetings, hearings"), unsaid("As published.")),
}
"""The sections of a person's page: heading and what it must say."""


def document_page(record: Record) -> tuple[SitePage, Index]:
    """The page of a document, and its index for what else is asked of it."""
    desk = Desk(Index([record]))
    sheet = desk.index.sheets[0]
    sections = [
        _section("said", say("What is said in it"), said_lines(desk, sheet.everything())),
        _section("relations", say("Posts, family and links, as told"), _relations(desk, sheet)),
        _section("demands", say("Demands"), [demand_line(desk, sheet, d) for d in record.demands]),
        _section(
            "engagements",
            say("Visits, meetings, hearings"),
            [desk.writer.engagement(sheet, e) for e in record.engagements],
        ),
    ]
    told = record.document
    notes = desk.writer.notes.freeze()
    title = plain(told.title or file_name(record))
    facts = [
        (say("Publisher"), told.publisher),
        (say("Published"), in_words(told.published) if told.published else None),
        (say("File"), file_name(record)),
        (say("Document"), told.id),
    ]
    facts += [(say("Note"), told.note)] if told.note else []
    text: dict[str, Any] = {
        "kind": "text",
        "pieces": list(marked(record.text, notes)),
        "language": told.language,
        "direction": direction(record.text),
    }
    parts: list[dict[str, Any]] = [
        {"kind": "facts", "rows": facts},
        *({"kind": "section", "section": s} for s in sections if s.lines or s.empty),
        text,
    ]
    path = page_of("documents", told.id)
    page = SitePage(path, say("Document"), title, parts, here="documents.html")
    return page, desk.index


def _section(key: str, title: str, lines: list[Line] | tuple[Line, ...]) -> Section:
    empty = say("Nothing that somebody says was found in it.") if key == "said" else None
    return Section(key, title, tuple(lines), empty=empty)


def _relations(desk: Desk, sheet: Sheet) -> list[Line]:
    return [desk.writer.relation(sheet, relation) for relation in sheet.record.relations]


def told_of(index: Index, who: Mapping[str, str], path: str) -> Iterator[tuple[str, str, str]]:
    """What a document tells of each person and body: canonical id, section, line as HTML."""
    desk = Desk(index)
    sheet = index.sheets[0]
    for canonical, entities in _together(sheet, who).items():
        names = tuple(dict.fromkeys(sheet.entities[e].name for e in sorted(entities)))
        found = standing(index, Subject(names[0], entities, names))
        for section, line in _lines(desk, sheet, found):
            yield canonical, section, fragment(line, f"../../{_there(desk, line, path)}")


def _together(sheet: Sheet, who: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The decided people and bodies of a document, by who they are."""
    document = sheet.record.document.id
    found: dict[str, set[str]] = {}
    for entity in sheet.record.entities:
        if entity.type != "Place" and not entity.candidates:
            key = who.get(entity.id, f"{document}|{entity.id}")
            found.setdefault(key, set()).add(entity.id)
    kept = {
        key: ids for key, ids in found.items() if any(is_name(sheet.entities[e].name) for e in ids)
    }
    return {key: frozenset(ids) for key, ids in kept.items()}


def _lines(desk: Desk, sheet: Sheet, found: Standing) -> Iterator[tuple[str, Line]]:
    ids = found.subject.entities
    for _, relation in found.relations:
        yield "relation", desk.writer.relation(sheet, relation, ids)
    for section in ("laid", "named", "beside", "denied", "suffered"):
        for said in getattr(found, section):
            yield section, desk.writer.said(said, coded=False)
    for spoken in found.by.values():
        for said in spoken:
            yield "by", desk.writer.said(said, coded=False)
    asked = {d.id: d for _, d in (*found.demands_of, *found.demands_by)}
    for demand in asked.values():
        yield "demand", desk.writer.demand(sheet, demand)
    for _, engagement in found.engagements:
        yield "engagement", desk.writer.engagement(sheet, engagement)


def what_happened(index: Index, path: str) -> Iterator[tuple[int, str, str]]:
    """The acts and engagements of a document: the part of the list, where they sort, the line."""
    desk = Desk(index)
    sheet = index.sheets[0]
    lent = lent_dates(sheet.record)
    for act in sheet.record.acts:
        line = _act(desk, sheet, act)
        if not act.date and act.id in lent:
            tag = Run(say("dated by the event it belongs to"), "tag")
            line = replace(line, runs=(*line.runs, Run(" "), tag))
        yield _dated(desk, act.date or lent.get(act.id), line, path)
    for engagement in sheet.record.engagements:
        line = desk.writer.engagement(sheet, engagement)
        yield _dated(desk, span_of(engagement.start, engagement.end), line, path)


def _act(desk: Desk, sheet: Sheet, act: Act) -> Line:
    claim = claim_of_act(sheet, act)
    said = Said(sheet.record, claim, (act,))
    line = desk.writer.said(said, coded=False)
    return replace(desk.writer.act(said, act, line.steps), notes=line.notes)


def _dated(desk: Desk, date: str | None, line: Line, path: str) -> tuple[int, str, str]:
    found = order(date)
    part = 2 if found is None else 0 if year_known(date) else 1
    at = "" if found is None else f"{found[0]:>6}-{found[1]:02}-{found[2]:02}"
    there = _there(desk, line, path)
    return part, at, fragment(replace(line, label=in_words(date)), there)


def _there(desk: Desk, line: Line, path: str) -> str:
    """Where the words of a line stand on the page of their document.

    By their place in the text: the numbers of notes are each page's own.
    """
    notes = desk.writer.notes.freeze()
    starts = [min(c.start for c in notes[n - 1].citations) for n in line.notes[:1]]
    return f"{path}#{anchor(starts[0])}" if starts else path
