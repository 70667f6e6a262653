"""FollowTheMoney brought in: our own export with its records, what others say as their claims.

A document of our own export comes back with its text and its record (`ftm_own`). Every other
entity becomes a document of its own: its properties as lines of text, a claim of the publisher
named by the user (or, where the entity names one, of that one as told by the publisher).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.imports import ftm_own as own
from onrecord.imports.batch import Batch, ExportFile, Refusal
from onrecord.imports.ftm_entity import TITLES
from onrecord.imports.ftm_reading import Item, read
from onrecord.imports.item import Imported
from onrecord.products.export.ftm_ids import plain_id
from onrecord.products.export.ftm_schemata import label, properties
from onrecord.vocabulary import load

_CAPTIONS = (*TITLES, "alias", "weakAlias", "summary", "description")
_SHOWN = 300
Entities = dict[str, tuple[int, Item]]


def prepare(export: ExportFile) -> Batch:
    """The items of a file, and what of it cannot be taken.

    Raises `UnreadableSource` where the file is none of FollowTheMoney at all.
    """
    batch = Batch()
    entities = read(export, batch)
    documents = {
        plain_id(name): [item]
        for name, (_, item) in entities.items()
        if own.part_of(item) == "document"
    }
    others: Entities = {}
    for name, (line, item) in entities.items():
        held = documents.get(own.document_of(item) or "")
        if own.part_of(item) == "document":
            continue
        if held is not None and _is_ours(item):
            held.append(item)
        else:
            others[name] = (line, item)
    for items in documents.values():
        _own(export, batch, items, entities[items[0]["id"]][0])
    _foreign(export, batch, others, entities)
    return batch


def _is_ours(item: Item) -> bool:
    """Whether an entity that names one of our documents was written by our export."""
    ours = own.part_of(item) or own.is_derived(item) or item["schema"] in ("Mention", "Page")
    return bool(ours) or item["id"].startswith("exact-")


def _own(export: ExportFile, batch: Batch, items: list[Item], line: int) -> None:
    kept = [{name: each[name] for name in ("id", "schema", "properties")} for each in items]
    place = own.value(items[0], "fileName") or str(items[0]["id"])
    item = Imported("ftm-own", export.publisher, export.name, export.sha256, place, kept)
    try:
        own.record_of(kept, "sha256:" + "0" * 64, item.path)
    except ValueError as error:
        why = f"its record cannot be read back: {error}"
        todo = "export the case again; or leave the document out of the file"
        batch.refused.append(Refusal(export.name, f"line {line}", "", place, why, todo))
    else:
        batch.items.append(item)


def _foreign(export: ExportFile, batch: Batch, others: Entities, entities: Entities) -> None:
    left_out = load("ftm")["left_out"]
    pages: dict[str, list[Item]] = {}
    for _, item in others.values():
        if item["schema"] == "Page":
            pages.setdefault(own.document_of(item) or "", []).append(item)
    skipped = loose = 0
    for name, (line, item) in others.items():
        if item["schema"] in left_out:
            skipped += 1
        elif item["schema"] != "Page" or own.document_of(item) not in others:
            cells: dict[str, Any] = {"entity": item, "named": _named(item, entities)}
            loose += _is_loose(item, cells["named"])
            if name in pages:
                cells["pages"] = _in_order(pages[name])
            batch.items.append(
                Imported(
                    "ftm",
                    export.publisher,
                    export.name,
                    export.sha256,
                    f"line={line}",
                    cells,
                    _words(item),
                )
            )
    if skipped:
        batch.notes.append(
            f"{skipped} entities of {' and '.join(left_out)} were left out: names found, and who "
            "is taken for one, are worked out anew in this case"
        )
    if loose:
        batch.notes.append(
            f"{loose} links name somebody by an id that no entity of the file has: they came in as "
            "words, without a relation"
        )


def _is_loose(item: Item, named: Mapping[str, Any]) -> bool:
    ends = load("ftm")["edges"].get(item["schema"], (None, None, None))[1:3]
    values = [value for end in ends if end for value in item["properties"].get(end, ())]
    return any(value not in named for value in values)


def _in_order(pages: Iterable[Item]) -> list[str]:
    def number(page: Item) -> float:
        try:
            return float(own.value(page, "index") or 0)
        except ValueError:
            return 0.0

    return [text for page in sorted(pages, key=number) for text in own.values(page, "bodyText")]


def _named(item: Item, entities: Entities) -> dict[str, list[str]]:
    """Schema and name of each entity that an entity names, as the same file has them."""
    known = properties(item["schema"])
    found: dict[str, list[str]] = {}
    for prop, values in item["properties"].items():
        for name in values if known[prop].type == "entity" else ():
            held = entities.get(name)
            if held is not None:
                found[name] = [held[1]["schema"], caption(held[1])]
    return found


def _words(item: Item) -> dict[str, Any]:
    """What a schema and its properties are called, kept: another version may rename them."""
    known = properties(item["schema"])
    labels = {name: known[name].label for name in item["properties"]}
    return {"schema": label(item["schema"]), "properties": labels}


def caption(item: Item) -> str:
    """What an entity is called: its first name, title or description, else its id."""
    told = item["properties"]
    found = (told[name][0] for name in _CAPTIONS if told.get(name))
    return " ".join(next(found, item["id"]).split())[:_SHOWN]
