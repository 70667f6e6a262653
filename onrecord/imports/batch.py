"""What reading a whole file gives before anything is written: items, and every cell refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NoReturn

from onrecord.errors import SourceError, UnreadableSource
from onrecord.imports.item import Imported
from onrecord.sources.acquire import printable

SHOWN = 80
"""Characters of a refused value that a message shows."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that cannot be taken as it is: where it stands, what it holds, why, what to do."""

    file: str
    place: str
    column: str
    value: str
    why: str
    todo: str

    def __str__(self) -> str:
        shown = printable(self.value)
        shown = shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}... ({len(shown):,} characters)"
        where = f"{printable(self.file)}, {self.place}"
        where += f", column {printable(self.column)!r}" if self.column else ""
        return f"{where}: {shown!r} is refused\n  why: {self.why}\n  do:  {self.todo}"


@dataclass(frozen=True)
class ExportFile:
    """A file that somebody's database exported: its name, its bytes, and who publishes it."""

    name: str
    data: bytes
    publisher: str

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of its bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    def item(self, form: str, place: str, cells: Any, mapping: Any = None) -> Imported:
        """An item of the file that stands at `place`."""
        return Imported(form, self.publisher, self.name, self.sha256, place, cells, mapping)

    def fail(self, what: str, *, why: str, todo: str) -> NoReturn:
        """Refuse the whole file."""
        raise UnreadableSource(printable(self.name), what, why=why, todo=todo)


@dataclass(slots=True)
class Batch:
    """The items of a file in its order, the cells refused, and what was left out without harm.

    An item that has a refused cell is not among `items`.
    """

    items: list[Imported] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def require(self, file: str) -> None:
        """Raises `SourceError` where a cell was refused: all of a file is taken, or nothing."""
        if self.refused:
            raise not_all(file, self.refused)


def not_all(file: str, refused: Iterable[Refusal]) -> SourceError:
    """The error for a file with cells that cannot be taken."""
    listed = list(refused)
    rows = len({(each.file, each.place) for each in listed})
    cells = f"{len(listed)} cell{'s' if len(listed) > 1 else ''} in {rows} of its items"
    return UnreadableSource(
        printable(file),
        f"nothing was imported: {cells} cannot be taken",
        why=f"the first is: {listed[0]}",
        todo="correct them in the file or in the mapping, or take the rest with --skip-refused",
    )
