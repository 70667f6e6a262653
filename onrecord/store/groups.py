"""Who is who as lists show it, from the tables that a resolution made: a stretch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, distinct, func, select, union_all

from onrecord.store.listing import Named
from onrecord.store.tables import GROUP_NAMES, GROUPS
from onrecord.store.words import folded_name


def named(
    connection: Connection, kinds: Sequence[str], text: str, offset: int, limit: int
) -> tuple[list[Named], int]:
    """Groups of some types, those in most documents first; and how many there are.

    `text` must stand in one of the spellings, folded.
    """
    folded = folded_name(text)
    if folded:
        spelled = _holds(connection, folded)
        total = select(func.count(distinct(GROUP_NAMES.c.canonical)))
        total = total.where(GROUP_NAMES.c.type.in_(kinds), spelled)
        parts = [_spelled(kind, spelled) for kind in kinds]
    else:
        total = select(func.count()).where(GROUPS.c.type.in_(kinds))
        parts = [select(GROUPS.c.canonical, GROUPS.c.rank).where(GROUPS.c.type == k) for k in kinds]
    # Each part comes sorted from an index, so that no more is read than is shown or passed over.
    found = union_all(*parts).order_by("rank", "canonical").offset(offset).limit(limit).subquery()
    columns = (GROUPS.c.canonical, GROUPS.c.type, GROUPS.c.name, GROUPS.c.documents)
    query = select(*columns).join(found, found.c.canonical == GROUPS.c.canonical)
    rows = connection.execute(query.order_by(GROUPS.c.rank, GROUPS.c.canonical))
    return [Named(*row) for row in rows], int(connection.execute(total).scalar_one())


def _spelled(kind: str, spelled: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    names = GROUP_NAMES.c
    query = select(names.canonical, names.rank).where(names.type == kind, spelled)
    return query.group_by(names.type, names.rank, names.canonical)


def _holds(connection: Connection, folded: str) -> ColumnElement[bool]:
    """Spellings that hold the text: what searching for a pattern finds, in half the time."""
    if connection.dialect.name == "sqlite":
        return func.instr(GROUP_NAMES.c.folded, folded) > 0
    return func.strpos(GROUP_NAMES.c.folded, folded) > 0
