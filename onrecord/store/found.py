"""Tables made of a whole case: worked out beside it, compared with what it holds, put in place.

Working out takes minutes for a large case, so it is done without the writer's lock and its rows are
kept on the disk meanwhile, in a database of no name that is gone when it is closed. Only the rows
that differ are written.
"""

from __future__ import annotations

import errno
import sqlite3
from array import array
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from operator import eq, itemgetter
from typing import Any, Self

from sqlalchemy import (
    Connection,
    Float,
    Integer,
    Table,
    and_,
    bindparam,
    delete,
    insert,
    inspect,
    select,
)

from onrecord.store.sealing import Seal, Values
from onrecord.store.tables import CLUSTERS, EVENT_ACTS, FOUND, RESOLVED

Row = Mapping[str, Any]
MADE = (*RESOLVED, *FOUND)
"""The tables that a resolution makes, each sealed in the log by a hash."""
_AT_ONCE = 10_000
_MOST_DROPPED = 200_000
"""Where more rows than that are no longer so, the table is written anew."""
_CACHE = 256_000
"""Kibibytes of the database that are held while much is written."""
_MANY = 20_000
"""Rows of a table from which on it matters in which order tables are read."""
_LOOKED_AT = 1_000
"""Rows of an index that are looked at to tell how many rows have one value."""
_LOOKED_UP = (CLUSTERS, EVENT_ACTS)


class Made:
    """Rows worked out anew, on the disk and apart from the case. Use it in a `with` statement."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -65536"):
            self._database.execute(f"PRAGMA {pragma}")
        for table in MADE:
            columns = ", ".join(f'"{c.name}" {_kind(c.type)}' for c in table.columns)
            self._database.execute(f'CREATE TABLE "{table.name}" ({columns})')
        self._database.execute("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def put(self, table: Table, rows: Iterable[Row]) -> None:
        """Keep rows of a table, in any order."""
        names = [column.name for column in table.columns]
        places = ", ".join("?" * len(names))
        statement = f'INSERT INTO "{table.name}" VALUES ({places})'  # noqa: S608 - our own names
        with _room():
            self._database.executemany(statement, map(itemgetter(*names), rows))

    def settle(self) -> None:
        """Make the tables that `look_up` reads quick to read."""
        for table in _LOOKED_UP:
            key, other = (column.name for column in table.columns)
            name = f"{table.name}_{key}"
            statement = (
                f'CREATE INDEX IF NOT EXISTS "{name}" ON "{table.name}" ("{key}", "{other}")'
            )
            with _room():
                self._database.execute(statement)

    def look_up(self, table: Table, document: str) -> dict[str, str]:
        """Of clusters or acts of events: what is kept for each key of a document, by its own id."""
        key, other = (column.name for column in table.columns)
        query = f'SELECT "{key}", "{other}" FROM "{table.name}" WHERE "{key}" BETWEEN ? AND ?'  # noqa: S608
        found = self._database.execute(query, (f"{document}|", f"{document}|\U0010ffff"))
        return {row[0].rpartition("|")[2]: row[1] for row in found}

    def batches(self, table: Table) -> Iterator[tuple[list[int], list[Values]]]:
        """The rows of a table by their primary key, many at a time, and their numbers."""
        keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
        query = f'SELECT rowid, * FROM "{table.name}" ORDER BY {keys}'  # noqa: S608 - our own names
        with _room():
            found = self._database.execute(query)
            while rows := found.fetchmany(_AT_ONCE):
                yield [row[0] for row in rows], [row[1:] for row in rows]

    def row(self, table: Table, number: int) -> Values:
        """The row of that number."""
        query = f'SELECT * FROM "{table.name}" WHERE rowid = ?'  # noqa: S608 - our own names
        found: Values = self._database.execute(query, (number,)).fetchone()
        return found

    def amount(self, table: Table) -> int:
        """How many rows a table has."""
        query = f'SELECT count(*) FROM "{table.name}"'  # noqa: S608 - our own names
        return int(self._database.execute(query).fetchone()[0])


def _kind(type_: Any) -> str:
    if isinstance(type_, Float):
        return "REAL"
    return "INTEGER" if isinstance(type_, Integer) else "TEXT"


@contextmanager
def _room() -> Iterator[None]:
    """Say of a full disk what is said where the case itself has no room."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "full" not in str(error):
            raise
        raise OSError(errno.ENOSPC, f"no room for what is worked out: {error}") from error


@dataclass(slots=True)
class Change:
    """What has to be written for a table to hold what was made: keys to drop, rows to put.

    `anew`: everything is dropped and every row put. `sha256` is of the rows as they will be.
    """

    sha256: str = ""
    anew: bool = False
    drop: list[Values] = field(default_factory=list)
    put: array[int] = field(default_factory=lambda: array("q"))


Changes = Mapping[Table, Change]


def changes(connection: Connection, made: Made, of: Collection[Table] = MADE) -> Changes:
    """How the tables of the case differ from what was made."""
    return {table: _change(connection, made, table) for table in MADE if table in of}


def _change(connection: Connection, made: Made, table: Table) -> Change:
    """Both are read in the order of their keys, so neither is held."""
    names = [column.name for column in table.columns]
    seal, comparison = Seal(names), _Comparison(stored(connection, table), _places(table))
    for numbers, rows in made.batches(table):
        seal.add(rows)
        comparison.add(numbers, rows)
    return comparison.end(seal.hexdigest())


class _Comparison:
    """What the case holds of a table, gone through beside what was made."""

    def __init__(self, old: Iterator[Values], places: Sequence[int]) -> None:
        self._old, self._places = old, places
        self._held: deque[Values] = deque()
        self._change = Change()

    def add(self, numbers: Sequence[int], rows: Sequence[Values]) -> None:
        """Go on with rows that were made."""
        change, held = self._change, self._held
        if change.anew:
            return
        held.extend(islice(self._old, max(len(rows) - len(held), 0)))
        if not held:
            change.put.extend(numbers)
        elif len(held) == len(rows) and all(map(eq, held, rows)):
            held.clear()
        else:
            for number, row in zip(numbers, rows, strict=True):
                self._compare(number, row)
            self._limit()

    def end(self, sha256: str) -> Change:
        """What has to be written; `sha256` is of all that was made."""
        while not self._change.anew and (held := self._next()) is not None:
            self._drop(held)
            self._limit()
        self._change.sha256 = sha256
        return self._change

    def _compare(self, number: int, row: Values) -> None:
        key = self._key(row)
        while (held := self._next()) is not None and self._key(held) < key:
            self._drop(held)
        if held is None or self._key(held) != key:
            self._change.put.append(number)
        elif held == row:
            self._held.popleft()
        else:
            self._drop(held)
            self._change.put.append(number)

    def _next(self) -> Values | None:
        if not self._held:
            self._held.extend(islice(self._old, 1))
        return self._held[0] if self._held else None

    def _drop(self, row: Values) -> None:
        self._change.drop.append(self._key(row))
        self._held.popleft()

    def _key(self, row: Values) -> Values:
        return tuple([row[place] for place in self._places])

    def _limit(self) -> None:
        change = self._change
        if len(change.drop) > _MOST_DROPPED:
            change.anew, change.drop, change.put = True, [], array("q")


def _places(table: Table) -> list[int]:
    names = [column.name for column in table.columns]
    return [names.index(column.name) for column in table.primary_key]


def stored(connection: Connection, table: Table) -> Iterator[Values]:
    """The rows that the case holds, by their primary key, as code points order text."""
    keys = list(table.primary_key)
    if connection.dialect.name == "postgresql":
        keys = [key if isinstance(key.type, Integer) else key.collate("C") for key in keys]  # type: ignore[misc]
    query = select(table).order_by(*keys)
    with connection.execute(query, execution_options={"yield_per": _AT_ONCE}) as found:
        for row in found:
            yield tuple(row)


def hash_of(connection: Connection, table: Table) -> str:
    """The SHA-256 of the rows that the case holds of a table, as the log seals it."""
    seal = Seal([column.name for column in table.columns])
    rows = stored(connection, table)
    while batch := list(islice(rows, _AT_ONCE)):
        seal.add(batch)
    return seal.hexdigest()


def put_in_place(connection: Connection, made: Made, found: Changes) -> None:
    """Write the changes, in the transaction of the caller."""
    if connection.dialect.name == "sqlite":
        # With the few pages it holds by default, each row of a large case would cost a page or two.
        connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE}")
    for table, change in found.items():
        if change.anew:
            connection.execute(delete(table))
        elif change.drop:
            _drop(connection, table, change.drop)
        if change.anew or len(change.put) == made.amount(table):
            with _indexed_after(connection, table):
                for _, rows in made.batches(table):
                    _put(connection, table, rows)
        else:
            for start in range(0, len(change.put), _AT_ONCE):
                numbers = change.put[start : start + _AT_ONCE]
                _put(connection, table, [made.row(table, number) for number in numbers])
    if connection.dialect.name == "sqlite":
        _tell_planner(connection, max(map(made.amount, found), default=0))


def _tell_planner(connection: Connection, most: int) -> None:
    """Count what SQLite's planner of queries goes by, as PostgreSQL does by itself.

    Where a table is large; and where it was counted before, since it goes with dropped indexes.
    """
    if most >= _MANY or inspect(connection).has_table("sqlite_stat1"):
        connection.exec_driver_sql(f"PRAGMA analysis_limit = {_LOOKED_AT}")
        connection.exec_driver_sql("ANALYZE")


@contextmanager
def _indexed_after(connection: Connection, table: Table) -> Iterator[None]:
    """Make the further indexes of a table when it is filled: row by row takes many times as long.

    In the transaction of the caller, so that nobody sees it without.
    """
    indexes: list[tuple[str, str]] = []
    if connection.dialect.name == "sqlite":
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?"
        found = connection.exec_driver_sql(query, (table.name,))
        indexes = [(name, sql) for name, sql in found if sql]
    for name, _ in indexes:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    yield
    for _, sql in indexes:
        connection.exec_driver_sql(sql)


def _drop(connection: Connection, table: Table, keys: Sequence[Values]) -> None:
    names = [f"key_{number}" for number in range(len(table.primary_key))]
    pairs = zip(table.primary_key, names, strict=True)
    statement = delete(table).where(and_(*(column == bindparam(name) for column, name in pairs)))
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        connection.execute(statement, [dict(zip(names, key, strict=True)) for key in part])


def _put(connection: Connection, table: Table, rows: list[Values]) -> None:
    names = [column.name for column in table.columns]
    if connection.dialect.name == "sqlite":
        # As a statement of the driver: to bind by name takes longer than to write the row.
        quoted = ", ".join(f'"{name}"' for name in names)
        places = ", ".join("?" * len(names))
        statement = f'INSERT INTO "{table.name}" ({quoted}) VALUES ({places})'  # noqa: S608
        connection.exec_driver_sql(statement, rows)
    else:
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])


def rank(number: int, identity: str) -> int:
    """What lists are sorted by, then by id: the largest number first, as ids go among equal ones.

    It depends on nothing else, so that what is added does not move everything that comes after.
    """
    return ((1 << 30) - number << 32) + int(identity.rpartition(":")[2][:8], 16)
