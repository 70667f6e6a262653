"""How often a relation of its construction is right: its confidence.

A construction is the type of the relation, how the words tie its two ends ("apposition", "verb"),
and whether the subject bears a full name. The shares were judged by hand on sentences of news and
interviews (training/README.md); `vocabulary/relation_confidence.yaml` holds them, with the counts.
"""

from __future__ import annotations

from onrecord.coding.context import Context
from onrecord.coding.offices import is_name
from onrecord.model import RelationType
from onrecord.vocabulary import load


def construction_of(context: Context, kind: RelationType, way: str, subject: str) -> str:
    """The construction of a relation in words: "post, apposition, full name"."""
    name = context.book[subject].name
    named = "no name" if not is_name(name) else "full name" if " " in name else "one name"
    return f"{kind}, {way}, {named}"


def confidence_of(construction: str) -> float:
    """The share of relations of a construction that were judged right, drawn to that of its type.

    What was never judged gets the share of the next wider kind: without the name, then of the
    type, then of all.
    """
    shares: dict[str, float] = load("relation_confidence")["shares"]
    wider = construction
    while wider and wider not in shares:
        wider = wider.rpartition(", ")[0]
    return shares[wider or "all"]
