"""Documents: the list, and one with what was found in it marked where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from onrecord.case import Case, Custody
from onrecord.model import Claim, Record, Span
from onrecord.products.attribution import chain
from onrecord.products.index import Index
from onrecord.products.page import Step
from onrecord.store.listing import Listed
from onrecord.web.page import Asked, Page, Parameter

AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Documents:
    """A stretch of the list of documents. `page` counts from 1."""

    documents: tuple[Listed, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text with one set of marks.

    `marks` are terms: `claim`, a kind of claim, `hedge`, `cue`, `name`, `count`, `asked`. `who` is
    the group of the entity that it names; `claims` are the claims it belongs to.
    """

    start: int
    text: str
    marks: tuple[str, ...]
    who: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """An act coded from a claim: its type, and the words for who is said to have had a part."""

    type: str
    polarity: str
    modality: str
    perpetrators: tuple[str, ...]
    victims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A claim beside the text: on whose word, in which words."""

    id: str
    kind: str
    quote: str
    modality: str
    polarity: str
    confidence: float | None
    start: int
    words: tuple[str, ...]
    hedges: tuple[str, ...]
    steps: tuple[Step, ...]
    acts: tuple[Coded, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One document: what it is, its text with marks, its claims, and how it came in."""

    id: str
    title: str
    path: str
    media_type: str
    publisher: str | None
    published: str | None
    language: str | None
    note: str | None
    pieces: tuple[Piece, ...]
    claims: tuple[Said, ...]
    custody: tuple[Custody, ...]


def documents(case: Case, asked: Asked) -> Documents:
    """A stretch of the list of documents."""
    with case.browse() as state:
        total = state.amount()
        found = state.documents((asked["page"] - 1) * AT_ONCE, AT_ONCE)
    pages = max(1, -(-total // AT_ONCE))
    return Documents(tuple(found), asked["page"], pages, total)


def document(case: Case, asked: Asked) -> Document:
    """One document. Raises `NotFound`."""
    record = case.record(asked["document"])
    told = record.document
    with case.browse() as state:
        who = state.who_is(told.id)
    given = (asked["start"], asked["end"])
    shown = None if None in given else (int(given[0]), min(int(given[1]), len(record.text)))
    return Document(
        id=told.id,
        title=told.title or told.path,
        path=told.path,
        media_type=told.media_type,
        publisher=told.publisher,
        published=told.published,
        language=told.language,
        note=told.note,
        pieces=tuple(_pieces(record, who, shown)),
        claims=_claims(record),
        custody=tuple(case.custody(told.id)),
    )


@dataclass(frozen=True, slots=True)
class _Mark:
    span: Span
    terms: tuple[str, ...]
    who: str | None = None
    claim: str | None = None


def _marks(record: Record, who: Mapping[str, str], shown: Span | None) -> Iterable[_Mark]:
    for claim in record.claims:
        yield from _marks_of(claim)
    for entity in record.entities:
        for span in entity.mentions:
            yield _Mark(span, ("name",), who=who.get(entity.id))
    counts = (victim.count for act in record.acts for victim in act.victims if victim.count)
    yield from (_Mark(count.span, ("count",)) for count in counts)
    if shown is not None and shown[0] < shown[1]:
        yield _Mark(shown, ("asked",))


def _marks_of(claim: Claim) -> Iterable[_Mark]:
    for span in claim.content:
        yield _Mark(span, ("claim", claim.kind), claim=claim.id)
    for span in claim.hedges:
        yield _Mark(span, ("hedge",))
    if claim.cue:
        yield _Mark(claim.cue, ("cue",))


def _pieces(record: Record, who: Mapping[str, str], shown: Span | None) -> Iterable[Piece]:
    """The text cut wherever a mark begins or ends, so that each stretch has one set of them."""
    marks = sorted(_marks(record, who, shown), key=lambda m: (m.span[0], -m.span[1]))
    edges = sorted({0, len(record.text), *(edge for mark in marks for edge in mark.span)})
    waiting, open_now = iter(marks), list[_Mark]()
    upcoming = next(waiting, None)
    for start, end in pairwise(edges):
        open_now = [mark for mark in open_now if mark.span[1] > start]
        while upcoming is not None and upcoming.span[0] <= start:
            if upcoming.span[1] > start:
                open_now.append(upcoming)
            upcoming = next(waiting, None)
        yield Piece(
            start,
            record.text[start:end],
            tuple(dict.fromkeys(term for mark in open_now for term in mark.terms)),
            next((mark.who for mark in reversed(open_now) if mark.who), None),
            tuple(dict.fromkeys(mark.claim for mark in open_now if mark.claim)),
        )


def _claims(record: Record) -> tuple[Said, ...]:
    index = Index([record])
    ordered = sorted(record.claims, key=lambda claim: (claim.content[:1], claim.id))
    return tuple(_said(index, record, claim) for claim in ordered)


def _said(index: Index, record: Record, claim: Claim) -> Said:
    sheet = index.of_document[record.document.id]

    def words(span: Span) -> str:
        return " ".join(record.text[slice(*span)].split())

    acts = tuple(
        Coded(
            act.type,
            act.polarity,
            act.modality,
            tuple(words(part.span) for part in act.perpetrators),
            tuple(words(part.span) for part in act.victims),
        )
        for act in sheet.acts_of.get(claim.id, ())
    )
    return Said(
        id=claim.id,
        kind=claim.kind,
        quote=claim.quote,
        modality=claim.modality,
        polarity=claim.polarity,
        confidence=claim.confidence,
        start=claim.content[0][0] if claim.content else 0,
        words=tuple(map(words, claim.content)),
        hedges=tuple(map(words, claim.hedges)),
        steps=chain(index, record, claim),
        acts=acts,
    )


LIST = Page(
    "/documents",
    "documents",
    "Documents",
    "The documents of the case, in the order they came in.",
    documents,
    "documents.html.j2",
    (Parameter("page", "Which stretch, from 1.", "integer", 1, least=1, most=10**6),),
)
ONE = Page(
    "/documents/{document}",
    "document",
    "Document",
    "One document: its text with claims, hedges, names and numbers marked, and its custody.",
    document,
    "document.html.j2",
    (
        Parameter("document", "Its id, four or more digits of its hash, or its path.", most=2000),
        Parameter("start", "First character to show marked.", "integer", None, most=10**9),
        Parameter(
            "end", "Character after the last one to show marked.", "integer", None, most=10**9
        ),
    ),
)
