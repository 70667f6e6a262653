"""The pairs that a person may want to look at, with their reasons in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from onrecord.resolution.compare import BATCH, contributions
from onrecord.resolution.features import FEATURES
from onrecord.resolution.rounds import Compared, Round
from onrecord.resolution.sets import Floats, Ints
from onrecord.vocabulary import load

PROPOSALS = pa.schema(
    {"left": pa.string(), "right": pa.string(), "score": pa.float64()}
    | {"reasons": pa.list_(pa.string())}
)


@dataclass(frozen=True)
class Scored:
    """Pairs that weigh enough, each once, the heaviest first: numbers of their keys and the weight.

    A pair is pair `at` of what was compared in the `part`, counted from the last round back.
    """

    left: Ints
    right: Ints
    weight: Floats
    part: Ints
    at: Ints

    def __len__(self) -> int:
        return len(self.left)

    def take(self, rows: Ints) -> Scored:
        """Some of the pairs, in the order of `rows`."""
        ends = (self.left[rows], self.right[rows])
        return Scored(*ends, self.weight[rows], self.part[rows], self.at[rows])


def scored(rounds: tuple[Round, ...]) -> Scored:
    """The pairs of all rounds that weigh enough, the last round's word on each."""
    least = load("resolution")["review"]["least"]
    found = [_empty()]
    for number, part in enumerate(_parts(rounds)):
        at = np.flatnonzero(part.links.weight > least)
        one, other = (part.stands_for[side[at]] for side in (part.links.left, part.links.right))
        left, right = np.minimum(one, other), np.maximum(one, other)
        found.append(Scored(left, right, part.links.weight[at], np.full(len(at), number), at))
    names = ("left", "right", "weight", "part", "at")
    every = Scored(*(np.concatenate([getattr(some, name) for some in found]) for name in names))
    size = int(every.right.max(initial=0)) + 1
    _, first = np.unique(every.left * size + every.right, return_index=True)
    once = every.take(first)
    return once.take(np.lexsort((once.right, once.left, -once.weight)))


def listed(keys: pa.Array, rounds: tuple[Round, ...], pairs: Scored) -> pa.Table:
    """A row (left, right, score, reasons) for each pair, in their order."""
    parts = _parts(rounds)
    reasons = [pa.array([], pa.list_(pa.string()))]
    order = np.argsort(pairs.part, kind="stable")
    for start in range(0, len(order), BATCH):
        some = pairs.take(order[start : start + BATCH])
        numbers = np.unique(some.part).tolist()
        reasons += [_reasons(parts[n], some.at[some.part == n]) for n in numbers]
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    columns = {
        "left": keys.take(pa.array(pairs.left)),
        "right": keys.take(pa.array(pairs.right)),
        "score": pairs.weight,
        "reasons": pa.concat_arrays(reasons).take(pa.array(place)),
    }
    return pa.table(columns, schema=PROPOSALS)


def _parts(rounds: tuple[Round, ...]) -> list[Compared]:
    return [part for compared in reversed(rounds) for part in compared]


def _empty() -> Scored:
    none = np.zeros(0, dtype=np.int64)
    return Scored(none, none, np.zeros(0), none, none)


def _reasons(part: Compared, at: Ints) -> pa.Array:
    """The weightiest reasons of pairs of a part, as the features say them."""
    most = load("resolution")["review"]["reasons"]
    says = [feature.__doc__ or "" for feature in FEATURES[part.profiles.kind]]
    left, right = part.links.left[at], part.links.right[at]
    adds: Floats = contributions(part.profiles, part.kind.names, left, right)
    order = np.argsort(-np.abs(adds), axis=1, kind="stable")[:, :most]
    counts = np.take_along_axis(adds, order, axis=1) != 0
    offsets = np.concatenate([[0], np.cumsum(counts.sum(axis=1))]).astype(np.int32)
    values = pa.array(says, pa.string()).take(pa.array(order[counts]))
    return pa.ListArray.from_arrays(pa.array(offsets), values)
