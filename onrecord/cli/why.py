"""What happened, by whose word: `events`, and `why` they have so many independent origins."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import shared

if TYPE_CHECKING:
    from onrecord.corroboration.summary import Against, EventSummary


@click.command(
    epilog="""
\b
Examples:
  onrecord why claim:4c1d2e
  onrecord why event:0f3a77 --json
"""
)
@click.argument("subject", metavar="CLAIM|EVENT")
@shared.case_option
@shared.json_option
def why(subject: str, folder: Path, as_json: bool) -> None:
    """Say which origin a claim has, and how many independent origins there are.

    Shows the claim's chain of attribution, every other claim that goes back to the same origin with
    the reason why it does, and the other origins of the same event. Two reports of one source are
    one source; when in doubt, they are not independent.
    """
    from onrecord.corroboration.why import as_markdown

    with shared.open_case(folder) as case:
        explained = case.why(subject)
    if as_json:
        shared.print_json(asdict(explained))
    else:
        click.echo(as_markdown(explained), nl=False)


@click.command(
    epilog="""
\b
Examples:
  onrecord events
  onrecord events --all
  onrecord events --json
"""
)
@click.option("--all", "every", is_flag=True, help="Also those that one document alone tells of.")
@shared.case_option
@shared.json_option
def events(every: bool, folder: Path, as_json: bool) -> None:
    """Show the events that reports tell of, their origins, and where these contradict each other.

    Contradictions stand side by side with their origins; no figure is chosen or averaged. `why
    EVENT` says how the origins were counted.
    """
    with shared.open_case(folder) as case:
        found = [event for event in case.events() if every or event.reports > 1]
    if as_json:
        shared.print_json([asdict(event) for event in found])
        return
    for event in found:
        click.echo("\n".join(_event_lines(event)) + "\n")
    click.echo(f"{len(found)} events{'' if every else ' in more than one report'}.", err=True)


def _event_lines(event: EventSummary) -> Iterator[str]:
    from onrecord.vocabulary import load

    types = ", ".join(load("acts")[kind]["label"] for kind in event.types)
    when, where = ", ".join(event.dates) or "date unknown", ", ".join(event.places)
    yield f"{types}; {when}; {where or 'place unknown'}  ({event.id})"
    sources = f": {'; '.join(event.sources)}" if event.sources else ""
    yield f"  {event.reports} reports, {event.independent_origins} independent origins{sources}"
    answers: dict[tuple[str, str], list[Against]] = defaultdict(list)
    for against in event.contradictions:
        answers[against.says, against.right.key].append(against)
    for (says, _), told in answers.items():
        yield f"  {told[0].right.source} {says}:"
        for side in (*(against.left for against in told), told[0].right):
            yield f"    {side.source}: {side.gives}"
            yield f"      “{side.words}” ({side.path})"
