"""What a mapping says once it is read: where each field of a row's record comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from onrecord.imports.dates import DateStyle

PARTS = ("victim", "perpetrator", "source", "mentioned")
"""What an entity of a row is in it; `source` is who told the publisher."""


@dataclass(frozen=True, slots=True)
class Field:
    """Where a value comes from: a column, or the mapping itself (`constant`).

    `values` gives our terms for a file's own words (folded); None there means "take nothing".
    `separator` parts several values in one cell.
    """

    column: str | None = None
    constant: str | None = None
    values: Mapping[str, str | None] | None = None
    separator: str | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A date in one column, or its begin and end in two."""

    at: Field | None = None
    start: Field | None = None
    end: Field | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A count in one column ("more than 12", "12"), or its bounds in two."""

    at: Field | None = None
    min: Field | None = None
    max: Field | None = None


@dataclass(frozen=True, slots=True)
class EntityRule:
    """An entity of each row, named in a column. `part` is what it is there (`as` in the YAML)."""

    kind: str
    name: Field | None = None
    part: str = "mentioned"
    other_names: Field | None = None
    sex: Field | None = None
    age: Field | None = None
    age_group: Field | None = None
    occupation: Field | None = None
    country: Field | None = None
    actor_type: Field | None = None
    involvement: Field | None = None
    count: Number | None = None


@dataclass(frozen=True, slots=True)
class PlaceRule:
    """A place of each row."""

    name: Field
    region: Field | None = None
    country: Field | None = None
    latitude: Field | None = None
    longitude: Field | None = None
    point: Field | None = None


@dataclass(frozen=True, slots=True)
class ActRule:
    """An act of each row: done by all who are `perpetrator` there, to all who are `victim`."""

    type: Field
    date: Stretch | None = None
    place: Field | None = None
    negated: Field | None = None


@dataclass(frozen=True, slots=True)
class RelationRule:
    """A relation of each row between what two columns name.

    `title`, `since` and `until` are words of the claim; the record of a relation has no dates.
    """

    type: Field
    subject: Field
    object: Field
    role: Field | None = None
    rank: Field | None = None
    title: Field | None = None
    since: Field | None = None
    until: Field | None = None
    ended: Field | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """A whole mapping. `unknown` are folded words of the file's own for "not known"."""

    title: Field | None = None
    published: Field | None = None
    source: Field | None = None
    language: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    claim: str | None = None
    dates: DateStyle = field(default_factory=DateStyle)
    unknown: frozenset[str] = frozenset()
    text: tuple[Field, ...] = ()
    entities: tuple[EntityRule, ...] = ()
    places: tuple[PlaceRule, ...] = ()
    acts: tuple[ActRule, ...] = ()
    relations: tuple[RelationRule, ...] = ()

    def columns(self) -> tuple[str, ...]:
        """Every column that the mapping names, each once."""
        return tuple(dict.fromkeys(_columns(self)))


def _columns(value: Any) -> list[str]:
    if isinstance(value, Field):
        return [value.column] if value.column else []
    if isinstance(value, tuple):
        return [name for each in value for name in _columns(each)]
    if hasattr(value, "__dataclass_fields__"):
        parts = (getattr(value, each.name) for each in fields(value))
        return [name for part in parts for name in _columns(part)]
    return []
