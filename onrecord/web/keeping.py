"""What takes a look at the whole case, kept for as long as the case does not change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar, cast

from onrecord.case import Case

T = TypeVar("T")


@dataclass(slots=True)
class Kept:
    """The latest result of each kind, with the state of the case that it was made from."""

    _made: dict[str, tuple[tuple[int, str], Any]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, case: Case, name: str, make: Callable[[], T]) -> T:
        """What `make` gives for the case as it is now."""
        with case.browse() as state:
            head = state.head
        with self._lock:
            known = self._made.get(name)
            if known is None or known[0] != head:
                known = self._made[name] = (head, make())
            return cast("T", known[1])


KEPT = Kept()
