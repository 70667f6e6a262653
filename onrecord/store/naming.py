"""Groups by the words of their names, while a name is being typed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, select

from onrecord.store.arrays import Arrays, Coder, Numbers, Texts, begins_of
from onrecord.store.asking import BEGUN, Meant
from onrecord.store.listing import Named
from onrecord.store.spelling import SHORTEST_BEGINNING
from onrecord.store.tables import GROUP_NAMES, GROUPS
from onrecord.store.words import words

_AT_ONCE = 50_000
_MOST_BEGUN = 400
"""Words of names that the beginning of one is widened to, in the order of the alphabet."""


@dataclass(frozen=True, slots=True)
class Names:
    """The groups of a case in the order of lists, and the words of their names.

    `listed` are the places of groups in `people`, their ids in order. The word at a place of
    `words` stands in the names of the groups at `groups` (as they are listed) from `begins` at that
    place to `begins` at the next one.
    """

    people: Texts
    listed: Numbers
    words: Texts
    begins: Numbers
    groups: Numbers

    @classmethod
    def of(cls, made: Arrays, people: Texts) -> Names:
        """Of what `arrays` made."""
        told = (made[name] for name in ("listed", "words.at", "words.groups"))
        listed, begins, groups = told
        return cls(people, listed, Texts.within(made, "words"), begins, groups)

    def canonical(self, place: int) -> str:
        """The id of the group at a place in lists."""
        return self.people[int(self.listed[place])]

    def answering(self, query: str, meant: Meant, *, typing: bool) -> Numbers:
        """Groups, by place, whose names hold every word of a query, the likest first.

        `meant` gives the other spellings of a word.
        """
        said = list(words(query))
        worth = np.zeros(len(self.listed), dtype=np.float64)
        inside = np.full(len(self.listed), bool(said))
        for word in dict.fromkeys(word for word, _ in said):
            begun = typing and word == said[-1][0] and said[-1][1][1] == len(query)
            alike = self._holding(word, meant, begun=begun)
            inside &= alike > 0
            worth += alike
        found = np.flatnonzero(inside)
        told: Numbers = found[np.argsort(-worth[found].round(6), kind="stable")]
        return told

    def _holding(self, asked: str, meant: Meant, *, begun: bool) -> Numbers:
        """How alike the likest word of each group's names is; 0 where none is."""
        told = np.zeros(len(self.listed), dtype=np.float64)
        spelled = sorted(meant(asked).items(), key=lambda pair: pair[1])
        for word, alike in spelled:
            told[self._of(word)] = alike
        if begun and len(asked) >= SHORTEST_BEGINNING:
            first = bisect_left(self.words, asked)
            last = bisect_left(self.words, asked + chr(0x10FFFF), first, len(self.words))
            last = min(last, first + _MOST_BEGUN)
            longer = self.groups[self.begins[first] : self.begins[last]]
            told[longer] = np.maximum(told[longer], BEGUN)
        return told

    def _of(self, word: str) -> Numbers:
        place = self.words.place(word)
        if place < 0:
            return self.groups[:0]
        return self.groups[self.begins[place] : self.begins[place + 1]]


def called(connection: Connection, canonical: Sequence[str]) -> list[Named]:
    """Some groups, in the order given."""
    if not canonical:
        return []
    names = ("canonical", "type", "name", "documents")
    query = select(*(GROUPS.c[name] for name in names)).where(GROUPS.c.canonical.in_(canonical))
    found = {row.canonical: Named(*row) for row in connection.execute(query)}
    return [found[each] for each in canonical if each in found]


def listed(connection: Connection) -> list[str]:
    """The ids of all groups, as they are listed."""
    query = select(GROUPS.c.canonical).order_by(GROUPS.c.rank, GROUPS.c.canonical)
    return list(connection.execute(query).scalars())


def arrays(connection: Connection, groups: Sequence[str], codes: Numbers) -> dict[str, Numbers]:
    """What `Names` are made of, for groups as they are listed with their places among all ids."""
    places = {canonical: place for place, canonical in enumerate(groups)}
    coder, given, held = Coder(), list[int](), list[int]()
    query = select(GROUP_NAMES.c.canonical, GROUP_NAMES.c.folded)
    with connection.execute(query, execution_options={"yield_per": _AT_ONCE}) as found:
        for canonical, folded in found:
            for word in folded.split():
                given.append(coder.of(word))
                held.append(places[canonical])
    texts, ordered = coder.ordered()
    wide = max(1, len(groups))
    words_of = ordered[np.array(given, dtype=np.int64)].astype(np.int64)
    pairs = np.unique(words_of * wide + np.array(held, dtype=np.int64))
    return texts.arrays("words") | {
        "listed": codes.astype(np.int32),
        "words.at": begins_of(pairs // wide, len(texts)),
        "words.groups": (pairs % wide).astype(np.int32),
    }
