"""Events across documents: which acts that different reports tell of are one and the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from onrecord.model import content_id
from onrecord.resolution.contraction import contracted
from onrecord.resolution.event_candidates import candidates
from onrecord.resolution.event_evidence import SIGNS, Acts, Numbers, Rows, evidence
from onrecord.resolution.event_rows import acts_of
from onrecord.resolution.tables import Tables
from onrecord.vocabulary import load

CHUNK = 200_000
"""Pairs that are compared at once: about 100 MB of numbers."""
NEVER = -1e6
"""The log-odds of a pair that a person judged different."""


@dataclass(frozen=True, slots=True)
class Sight:
    """One sign of a pair: what it says, its value and what it adds to the log-odds."""

    says: str
    value: float
    adds: float


def find_events(
    tables: Tables,
    canonical: Mapping[str, str],
    *,
    different: Iterable[tuple[str, str]] = (),
    families: Mapping[str, str] | None = None,
) -> pa.Table:
    """The event of each act of a case: columns `act` (its key) and `event`, in the order of acts.

    `canonical` gives the resolved id of an entity by its key. `different` are pairs of keys of acts
    that a person judged to belong to two events. `families` gives, for a document with near copies,
    the one of them that stands for all. An event's id is a content hash of the smallest key among
    its acts. The order of documents does not matter.
    """
    keys = np.array(tables.acts.column("key").to_pylist(), dtype=object)
    order = np.argsort(keys.astype(str), kind="stable") if len(keys) else np.empty(0, dtype=int)
    acts = _rows(acts_of(tables, canonical, families), order)
    ordered = keys[order]
    row_of = {key: row for row, key in enumerate(ordered)}
    apart = [
        (row_of[one], row_of[other], NEVER)
        for one, other in different
        if one in row_of and other in row_of
    ]
    roots = contracted(len(keys), *_scored(acts, apart)).tolist()
    event = np.empty(len(keys), dtype=object)
    event[order] = [content_id("event", ordered[root]) for root in roots]
    return pa.table({"act": pa.array(keys.tolist(), pa.string()), "event": event.tolist()})


def explain(acts: Acts, left: int, right: int) -> list[Sight]:
    """What speaks for and against two acts being one event, the weightiest first."""
    weights = load("events")["weights"]
    values = evidence(acts, np.array([left]), np.array([right]))[0]
    seen = [
        Sight(str(sign.__doc__), float(value), float(value * weights[sign.__name__]))
        for sign, value in zip(SIGNS, values, strict=True)
        if value
    ]
    return sorted(seen, key=lambda sight: -abs(sight.adds))


def log_odds(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """The log-odds that the acts of each pair are of one event."""
    model = load("events")
    weights = np.array([model["weights"][sign.__name__] for sign in SIGNS])
    odds: Numbers = evidence(acts, left, right) @ weights + (model["bias"] - model["caution"])
    return odds


def _scored(acts: Acts, apart: list[tuple[int, int, float]]) -> tuple[Rows, Rows, Numbers]:
    """The pairs that are compared and those judged apart, and the log-odds of each."""
    left, right = candidates(acts)
    odds = [np.empty(0, dtype=np.float64)]
    for start in range(0, len(left), CHUNK):
        part = slice(start, start + CHUNK)
        odds.append(log_odds(acts, left[part], right[part]))
    columns = [np.array([row[place] for row in apart]) for place in range(3)]
    return (
        np.concatenate([left, columns[0].astype(np.int64)]),
        np.concatenate([right, columns[1].astype(np.int64)]),
        np.concatenate([*odds, columns[2].astype(np.float64)]),
    )


def _rows(acts: Acts, order: Rows) -> Acts:
    return Acts(**{name: getattr(acts, name)[order] for name in Acts.__slots__})
