"""Rows of a table, by a mapping that the user wrote: the format "csv".

The cells of an item are pairs of column and value, in the order of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from onrecord.errors import UnreadableSource
from onrecord.imports.batch import Batch, ExportFile, Refusal
from onrecord.imports.cells import Problem
from onrecord.imports.item import Imported
from onrecord.imports.making import Maker
from onrecord.imports.mapping import rules_of
from onrecord.imports.rows import Row
from onrecord.imports.tables import read_table


def prepare(file: ExportFile, mapping: Mapping[str, Any]) -> Batch:
    """The items of a CSV file. Raises a `SourceError` where it cannot be read as a table."""
    batch, rules = Batch(), rules_of(mapping)
    table = read_table(
        file,
        batch,
        wanted=rules.columns(),
        encoding=rules.encoding,
        delimiter=rules.delimiter,
    )
    items = (
        file.item("csv", f"row={number}", [[*pair] for pair in cells.items()], mapping)
        for number, cells in table.rows
    )
    take(batch, items, make_checked)
    return batch


class Checked(Protocol):
    """What making an item's record leaves behind."""

    @property
    def problems(self) -> Sequence[Problem]:
        """The cells that cannot be taken."""


def take(
    batch: Batch, items: Iterable[Imported], check: Callable[[Imported, Maker], Checked]
) -> None:
    """Put into `batch` the items that can be made, and the refusals of those that cannot."""
    for item in items:
        problems = check(item, Maker(item, "sha256:0")).problems
        batch.refused += [
            Refusal(item.file, item.place, each.column, each.value, each.why, each.todo)
            for each in problems
        ]
        if not problems:
            batch.items.append(item)
    batch.refused.sort(key=lambda each: _number(each.place))


def _number(place: str) -> tuple[int, str]:
    digits = place.rpartition("=")[2]
    return (int(digits) if digits.isdecimal() else 0, place)


def make(item: Imported, maker: Maker) -> None:
    """Text and record of a row. Raises `UnreadableSource` where the row no longer can be made."""
    finish(item, make_checked(item, maker))


def make_checked(item: Imported, maker: Maker) -> Row:
    """As `make`, with the cells that cannot be taken."""
    row = Row(dict(item.cells), rules_of(item.mapping), maker)
    row.make()
    return row


def finish(item: Imported, row: Row) -> None:
    """Raises `UnreadableSource` where a cell of the row cannot be taken."""
    if row.problems:
        first = row.problems[0]
        raise UnreadableSource(
            item.path,
            f"column {first.column!r} cannot be read again",
            why=f"{first.value!r}: {first.why}",
            todo="use the onrecord that imported it",
        )
