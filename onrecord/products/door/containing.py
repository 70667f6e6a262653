"""Which of many runs of letters a text holds: told in one look, however many runs there are.

Whoever looks for a hundred protected people looks for a thousand spellings, in every text of a
case and in every answer. The first letters of all spellings are looked up together (a hash of a
few letters at each place of the text, after Rabin and Karp 1987), and only those that stand there
are then compared in full, so the answer is that of looking for each by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

_SIZES = (8, 5, 3, 2, 1)
"""So many first letters of a run are looked up: the most that it has. Eight fill a number."""
_BITS = 16
_SPREAD = 0x9E3779B97F4A7C15
"""A multiplier whose upper bits mix all others (Fibonacci hashing, Knuth 1973)."""
_WORD = 8
_FEW = 40_000
"""Letters times runs up to which each run is looked for by itself: measured."""


@dataclass
class Containing:
    """Runs of letters and digits in ASCII, ready to be looked for."""

    runs: Collection[str]
    _by_size: Mapping[int, Mapping[int, list[str]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        found: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.runs = sorted(set(self.runs) - {""})
        for run in self.runs:
            size = next(size for size in _SIZES if size <= len(run))
            found[size][_number(run[:size])].append(run)
        self._by_size = found

    def held(self, letters: str) -> set[str]:
        """Those runs that stand in `letters`, which are ASCII too."""
        if (len(letters) + 64) * len(self.runs) < _FEW:
            return {run for run in self.runs if run in letters}
        import numpy as np

        data = letters.encode("ascii")
        held: set[str] = set()
        # Eight bytes at each place, the first lowest; past the end there is nothing.
        padded = data + bytes(_WORD)
        every = np.ndarray((len(data),), dtype="<u8", buffer=padded, strides=(1,))
        for size, table in self._tables:
            numbers = every & np.uint64((1 << 8 * size) - 1)
            places = (numbers * np.uint64(_SPREAD)) >> np.uint64(64 - _BITS)
            for number in set(numbers[table[places]].tolist()):
                held.update(run for run in self._by_size[size].get(number, ()) if run in letters)
        return held

    @cached_property
    def _tables(self) -> list[tuple[int, Any]]:
        """For each number of first letters, which hashes some run has."""
        import numpy as np

        made = []
        for size, numbers in self._by_size.items():
            table = np.zeros(1 << _BITS, dtype=bool)
            known = np.array(list(numbers), dtype="<u8")
            table[(known * np.uint64(_SPREAD)) >> np.uint64(64 - _BITS)] = True
            made.append((size, table))
        return made


def _number(letters: str) -> int:
    return int.from_bytes(letters.encode("ascii"), "little")
