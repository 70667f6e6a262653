"""A whole case resolved: from its tables and its judgements to clusters and proposals.

Two rounds of blocking, comparison and grouping. The first compares entities, the second the groups
that the first has made, which know more than each of their members.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.resolution.blocking import SKIPPED
from onrecord.resolution.compare import Reason, reasons
from onrecord.resolution.evidence import KINDS, evidence_of, usable
from onrecord.resolution.judgements import Judgement, decisions
from onrecord.resolution.partition import Links
from onrecord.resolution.proposals import Scored, listed, scored
from onrecord.resolution.resolver import Judged, canonical_id, judged, names_of_groups
from onrecord.resolution.rounds import Case, Kind, Round
from onrecord.resolution.sets import Ints, Sets
from onrecord.resolution.tables import Tables

CLUSTERS = pa.schema({"key": pa.string(), "canonical": pa.string()})


@dataclass(frozen=True)
class Resolution:
    """Who is who in a case.

    `clusters` has a row (key, canonical) for each entity; `skipped` the blocking keys shared by too
    many rows to compare all (key, rows); `refused` the judgements of `same` that would cross one of
    `different`.
    """

    clusters: pa.Table
    skipped: pa.Table
    refused: tuple[Judgement, ...]
    keys: pa.Array
    kinds: tuple[Kind, ...]
    rounds: tuple[Round, ...]

    @property
    def proposals(self) -> pa.Table:
        """The pairs the machine would join or is in doubt of: left, right, score, reasons.

        `score` is in bits above the threshold: below zero the machine does not join the two. Sorted
        by falling score; a group of entities stands under its smallest key.
        """
        return self.proposed(self.scored)

    @cached_property
    def scored(self) -> Scored:
        """The same pairs without their reasons, as numbers."""
        return scored(self.rounds)

    def proposed(self, pairs: Scored) -> pa.Table:
        """Some of the `proposals`."""
        return listed(self.keys, self.rounds, pairs)

    def explain(self, left: str, right: str) -> tuple[Reason, ...]:
        """Why two entities of one kind are or are not one, the weightiest reason first.

        Empty where they are of different kinds or one has no name.
        """
        one, other = (self._number.get(key, -1) for key in (left, right))
        for kind in self.kinds:
            rows = [np.flatnonzero(kind.place == number) for number in (one, other)]
            if all(len(found) for found in rows):
                return reasons(kind.evidence, kind.names, int(rows[0][0]), int(rows[1][0]))
        return ()

    @cached_property
    def _number(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.keys.to_pylist())}


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of cycles: it walks all names of the case time and again, for none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@uncollected()
def resolve(tables: Tables, judgements: Iterable[Judgement] = ()) -> Resolution:
    """Resolve the entities of a case. The order of its documents and judgements does not matter."""
    entities = tables.entities.sort_by("key").combine_chunks()
    keys = entities["key"].combine_chunks()
    log = tuple(judgements)
    words = _judged(keys, log)
    case = Case(len(keys), _kinds(entities), _documents(entities), named=_named(keys, log))
    groups = case.settle(words)
    alone = case.settle(_none(words)).groups if log else groups.groups
    return Resolution(
        clusters=_clusters(keys, names_of_groups(groups.groups, alone)),
        skipped=pa.concat_tables([SKIPPED.empty_table(), *groups.skipped]).sort_by("key"),
        refused=words.refused,
        keys=keys,
        kinds=case.kinds,
        rounds=groups.rounds,
    )


def _kinds(entities: pa.Table) -> tuple[Kind, ...]:
    found = []
    for kind in KINDS:
        rows = usable(entities, kind)
        if rows.num_rows:
            evidence, names = evidence_of(rows, kind, entities)
            place = pc.index_in(rows["key"], value_set=entities["key"].combine_chunks())
            found.append(Kind(evidence, names, place.to_numpy().astype(np.int64)))
    return tuple(found)


def _documents(entities: pa.Table) -> Sets:
    coded = entities["document"].combine_chunks().dictionary_encode()
    rows = np.arange(entities.num_rows, dtype=np.int64)
    ids = coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return Sets.of(rows, ids, size=entities.num_rows)


def _numbers(keys: pa.Array, log: tuple[Judgement, ...]) -> dict[str, int]:
    """The numbers of the keys that judgements speak of, as far as the case has them."""
    asked = sorted({key for entry in log for key in (entry.left, entry.right) if key})
    found = pc.index_in(pa.array(asked, pa.string()), value_set=keys).to_pylist()
    return {key: at for key, at in zip(asked, found, strict=True) if at is not None}


def _judged(keys: pa.Array, log: tuple[Judgement, ...]) -> Judged:
    return judged(_numbers(keys, log), log)


def _named(keys: pa.Array, log: tuple[Judgement, ...]) -> Ints:
    """The keys that a live judgement parts from others: they are folded into nothing."""
    held = decisions(log)
    return np.array(
        sorted(_numbers(keys, (*held.different, *held.unsure)).values()), dtype=np.int64
    )


def _none(words: Judged) -> Judged:
    return replace(words, together=(), forbidden=Links.of(()))


def _clusters(keys: pa.Array, named: Ints) -> pa.Table:
    anchors, index = np.unique(named, return_inverse=True)
    ids = pa.array(
        [canonical_id(key) for key in keys.take(pa.array(anchors)).to_pylist()], pa.string()
    )
    return pa.table({"key": keys, "canonical": ids.take(pa.array(index))}, schema=CLUSTERS)
