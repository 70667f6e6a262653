"""Of many proposals those worth most are kept, and for each join what shows why."""

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from onrecord.case import kept_proposals
from onrecord.case.kept_proposals import kept
from onrecord.case.who import worth
from onrecord.resolution.proposals import Scored

KEYS = [f"doc|e{number}" for number in range(12)]
PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda p: p[0] < p[1]),
    st.integers(-399, 2500).map(lambda hundredths: hundredths / 100),
    max_size=40,
)


def scored(pairs):
    rows = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    left, right = (np.array([ends[at] for ends, _ in rows], dtype=np.int64) for at in (0, 1))
    numbers = np.arange(len(rows))
    return Scored(left, right, np.array([w for _, w in rows]), numbers * 0, numbers)


def connected(pairs):
    """The set of keys that each key hangs together with, by going from neighbour to neighbour."""
    near = {key: {key} for key in range(12)}
    for left, right in pairs:
        near[left].add(right)
        near[right].add(left)
    for _ in range(12):
        near = {
            key: set().union(*(near[other] for other in others)) for key, others in near.items()
        }
    return near


@given(PAIRS, st.lists(st.integers(0, 3), min_size=12, max_size=12), st.integers(0, 40))
def test_what_is_worth_most_is_kept_and_what_shows_each_join(pairs, groups, most):
    clusters = pa.table({"key": KEYS, "canonical": [f"cluster:{group}" for group in groups]})
    weights = {KEYS[number]: number for number in range(0, 12, 2)} | {"gone|e1": 7}
    had, kept_proposals.MOST = kept_proposals.MOST, most
    try:
        found = kept(scored(pairs), clusters, weights)
    finally:
        kept_proposals.MOST = had
    ends = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    every = scored(pairs)
    assert ends == [
        e for e in zip(every.left.tolist(), every.right.tolist(), strict=True) if e in ends
    ]

    resting = [sum(weights.get(KEYS[n], 0) for n in range(12) if groups[n] == g) for g in range(4)]

    def value(pair):
        affected = sum(resting[group] for group in {groups[pair[0]], groups[pair[1]]})
        return worth(pairs[pair], affected)

    if len(pairs) > most:
        dropped = [value(pair) for pair in pairs if pair not in ends]
        best = sorted(map(value, pairs), reverse=True)[:most]
        assert max(dropped, default=0) <= min(best, default=0) or not most
    else:
        assert len(ends) == len(pairs)
    joined = [pair for pair in pairs if groups[pair[0]] == groups[pair[1]]]
    assert connected(joined) == connected([pair for pair in ends if pair in joined])
