"""What an exporter may read: the part of a case that may leave, one document after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from onrecord.model import Record, as_json
from onrecord.products.index import Judged
from onrecord.store.carrying import Kept
from onrecord.store.log import Entry
from onrecord.store.reader import CaseDocument, Custody

Progress = Callable[[str], None]
"""Told the path of each document when it is written."""


class Source(Protocol):
    """The part of a case that may leave; what must not is coded or left out already.

    Every method streams: a case may hold more than memory does.
    """

    @property
    def name(self) -> str:
        """The name of the case."""

    @property
    def judged(self) -> Sequence[Judged]:
        """People's judgements of who is who."""

    def records(self) -> Iterator[Record]:
        """The records, in the order in which their documents were acquired."""

    def documents(self) -> Iterator[CaseDocument]:
        """The documents, in the same order."""

    def custody(self, document: str) -> Sequence[Custody]:
        """Each time a document came in."""

    def who_is(self, document: str) -> Mapping[str, str]:
        """The canonical id of each entity of a document, by the entity's id, as last resolved."""

    def kept(self, document: str) -> Kept:
        """Text, reader's facts and sealed record of a document (`store.carrying.kept`)."""

    def original(self, document: str) -> bytes | None:
        """The bytes of a document as acquired; None where they must not leave."""

    def decisions(self) -> Iterator[Entry]:
        """People's decisions in order (`store.carrying.decisions`): those that may leave."""


def with_records(source: Source) -> Iterator[tuple[CaseDocument, Record | None]]:
    """Each document of a source with its record; None where it has none that may leave."""
    records = source.records()
    waiting = next(records, None)
    for document in source.documents():
        if waiting is not None and waiting.document.id == document.id:
            yield document, waiting
            waiting = next(records, None)
        else:
            yield document, None


@dataclass(frozen=True, slots=True)
class Format:
    """A format of export. `write` makes the file (with `folder`, fills the folder) at a path.

    `endings` are those by which a file names the format (".geojson"), `about` is one line for
    people who choose, `lacks` says what of the record the format cannot hold. Of what is `whole`
    nothing is left out for being unsure.
    """

    name: str
    endings: tuple[str, ...]
    about: str
    lacks: str
    write: Callable[[Source, Path, Progress], None]
    folder: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Records:
    """Records at hand as a source, with nobody judged and every entity one of its own."""

    held: tuple[Record, ...]
    name: str = "records"
    judged: tuple[Judged, ...] = ()

    @classmethod
    def of(cls, records: Iterable[Record]) -> Records:
        """A source of these records."""
        return cls(tuple(records))

    def records(self) -> Iterator[Record]:
        """The records."""
        return iter(self.held)

    def documents(self) -> Iterator[CaseDocument]:
        """The documents as their records tell of them; sizes are those of their texts."""
        for record in self.held:
            told = record.document
            size = len(record.text.encode("utf-8", "surrogatepass"))
            yield CaseDocument(
                id=told.id,
                path=told.path,
                size=size,
                media_type=told.media_type,
                title=told.title,
                publisher=told.publisher,
                author=None,
                published=told.published,
                extracted=True,
                warnings=(),
            )

    def custody(self, document: str) -> Sequence[Custody]:
        """None: these records belong to no case."""
        del document
        return ()

    def who_is(self, document: str) -> Mapping[str, str]:
        """Each entity as its own."""
        return {entity.id: f"{document}|{entity.id}" for entity in self._record(document).entities}

    def kept(self, document: str) -> Kept:
        """The record and its text, of no reader."""
        record = self._record(document)
        body = as_json(record)
        text = body.pop("text")
        sha256 = document.removeprefix("sha256:")
        return Kept(sha256, text, "", "", {}, (), (), version="", record=body)

    def original(self, document: str) -> bytes | None:
        """None: a record does not hold it."""
        del document
        return None

    def decisions(self) -> Iterator[Entry]:
        """None."""
        return iter(())

    def _record(self, document: str) -> Record:
        return next(r for r in self.held if r.document.id == document)
