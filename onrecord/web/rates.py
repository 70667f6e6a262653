"""How often somebody may try: sign-ins, codes, invitations. Counted in this process's memory."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from limits.strategies import MovingWindowRateLimiter

MOST = {
    "sign-in, account from an address": "10/15 minutes",
    "sign-in, account": "90/1 hour",
    "sign-in, address": "60/15 minutes",
    "code, account": "10/15 minutes",
    "invitation, address": "30/15 minutes",
    "password, account": "10/15 minutes",
}
"""Tries in a moving window. Whoever tries from one address does not shut an account to others."""


class TooOften(OnrecordError):
    """Somebody tried too often; `after` seconds from now they may try again."""

    after: int = 0


@dataclass(slots=True)
class Rates:
    """Counts tries. `most` says how many of each kind are let through."""

    most: dict[str, str] = field(default_factory=lambda: dict(MOST))
    _limiter: MovingWindowRateLimiter | None = None

    def take(self, kind: str, who: str) -> None:
        """Count a try of somebody. Raises `TooOften` where it is one too many."""
        from limits import parse

        limit, limiter = parse(self.most[kind]), self._ready()
        if limiter.hit(limit, kind, who):
            return
        window = limiter.get_window_stats(limit, kind, who)
        error = TooOften(
            "too many tries",
            why="passwords and codes are guessed by trying many",
            todo=f"wait {_spoken(window.reset_time - time.time())}, then try again",
        )
        error.after = max(1, ceil(window.reset_time - time.time()))
        raise error

    def forget(self, kind: str, who: str) -> None:
        """What somebody tried before they succeeded counts no more."""
        from limits import parse

        self._ready().clear(parse(self.most[kind]), kind, who)

    def _ready(self) -> MovingWindowRateLimiter:
        if self._limiter is None:
            from limits.storage import MemoryStorage
            from limits.strategies import MovingWindowRateLimiter

            self._limiter = MovingWindowRateLimiter(MemoryStorage())
        return self._limiter


def _spoken(seconds: float) -> str:
    minutes = ceil(seconds / 60)
    return "a minute" if minutes <= 1 else f"{minutes} minutes"
