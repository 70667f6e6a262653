"""The schemata of FollowTheMoney, as data: what extends what, which property holds what.

`training/ftm_model.py` writes them from the library, which is needed for tests only.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from onrecord.model import EntityType
from onrecord.vocabulary import load


class Property(NamedTuple):
    """A property of a schema: the type of its values, the schema an entity there has, its label."""

    type: str
    range: str | None
    label: str


@cache
def ancestors(schema: str) -> frozenset[str]:
    """A schema and all that it extends. Raises KeyError where there is no such schema."""
    parents = load("ftm-model")["schemata"][schema]["extends"]
    return frozenset({schema}.union(*(ancestors(parent) for parent in parents)))


def is_known(schema: object) -> bool:
    """Whether there is such a schema."""
    return isinstance(schema, str) and schema in load("ftm-model")["schemata"]


def label(schema: str) -> str:
    """What people call a schema."""
    return str(load("ftm-model")["schemata"][schema]["label"])


@cache
def properties(schema: str) -> Mapping[str, Property]:
    """The properties of a schema with those of all that it extends."""
    known = load("ftm-model")["schemata"]
    return {
        name: Property(*told)
        for each in sorted(ancestors(schema), key=lambda one: (len(ancestors(one)), one))
        for name, told in known[each]["properties"].items()
    }


def kind(schema: str) -> EntityType | None:
    """The type that an entity of a schema has with us; None for what is neither body nor place."""
    return next(
        (ours for theirs, ours in load("ftm")["kinds"] if theirs in ancestors(schema)), None
    )


def merged(one: str, other: str) -> str | None:
    """The schema of an entity told of in two ways; None where neither extends the other."""
    if one in ancestors(other):
        return other
    return one if other in ancestors(one) else None
