"""Rounds of blocking, comparison and grouping over the entities of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from onrecord.resolution.blocking import Keys, candidates, keys_of
from onrecord.resolution.compare import strangers, weigh
from onrecord.resolution.evidence import Evidence, Names
from onrecord.resolution.folding import folded
from onrecord.resolution.partition import Links, partition
from onrecord.resolution.profiles import profiles
from onrecord.resolution.resolver import Judged
from onrecord.resolution.sets import Ints, Sets
from onrecord.vocabulary import load

ROUNDS = 2


@dataclass(frozen=True)
class Kind:
    """The entities of one kind: what is known of each, and which of all keys each row is."""

    evidence: Evidence
    names: Names
    place: Ints

    @cached_property
    def keys(self) -> Keys:
        """By which keys each spelling is found: the same in every round."""
        return keys_of(self.names, self.evidence.kind)


@dataclass(frozen=True)
class Compared:
    """The pairs of one kind that a round compared: profiles, the key each stands under, links.

    `profile_of` is the profile of each entity of the kind, shape (entities,).
    """

    kind: Kind
    profiles: Evidence
    stands_for: Ints
    profile_of: Ints
    links: Links
    skipped: pa.Table


Round = tuple[Compared, ...]


@dataclass(frozen=True)
class Settled:
    """The group of each key, and what was compared to get there."""

    groups: Ints
    rounds: tuple[Round, ...]

    @property
    def skipped(self) -> list[pa.Table]:
        """The blocks that the first round could not compare in full, by kind."""
        return [compared.skipped for compared in self.rounds[0]]


class Case:
    """All entities of a case. Keys are numbered in the order of the alphabet."""

    def __init__(self, size: int, kinds: tuple[Kind, ...], documents: Sets, *, named: Ints) -> None:
        self.size, self.kinds, self.documents, self.named = size, kinds, documents, named

    def settle(self, words: Judged) -> Settled:
        """The groups that the evidence and people's words make."""
        groups, rounds, before = self._first[0], [self._first[1]], self._first[2]
        groups = self._grouped(groups, rounds[0], words, before)
        for _ in range(1, ROUNDS):
            rounds.append(tuple(self._compare(groups)))
            groups = self._grouped(groups, rounds[-1], words, Links.of(()))
        return Settled(groups, tuple(rounds))

    @cached_property
    def _first(self) -> tuple[Ints, Round, Links]:
        """Folded groups, what the first round compares, and the folds that judgements opened."""
        groups = np.arange(self.size, dtype=np.int64)
        opened: list[tuple[int, int, float]] = []
        weight = load("resolution")["folding"]["weight"]
        for kind in self.kinds:
            apart = np.flatnonzero(np.isin(kind.place, self.named))
            whole = folded(kind.evidence, kind.names, apart=apart[:0])
            split = folded(kind.evidence, kind.names, apart=apart) if len(apart) else whole
            groups[kind.place] = kind.place[split]
            for row in apart.tolist():
                others = np.flatnonzero((whole == whole[row]) & (np.arange(len(whole)) != row))
                if len(others):
                    pair = sorted((int(kind.place[row]), int(groups[kind.place[others[0]]])))
                    opened.append((pair[0], pair[1], weight))
        return groups, tuple(self._compare(groups)), Links.of(opened)

    def _compare(self, groups: Ints) -> Iterator[Compared]:
        """Compare the groups of each kind; a group stands under the smallest key of that kind."""
        for kind in self.kinds:
            found, start, index = np.unique(
                groups[kind.place], return_index=True, return_inverse=True
            )
            index = index.astype(np.int64)
            together = profiles(kind.evidence, kind.names, index, size=len(found))
            pairs = candidates(together, kind.keys)
            weights = weigh(together, kind.names, pairs.left, pairs.right)
            links = Links(pairs.left, pairs.right, weights)
            yield Compared(kind, together, kind.place[start], index, links, pairs.skipped)

    def _grouped(self, groups: Ints, compared: Round, words: Judged, more: Links) -> Ints:
        """The groups joined further by the links of a round, as far as people's words let them."""
        nodes, node = np.unique(groups, return_inverse=True)
        node = node.astype(np.int64)
        links = Links(node[more.left], node[more.right], more.weight)
        for part in compared:
            at = node[part.stands_for]
            links += Links(at[part.links.left], at[part.links.right], part.links.weight)
        forbidden = words.forbidden
        links += Links(node[forbidden.left], node[forbidden.right], forbidden.weight)
        together = [(int(node[one]), int(node[other])) for one, other in words.together]
        once = self.documents.grouped(node, size=len(nodes))
        joined = partition(len(nodes), links, together=together, once=once)[node]
        kept = np.zeros(self.size, dtype=bool)
        kept[[key for pair in words.together for key in pair]] = True
        return _smallest(self._without_strangers(groups, joined, kept[nodes][node]))

    def _without_strangers(self, before: Ints, groups: Ints, kept: NDArray[np.bool_]) -> Ints:
        """Let go again whoever bears a name unlike that of the group it was joined to.

        Chains of initials ("T. Osk") lead from one full name to another; a surname makes no person.
        """
        after = groups.copy()
        for kind in self.kinds:
            own, joined = before[kind.place], groups[kind.place]
            strange = strangers(kind.evidence, kind.names, own, joined) & ~kept[kind.place]
            after[kind.place[strange]] = own[strange] + self.size
        return after


def _smallest(groups: Ints) -> Ints:
    """The same groups, each named by its smallest member."""
    _, first, index = np.unique(groups, return_index=True, return_inverse=True)
    named: Ints = first[index].astype(np.int64)
    return named
