"""Uwazi's exports: CSV of a library, and JSON of its entities as its programming interface gives.

Its templates are each collection's own, so what a property means is for a mapping to say, one for
each template. Without one an entity is its title and its properties, each a statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.errors import UnreadableSource
from onrecord.imports.batch import Batch, ExportFile
from onrecord.imports.item import Imported
from onrecord.imports.jsons import read_json
from onrecord.imports.making import Maker
from onrecord.imports.mapping import MappingError, rules_of
from onrecord.imports.rows import Row
from onrecord.imports.tables import read_table
from onrecord.imports.tabular import finish, take

COMMON = frozenset(
    {"Title", "Date added", "Template", "Geolocation", "Documents", "Attachments", "Published"}
)
"""Columns of every CSV export, around those of the templates' properties."""
SEVERAL = "|"
"""What Uwazi puts between several values of a property."""

Cells = dict[str, str]


def prepare(file: ExportFile, mapping: Mapping[str, Any] | None = None) -> Batch:
    """The entities of an export. Raises a `SourceError` where it is none of Uwazi's."""
    batch = Batch()
    if file.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        items = _from_json(file, mapping)
    else:
        items = _from_csv(file, batch, mapping)
    take(batch, items, make_checked)
    return batch


def make(item: Imported, maker: Maker) -> None:
    """Text and record of an entity."""
    finish(item, make_checked(item, maker))


def make_checked(item: Imported, maker: Maker) -> Row:
    """As `make`, with what cannot be taken."""
    cells = dict(item.cells) if isinstance(item.cells, list) else flat(item.cells)
    row = Row(cells, rules_of(item.mapping), maker)
    row.make()
    return row


def _from_csv(
    file: ExportFile, batch: Batch, mapping: Mapping[str, Any] | None
) -> Iterator[Imported]:
    table = read_table(file, batch, wanted=("Title", "Template"))
    for number, cells in table.rows:
        rules = _rules(file, mapping, cells)
        yield file.item("uwazi", f"row={number}", [[*pair] for pair in cells.items()], rules)


def _from_json(file: ExportFile, mapping: Mapping[str, Any] | None) -> Iterator[Imported]:
    told = read_json(file)
    rows = told.get("rows") if isinstance(told, dict) else told
    if not isinstance(rows, list) or not rows:
        file.fail(
            "there are no entities in it",
            why='a list of entities was due, or "rows" with one, as Uwazi\'s /api/search gives it',
            todo="export it again; see docs/imports.md for the forms that are read",
        )
    for number, entity in enumerate(rows):
        if not isinstance(entity, dict) or not isinstance(entity.get("title"), str):
            file.fail(
                f"item {number} is no entity of Uwazi",
                why="it has no title",
                todo="export it again; see docs/imports.md for the forms that are read",
            )
        metadata = entity.get("metadata")
        if metadata is not None and not isinstance(metadata, dict):
            file.fail(
                f"item {number} is no entity of Uwazi",
                why="its metadata is no table of properties",
                todo="export it again; see docs/imports.md for the forms that are read",
            )
        rules = _rules(file, mapping, flat(entity))
        yield file.item("uwazi", f"/rows/{number}", entity, rules)


def _rules(
    file: ExportFile, mapping: Mapping[str, Any] | None, cells: Mapping[str, str]
) -> Mapping[str, Any]:
    """The mapping of an entity's template; its properties as statements where none is given."""
    chosen: Any = mapping
    if mapping is not None and "templates" in mapping:
        chosen = mapping["templates"].get(cells.get("Template", ""))
    if chosen is None:
        return {"title": "Title", "text": [name for name in cells if name not in COMMON]}
    known = {"title": "Title", **_separated(chosen)}
    try:
        rules_of(known)
    except MappingError as error:
        raise UnreadableSource(
            file.name,
            f"the mapping of {cells.get('Template')!r} cannot be used",
            why=str(error),
            todo="see `onrecord import csv --example` and docs/imports.md",
        ) from error
    return known


def _separated(mapping: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping in which names and types may be several, as Uwazi writes them."""
    made = dict(mapping)
    for part, field in (
        ("people", "name"),
        ("organizations", "name"),
        ("groups", "name"),
        ("places", "name"),
        ("acts", "type"),
    ):
        rules = made.get(part, [])
        made[part] = [
            {**rule, field: _several(rule[field])} if field in rule else rule
            for rule in (rules if isinstance(rules, list) else [rules])
            if isinstance(rule, dict)
        ]
    return {name: part for name, part in made.items() if part != []}


def _several(field: Any) -> Any:
    if isinstance(field, str):
        return {"column": field, "separator": SEVERAL}
    if isinstance(field, dict) and "column" in field:
        return {"separator": SEVERAL, **field}
    return field


def flat(entity: Mapping[str, Any]) -> Cells:
    """An entity of the JSON export as cells: properties by name, with several values parted."""
    cells: Cells = {"Title": _words(entity.get("title"))}
    cells["Template"] = _words(entity.get("templateName") or entity.get("template"))
    for name in ("language", "sharedId", "published"):
        if entity.get(name) is not None:
            cells[name] = _words(entity[name])
    for name, values in (entity.get("metadata") or {}).items():
        listed = values if isinstance(values, list) else [values]
        cells[str(name)] = SEVERAL.join(filter(None, map(_value, listed)))
    return {name: words for name, words in cells.items() if words}


def _value(entry: Any) -> str:
    """A value of a property: its label where it has one, as the CSV export writes it."""
    if not isinstance(entry, dict):
        return _words(entry)
    value, label = entry.get("value"), entry.get("label")
    if isinstance(value, dict):
        if {"lat", "lon"} <= set(value):
            return f"{value['lat']}|{value['lon']}"
        if {"from", "to"} & set(value):
            return f"{_words(value.get('from'))}~{_words(value.get('to'))}".strip("~")
        return SEVERAL.join(filter(None, map(_words, value.values())))
    return _words(label) or _words(value)


def _words(value: Any) -> str:
    if value is None or isinstance(value, (dict, list)):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
