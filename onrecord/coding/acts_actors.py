"""What kind of actor a perpetrator is, where its own words say so."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from onrecord.vocabulary import load

if TYPE_CHECKING:
    from onrecord.entities import EntityBook
    from onrecord.model import ActorType, Entity, Span


def learn_actor_type(book: EntityBook, entity: Entity, span: Span) -> None:
    """Say what kind of actor an entity is, if that is not known and these words tell."""
    if entity.actor_type is not None:
        return
    kind = _of_country(book, entity) if entity.type == "Place" else _of_words(book.text, span)
    if kind is not None:
        book.learn(entity.id, actor_type=kind, cites={**entity.cites, "actor_type": (span,)})


def _of_words(text: str, span: Span) -> ActorType | None:
    words = text[slice(*span)].lower()
    return next((kind for kind, pattern in _patterns() if pattern.search(words)), None)


def _of_country(book: EntityBook, entity: Entity) -> ActorType | None:
    """A country that acts is its state: another state, where the text is about another country."""
    told: Counter[str] = Counter()
    for other in book:
        if other.type == "Place" and other.country:
            told[other.country] += len(other.mentions)
    if entity.country is None:
        return None
    home = min(told, key=lambda c: (-told[c], c))
    return "state_security_force" if home == entity.country else "other_state"


@cache
def _patterns() -> tuple[tuple[ActorType, re.Pattern[str]], ...]:
    lists: dict[ActorType, list[str]] = load("act_parties")["actor_types"]
    return tuple(
        (kind, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)"))
        for kind, words in lists.items()
    )
