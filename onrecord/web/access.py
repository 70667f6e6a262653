"""Who may come in: members of the case, or on a laptop whoever holds the link that was printed.

The link opens once. What it, or a member's sign-in, opens is a session in this process's memory,
which knows the session's id by its hash alone. It ends with the process, after twelve hours, when
the person leaves; a member's also after a time without use, and with any change of their
password, role or sight.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from threading import Lock
from typing import Literal

from onrecord.store.log import now
from onrecord.web.members import Member, Members, Standing
from onrecord.web.visitor import OWNER, Visitor

COOKIE = "onrecord"
SECURE_COOKIE = "__Host-onrecord"
"""Over TLS: no other host and no page without TLS can set a cookie of this name."""
LASTS = 12 * 3600
"""Seconds that a session lasts."""
HALF_LASTS = 300
"""Seconds in which a second factor must follow the password."""
HALF_TRIES = 5
_BYTES = 32
Must = Literal["", "second factor"]


@dataclass(frozen=True, slots=True)
class Visit:
    """A session. `token` stands in every form, so that no other site can send one for us.

    `must` is what its member has to set up before anything else.
    """

    id: str
    token: str
    until: float
    visitor: Visitor = OWNER
    number: int = 0
    must: Must = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A session as its member is shown it. Times are UTC in ISO 8601; `agent` is the browser."""

    number: int
    began: str
    used: str
    address: str
    agent: str


@dataclass(slots=True)
class _Kept:
    """What is known of a session. `member` is empty for the holder of a laptop's link."""

    number: int
    until: float
    used: float
    told: Session
    member: str = ""
    epoch: int = 0


@dataclass(slots=True)
class _Half:
    """Somebody who knew the password and has yet to give a code."""

    name: str
    epoch: int
    until: float
    tries: int = HALF_TRIES


@dataclass(slots=True)
class Access:
    """One-time links and sessions. `clock` gives seconds that only grow.

    `members` are those who sign in; None on a desk that has no accounts.
    """

    clock: Callable[[], float] = time.monotonic
    members: Members | None = None
    _keys: set[str] = field(default_factory=set)
    _visits: dict[str, _Kept] = field(default_factory=dict)
    _halves: dict[str, _Half] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _numbers: count[int] = field(default_factory=lambda: count(1))

    def invite(self) -> str:
        """A key that opens once."""
        key = secrets.token_urlsafe(_BYTES)
        with self._lock:
            self._keys.add(_hash(key))
        return key

    def enter(self, key: str, *, address: str = "", agent: str = "") -> Visit | None:
        """The session that a key opens; None where it opens nothing, or did so before."""
        with self._lock:
            if _hash(key) not in self._keys:
                return None
            self._keys.discard(_hash(key))
        return self._begin(None, address, agent)

    def admit(self, member: Member, *, address: str = "", agent: str = "") -> Visit:
        """A session for a member who gave all that was asked of them."""
        return self._begin(member, address, agent)

    def halfway(self, member: Member) -> str:
        """A cookie for a member who has yet to give a code; it opens nothing else."""
        half = secrets.token_urlsafe(_BYTES)
        with self._lock:
            for old in [key for key, each in self._halves.items() if each.until <= self.clock()]:
                del self._halves[old]
            until = self.clock() + HALF_LASTS
            self._halves[_hash(half)] = _Half(member.name, member.epoch, until)
        return half

    def waiting(self, cookie: str | None, *, tries: bool = False) -> Member | None:
        """The member who has yet to give a code; with `tries`, one of their tries is taken."""
        with self._lock:
            half = self._halves.get(_hash(cookie or ""))
            if half is None or half.until <= self.clock() or half.tries < 1:
                self._halves.pop(_hash(cookie or ""), None)
                return None
            half.tries -= tries
        standing = self._standing(half.name)
        if standing is None or standing.member.epoch != half.epoch:
            return None
        return standing.member

    def passed(self, cookie: str | None) -> None:
        """The code was given: what stood half way is over."""
        with self._lock:
            self._halves.pop(_hash(cookie or ""), None)

    def visit(self, cookie: str | None) -> Visit | None:
        """The session of a cookie, while it lasts."""
        with self._lock:
            kept = self._visits.get(_hash(cookie or ""))
        if kept is None or cookie is None:
            return None
        standing = self._standing(kept.member)
        with self._lock:
            if self._over(kept, standing):
                self._visits.pop(_hash(cookie), None)
                return None
            kept.used = self.clock()
            kept.told = replace(kept.told, used=now())
        return self._visit(cookie, kept, standing)

    def sessions(self, visitor: Visitor) -> list[Session]:
        """The sessions somebody has, the latest first."""
        standing = self._standing(visitor.name)
        with self._lock:
            mine = [
                each.told
                for each in self._visits.values()
                if each.member == visitor.name and not self._over(each, standing)
            ]
        return sorted(mine, key=lambda each: -each.number)

    def leave(self, visit: Visit) -> None:
        """End a session."""
        with self._lock:
            self._visits.pop(_hash(visit.id), None)

    def end(self, visitor: Visitor, number: int | None = None, *, but: int | None = None) -> int:
        """End somebody's session of a number, or all of them but one; returns how many ended."""
        with self._lock:
            ended = [
                key
                for key, each in self._visits.items()
                if each.member == visitor.name
                and (each.number == number if number is not None else each.number != but)
            ]
            for key in ended:
                del self._visits[key]
        return len(ended)

    def _begin(self, member: Member | None, address: str, agent: str) -> Visit:
        number, began, id_ = next(self._numbers), now(), secrets.token_urlsafe(_BYTES)
        told = Session(number, began, began, address, agent[:200])
        kept = _Kept(number, self.clock() + LASTS, self.clock(), told)
        if member is not None:
            kept.member, kept.epoch = member.name, member.epoch
        with self._lock:
            over = [key for key, each in self._visits.items() if each.until <= self.clock()]
            for key in over:
                del self._visits[key]
            self._visits[_hash(id_)] = kept
        return self._visit(id_, kept, self._standing(kept.member))

    def _visit(self, cookie: str, kept: _Kept, standing: Standing | None) -> Visit:
        token = hashlib.sha256(b"form\0" + cookie.encode("utf-8", "replace")).hexdigest()
        if standing is None:
            return Visit(cookie, token, kept.until, OWNER, kept.number)
        member = standing.member
        lacks = standing.second_factor_required and not member.second_factor
        must: Must = "second factor" if lacks else ""
        return Visit(cookie, token, kept.until, member.visitor, kept.number, must)

    def _standing(self, name: str) -> Standing | None:
        return self.members.standing(name) if name and self.members else None

    def _over(self, kept: _Kept, standing: Standing | None) -> bool:
        """Whether a session is over: by the hour, unused, or by what happened to its member."""
        if kept.until <= self.clock():
            return True
        if not kept.member:
            return False
        if standing is None or standing.member.epoch != kept.epoch:
            return True
        return kept.used + 60 * standing.idle_minutes <= self.clock()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _same(one: str, other: str) -> bool:
    """Whether two secrets are equal, in a time that does not tell how far."""
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))


def is_ours(visit: Visit, token: str, site: str | None, origin: str | None, host: str) -> bool:
    """Whether a request that changes something was made by one of our own pages.

    It must carry the session's token; where the browser says from which site or origin it was sent,
    that must be ours.
    """
    return _same(visit.token, token) and is_from_here(site, origin, host)


def is_from_here(site: str | None, origin: str | None, host: str) -> bool:
    """Whether a browser, where it says so, sent a request from one of our own pages."""
    if site not in (None, "same-origin"):
        return False
    return origin is None or origin.partition("://")[2] == host
