"""Commands on who is who: `resolve`, `people`, `review`, `judge`, `undo`, `grade`, `rebuild`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import shared

if TYPE_CHECKING:
    from onrecord.case import Group, Resolved

_TYPES = ("Person", "Organization", "Group", "Place")
_why_option = click.option("--why", default="", help="The reason, for whoever reads the log.")


@click.command(
    epilog="""
\b
Examples:
  onrecord resolve
  onrecord resolve --json
"""
)
@shared.case_option
@shared.json_option
def resolve(folder: Path, as_json: bool) -> None:
    """Work out who is who in the whole case.

    The machine proposes with reasons; people's judgements win over it. Run it after `add`, `judge`
    or `undo`; what it makes is derived, and made anew each time.
    """
    with shared.open_case(folder) as case, shared.progress("who is who", None) as advance:
        worked = case.resolve(progress=advance)
    found = _told(worked)
    if as_json:
        shared.print_json(found)


def _told(found: Resolved) -> dict[str, Any]:
    click.echo(
        f"{found.entities} entities in {found.groups} groups; {found.proposals} pairs proposed or "
        "in doubt.",
        err=True,
    )
    for decision in found.refused:
        click.echo(
            f"entry {decision.seq} ({decision.actor}, {decision.at}) says that {decision.left} and "
            f"{decision.right} are the same; another judgement keeps them apart. Undo one of them.",
            err=True,
        )
    return asdict(found)


@click.command(
    epilog="""
\b
Examples:
  onrecord people
  onrecord people --type Place --all
  onrecord people --json
"""
)
@shared.case_option
@click.option("--type", "kind", type=click.Choice(_TYPES), default="Person", show_default=True)
@click.option("--all", "everybody", is_flag=True, help="Also those named in one document only.")
@shared.json_option
def people(folder: Path, kind: str, everybody: bool, as_json: bool) -> None:
    """Show who is taken for one: spellings, sources, reasons, and who decided."""
    with shared.open_case(folder) as case:
        found = [g for g in case.people(kind) if everybody or len(g.members) > 1]
    if as_json:
        shared.print_json([asdict(group) for group in found])
        return
    for group in found:
        click.echo("\n".join(_group_lines(group)) + "\n")
    click.echo(f"{len(found)} of type {kind}.", err=True)


def _group_lines(group: Group) -> list[str]:
    from onrecord.resolution.names import compare

    lines = [f"{' / '.join(group.spellings)}  ({group.canonical})"]
    lines += [f"  {member.name}: {member.path}  [{member.key}]" for member in group.members]
    for pair in group.reasons:
        said = compare(pair.left.name, pair.right.name, group.type).explain()
        lines.append(f"  the machine joined {pair.left.name} and {pair.right.name}: {said}.")
        lines += [f"    {reason}" for reason in pair.reasons]
    for decision in group.decisions:
        why = f": {decision.why}" if decision.why else ""
        lines.append(f"  judged {decision.verdict} by {decision.actor} at {decision.at}{why}")
    return lines


@click.command(
    epilog="""
\b
Examples:
  onrecord judge "sha256:3f0a...|person:12ab..." "sha256:77c1...|person:09fe..." same
  onrecord judge "Mira Tane" "Mirah Tanne" same --why "same post, same village"
  onrecord judge cluster:0a0ae64b2d8bede2 "Mira Tane" different
"""
)
@shared.case_option
@click.argument("left")
@click.argument("right")
@click.argument("verdict", type=click.Choice(["same", "different", "unsure"]))
@_why_option
def judge(folder: Path, left: str, right: str, verdict: Any, why: str) -> None:
    """Put down that two entities are the same, different, or that one cannot tell.

    LEFT and RIGHT are keys (DOCUMENT|ENTITY, where the document may be named by its path and the
    entity by its name), names that only one entity has, or ids of groups. Nothing is overwritten:
    `undo` takes a judgement back.
    """
    with shared.open_case(folder, write=True) as case:
        entry = case.judge(left, right, verdict, why=why)
        told = entry.payload
        click.echo(f"entry {entry.seq}: {told['left']} and {told['right']}: {told['verdict']}")
        _told(case.resolve())


@click.command(
    epilog="""
\b
Examples:
  onrecord undo          the newest decision that holds
  onrecord undo 17       the decision of entry 17 of the log
"""
)
@shared.case_option
@click.argument("entry", type=int, required=False)
@_why_option
def undo(folder: Path, entry: int | None, why: str) -> None:
    """Take back a decision; undoing the undo brings it back.

    ENTRY is the number of the decision in the log; without it, the newest that holds is taken back.
    """
    with shared.open_case(folder, write=True) as case:
        made = case.undo(entry, why=why)
        click.echo(f"entry {made.seq}: takes back entry {made.payload['entry']}")
        _told(case.resolve())


@click.command(
    epilog="""
\b
Examples:
  onrecord grade reports/river.txt --source B --why "usually right on this district"
  onrecord grade reports/river.txt --information 3
"""
)
@shared.case_option
@click.argument("subject")
@click.option("--source", type=click.Choice(list("ABCDEF")), help="Reliability of the source.")
@click.option(
    "--information", type=click.Choice(list("123456")), help="Credibility of what it says."
)
@_why_option
def grade(
    folder: Path, subject: str, source: str | None, information: str | None, why: str
) -> None:
    """Grade a document, an entity or a claim on the Admiralty scales.

    The two scales are judged apart and never made into one number.
    """
    with shared.open_case(folder, write=True) as case:
        entry = case.grade(
            subject, source_reliability=source, information_credibility=information, why=why
        )
    click.echo(f"entry {entry.seq}: {entry.payload['subject']} graded")


@click.command(
    epilog="""
\b
Examples:
  onrecord rebuild
  onrecord rebuild --workers 4
"""
)
@shared.case_option
@shared.workers_option
def rebuild(folder: Path, workers: int | None) -> None:
    """Make all tables anew from the originals and the log.

    Everything must come out as the log sealed it; where something does not, the case is left as it
    was and the difference is named.
    """
    with shared.open_case(folder, write=True) as case:
        total = case.status().documents
        with shared.progress("rebuilding", total) as advance:
            count = case.rebuild(workers=workers, progress=advance)
    click.echo(f"{count} documents made anew; everything is as the log sealed it.")
