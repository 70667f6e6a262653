"""The data dictionary of the tables: for people, and as a Frictionless Data Package for programs.

Both are made from the definitions that fill the tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from onrecord.products.export.columns import Column, Table
from onrecord.products.export.tables import TABLES

_MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_TYPES = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "list": "list",
    "EDTF": "string",
    "time": "string",
}
_HEAD = """\
# {case}: the tables

What each table and column means. A claim is what somebody is reported to say; an act is said to
have been done; nothing here is a finding. Dates are EDTF (ISO 8601-2): `XXXX-02-08` is an eighth of
February of a year that the source does not give. `start` and `end` count the Unicode code points of
a document's text from 0, `end` is the first one after; `exact` are the words that stand there.

"""


def write(folder: Path, case: str, form: str, notes: Sequence[str]) -> None:
    """Write `dictionary.md` and `datapackage.json` into the folder of the tables."""
    told = json.dumps(package(case, form, notes), ensure_ascii=False, indent=2) + "\n"
    (folder / "datapackage.json").write_bytes(told.encode("utf-8", "backslashreplace"))
    page = _HEAD.format(case=case) + markdown(form, notes)
    (folder / "dictionary.md").write_bytes(page.encode("utf-8", "backslashreplace"))


def markdown(form: str, notes: Sequence[str]) -> str:
    """The dictionary as a page."""
    lines = [f"{note}\n" for note in notes]
    for table in TABLES:
        lines += _section(table, form)
    return "\n".join(lines)


def _section(table: Table, form: str) -> Iterator[str]:
    yield f"## {table.name}.{form}\n"
    key = ", ".join(f"`{name}`" for name in table.key)
    yield f"{table.meaning}. One row for each {key}.\n"
    yield "| column | type | what it means | unit | where it is empty |"
    yield "| --- | --- | --- | --- | --- |"
    for each in table.columns:
        cells = (f"`{each.name}`", each.kind, each.meaning, each.unit, each.empty)
        yield "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"
    yield ""


def package(case: str, form: str, notes: Sequence[str]) -> dict[str, Any]:
    """The dictionary as a Tabular Data Package (Frictionless Data, version 1)."""
    return {
        "name": "onrecord-tables",
        "title": case,
        "description": " ".join(notes),
        "resources": [_resource(table, form) for table in TABLES],
    }


def _resource(table: Table, form: str) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": f"{table.name}.{form}",
        "mediatype": _MEDIA[form],
        "encoding": "utf-8",
        "description": table.meaning,
        "schema": {
            "fields": [_field(column, form) for column in table.columns],
            "primaryKey": list(table.key),
            "missingValues": [""],
        },
    }


def _field(column: Column, form: str) -> dict[str, Any]:
    kind = _TYPES[column.kind]
    told = {
        "name": column.name,
        "type": "string" if (kind, form) == ("list", "csv") else kind,
        "description": column.meaning,
        "empty": column.empty,
    }
    if column.kind in ("EDTF", "list", "time"):
        told["rdfType" if column.kind == "EDTF" else "kind"] = _SAID[column.kind]
    return told | ({"unit": column.unit} if column.unit else {})


_SAID = {
    "EDTF": "http://id.loc.gov/datatypes/edtf",
    "list": "list of texts",
    "time": "UTC, ISO 8601",
}
