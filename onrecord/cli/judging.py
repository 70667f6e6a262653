"""Commands on who is who: `resolve`, `judge`, `undo`, `grade`, `rebuild`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import shared, told

if TYPE_CHECKING:
    from onrecord.case import Case, Resolved

_PROTECTING = ("protect", "consent", "confidential")
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
        found = _told(case, case.resolve(progress=advance))
    if as_json:
        shared.print_json(found)


def _told(case: Case, found: Resolved) -> dict[str, Any]:
    click.echo(
        f"{found.entities} entities in {found.groups} groups; {found.proposals} pairs proposed or "
        "in doubt.",
        err=True,
    )
    for decision in found.refused:
        click.echo(
            f"entry {decision.seq} ({decision.actor}, {decision.at}) says that "
            f"{told.key(case, decision.left)} and {told.key(case, decision.right)} are the same; "
            "another judgement keeps them apart. Undo one of them: onrecord undo ENTRY",
            err=True,
        )
    return asdict(found)


@click.command(
    epilog="""
\b
Examples:
  onrecord judge "Mira Tane" "Mirah Tanne" same --why "same post, same village"
  onrecord judge "visit.txt|Mira Tane" "obituary.txt|Mira Tane" different
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

    LEFT and RIGHT are names that only one document has; else DOCUMENT|NAME or "NAME (DOCUMENT)",
    the document by its path or file name; or an id of `people`. Nothing is overwritten: `undo`
    takes a judgement back.
    """
    with shared.open_case(folder, write=True) as case:
        entry = case.judge(left, right, verdict, why=why)
        one, other = (told.key(case, entry.payload[side]) for side in ("left", "right"))
        click.echo(f"entry {entry.seq}: {one} and {other}: {entry.payload['verdict']}")
        _told(case, case.resolve())


@click.command(
    epilog="""
\b
Examples:
  onrecord undo          the newest decision that holds, of whatever kind
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
        back = next(e for e in case.log() if e.seq == made.payload["entry"])
        (what,) = told.with_names(case, [f"{back.kind} {back.about}"])
        click.echo(f"entry {made.seq}: takes back entry {back.seq} ({what})")
        if back.kind in _PROTECTING:
            click.echo(
                f"note: what entry {back.seq} kept back may leave again from now on; "
                f"to keep it back as before: onrecord undo {made.seq}",
                err=True,
            )
        _told(case, case.resolve())


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
