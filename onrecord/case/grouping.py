"""Which entities are one, asked for one document or one group at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from onrecord.case import who
from onrecord.store import reader, resolved
from onrecord.store.tables import CLUSTERS

_AT_ONCE = 500


class Grouping:
    """Who is who as last resolved; worked out once where documents or judgements came since."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._old = resolved.is_old(connection)
        self._documents: dict[str, dict[str, str]] | None = None

    def of_document(self, document: str) -> Mapping[str, str]:
        """The canonical id of each entity of a document, by the entity's id."""
        if not self._old:
            return resolved.of_document(self._connection, document)
        return self._worked_out().get(document, {})

    def keys(self, keys: Iterable[str]) -> set[str]:
        """The keys of all entities that are one with any of these, themselves among them."""
        wanted = set(keys)
        found = {self.of_document(d).get(e) for d, e in map(split, wanted)} - {None}
        if self._old:
            return wanted | {
                f"{document}|{entity}"
                for document, held in self._worked_out().items()
                for entity, canonical in held.items()
                if canonical in found
            }
        groups = sorted(each for each in found if each)
        for start in range(0, len(groups), _AT_ONCE):
            some = groups[start : start + _AT_ONCE]
            query = select(CLUSTERS.c.key).where(CLUSTERS.c.canonical.in_(some))
            wanted |= set(self._connection.execute(query).scalars())
        return wanted

    def _worked_out(self) -> dict[str, dict[str, str]]:
        if self._documents is None:
            self._documents = defaultdict(dict)
            for row in who.work_out(self._connection)[CLUSTERS]:
                document, entity = split(row["key"])
                self._documents[document][entity] = row["canonical"]
        return self._documents


def split(key: str) -> tuple[str, str]:
    """Document and entity of a key."""
    document, _, entity = key.rpartition("|")
    return document, entity


def spellings(connection: Connection, keys: Iterable[str]) -> dict[str, list[str]]:
    """By key, the words by which documents name entities."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        document, entity = split(key)
        wanted[document].add(entity)
    found: dict[str, list[str]] = {}
    for body in reader.bodies(connection, sorted(wanted)):
        document = body["document"]["id"]
        for entity in body["entities"]:
            if entity["id"] in wanted[document]:
                words = {body["text"][start:end] for start, end in entity["mentions"]}
                found[f"{document}|{entity['id']}"] = sorted(words | {entity["name"]})
    return found
