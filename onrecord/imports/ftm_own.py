"""Our own FollowTheMoney export, read back: a document with its record, every citation checked.

The inverse of `onrecord.products.export.ftm`. Names, texts, the ends of links and what they are
called come from properties; all else from marks. What an entity says that the text does not bear
out is refused.
"""

from __future__ import annotations

import typing
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Any

from onrecord.imports.item import MEDIA_TYPE
from onrecord.imports.making import Maker
from onrecord.model import (
    Act,
    Claim,
    Demand,
    Engagement,
    Entity,
    Event,
    Record,
    Relation,
    as_json,
    from_json,
)
from onrecord.products.export.conforming import faults
from onrecord.products.export.ftm_entities import PART
from onrecord.products.export.ftm_ids import plain_id
from onrecord.products.export.ftm_marks import gather, value_of
from onrecord.products.export.ftm_schemata import kind
from onrecord.products.export.ftm_text import from_exact, from_pages
from onrecord.vocabulary import load

Item = Mapping[str, Any]
_PARTS: Mapping[str, tuple[str, type[Any]]] = {
    "entity": ("entities", Entity),
    "claim": ("claims", Claim),
    "act": ("acts", Act),
    "event": ("events", Event),
    "relation": ("relations", Relation),
    "demand": ("demands", Demand),
    "engagement": ("engagements", Engagement),
}


def values(item: Item, name: str) -> list[str]:
    """The values of a property."""
    found: list[str] = item["properties"].get(name, [])
    return found


def value(item: Item, name: str) -> str | None:
    """The first value of a property."""
    return next(iter(values(item, name)), None)


def marks_of(item: Item) -> list[str]:
    """The marks among an entity's keywords and record ids, without codes for other readers."""
    found = [*values(item, "keywords"), *values(item, "recordId")]
    return [mark for mark in found if not mark.startswith("code.")]


def part_of(item: Item) -> str | None:
    """What of a record an entity is; None where it is no entity of ours."""
    return value_of(marks_of(item), PART)


def is_derived(item: Item) -> bool:
    """Whether an entity only shows what another of the same export says in full."""
    return value_of(marks_of(item), "of") is not None


def document_of(item: Item) -> str | None:
    """The id of the document that an entity belongs to."""
    names = ("document", "proof")
    return next((plain_id(found) for name in names if (found := value(item, name))), None)


def text_of(items: Sequence[Item]) -> str:
    """The exact text of a document. Raises ValueError where a piece of it is missing."""
    head = items[0]
    pieces = next((values(i, "description") for i in items if i["id"].startswith("exact-")), None)
    if pieces is not None:
        return from_exact(pieces)
    pages = [item for item in items if item["schema"] == "Page"]
    numbers = sorted(int(value(page, "index") or 0) for page in pages)
    if numbers != list(range(1, len(pages) + 1)):
        raise ValueError(f"of its pages, only {numbers} are there")
    pages.sort(key=lambda page: int(value(page, "index") or 0))
    stretches = [value(page, "bodyText") or "" for page in pages] or values(head, "bodyText")
    blanks = [mark for mark in marks_of(head) if mark.startswith("text.")]
    return from_pages(stretches, gather(blanks, "").get("text", {}))


def record_of(items: Sequence[Item], document_id: str, path: str) -> Record:
    """The record that a document's entities tell of; the document itself is the first of them.

    Raises ValueError that names the entity and the cause.
    """
    text = text_of(items)
    local = _local_ids(items)
    told: dict[str, list[Any]] = {name: [] for name, _ in _PARTS.values()}
    for item in items[1:]:
        part = _PARTS.get(part_of(item) or "")
        if part is not None:
            name, made = part
            found = _marked(item, text) | _natural(item, local)
            told[name].append(_whole(made, found))
    document = _marked(items[0], text, but="text.")
    document |= {"id": document_id, "path": path, "media_type": MEDIA_TYPE}
    for name in ("title", "publisher"):
        document.setdefault(name, value(items[0], name))
    raw = {"schema": "onrecord/record/1", "document": document, "text": text, **told}
    return _checked(raw)


def _local_ids(items: Sequence[Item]) -> dict[str, str]:
    """The ids that parts have in their record, by their ids here."""
    named = ((plain_id(item["id"]), value_of(marks_of(item), "id")) for item in items[1:])
    return {identifier: local for identifier, local in named if local}


def _marked(item: Item, text: str, *, but: str = "part=") -> dict[str, Any]:
    found = [m for m in marks_of(item) if not m.startswith((but, f"{PART}="))]
    try:
        return gather(found, text)
    except ValueError as error:
        raise ValueError(f"{item['id']}: {error}") from error


def _natural(item: Item, local: Mapping[str, str]) -> dict[str, Any]:
    """What properties tell of a part: its type and name, the ends of a link."""
    found: dict[str, Any] = {}
    part = part_of(item)
    if part == "entity":
        found["type"] = kind(item["schema"])
        if value_of(marks_of(item), "name") is None:
            found["name"] = value(item, "name") or ""
    if part == "relation" and item["schema"] != "Note":
        found |= _ends(item, local)
    return found


def _ends(item: Item, local: Mapping[str, str]) -> dict[str, str]:
    """Whom a link ties, and what the tie is called."""
    rules = load("ftm")
    edges = [
        *rules["relations"].values(),
        rules["link"],
        {"schema": "Occupancy", "ends": ["holder"]},
    ]
    rule = next((edge for edge in edges if edge["schema"] == item["schema"]), None)
    if rule is None:
        raise ValueError(f"{item['id']}: a {item['schema']} is no link of our export")
    found = {}
    for name, end in zip(("subject", "object"), rule["ends"], strict=False):
        identifier = plain_id(value(item, end) or "")
        if identifier not in local:
            raise ValueError(f"{item['id']}: its {end} {identifier!r} is no entity of its document")
        found[name] = local[identifier]
    called = value(item, rule.get("label", "")) if "label" in rule else None
    if called is not None and value_of(marks_of(item), "label") is None:
        found["label"] = called
    return found


def _whole(made: type[Any], told: dict[str, Any]) -> dict[str, Any]:
    """A part with an empty list for each list that must be there."""
    hints = typing.get_type_hints(made)
    for each in fields(made):
        if each.default is MISSING and typing.get_origin(hints[each.name]) is tuple:
            told.setdefault(each.name, [])
    return told


def _checked(raw: dict[str, Any]) -> Record:
    """A record from its JSON, once that is what the schema of records says."""
    try:
        record = from_json(Record, raw)
    except (TypeError, ValueError, AttributeError, KeyError) as error:
        raise ValueError(f"a mark is missing or of the wrong kind ({error})") from error
    schema = load("record-1.schema")
    fault = next(faults(as_json(record), schema, schema), None)
    if fault is not None:
        raise ValueError(fault)
    return record


def make(item: Any, maker: Maker) -> Record:
    """The record of an item of our own export (`Imported.cells` holds its entities)."""
    record = record_of(item.cells, maker.document_id, item.path)
    cites = record.document.cites
    maker.title, maker.publisher_span = (
        next(iter(cites.get(name, ())), None) for name in ("title", "publisher")
    )
    published = next(iter(cites.get("published", ())), None)
    day = record.document.published
    maker.published = (day, published) if day and published else None
    return record
