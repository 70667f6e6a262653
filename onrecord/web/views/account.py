"""One's own account: password, second factor, recovery codes, sessions, and what happened to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from onrecord.case import Case
from onrecord.web.access import Session
from onrecord.web.accounts import Accounts
from onrecord.web.credentials import MOST, folded
from onrecord.web.journal import Read
from onrecord.web.members import Membership
from onrecord.web.page import Action, Asked, Page, Parameter

HAPPENED = 20
"""Sign-ins, refusals and changes that are shown."""
_NOT_READ = ("opened", "taken as data", "original", "exported")
_SEED, _CODES = "seed", "codes"


@dataclass(frozen=True, slots=True)
class SettingUp:
    """A second factor that is being set up: its secret, and the same as a picture (a data URI)."""

    secret: str
    picture: str


@dataclass(frozen=True, slots=True)
class Account:
    """The account of whoever asks; `has_one` is false for the holder of a laptop's link.

    `codes` are new recovery codes, shown this once. `token` is the session's, for programs.
    """

    name: str
    role: str
    sight: str
    has_one: bool
    second_factor: bool
    required: bool
    codes_left: int
    codes: tuple[str, ...]
    setting_up: SettingUp | None
    session: int
    sessions: tuple[Session, ...]
    happened: tuple[Read, ...]
    token: str


def account(case: Case, asked: Asked) -> Account:
    """The account of whoever asks."""
    del case
    name, services = asked.visitor.name, asked.services
    accounts = services.accounts
    member = accounts.members.find(name) if accounts and name else None
    return Account(
        name=name,
        role=asked.visitor.role,
        sight=asked.visitor.sight,
        has_one=member is not None,
        second_factor=member is not None and member.second_factor,
        required=accounts is not None and accounts.members.second_factor_required,
        codes_left=accounts.codes_left(name) if accounts and member else 0,
        codes=tuple(services.once.take(_key(asked), _CODES) or ()),
        setting_up=_setting_up(asked),
        session=asked.visit.number,
        sessions=tuple(services.access.sessions(asked.visitor)),
        happened=tuple(
            services.journal.reads(who=name, most=HAPPENED, but=_NOT_READ) if name else ()
        ),
        token=asked.visit.token,
    )


def _key(asked: Asked) -> str:
    """What is shown once is shown to this session."""
    return str(asked.visit.number)


def _setting_up(asked: Asked) -> SettingUp | None:
    secret = asked.services.once.look(_key(asked), _SEED)
    if secret is None:
        return None
    import pyotp
    import segno

    host = urlsplit(asked.services.base).hostname or "onrecord"
    address = pyotp.TOTP(secret).provisioning_uri(
        name=f"{asked.visitor.name}@{host}", issuer_name="onrecord"
    )
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=4, light="#fff")
    return SettingUp(" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)), picture)


def _mine(asked: Asked) -> Accounts:
    """The accounts, where whoever asks has one. Raises `Membership`."""
    accounts = asked.services.accounts
    if accounts is None or not asked.visitor.name:
        raise Membership(
            "you have no account here",
            why="you came by the one-time link of this machine, which needs no password",
            todo="invite yourself as a member if you want one",
        )
    return accounts


def _sure(asked: Asked) -> Accounts:
    """The accounts, once the password was given again. Raises `Membership`, `TooOften`."""
    accounts, name = _mine(asked), asked.visitor.name
    asked.services.rates.take("password, account", folded(name))
    accounts.must_know(name, asked["current"] or "")
    asked.services.rates.forget("password, account", folded(name))
    return accounts


def change_password(case: Case, asked: Asked) -> str:
    """Take another password; every session of theirs ends, this one too."""
    del case
    accounts, name = _mine(asked), asked.visitor.name
    if asked["password"] != asked["again"]:
        raise Membership(
            "the two passwords are not the same",
            why="one of them was mistyped",
            todo="type the new password twice",
        )
    _sure(asked)
    accounts.change_password(name, asked["current"] or "", asked["password"] or "")
    return "/sign-in"


def begin_second_factor(case: Case, asked: Asked) -> str:
    """Show the secret of a new second factor, for five minutes, until a code confirms it."""
    del case
    accounts = _sure(asked)
    asked.services.once.put(_key(asked), _SEED, accounts.members.credentials.new_seed())
    return "/account"


def confirm_second_factor(case: Case, asked: Asked) -> str:
    """Ask for codes from now on; every other session ends, and recovery codes are shown once."""
    del case
    accounts, once = _mine(asked), asked.services.once
    secret = once.look(_key(asked), _SEED)
    if secret is None:
        raise Membership(
            "no second factor is being set up",
            why="its secret is shown for five minutes",
            todo="begin anew",
        )
    asked.services.rates.take("code, account", folded(asked.visitor.name))
    codes = accounts.add_second_factor(asked.visitor.name, secret, asked["code"] or "")
    once.take(_key(asked), _SEED)
    once.put(_key(asked), _CODES, codes)
    asked.services.access.end(asked.visitor, but=asked.visit.number)
    return "/account"


def remove_second_factor(case: Case, asked: Asked) -> str:
    """Ask for no codes any more; every session of theirs ends."""
    del case
    _sure(asked).remove_second_factor(asked.visitor.name)
    return "/sign-in"


def new_codes(case: Case, asked: Asked) -> str:
    """New recovery codes in place of the old ones, shown once."""
    del case
    accounts = _sure(asked)
    member = accounts.members.get(asked.visitor.name)
    if not member.second_factor:
        raise Membership(
            "you have no second factor",
            why="recovery codes take the place of its codes when the device is lost",
            todo="set one up first",
        )
    asked.services.once.put(_key(asked), _CODES, accounts.new_codes(asked.visitor.name))
    return "/account"


def end_sessions(case: Case, asked: Asked) -> str:
    """End one of one's sessions, or all but this one."""
    del case
    _sure(asked)
    asked.services.access.end(asked.visitor, asked["number"], but=asked.visit.number)
    return "/account"


PAGE = Page(
    "/account",
    "account",
    "My account",
    "The account of whoever asks: second factor, sessions, and what happened to it.",
    account,
    "account.html.j2",
)
_CURRENT = Parameter("current", "The password it has now.", most=2 * MOST)


def _action(
    path: str,
    name: str,
    act: Callable[[Case, Asked], str],
    *parameters: Parameter,
) -> Action:
    about = (act.__doc__ or "").partition("\n")[0]
    return Action(f"/account/{path}", name, about, act, parameters, right="read")


ACTIONS = (
    _action(
        "password",
        "change_password",
        change_password,
        _CURRENT,
        Parameter("password", "The new one, 12 to 128 characters.", most=2 * MOST),
        Parameter("again", "The new one again.", most=2 * MOST),
    ),
    _action("second-factor", "begin_second_factor", begin_second_factor, _CURRENT),
    _action(
        "second-factor/confirm",
        "confirm_second_factor",
        confirm_second_factor,
        Parameter("code", "The six digits that the device shows.", most=60),
    ),
    _action("second-factor/remove", "remove_second_factor", remove_second_factor, _CURRENT),
    _action("codes", "new_codes", new_codes, _CURRENT),
    _action(
        "sessions/end",
        "end_sessions",
        end_sessions,
        _CURRENT,
        Parameter("number", "Which; all but this one if not said.", "integer", least=1, most=10**9),
    ),
)
