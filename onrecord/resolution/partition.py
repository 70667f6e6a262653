"""Which things belong together, given weighted links between some of them.

Groups are joined in falling order of the average link between them, as long as that is above zero
(average linkage: Sokal and Michener 1958). Pairs nobody scored count against a join, so two groups
never become one across a single bridge. A link of minus infinity forbids a join for good.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import inf

WeightedLink = tuple[int, int, float]
FORBIDDEN = -inf
"""The weight of a link that no chain may cross."""
ABSENT = -1.0
"""The weight, in bits, of a pair that nobody scored, once groups are compared."""


def partition(
    size: int, links: Iterable[WeightedLink], *, together: Iterable[tuple[int, int]] = ()
) -> list[int]:
    """The group of each of `size` things, named by its smallest member.

    `links` are (one, other, weight): above zero for a join, below against it. `together` are joined
    first, whatever the links. The answer does not depend on the order of `links`.
    """
    group = Groups(size)
    for one, other in together:
        group.join(one, other)
    summed: dict[tuple[int, int], list[float]] = defaultdict(list)
    for one, other, weight in links:
        roots = sorted((group.of(one), group.of(other)))
        if roots[0] != roots[1]:
            summed[roots[0], roots[1]].append(weight)
    for island in _islands(size, summed):
        _Island(group, island).settle()
    return [group.of(thing) for thing in range(size)]


class Groups:
    """Disjoint sets of whole numbers (union-find); a set is named by its smallest member."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._sizes = [1] * size

    def of(self, thing: int) -> int:
        """The name of the group of a thing."""
        parent = self._parent
        while parent[thing] != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return thing

    def size(self, thing: int) -> int:
        """How many are in the group of a thing."""
        return self._sizes[self.of(thing)]

    def join(self, one: int, other: int) -> int:
        """Make one group of two; returns its name."""
        kept, gone = sorted((self.of(one), self.of(other)))
        if kept != gone:
            self._parent[gone] = kept
            self._sizes[kept] += self._sizes[gone]
        return kept


_Edges = dict[tuple[int, int], list[float]]


def _islands(size: int, summed: _Edges) -> Iterator[_Edges]:
    """The links of each set of things that links above zero connect, set by set."""
    shore = Groups(size)
    for (one, other), weights in summed.items():
        if sum(weights) > 0:
            shore.join(one, other)
    found: dict[int, _Edges] = defaultdict(dict)
    for pair in sorted(summed):
        if shore.of(pair[0]) == shore.of(pair[1]):
            found[shore.of(pair[0])][pair] = summed[pair]
    yield from found.values()


@dataclass(slots=True)
class _Link:
    """The scored pairs between two groups: the sum of their weights and how many they are."""

    total: float = 0.0
    pairs: int = 0


@dataclass(slots=True)
class _Island:
    """One connected set of things while its groups are being joined."""

    group: Groups
    edges: _Edges
    near: dict[int, dict[int, _Link]] = field(default_factory=lambda: defaultdict(dict))
    heap: list[tuple[float, int, int]] = field(default_factory=list)

    def settle(self) -> None:
        for (one, other), weights in self.edges.items():
            self.near[one][other] = self.near[other][one] = _Link(
                sum(sorted(weights)), len(weights)
            )
            self._offer(one, other)
        while self.heap:
            stated, one, other = heapq.heappop(self.heap)
            if other not in self.near.get(one, ()):
                continue
            average = self._average(one, other)
            if average > 0 and average == -stated:
                self._join(one, other)
            elif average > 0:
                heapq.heappush(self.heap, (-average, one, other))

    def _average(self, one: int, other: int) -> float:
        """The mean weight over all pairs between two groups; sizes only grow, so it only falls."""
        link = self.near[one][other]
        pairs = max(self.group.size(one) * self.group.size(other), link.pairs)
        return (link.total + ABSENT * (pairs - link.pairs)) / pairs

    def _offer(self, one: int, other: int) -> None:
        average = self._average(one, other)
        if average > 0:
            heapq.heappush(self.heap, (-average, min(one, other), max(one, other)))

    def _join(self, one: int, other: int) -> None:
        kept = self.group.join(one, other)
        gone = other if kept == one else one
        del self.near[kept][gone]
        for neighbour, link in sorted(self.near.pop(gone).items()):
            if neighbour == kept:
                continue
            del self.near[neighbour][gone]
            known = self.near[kept].get(neighbour) or _Link()
            merged = _Link(known.total + link.total, known.pairs + link.pairs)
            self.near[kept][neighbour] = self.near[neighbour][kept] = merged
            self._offer(kept, neighbour)
