"""How often a relation of its construction is right: its confidence.

A construction is the type of the relation and how the words tie its two ends ("apposition",
"verb"). The shares were judged by hand on sentences of news and interviews (training/README.md);
`vocabulary/relation_confidence.yaml` holds them, with the counts.
"""

from __future__ import annotations

from onrecord.model import RelationType
from onrecord.vocabulary import load


def construction_of(kind: RelationType, way: str) -> str:
    """The construction of a relation in words: "post, apposition"."""
    return f"{kind}, {way}"


def confidence_of(construction: str) -> float:
    """The share of relations of a construction that were judged right, drawn to that of its type.

    What was never judged gets the share of its type, else of all.
    """
    shares: dict[str, float] = load("relation_confidence")["shares"]
    kind = construction.partition(",")[0]
    return next(shares[key] for key in (construction, kind, "all") if key in shares)
