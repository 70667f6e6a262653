"""`onrecord extract`: records of documents, no case needed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import shared
from onrecord.errors import SourceError

if TYPE_CHECKING:
    from onrecord.model import Record
    from onrecord.pipeline import Job
    from onrecord.sources import Item, Limits


@click.command(
    epilog="""
\b
Examples:
  onrecord extract report.txt                      who says what, to read
  onrecord extract --jsonl report.txt > one.jsonl  the record, one JSON object a line
  onrecord extract --jsonl --workers 4 reports/ > all.jsonl
  onrecord extract --jsonl --min-confidence 0.8 reports/ > sure.jsonl
"""
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--jsonl", is_flag=True, help="One JSON object a document, in the order given.")
@shared.min_confidence_option
@shared.workers_option
def extract(paths: tuple[Path, ...], jsonl: bool, floor: float | None, workers: int | None) -> None:
    """Make records of documents, without a case.

    PATHS are files (text, HTML, PDF, DOCX, ODT, email, pictures with captions), folders, or ZIP
    files of these. Records go to standard output; progress and warnings to standard error. A file
    that cannot be read is named with the reason; the others are still done, and the exit code is 2.
    """
    from onrecord.pipeline import extract_lines, extract_many, to_line, workers_for
    from onrecord.products.confident import Sieve
    from onrecord.sources import Limits, collect

    errors: list[SourceError] = []

    def refuse(error: SourceError) -> None:
        errors.append(error)
        shared.complain(error)

    limits = Limits()
    items = list(collect(paths, limits=limits, on_error=refuse))
    total = len(items) + len(errors)
    workers = workers_for(len(items), workers)
    sys.stdout.reconfigure(encoding="utf-8", errors="surrogatepass")  # type: ignore[union-attr]
    with shared.progress("extracting", len(items)) as advance:
        jobs = _jobs(items, limits, refuse)
        if jsonl and floor is None:
            for line in extract_lines(jobs, workers=workers):
                sys.stdout.write(line.text + "\n")
                if line.note:
                    click.echo(f"{line.path}: {line.note}", err=True)
                advance(line.path)
        else:
            for record in Sieve(floor or 0).records(extract_many(jobs, workers=workers)):
                sys.stdout.write(to_line(record) + "\n" if jsonl else readable(record))
                if jsonl and record.document.note:
                    click.echo(f"{record.document.path}: {record.document.note}", err=True)
                advance(record.document.path)
    shared.refused(errors, total)


def _jobs(
    items: list[Item], limits: Limits, refuse: Callable[[SourceError], None]
) -> Iterator[Job]:
    """Read one document after the other in the reading process; name those it cannot read."""
    from onrecord.pipeline import job_of
    from onrecord.sources import Reader

    with Reader(limits) as reader:
        for item in items:
            try:
                acquired = reader.read(item)
            except SourceError as error:
                refuse(error)
                continue
            for warning in acquired.reading.warnings:
                click.echo(f"{acquired.path}: {warning}", err=True)
            yield job_of(acquired)


def readable(record: Record) -> str:
    """A record's claims as lines to read."""
    from onrecord.cli.told import reading

    return "\n".join(reading(record)) + "\n\n"
