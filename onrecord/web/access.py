"""Who may come in: on a laptop, whoever holds the link that `onrecord serve` printed.

The link opens once. What it opens is a session in this process's memory, which ends with the
process, after twelve hours, or when the person leaves. There is no password to set or to lose.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from onrecord.web.visitor import OWNER, Visitor

COOKIE = "onrecord"
LASTS = 12 * 3600
"""Seconds that a session lasts."""
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Visit:
    """A session. `token` stands in every form, so that no other site can send one for us."""

    id: str
    token: str
    until: float
    visitor: Visitor = OWNER


@dataclass(slots=True)
class Access:
    """One-time links and the sessions they opened. `clock` gives seconds that only grow."""

    clock: Callable[[], float] = time.monotonic
    _keys: set[str] = field(default_factory=set)
    _visits: dict[str, Visit] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def invite(self) -> str:
        """A key that opens once."""
        key = secrets.token_urlsafe(_BYTES)
        with self._lock:
            self._keys.add(key)
        return key

    def enter(self, key: str) -> Visit | None:
        """The session that a key opens; None where it opens nothing, or did so before."""
        with self._lock:
            known = next((k for k in self._keys if _same(k, key)), None)
            if known is None:
                return None
            self._keys.discard(known)
            made = Visit(
                secrets.token_urlsafe(_BYTES),
                secrets.token_urlsafe(_BYTES),
                self.clock() + LASTS,
            )
            self._visits[made.id] = made
            return made

    def visit(self, cookie: str | None) -> Visit | None:
        """The session of a cookie, while it lasts."""
        with self._lock:
            found = self._visits.get(cookie or "")
            if found is not None and found.until <= self.clock():
                del self._visits[found.id]
                return None
            return found

    def leave(self, visit: Visit) -> None:
        """End a session."""
        with self._lock:
            self._visits.pop(visit.id, None)


def _same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell how far."""
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))


def is_ours(visit: Visit, token: str, site: str | None, origin: str | None, host: str) -> bool:
    """Whether a request that changes something was made by one of our own pages.

    It must carry the session's token; where the browser says from which site or origin it was sent,
    that must be ours.
    """
    if site not in (None, "same-origin") or not _same(visit.token, token):
        return False
    return origin is None or origin.partition("://")[2] == host
