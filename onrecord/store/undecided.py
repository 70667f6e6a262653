"""Claims that nobody has decided on, in an order for review: read by an index, however many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select, tuple_

from onrecord.store.tables import CLAIMS, FINDABLE_WHO, REVIEWS

Order = Literal["least sure", "most consequential"]
ORDERS: tuple[Order, ...] = get_args(Order)
_DOUBT, _WEIGHT = CLAIMS.c.doubt.desc(), CLAIMS.c.weight.desc()
_BY = {"least sure": (_DOUBT, _WEIGHT), "most consequential": (_WEIGHT, _DOUBT)}
WHO = ("speaker", "accused")
"""How somebody has to be in a claim for it to be one of theirs: it is by them, or against them."""
OFTEN = 500
"""Claims that make somebody one who is met often in the list."""


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
    query = select(c.document_id, c.id, c.kind, c.doubt, c.weight).where(*_open(narrowed))
    if narrowed.who:
        query = query.where(_theirs(connection, narrowed.who))
    query = query.order_by(c.priority, *_BY[order], c.document_id, c.id)
    rows = connection.execute(query.offset(offset).limit(limit))
    return [OpenClaim(*row) for row in rows]


def number(connection: Connection, narrowed: Narrowed, most: int) -> int:
    """How many are open; `most` where there are more than that, which takes too long to count.

    Of somebody in many claims, those that who is who was last worked out with are counted.
    """
    if narrowed == Narrowed(who=narrowed.who) and _is_often(connection, narrowed.who):
        every = _count(connection, _of(narrowed.who))
        decided = FINDABLE_WHO.c.document_id + "|" + FINDABLE_WHO.c.claim
        subjects = _of(narrowed.who).where(decided.in_(select(REVIEWS.c.subject)))
        return min(most, every - _count(connection, subjects))
    query = select(CLAIMS.c.id).where(*_open(narrowed))
    if narrowed.who:
        query = query.where(_theirs(connection, narrowed.who))
    return _count(connection, query.limit(most))


def _open(narrowed: Narrowed) -> Iterator[ColumnElement[bool]]:
    yield CLAIMS.c.reviewed.is_(None)
    if narrowed.document:
        yield CLAIMS.c.document_id == narrowed.document
    if narrowed.kinds:
        yield CLAIMS.c.kind.in_(narrowed.kinds)


def _of(who: str) -> Select[tuple[str, str]]:
    """The claims by or against somebody, each once; not the acts that stand there without one."""
    w = FINDABLE_WHO.c
    theirs = (w.part.in_(WHO), w.canonical == who, ~w.claim.startswith("act:"))
    return select(w.document_id, w.claim).where(*theirs).distinct()


def _theirs(connection: Connection, who: str) -> ColumnElement[bool]:
    """Whether a claim is by or against somebody: looked up from their claims where these are few,
    else for one open claim after the other, since one of theirs soon comes.
    """
    if not _is_often(connection, who):
        return tuple_(CLAIMS.c.document_id, CLAIMS.c.id).in_(_of(who))
    w = FINDABLE_WHO.c
    same = (w.document_id == CLAIMS.c.document_id, w.claim == CLAIMS.c.id)
    return exists().where(*same, w.part.in_(WHO), w.canonical == who)


def _is_often(connection: Connection, who: str) -> bool:
    return bool(who) and _count(connection, _of(who).limit(OFTEN)) == OFTEN


def _count(connection: Connection, query: Select[Any]) -> int:
    counted = select(func.count()).select_from(query.subquery())
    return int(connection.execute(counted).scalar_one())
