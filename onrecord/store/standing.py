"""How many documents, records and claims a case has, and how many of them wait for a person.

To count hundreds of thousands takes a while, and people decide every few seconds. So what was
counted is carried on by what the log says has come since; what that cannot tell is counted anew.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, func, select

from onrecord.store.log import newest
from onrecord.store.reviews import documents as decided_on
from onrecord.store.reviews import extracted as as_extracted
from onrecord.store.stretch import batches
from onrecord.store.tables import CLAIMS, DOCUMENTS, LOG, RECORDS
from onrecord.vocabulary import load

_FOLLOWED = 2_000
"""Entries of the log up to which is followed what has come."""
_ELSEWHERE = frozenset(
    {"resolve", "judge", "grade", "received", "imported", "membership"}
    | {"protect", "consent", "confidential"}
    | {"release", "released", "not_released", "release_refused"}
)
"""Entries that change none of the numbers."""
_ON_ONE = frozenset({"review", "correct", "add"})
"""Decisions on what stands in one document."""
_OPEN = (CLAIMS.c.reviewed.is_(None), CLAIMS.c.priority == 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """A case in numbers, at an entry of its log.

    `open` are the claims that accuse, deny or ask, and that nobody has decided on; `touched` how
    many there are of them in each document on which people decided anything.
    """

    seq: int
    hash: str
    documents: int
    records: int
    open: int
    touched: Mapping[str, int] = field(default_factory=dict)

    @property
    def waiting(self) -> int:
        """Documents without a record."""
        return max(0, self.documents - self.records)


@dataclass(slots=True)
class _Since:
    """Documents that came, were extracted, or were decided on."""

    came: set[str] = field(default_factory=set)
    extracted: set[str] = field(default_factory=set)
    decided: set[str] = field(default_factory=set)


def standing(connection: Connection, known: Standing | None = None) -> Standing:
    """A case as it stands now, carried on from what was `known` of an earlier state of it."""
    carried = _carried_on(connection, known) if known else None
    return carried or _counted(connection)


def _counted(connection: Connection) -> Standing:
    documents, records, claims = (
        select(func.count()).select_from(table) for table in (DOCUMENTS, RECORDS, CLAIMS)
    )
    seq, digest = newest(connection)
    return Standing(
        seq,
        digest,
        documents=int(connection.execute(documents).scalar_one()),
        records=int(connection.execute(records).scalar_one()),
        open=int(connection.execute(claims.where(*_OPEN)).scalar_one()),
        touched=_open_in(connection, decided_on(connection)),
    )


def _carried_on(connection: Connection, known: Standing) -> Standing | None:
    """What was known with what has come since; None where that cannot be told from the log."""
    query = select(LOG.c.seq, LOG.c.hash, LOG.c.kind, LOG.c.payload)
    query = query.where(LOG.c.seq >= known.seq).order_by(LOG.c.seq).limit(_FOLLOWED)
    rows = connection.execute(query).all()
    if not rows or rows[0].hash != known.hash or len(rows) == _FOLLOWED:
        return None
    if len(rows) == 1:
        return known
    since = _since(connection, rows[1:])
    if since is None or not since.extracted <= since.came:
        return None
    before = _before(connection, known, since)
    after = _open_in(connection, since.extracted | since.decided)
    return replace(
        known,
        seq=rows[-1].seq,
        hash=rows[-1].hash,
        documents=known.documents + len(since.came),
        records=known.records + len(since.extracted),
        open=known.open + sum(after.values()) - before,
        touched={**known.touched, **{d: after[d] for d in since.decided}},
    )


def _since(connection: Connection, rows: Sequence[Any]) -> _Since | None:
    """What entries of the log are about; None where they may be about more."""
    since = _Since()
    for row in rows:
        kind, payload = row.kind, json.loads(row.payload)
        while kind == "undo":
            query = select(LOG.c.kind, LOG.c.payload).where(LOG.c.seq == payload["entry"])
            undone = connection.execute(query).one()
            kind, payload = undone.kind, json.loads(undone.payload)
        if kind in ("acquired", "extracted"):
            (since.came if kind == "acquired" else since.extracted).add(payload["document"])
        elif kind in _ON_ONE:
            about = str(payload.get("document") or payload["subject"])
            since.decided.add(about.partition("|")[0])
        elif kind not in _ELSEWHERE:
            return None
    return since


def _before(connection: Connection, known: Standing, since: _Since) -> int:
    """How many claims were open in the documents that were decided on since.

    Where nothing was decided on a document before, it was as extracted.
    """
    return sum(
        known.touched[document] if document in known.touched else _extracted(connection, document)
        for document in since.decided - since.came
    )


def _extracted(connection: Connection, document: str) -> int:
    found = as_extracted(connection, document)
    claims = found[0]["claims"] if found else ()
    first = load("review")["first"]
    return sum(claim["kind"] in first and not claim.get("reviewed") for claim in claims)


def _open_in(connection: Connection, documents: Collection[str]) -> dict[str, int]:
    """How many claims are open in each of some documents."""
    told = dict.fromkeys(sorted(documents), 0)
    query = select(CLAIMS.c.document_id, func.count()).where(*_OPEN)
    for some in batches(list(told)):
        each = query.where(CLAIMS.c.document_id.in_(some)).group_by(CLAIMS.c.document_id)
        told.update((row[0], int(row[1])) for row in connection.execute(each))
    return told
