"""Who is who: the machine's scored proposals and people's judgements made into clusters.

People's words go first. A judgement of `different` is never crossed, by no chain of other joins;
`same` always joins, unless that would cross one. `unsure` keeps the machine from joining the two.
What is left the machine joins in falling order of evidence, as long as it speaks for a join.

All of it is derived: the same proposals and the same live judgements give the same clusters, in
whatever order they come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from onrecord.model import content_id
from onrecord.resolution.judgements import Decisions, Judgement, decisions
from onrecord.resolution.partition import FORBIDDEN, Groups, Links, partition
from onrecord.resolution.sets import Ints


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the machine thinks of two entities: a weight of evidence in bits, and its reasons.

    Above zero the machine would join the two; below, it speaks against it.
    """

    left: str
    right: str
    weight: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clusters:
    """Which entities are one. `canonical` gives the cluster's id for each key.

    `refused` are judgements of `same` that would have crossed a `different`: a person must look.
    """

    canonical: Mapping[str, str]
    refused: tuple[Judgement, ...] = ()

    @cached_property
    def members(self) -> dict[str, tuple[str, ...]]:
        """The keys of each cluster, sorted."""
        found: dict[str, list[str]] = defaultdict(list)
        for key in sorted(self.canonical):
            found[self.canonical[key]].append(key)
        return {canonical: tuple(keys) for canonical, keys in found.items()}

    def together(self, one: str, other: str) -> bool:
        """Whether two keys are in one cluster."""
        return one == other or self.canonical[one] == self.canonical[other]

    def find(self, identifier: str) -> tuple[str, ...]:
        """The cluster that a key or a canonical id leads to; empty where none does.

        An id made earlier still leads to the cluster that its key is in now.
        """
        key = identifier if identifier in self.canonical else self._keys.get(identifier)
        return self.members[self.canonical[key]] if key else ()

    @cached_property
    def _keys(self) -> dict[str, str]:
        return {canonical_id(key): key for key in self.canonical}


def canonical_id(key: str) -> str:
    """The id of the cluster whose first member is `key`."""
    return content_id("cluster", key)


def cluster(
    keys: Iterable[str],
    proposals: Iterable[Proposal] = (),
    judgements: Iterable[Judgement] = (),
) -> Clusters:
    """The clusters of `keys`, which must hold every key of the proposals; other keys of judgements
    are left aside (their document may have been taken out of the case).

    A cluster's id is a hash of the smallest key of the cluster that the machine alone would make,
    so judgements do not change it: a merged cluster takes the smallest such id, and what is split
    off an own one.
    """
    ordered, log = sorted(set(keys)), tuple(judgements)
    number = {key: index for index, key in enumerate(ordered)}
    scored = (p for p in proposals if p.left != p.right)
    links = Links.of((number[p.left], number[p.right], p.weight) for p in scored)
    words = judged(number, log)
    groups = partition(len(ordered), links + words.forbidden, together=words.together)
    first = partition(len(ordered), links) if log else groups
    named = names_of_groups(groups, first)
    canonical = {key: canonical_id(ordered[named[number[key]]]) for key in ordered}
    return Clusters(canonical, words.refused)


@dataclass(frozen=True)
class Judged:
    """Judgements as numbers: what must be joined, what must not, and what could not be kept."""

    together: tuple[tuple[int, int], ...]
    forbidden: Links
    refused: tuple[Judgement, ...]


def judged(number: Mapping[str, int], judgements: Iterable[Judgement]) -> Judged:
    """What a log of judgements says of numbered keys."""
    held = _known(number, decisions(judgements))
    apart = [(number[j.left], number[j.right]) for j in held.different]
    together, refused = _together(number, held, apart)
    parted = (*held.different, *held.unsure)
    forbidden = Links.of((number[j.left], number[j.right], FORBIDDEN) for j in parted)
    return Judged(tuple(together), forbidden, refused)


def _known(number: Mapping[str, int], held: Decisions) -> Decisions:
    verdicts = (held.same, held.different, held.unsure)
    known = (tuple(j for j in v if j.left in number and j.right in number) for v in verdicts)
    return Decisions(*known)


def _together(
    number: Mapping[str, int], held: Decisions, apart: Iterable[tuple[int, int]]
) -> tuple[list[tuple[int, int]], tuple[Judgement, ...]]:
    """The pairs judged the same, latest first, as far as they cross nothing judged different."""
    groups, kept, refused = Groups(max(number.values(), default=-1) + 1), [], []
    enemies: dict[int, set[int]] = defaultdict(set)
    for one, other in apart:
        enemies[one].add(other)
        enemies[other].add(one)
    for judgement in held.same:
        one, other = groups.of(number[judgement.left]), groups.of(number[judgement.right])
        if one == other:
            continue
        if other in map(groups.of, enemies.get(one, ())):
            refused.append(judgement)
            continue
        root = groups.join(one, other)
        enemies[root] = enemies.pop(one, set()) | enemies.pop(other, set())
        kept.append((one, other))
    return kept, tuple(refused)


def names_of_groups(groups: Ints, first: Ints) -> Ints:
    """For each thing the member that names its group: the smallest that named one of `first`."""
    things = np.arange(len(groups))
    anchors = np.where(first == things, things, len(groups))
    least = np.full(len(groups), len(groups))
    np.minimum.at(least, groups, anchors)
    named: Ints = np.where(least < len(groups), least, things)[groups]
    return named
