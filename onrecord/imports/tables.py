"""Tables of comma-separated values, read whole and strictly: a row that does not fit is refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.imports.batch import Batch, ExportFile, Refusal
from onrecord.sources.encodings import decode
from onrecord.sources.fault import FaultError

DELIMITERS = ",;\t|"
MAX_CELL = 1_000_000
"""Characters of a cell. More is a file that broke, or one made to exhaust a machine."""
MAX_COLUMNS = 2_000
MAX_ROWS = 2_000_000
_SAMPLE = 1 << 16


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The header is row 1, as in a spreadsheet; blank rows are left out."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_table(
    file: ExportFile,
    batch: Batch,
    *,
    wanted: Sequence[str] = (),
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Table:
    """The table in a file. `wanted` are columns that must be there; rows that do not fit become
    refusals of `batch`, and what was guessed its notes.

    Raises a `SourceError` where the file is empty, in no encoding, or lacks a column.
    """
    text = _text(file, batch, encoding).removeprefix("\ufeff")
    if not text.strip():
        file.fail(
            "there is no table in it",
            why="it holds no words",
            todo="export it again, or leave it out",
        )
    if delimiter is None:
        delimiter = _delimiter(text, wanted)
    rows = _rows(file, text, delimiter)
    header = _header(file, next(rows, (1, []))[1], wanted, delimiter)
    found = []
    for number, cells in rows:
        if any(cell.strip() for cell in cells):
            if len(cells) == len(header):
                found.append((number, dict(zip(header, cells, strict=True))))
            else:
                batch.refused.append(_misfit(file, number, cells, header))
    if not found and not batch.refused:
        file.fail(
            "there are no rows in it",
            why="it holds a header only",
            todo="export it again, or leave it out",
        )
    return Table(header, tuple(found))


def _text(file: ExportFile, batch: Batch, encoding: str | None) -> str:
    try:
        if encoding:
            return file.data.decode(encoding)
        decoded = decode(file.data)
    except UnicodeDecodeError as error:
        file.fail(
            f"it is not in {encoding}, as the mapping says",
            why=f"at byte {error.start:,}: {error.reason}",
            todo="correct `encoding` in the mapping, or leave it out to have it found",
        )
    except FaultError as fault:
        raise fault.at(file.name) from fault
    batch.notes += decoded.warnings
    return decoded.text


def _delimiter(text: str, wanted: Sequence[str]) -> str:
    """What parts the cells: with which the header has the columns that are wanted, else sniffed."""
    head = text[:_SAMPLE]
    for each in DELIMITERS:
        first = next(csv.reader(io.StringIO(head), delimiter=each), [])
        if wanted and set(wanted) <= {name.strip() for name in first}:
            return each
    try:
        return csv.Sniffer().sniff(head, delimiters=DELIMITERS).delimiter
    except csv.Error:
        return ","


def _rows(file: ExportFile, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    before, number = csv.field_size_limit(MAX_CELL), 0
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for number, cells in enumerate(reader, 1):
            if number > MAX_ROWS or len(cells) > MAX_COLUMNS:
                file.fail(
                    "the table is too large",
                    why=f"at most {MAX_ROWS:,} rows of {MAX_COLUMNS:,} cells are read",
                    todo="split it, and import the parts one after another",
                )
            yield number, cells
    except csv.Error as error:
        limit = "field larger than field limit" in str(error)
        file.fail(
            "the table breaks off",
            why=f"after row {number}: "
            + (f"a cell has more than {MAX_CELL:,} characters" if limit else str(error)),
            todo="look for a quotation mark that is not closed; open it in a spreadsheet program, "
            "save it as CSV and import that copy",
        )
    finally:
        csv.field_size_limit(before)


def _header(
    file: ExportFile, cells: Sequence[str], wanted: Sequence[str], delimiter: str
) -> tuple[str, ...]:
    header = tuple(cell.strip() for cell in cells)
    twice = sorted({name for name in header if header.count(name) > 1 and name})
    if twice:
        file.fail(
            f"two columns are called {twice[0]!r}",
            why="which of them is meant cannot be told",
            todo="rename one in the file",
        )
    missing = [name for name in wanted if name not in header]
    if missing:
        file.fail(
            f"there is no column {missing[0]!r}",
            why=f"with {delimiter!r} between cells its columns are: {', '.join(header)[:300]}",
            todo="name the columns in the mapping as the file's first row does, or state "
            "`delimiter` and `encoding` there",
        )
    return tuple(name or f"column {number}" for number, name in enumerate(header, 1))


def _misfit(file: ExportFile, number: int, cells: Sequence[str], header: Sequence[str]) -> Refusal:
    wide = len(cells) > len(header)
    return Refusal(
        file.name,
        f"row={number}",
        "" if wide else header[len(cells)],
        cells[len(header)] if wide else "",
        why=f"the row has {len(cells)} cells, and the header {len(header)}: "
        + ("what stands too far right belongs to no column" if wide else "some are missing"),
        todo="look for a separator or line break in a cell that is not in quotation marks",
    )
