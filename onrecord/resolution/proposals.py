"""The pairs that a person may want to look at, with their reasons in words."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from onrecord.resolution.compare import contributions
from onrecord.resolution.features import FEATURES
from onrecord.resolution.rounds import Compared, Kind, Round
from onrecord.resolution.sets import Floats, Ints
from onrecord.vocabulary import load

PROPOSALS = pa.schema(
    {"left": pa.string(), "right": pa.string(), "score": pa.float64()}
    | {"reasons": pa.list_(pa.string())}
)


def proposals_of(keys: pa.Array, kinds: tuple[Kind, ...], rounds: tuple[Round, ...]) -> pa.Table:
    """The pairs of all rounds that weigh enough, each once, the last round's word on it."""
    tables = [_listed(keys, part) for compared in reversed(rounds) for part in compared]
    table = pa.concat_tables([PROPOSALS.empty_table(), *tables])
    left, right = (table[name].combine_chunks().dictionary_encode() for name in ("left", "right"))
    del kinds
    codes = (
        left.indices.to_numpy().astype(np.int64) * len(right.dictionary) + right.indices.to_numpy()
    )
    _, first = np.unique(codes, return_index=True)
    order = [("score", "descending"), ("left", "ascending"), ("right", "ascending")]
    return table.take(pa.array(first)).sort_by(order)


def _listed(keys: pa.Array, part: Compared) -> pa.Table:
    least = load("resolution")["review"]["least"]
    kept = np.flatnonzero(part.links.weight > least)
    left, right = part.links.left[kept], part.links.right[kept]
    one, other = part.stands_for[left], part.stands_for[right]
    columns = {
        "left": keys.take(pa.array(np.minimum(one, other))),
        "right": keys.take(pa.array(np.maximum(one, other))),
        "score": part.links.weight[kept],
        "reasons": _reasons(part, left, right),
    }
    return pa.table(columns, schema=PROPOSALS)


def _reasons(part: Compared, left: Ints, right: Ints) -> pa.Array:
    """The weightiest reasons of each pair, as the features say them."""
    most = load("resolution")["review"]["reasons"]
    says = [feature.__doc__ or "" for feature in FEATURES[part.profiles.kind]]
    adds: Floats = contributions(part.profiles, part.kind.names, left, right)
    order = np.argsort(-np.abs(adds), axis=1, kind="stable")[:, :most]
    counts = np.take_along_axis(adds, order, axis=1) != 0
    offsets = np.concatenate([[0], np.cumsum(counts.sum(axis=1))]).astype(np.int32)
    values = pa.array(says, pa.string()).take(pa.array(order[counts]))
    return pa.ListArray.from_arrays(pa.array(offsets), values)
