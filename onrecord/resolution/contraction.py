"""Groups from pairs: greedy additive edge contraction (Keuper et al. 2015, arXiv:1505.06973).

Each pair carries the log-odds that its two members belong together. The pair of groups with the
highest sum is joined, its sums to other groups are added, and so on while a sum is above zero. So
one strong pair does not bring together two groups between which there is much evidence against.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from onrecord.resolution.partition import connected
from onrecord.resolution.sets import Floats, Ints


def contracted(size: int, left: Ints, right: Ints, odds: Floats) -> Ints:
    """As `contract`, for pairs as arrays: of a whole case, one set of connected members at a time.

    What no pair above zero connects is never joined, so that no more is held than one set's pairs.
    """
    likely = odds > 0
    shore = connected(size, left[likely], right[likely])
    inside = shore[left] == shore[right]
    left, right, odds = left[inside], right[inside], odds[inside]
    members = np.argsort(shore, kind="stable")
    starts = np.searchsorted(shore[members], np.arange(size + 1))
    local = np.empty(size, dtype=np.int64)
    local[members] = np.arange(size) - starts[shore[members]]
    order = np.argsort(shore[left], kind="stable")
    left, right, odds = left[order], right[order], odds[order]
    of = shore[left]
    group = np.arange(size, dtype=np.int64)
    for start, end in pairwise([*np.flatnonzero(np.diff(of, prepend=-1)).tolist(), len(of)]):
        mine = members[starts[of[start]] : starts[of[start] + 1]]
        columns = (local[left[start:end]], local[right[start:end]], odds[start:end])
        pairs = zip(*(column.tolist() for column in columns), strict=True)
        group[mine] = mine[contract(len(mine), pairs)]
    return group


def contract(size: int, pairs: Iterable[tuple[int, int, float]]) -> list[int]:
    """For each of `size` members, the smallest member of its group.

    `pairs` are (member, other member, log-odds), in any order; a pair given twice adds up.
    """
    sums: list[dict[int, float]] = [defaultdict(float) for _ in range(size)]
    for one, other, odds in sorted(pairs):
        sums[one][other] += odds
        sums[other][one] += odds
    group = list(range(size))
    waiting = [
        (-odds, one, other)
        for one in range(size)
        for other, odds in sums[one].items()
        if one < other and odds > 0
    ]
    heapq.heapify(waiting)
    while waiting:
        odds, one, other = heapq.heappop(waiting)
        if group[one] != one or group[other] != other or sums[one].get(other) != -odds:
            continue
        _join(one, other, sums, group)
        for third, total in sums[one].items():
            if total > 0:
                heapq.heappush(waiting, (-total, min(one, third), max(one, third)))
    return [_root(group, member) for member in range(size)]


def _join(one: int, other: int, sums: list[dict[int, float]], group: list[int]) -> None:
    """Put `other` into `one`, the smaller: the sums of both become the sums of `one`."""
    group[other] = one
    del sums[one][other]
    for third, odds in sums[other].items():
        if third != one:
            sums[one][third] += odds
            sums[third][one] = sums[one][third]
            del sums[third][other]
    sums[other] = {}


def _root(group: list[int], member: int) -> int:
    while group[member] != member:
        group[member] = group[group[member]]
        member = group[member]
    return member
