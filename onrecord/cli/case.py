"""Commands on a case as a whole: `verify`, `log`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

import click

from onrecord.cli import shared, told

DOES_NOT_HOLD = 1


@click.command(
    epilog="""
\b
Examples:
  onrecord verify
  onrecord verify --case ~/cases/river --json > problems.json
"""
)
@shared.case_option
@shared.json_option
def verify(folder: Path, as_json: bool) -> None:
    """Check that everything still holds.

    Hashes each original and stored text again, checks the chain of the log, and reads every
    citation again from the stored text. Names exactly what does not hold, and exits with 1 then.
    """
    with shared.open_case(folder) as case:
        total = case.status().documents
        with shared.progress("verifying", total) as advance:
            report = case.verify(progress=advance)
    if as_json:
        shared.print_json(
            {
                "documents": report.documents,
                "citations": report.citations,
                "entries": report.entries,
                "without_original": report.without_original,
                "problems": [
                    {"kind": p.kind, "where": p.where, "what": p.what, "todo": p.todo}
                    for p in report.problems
                ],
            }
        )
    else:
        if report.without_original:
            click.echo(
                f"{report.without_original} documents came from another case without their "
                "originals: that their texts are what the originals say cannot be checked here."
            )
        for problem in report.problems:
            click.echo(f"{problem.kind}: {problem.where}: {problem.what}\n  do:  {problem.todo}")
        click.echo(
            f"{report.documents} documents, {report.citations} citations, "
            f"{report.entries} log entries: {len(report.problems)} do not hold."
        )
    sys.exit(DOES_NOT_HOLD if report.problems else 0)


@click.command(
    epilog="""
\b
Examples:
  onrecord log
  onrecord log --json | less
"""
)
@shared.case_option
@shared.json_option
def log(folder: Path, as_json: bool) -> None:
    """Show who did what, when: the append-only log of the case."""
    with shared.open_case(folder) as case:
        entries = case.log()
        if as_json:
            shared.print_json([asdict(entry) for entry in entries])
            return
        about = told.with_names(case, [entry.about for entry in entries])
        for entry, words in zip(entries, about, strict=True):
            line = f"{entry.seq:>6}  {entry.at}  {entry.actor}  {entry.kind}  {words}"
            click.echo(line.rstrip())
