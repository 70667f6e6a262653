"""Pairs compared: the weight of evidence in bits, and the reasons in words.

The weights are those of Fellegi and Sunter (1969), estimated together by logistic regression; a
pair is proposed where they sum to more than the threshold, which is set for precision.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from onrecord.resolution.engine import engine
from onrecord.resolution.evidence import Evidence, Names
from onrecord.resolution.features import FEATURES, Pairs, matrix
from onrecord.resolution.names import compare_many
from onrecord.resolution.profiles import profiles
from onrecord.resolution.sets import Floats, Ints
from onrecord.vocabulary import load

BATCH = 200_000
"""Pairs whose features are held at once."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature of a pair: what it says, its value, and the bits it adds to the weight."""

    name: str
    says: str
    value: float
    adds: float


def likeness(evidence: Evidence, names: Names, left: Ints, right: Ints) -> Floats:
    """How alike the names of pairs of rows are, 0 to 1."""
    return spellings_alike(names, evidence.kind, evidence.best[left], evidence.best[right])


def spellings_alike(names: Names, kind: str, one: Ints, other: Ints) -> Floats:
    """How alike pairs of spellings are, 0 to 1; each pair is compared once."""
    size = len(names.spelled)
    codes, back = np.unique(
        np.minimum(one, other) * size + np.maximum(one, other), return_inverse=True
    )
    left, right = (names.spelled.take(pa.array(at)) for at in (codes // size, codes % size))
    return _compared(left, right, kind)[back]


def _compared(lefts: pa.Array, rights: pa.Array, kind: str) -> Floats:
    daft = engine()

    @daft.func.batch(return_dtype=daft.DataType.float64())  # type: ignore[untyped-decorator]
    def alike(left: Any, right: Any) -> Any:
        return pa.array(compare_many(left.to_pylist(), right.to_pylist(), kind))

    table = pa.table({"at": np.arange(len(lefts)), "left": lefts, "right": rights})
    scored = daft.from_arrow(table).select(
        daft.col("at"), alike(daft.col("left"), daft.col("right")).alias("score")
    )
    found = scored.to_arrow()
    scores = np.empty(len(lefts))
    scores[found["at"].to_numpy()] = found["score"].to_numpy()
    return scores


def weigh(evidence: Evidence, names: Names, left: Ints, right: Ints) -> Floats:
    """The weight of evidence of each pair in bits, above zero where it is to be proposed."""
    start, weights = coefficients(evidence.kind)
    parts = [start + batch @ weights for batch in _matrices(evidence, names, left, right)]
    return np.concatenate(parts) if parts else np.zeros(0)


def contributions(evidence: Evidence, names: Names, left: Ints, right: Ints) -> Floats:
    """What each feature adds to the weight of each pair, shape (pairs, features)."""
    _, weights = coefficients(evidence.kind)
    parts = [batch * weights for batch in _matrices(evidence, names, left, right)]
    return np.concatenate(parts) if parts else np.zeros((0, len(weights)))


def strangers(evidence: Evidence, names: Names, own: Ints, joined: Ints) -> NDArray[np.bool_]:
    """Which rows bear a full name unlike the one that the group `joined` goes by.

    `own` are the smaller groups that rows came with, which stay or go together.
    """
    parts, part = np.unique(own, return_inverse=True)
    groups, group = np.unique(joined, return_inverse=True)
    part, group = part.astype(np.int64), group.astype(np.int64)
    of_part = profiles(evidence, names, part, size=len(parts)).best
    of_group = profiles(evidence, names, group, size=len(groups)).best
    home = np.zeros(len(parts), dtype=np.int64)
    home[part] = group
    mine, theirs = of_part, of_group[home]
    full = (names.full[mine] > 1) & (names.full[theirs] > 1) & (mine != theirs)
    unlike = np.zeros(len(parts), dtype=bool)
    alike = spellings_alike(names, evidence.kind, mine[full], theirs[full])
    unlike[full] = alike < load("resolution")["strangers"]
    return unlike[part]


def _matrices(evidence: Evidence, names: Names, left: Ints, right: Ints) -> Iterator[Floats]:
    alike = likeness(evidence, names, left, right)
    for start in range(0, len(left), BATCH):
        part = slice(start, start + BATCH)
        yield matrix(Pairs(evidence, names, left[part], right[part], alike[part]))


def coefficients(kind: str) -> tuple[float, Floats]:
    """The start of the sum, the threshold taken off, and the bits for one unit of each feature."""
    table = load("resolution")["weights"][kind]
    weights = np.array([table[f.__name__] for f in FEATURES[kind]], dtype=np.float64)
    return table["start"] - load("resolution")["thresholds"][kind], weights


def reasons(evidence: Evidence, names: Names, left: int, right: int) -> tuple[Reason, ...]:
    """The features of one pair that count, the weightiest first."""
    one, other = np.array([left]), np.array([right])
    pairs = Pairs(evidence, names, one, other, likeness(evidence, names, one, other))
    values, (_, weights) = matrix(pairs)[0], coefficients(evidence.kind)
    found = [
        Reason(f.__name__, f.__doc__ or "", float(value), float(value * weight))
        for f, value, weight in zip(FEATURES[evidence.kind], values, weights, strict=True)
        if value * weight
    ]
    return tuple(sorted(found, key=lambda reason: (-abs(reason.adds), reason.name)))
