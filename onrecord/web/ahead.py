"""What takes longer than a page may: made beside the pages, kept while the case is as it is.

What keeps a processor busy for seconds is made apart, in a process of its own, so that the pages
others ask for meanwhile do not wait for it.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import (
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from signal import SIG_IGN, SIGINT, signal
from threading import Lock, Thread
from typing import Any, TypeVar, cast

from onrecord.case import Case
from onrecord.errors import OnrecordError

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
    _apart: ProcessPoolExecutor | None = None

    def get(
        self,
        case: Case,
        name: str,
        make: Callable[[], T],
        patience: float | None = PATIENCE,
        *,
        apart: bool = False,
    ) -> T | None:
        """What `make` gives for the case as it is; None while it is still being made.

        Raises what `make` raises. With no bound to the patience it is waited for. With `apart` it
        is made in another process: `make` and what it gives must be such as can be sent there.
        """
        future = self._asked(case, name, make, apart)
        try:
            return cast("T", future.result(patience))
        except TimeoutError:
            if future.done():
                raise
            return None
        except BrokenExecutor as error:
            self.close()
            raise OnrecordError(
                "this could not be made",
                why="the process that made it was ended, as one that needs too much memory is",
                todo="ask for less of it, or again when other programs have ended",
            ) from error

    def close(self) -> None:
        """Let the process go in which things are made apart; what waits for it is not made."""
        with self._lock:
            apart, self._apart = self._apart, None
            for name in [name for name, made in self._made.items() if _broken(made)]:
                del self._made[name]
        if apart is not None:
            apart.shutdown(wait=True, cancel_futures=True)

    def _executor(self, apart: bool) -> Executor:
        """Where to make something; asked for with the lock held."""
        if not apart:
            return self._pool
        if self._apart is None:
            self._apart = ProcessPoolExecutor(1, get_context("spawn"), _begun_apart)
        return self._apart

    def _asked(self, case: Case, name: str, make: Callable[[], T], apart: bool) -> Future[Any]:
        with case.browse() as state:
            number, head = state.head
        key = (str(case.folder), case.sight, name)
        state_of = (*key, str(number), head)
        with self._lock:
            for old in [k for k in self._made if k[:3] == key and k != state_of]:
                self._made.pop(old).cancel()
            future = self._made.get(state_of)
            if future is None:
                future = self._made[state_of] = self._executor(apart).submit(make)
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


def _broken(made: Future[Any]) -> bool:
    return made.done() and not made.cancelled() and isinstance(made.exception(), BrokenExecutor)


def _begun_apart() -> None:
    """Ctrl-C in the terminal reaches every process there; the workbench ends this one.

    Where the workbench is ended and cannot, this one ends by itself.
    """
    signal(SIGINT, SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _warm() -> None:
    from onrecord.resolution.tables import tables
    from onrecord.web.rendering import environment

    made = environment()
    for name in made.list_templates(["j2"]):
        if name.endswith(".html.j2"):
            made.get_template(name)
    tables(())


AHEAD = Ahead()
