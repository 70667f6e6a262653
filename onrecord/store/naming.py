"""Groups by the words of their names, while a name is being typed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Connection, select

from onrecord.store.asking import BEGUN
from onrecord.store.columns import Numbers
from onrecord.store.listing import Named
from onrecord.store.spelling import SHORTEST_BEGINNING, spelled_like
from onrecord.store.tables import GROUP_NAMES, GROUPS
from onrecord.store.words import words

_AT_ONCE = 50_000
_MOST_BEGUN = 400
"""Words of names that the beginning of one is widened to, in the order of the alphabet."""


@dataclass(frozen=True, slots=True)
class Names:
    """The groups of a case in the order of lists, and the words of their names.

    The word at a place of `words` stands in the names of the groups at `groups` from `begins` at
    that place to `begins` at the next one.
    """

    canonical: tuple[str, ...]
    types: tuple[str, ...]
    words: tuple[str, ...]
    begins: Numbers
    groups: Numbers

    def answering(self, connection: Connection, query: str, *, typing: bool) -> list[int]:
        """Groups, by place, whose names hold every word of a query, the likest first."""
        said = list(words(query))
        if not said:
            return []
        worth: dict[int, float] = {}
        for place, word in enumerate(dict.fromkeys(word for word, _ in said)):
            begun = typing and word == said[-1][0] and said[-1][1][1] == len(query)
            found = self._holding(connection, word, begun=begun)
            worth = {
                group: alike + worth.get(group, 0.0)
                for group, alike in found.items()
                if not place or group in worth
            }
        return sorted(worth, key=lambda group: (-round(worth[group], 6), group))

    def _holding(self, connection: Connection, asked: str, *, begun: bool) -> dict[int, float]:
        meant = spelled_like(connection, asked)
        if begun and len(asked) >= SHORTEST_BEGINNING:
            first = bisect_left(self.words, asked)
            for word in self.words[first : first + _MOST_BEGUN]:
                if not word.startswith(asked):
                    break
                meant[word] = max(BEGUN, meant.get(word, 0.0))
        held: dict[int, float] = {}
        for word, alike in sorted(meant.items(), key=lambda pair: pair[1]):
            held |= dict.fromkeys(self._of(word), alike)
        return held

    def _of(self, word: str) -> list[int]:
        place = bisect_left(self.words, word)
        if place == len(self.words) or self.words[place] != word:
            return []
        found: list[int] = self.groups[self.begins[place] : self.begins[place + 1]].tolist()
        return found


def called(connection: Connection, canonical: Sequence[str]) -> list[Named]:
    """Some groups, in the order given."""
    names = ("canonical", "type", "name", "documents")
    query = select(*(GROUPS.c[name] for name in names)).where(GROUPS.c.canonical.in_(canonical))
    found = {row.canonical: Named(*row) for row in connection.execute(query)}
    return [found[each] for each in canonical if each in found]


def load(connection: Connection) -> Names:
    """The names of a case as it was last worked out."""
    ordered = select(GROUPS.c.canonical, GROUPS.c.type).order_by(GROUPS.c.rank, GROUPS.c.canonical)
    groups = connection.execute(ordered).all()
    places = {row.canonical: place for place, row in enumerate(groups)}
    known: dict[str, int] = {}
    codes: list[int] = []
    held: list[int] = []
    query = select(GROUP_NAMES.c.canonical, GROUP_NAMES.c.folded)
    with connection.execute(query, execution_options={"yield_per": _AT_ONCE}) as found:
        for canonical, folded in found:
            for word in folded.split():
                codes.append(known.setdefault(word, len(known)))
                held.append(places[canonical])
    return _sorted(groups, list(known), codes, held)


def _sorted(
    groups: Sequence[Any], known: Sequence[str], codes: Sequence[int], held: Sequence[int]
) -> Names:
    order = sorted(range(len(known)), key=known.__getitem__)
    rank = np.empty(len(known), dtype=np.int64)
    rank[order] = np.arange(len(known))
    wide = max(1, len(groups))
    pairs = np.unique(rank[np.array(codes, dtype=np.int64)] * wide + np.array(held, dtype=np.int64))
    begins = np.searchsorted(pairs // wide, np.arange(len(known) + 1))
    return Names(
        canonical=tuple(row.canonical for row in groups),
        types=tuple(row.type for row in groups),
        words=tuple(known[at] for at in order),
        begins=begins,
        groups=(pairs % wide).astype(np.int32),
    )
