"""A file of FollowTheMoney read whole: entities as JSON lines, or statements as CSV.

Fragments of one entity are put together. Nothing is taken from a line that has a fault.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from onrecord.imports.batch import Batch, ExportFile, Refusal
from onrecord.imports.ftm_schema import Fault, faults
from onrecord.products.export.ftm_schemata import is_known, merged

Item = dict[str, Any]
Found = tuple[int, Any]
"""The line of a file and what stands there."""
_STATEMENTS = {"entity_id", "prop", "schema", "value"}
_TODO = "correct the file, or write it again with the program it came from"


def read(export: ExportFile, batch: Batch) -> dict[str, tuple[int, Item]]:
    """The entities of a file by id, each with the line where it first stands.

    Faults go into the batch. Raises `UnreadableSource` where the file is none of FollowTheMoney.
    """
    text = _text(export)
    first = text.lstrip("\ufeff").splitlines()[:1]
    header = set(next(csv.reader(first), ())) if first else set()
    found = _statements(text, export) if header >= _STATEMENTS else _lines(text)
    entities: dict[str, tuple[int, Item]] = {}
    for line, item in found:
        wrong = list(faults(item)) if not isinstance(item, Fault) else [item]
        batch.refused += [_refusal(export, line, fault) for fault in wrong]
        if not wrong:
            _put(entities, line, item, export, batch)
    if not entities and not batch.refused:
        export.fail("there is no entity in it", why="it has no line with JSON", todo=_TODO)
    return entities


def _text(export: ExportFile) -> str:
    try:
        return export.data.decode("utf-8")
    except UnicodeDecodeError as error:
        export.fail("it is not UTF-8", why=f"byte {error.start:,}: {error.reason}", todo=_TODO)


def _lines(text: str) -> Iterator[Found]:
    for number, line in enumerate(text.lstrip("\ufeff").split("\n"), 1):
        if line.strip():
            yield number, _parsed(line)


def _parsed(line: str) -> Any:
    try:
        return json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        return Fault("", line, f"it is not JSON: {error}")


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no value of JSON")


def _refusal(export: ExportFile, line: int, fault: Fault) -> Refusal:
    shown = fault.value if isinstance(fault.value, str) else json.dumps(fault.value)
    return Refusal(export.name, f"line {line}", fault.field, shown, fault.why, _TODO)


def _put(
    entities: dict[str, tuple[int, Item]], line: int, item: Item, export: ExportFile, batch: Batch
) -> None:
    held = entities.get(item["id"])
    if held is None:
        entities[item["id"]] = (line, item)
        return
    schema = merged(held[1]["schema"], item["schema"])
    if schema is None:
        why = f"line {held[0]} has the same id, and is a {held[1]['schema']}"
        batch.refused.append(_refusal(export, line, Fault("schema", item["schema"], why)))
        return
    told = {name: list(values) for name, values in held[1]["properties"].items()}
    for name, values in item["properties"].items():
        told[name] = list(dict.fromkeys([*told.get(name, ()), *values]))
    entities[item["id"]] = (held[0], {**held[1], "schema": schema, "properties": told})


def _statements(text: str, export: ExportFile) -> Iterator[Found]:
    """The entities that statements tell of, each at the line of its first statement."""
    held: dict[str, tuple[int, Item]] = {}
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True)
    rows: Iterable[dict[str, Any]] = reader
    try:
        for row in rows:
            fault = _row_fault(row)
            if fault is not None:
                yield reader.line_num, fault
                continue
            _, item = held.setdefault(row["entity_id"], (reader.line_num, _empty(row)))
            item["schema"] = merged(item["schema"], row["schema"]) or item["schema"]
            if row["prop"] != "id":
                values = item["properties"].setdefault(row["prop"], [])
                values += [row["value"]] if row["value"] not in values else []
    except csv.Error as error:
        export.fail(f"line {reader.line_num} is not CSV", why=str(error), todo=_TODO)
    yield from held.values()


def _row_fault(row: dict[str, Any]) -> Fault | None:
    if None in row or None in row.values():
        return Fault("", list(map(str, row.values())), "the row has not as many cells as the head")
    if not is_known(row["schema"]):
        return Fault("schema", row["schema"], "there is no such schema in FollowTheMoney")
    return None


def _empty(row: dict[str, Any]) -> Item:
    return {"id": row["entity_id"], "schema": row["schema"], "properties": {}}
