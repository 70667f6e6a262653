"""What is found of a whole case, put straight into the tables of a copy that nobody reads yet.

What a case itself holds is compared with what was made, sealed in the log, and only what differs
is written (`store.found`). A copy is thrown away if its making is cut short and is sealed nowhere,
so its rows go where they belong as they are made.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Table

from onrecord.store.found import Made, Row
from onrecord.store.tables import FOUND

_CACHE = 96_000
"""Kibibytes of the copy that are held while its tables are filled."""
_INDEXES = """SELECT name, sql FROM sqlite_master
    WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"""


class InPlace(Made):
    """The tables `FOUND` of a copy, emptied, then filled. Use it in a `with` statement.

    Who is who is in the copy already and is not written.
    """

    def __init__(self, copied: Connection) -> None:
        driver: Any = copied.connection.driver_connection
        self._database: sqlite3.Connection = driver
        self._database.execute(f"PRAGMA cache_size = -{_CACHE}")
        self._indexes: list[str] = []
        for table in FOUND:
            self._clear(table)

    def __exit__(self, *error: object) -> None:
        """Make the tables quick to read again; after an error the copy is thrown away."""
        for statement in () if any(error) else self._indexes:
            self._database.execute(statement)

    def put(self, table: Table, rows: Iterable[Row]) -> None:
        """Put rows of a table, in any order."""
        if table not in FOUND:
            return
        names = [column.name for column in table.columns]
        columns, places = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})'  # noqa: S608 - our own names
        self._database.executemany(statement, map(itemgetter(*names), rows))

    def settle(self) -> None:
        """Nothing: what is looked up is looked up by its primary key."""

    def _clear(self, table: Table) -> None:
        """Empty a table; indexes that are not its key are made when it is full, in one go."""
        for name, statement in self._database.execute(_INDEXES, (table.name,)).fetchall():
            self._indexes.append(statement)
            self._database.execute(f'DROP INDEX "{name}"')
        self._database.execute(f'DELETE FROM "{table.name}"')  # noqa: S608 - our own names
