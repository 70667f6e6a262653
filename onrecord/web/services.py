"""What runs beside the pages of one workbench."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from onrecord.web.access import Access
from onrecord.web.accounts import Accounts
from onrecord.web.credentials import Credentials
from onrecord.web.desk import Desk
from onrecord.web.journal import Journal
from onrecord.web.members import Members
from onrecord.web.presence import Presence
from onrecord.web.rates import Rates
from onrecord.web.visitor import Visitor
from onrecord.web.working import Work, WorkOf

if TYPE_CHECKING:
    from argon2 import PasswordHasher

    from onrecord.case import Case

PUBLIC_URL = "public_url"
"""The setting that holds the address at which members last found the workbench."""
_SHOWN_FOR = 300


@dataclass(slots=True)
class Once:
    """What is shown to somebody once, right after they asked for it: a link, recovery codes.

    It lives in memory between the answer that made it and the page that shows it, for five minutes
    at most. `clock` gives seconds that only grow.
    """

    clock: Callable[[], float] = time.monotonic
    _kept: dict[tuple[str, str], tuple[float, Any]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def put(self, session: str, name: str, value: Any) -> None:
        """Keep something for a session, by a name."""
        with self._lock:
            over = [key for key, (until, _) in self._kept.items() if until <= self.clock()]
            for key in over:
                del self._kept[key]
            self._kept[session, name] = (self.clock() + _SHOWN_FOR, value)

    def take(self, session: str, name: str) -> Any:
        """What was kept, and is no longer; None where there is nothing."""
        with self._lock:
            until, value = self._kept.pop((session, name), (0.0, None))
        return value if until > self.clock() else None

    def look(self, session: str, name: str) -> Any:
        """What is kept, and still is afterwards; None where there is nothing."""
        with self._lock:
            until, value = self._kept.get((session, name), (0.0, None))
        return value if until > self.clock() else None


@dataclass(slots=True)
class Services:
    """Who may come in, the work that goes on meanwhile, and whose turn it is to write.

    `accounts` is None where nobody can have one: a workbench that was made without `for_case`.
    `base` is the address that people open.
    """

    access: Access
    work: Work = field(default_factory=Work)
    writing: Lock = field(default_factory=Lock)
    accounts: Accounts | None = None
    rates: Rates = field(default_factory=Rates)
    journal: Journal = field(default_factory=Journal)
    presence: Presence = field(default_factory=Presence)
    once: Once = field(default_factory=Once)
    base: str = ""

    @classmethod
    def for_case(cls, case: Case, *, hasher: PasswordHasher | None = None) -> Services:
        """What a case's workbench needs, with the accounts and the journal that lie beside it."""
        members = members_of(case, hasher=hasher)
        journal = Journal(members.desk)
        accounts = Accounts(members, lambda name, what: journal.note(what, name))
        return cls(Access(members=members), accounts=accounts, journal=journal)

    def seen_by(self, visitor: Visitor) -> Services:
        """The same for somebody: work and reads of others may name whom they do not see."""
        if visitor.sight == "names":
            return self
        return replace(self, work=WorkOf.of(self.work, visitor.name), journal=Journal())

    def close(self) -> None:
        """Wait for what runs, and write what is to be written."""
        self.work.close()
        self.journal.close()
        if self.accounts is not None:
            if self.accounts.members.desk.exists:
                self.accounts.members.tell_all()
            self.accounts.members.desk.close()


def members_of(case: Case, *, hasher: PasswordHasher | None = None) -> Members:
    """The members of a case, whose log tells what happens to them."""

    def tell(actor: str, what: str, facts: dict[str, Any]) -> None:
        (case.acting_as(actor) if actor else case).tell("membership", {"what": what, **facts})

    return Members(Credentials(Desk(Path(case.folder)), hasher), tell)
