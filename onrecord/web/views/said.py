"""One part of what is on record about somebody, all of it, a stretch at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from onrecord.case import Case
from onrecord.case.browsing import State
from onrecord.products.index import Said, Sheet
from onrecord.products.page import Line, Run, Section
from onrecord.products.page import Page as Product
from onrecord.products.parts import Desk, answer_lines, demand_line, together
from onrecord.products.people import Subject
from onrecord.store import pages, registers
from onrecord.store.pages import Found
from onrecord.web.keeping import KEPT
from onrecord.web.page import Asked, NotAsked, Page, Parameter
from onrecord.web.views import reading
from onrecord.web.views.parts import PARTS, Part
from onrecord.web.views.people import claims_of, somebody
from onrecord.web.views.reading import Reading

AT_ONCE = 15
ANSWERS = 8
"""Documents with answers of somebody that are read to set them beside what they answer."""
KINDS = ("allegation", "denial", "admission", "demand", "finding", "statement")


@dataclass(frozen=True, slots=True)
class PartStretch:
    """Lines of one part of somebody, `first` to `last` of `total`, from 1; of `unit`s.

    `kinds` are the kinds of claim that there are of it, with how many, where it can be narrowed.
    """

    canonical: str
    name: str
    part: str
    title: str
    intro: str
    kind: str
    kinds: tuple[tuple[str, int], ...]
    unit: str
    first: int
    last: int
    total: int
    page: int
    pages: int
    product: Product


@dataclass(frozen=True, slots=True)
class _Lines:
    """Lines with how many more there are."""

    lines: tuple[Line, ...]
    total: int
    desk: Desk | None
    kinds: tuple[tuple[str, int], ...] = ()


def stretch(case: Case, asked: Asked) -> PartStretch:
    """A stretch of one part. Raises `NotFound`, `NotAsked`."""
    part = PARTS.get(asked["part"])
    if part is None:
        raise NotAsked("there is no such part", why="it is not on the list", todo=", ".join(PARTS))
    kind = asked["kind"] if asked["kind"] in KINDS and part.name == "by" else ""
    wanted, page = asked["who"], asked["page"]
    name = f"part {part.name} {kind} {page} {wanted}"
    return KEPT.get(case, name, lambda: _stretch(case, wanted, part, kind, page))


def _stretch(case: Case, wanted: str, part: Part, kind: str, page: int) -> PartStretch:
    with case.browse() as state:
        canonical = pages.group_of(state.connection, wanted)
        known = somebody(state, canonical)
        found = _maker(case, part)(state, canonical, part, kind, (page - 1) * AT_ONCE)
    notes = found.desk.writer.notes.freeze() if found.desk else ()
    section = Section(part.name, part.title, found.lines, empty=part.empty)
    by_documents = part.name == "relations"
    last = min(page * AT_ONCE, found.total)
    return PartStretch(
        canonical=canonical,
        name=known.name,
        part=part.name,
        title=part.title,
        intro=part.intro,
        kind=kind,
        kinds=found.kinds,
        unit="documents" if by_documents else "",
        first=min((page - 1) * AT_ONCE + 1, last),
        last=last,
        total=found.total,
        page=page,
        pages=max(1, -(-found.total // AT_ONCE)),
        product=Product(part.name, part.title, "", (), (section,), notes),
    )


_Make = Callable[[State, str, Part, str, int], _Lines]


def _maker(case: Case, part: Part) -> _Make:
    if part.claims:
        return partial(_claims, case)
    if part.party is None:
        return _relations
    return _demands if part.party[0] == "demand" else _visits


def _claims(case: Case, state: State, canonical: str, part: Part, kind: str, offset: int) -> _Lines:
    counted = claims_of(case, canonical)
    kinds = tuple(
        (k, n) for k in KINDS if (n := counted.get((part.claims, k), 0)) and part.name == "by"
    )
    total = sum(n for (p, k), n in counted.items() if p == part.claims and kind in ("", k))
    found = pages.said(state.connection, canonical, part.claims, kind, offset, AT_ONCE)
    documents = [one.document for one in found]
    answered, all_read = _answering(state, canonical) if part.name == "against" else ([], True)
    read = reading.read(state, [*documents, *answered])
    desk = read.desk()
    inside = read.entities_of(canonical)
    subject = desk.people.find(inside) if inside and part.name == "against" else None
    lines = tuple(_line(desk, one, subject, all_read=all_read) for one in _said(desk, found))
    return _Lines(lines, total, desk, kinds)


def _answering(state: State, canonical: str) -> tuple[list[str], bool]:
    found, total = pages.answering(state.connection, canonical, ANSWERS)
    return found, len(found) == total


def _said(desk: Desk, found: Sequence[Found]) -> Iterator[tuple[Found, Said]]:
    """What was found, as it stands in its record; an act without a claim in its publisher's words.

    What the record does not hold any more, since somebody corrected it, is passed over.
    """
    for one in found:
        sheet = desk.index.of_document.get(one.document)
        said = said_in(sheet, one.claim) if sheet else None
        if said is not None:
            yield one, said


def said_in(sheet: Sheet, identifier: str) -> Said | None:
    """A claim, or an act, of a record by its id."""
    claim = sheet.claims.get(identifier)
    if claim is not None:
        return sheet.said(claim)
    act = next((act for act in sheet.record.acts if act.id == identifier), None)
    return Said(sheet.record, None, (act,)) if act else None


def _line(desk: Desk, told: tuple[Found, Said], subject: Subject | None, *, all_read: bool) -> Line:
    found, said = told
    line = desk.writer.said(said)
    beside = _answers(desk, said, subject, all_read=all_read) if subject else ()
    origins = (Run(" "), Run(origins_told(found.origins), "tag")) if found.origins else ()
    return replace(line, runs=(*line.runs, *origins), children=(*line.children, *beside))


def origins_told(number: int) -> str:
    """How many independent origins tell of the event."""
    return "1 origin tells of it" if number == 1 else f"{number} independent origins tell of it"


def _answers(desk: Desk, said: Said, subject: Subject, *, all_read: bool) -> tuple[Line, ...]:
    """What may answer it; where not all was read that may, that none was found there."""
    lines = answer_lines(desk, said, subject)
    if all_read or lines[0].kind != "gap":
        return lines
    told = f"No answer to this stands in the {len(desk.index.sheets)} documents read for this page."
    return (Line("gap", (Run(told, "gap"),)),)


def _demands(state: State, canonical: str, part: Part, kind: str, offset: int) -> _Lines:
    del kind
    side = "of" if part.name == "asked-of" else "by"
    rows, total = registers.demands(
        state.connection, {side: [canonical]}, ("", ""), offset, AT_ONCE
    )
    desk = reading.read(state, [row["document_id"] for row in rows]).desk()
    lines = []
    for row in rows:
        sheet = desk.index.of_document.get(row["document_id"])
        known = {d.id: d for d in sheet.record.demands} if sheet else {}
        if sheet is not None and row["id"] in known:
            lines.append(demand_line(desk, sheet, known[row["id"]]))
    return _Lines(tuple(lines), total, desk)


def _visits(state: State, canonical: str, part: Part, kind: str, offset: int) -> _Lines:
    del part, kind
    rows, total = registers.engagements(state.connection, [canonical], ("", ""), offset, AT_ONCE)
    desk = reading.read(state, [row["document_id"] for row in rows]).desk()
    lines = []
    for row in rows:
        sheet = desk.index.of_document.get(row["document_id"])
        known = {e.id: e for e in sheet.record.engagements} if sheet else {}
        if sheet is not None and row["id"] in known:
            lines.append(desk.writer.engagement(sheet, known[row["id"]]))
    return _Lines(tuple(lines), total, desk)


def _relations(state: State, canonical: str, part: Part, kind: str, offset: int) -> _Lines:
    """Posts and relations, document by document: a stretch is one of documents."""
    del part, kind
    documents, total = pages.documents_of(state.connection, canonical, offset, AT_ONCE)
    read = reading.read(state, documents)
    desk = read.desk()
    return _Lines(tuple(_related(desk, read, canonical)), total, desk)


def _related(desk: Desk, read: Reading, canonical: str) -> Iterator[Line]:
    inside = frozenset(read.entities_of(canonical))
    for sheet in desk.index.sheets:
        yield from together(
            desk.writer.relation(sheet, relation, inside)
            for relation in sheet.record.relations
            if {relation.subject, relation.object} & inside
        )


SAID = Page(
    "/names/{who}/said",
    "said",
    "Name",
    "One part of what is on record about a name, all of it, the most reported first.",
    stretch,
    "said.html.j2",
    (
        Parameter("who", "The id of their group, or the key DOCUMENT|ENTITY.", most=300),
        Parameter("part", f"One of {', '.join(PARTS)}.", default="against", most=20),
        Parameter("kind", "Of what they said, one kind of claim.", default="", most=20),
        Parameter("page", "Which stretch, from 1.", "integer", 1, least=1, most=10**6),
    ),
)
