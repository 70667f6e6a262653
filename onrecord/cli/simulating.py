"""`onrecord simulate`: a world of fictional reports with known truth."""

from __future__ import annotations

import os
from pathlib import Path

import click

from onrecord.cli import shared


@click.command(
    epilog="""
\b
Examples:
  onrecord simulate --events 50 --seed 1 --out world            reports, records and the truth
  onrecord simulate --events 3050 --seed 1 --out world --records   about 20,000 records, no texts
"""
)
@click.option(
    "--events",
    type=click.IntRange(min=1),
    required=True,
    help="How many events happen; 3050 give about 20,000 reports.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, another world.")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="Where to write."
)
@click.option(
    "--with",
    "extras",
    type=click.Choice(["republication"]),
    multiple=True,
    help="What the world has beside: stories printed again months later by another outlet.",
)
@click.option("--records", is_flag=True, help="Records and truth only, no text files.")
def simulate(events: int, seed: int, out: Path, extras: tuple[str, ...], records: bool) -> None:
    """Write fictional reports of a simulated conflict, with the truth beside them.

    Everything in it is invented. The same seed and number of events give the same bytes.
    """
    from onrecord.simulation import publish, write_reports

    with shared.progress("simulating", None) as advance:
        number = write_reports(
            out,
            publish(events, seed, extras=extras),
            texts=not records,
            apart=hasattr(os, "fork") and (os.cpu_count() or 1) > 1,
            advance=advance,
        )
    click.echo(f"{number} reports of {events} events in {out}", err=True)
