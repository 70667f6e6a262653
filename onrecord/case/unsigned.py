"""A record without the names of our own people who reviewed it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, TypeVar

from onrecord.model import Act, Claim, Entity, Record, Victim, as_json
from onrecord.store.log import canonical

T = TypeVar("T", Entity, Claim, Act)


def unsigned(record: Record) -> Record:
    """What people corrected, without who did it and without what they corrected."""
    return replace(
        record,
        entities=tuple(_plain(entity) for entity in record.entities),
        claims=tuple(_plain(claim) for claim in record.claims),
        acts=tuple(_act(act) for act in record.acts),
    )


def unsigned_body(record: Record) -> dict[str, Any]:
    """The same as JSON, without the text, in the order of its names, as a sealed record has it."""
    told = as_json(replace(unsigned(record), text=""))
    del told["text"]
    body: dict[str, Any] = json.loads(canonical(told))
    return body


def _act(act: Act) -> Act:
    victims = tuple(_victim(victim) for victim in act.victims)
    return _plain(act) if victims == act.victims else replace(_plain(act), victims=victims)


def _victim(victim: Victim) -> Victim:
    return replace(victim, corrected={}) if victim.corrected else victim


def _plain(item: T) -> T:
    marked = item.reviewed or item.corrected
    return replace(item, reviewed=None, corrected={}) if marked else item
