"""Claims that nobody has decided on, in an order for review: read by an index, however many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Select, func, select, tuple_

from onrecord.store.tables import CLAIMS, FINDABLE_WHO

Order = Literal["least sure", "most consequential"]
ORDERS: tuple[Order, ...] = get_args(Order)
_DOUBT, _WEIGHT = CLAIMS.c.doubt.desc(), CLAIMS.c.weight.desc()
_BY = {"least sure": (_DOUBT, _WEIGHT), "most consequential": (_WEIGHT, _DOUBT)}
WHO = ("speaker", "accused")
"""How somebody has to be in a claim for it to be one of theirs: it is by them, or against them."""


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """A claim without a decision. `doubt` is one less its confidence, `weight` what rests on it."""

    document: str
    id: str
    kind: str
    doubt: float
    weight: int

    @property
    def key(self) -> str:
        """What a decision names it by."""
        return f"{self.document}|{self.id}"


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which open claims: by or against a group, in a document, of some kinds; empty is all."""

    who: str = ""
    document: str = ""
    kinds: Sequence[str] = ()


def claims(
    connection: Connection, narrowed: Narrowed, order: Order, offset: int, limit: int
) -> list[OpenClaim]:
    """Open claims: allegations, denials, admissions and demands first, each in the order asked."""
    c = CLAIMS.c
    query = _open(select(c.document_id, c.id, c.kind, c.doubt, c.weight), narrowed)
    query = query.order_by(c.priority, *_BY[order], c.document_id, c.id)
    rows = connection.execute(query.offset(offset).limit(limit))
    return [OpenClaim(*row) for row in rows]


def number(connection: Connection, narrowed: Narrowed, most: int) -> int:
    """How many are open; `most` where there are more than that, which takes too long to count."""
    found = _open(select(CLAIMS.c.id), narrowed).limit(most).subquery()
    return int(connection.execute(select(func.count()).select_from(found)).scalar_one())


def _open(query: Select[Any], narrowed: Narrowed) -> Select[Any]:
    query = query.where(CLAIMS.c.reviewed.is_(None))
    if narrowed.who:
        theirs = select(FINDABLE_WHO.c.document_id, FINDABLE_WHO.c.claim).where(
            FINDABLE_WHO.c.part.in_(WHO), FINDABLE_WHO.c.canonical == narrowed.who
        )
        query = query.where(tuple_(CLAIMS.c.document_id, CLAIMS.c.id).in_(theirs))
    if narrowed.document:
        query = query.where(CLAIMS.c.document_id == narrowed.document)
    if narrowed.kinds:
        query = query.where(CLAIMS.c.kind.in_(narrowed.kinds))
    return query
