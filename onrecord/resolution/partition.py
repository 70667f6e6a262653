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
from itertools import pairwise
from math import inf

import numpy as np

from onrecord.resolution.sets import Floats, Ints, Sets

FORBIDDEN = -inf
"""The weight of a link that no chain may cross."""
ABSENT = -1.0
"""The weight, in bits, of a pair that nobody scored, once groups are compared."""


@dataclass(frozen=True)
class Links:
    """Scored pairs of things: above zero for a join, below against it."""

    left: Ints
    right: Ints
    weight: Floats

    @classmethod
    def of(cls, pairs: Iterable[tuple[int, int, float]]) -> Links:
        """The links that rows of (one, other, weight) give."""
        rows = list(pairs)
        return cls(
            np.array([row[0] for row in rows], dtype=np.int64),
            np.array([row[1] for row in rows], dtype=np.int64),
            np.array([row[2] for row in rows], dtype=np.float64),
        )

    def __add__(self, other: Links) -> Links:
        return Links(
            np.concatenate([self.left, other.left]),
            np.concatenate([self.right, other.right]),
            np.concatenate([self.weight, other.weight]),
        )


def partition(
    size: int,
    links: Links,
    *,
    together: Iterable[tuple[int, int]] = (),
    once: Sets | None = None,
) -> Ints:
    """The group of each of `size` things, named by its smallest member, shape (size,).

    `together` are joined first, whatever the links. Things that share a value of `once` (a document
    that names both) are never joined by links. The answer does not depend on the order of `links`.
    """
    group = Groups(size)
    for one, other in together:
        group.join(one, other)
    for island in _islands(group.named(), links):
        _Island(group, island, once).settle()
    return group.named()


class Groups:
    """Disjoint sets of whole numbers (union-find); a set is named by its smallest member."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._members: dict[int, list[int]] = {}

    def of(self, thing: int) -> int:
        """The name of the group of a thing."""
        parent = self._parent
        while parent[thing] != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return thing

    def members(self, name: int) -> list[int]:
        """The things of the group that has this name."""
        return self._members.get(name, [name])

    def join(self, one: int, other: int) -> int:
        """Make one group of two; returns its name."""
        one, other = self.of(one), self.of(other)
        kept, gone = (one, other) if one < other else (other, one)
        if kept != gone:
            self._parent[gone] = kept
            joined = sorted((self._members.pop(name, [name]) for name in (kept, gone)), key=len)
            joined[1].extend(joined[0])
            self._members[kept] = joined[1]
        return kept

    def named(self) -> Ints:
        """The name of the group of each thing, shape (things,)."""
        return np.fromiter(map(self.of, range(len(self._parent))), np.int64, len(self._parent))


_Edges = list[tuple[int, int, float, int]]
"""Of two groups: their names, the sum of the weights between them, and of how many pairs."""


def _islands(group: Ints, links: Links) -> Iterator[_Edges]:
    """The links of each set of things that links above zero connect, set by set."""
    size = len(group)
    one, other = group[links.left], group[links.right]
    kept = one != other
    codes = np.minimum(one, other)[kept] * size + np.maximum(one, other)[kept]
    weights = links.weight[kept]
    order = np.lexsort((weights, codes))
    codes, starts, pairs = np.unique(codes[order], return_index=True, return_counts=True)
    sums = np.add.reduceat(weights[order], starts) if len(codes) else weights
    left, right = codes // max(size, 1), codes % max(size, 1)
    shore = connected(size, left[sums > 0], right[sums > 0])
    inside = shore[left] == shore[right]
    by_island = np.argsort(shore[left[inside]], kind="stable")
    columns = [column[inside][by_island] for column in (left, right, sums, pairs)]
    bounds = np.flatnonzero(np.diff(shore[columns[0]], prepend=-1)).tolist()
    for start, end in pairwise([*bounds, len(columns[0])]):
        yield list(zip(*(column[start:end].tolist() for column in columns), strict=True))


def connected(size: int, left: Ints, right: Ints) -> Ints:
    """The smallest thing that each thing is connected with, by hooking and shortcutting."""
    label = np.arange(size, dtype=np.int64)
    while True:
        low = np.minimum(label[left], label[right])
        before = label.copy()
        np.minimum.at(label, label[left], low)
        np.minimum.at(label, label[right], low)
        while not np.array_equal(label, label[label]):
            label = label[label]
        if np.array_equal(before, label):
            return label


@dataclass(slots=True)
class _Island:
    """One connected set of things while its groups are being joined."""

    group: Groups
    edges: _Edges
    once: Sets | None
    near: dict[int, dict[int, tuple[float, int]]] = field(default_factory=dict)
    heap: list[tuple[float, int, int]] = field(default_factory=list)
    held: dict[int, set[int]] = field(default_factory=dict)

    def settle(self) -> None:
        near: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
        for one, other, total, pairs in self.edges:
            near[one][other] = near[other][one] = (total, pairs)
        self.near = near
        for one, other, _, _ in self.edges:
            self._offer(one, other)
        while self.heap:
            stated, one, other = heapq.heappop(self.heap)
            if other not in near.get(one, ()):
                continue
            average = self._average(one, other)
            if average <= 0:
                continue
            if average == -stated:
                self._join(one, other)
            else:
                heapq.heappush(self.heap, (-average, one, other))

    def _average(self, one: int, other: int) -> float:
        """The mean weight over all pairs between two groups; as they grow it only falls."""
        total, pairs = self.near[one][other]
        possible = max(len(self.group.members(one)) * len(self.group.members(other)), pairs)
        return (total + ABSENT * (possible - pairs)) / possible

    def _offer(self, one: int, other: int) -> None:
        average = self._average(one, other)
        if average > 0:
            heapq.heappush(self.heap, (-average, min(one, other), max(one, other)))

    def _join(self, one: int, other: int) -> None:
        if self.once is not None and not self._values(one).isdisjoint(self._values(other)):
            self.near[one][other] = self.near[other][one] = (FORBIDDEN, 1)
            return
        kept, gone = min(one, other), max(one, other)
        self.group.join(kept, gone)
        if self.once is not None:
            values = sorted((self.held.pop(one), self.held.pop(other)), key=len)
            values[1] |= values[0]
            self.held[kept] = values[1]
        del self.near[kept][gone]
        for neighbour, (total, pairs) in self.near.pop(gone).items():
            if neighbour == kept:
                continue
            del self.near[neighbour][gone]
            known, known_pairs = self.near[kept].get(neighbour, (0.0, 0))
            merged = (known + total, known_pairs + pairs)
            self.near[kept][neighbour] = self.near[neighbour][kept] = merged
            if merged[0] > 0:
                self._offer(kept, neighbour)

    def _values(self, name: int) -> set[int]:
        """What the members of a group hold of which there may be one only."""
        if name not in self.held and self.once is not None:
            members = np.array(self.group.members(name), dtype=np.int64)
            self.held[name] = set(self.once.take(members)[1].tolist())
        return self.held[name]
