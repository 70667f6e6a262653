"""`onrecord why`: which origin a claim has, and how many independent ones an event."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from onrecord.cli import shared


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
    from onrecord.corroboration.origins import find_origins
    from onrecord.corroboration.why import as_markdown, explain
    from onrecord.model import as_json as to_json
    from onrecord.resolution import resolve
    from onrecord.resolution.events import find_events
    from onrecord.resolution.tables import tables

    with shared.open_case(folder) as case:
        made = tables(to_json(record) for record in case.records())
    clusters = resolve(made).clusters
    pairs = (clusters[name].to_pylist() for name in ("key", "canonical"))
    events = find_events(made, dict(zip(*pairs, strict=True)))
    explained = explain(made, list(find_origins(made, events, clusters)), subject)
    if as_json:
        shared.print_json(asdict(explained))
    else:
        click.echo(as_markdown(explained), nl=False)
