"""Claims that a search found, as lines: who says it, in which words, and what was coded of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, and_, or_, select

from onrecord.case.browsing import State
from onrecord.products.index import last_part
from onrecord.products.page import Line
from onrecord.store.heads import filled
from onrecord.store.listing import Listed
from onrecord.store.tables import DOCUMENTS, FINDABLE, RECORDS
from onrecord.web.views import reading
from onrecord.web.views.said import said_in


@dataclass(frozen=True, slots=True)
class Told:
    """A claim, or an act told without one, with where its words stand.

    `origins` are the independent ones of the events of its acts, None where it tells of none.
    """

    document: str
    title: str
    start: int
    end: int
    kind: str
    origins: int | None
    line: Line


def told(state: State, places: Sequence[tuple[int, int]], *, coded: bool) -> tuple[Told, ...]:
    """What stands at some places (number of the document, and in it), in their order.

    What a record does not hold any more is passed over. `coded`: with the acts made of it.
    """
    rows = _rows(state.connection, places)
    desk = reading.read(state, [row.document_id for row in rows]).desk()
    made = []
    for row in rows:
        sheet = desk.index.of_document.get(row.document_id)
        said = said_in(sheet, row.claim) if sheet else None
        if sheet is None or said is None:
            continue
        line = desk.writer.said(said, coded=coded)
        about = sheet.record.document
        made.append(
            Told(
                row.document_id,
                about.title or last_part(about.path),
                row.start,
                row.end,
                row.kind,
                row.origins,
                _without_notes(line),
            )
        )
    return tuple(made)


def _without_notes(line: Line) -> Line:
    """The line alone: what it is taken from stands beside it."""
    return replace(
        line,
        notes=(),
        runs=tuple(run for run in line.runs if run.kind != "note"),
        children=tuple(_without_notes(child) for child in line.children),
    )


def issued(
    connection: Connection, documents: Sequence[str]
) -> dict[str, tuple[str | None, str | None]]:
    """Who published some documents, and when."""
    names = ("id", "publisher", "published")
    query = select(*(DOCUMENTS.c[name] for name in names)).where(DOCUMENTS.c.id.in_(documents))
    rows = filled(connection, connection.execute(query).mappings())
    return {row["id"]: (row["publisher"], row["published"]) for row in rows}


def listed(connection: Connection, seqs: Sequence[int]) -> tuple[Listed, ...]:
    """Documents by their numbers, in order."""
    names = ("id", "path", "title", "publisher", "published")
    query = (
        select(*(DOCUMENTS.c[name] for name in names), RECORDS.c.document_id.label("record"))
        .outerjoin(RECORDS, RECORDS.c.document_id == DOCUMENTS.c.id)
        .where(DOCUMENTS.c.seq.in_(seqs))
        .order_by(DOCUMENTS.c.seq)
    )
    rows = filled(connection, connection.execute(query).mappings())
    return tuple(
        Listed(**{name: row[name] for name in names}, extracted=row["record"] is not None)
        for row in rows
    )


def _rows(connection: Connection, places: Sequence[tuple[int, int]]) -> list[_Row]:
    if not places:
        return []
    wanted = or_(
        *(and_(FINDABLE.c.seq == seq, FINDABLE.c.number == number) for seq, number in places)
    )
    names = ("document_id", "claim", "start", "end", "kind", "origins", "seq", "number")
    found = connection.execute(select(*(FINDABLE.c[name] for name in names)).where(wanted))
    known = {(row.seq, row.number): _Row(*row[:6]) for row in found}
    return [known[place] for place in places if place in known]


@dataclass(frozen=True, slots=True)
class _Row:
    document_id: str
    claim: str
    start: int
    end: int
    kind: str
    origins: int | None
