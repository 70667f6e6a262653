"""The members of a case: who was invited, as what, and what opens the door to them.

They are kept at the desk (`desk.py`), apart from the case's log and record. What happens to
membership is told to `tell`, which the workbench writes into the case's log, without secrets. It is
put down at the desk together with the change, and told as soon as the log can be written: nobody
has to be let in for as long as an import holds the case.
"""

from __future__ import annotations

import json
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, select, update
from sqlalchemy import insert as new

from onrecord.errors import CaseError, NotFound, OnrecordError
from onrecord.store.log import now
from onrecord.web.credentials import Credentials, check, folded
from onrecord.web.desk import CODES, INVITATIONS, MEMBERS, SETTINGS, UNTOLD, Desk, set_in
from onrecord.web.visitor import ROLES, Role, Sight, Visitor

INVITATION_LASTS = 7 * 24 * 3600
"""Seconds in which an invitation can be opened."""
LONGEST_NAME = 60
REQUIRED = "second_factor"
IDLE, IDLE_MINUTES = "idle_minutes", 30
_FOR_ALL = select(SETTINGS.c.name, SETTINGS.c.value).where(SETTINGS.c.name.in_((REQUIRED, IDLE)))
Tell = Callable[[str, str, dict[str, Any]], None]
"""Told who did it, what happened, and the facts. Where it raises `CaseError` it is told later."""


class Membership(OnrecordError):
    """Something that cannot be done to a member, or by them."""


@dataclass(frozen=True, slots=True)
class Member:
    """A member. `joined` is None until they open their invitation; times are UTC in ISO 8601."""

    name: str
    role: Role
    sight: Sight
    invited: str
    joined: str | None
    second_factor: bool
    epoch: int = 0

    @property
    def visitor(self) -> Visitor:
        """Who they are at the workbench."""
        return Visitor(self.name, self.role, self.sight)


@dataclass(frozen=True, slots=True)
class Standing:
    """A member, and what holds for everybody: what each request of theirs needs to be known."""

    member: Member
    second_factor_required: bool
    idle_minutes: int


def _nobody_told(actor: str, what: str, facts: dict[str, Any]) -> None:
    del actor, what, facts


@dataclass(slots=True)
class Members:
    """The members of one case. `tell` is told of each change."""

    credentials: Credentials
    tell: Tell = _nobody_told
    _telling: Lock = field(default_factory=Lock)

    @property
    def desk(self) -> Desk:
        """Where they are kept."""
        return self.credentials.desk

    @property
    def exist(self) -> bool:
        """Whether anybody was ever invited and not removed."""
        return bool(self.all())

    def all(self) -> list[Member]:
        """Everybody, by name."""
        if not self.desk.exists:
            return []
        with self.desk.reading() as connection:
            rows = connection.execute(select(MEMBERS).order_by(MEMBERS.c.folded)).mappings()
            return [_member(row) for row in rows]

    def get(self, name: str) -> Member:
        """A member, however the name is capitalized. Raises `NotFound`."""
        found = self.find(name)
        if found is None:
            raise NotFound(
                f"nobody called {name!r} is a member",
                why="they were not invited, or were removed",
                todo="`onrecord members list` shows who is",
            )
        return found

    def find(self, name: str) -> Member | None:
        """A member, or None."""
        if not self.desk.exists:
            return None
        with self.desk.reading() as connection:
            row = _row(connection, name)
        return _member(row) if row else None

    def standing(self, name: str) -> Standing | None:
        """How somebody stands now; None where they are no member who joined."""
        if not self.desk.exists:
            return None
        with self.desk.reading() as connection:
            row = _row(connection, name)
            if row is None or row["joined"] is None:
                return None
            told = {each.name: each.value for each in connection.execute(_FOR_ALL)}
        return Standing(_member(row), told.get(REQUIRED) == "yes", _minutes(told.get(IDLE, "")))

    def invite(
        self,
        name: str,
        role: Role | None = None,
        sight: Sight | None = None,
        *,
        actor: str = "",
    ) -> str:
        """Invite somebody; returns the key of their link, which opens once, within seven days.

        For a member it is how they come in anew: their password, second factor and sessions end
        now; role and sight stay as they are unless said. A newcomer is a viewer unless said, and
        sees codes unless an administrator. Raises `Membership` for a name that is none.
        """
        name, key = _proper(name), secrets.token_urlsafe(32)
        known = self.find(name)
        if known:
            self._spare_the_last(known, role or known.role)
            name, role, sight = known.name, role or known.role, sight or known.sight
        role = role or "viewer"
        sight = sight or default_sight(role)
        facts = {"role": role, "sight": sight, **({"anew": True} if known else {})}
        told = {"role": role, "sight": sight, "invited": now()}
        with self.desk.writing() as connection:
            mine = MEMBERS.c.folded == folded(name)
            if known is None:
                empty = {"folded": folded(name), "name": name, "epoch": 0, "step": 0}
                connection.execute(new(MEMBERS).values(**empty, **told))
            else:
                self._reset(connection, name)
                connection.execute(update(MEMBERS).where(mine).values(**told, joined=None))
            connection.execute(delete(INVITATIONS).where(INVITATIONS.c.folded == folded(name)))
            until = int(self.credentials.clock()) + INVITATION_LASTS
            connection.execute(
                new(INVITATIONS).values(
                    hash=self._invitation(key), folded=folded(name), until=until
                )
            )
            _put_down(connection, actor, "invited", {"subject": name, **facts})
        self.tell_all()
        return key

    def invited(self, key: str) -> Member | None:
        """Whom an invitation was made for, while it stands; None where it opens nothing."""
        if not self.desk.exists:
            return None
        with self.desk.reading() as connection:
            return self._invited(connection, key)

    def join(self, key: str, password: str) -> Member:
        """Open an invitation with a password of one's own.

        Raises `WeakPassword`, and `Membership` where the invitation opens nothing, or did before.
        """
        found = self.invited(key)
        if found is None:
            raise _closed()
        check(password, (found.name,))
        sealed = self.credentials.seal_password(password)
        with self.desk.writing() as connection:
            if self._invited(connection, key) is None:
                raise _closed()
            self._reset(connection, found.name)
            mine = MEMBERS.c.folded == folded(found.name)
            connection.execute(update(MEMBERS).where(mine).values(password=sealed, joined=now()))
            connection.execute(
                delete(INVITATIONS).where(INVITATIONS.c.folded == folded(found.name))
            )
            facts = {"subject": found.name, "role": found.role}
            _put_down(connection, found.name, "joined", facts)
        self.tell_all()
        return self.get(found.name)

    def change(
        self, name: str, *, role: Role | None = None, sight: Sight | None = None, actor: str = ""
    ) -> Member:
        """Give somebody another role or sight; their sessions end. Raises `NotFound`, `Membership`.

        There must always remain an administrator.
        """
        known = self.get(name)
        if role is not None:
            self._spare_the_last(known, role)
        changed = replace(known, role=role or known.role, sight=sight or known.sight)
        if changed == known:
            return known
        with self.desk.writing() as connection:
            connection.execute(
                update(MEMBERS)
                .where(MEMBERS.c.folded == folded(known.name))
                .values(role=changed.role, sight=changed.sight, epoch=MEMBERS.c.epoch + 1)
            )
            for what in ("role", "sight"):
                if getattr(changed, what) != getattr(known, what):
                    facts = {"subject": known.name, what: getattr(changed, what)}
                    _put_down(connection, actor, f"{what} changed", facts)
        self.tell_all()
        return self.get(known.name)

    def remove(self, name: str, *, actor: str = "") -> None:
        """Let somebody in no more; their sessions end. Raises `NotFound`, `Membership`."""
        known = self.get(name)
        self._spare_the_last(known, None)
        with self.desk.writing() as connection:
            connection.execute(delete(MEMBERS).where(MEMBERS.c.folded == folded(known.name)))
            _put_down(connection, actor, "removed", {"subject": known.name})
        self.tell_all()

    @property
    def second_factor_required(self) -> bool:
        """Whether everybody needs a second factor."""
        return self.desk.setting(REQUIRED) == "yes"

    def require_second_factor(self, required: bool, *, actor: str = "") -> None:
        """Set whether everybody needs a second factor."""
        if required != self.second_factor_required:
            what = "second factor required" if required else "second factor no longer required"
            self._settle(REQUIRED, "yes" if required else "no", actor, what)

    @property
    def idle_minutes(self) -> int:
        """Minutes without use after which a session ends."""
        return _minutes(self.desk.setting(IDLE))

    def end_idle_after(self, minutes: int, *, actor: str = "") -> None:
        """Set after how many minutes without use a session ends."""
        if minutes != self.idle_minutes:
            what = f"sessions end after {minutes} minutes without use"
            self._settle(IDLE, str(minutes), actor, what)

    def tell_all(self) -> None:
        """Tell what happened and was not told yet; what cannot be told now waits."""
        with self._telling:
            with self.desk.reading() as connection:
                rows = connection.execute(select(UNTOLD).order_by(UNTOLD.c.seq)).all()
            for row in rows:
                try:
                    self.tell(row.actor, row.what, json.loads(row.facts))
                except CaseError:
                    return
                with self.desk.writing() as connection:
                    connection.execute(delete(UNTOLD).where(UNTOLD.c.seq == row.seq))

    def _settle(self, name: str, value: str, actor: str, what: str) -> None:
        with self.desk.writing() as connection:
            set_in(connection, name, value)
            _put_down(connection, actor, what, {})
        self.tell_all()

    def _invited(self, connection: Connection, key: str) -> Member | None:
        row = (
            connection.execute(
                select(MEMBERS)
                .join(INVITATIONS, INVITATIONS.c.folded == MEMBERS.c.folded)
                .where(INVITATIONS.c.hash == self._invitation(key))
                .where(INVITATIONS.c.until > int(self.credentials.clock()))
            )
            .mappings()
            .first()
        )
        return _member(row) if row else None

    def _invitation(self, key: str) -> str:
        return self.desk.digest("invitation", key)

    def _reset(self, connection: Connection, name: str) -> None:
        """Take away all that opens the door to somebody."""
        connection.execute(delete(CODES).where(CODES.c.folded == folded(name)))
        connection.execute(
            update(MEMBERS)
            .where(MEMBERS.c.folded == folded(name))
            .values(password=None, seed=None, step=0, epoch=MEMBERS.c.epoch + 1)
        )

    def _spare_the_last(self, member: Member, role: Role | None) -> None:
        """Raise where nobody could administer the case any more without `member`."""
        if member.role != "administrator" or role == "administrator":
            return
        others = [each for each in self.all() if each.name != member.name]
        left = [each for each in others if each.role == "administrator"]
        if any(each.joined for each in left) or (left and member.joined is None):
            return
        raise Membership(
            f"{member.name} is the last administrator",
            why="somebody must be able to invite and to remove",
            todo="make somebody else an administrator first",
        )


def default_sight(role: Role) -> Sight:
    """Whether protected people are shown by name to somebody of a role, if nobody said so."""
    return "names" if role == "administrator" else "codes"


def _minutes(told: str) -> int:
    return int(told) if told.isdigit() else IDLE_MINUTES


def _put_down(connection: Connection, actor: str, what: str, facts: dict[str, Any]) -> None:
    """What is to be told, within the change that it tells of."""
    told = {"actor": actor, "what": what, "facts": json.dumps(facts)}
    connection.execute(new(UNTOLD).values(**told))


def _row(connection: Connection, name: str) -> RowMapping | None:
    query = select(MEMBERS).where(MEMBERS.c.folded == folded(name))
    return connection.execute(query).mappings().first()


def _member(row: RowMapping) -> Member:
    return Member(
        row["name"],
        row["role"] if row["role"] in ROLES else "viewer",
        "names" if row["sight"] == "names" else "codes",
        row["invited"],
        row["joined"],
        row["seed"] is not None,
        row["epoch"],
    )


def _proper(name: str) -> str:
    """A name as it is kept. Raises `Membership` where it is none."""
    told = " ".join(unicodedata.normalize("NFC", name).split())
    strange = any(unicodedata.category(each)[0] == "C" for each in told)
    if not told or strange or len(told) > LONGEST_NAME:
        raise Membership(
            "that is no name for a member",
            why="it is empty, too long, or holds characters that nobody sees",
            todo=f"give 1 to {LONGEST_NAME} letters, signs and blanks",
        )
    return told


def _closed() -> Membership:
    return Membership(
        "this invitation opens nothing",
        why="an invitation opens once, within seven days, until another takes its place",
        todo="ask an administrator of the case for a new one",
    )
