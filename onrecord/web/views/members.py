"""The members of the case, for its administrators: invite, change, remove."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast, get_args

from onrecord.case import Case
from onrecord.web.members import LONGEST_NAME, Members, Membership
from onrecord.web.page import Action, Asked, NotAsked, Page, Parameter
from onrecord.web.visitor import ROLES, Role, Sight

SIGHTS: tuple[Sight, ...] = get_args(Sight)
_LINK = "invitation"


@dataclass(frozen=True, slots=True)
class Shown:
    """A member as administrators see them; times are UTC in ISO 8601."""

    name: str
    role: str
    sight: str
    invited: str
    joined: str | None
    second_factor: bool
    sessions: int


@dataclass(frozen=True, slots=True)
class Invited:
    """An invitation that was just made; its link opens once and is shown once."""

    name: str
    link: str


@dataclass(frozen=True, slots=True)
class Team:
    """Everybody who was invited, and what holds for all of them."""

    members: tuple[Shown, ...]
    roles: tuple[str, ...]
    sights: tuple[str, ...]
    second_factor_required: bool
    idle_minutes: int
    invitation: Invited | None


def team(case: Case, asked: Asked) -> Team:
    """Everybody who was invited."""
    del case
    members = _members(asked)
    return Team(
        members=tuple(
            Shown(
                each.name,
                each.role,
                each.sight,
                each.invited,
                each.joined,
                each.second_factor,
                len(asked.services.access.sessions(each.visitor)),
            )
            for each in members.all()
        ),
        roles=ROLES,
        sights=SIGHTS,
        second_factor_required=members.second_factor_required,
        idle_minutes=members.idle_minutes,
        invitation=asked.services.once.take(str(asked.visit.number), _LINK),
    )


def invite(case: Case, asked: Asked) -> str:
    """Invite somebody, or let a member come in anew; the link is shown once on the next page."""
    del case
    members, name = _members(asked), asked["name"] or ""
    known = members.find(name)
    if known and known.name == asked.visitor.name:
        raise Membership(
            "you cannot invite yourself",
            why="it would end your password and your sessions, this one too",
            todo="change your password under My account",
        )
    key = members.invite(name, _role(asked), _sight(asked), actor=asked.visitor.name)
    link = f"{asked.services.base}/join?key={key}"
    invited = Invited(members.get(name).name, link)
    asked.services.once.put(str(asked.visit.number), _LINK, invited)
    return "/members"


def change(case: Case, asked: Asked) -> str:
    """Give a member another role or sight; their sessions end."""
    del case
    members = _members(asked)
    role, sight = _role(asked), _sight(asked)
    members.change(asked["name"] or "", role=role, sight=sight, actor=asked.visitor.name)
    return "/members"


def remove(case: Case, asked: Asked) -> str:
    """Let a member in no more; their sessions end."""
    del case
    _members(asked).remove(asked["name"] or "", actor=asked.visitor.name)
    return "/members"


def settle(case: Case, asked: Asked) -> str:
    """Set what holds for all members."""
    del case
    members, actor = _members(asked), asked.visitor.name
    if asked["second_factor"] not in ("", "required", "free"):
        raise NotAsked("that is no answer", why="it is not on the list", todo="required, free")
    if asked["second_factor"]:
        members.require_second_factor(asked["second_factor"] == "required", actor=actor)
    if asked["minutes"] is not None:
        members.end_idle_after(asked["minutes"], actor=actor)
    return "/members"


def _members(asked: Asked) -> Members:
    if asked.services.accounts is None:
        raise Membership(
            "this workbench has no accounts",
            why="it was opened without them",
            todo="open it with `onrecord serve`",
        )
    return asked.services.accounts.members


def _role(asked: Asked) -> Role | None:
    if asked["role"] not in ("", *ROLES):
        raise NotAsked("that is no role", why="it is not on the list", todo=", ".join(ROLES))
    return cast("Role", asked["role"]) if asked["role"] else None


def _sight(asked: Asked) -> Sight | None:
    if asked["sight"] not in ("", *SIGHTS):
        raise NotAsked("that is no sight", why="it is not on the list", todo=", ".join(SIGHTS))
    return cast("Sight", asked["sight"]) if asked["sight"] else None


PAGE = Page(
    "/members",
    "members",
    "Members",
    "Who may sign in to the workbench of the case, and as what.",
    team,
    "members.html.j2",
    right="administer",
)
_NAME = Parameter("name", "What they are called.", most=2 * LONGEST_NAME)
_ROLE = Parameter("role", f"What they may do: {', '.join(ROLES)}.", default="", most=20)
_SIGHT = Parameter("sight", "How protected people are shown to them: names, codes.", default="")


def _action(
    path: str, name: str, act: Callable[[Case, Asked], str], *parameters: Parameter
) -> Action:
    about = (act.__doc__ or "").partition("\n")[0]
    return Action(f"/members/{path}", name, about, act, parameters, right="administer")


ACTIONS = (
    _action("invite", "invite_member", invite, _NAME, _ROLE, _SIGHT),
    _action("change", "change_member", change, _NAME, _ROLE, _SIGHT),
    _action("remove", "remove_member", remove, _NAME),
    _action(
        "settings",
        "set_for_members",
        settle,
        Parameter("second_factor", "required or free.", default="", most=10),
        Parameter(
            "minutes", "Minutes without use after which a session ends.", "integer", None, 1, 720
        ),
    ),
)
