"""Which documents of a case hold anything that must stay: found without taking records apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from onrecord.case.guard import Guard
from onrecord.products.door.finding import Names
from onrecord.products.door.redaction import Coder
from onrecord.products.door.spelling import Coded
from onrecord.store.citations import decode
from onrecord.store.tables import CUSTODY, DOCUMENTS, RECORDS, TEXTS

Looked = tuple[str, str, tuple[str, ...]]
"""Code, type and spellings of somebody who is looked for."""


@dataclass(slots=True)
class Candidates:
    """The documents that a redaction may change, remembered from one copy to the next.

    A document's text and what is told of it never change, so each is looked at once for each name.
    """

    _looked_for: frozenset[Looked] = frozenset()
    _clean: set[str] = field(default_factory=set)
    _named: set[str] = field(default_factory=set)

    def of(self, connection: Connection, guard: Guard) -> set[str]:
        """Every document in which the guard may find something; also some in which it does not.

        Those are found in which somebody stood who is protected no more.
        """
        here = set(connection.execute(select(DOCUMENTS.c.id)).scalars())
        told = {_looked(one): one for one in guard.names.coded}
        new = tuple(one for each, one in told.items() if each not in self._looked_for)
        fresh = here - self._clean - self._named
        # What all names together find in a document, one of them finds by itself.
        for names, documents in ((Names(new), here & self._clean), (guard.names, fresh)):
            for document, named in _looked_at(connection, names, documents) if names else ():
                (self._named if named else self._clean).add(document)
        self._clean -= self._named
        self._looked_for = frozenset(told)
        return here & (self._named | self._decided(guard))

    @staticmethod
    def _decided(guard: Guard) -> set[str]:
        """Documents of which decisions say that something in them stays."""
        of_claims = {subject.rpartition("|")[0] for subject in guard.stays if "|" in subject}
        return {*guard.members, *guard.silent, *guard.namesakes, *of_claims}


def _looked(one: Coded) -> Looked:
    return one.code, one.type, one.spellings


def _looked_at(
    connection: Connection, names: Names, documents: set[str]
) -> Iterator[tuple[str, bool]]:
    if not documents:
        return
    coder = Coder(names, frozenset())
    came = select(CUSTODY.c.document_id, CUSTODY.c.path, CUSTODY.c.origin)
    ways: dict[str, set[str]] = {}
    for way in connection.execute(came):
        ways.setdefault(way.document_id, set()).update((way.path, way.origin))
    query = (
        select(
            *(DOCUMENTS.c[name] for name in ("id", "path", "title", "publisher", "author")),
            TEXTS.c.body,
            TEXTS.c.warnings,
            RECORDS.c.body.label("record"),
        )
        .join(TEXTS, TEXTS.c.document_id == DOCUMENTS.c.id)
        .outerjoin(RECORDS, RECORDS.c.document_id == DOCUMENTS.c.id)
        .execution_options(yield_per=200)
    )
    for row in connection.execute(query):
        if row.id in documents:
            paths = {row.path, *ways.get(row.id, ())}
            yield row.id, _any(names, _told(row)) or any(coder.path(p) != p for p in paths)


def _told(row: Any) -> Iterator[str]:
    """The text, and what is told of the document beside it."""
    yield decode(row.body)
    yield from (each for each in (row.title, row.publisher, row.author) if each)
    yield from json.loads(row.warnings)
    if row.record and '"note":"' in row.record:
        yield json.loads(row.record)["document"].get("note") or ""


def _any(names: Names, texts: Iterable[str]) -> bool:
    return any(names.find(text) or any(True for _ in names.sounds.find(text)) for text in texts)
