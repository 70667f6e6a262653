"""What a case does with items of other people's databases: all of a file at once, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from onrecord.case.adding import taken_in
from onrecord.errors import NotFound
from onrecord.imports.item import Imported
from onrecord.store import reader
from onrecord.store.acquisition import Acquisition
from onrecord.store.insertion import Sealed
from onrecord.store.log import entries_of, plain
from onrecord.store.writer import Writer

MAPPING = "mapping"
"""The kind of log entry that remembers a mapping by a name."""


@dataclass(slots=True)
class ImportReport:
    """What an import did: ids of documents added, and of those that the case held already."""

    added: list[str] = field(default_factory=list)
    already: list[str] = field(default_factory=list)


def import_items(
    writer: Writer,
    items: Sequence[Imported],
    *,
    origin: str,
    told: Mapping[str, Any],
    progress: Callable[[str], None],
) -> ImportReport:
    """Take items in with their records, in one transaction that ends in an entry `imported`.

    `origin` is where the file lies; `told` what the entry says besides. Raises `UnreadableSource`
    and `StorageFull`, and then nothing is taken.
    """
    report = ImportReport()
    with writer.reading() as connection:
        new = list(_new(connection, items, report))
    if new:
        report.added += [f"sha256:{hashlib.sha256(item.data).hexdigest()}" for item in new]
        counted = {"items": len(new), "already": len(report.already)}
        writer.take_in(_sealed(new, origin, progress), {**told, **counted})
    return report


def _new(
    connection: Connection, items: Sequence[Imported], report: ImportReport
) -> Iterator[Imported]:
    """The items that the case does not hold, each once; the others go into the report."""
    seen: set[str] = set()
    for item in items:
        document = f"sha256:{hashlib.sha256(item.data).hexdigest()}"
        if document in seen:
            continue
        seen.add(document)
        if reader.held(connection, document) is None:
            yield item
        else:
            report.already.append(document)


def _sealed(
    items: Sequence[Imported], origin: str, progress: Callable[[str], None]
) -> Iterator[tuple[Acquisition, Sealed]]:
    for item in items:
        yield taken_in(item.path, item.data, f"{origin}#{item.place}")
        progress(f"{item.path}: imported")


def mapping_named(connection: Connection, name: str) -> Mapping[str, Any]:
    """The mapping that the case remembers by that name; the latest. Raises `NotFound`."""
    known: dict[str, Mapping[str, Any]] = {
        entry.payload["name"]: entry.payload["mapping"]
        for entry in entries_of(connection, (MAPPING,))
    }
    if plain(name) in known:
        return known[plain(name)]
    raise NotFound(
        f"the case remembers no mapping {name!r}",
        why=f"it remembers: {', '.join(sorted(known))}" if known else "it remembers none",
        todo="name one of them, or a file with --mapping",
    )
