"""Commands on the documents of a case: `add`, `status`, `search`, `show`."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli import shared


@click.command(
    epilog="""
\b
Examples:
  onrecord add report.pdf statement.docx
  onrecord add ~/reports --workers 4
  onrecord add bundle.zip --case ~/cases/river
"""
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@shared.case_option
@shared.workers_option
@shared.json_option
def add(paths: tuple[Path, ...], folder: Path, workers: int | None, as_json: bool) -> None:
    """Acquire documents: preserve the originals, read them, extract their record.

    PATHS are files, folders, or ZIP files. Each original goes unchanged into the case's vault; each
    acquisition gets a custody entry. Running the same command again does only what is missing, so
    it may be stopped at any time.
    """
    with shared.open_case(folder, write=True) as case, shared.progress("adding", None) as advance:
        report = case.add(paths, workers=workers, progress=advance, refuse=shared.complain)
    if as_json:
        shared.print_json(
            {
                "added": report.added,
                "already": report.already,
                "extracted": report.extracted,
                "refused": [str(error) for error in report.refused],
            }
        )
    else:
        click.echo(
            f"{len(report.added)} added, {len(report.already)} already in the case, "
            f"{report.extracted} extracted, {len(report.refused)} refused."
        )
    shared.refused(report.refused, len(report.added) + len(report.already) + len(report.refused))
