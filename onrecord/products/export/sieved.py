"""A source without what the extraction was less sure of than asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from onrecord.model import Record
from onrecord.products.confident import Sieve
from onrecord.products.export.source import Source
from onrecord.products.index import Judged
from onrecord.store.carrying import Kept
from onrecord.store.log import Entry
from onrecord.store.reader import CaseDocument, Custody


class Sieved:
    """A source whose records went through a `Sieve`; everything else of it stays."""

    def __init__(self, source: Source, floor: float) -> None:
        self._source, self._sieve = source, Sieve(floor)

    @property
    def name(self) -> str:
        """The name of the case."""
        return self._source.name

    @property
    def judged(self) -> Sequence[Judged]:
        """People's judgements of who is who."""
        return self._source.judged

    def records(self) -> Iterator[Record]:
        """The records, without what is less sure than the floor and what rests on that alone."""
        return self._sieve.records(self._source.records())

    def documents(self) -> Iterator[CaseDocument]:
        """The documents: all of them."""
        return self._source.documents()

    def custody(self, document: str) -> Sequence[Custody]:
        """Each time a document came in."""
        return self._source.custody(document)

    def who_is(self, document: str) -> Mapping[str, str]:
        """The canonical id of each entity of a document."""
        return self._source.who_is(document)

    def kept(self, document: str) -> Kept:
        """What the case keeps of a document, its sealed record taken out: `records` has it."""
        return replace(self._source.kept(document), record=None, record_sha256=None)

    def original(self, document: str) -> bytes | None:
        """The bytes of a document as acquired."""
        return self._source.original(document)

    def decisions(self) -> Iterator[Entry]:
        """People's decisions in order."""
        return self._source.decisions()
