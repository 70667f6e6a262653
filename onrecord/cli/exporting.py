"""Commands on the record as other programs read it: `export`, `restore`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import shared, told
from onrecord.cli.shared_release import language_option, recipient_options, tell_what_stayed

if TYPE_CHECKING:
    from onrecord.products.door.policy import Recipient
    from onrecord.products.export.source import Format, Source


def _list_formats(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if not asked or context.resilient_parsing:
        return
    from onrecord.products.export.formats import every

    for each in every():
        ends = "a folder" if each.folder else ", ".join(each.endings)
        about, lacks = (text.rstrip(".") for text in (each.about, each.lacks))
        click.echo(f"{each.name}  ({ends})\n  {about}.\n  cannot hold: {lacks}.\n")
    context.exit()


@click.command(
    epilog="""
\b
Examples:
  onrecord export --list
  onrecord export jsonl -o river.jsonl --audience internal
  onrecord export csv -o river-tables --to "M. Ostrel, The Ledger" --purpose "fact checking"
  onrecord export parquet -o river-parquet --min-confidence 0.7
  onrecord export site -o river-site --language fr
"""
)
@click.argument("form", metavar="FORMAT")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write, or the folder to make.",
)
@click.option(
    "--list",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_list_formats,
    help="Show each format, what it is for and what it cannot hold.",
)
@shared.case_option
@recipient_options
@language_option
@shared.min_confidence_option
def export(
    form: str,
    output: Path,
    folder: Path,
    recipient: Recipient,
    language: str,
    floor: float | None,
) -> None:
    """Write the record in a form that other programs open.

    What leaves is what the audience may see, and the log says what left. The file or folder appears
    only when it is whole; stopped, the command leaves nothing behind.
    """
    from onrecord.products.export.sieved import Sieved
    from onrecord.products.wording import speaking

    found, written = _format(form, floor), 0
    if language != "en" and form != "site":
        raise click.UsageError(f"{form} has no words of ours: only a site takes --language")

    def advance(path: str) -> None:
        nonlocal written
        written += 1
        step(path)

    with shared.open_case(folder) as case, speaking(language):
        release_of = partial(case.release, "record", form=form, out=output, recipient=recipient)
        with (
            release_of(tell=partial(click.echo, err=True)) as release,
            shared.progress(f"exporting {form}", case.status().documents) as step,
        ):
            source: Source = release if floor is None else Sieved(release, floor)
            found.write(source, release.path(output.name), advance)
        tell_what_stayed(release)
    then = f"; open {output / 'index.html'}" if form == "site" else ""
    click.echo(f"{output}: {told.many(written, 'document')} as {form}{then}", err=True)


def _format(form: str, floor: float | None) -> Format:
    from onrecord.products.export.formats import MODULES, find

    if form not in MODULES:
        raise click.BadParameter(
            f"there is no {form!r}; there are {', '.join(sorted(MODULES))}", param_hint="FORMAT"
        )
    found = find(form)
    if floor is not None and found.whole:
        raise click.UsageError(f"{form} holds everything: it takes no --min-confidence")
    return found


@click.command(
    epilog="""
\b
Examples:
  onrecord restore river.jsonl --case ~/cases/river-again
"""
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@shared.case_option
def restore(file: Path, folder: Path) -> None:
    """Make a case again from its lossless export (`onrecord export jsonl`).

    FILE goes into a new folder, or into a case that holds nothing yet: whole, or not at all. Every
    line is checked; one that does not hold is named with the cause. The log says when and from what
    the case was restored; documents and decisions keep the times and people they came with.
    """
    from onrecord.case import Case

    with shared.progress("restoring", None) as advance:
        restored = Case.restore(file, folder, progress=advance)
    click.echo(
        f"{restored.name}: {restored.documents} documents and {restored.decisions} decisions. "
        "Who is who is not carried over: run `onrecord resolve`."
    )
    if restored.without_original:
        click.echo(f"{restored.without_original} documents came without their originals.")
