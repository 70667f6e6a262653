"""Sets of whole numbers for each of many rows, kept as two flat arrays (compressed sparse rows)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from onrecord.resolution.signs import bits_of_counts

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def distinct(values: Ints) -> Ints:
    """The values, sorted, each once.

    By sorting: for millions of numbers `numpy.unique` goes through a hash table that can take a
    hundred times as long.
    """
    ordered = np.sort(values)
    found: Ints = ordered[np.diff(ordered, prepend=ordered[:1] - 1) != 0]
    return found


@dataclass(frozen=True)
class Sets:
    """Row `i` holds `values[starts[i]:starts[i + 1]]`, sorted, each once, below `bound`."""

    starts: Ints
    values: Ints
    bound: int

    @classmethod
    def of(cls, rows: Ints, values: Ints, *, size: int) -> Sets:
        """The sets that pairs of (row, value) give, for rows 0 to `size` - 1."""
        bound = int(values.max()) + 1 if len(values) else 1
        codes = distinct(rows * bound + values)
        starts = np.searchsorted(codes, np.arange(size + 1, dtype=np.int64) * bound)
        return cls(starts.astype(np.int64), codes % bound, bound)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @cached_property
    def sizes(self) -> Ints:
        """How many values each row has, shape (rows,)."""
        return np.diff(self.starts)

    @cached_property
    def rows(self) -> Ints:
        """The row of each value, shape (values,)."""
        return np.repeat(np.arange(len(self), dtype=np.int64), self.sizes)

    @cached_property
    def _codes(self) -> Ints:
        return self.rows * self.bound + self.values

    def take(self, rows: Ints) -> tuple[Ints, Ints]:
        """The values of many rows: (position in `rows`, value), in order."""
        sizes = self.sizes[rows]
        position = np.repeat(np.arange(len(rows), dtype=np.int64), sizes)
        ends = np.cumsum(sizes)
        within = np.arange(ends[-1] if len(ends) else 0, dtype=np.int64) - np.repeat(
            ends - sizes, sizes
        )
        return position, self.values[np.repeat(self.starts[rows], sizes) + within]

    def has(self, rows: Ints, values: Ints) -> NDArray[np.bool_]:
        """Whether row `rows[i]` holds `values[i]`."""
        if not len(self._codes):
            return np.zeros(len(rows), dtype=bool)
        wanted = rows * self.bound + values
        # In order, what is looked up lies close together in memory.
        order = np.argsort(wanted)
        inner = wanted[order]
        at = np.minimum(np.searchsorted(self._codes, inner), len(self._codes) - 1)
        found = np.empty(len(wanted), dtype=bool)
        found[order] = self._codes[at] == inner
        return found & (values < self.bound)

    def shared(self, left: Ints, right: Ints, weights: Floats | None = None) -> Floats:
        """For each pair of rows, how many values both hold, or the sum of their weights."""
        position, values = self.take(left)
        both = self.has(right[position], values)
        counted = both.astype(np.float64) if weights is None else both * weights[values]
        found: Floats = np.bincount(position, counted, minlength=len(left)).astype(np.float64)
        return found

    def grouped(self, group: Ints, *, size: int) -> Sets:
        """The sets of groups of rows: row `i` goes into group `group[i]`."""
        return Sets.of(group[self.rows], self.values, size=size)

    @cached_property
    def counts(self) -> Ints:
        """In how many rows each value stands, shape (bound,)."""
        return np.bincount(self.values, minlength=self.bound)

    @cached_property
    def bits(self) -> Floats:
        """How many bits it tells that two rows share a value, shape (bound,)."""
        return bits_of_counts(self.counts, len(self))
