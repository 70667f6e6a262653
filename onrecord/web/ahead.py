"""What takes longer than a page may: made beside the pages, kept while the case is as it is."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar, cast

from onrecord.case import Case

T = TypeVar("T")
MOST = 48
"""Results that are kept; the one asked for longest ago goes first."""
PATIENCE = 0.08
"""Seconds that a page waits for what is being made, before it says that it is."""


@dataclass(slots=True)
class Ahead:
    """Results by name, each made once for a state of the case, one after another."""

    _made: OrderedDict[tuple[str, ...], Future[Any]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))

    def get(
        self, case: Case, name: str, make: Callable[[], T], patience: float | None = PATIENCE
    ) -> T | None:
        """What `make` gives for the case as it is; None while it is still being made.

        Raises what `make` raises. With no bound to the patience it is waited for.
        """
        future = self._asked(case, name, make)
        try:
            return cast("T", future.result(patience))
        except TimeoutError:
            if future.done():
                raise
            return None

    def _asked(self, case: Case, name: str, make: Callable[[], T]) -> Future[Any]:
        with case.browse() as state:
            number, head = state.head
        key = (str(case.folder), case.sight, name)
        state_of = (*key, str(number), head)
        with self._lock:
            for old in [k for k in self._made if k[:3] == key and k != state_of]:
                self._made.pop(old).cancel()
            future = self._made.get(state_of)
            if future is None:
                future = self._made[state_of] = self._pool.submit(make)
            self._made.move_to_end(state_of)
            while len(self._made) > MOST:
                self._made.popitem(last=False)[1].cancel()
        return future

    def warm(self) -> None:
        """Load beside the first pages what they would otherwise wait for: templates, tables."""
        self._pool.submit(_warm)

    def settled(self) -> None:
        """Wait until all that was begun is made."""
        with self._lock:
            begun = list(self._made.values())
        wait(begun)


def _warm() -> None:
    from onrecord.resolution.tables import tables
    from onrecord.web.rendering import environment

    made = environment()
    for name in made.list_templates(["j2"]):
        if name.endswith(".html.j2"):
            made.get_template(name)
    tables(())


AHEAD = Ahead()
