"""Commands that print what people act on: `dossier`, `brief`, `chronology` and the others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import shared

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.case import Case
    from onrecord.model import Record
    from onrecord.products import Page
    from onrecord.products.index import Judged

FORMATS = ("terminal", "markdown", "json", "html", "pdf", "docx")


def product_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--case`, `--min-confidence`, `--format` and `--output`, alike for every product."""
    for option in (
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path, dir_okay=False),
            help="Write to a file; its ending (.html, .pdf, .docx, .md, .json) names the format.",
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(FORMATS),
            help="How to write it.  [default: by --output, else terminal]",
        ),
        shared.min_confidence_option,
        shared.case_option,
    ):
        command = option(command)
    return command


@click.command(
    epilog="""
\b
Examples:
  onrecord dossier "Helka Torvane"
  onrecord dossier "Davit Oranesh" "Davit Oranech" -o oranesh.html
"""
)
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@product_options
def dossier(
    names: tuple[str, ...],
    folder: Path,
    floor: float | None,
    form: str | None,
    output: Path | None,
) -> None:
    """Everything on record about one person or body.

    Names and spellings, posts, relations, allegations by them and against them, what they answered,
    demands made of them. Give several spellings of one NAME to take them together.
    """
    from onrecord.products import dossier as make

    with shared.open_case(folder) as case:
        make_it = partial(make, name=names, judged=judged(case))
        write(made(case.records(), floor, make_it), form, output)


@click.command(
    epilog="""
\b
Examples:
  onrecord brief "Helka Torvane" "Davit Oranesh"
  onrecord brief --engagement "Port Ansel"
  onrecord brief --engagement "Port Ansel" -o visit.html
"""
)
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--engagement", metavar="WORDS", help="Words of the visit or meeting, or its id.")
@product_options
def brief(
    names: tuple[str, ...],
    engagement: str | None,
    folder: Path,
    floor: float | None,
    form: str | None,
    output: Path | None,
) -> None:
    """A page to take into a meeting with named people, or to a visit.

    Who they are, when and where they will be, what is alleged against them, by whom and in whose
    words, what they answered, the questions that follow, and what is not supported.
    """
    from onrecord.products import brief as make

    if not names and not engagement:
        raise click.UsageError(
            'Name somebody, or an engagement: onrecord brief "Jane Doe", '
            'or onrecord brief --engagement "Oslo".'
        )
    with shared.open_case(folder) as case:
        make_it = partial(make, names=names, engagement=engagement, judged=judged(case))
        page = made(case.records(), floor, make_it)
        write(page, form, output)


@click.command(
    epilog="""
\b
Examples:
  onrecord chronology
  onrecord chronology -o chronology.html
"""
)
@product_options
def chronology(folder: Path, floor: float | None, form: str | None, output: Path | None) -> None:
    """What is reported to have happened, in order of date, each entry with its source."""
    from onrecord.products import chronology as make

    with shared.open_case(folder) as case:
        write(made(case.records(), floor, partial(make, judged=judged(case))), form, output)


@click.command(
    epilog="""
\b
Examples:
  onrecord demands
  onrecord demands --format markdown > demands.md
"""
)
@product_options
def demands(folder: Path, floor: float | None, form: str | None, output: Path | None) -> None:
    """Who is asked by whom to do what, by when, and the response on record, if any."""
    from onrecord.products import demands as make

    with shared.open_case(folder) as case:
        write(made(case.records(), floor, partial(make, judged=judged(case))), form, output)


@click.command(
    epilog="""
\b
Examples:
  onrecord contradictions
  onrecord contradictions -o contradictions.pdf
"""
)
@product_options
def contradictions(
    folder: Path, floor: float | None, form: str | None, output: Path | None
) -> None:
    """Where sources contradict each other, side by side with their origins.

    Numbers, dates, places, who is said to have done it, denials: each side in its own words, on
    whose word, and how many independent origins the event has and why. Nothing is averaged.
    """
    from onrecord.products import contradictions as make

    with shared.open_case(folder) as case:
        clusters = {m.key: group.canonical for group in case.people(None) for m in group.members}
        make_it = partial(make, clusters=clusters, judged=judged(case))
        write(made(case.records(), floor, make_it), form, output)


def judged(case: Case) -> list[Judged]:
    """People's judgements of who is who, by the ids of the entities they are about."""
    from onrecord.products.index import Judged

    return [
        Judged(d.left.rpartition("|")[2], d.right.rpartition("|")[2], d.verdict)
        for d in case.judgements()
    ]


def made(
    records: Iterable[Record], floor: float | None, make: Callable[[Iterable[Record]], Page]
) -> Page:
    """The page made from records, without what is below the floor where one is named."""
    if floor is None:
        return make(records)
    from onrecord.products.confident import Sieve

    sieve = Sieve(floor)
    return sieve.noted(make(sieve.records(records)))


def write(page: Page, form: str | None, output: Path | None) -> None:
    """Render a page to the terminal or a file; a file is written whole or not at all."""
    from onrecord.products.render import print_terminal, render_bytes

    endings = {".md": "markdown", ".json": "json", ".html": "html", ".htm": "html"}
    endings |= {".pdf": "pdf", ".docx": "docx"}
    form = form or (endings.get(output.suffix.lower(), "terminal") if output else "terminal")
    if output is None and form == "terminal":
        from rich.console import Console

        print_terminal(page, Console())
        return
    written = render_bytes(page, form)
    if output is None:
        click.get_binary_stream("stdout").write(written)
        return
    shared.write_whole(output, written)
    click.echo(f"{output}: {page.title}", err=True)
