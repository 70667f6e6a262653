"""Whom the case takes for one, told beside the entities: who says so, and that it is a proposal."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Record, content_id
from onrecord.products.export.ftm_entities import Item, item
from onrecord.products.export.ftm_ids import entity_id
from onrecord.products.export.source import Source
from onrecord.vocabulary import load


class Same:
    """Who is taken for one in a case: the first that is met stands for those that come after.

    Of the whole case it holds the judgements, and a number for each cluster that was met.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._pairs = [(j.left, j.right) for j in source.judged if j.verdict == "same"]
        self._ids = self._judged_ids()
        self._joined: dict[str, str] = {}
        self._first: dict[int, int] = {}
        self._seen: set[str] = set()
        for left, right in self._pairs:
            if left in self._ids and right in self._ids:
                self._joined[self._root(self._ids[left])] = self._root(self._ids[right])

    def _judged_ids(self) -> dict[str, str]:
        """The ids here of the entities that people judged, by their own."""
        judged = {local for pair in self._pairs for local in pair}
        if not judged:
            return {}
        return {
            local: entity_id(document.id, local)
            for document in self._source.documents()
            for local in judged.intersection(self._source.who_is(document.id))
        }

    def _root(self, identifier: str) -> str:
        while self._joined.get(identifier, identifier) != identifier:
            identifier = self._joined[identifier]
        return identifier

    def canonical(self, record: Record) -> dict[str, tuple[str, bool]]:
        """For each entity's id here: that of whom it is taken for, and whether a person said so.

        Records are to be asked about in the order of the case. The first of a cluster stands for
        itself, which needs nobody to say so.
        """
        document = record.document.id
        told = self._source.who_is(document)
        found = {}
        for entity in record.entities:
            identifier = entity_id(document, entity.id)
            cluster = _number(content_id("cluster", told.get(entity.id, f"{document}|{entity.id}")))
            first = f"entity-{self._first.setdefault(cluster, _number(identifier)):016x}"
            found[identifier] = (first, self._root(identifier) == self._root(first))
        return found

    def met(self, record: Record) -> Iterator[Item]:
        """What the machine takes entities of this record for."""
        rules = load("ftm")
        self._seen.update(told.id for told in record.entities if told.id in self._ids)
        for identifier, (first, said) in self.canonical(record).items():
            if not said:
                pair = {"candidate": identifier, "match": first, "criteria": rules["proposed"]}
                yield item("Similar", f"same-{identifier}", {**pair, "matcher": "onrecord"})

    def judged(self) -> Iterator[Item]:
        """What people took for one, among the entities that were met."""
        for left, right in sorted(self._pairs):
            if {left, right} <= self._seen:
                pair = {"candidate": self._ids[left], "match": self._ids[right]}
                pair |= {"criteria": load("ftm")["judged"], "matcher": "a person"}
                yield item("Similar", f"judged-{self._ids[left]}-{self._ids[right]}", pair)


def _number(identifier: str) -> int:
    """The 16 digits that an id ends with, which take less room as a number."""
    return int(identifier[-16:], 16)
