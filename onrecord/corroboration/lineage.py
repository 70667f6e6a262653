"""Lineage: which documents go back to another document or newsroom."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from onrecord.corroboration.copies import near_copies
from onrecord.corroboration.credits import Newsrooms, find_credits
from onrecord.corroboration.joins_base import Reports
from onrecord.corroboration.own_people import saw_itself
from onrecord.resolution.tables import Tables

_BATCH = 1000


def reports_of(tables: Tables, copies: pa.Table | None = None) -> Reports:
    """What the texts of a case say of where they come from."""
    copies = near_copies(tables.documents) if copies is None else copies
    credited, witnessed = {}, set()
    newsrooms = Newsrooms(n for n in tables.documents["publisher"].unique().to_pylist() if n)
    for document, text in _texts(tables.documents):
        found = find_credits(text, newsrooms)
        names = frozenset(c.source for c in found if c.scope == "document")
        if names:
            credited[document] = names
        if saw_itself(text):
            witnessed.add(document)
    columns = (copies[name].to_pylist() for name in ("earlier", "later", "share"))
    shares = {(earlier, later): share for earlier, later, share in zip(*columns, strict=True)}
    return Reports(shares, families(copies), credited, frozenset(witnessed))


def _texts(documents: pa.Table) -> Iterator[tuple[str, str]]:
    for batch in documents.select(["key", "text"]).to_batches(max_chunksize=_BATCH):
        columns = (column.to_pylist() for column in batch.columns)
        yield from zip(*columns, strict=True)


def families(copies: pa.Table) -> dict[str, str]:
    """For each document that is or has a near copy, the smallest key among those it is one with."""
    head: dict[str, str] = {}

    def of(document: str) -> str:
        while head.setdefault(document, document) != document:
            head[document] = document = head[head[document]]
        return document

    for earlier, later in zip(
        copies["earlier"].to_pylist(), copies["later"].to_pylist(), strict=True
    ):
        one, other = sorted((of(earlier), of(later)))
        head[other] = one
    return {document: of(document) for document in sorted(head)}
