"""Each thing told once: where two words of a text give the same id, the fuller telling stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import TypeVar

from onrecord.model import Act, Demand, Engagement, Event, Relation

Coded = TypeVar("Coded", Act, Demand, Engagement, Event, Relation)


def once(found: Iterable[Coded]) -> tuple[Coded, ...]:
    """One of each id, the one that says most, in the order in which the ids first came."""
    best: dict[str, Coded] = {}
    for one in found:
        known = best.setdefault(one.id, one)
        if _said(one) > _said(known):
            best[one.id] = one
    return tuple(best.values())


def _said(one: Act | Demand | Engagement | Event | Relation) -> tuple[int, int]:
    """How many fields are filled, and how many entries their lists hold."""
    values = [getattr(one, field.name) for field in fields(one)]
    held = sum(len(value) for value in values if isinstance(value, tuple))
    return sum(value not in (None, (), {}, False) for value in values), held
