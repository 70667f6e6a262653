"""Groups from pairs: greedy additive edge contraction (Keuper et al. 2015, arXiv:1505.06973).

Each pair carries the log-odds that its two members belong together. The pair of groups with the
highest sum is joined, its sums to other groups are added, and so on while a sum is above zero. So
one strong pair does not bring together two groups between which there is much evidence against.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable


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
