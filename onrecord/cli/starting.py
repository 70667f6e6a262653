"""Commands that begin: `demo`, `init`."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli import shared


@click.command(
    epilog="""
\b
Examples:
  onrecord init river-case
  onrecord init river-case --name "The river villages" 
  onrecord init river-case --database postgresql+psycopg://team@db/river
"""
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="What the case is called.  [default: the folder's name]")
@click.option("--database", metavar="URL", help="A PostgreSQL database instead of a file.")
def init(folder: Path, name: str | None, database: str | None) -> None:
    """Begin a case: one folder with its originals, record, decisions and log."""
    from onrecord.case import Case

    with Case.create(folder, name=name, database=database):
        pass
    click.echo(f"{folder}: an empty case. Next: cd {folder} && onrecord add FILES")
