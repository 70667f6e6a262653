"""`onrecord members`: who may sign in to the workbench of a case."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import shared

if TYPE_CHECKING:
    from onrecord.case import Case
    from onrecord.web.members import Member, Members

_ROLES = click.Choice(("viewer", "contributor", "reviewer", "administrator"))
_SIGHTS = click.Choice(("names", "codes"))
BROKEN = 1


@click.group(
    cls=shared.Door,
    epilog="""
\b
Examples:
  onrecord members invite Amina --role administrator
  onrecord members invite "Jon Dale" --role reviewer --sight codes
  onrecord members list
  onrecord members role "Jon Dale" contributor
  onrecord members require-second-factor
  onrecord members remove "Jon Dale"
""",
)
def members() -> None:
    """Say who may sign in to the workbench (`onrecord serve`), and as what.

    viewer reads; contributor also adds documents; reviewer also decides; administrator also
    invites and removes. With the sight "codes", which is the default for all but administrators,
    somebody sees protected people as codes only. Passwords are chosen by their owners and stay in
    the case's folder (`case.desk.sqlite`); they leave with no export. The log of the case tells
    who was invited, changed and removed by whom.
    """


@members.command(
    name="list",
    epilog="""
\b
Examples:
  onrecord members list
  onrecord members list --json
""",
)
@shared.case_option
@shared.json_option
def list_(folder: Path, as_json: bool) -> None:
    """List everybody who was invited, with role, sight, and whether they joined."""
    with shared.open_case(folder) as case:
        found = _members(case).all()
    if as_json:
        shared.print_json([_told(member) for member in found])
        return
    if not found:
        click.echo("The case has no members: its workbench is opened by the link it prints.")
    for each in found:
        state = f"joined {each.joined}" if each.joined else f"invited {each.invited}"
        second = ", second factor" if each.second_factor else ""
        click.echo(f"{each.name}  {each.role}, sees {each.sight}{second}, {state}")


@members.command(
    epilog="""
\b
Examples:
  onrecord members invite Amina --role administrator
  onrecord members invite "Jon Dale" --role reviewer
  onrecord members invite "Jon Dale"             the password is forgotten, the device lost
"""
)
@click.argument("name")
@click.option("--role", type=_ROLES, help="What they may do.  [default: viewer]")
@click.option("--sight", type=_SIGHTS, help="How protected people are shown to them.")
@shared.case_option
@shared.json_option
def invite(name: str, role: Any, sight: Any, folder: Path, as_json: bool) -> None:
    """Invite NAME, or let a member come in anew; prints a link that opens once, within seven days.

    Give the link to them by a way that you trust. For a member, their password, second factor and
    sessions end at once; role and sight stay unless said.
    """
    from onrecord.web.services import PUBLIC_URL

    with shared.open_case(folder) as case:
        found = _members(case)
        key = found.invite(name, role, sight)
        member, base = found.get(name), found.desk.setting(PUBLIC_URL)
    link = f"{base}/join?key={key}"
    if as_json:
        shared.print_json({**_told(member), "link": link})
        return
    click.echo(link)
    if not base:
        click.echo("Put the address of your workbench before it, as in https://NAME", err=True)
    click.echo(f"{member.name}, {member.role}, sees {member.sight}. It opens once.", err=True)


@members.command(
    epilog="""
\b
Examples:
  onrecord members role "Jon Dale" reviewer
"""
)
@click.argument("name")
@click.argument("role", type=_ROLES)
@shared.case_option
def role(name: str, role: Any, folder: Path) -> None:
    """Give NAME another ROLE: viewer, contributor, reviewer or administrator.

    Their sessions end. The last administrator stays one.
    """
    with shared.open_case(folder) as case:
        changed = _members(case).change(name, role=role)
    click.echo(f"{changed.name}: {changed.role}")


@members.command(
    epilog="""
\b
Examples:
  onrecord members sight "Jon Dale" codes
"""
)
@click.argument("name")
@click.argument("sight", type=_SIGHTS)
@shared.case_option
def sight(name: str, sight: Any, folder: Path) -> None:
    """Show protected people to NAME by their names, or as codes only. Their sessions end."""
    with shared.open_case(folder) as case:
        changed = _members(case).change(name, sight=sight)
    click.echo(f"{changed.name}: sees {changed.sight}")


@members.command(
    epilog="""
\b
Examples:
  onrecord members remove "Jon Dale"
"""
)
@click.argument("name")
@shared.case_option
def remove(name: str, folder: Path) -> None:
    """Let NAME in no more; their sessions end at once. What they did stays in the log."""
    with shared.open_case(folder) as case:
        _members(case).remove(name)
    click.echo(f"{name}: no member any more")


@members.command(
    name="require-second-factor",
    epilog="""
\b
Examples:
  onrecord members require-second-factor
  onrecord members require-second-factor --no
""",
)
@click.option("--no", "off", is_flag=True, help="Require it no longer.")
@shared.case_option
def require_second_factor(off: bool, folder: Path) -> None:
    """Require a second factor of everybody: a one-time code of their own device.

    Whoever has none sets it up before anything else when they next come in.
    """
    with shared.open_case(folder) as case:
        _members(case).require_second_factor(not off)
    click.echo(f"A second factor is {'not required' if off else 'required of everybody'}.")


@members.command(
    name="idle-end",
    epilog="""
\b
Examples:
  onrecord members idle-end 15
""",
)
@click.argument("minutes", type=click.IntRange(1, 720))
@shared.case_option
def idle_end(minutes: int, folder: Path) -> None:
    """End a session after so many MINUTES without use (30 unless set)."""
    with shared.open_case(folder) as case:
        _members(case).end_idle_after(minutes)
    click.echo(f"A session ends after {minutes} minutes without use.")


@members.command(
    epilog="""
\b
Examples:
  onrecord members reads
  onrecord members reads --who Amina
  onrecord members reads --document sha256:0f3a --json

\b
Exit codes: 0 done; 1 the journal was altered: the chain of its hashes does not hold.
"""
)
@click.option("--who", default="", metavar="NAME", help="Only what this person did.")
@click.option("--document", default="", metavar="ID", help="Only reads of this document.")
@click.option(
    "--last",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    metavar="N",
    help="How many rows.",
)
@shared.case_option
@shared.json_option
def reads(who: str, document: str, last: int, folder: Path, as_json: bool) -> None:
    """Print the journal of reads: who opened what, took what away, and signed in, when.

    The newest last. It tells what was opened in the workbench, not what commands printed, and
    never holds what somebody searched for. A workbench that runs writes it a moment later.
    """
    from onrecord.web.journal import Journal

    with shared.open_case(folder) as case:
        journal = Journal(_members(case).desk)
        found = journal.reads(who=who, subject=document, most=last)[::-1]
        broken = journal.broken()
    if as_json:
        shared.print_json([asdict(read) for read in found])
    else:
        for each in found:
            told = "  ".join(part for part in (each.kind, each.page, each.subject) if part)
            click.echo(f"{each.seq}  {each.at}  {each.actor}  {told}")
    if broken is not None:
        click.echo(f"The journal was altered: row {broken} does not hold.", err=True)
        sys.exit(BROKEN)


def _members(case: Case) -> Members:
    from onrecord.web.services import members_of

    return members_of(case)


def _told(member: Member) -> dict[str, Any]:
    return {name: value for name, value in asdict(member).items() if name != "epoch"}
