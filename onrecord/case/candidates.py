"""Which documents of a case hold anything that must stay: found without taking records apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from onrecord.case.guard import Guard
from onrecord.products.door.finding import Names
from onrecord.products.door.redaction import Coder
from onrecord.store.citations import decode
from onrecord.store.tables import CUSTODY, DOCUMENTS, RECORDS, TEXTS


@dataclass(slots=True)
class Candidates:
    """The documents that a redaction may change, remembered while the names stay the same.

    Each is looked at once: a document's text and what is told of it never change.
    """

    _names: str = ""
    _clean: set[str] = field(default_factory=set)
    _named: set[str] = field(default_factory=set)

    def of(self, connection: Connection, guard: Guard) -> set[str]:
        """Every document in which the guard may find something; also some in which it does not."""
        print_of_names = fingerprint(guard)
        if print_of_names != self._names:
            self._names, self._clean, self._named = print_of_names, set(), set()
        here = set(connection.execute(select(DOCUMENTS.c.id)).scalars())
        if guard.names:
            for document, named in _looked_at(
                connection, guard.names, here - self._clean - self._named
            ):
                (self._named if named else self._clean).add(document)
        return here & (self._named | self._decided(guard))

    @staticmethod
    def _decided(guard: Guard) -> set[str]:
        """Documents of which decisions say that something in them stays."""
        of_claims = {subject.rpartition("|")[0] for subject in guard.stays if "|" in subject}
        return {*guard.members, *guard.silent, *guard.namesakes, *of_claims}


def fingerprint(guard: Guard) -> str:
    """What is equal for guards that look for the same names."""
    told = [(one.code, one.type, one.spellings) for one in guard.names.coded]
    return hashlib.sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


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
