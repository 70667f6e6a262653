"""Things by where they stand, so that a long document is not compared with itself whole."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")

WIDTH = 512
"""Positions a bucket covers."""


class Nearby(Generic[T]):
    """Items by the stretch they cover; asking for a stretch costs what stands there."""

    def __init__(self) -> None:
        self._buckets: dict[int, list[tuple[int, T]]] = {}
        self._count = 0

    def add(self, first: int, last: int, item: T) -> None:
        """An item over the positions from `first` to `last`."""
        for bucket in range(first // WIDTH, last // WIDTH + 1):
            self._buckets.setdefault(bucket, []).append((self._count, item))
        self._count += 1

    def around(self, first: int, last: int) -> list[T]:
        """The items that may touch these positions, each once, in the order they were added."""
        found = {
            number: item
            for bucket in range(first // WIDTH, last // WIDTH + 1)
            for number, item in self._buckets.get(bucket, ())
        }
        return [found[number] for number in sorted(found)]
