"""What takes a look at the whole case, kept for as long as the case does not change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar, cast

from onrecord.case import Case

T = TypeVar("T")
MOST = 64
"""Results that are kept; the one asked for longest ago goes first."""


@dataclass(slots=True)
class _Made:
    """One result with the state of the case that it was made from, made by one thread at a time."""

    head: tuple[str, int, str] | None = None
    value: Any = None
    lock: Lock = field(default_factory=Lock)


@dataclass(slots=True)
class Kept:
    """The latest result of each name, of so many at `most`."""

    most: int = MOST
    _made: OrderedDict[str, _Made] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def get(self, case: Case, name: str, make: Callable[[], T]) -> T:
        """What `make` gives for the case as it is now."""
        with case.browse() as state:
            head = (f"{case.folder} {case.sight}", *state.head)
        with self._lock:
            known = self._made.setdefault(f"{case.sight} {name}", _Made())
            self._made.move_to_end(f"{case.sight} {name}")
            while len(self._made) > self.most:
                self._made.popitem(last=False)
        with known.lock:
            if known.head != head:
                known.value = make()
                known.head = head
            return cast("T", known.value)


KEPT = Kept()
COUNTS = Kept(4096)
"""What is counted of one thing among many: small, and the same on several pages."""


def amount_of(case: Case) -> int:
    """How many documents the case holds."""

    def counted() -> int:
        with case.browse() as state:
            return state.amount()

    return KEPT.get(case, "amount", counted)
