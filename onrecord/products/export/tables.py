"""The record as tables: which there are, and their rows as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from onrecord.products.export import tables_done, tables_named, tables_said
from onrecord.products.export.columns import Leaf, Table, Value
from onrecord.products.export.source import Progress, Source, with_records
from onrecord.products.export.tables_decided import DECISIONS, decided
from onrecord.store.reader import CaseDocument

TABLES = (*tables_named.TABLES, *tables_said.TABLES, *tables_done.TABLES, DECISIONS)
"""Every table, in the order in which a reader meets them."""

LACKS = (
    "the texts of the documents beyond the words that are cited, their originals, the layout that "
    "readers saw, and the machine's proposals of who is who"
)

_NOBODY = Leaf(
    CaseDocument("", "", "", 0, None, None, None, None, extracted=False, warnings=()), None, {}, ()
)


class Writer(Protocol):
    """What takes rows."""

    def add(self, table: Table, values: tuple[Value, ...]) -> None:
        """Take one row, its values in the order of the columns."""


def fill(source: Source, writer: Writer, progress: Progress) -> None:
    """Give a writer every row of every table, one document after another."""
    for document, record in with_records(source):
        names = {entity.id: entity.name for entity in record.entities} if record else {}
        who = source.who_is(document.id) if record else {}
        leaf = Leaf(document, record, who, source.custody(document.id), names)
        for table in TABLES:
            for values in table.filled(leaf):
                writer.add(table, values)
        progress(document.path)
    for values in _decisions(source):
        writer.add(DECISIONS, values)


def _decisions(source: Source) -> Iterator[tuple[Value, ...]]:
    """People's decisions: as many as people make, so they are held."""
    rows = list(decided(_NOBODY, list(source.decisions())))
    return DECISIONS.values(rows)
