"""A member's account: what opens it, and how they change their password and second factor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from onrecord.web.credentials import check, folded
from onrecord.web.desk import CODES, MEMBERS
from onrecord.web.members import Member, Members, Membership

Happened = Callable[[str, str], None]
"""Told who, and what happened to their account; into the journal of the desk, without secrets."""


def _nobody_told(name: str, what: str) -> None:
    del name, what


@dataclass(slots=True)
class Accounts:
    """The accounts of the members."""

    members: Members
    happened: Happened = _nobody_told

    def with_password(self, name: str, password: str) -> Member | None:
        """The member of that name and password; None, in the same time, where there is none."""
        row = self._row(name)
        kept = row["password"] if row else None
        if not self._matches(password, kept) or row is None:
            return None
        if self.members.credentials.outdated(row["password"]):
            self._set(name, password=self.members.credentials.seal_password(password))
        return self.members.find(name)

    def with_code(self, name: str, code: str) -> bool:
        """Whether a one-time code, or a recovery code, is right; it is not right a second time."""
        credentials = self.members.credentials
        with self.members.desk.writing() as connection:
            row = _row_in(connection, name)
            if row is None or row["seed"] is None:
                return False
            step = credentials.step(row["seed"], code, row["step"])
            if step is not None:
                mine = MEMBERS.c.folded == folded(name)
                connection.execute(update(MEMBERS).where(mine).values(step=step))
                return True
            again = credentials.step(row["seed"], code, 0) is not None
            used = connection.execute(
                delete(CODES)
                .where(CODES.c.folded == folded(name))
                .where(CODES.c.hash == credentials.recovery(code))
            )
        if used.rowcount or again:
            self.happened(row["name"], "code tried again" if again else "recovery code used")
        return bool(used.rowcount)

    def must_know(self, name: str, password: str) -> None:
        """Raise `Membership` where that is not the member's password."""
        row = self._row(name)
        if not self._matches(password, row["password"] if row else None):
            raise Membership(
                "that is not your password",
                why="changes to an account need the password it has now",
                todo="type it again; if it is forgotten, ask an administrator for an invitation",
            )

    def change_password(self, name: str, current: str, password: str) -> None:
        """Take another password; their sessions end. Raises `Membership`, `WeakPassword`."""
        self.must_know(name, current)
        check(password, (name,))
        sealed = self.members.credentials.seal_password(password)
        self._set(name, password=sealed, epoch=MEMBERS.c.epoch + 1)
        self.happened(name, "password changed")

    def add_second_factor(self, name: str, seed: str, code: str) -> tuple[str, ...]:
        """Ask for one-time codes of that seed from now on; returns the recovery codes, shown once.

        Raises `Membership` where `code` is not of that seed.
        """
        credentials = self.members.credentials
        sealed = credentials.seal_seed(seed)
        step = credentials.step(sealed, code, 0)
        if step is None:
            raise Membership(
                "that code does not belong to the secret",
                why="it was mistyped, is over, or the clocks of the two devices differ",
                todo="wait for the next code, and check the time of both devices",
            )
        self._set(name, seed=sealed, step=step)
        self.happened(name, "second factor added")
        return self.new_codes(name)

    def remove_second_factor(self, name: str) -> None:
        """Ask for no codes any more; their sessions end. Raises `Membership` where they must."""
        if self.members.second_factor_required:
            raise Membership(
                "everybody here needs a second factor",
                why="an administrator of the case has set so",
                todo="to change your device, add it anew",
            )
        with self.members.desk.writing() as connection:
            connection.execute(delete(CODES).where(CODES.c.folded == folded(name)))
        self._set(name, seed=None, step=0, epoch=MEMBERS.c.epoch + 1)
        self.happened(name, "second factor removed")

    def new_codes(self, name: str) -> tuple[str, ...]:
        """New recovery codes in place of the old ones; they are shown this once."""
        made = self.members.credentials.recovery_codes()
        rows = [
            {"folded": folded(name), "hash": self.members.credentials.recovery(code)}
            for code in made
        ]
        with self.members.desk.writing() as connection:
            connection.execute(delete(CODES).where(CODES.c.folded == folded(name)))
            connection.execute(insert(CODES), rows)
        self.happened(name, "recovery codes made")
        return made

    def codes_left(self, name: str) -> int:
        """How many recovery codes were not used yet."""
        with self.members.desk.reading() as connection:
            query = select(CODES.c.hash).where(CODES.c.folded == folded(name))
            return len(connection.execute(query).all())

    def _matches(self, password: str, kept: str | None) -> bool:
        return self.members.credentials.matches(password, kept)

    def _row(self, name: str) -> RowMapping | None:
        with self.members.desk.reading() as connection:
            return _row_in(connection, name)

    def _set(self, name: str, **values: object) -> None:
        with self.members.desk.writing() as connection:
            mine = MEMBERS.c.folded == folded(name)
            connection.execute(update(MEMBERS).where(mine).values(**values))


def _row_in(connection: Connection, name: str) -> RowMapping | None:
    query = select(MEMBERS).where(MEMBERS.c.folded == folded(name))
    return connection.execute(query).mappings().first()
