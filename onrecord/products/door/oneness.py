"""Entities that bear one code as one: nothing in what leaves could tell them apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

Json = Any


def made_one(told: Json, codes: Collection[str]) -> dict[str, str]:
    """Make the entities of a record as JSON that are named by one of `codes` one for each code.

    The record is changed in place. Returns the ids that are gone, and what stands for them.
    """
    first: dict[tuple[str, str], Json] = {}
    gone: dict[str, str] = {}
    kept = []
    for entity in told["entities"]:
        key = (entity["type"], entity["name"])
        if entity["name"] not in codes:
            kept.append(entity)
        elif key in first:
            gone[entity["id"]] = first[key]["id"]
            _take_in(first[key], entity)
        else:
            first[key] = entity
            kept.append(entity)
    if not gone:
        return gone
    told["entities"] = kept
    for name, part in told.items():
        told[name] = _led(part, gone)
    told["relations"] = [r for r in told["relations"] if r["subject"] != r["object"]]
    for engagement in told["engagements"]:
        engagement["participants"] = list(dict.fromkeys(engagement["participants"]))
    for demand in told["demands"]:
        demand["addressees"] = list(dict.fromkeys(demand["addressees"]))
    return gone


def _take_in(entity: Json, other: Json) -> None:
    """The words of both; of what else is told of them what the first says, else the other."""
    for name in ("mentions", "references", "occupations", "candidates"):
        both = [*entity.get(name, ()), *other.get(name, ())]
        unique = list({str(each): each for each in both}.values())
        if unique:
            entity[name] = sorted(unique) if name in ("mentions", "references") else unique
    if "references" in entity:
        named = entity["mentions"]
        entity["references"] = [span for span in entity["references"] if span not in named]
    for name in ("country", "location", "actor_type", "sex", "age_group"):
        if entity.get(name) is None and other.get(name) is not None:
            entity[name] = other[name]
            cited = (other.get("cites") or {}).get(name)
            if cited:
                entity["cites"] = (entity.get("cites") or {}) | {name: cited}
    entity["candidates"] = [c for c in entity.get("candidates", ()) if c != entity["id"]]


def _led(value: Json, gone: Mapping[str, str]) -> Json:
    if isinstance(value, dict):
        return {name: _led(part, gone) for name, part in value.items()}
    if isinstance(value, list):
        return [_led(part, gone) for part in value]
    return gone.get(value, value) if isinstance(value, str) else value
