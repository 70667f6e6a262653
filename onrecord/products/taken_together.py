"""Which entities of different documents are taken together: by judgements, and by a full name.

Nobody is joined across a judgement of `different`, nor by a name that one document gives to two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from onrecord.model import Entity
from onrecord.products.index import Index


def taken_together(
    index: Index, decided: Sequence[Entity], bearers: Mapping[tuple[str, str], set[str]]
) -> list[frozenset[str]]:
    """Groups of entities; `bearers` are the ids of those of one type that bear a full name."""
    parent = {entity.id: entity.id for entity in decided}
    apart = _pairs(index, "different", parent)
    for one, other in sorted(_pairs(index, "same", parent)):
        _join(parent, one, other, apart)
    for _, together in sorted(bearers.items()):
        told_apart = any(pair <= together for pair in map(set, apart))
        if not told_apart and not _shared_document(index, together):
            first, *others = sorted(together)
            for other in others:
                _join(parent, first, other, apart)
    found: dict[str, set[str]] = {}
    for entity in decided:
        found.setdefault(_root(parent, entity.id), set()).add(entity.id)
    return [frozenset(group) for group in found.values()]


def _shared_document(index: Index, entities: set[str]) -> bool:
    """Whether one document tells two of these apart: then their name tells nothing."""
    documents = [index.sheet_of[e].record.document.id for e in entities]
    return len(documents) != len(set(documents))


def decided_as_one(index: Index, entities: Iterable[str]) -> bool:
    """Whether people judged all of these to be the same, each with another, step by step."""
    left = set(entities)
    parent = {entity: entity for entity in left}
    for one, other in sorted(_pairs(index, "same", parent)):
        _join(parent, one, other, ())
    return len({_root(parent, entity) for entity in left}) == 1


def _pairs(index: Index, verdict: str, known: Mapping[str, str]) -> set[tuple[str, str]]:
    """The pairs of decided entities that a person gave this verdict on."""
    return {
        (judged.left, judged.right)
        for judged in index.judged
        if judged.verdict == verdict and judged.left in known and judged.right in known
    }


def _join(parent: dict[str, str], one: str, other: str, apart: Iterable[tuple[str, str]]) -> None:
    """Take two together, with all who go with them; not across a judgement of `different`."""
    roots = sorted((_root(parent, one), _root(parent, other)))
    if not any(sorted((_root(parent, a), _root(parent, b))) == roots for a, b in apart):
        parent[roots[1]] = roots[0]


def _root(parent: dict[str, str], entity: str) -> str:
    while parent[entity] != entity:
        parent[entity] = parent[parent[entity]]
        entity = parent[entity]
    return entity
