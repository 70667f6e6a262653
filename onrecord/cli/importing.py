"""Commands that bring in what other people's databases hold: `onrecord import ...`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.cli import shared

if TYPE_CHECKING:
    from onrecord.imports.batch import Batch, ExportFile

F = TypeVar("F", bound=Callable[..., Any])
SHOWN = 3
"""Items that a preview shows."""
LISTED = 50
"""Refused cells that are named one by one."""
MAPPING_BYTES = 1 << 20


@click.group(
    name="import",
    epilog="""
\b
Examples:
  onrecord import csv deaths.csv --mapping deaths.yaml --publisher "River Archive"
  onrecord import ftm entities.ftm.json --publisher "River Archive" --preview
""",
)
def import_() -> None:
    """Bring in what another database holds, as claims of whoever publishes it.

    Each row or entity becomes a document with its own record; the raw cells are kept as its
    original. The whole file is checked before anything is written: all of it comes in, or nothing,
    or with --skip-refused what can be read.
    """


@dataclass(frozen=True, slots=True)
class Asked:
    """What a user asked of an importer; the names are those of the options."""

    file: Path
    publisher: str
    preview: bool
    skip_refused: bool
    folder: Path
    mapping_file: Path | None = None
    save_mapping: str | None = None
    use_mapping: str | None = None

    def opened(self) -> ExportFile:
        """The file to import, read once. Raises a `SourceError` where it cannot be."""
        from onrecord.imports.batch import ExportFile

        publisher = " ".join(self.publisher.split())
        if not publisher:
            raise click.BadParameter("name who publishes the file", param_hint="--publisher")
        return ExportFile(self.file.name, _bytes(self.file), publisher)

    def mapping(self, *, of_a_table: bool = True) -> Mapping[str, Any] | None:
        """The mapping that was named: in a file, or one that the case remembers."""
        from onrecord.imports.mapping import read_mapping
        from onrecord.sources.acquire import display
        from onrecord.sources.encodings import decode
        from onrecord.sources.fault import FaultError

        if self.mapping_file and self.use_mapping:
            raise click.UsageError("name a mapping by --mapping or by --use-mapping, not both")
        if self.use_mapping:
            with shared.open_case(self.folder) as case:
                return case.mapping(self.use_mapping)
        if self.mapping_file is None:
            return None
        try:
            text = decode(_bytes(self.mapping_file, MAPPING_BYTES)).text
        except FaultError as fault:
            raise fault.at(display(self.mapping_file)) from fault
        return read_mapping(text, display(self.mapping_file), of_a_table=of_a_table)


def _bytes(file: Path, limit: int | None = None) -> bytes:
    from onrecord.sources import Limits
    from onrecord.sources.acquire import Opened

    with Opened(file) as held:
        return held.read(limit or Limits().max_bytes)


def common(command: F) -> F:
    """The options that every importer has."""
    for option in reversed(
        (
            click.argument("file", type=click.Path(path_type=Path, dir_okay=False)),
            click.option(
                "--publisher", required=True, help="Who says what the file says: whose claims."
            ),
            click.option("--preview", is_flag=True, help="Show the first items; write nothing."),
            click.option("--skip-refused", is_flag=True, help="Take the rest of a faulty file."),
            shared.case_option,
        )
    ):
        command = option(command)
    return command


def mapping_options(command: F) -> F:
    """`--mapping`, `--save-mapping` and `--use-mapping`."""
    for option in reversed(
        (
            click.option(
                "--mapping",
                "mapping_file",
                type=click.Path(path_type=Path, dir_okay=False),
                help="A YAML file that says what the columns mean.",
            ),
            click.option(
                "--save-mapping", metavar="NAME", help="Remember the mapping in the case."
            ),
            click.option("--use-mapping", metavar="NAME", help="Use a mapping remembered so."),
        )
    ):
        command = option(command)
    return command


def finish(
    asked: Asked, batch: Batch, told: Mapping[str, Any], mapping: Mapping[str, Any] | None = None
) -> None:
    """Show a batch, or write it into the case; leave with exit 2 where cells were refused.

    `told` is what the log says of the file, from `about`.
    """
    for each in batch.refused[:LISTED]:
        click.echo(str(each), err=True)
    if len(batch.refused) > LISTED:
        click.echo(f"... and {len(batch.refused) - LISTED} more.", err=True)
    for note in batch.notes:
        click.echo(f"note: {note}", err=True)
    if asked.preview:
        _show(batch)
    else:
        _write(asked, batch, told, mapping)
    if batch.refused:
        sys.exit(shared.CANNOT)


def _show(batch: Batch) -> None:
    from onrecord.cli.extracting import readable
    from onrecord.imports.item import read

    for item in batch.items[:SHOWN]:
        made = read(item.data)
        click.echo(made.reading.text + "\n")
        click.echo(readable(made.record))
    click.echo(
        f"{len(batch.items)} items can be imported, {len(batch.refused)} cells are refused; "
        "nothing was written."
    )


def _write(
    asked: Asked, batch: Batch, told: Mapping[str, Any], mapping: Mapping[str, Any] | None
) -> None:
    if not asked.skip_refused:
        batch.require(asked.file.name)
    with (
        shared.open_case(asked.folder, write=True) as case,
        shared.progress("importing", len(batch.items)) as advance,
    ):
        facts = {**told, "refused": len(batch.refused)}
        report = case.import_items(batch.items, origin=asked.file, told=facts, progress=advance)
        if asked.save_mapping and mapping is not None:
            case.remember_mapping(asked.save_mapping, mapping)
    click.echo(
        f"{len(report.added)} imported, {len(report.already)} already in the case, "
        f"{len(batch.refused)} cells refused."
    )


def about(export: ExportFile, form: str) -> dict[str, Any]:
    """What the log's entry says of a file that was imported."""
    from onrecord.store.log import plain

    return {
        "format": form,
        "path": plain(export.name),
        "sha256": export.sha256,
        "size": len(export.data),
        "publisher": plain(export.publisher),
    }


@import_.command(
    name="csv",
    epilog="""
\b
Examples:
  onrecord import csv --example > mapping.yaml
  onrecord import csv missing.csv --mapping mapping.yaml --publisher "Selm Archive" --preview
  onrecord import csv missing.csv --mapping mapping.yaml --publisher "Selm Archive" \\
      --save-mapping missing
  onrecord import csv may.csv --use-mapping missing --publisher "Selm Archive"
""",
)
@click.option(
    "--example",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, wanted: _example(context) if wanted else None,
    help="Print a mapping that explains itself, and do nothing else.",
)
@common
@mapping_options
def csv_(**options: Any) -> None:
    """Import a table of comma-separated values by a mapping of its columns.

    Encoding and delimiter are found, unless the mapping states them. A date that could be two days
    is refused until the mapping states the order. Every cell that cannot be taken is named.
    """
    from onrecord.imports import tabular

    asked = Asked(**options)
    mapping = asked.mapping()
    if mapping is None:
        raise click.UsageError("a table needs --mapping or --use-mapping; see --example")
    export = asked.opened()
    finish(asked, tabular.prepare(export, mapping), about(export, "csv"), mapping)


@import_.command(
    name="ftm",
    epilog="""
\b
Examples:
  onrecord import ftm entities.ftm.json --publisher "Selm Archive" --preview
  onrecord import ftm entities.ftm.json --publisher "Selm Archive"
  onrecord import ftm statements.csv --publisher "Selm Archive"
""",
)
@common
def ftm(**options: Any) -> None:
    """Import FollowTheMoney: entities as JSON lines, or statements as CSV.

    A document of onrecord's own export comes back with its text and its whole record, every
    citation checked. Any other entity becomes a document of its own, a claim of the publisher.
    """
    from onrecord.imports.ftm import prepare

    asked = Asked(**options)
    export = asked.opened()
    finish(asked, prepare(export), about(export, "ftm"))


def _example(context: click.Context) -> None:
    from importlib.resources import files

    text = (files("onrecord.imports") / "example_mapping.yaml").read_text(encoding="utf-8")
    click.echo(text, nl=False)
    context.exit()


@import_.command(
    epilog="""
\b
Examples:
  onrecord import uwazi library.csv --publisher "Selm Archive" --preview
  onrecord import uwazi entities.json --publisher "Selm Archive" --mapping templates.yaml
"""
)
@common
@mapping_options
def uwazi(**options: Any) -> None:
    """Import Uwazi's CSV export, or its entities as JSON.

    A mapping says what the properties of each template mean: `templates:` with the names of the
    templates, and below each a mapping as for `import csv`. Without one, an entity is its title and
    each of its properties a statement.
    """
    from onrecord.imports import uwazi as importer

    asked = Asked(**options)
    mapping = asked.mapping(of_a_table=False)
    export = asked.opened()
    finish(asked, importer.prepare(export, mapping), about(export, "uwazi"), mapping)


@import_.command(
    epilog="""
\b
Examples:
  onrecord import bayanat incidents.json --publisher "Selm Archive" --preview
  onrecord import bayanat bulletins.csv --publisher "Selm Archive" --mapping ours.yaml
"""
)
@common
@mapping_options
def bayanat(**options: Any) -> None:
    """Import Bayanat's exports of bulletins, actors or incidents, JSON or CSV.

    A mapping may say which words of the installation are which act (`acts`), and what its numbers
    for the relation of actors mean (`roles`, or `roles: default` for Bayanat's own list).
    """
    from onrecord.imports import bayanat as importer

    asked = Asked(**options)
    mapping = asked.mapping(of_a_table=False)
    export = asked.opened()
    finish(asked, importer.prepare(export, mapping), about(export, "bayanat"), mapping)


@import_.command(
    name="sfm",
    epilog="""
\b
Examples:
  onrecord import sfm personnel_-drovany_2031-02-08.csv --publisher "Security Force Monitor"
""",
)
@common
def sfm_(**options: Any) -> None:
    """Import Security Force Monitor's CSV: units, parentage, personnel, postings, sites.

    Which report it is, is known by its columns.
    """
    from onrecord.imports import sfm

    asked = Asked(**options)
    export = asked.opened()
    finish(asked, sfm.prepare(export), about(export, "sfm"))
