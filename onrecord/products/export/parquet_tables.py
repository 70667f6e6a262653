"""The tables as Parquet: typed columns for pyarrow, pandas, DuckDB and the like."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.products.export import dictionary
from onrecord.products.export.columns import Column, Table, Value
from onrecord.products.export.source import Format, Progress, Source
from onrecord.products.export.tables import LACKS, TABLES, fill

AT_ONCE = 10_000
"""Rows that are held before they are written: a row group."""

NOTES = """\
Parquet, version 2.6, compressed with Zstandard; the meaning of each column is in the schema too.
A list is a list of strings. What is empty is null; a list is never null but may be empty.\
""".splitlines()

_TYPES: dict[str, Any] = {
    "text": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "list": pa.list_(pa.string()),
    "EDTF": pa.string(),
    "time": pa.string(),
}


def schema(table: Table) -> pa.Schema:
    """The schema of a table."""
    fields = [_field(column) for column in table.columns]
    return pa.schema(fields, metadata={"description": table.meaning})


def _field(column: Column) -> pa.Field:
    said = {"description": column.meaning, "unit": column.unit, "empty": column.empty}
    told = {name: text for name, text in said.items() if text}
    return pa.field(column.name, _TYPES[column.kind], metadata=told)


class ParquetWriter:
    """One file for each table in a folder; rows are written in groups."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._schemas = {table.name: schema(table) for table in TABLES}
        self._rows: dict[str, list[tuple[Value, ...]]] = {table.name: [] for table in TABLES}
        self._writers = {
            name: stack.enter_context(
                pq.ParquetWriter(folder / f"{name}.parquet", each, compression="zstd")
            )
            for name, each in self._schemas.items()
        }

    def add(self, table: Table, values: tuple[Value, ...]) -> None:
        """Take one row."""
        rows = self._rows[table.name]
        rows.append(values)
        if len(rows) >= AT_ONCE:
            self._flush(table.name)

    def close(self) -> None:
        """Write what is left."""
        for name in self._rows:
            self._flush(name)

    def _flush(self, name: str) -> None:
        rows = self._rows[name]
        if rows:
            self._writers[name].write_batch(batch(rows, self._schemas[name]))
            rows.clear()


def batch(rows: list[tuple[Value, ...]], schema: pa.Schema) -> pa.RecordBatch:
    """Rows as columns."""
    columns = [
        pa.array(values, type=field.type)
        for values, field in zip(zip(*rows, strict=True), schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def write(source: Source, path: Path, progress: Progress) -> None:
    """Fill a folder with a Parquet file for each table, and the data dictionary."""
    path.mkdir()
    with ExitStack() as stack:
        writer = ParquetWriter(path, stack)
        fill(source, writer, progress)
        writer.close()
    dictionary.write(path, source.name, "parquet", NOTES)


FORMAT = Format(
    name="parquet",
    endings=(),
    about="the same tables with typed columns, for pyarrow, pandas, DuckDB and large cases",
    lacks=LACKS,
    write=write,
    folder=True,
)
