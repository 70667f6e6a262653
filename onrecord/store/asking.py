"""A query's words, each widened to the words of the case that may be meant by it."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from sqlalchemy import Connection, func, select

from onrecord.store.spelling import going_on_from, spelled_like
from onrecord.store.tables import PARAGRAPHS, WORDS
from onrecord.store.words import words

WIDEST = 40
"""Other words that one word of a query is widened to, likest first."""

BEGUN = 0.9
"""How alike a longer word is to the beginning of it that was typed."""

MOST_WORDS = 12
"""Words of a query that are looked for: the rarest ones."""

Wanted = Sequence[str]
"""Words of which a passage shall hold one."""
Meant = Callable[[str], Mapping[str, float]]
"""Gives the words of a case that may be another spelling of one, each with how alike it is."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was asked for. `steps` are the words that may be meant, those equally alike
    together, the likest first; each with its likeness.

    `rarity` is 1 and more: the logarithm of how many paragraphs there are for one with the likest.
    """

    rarity: float
    steps: tuple[tuple[float, tuple[str, ...]], ...]

    def worth(self, step: int) -> float:
        """What a passage gains that holds a word of a step; nothing behind the last one."""
        return self.steps[step][0] ** 2 * self.rarity if step < len(self.steps) else 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """The words that were asked for, as the case has them.

    `complete`: it has them all, in one spelling or another.
    """

    words: tuple[Word, ...]
    complete: bool
    _likeness: Mapping[str, Mapping[int, float]]

    def likeness(self, word: str) -> Mapping[int, float]:
        """How alike a word of a passage is to which words asked for, by their number."""
        return self._likeness.get(word, {})

    def among(self, words: Sequence[str]) -> list[tuple[int, Mapping[int, float]]]:
        """Those of some words that are like any asked for: their places, with the `likeness`."""
        known = self._likeness
        return [(place, known[word]) for place, word in enumerate(words) if word in known]

    @property
    def spelled(self) -> tuple[str, ...]:
        """Every word of the case that may be meant."""
        return tuple(self._likeness)

    def all_of(self) -> list[Wanted]:
        """Each word asked for, in any spelling."""
        return [[word for _, each in asked.steps for word in each] for asked in self.words]

    def combinations(self) -> Iterator[Sequence[Wanted]]:
        """What passages with all of the words may hold, in falling order of what it is worth."""
        return _in_order(
            [
                [(word.worth(at), each) for at, (_, each) in enumerate(word.steps)]
                for word in self.words
            ]
        )

    def parts(self) -> Iterator[Sequence[Wanted]]:
        """Some of the words, in any spelling, in falling order of what they are worth."""
        spelled = zip(self.words, self.all_of(), strict=True)
        return _in_order([[(word.worth(0), each), (0.0, ())] for word, each in spelled])

    def alone(self) -> list[Sequence[Wanted]]:
        """Each of the words alone, in any spelling, the rarest first."""
        rarest = sorted(range(len(self.words)), key=lambda n: (-self.words[n].rarity, n))
        return [[self.all_of()[number]] for number in rarest]


def _in_order(choices: Sequence[Sequence[tuple[float, Wanted]]]) -> Iterator[Sequence[Wanted]]:
    """One out of each list of choices (what it is worth, in falling order), the most worth first.

    Choices of nothing are left out.
    """
    first = (0,) * len(choices)
    waiting, known = [(0.0, first)], {first}
    while waiting:
        _, taken = heapq.heappop(waiting)
        chosen = [each[at][1] for each, at in zip(choices, taken, strict=True) if each[at][1]]
        if chosen:
            yield chosen
        for number, each in enumerate(choices):
            further = (*taken[:number], taken[number] + 1, *taken[number + 1 :])
            if further[number] < len(each) and further not in known:
                known.add(further)
                worth = sum(some[at][0] for some, at in zip(choices, further, strict=True))
                heapq.heappush(waiting, (-worth, further))


def spellings(connection: Connection) -> Meant:
    """The other spellings of words, each looked up once."""
    return cache(partial(spelled_like, connection))


def widened(
    connection: Connection, query: str, *, typing: bool = False, meant: Meant | None = None
) -> Asked | None:
    """What a query asks for; None where the case has nothing like any word of it.

    With `typing`, the last word may be the beginning of a longer one. `meant` gives the other
    spellings of a word where they were looked up before.
    """
    like = meant or spellings(connection)
    said = list(words(query))
    asked = list(dict.fromkeys(word for word, _ in said))
    begun = said[-1][0] if typing and said and said[-1][1][1] == len(query) else None
    found = [_meant(connection, word, like(word), begun=word == begun) for word in asked]
    known = [each for each in found if each]
    if not known:
        return None
    rarity = _rarity(connection, [next(iter(each)) for each in known])
    made = [Word(rarity[next(iter(each))], _steps(each)) for each in known]
    if len(made) > MOST_WORDS:
        rarest = set(sorted(range(len(made)), key=lambda n: (-made[n].rarity, n))[:MOST_WORDS])
        made = [word for number, word in enumerate(made) if number in rarest]
    likeness: dict[str, dict[int, float]] = {}
    for number, word in enumerate(made):
        for alike, spelled in word.steps:
            for each in spelled:
                likeness.setdefault(each, {})[number] = alike
    return Asked(tuple(made), len(known) == len(asked), likeness)


def _meant(
    connection: Connection, asked: str, like: Mapping[str, float], *, begun: bool
) -> dict[str, float]:
    """The words that may be meant by `asked`, each with how alike it is, likest first."""
    found = dict(like)
    if begun:
        longer = going_on_from(connection, asked, WIDEST)
        found |= {word: max(BEGUN, found.get(word, 0.0)) for word in longer}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:WIDEST])


def _steps(meant: Mapping[str, float]) -> tuple[tuple[float, tuple[str, ...]], ...]:
    steps: dict[float, list[str]] = {}
    for word, alike in meant.items():
        steps.setdefault(alike, []).append(word)
    return tuple((alike, tuple(spelled)) for alike, spelled in steps.items())


def _rarity(connection: Connection, wanted: Sequence[str]) -> dict[str, float]:
    total = connection.execute(select(func.coalesce(func.max(PARAGRAPHS.c.id), 1))).scalar_one()
    counts = connection.execute(
        select(WORDS.c.word, WORDS.c.paragraphs).where(WORDS.c.word.in_(wanted))
    )
    return {row.word: 1 + math.log(max(1.0, total / row.paragraphs)) for row in counts}
