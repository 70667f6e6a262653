"""Commands on the documents of a case: `add`, `status`, `search`, `show`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import shared
from onrecord.cli.told import fitted, many

if TYPE_CHECKING:
    from onrecord.case import AddReport, Hit

_TOLD = 20
"""Files told of one by one; of the others only how many they are."""


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
    steps = shared.steps(paths)
    with shared.open_case(folder, write=True) as case, shared.progress("adding", steps) as advance:
        report = case.add(paths, workers=workers, progress=advance, refuse=shared.complain)
        told = report.copies[:_TOLD]
        first = {copied: case.custody(copied)[0].path for _, copied in told}
    if as_json:
        shared.print_json(
            {
                "added": report.added,
                "already": report.already,
                "extracted": report.extracted,
                "not_read": [{"path": path, "why": why} for path, why in report.unread],
                "refused": [str(error) for error in report.refused],
            }
        )
    else:
        for path, copied in told:
            click.echo(f"{path}: the same file as {first[copied]}, noted in its custody")
        if len(report.copies) > _TOLD:
            click.echo(f"and {len(report.copies) - _TOLD} more that the case has already")
        for path, why in report.unread[:_TOLD]:
            click.echo(fitted(f"{path}: {why}"))
        if len(report.unread) > _TOLD:
            click.echo(f"and {len(report.unread) - _TOLD} more that were not read")
        click.echo(
            f"{len(report.added)} added, {len(report.already)} already in the case, "
            f"{report.extracted - len(report.unread)} extracted, {_not_read(report)}"
            f"{len(report.refused)} refused."
        )
        if report.added:
            click.echo(f"Next: {_next(folder)}")
    shared.refused(report.refused, len(report.added) + len(report.already) + len(report.refused))


def _not_read(report: AddReport) -> str:
    return f"{len(report.unread)} kept but not read, " if report.unread else ""


def _next(folder: Path) -> str:
    """What one does with documents that came in, to be typed as it stands."""
    where = "" if folder == Path() else f" --case {folder}"
    return f"onrecord status{where} lists them, onrecord serve{where} opens them in the browser"


@click.command(
    epilog="""
\b
Examples:
  onrecord status
  onrecord status --json
"""
)
@shared.case_option
@shared.json_option
def status(folder: Path, as_json: bool) -> None:
    """Show what the case holds."""
    with shared.open_case(folder) as case:
        state, held = case.status(), case.documents()
    if as_json:
        shared.print_json(
            {
                **asdict(state),
                "list": [{"id": each.id, "path": each.path, "note": each.note} for each in held],
            }
        )
        return
    click.echo(f"{state.name} ({state.folder}, {state.database})")
    click.echo(f"{many(state.documents, 'document')}, {state.pending} waiting for extraction")
    click.echo(f"{state.entries} log entries, the newest {state.head[:12]}")
    for each in held:
        click.echo(f"  {each.id.removeprefix('sha256:')[:12]}  {each.path}")
        if each.note:
            click.echo(fitted(each.note, " " * 16, " " * 16))
    if held:
        click.echo("Read one: onrecord show FILE. Read all: onrecord serve")
    if not held:
        click.echo("No documents yet. Add some: onrecord add FILES")


@click.command(
    epilog="""
\b
Examples:
  onrecord search "mass grave"
  onrecord search Torvaine --limit 5
"""
)
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1))
@shared.case_option
@shared.json_option
def search(query: tuple[str, ...], limit: int, folder: Path, as_json: bool) -> None:
    """Find passages by their words; spelling is forgiven."""
    with shared.open_case(folder) as case:
        hits = case.search(" ".join(query), limit)
    if as_json:
        shared.print_json([asdict(hit) for hit in hits])
        return
    for hit in hits:
        click.secho(f"{hit.title or hit.path}", bold=True, nl=False)
        click.echo(f"  {hit.document_id.removeprefix('sha256:')[:12]}:{hit.span[0]}-{hit.span[1]}")
        click.echo(f"  {_marked(hit)}\n")
    if not hits:
        click.echo("Nothing found. Try fewer words, or `onrecord status` for what is in the case.")


def _marked(hit: Hit) -> str:
    """The passage with the words that were found in bold."""
    parts, at = [], 0
    first = hit.span[0]
    for start, end in ((s - first, e - first) for s, e in hit.matches):
        parts += [hit.text[at:start], click.style(hit.text[start:end], bold=True, fg="yellow")]
        at = end
    return " ".join("".join([*parts, hit.text[at:]]).split())


@click.command(
    epilog="""
\b
Examples:
  onrecord show 5f2a9c             a document: its claims, and where it came from
  onrecord show visit.txt
  onrecord show 5f2a9c --text      its text
  onrecord show 5f2a9c --json      its whole record
"""
)
@click.argument("document", metavar="DOCUMENT")
@click.option("--text", "as_text", is_flag=True, help="Print the text that was read from it.")
@shared.case_option
@shared.json_option
def show(document: str, as_text: bool, folder: Path, as_json: bool) -> None:
    """Show one document: who says what in it, on whose word, and where it came from.

    DOCUMENT is its path, its file name, its id, or the first digits of its id.
    """
    from onrecord.cli.extracting import readable

    with shared.open_case(folder) as case:
        record, custody = case.record(document), case.custody(document)
    if as_json:
        from onrecord.model import as_json as to_json

        shared.print_json(to_json(record))
    elif as_text:
        click.echo(record.text)
    else:
        click.echo(readable(record), nl=False)
        for each in custody:
            came = (
                f"came in {each.at} by {each.actor} as {each.path} ({each.command}), "
                f"{each.size} bytes, read by {each.reader} {each.reader_version}"
            )
            click.echo(fitted(came, "  ", "    "))
