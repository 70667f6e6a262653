"""The pairs that nobody has judged yet, a stretch at a time, the decision worth most first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select

from onrecord.case.who import Member, Pair
from onrecord.store.heads import filled
from onrecord.store.tables import DOCUMENTS, ENTITIES, JUDGEMENTS, PROPOSALS, TALLIES, WORTH


def pairs(connection: Connection, offset: int, limit: int) -> list[Pair]:
    """Open proposals as last worked out, those first that a decision is worth most for."""
    worth = WORTH.c
    chosen = (
        select(WORTH)
        .where(~exists().where(_same(JUDGEMENTS.c.left_key, JUDGEMENTS.c.right_key)))
        .order_by(worth.value.desc(), worth.score.desc(), worth.left_key, worth.right_key)
        .offset(offset)
        .limit(limit)
        .subquery()
    )
    given = and_(
        PROPOSALS.c.left_key == chosen.c.left_key, PROPOSALS.c.right_key == chosen.c.right_key
    )
    rows = connection.execute(select(chosen, PROPOSALS.c.reasons).join(PROPOSALS, given)).all()
    members = _members(connection, {key for row in rows for key in (row.left_key, row.right_key)})
    found = [
        Pair(
            members[row.left_key],
            members[row.right_key],
            row.score,
            tuple(json.loads(row.reasons)),
            row.affected,
            bool(row.joined),
        )
        for row in rows
        if {row.left_key, row.right_key} <= members.keys()
    ]
    return told(
        connection,
        sorted(found, key=lambda p: (-p.value, -p.score, p.left.key, p.right.key)),
    )


def told(connection: Connection, found: Iterable[Pair]) -> list[Pair]:
    """The pairs, with publisher and date that only the text of a document states."""
    pairs = list(found)
    sides = {side.key: side for pair in pairs for side in (pair.left, pair.right)}
    heads = filled(
        connection,
        [
            {"key": s.key, "id": s.document, "publisher": s.publisher, "published": s.published}
            for s in sides.values()
        ],
    )
    known = {
        head["key"]: replace(
            sides[head["key"]], publisher=head["publisher"], published=head["published"]
        )
        for head in heads
    }
    return [replace(p, left=known[p.left.key], right=known[p.right.key]) for p in pairs]


def amount(connection: Connection) -> int:
    """How many proposals are open."""
    known = exists().where(_same(JUDGEMENTS.c.left_key, JUDGEMENTS.c.right_key))
    judged = select(func.count()).select_from(JUDGEMENTS).where(known)
    counted = select(TALLIES.c.number).where(TALLIES.c.what == "proposals")
    every = connection.execute(counted).scalar_one_or_none() or 0
    return every - int(connection.execute(judged).scalar_one())


def _same(left: ColumnElement[str], right: ColumnElement[str]) -> ColumnElement[bool]:
    return and_(WORTH.c.left_key == left, WORTH.c.right_key == right)


def _members(connection: Connection, keys: Iterable[str]) -> dict[str, Member]:
    found = {}
    for key in sorted(keys):
        document, _, entity = key.rpartition("|")
        query = (
            select(
                ENTITIES.c.type, ENTITIES.c.name,
                DOCUMENTS.c.path, DOCUMENTS.c.publisher, DOCUMENTS.c.published,
            )
            .join(DOCUMENTS, DOCUMENTS.c.id == ENTITIES.c.document_id)
            .where(ENTITIES.c.document_id == document, ENTITIES.c.id == entity)
        )  # fmt: skip
        row = connection.execute(query).first()
        if row is not None:
            known = (row.path, row.type, row.name, row.publisher, row.published)
            found[key] = Member(key, document, *known)
    return found
