"""Bayanat's exports, JSON and CSV: bulletins, actors and incidents.

Event types, labels and violations are each installation's own words. One becomes an act where it is
a term of ours, or where the mapping says which it is. How an actor is related to an incident is a
number there, which installations may define anew: it counts only where the mapping says what the
numbers mean. An actor's part is put to an act only where the entry tells of a single one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.imports.batch import Batch, ExportFile
from onrecord.imports.bayanat_entries import entry_of
from onrecord.imports.bayanat_record import Making
from onrecord.imports.item import Imported
from onrecord.imports.jsons import read_json
from onrecord.imports.making import Maker
from onrecord.imports.rules import PARTS
from onrecord.imports.tables import read_table
from onrecord.imports.tabular import take
from onrecord.imports.terms import folded, known_terms
from onrecord.vocabulary import load

CLASSES = {"bulletins": "bulletin", "actors": "actor", "incidents": "incident"}
_KNOWN = {"id", "title", "name", "name_ar", "title_ar"}


def prepare(file: ExportFile, mapping: Mapping[str, Any] | None = None) -> Batch:
    """The entries of an export. Raises a `SourceError` where it is none of Bayanat's."""
    batch = Batch()
    rules = checked(file, mapping or {})
    if file.data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        items = list(_from_json(file, rules))
    else:
        items = list(_from_csv(file, batch, rules))
    take(batch, items, make_checked)
    if "roles" not in rules and any(_has_roles(item) for item in items):
        batch.notes.append(
            "the parts of actors (victim, perpetrator) are numbers that an installation defines: "
            "they were left out; say what they mean with `roles` in a mapping"
        )
    return batch


def checked(file: ExportFile, mapping: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping for Bayanat in plain JSON types, checked."""
    odd = set(mapping) - {"acts", "roles", "about"}
    roles, acts = mapping.get("roles"), mapping.get("acts") or {}
    if roles == "default":
        roles = load("import_words")["bayanat_roles"]
    wrong = (
        f"{min(odd)!r} is not known here"
        if odd
        else _wrong_terms(acts, known_terms("type"), "acts")
        or (_wrong_terms(roles, PARTS, "roles") if roles is not None else "")
    )
    if wrong:
        file.fail(
            "its mapping cannot be used",
            why=wrong,
            todo="give `acts` (words of the file: our term) and `roles` (number: victim, "
            "perpetrator, source or mentioned; or `default`)",
        )
    made: dict[str, Any] = {"acts": {folded(k): v for k, v in acts.items()}}
    return made | ({"roles": {str(k): v for k, v in roles.items()}} if roles else {})


def _wrong_terms(table: Any, allowed: Iterable[str], name: str) -> str:
    if not isinstance(table, Mapping):
        return f"{name} is no table"
    bad = [v for v in table.values() if v not in (None, "", "null", *allowed)]
    return f"{name}: {bad[0]!r} is none of {', '.join(allowed)}" if bad else ""


def make(item: Imported, maker: Maker) -> None:
    """Text and record of an entry."""
    make_checked(item, maker)


def make_checked(item: Imported, maker: Maker) -> Making:
    """As `make`; nothing in an entry is refused once the file was."""
    making = Making(entry_of(item.cells), item.mapping, maker)
    making.make()
    return making


def _from_json(file: ExportFile, rules: Mapping[str, Any]) -> Iterator[Imported]:
    told = read_json(file)
    name = next((each for each in CLASSES if isinstance(told, dict) and each in told), None)
    if name is None or not isinstance(told[name], list) or not told[name]:
        file.fail(
            "it is none of Bayanat's exports",
            why='a list of "bulletins", "actors" or "incidents" was due',
            todo="export it again as JSON, and unpack the ZIP file that Bayanat gives",
        )
    for number, entry in enumerate(told[name]):
        if not isinstance(entry, dict) or "id" not in entry:
            file.fail(
                f"{name}[{number}] is no entry",
                why="a table with an id was due",
                todo="export it again",
            )
        cells = {"class": CLASSES[name], "entry": entry}
        yield file.item("bayanat", f"/{name}/{number}", cells, rules)


def _from_csv(file: ExportFile, batch: Batch, rules: Mapping[str, Any]) -> Iterator[Imported]:
    table = read_table(file, batch, wanted=("id",))
    kind = "bulletin" if "source_link" in table.header else "actor"
    if not _KNOWN & set(table.header) - {"id"}:
        file.fail(
            "it is none of Bayanat's exports",
            why=f"its columns are: {', '.join(table.header)[:300]}",
            todo="export bulletins or actors as CSV; for other tables use `onrecord import csv`",
        )
    for number, cells in table.rows:
        pairs = [[*pair] for pair in cells.items() if pair[0] != "column 1"]
        yield file.item("bayanat", f"row={number}", {"class": kind, "row": pairs}, rules)


def _has_roles(item: Imported) -> bool:
    return any(role.numbers for role in entry_of(item.cells).actors)
