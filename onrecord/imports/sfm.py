"""Security Force Monitor's tables: units, persons, their posts, and how units are related."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from onrecord.imports.batch import Batch, ExportFile
from onrecord.imports.mapping import rules_of
from onrecord.imports.tables import read_table
from onrecord.imports.tabular import make, make_checked, take
from onrecord.vocabulary import load

__all__ = ["make", "prepare"]


def prepare(file: ExportFile) -> Batch:
    """The rows of one of its reports. Raises a `SourceError` where it is none of them."""
    batch = Batch()
    table = read_table(file, batch)
    mapping = _mapping(file, table.header)
    batch.notes.append(f"read as Security Force Monitor's report: {mapping['about']}")
    take(
        batch,
        (
            file.item("sfm", f"row={number}", [[*pair] for pair in cells.items()], mapping)
            for number, cells in table.rows
        ),
        make_checked,
    )
    return batch


def _mapping(file: ExportFile, header: Sequence[str]) -> Mapping[str, Any]:
    reports = load("import_sfm")["reports"]
    for report in reports:
        if set(report["known_by"]) <= set(header):
            kept = _present(report["mapping"], set(header))
            rules_of(kept)
            return cast("Mapping[str, Any]", kept)
    return file.fail(
        "it is none of Security Force Monitor's reports that onrecord reads",
        why=f"its columns are: {', '.join(header)[:300]}",
        todo="export units, parentage, memberships, sites, areas of operation or personnel; for "
        "other tables use `onrecord import csv` with a mapping",
    )


def _present(part: Any, header: set[str]) -> Any:
    """A mapping without the columns that this file does not have; None where nothing is left."""
    if isinstance(part, str):
        return part if ":" not in part or part in header else None
    if isinstance(part, list):
        return [kept for each in part if (kept := _present(each, header)) is not None]
    if isinstance(part, dict):
        if "column" in part and part["column"] not in header:
            return None
        kept = {name: _present(each, header) for name, each in part.items()}
        return {name: each for name, each in kept.items() if each is not None}
    return part
