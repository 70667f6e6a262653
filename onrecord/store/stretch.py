"""What the modules that pages read from share: rows, batches, counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    Select,
    func,
    select,
)

from onrecord.store.tables import (
    TALLIES,
)

Row = RowMapping
AT_ONCE = 400
"""Values that one query names at most."""


def batches(values: Sequence[str]) -> list[Sequence[str]]:
    """The values, so many at once as one query may name."""
    return [values[at : at + AT_ONCE] for at in range(0, len(values), AT_ONCE)]


def count(connection: Connection, query: Select[*tuple[Any, ...]]) -> int:
    """How many rows a query gives."""
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    return int(connection.execute(counted).scalar_one())


def tally(connection: Connection, what: str) -> dict[str, int]:
    """How many there are of something, by value, as last counted."""
    query = select(TALLIES.c.value, TALLIES.c.number).where(TALLIES.c.what == what)
    return {row.value: int(row.number) for row in connection.execute(query)}
