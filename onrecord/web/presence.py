"""Who looks at the same thing now, so that two people who review it see each other."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from onrecord.web.visitor import Visitor

STAYS = 120
"""Seconds for which somebody is taken to look at what they opened."""


@dataclass(slots=True)
class Presence:
    """Who looks at what. In this process's memory alone; `clock` gives seconds that only grow."""

    clock: Callable[[], float] = time.monotonic
    _at: dict[str, tuple[str, float]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def here(self, visitor: Visitor, subject: str) -> tuple[str, ...]:
        """The names of the others who look at `subject` now; from now on the visitor does too.

        Somebody looks at one thing at a time: the last they opened. Whoever holds a laptop's
        one-time link has no name to show.
        """
        now = self.clock()
        with self._lock:
            if visitor.name:
                self._at[visitor.name] = (subject, now)
            for name in [name for name, (_, at) in self._at.items() if at + STAYS <= now]:
                del self._at[name]
            there = (name for name, (what, _) in self._at.items() if what == subject)
            return tuple(sorted(name for name in there if name != visitor.name))

    def gone(self, name: str) -> None:
        """Somebody signed out."""
        with self._lock:
            self._at.pop(name, None)
