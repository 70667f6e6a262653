"""Posts, kinship, membership, command, leadership, links and aliases."""

from __future__ import annotations

from onrecord.coding.context import Context
from onrecord.model import Relation


def find_relations(context: Context) -> tuple[Relation, ...]:
    """Posts, kinship, membership, command, leadership, links and aliases."""
    return ()
