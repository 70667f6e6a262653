"""Which of the machine's proposals a case keeps: those that a decision is worth most for.

A large case has millions, of which a person reads a few thousand. Beside those worth most there is
kept what shows why entities are one: for each group the strongest proposals that together lead from
each of its members to all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from onrecord.case.who import chance

if TYPE_CHECKING:
    import pyarrow as pa

    from onrecord.resolution.proposals import Scored
    from onrecord.resolution.sets import Floats, Ints

MOST = 50_000
"""So many are kept for what a decision on them is worth; a case of fewer keeps all."""


def kept(pairs: Scored, clusters: pa.Table, weights: Mapping[str, int]) -> Scored:
    """The pairs to keep, in their order; numbers are those of the rows of `clusters`.

    `weights` gives how many claims and acts rest on an entity, by key.
    """
    if len(pairs) <= MOST:
        return pairs
    coded = clusters["canonical"].combine_chunks().dictionary_encode()
    groups = coded.indices.to_numpy()
    left, right = groups[pairs.left], groups[pairs.right]
    resting = _resting(groups, clusters["key"].combine_chunks(), weights)
    affected = resting[left] + np.where(left == right, 0, resting[right])
    hundredths = np.rint(pairs.weight * 100).astype(np.int64)
    value = _doubt(hundredths) * (1 + affected)
    order = np.lexsort((pairs.right, pairs.left, -hundredths, -value))
    wanted = np.zeros(len(pairs), dtype=bool)
    wanted[order[:MOST]] = True
    joined = np.flatnonzero(left == right)
    wanted[joined[_leading(pairs.take(joined), hundredths[joined])]] = True
    return pairs.take(np.flatnonzero(wanted))


def _resting(groups: Ints, keys: pa.Array, weights: Mapping[str, int]) -> Ints:
    """How many claims and acts rest on each group."""
    import pyarrow as pa
    import pyarrow.compute as pc

    rows = pc.index_in(pa.array(list(weights), pa.string()), value_set=keys)
    known = np.flatnonzero(rows.is_valid().to_numpy(zero_copy_only=False))
    amounts = np.fromiter(weights.values(), np.int64, len(weights))[known]
    found: Ints = np.zeros(int(groups.max(initial=-1)) + 1, dtype=np.int64)
    np.add.at(found, groups[rows.drop_null().to_numpy()], amounts)
    return found


def _doubt(hundredths: Ints) -> Floats:
    """What `who.worth` makes of scores, in hundredths of a bit, where nothing rests on a pair."""
    scores, back = np.unique(hundredths, return_inverse=True)
    likely = [chance(score / 100) for score in scores.tolist()]
    found: Floats = np.array([4 * one * (1 - one) for one in likely])[back]
    return found


def _leading(pairs: Scored, hundredths: Ints) -> list[int]:
    """The rows of the strongest pairs that connect all that the pairs connect (Kruskal 1956)."""
    head: dict[int, int] = {}

    def of(key: int) -> int:
        while head.setdefault(key, key) != key:
            head[key] = key = head[head[key]]
        return key

    found = []
    order = np.lexsort((pairs.right, pairs.left, -hundredths))
    ends = zip(pairs.left[order].tolist(), pairs.right[order].tolist(), strict=True)
    for row, (left, right) in zip(order.tolist(), ends, strict=True):
        one, other = of(left), of(right)
        if one != other:
            head[one] = other
            found.append(row)
    return found
