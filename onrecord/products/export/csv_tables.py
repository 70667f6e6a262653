"""The tables as CSV: RFC 4180, in a form that spreadsheet programs open without asking.

UTF-8 with a byte order mark, by which they know the encoding. A cell that they would run as a
formula is given an apostrophe in front.
"""

from __future__ import annotations

import csv
import re
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from onrecord.products.export import dictionary
from onrecord.products.export.columns import Table, Value
from onrecord.products.export.source import Format, Progress, Source
from onrecord.products.export.tables import LACKS, TABLES, fill

FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_FIRST = frozenset("'=+-@\t\r\n")
"""What spreadsheet programs take for a formula; the apostrophes of cells that begin like an answer
to it, so that taking one off again always gives the text."""

NOTES = """\
CSV as RFC 4180 has it: commas, quotation marks where needed, lines end in CR LF; UTF-8 with a \
byte order mark.
A text that a spreadsheet program would run as a formula (it begins with =, +, -, @, a tab or a \
line break) has an apostrophe in front; so has one that begins with apostrophes before such a \
sign. Take one off to get the text. Columns of numbers are as they are.
A list is one cell, its items parted by a semicolon and a blank; a semicolon or backslash inside \
an item has a backslash in front. A boolean is true or false.
Spreadsheet programs turn "2021-03" into a day of their own: import columns of type EDTF as text.\
""".splitlines()


class CsvWriter:
    """One file for each table in a folder."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._writers: dict[str, Any] = {}
        for table in TABLES:
            path = folder / f"{table.name}.csv"
            file = stack.enter_context(path.open("w", encoding="utf-8-sig", newline=""))
            self._writers[table.name] = csv.writer(file, lineterminator="\r\n")
            self._writers[table.name].writerow([column.name for column in table.columns])

    def add(self, table: Table, values: tuple[Value, ...]) -> None:
        """Write one row."""
        self._writers[table.name].writerow(map(cell, values))


def cell(value: Value) -> Value:
    """A value as a cell holds it."""
    if isinstance(value, str):
        return f"'{value}" if value[:1] in _FIRST and FORMULA.match(value) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return cell("; ".join([re.sub(r"([\\;])", r"\\\1", part) for part in value]))
    return value


def write(source: Source, path: Path, progress: Progress) -> None:
    """Fill a folder with a CSV file for each table, and the data dictionary."""
    path.mkdir()
    with ExitStack() as stack:
        fill(source, CsvWriter(path, stack), progress)
    dictionary.write(path, source.name, "csv", NOTES)


FORMAT = Format(
    name="csv",
    endings=(),
    about="tables for spreadsheet programs, pandas and R, with a data dictionary",
    lacks=LACKS,
    write=write,
    folder=True,
)
