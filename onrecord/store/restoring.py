"""An empty case filled with what another was made of, all in one transaction.

The log of the new case tells when and by whom it was restored; what came in and what was decided
keep the time, actor and command they had (`log.as_first`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import select

from onrecord.errors import CaseError
from onrecord.store.acquisition import Acquisition
from onrecord.store.database import storage_errors
from onrecord.store.decisions import settle
from onrecord.store.insertion import insert_custody, insert_document, insert_record, seal
from onrecord.store.log import append, as_first, plain, plain_all
from onrecord.store.tables import LOG
from onrecord.store.writer import Writer

CUSTODY = ("path", "origin", "size", "reader", "reader_version")
FIRST = ("at", "actor", "command")
_OF_AN_EMPTY_CASE = ("migrated", "release", "released", "not_released", "membership")


class Restorer:
    """What puts documents and decisions into the case, in their order; from `restoring`."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._entries: list[int] = []

    def document(
        self,
        item: Acquisition,
        told: Mapping[str, Any],
        custody: Sequence[Mapping[str, Any]],
    ) -> None:
        """Put in a document that came in as `custody` tells; `told` has its id and size.

        Where `original` is not among what is told, its bytes stayed where it came from; the log
        says so, and its text and record stand for themselves.
        """
        facts = item.facts() | {"document": told["id"], "size": told["size"]}
        facts |= {"text_sha256": item.text_sha256, "about": plain_all(item.about)}
        if told["original"]:
            self._writer.vault.keep(item.sha256, item.data)
        else:
            facts["original"] = False
        first, *again = custody or ({},)
        insert_document(
            self._writer.connection, self._append("acquired", facts | _came(first)), item
        )
        for each in again:
            told = {name: facts[name] for name in ("document", "sha256")}
            insert_custody(self._writer.connection, self._append("received", told | _came(each)))

    def record(self, document: str, record: dict[str, Any], version: str) -> None:
        """Put in the record of a document, with its text, as the extraction `version` made it."""
        sealed = seal(document, record, version)
        entry = self._append("extracted", sealed.facts)
        insert_record(self._writer.connection, entry.seq, sealed)

    def decision(self, kind: str, payload: Mapping[str, Any], first: Mapping[str, str]) -> None:
        """Put in a decision; its `entry`, if any, is the number of one put in before, from 1."""
        told = dict(plain_all(payload))
        if "entry" in told:
            told["entry"] = self._entries[told["entry"] - 1]
        told["first"] = {name: plain(first[name]) for name in FIRST}
        self._entries.append(self._append(kind, told).seq)

    def done(self, told: Mapping[str, Any]) -> None:
        """Make the tables of decisions say what holds, and the log what was done."""
        settle(self._writer.connection)
        self._append("restored", plain_all(told))

    def _append(self, kind: str, payload: Mapping[str, Any]) -> Any:
        return as_first(append(self._writer.connection, self._writer.author, kind, payload))


def _came(each: Mapping[str, Any]) -> dict[str, Any]:
    """What the log says of a time that a document came in; nothing where that stayed behind."""
    if not each:
        return {}
    told = {name: plain_all(each[name]) for name in CUSTODY}
    return told | {"first": {name: plain(each[name]) for name in FIRST}}


@contextmanager
def restoring(writer: Writer) -> Iterator[Restorer]:
    """Fill a case, all or nothing. Raises `CaseError` where it is not empty."""
    with storage_errors(writer.folder):
        try:
            with writer.connection.begin():
                _must_be_empty(writer)
                yield Restorer(writer)
        except BaseException:
            writer.vault.recover(lambda _: False)
            raise
        writer.vault.recover(lambda _: True)


def _must_be_empty(writer: Writer) -> None:
    query = select(LOG.c.seq).where(LOG.c.kind.not_in(_OF_AN_EMPTY_CASE)).limit(1)
    if writer.connection.execute(query).first() is not None:
        raise CaseError(
            str(writer.folder),
            "the case is not empty",
            why="a case is restored whole; put together with another it would be neither",
            todo="name a new folder with --case",
        )
