"""FollowTheMoney statements as CSV: each value of each entity, with where and when it was told.

The entities are those of the `ftm` export. `canonical_id` is whom the case takes an entity for;
what only the machine took for it is `external`: a proposal that nobody has decided. Rows are sorted
by it, as `ftm aggregate-statements` wants them. `origin` names the document.
"""

from __future__ import annotations

import csv
import hashlib
import heapq
import json
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

from onrecord.products.export.ftm import custody, entities
from onrecord.products.export.ftm_entities import Item
from onrecord.products.export.ftm_ids import document_id
from onrecord.products.export.ftm_same import Same
from onrecord.products.export.ftm_schemata import properties
from onrecord.products.export.source import Format, Progress, Source
from onrecord.vocabulary import load

COLUMNS = (
    *("canonical_id", "entity_id", "prop", "prop_type", "schema", "value", "dataset", "origin"),
    *("lang", "original_value", "external", "first_seen", "last_seen", "id"),
)
Row = tuple[str, ...]
SORTED_AT_ONCE = 100_000
"""Rows that are sorted in memory; more are merged from files."""

_IN_THE_DOCUMENTS_WORDS = {"bodyText", "title", "description"}


class _Document:
    """What the statements of one document have in common."""

    def __init__(self, source: Source, identifier: str, language: str | None, dataset: str) -> None:
        times = [each.at.removesuffix("Z") for each in source.custody(identifier)]
        self.seen = (times[0], times[-1]) if times else ("", "")
        self.origin, self.dataset = document_id(identifier), dataset
        self.language = load("ftm")["languages"].get(language or "", "")

    def statements(self, item: Item, canonical: str, external: bool) -> Iterator[Row]:
        """A row for the entity itself, then one for each value."""
        known = properties(item["schema"])
        told = [(name, known[name].type, value) for name, value in _values(item)]
        for name, kind, value in (("id", "id", item["id"]), *told):
            language = self.language if name in _IN_THE_DOCUMENTS_WORDS else ""
            key = f"{self.dataset}.{item['id']}.{name}.{value}" + (language and f"@{language}")
            key += ".ext" if external else ""
            yield (
                *(canonical, item["id"], name, kind, item["schema"], value, self.dataset),
                *(self.origin, language, "", "t" if external else "f", *self.seen),
                hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest(),
            )


def _values(item: Item) -> Iterator[tuple[str, str]]:
    for name, values in item["properties"].items():
        for value in values:
            yield name, value


def statements(source: Source, progress: Progress) -> Iterator[Row]:
    """The statements of a case, document by document."""
    same = Same(source)
    dataset = re.sub(r"[^a-z0-9]+", "_", source.name.lower()).strip("_") or "case"
    for record in source.records():
        identifier = record.document.id
        document = _Document(source, identifier, record.document.language, f"onrecord_{dataset}")
        canonical = same.canonical(record)
        for item in entities(record, custody(source, identifier)):
            first, said = canonical.get(item["id"], (item["id"], True))
            yield from document.statements(item, first, not said)
        progress(record.document.path)


def write(source: Source, path: Path, progress: Progress) -> None:
    """Write the statements of a case, sorted; beside the path while it is at work, more files."""
    with tempfile.TemporaryDirectory(dir=path.parent) as folder, ExitStack() as stack:
        parts = [
            stack.enter_context(part.open(encoding="utf-8"))
            for part in _sorted_parts(statements(source, progress), Path(folder))
        ]
        merged = heapq.merge(*(map(_read, part) for part in parts))
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, dialect=csv.unix_dialect)
            writer.writerow(COLUMNS)
            writer.writerows(merged)


def _sorted_parts(rows: Iterator[Row], folder: Path) -> list[Path]:
    parts: list[Path] = []
    while chunk := sorted(islice(rows, SORTED_AT_ONCE)):
        parts.append(folder / str(len(parts)))
        with parts[-1].open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row) + "\n" for row in chunk)
    return parts


def _read(line: str) -> Row:
    row: Iterable[str] = json.loads(line)
    return tuple(row)


FORMAT = Format(
    name="ftm-statements",
    endings=(".statements.csv",),
    about="FollowTheMoney statements as CSV: each value with its document, and who is one",
    lacks="What `ftm` lacks. Of who is taken for one it has the canonical id, and whether "
    "the machine alone says so (`external`).",
    write=write,
)
