"""One document: its text, what is said in it and on whose word, its original, and its custody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from onrecord.case import Case, Custody
from onrecord.case.browsing import State
from onrecord.case.checked import places_of
from onrecord.errors import NotFound, NotReleased, SourceError
from onrecord.model import Document as About
from onrecord.model import Record, Span
from onrecord.passages.anchor import anchor
from onrecord.products.index import last_part
from onrecord.sources.showing import Corners
from onrecord.store.log import now
from onrecord.store.originals import Kept
from onrecord.vocabulary import load
from onrecord.web.page import Asked, Page, Parameter
from onrecord.web.views import document_claims as claims
from onrecord.web.views import document_text as texts
from onrecord.web.views.claim_shown import (
    ActShown,
    Choice,
    ClaimShown,
    act_shown,
    choices,
    shown,
    words,
)
from onrecord.web.views.claims import Terms, terms
from onrecord.web.views.document_claims import Narrowed, Rejected, Told
from onrecord.web.views.document_text import Paper, Paragraph
from onrecord.web.views.originals import sheet_of, way_of

MOST_PLACES = 20
"""Places of words in a text that are offered to choose from."""


@dataclass(frozen=True, slots=True)
class Place:
    """Some words of the text, with a little of what stands before and after them."""

    start: int
    end: int
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The original as it is shown: as `pages`, a `web` page, an `image`; or kept as a `file`.

    `page` of `pages` is in sight, `width` by `height` pixels, with the words asked for in `boxes`:
    left, top, width, height. `graphic` says that it may hold pictures. `trouble` is why it is not.
    """

    way: str
    page: int | None = None
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    boxes: tuple[Corners, ...] = ()
    graphic: bool = True
    trouble: str | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What reading the original again found, when (UTC)."""

    unchanged: bool
    at: str


@dataclass(frozen=True, slots=True)
class Act:
    """An act to which a number can be added: its type, and the words that state it."""

    id: str
    type: str
    words: str


@dataclass(frozen=True, slots=True)
class Correcting:
    """What is being corrected: a claim with its acts, or an act in the publisher's own words."""

    claim: ClaimShown | None
    acts: tuple[ActShown, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One document: what it is, its text with marks, its claims, its original, how it came in.

    The text is shown in parts where it is long: `first` to `last` is what is here, and `claims` are
    those that begin there. `total` and `open` count all of the document's, those that there are and
    those that nobody has decided on; `kinds` how many of each kind. `claim` is the one in sight.
    `pictures` says that those saved inside of a web page are to be shown, `looking` who else has it
    open.
    """

    id: str
    title: str
    path: str
    media_type: str
    size: int
    publisher: str | None
    published: str | None
    language: str | None
    note: str | None
    part: int
    parts: int
    first: int
    last: int
    paragraphs: tuple[Paragraph, ...]
    claims: tuple[Told, ...]
    rejected: tuple[Rejected, ...]
    correcting: Correcting | None
    total: int
    open: int
    kinds: tuple[tuple[str, int], ...]
    kind: str
    only_open: bool
    claim: str
    show: Literal["claims", "original"]
    way: str
    original: Shown | None
    pictures: bool
    custody: tuple[Custody, ...]
    reader: str
    warnings: tuple[str, ...]
    checked: Checked | None
    find: str
    places: tuple[Place, ...]
    selected: Place | None
    entities: tuple[Choice, ...]
    acts: tuple[Act, ...]
    terms: Terms
    involvements: tuple[str, ...]
    looking: tuple[str, ...]


def document(case: Case, asked: Asked) -> Document:
    """One document. Raises `NotFound`."""
    with case.browse() as state:
        named = state.document_id(asked["document"])
        record = _record(state, named)
        who, kept = state.who_is(named), state.kept(named)
        decisions, custody = state.reviews(named), state.custody(named)
    told = record.document
    paper = Paper.of(kept.layout)
    found = claims.narrowed(record, asked["kind"], only_open=bool(asked["open"]))
    spans = _asked_for(record, found, asked)
    part = texts.part_of(record.text, asked["part"], spans[0][0] if spans else None)
    marks = [
        *texts.marks_of(record, who, found.said, part.span),
        *((span, texts.ASKED) for span in spans),
    ]
    places = tuple(_places(record.text, asked["find"]))
    beside = asked["show"] == "original"
    return Document(
        id=told.id,
        title=told.title or last_part(told.path),
        path=told.path,
        media_type=told.media_type,
        size=kept.size,
        publisher=told.publisher,
        published=told.published,
        language=told.language,
        note=told.note,
        part=part.number,
        parts=part.parts,
        first=part.span[0],
        last=part.span[1],
        paragraphs=texts.paragraphs_of(record, part, marks, paper),
        claims=claims.told(found, part.span, paper.page_at, decisions),
        rejected=claims.rejected(decisions),
        correcting=_correcting(case, found, asked) if asked["correct"] else None,
        total=len(found.every),
        open=found.open,
        kinds=found.kinds,
        kind=asked["kind"],
        only_open=bool(asked["open"]),
        claim=asked["claim"],
        show="original" if beside else "claims",
        way=way_of(told.media_type),
        original=_original(case, kept, paper, asked, spans or [part.span]) if beside else None,
        pictures=bool(asked["pictures"]),
        custody=tuple(custody),
        reader=f"{kept.reader} {kept.reader_version}",
        warnings=kept.warnings,
        checked=Checked(case.is_unchanged(told.id), now()) if asked["check"] else None,
        find=asked["find"],
        places=places,
        selected=_selected(record.text, places, asked),
        entities=choices(record),
        acts=tuple(_acts(record, part.span)),
        terms=terms(),
        involvements=tuple(load("involvement")),
        looking=asked.services.presence.here(asked.visitor, f"document {told.id}"),
    )


def _record(state: State, document: str) -> Record:
    """The record of a document; before it has one, its text. Raises `NotFound`."""
    try:
        return state.record(document)
    except NotFound:
        told = state.pending(document)
        about = About(
            told.id, told.path, told.media_type, note="Nothing was extracted from it yet."
        )
        return Record(document=about, text=told.text)


def _asked_for(record: Record, found: Narrowed, asked: Asked) -> list[Span]:
    """The words asked for: those from `start` to `end`, those of a claim, or those looked for."""
    start, end = asked["start"], asked["end"]
    if start is not None and end is not None:
        return [(start, min(end, len(record.text)))] if start < len(record.text) else []
    if asked["claim"]:
        named = (
            s for s in found.every if asked["claim"] in {s.key[1], *(act.id for act in s.acts)}
        )
        return next((list(said.content) for said in named), [])
    return [(place.start, place.end) for place in _places(record.text, asked["find"])]


def _correcting(case: Case, found: Narrowed, asked: Asked) -> Correcting | None:
    """The claim or act that is asked for, as it can be corrected."""
    sheet = found.sheet
    if asked["claim"] in sheet.claims:
        claim = shown(case, f"{sheet.record.document.id}|{asked['claim']}")
        return Correcting(claim, claim.acts)
    acts = tuple(act_shown(sheet, act) for act in sheet.record.acts if act.id == asked["claim"])
    return Correcting(None, acts) if acts else None


def _places(text: str, words: str) -> list[Place]:
    """Where some words stand in a text, white space and capitals aside."""
    found = places_of(text, words, any_case=True)
    return [_place(text, span) for span in islice(found, MOST_PLACES)]


def _place(text: str, span: Span) -> Place:
    found = anchor(text, span)
    return Place(found.start, found.end, found.prefix, found.exact, found.suffix)


def _selected(text: str, places: tuple[Place, ...], asked: Asked) -> Place | None:
    """The words at which something is to be added."""
    start, end = asked["start"], asked["end"]
    if start is not None and end is not None and 0 <= start < end <= len(text):
        return _place(text, (start, end))
    return places[0] if len(places) == 1 else None


def _acts(record: Record, within: Span) -> Iterator[Act]:
    """The acts that are stated in a stretch of the text and done to somebody."""
    for act in sorted(record.acts, key=lambda act: act.span):
        if act.victims and within[0] <= act.span[0] < within[1]:
            yield Act(act.id, act.type, words(record, act.span))


def _original(case: Case, kept: Kept, paper: Paper, asked: Asked, spans: list[Span]) -> Shown:
    """The original with the page on which the words asked for stand, unless another is named."""
    way = way_of(kept.media_type)
    try:
        original = case.original(kept.id)
        if way != "pages":
            return Shown(way)
        page = asked["page"] or paper.page_at(spans[0][0]) or 1
        sought = bool(asked["claim"] or asked["find"] or asked["start"] is not None)
        boxes = _boxes(kept, page, spans) if sought else ()
        sheet = sheet_of(original, page, boxes)
    except (NotFound, NotReleased, SourceError) as error:
        return Shown(way, trouble=f"{error.what}: {error.why}")
    return Shown(
        way, page, sheet.pages, sheet.width, sheet.height, sheet.boxes, graphic=sheet.pictures
    )


def _boxes(kept: Kept, page: int, spans: list[Span]) -> tuple[Corners, ...]:
    """The lines on a page of paper that hold words of some spans."""
    return tuple(
        tuple(box["box"])
        for box in kept.layout
        if box["page"] == page and any(s < box["end"] and e > box["start"] for s, e in spans)
    )


PAGE = Page(
    "/documents/{document}",
    "document",
    "Document",
    "One document: its text with claims, hedges, names and numbers marked, its original, custody.",
    document,
    "document.html.j2",
    (
        Parameter("document", "Its id, four or more digits of its hash, or its path.", most=2000),
        Parameter("start", "First character to show marked.", "integer", None, most=10**9),
        Parameter(
            "end", "Character after the last one to show marked.", "integer", None, most=10**9
        ),
        Parameter("claim", "The id of a claim or act to show marked.", default="", most=100),
        Parameter("part", "Which part of a long text, from 1.", "integer", 1, least=1, most=10**6),
        Parameter(
            "kind", "Only claims of this kind; `act`: in its own words.", default="", most=20
        ),
        Parameter("open", "1 for what nobody has decided on alone.", "integer", 0, most=1),
        Parameter("show", "`original` to have it beside the text.", default="", most=10),
        Parameter("page", "Which page of the original, from 1.", "integer", None, 1, 10**6),
        Parameter("pictures", "1 to show pictures in a web page.", "integer", 0, most=1),
        Parameter("correct", "1 to correct that claim or act.", "integer", 0, most=1),
        Parameter("check", "1 to read the original again.", "integer", 0, most=1),
        Parameter("find", "Words to look for in the text.", default="", most=2000),
    ),
)
