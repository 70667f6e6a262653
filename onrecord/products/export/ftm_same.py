"""Whom the case takes for one, told beside the entities: who says so, and that it is a proposal."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Record
from onrecord.products.export.ftm_entities import Item, item
from onrecord.products.export.ftm_ids import canonical_id, entity_id
from onrecord.products.export.source import Source
from onrecord.vocabulary import load


class Same:
    """Who is taken for one in a case. Holds the judgements in memory, never the entities."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._pairs = [(j.left, j.right) for j in source.judged if j.verdict == "same"]
        self._ids = self._judged_ids()
        self._first: dict[str, str] = {}
        self._seen: set[str] = set()
        for left, right in self._pairs:
            if left in self._ids and right in self._ids:
                self._first[self._root(self._ids[left])] = self._root(self._ids[right])

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
        while identifier in self._first and self._first[identifier] != identifier:
            identifier = self._first[identifier]
        return identifier

    def canonical(self, document: str) -> dict[str, tuple[str, bool]]:
        """For each entity's id here: that of what it is taken for, and whether a person said so.

        An entity that stands for itself is said to be so by nobody and needs nobody.
        """
        told = self._source.who_is(document)
        found = {entity_id(document, local): canonical_id(told[local]) for local in told}
        return {
            identifier: (first, identifier == first or self._root(identifier) == self._root(first))
            for identifier, first in found.items()
        }

    def met(self, record: Record) -> Iterator[Item]:
        """What the machine takes entities of this record for."""
        rules = load("ftm")
        canonical = self.canonical(record.document.id)
        for told in record.entities:
            identifier = entity_id(record.document.id, told.id)
            if told.id in self._ids:
                self._seen.add(told.id)
            first, said = canonical.get(identifier, (identifier, True))
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
