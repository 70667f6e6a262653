"""Who and where a case tells of, gathered from all its documents without holding them in memory.

A private table on disk that is gone when it is closed: a case may name more people than memory
holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass

from onrecord.model import Record
from onrecord.products.export.cited import Cited
from onrecord.products.export.source import Source
from onrecord.products.people import fold
from onrecord.products.quoting import plain

_TABLE = """
CREATE TABLE entity (
    canonical TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL, document TEXT NOT NULL,
    country TEXT, actor_type TEXT, undecided INTEGER NOT NULL
)"""


@dataclass(frozen=True, slots=True)
class Gathered:
    """Somebody, a body or a place across documents. `names` has the most used full name first."""

    canonical: str
    type: str
    names: tuple[str, ...]
    documents: int
    countries: tuple[str, ...]
    actor_types: tuple[str, ...]
    undecided: bool


class Everyone:
    """The entities of all documents that were `met`, taken together by who they are."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def meet(self, cited: Cited) -> None:
        """Take in the entities of one document."""
        self._connection.executemany(
            "INSERT INTO entity VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    cited.canonical(entity.id),
                    storable(plain(entity.name)),
                    entity.type,
                    cited.document,
                    entity.country,
                    entity.actor_type,
                    int(bool(entity.candidates)),
                )
                for entity in cited.record.entities
            ],
        )

    def seal(self) -> None:
        """Nobody else comes: from now on they are asked for."""
        self._connection.execute("CREATE INDEX by_canonical ON entity (canonical)")

    def __iter__(self) -> Iterator[Gathered]:
        rows = self._connection.execute(
            "SELECT canonical, name, type, document, country, actor_type, undecided FROM entity"
            " ORDER BY canonical, rowid"
        )
        held: list[tuple[str, ...]] = []
        for row in rows:
            if held and held[0][0] != row[0]:
                yield _together(held)
                held = []
            held.append(row)
        if held:
            yield _together(held)


@contextmanager
def everyone(source: Source) -> Iterator[Everyone]:
    """All entities of a source, by who they are."""
    with closing(sqlite3.connect("")) as connection:
        connection.execute(_TABLE)
        found = Everyone(connection)
        for record in source.records():
            found.meet(cited_of(source, record))
        found.seal()
        yield found


def cited_of(source: Source, record: Record) -> Cited:
    """A record of a source, with who is who in it."""
    return Cited(record, source.who_is(record.document.id))


def _together(rows: Sequence[tuple[str, ...]]) -> Gathered:
    names = [row[1] for row in rows]
    order = sorted(set(names), key=lambda n: (" " not in fold(n), -names.count(n), -len(n), n))
    types = [row[2] for row in rows]
    return Gathered(
        canonical=rows[0][0],
        type=max(sorted(set(types)), key=types.count),
        names=tuple(order),
        documents=len({row[3] for row in rows}),
        countries=tuple(sorted({row[4] for row in rows if row[4]})),
        actor_types=tuple(sorted({row[5] for row in rows if row[5]})),
        undecided=bool(rows[0][6]),
    )


def storable(words: str) -> str:
    """Words without lone surrogates, which no UTF-8 holds."""
    return words.encode("utf-8", "backslashreplace").decode("utf-8")
