"""Who is who as lists show it, from the tables that a resolution made: a stretch at a time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select, union_all

from onrecord.store.listing import Named
from onrecord.store.tables import GROUP_NAMES, GROUPS, TALLIES
from onrecord.store.words import folded_name

_Found = tuple[Sequence[str], int]
"""Some groups, and how many there are."""


def named(
    connection: Connection, kinds: Sequence[str], text: str, offset: int, limit: int
) -> tuple[list[Named], int]:
    """Groups of some types, those in most documents first; and how many there are.

    `text` must stand in one of the spellings, folded.
    """
    folded = folded_name(text)
    if folded:
        found, total = _spelled(connection, kinds, folded, (offset, limit))
    else:
        found, total = _every(connection, kinds, (offset, limit))
    columns = (GROUPS.c.canonical, GROUPS.c.type, GROUPS.c.name, GROUPS.c.documents)
    query = select(*columns).where(GROUPS.c.canonical.in_(found))
    rows = connection.execute(query.order_by(GROUPS.c.rank, GROUPS.c.canonical))
    return [Named(*row) for row in rows], total


def _every(connection: Connection, kinds: Sequence[str], stretch: tuple[int, int]) -> _Found:
    """Each type comes sorted from an index: no more is read than is shown or passed over."""
    groups, (offset, limit) = GROUPS.c, stretch
    parts = [select(groups.canonical, groups.rank).where(groups.type == kind) for kind in kinds]
    query = union_all(*parts).order_by("rank", "canonical").offset(offset).limit(limit)
    counted = select(func.coalesce(func.sum(TALLIES.c.number), 0))
    counted = counted.where(TALLIES.c.what == "groups", TALLIES.c.value.in_(kinds))
    found = connection.execute(query).scalars().all()
    return found, int(connection.execute(counted).scalar_one())


def _spelled(
    connection: Connection, kinds: Sequence[str], folded: str, stretch: tuple[int, int]
) -> _Found:
    """All spellings are looked through: once, for the stretch and the number together."""
    names, (offset, limit) = GROUP_NAMES.c, stretch
    # What searching for a pattern finds, in half the time.
    place = func.instr if connection.dialect.name == "sqlite" else func.strpos
    hits = (
        select(names.canonical, names.rank)
        .where(names.type.in_(kinds), place(names.folded, folded) > 0)
        .distinct()
        .subquery()
    )
    query = select(hits.c.canonical, func.count().over().label("total"))
    query = query.order_by(hits.c.rank, hits.c.canonical).offset(offset).limit(limit)
    rows = connection.execute(query).all()
    if not rows and offset:
        total = connection.execute(select(func.count()).select_from(hits)).scalar_one()
        return (), int(total)
    return [row.canonical for row in rows], rows[0].total if rows else 0
