"""Tables made of a whole case: worked out beside it, compared with what it holds, put in place.

Working out takes minutes for a large case, so it is done without the writer's lock and its rows are
kept on the disk meanwhile, in a database of no name that is gone when it is closed. Only the rows
that differ are written.
"""

from __future__ import annotations

import errno
import hashlib
import sqlite3
from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Self

from sqlalchemy import Connection, Float, Integer, Table, and_, bindparam, delete, insert, select

from onrecord.store.log import canonical
from onrecord.store.tables import CLUSTERS, EVENT_ACTS, FOUND, RESOLVED

Row = Mapping[str, Any]
Values = tuple[Any, ...]
MADE = (*RESOLVED, *FOUND)
"""The tables that a resolution makes, each sealed in the log by a hash."""
_AT_ONCE = 10_000
_MOST_DROPPED = 200_000
"""Where more rows than that are no longer so, the table is written anew."""
_CACHE = 400_000
"""Kibibytes of the database that are held while much is written."""
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
            self._database.executemany(statement, (tuple(row[n] for n in names) for row in rows))

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

    def rows(self, table: Table) -> Iterator[tuple[int, Values]]:
        """The rows of a table by their primary key, each with its number."""
        keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
        query = f'SELECT rowid, * FROM "{table.name}" ORDER BY {keys}'  # noqa: S608 - our own names
        with _room():
            for row in self._database.execute(query):
                yield row[0], row[1:]

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
    places = _places(table)
    change, seal = Change(), _Seal(table)
    old = stored(connection, table)
    held = next(old, None)
    for number, row in made.rows(table):
        seal.add(row)
        key = tuple(row[place] for place in places)
        while held is not None and (known := tuple(held[place] for place in places)) < key:
            change.drop.append(known)
            held = next(old, None)
        if held is not None and known == key:
            if held != row:
                change.drop.append(key)
                change.put.append(number)
            held = next(old, None)
        else:
            change.put.append(number)
        if len(change.drop) > _MOST_DROPPED:
            break
    _rest(change, [held, *islice(old, _MOST_DROPPED)] if held is not None else [], places)
    if change.anew:
        seal = _Seal(table)
        for _, row in made.rows(table):
            seal.add(row)
    change.sha256 = seal.hexdigest()
    return change


def _rest(change: Change, left: Sequence[Values], places: Sequence[int]) -> None:
    """What the case holds after the last row that was made."""
    change.drop += [tuple(row[place] for place in places) for row in left]
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
    seal = _Seal(table)
    for row in stored(connection, table):
        seal.add(row)
    return seal.hexdigest()


class _Seal:
    """The hash of a table's rows, in the order of their keys."""

    def __init__(self, table: Table) -> None:
        self._names = [column.name for column in table.columns]
        self._digest = hashlib.sha256()

    def add(self, row: Values) -> None:
        told = dict(zip(self._names, row, strict=True))
        self._digest.update(canonical(told).encode() + b"\n")

    def hexdigest(self) -> str:
        return self._digest.hexdigest()


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
        _put(connection, table, _rows(made, table, change))


def _rows(made: Made, table: Table, change: Change) -> Iterator[Values]:
    if change.anew or len(change.put) == made.amount(table):
        return (row for _, row in made.rows(table))
    return (made.row(table, number) for number in change.put)


def _drop(connection: Connection, table: Table, keys: Sequence[Values]) -> None:
    names = [f"key_{number}" for number in range(len(table.primary_key))]
    pairs = zip(table.primary_key, names, strict=True)
    statement = delete(table).where(and_(*(column == bindparam(name) for column, name in pairs)))
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE]
        connection.execute(statement, [dict(zip(names, key, strict=True)) for key in part])


def _put(connection: Connection, table: Table, rows: Iterator[Values]) -> None:
    names = [column.name for column in table.columns]
    while batch := list(islice(rows, _AT_ONCE)):
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in batch])


def rank(number: int, identity: str) -> int:
    """What lists are sorted by, then by id: the largest number first, as ids go among equal ones.

    It depends on nothing else, so that what is added does not move everything that comes after.
    """
    return ((1 << 30) - number << 32) + int(identity.rpartition(":")[2][:8], 16)
