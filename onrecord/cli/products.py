"""Commands that print what people act on: `dossier`, `brief`, `chronology` and the others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import shared
from onrecord.cli.shared_release import language_option, recipient_options, released

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onrecord.case import Release
    from onrecord.model import Record
    from onrecord.products import Page
    from onrecord.products.door.policy import Recipient

FORMATS = ("terminal", "markdown", "json", "html", "pdf", "docx")


def product_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`--case`, `--min-confidence`, `--language`, `--format` and `--output`, alike for all."""
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
        language_option,
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
  onrecord dossier "Davit Oranesh" --audience internal
"""
)
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@product_options
@recipient_options
def dossier(names: tuple[str, ...], recipient: Recipient, **asked: Any) -> None:
    """Everything on record about one person or body.

    Names and spellings, posts, relations, allegations by them and against them, what they answered,
    demands made of them. Give several spellings of one NAME to take them together.
    """
    from onrecord.products import dossier as make

    def page(release: Release) -> Page:
        made_of = partial(make, name=_coded(names, release), judged=release.judged)
        return made(release.records(), asked["floor"], made_of)

    released("dossier", asked, recipient, page)


@click.command(
    epilog="""
\b
Examples:
  onrecord brief "Helka Torvane" "Davit Oranesh"
  onrecord brief --engagement "Port Ansel"
  onrecord brief --engagement "Port Ansel" --language fr -o visite.pdf
  onrecord brief --engagement "Port Ansel" -o visit.html --to "the desk" --purpose "visit in May"
"""
)
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--engagement", metavar="WORDS", help="Words of the visit or meeting, or its id.")
@product_options
@recipient_options
def brief(
    names: tuple[str, ...], engagement: str | None, recipient: Recipient, **asked: Any
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

    def page(release: Release) -> Page:
        visit = engagement and release.coded(engagement)
        made_of = partial(
            make, names=_coded(names, release), engagement=visit, judged=release.judged
        )
        return made(release.records(), asked["floor"], made_of)

    released("brief", asked, recipient, page)


@click.command(
    epilog="""
\b
Examples:
  onrecord chronology
  onrecord chronology -o chronology.html
"""
)
@product_options
@recipient_options
def chronology(recipient: Recipient, **asked: Any) -> None:
    """What is reported to have happened, in order of date, each entry with its source."""
    from onrecord.products import chronology as make

    released("chronology", asked, recipient, partial(_of_all, make, asked["floor"]))


@click.command(
    epilog="""
\b
Examples:
  onrecord demands
  onrecord demands --format markdown > demands.md
"""
)
@product_options
@recipient_options
def demands(recipient: Recipient, **asked: Any) -> None:
    """Who is asked by whom to do what, by when, and the response on record, if any."""
    from onrecord.products import demands as make

    released("demands", asked, recipient, partial(_of_all, make, asked["floor"]))


@click.command(
    epilog="""
\b
Examples:
  onrecord contradictions
  onrecord contradictions -o contradictions.pdf
"""
)
@product_options
@recipient_options
def contradictions(recipient: Recipient, **asked: Any) -> None:
    """Where sources contradict each other, side by side with their origins.

    Numbers, dates, places, who is said to have done it, denials: each side in its own words, on
    whose word, and how many independent origins the event has and why. Nothing is averaged.
    """
    from onrecord.products import contradictions as make

    def page(release: Release) -> Page:
        clusters = {
            f"{document.id}|{entity}": canonical
            for document in release.documents()
            for entity, canonical in release.who_is(document.id).items()
        }
        made_of = partial(make, clusters=clusters, judged=release.judged)
        return made(release.records(), asked["floor"], made_of)

    released("contradictions", asked, recipient, page)


def _of_all(make: Callable[..., Page], floor: float | None, release: Release) -> Page:
    """A page of the whole case."""
    return made(release.records(), floor, partial(make, judged=release.judged))


def _coded(names: tuple[str, ...], release: Release) -> tuple[str, ...]:
    """Names as they stand in what leaves: of the protected their codes."""
    return tuple(release.coded(name) for name in names)


def made(
    records: Iterable[Record], floor: float | None, make: Callable[[Iterable[Record]], Page]
) -> Page:
    """The page made from records, without what is below the floor where one is named."""
    if floor is None:
        return make(records)
    from onrecord.products.confident import Sieve

    sieve = Sieve(floor)
    return sieve.noted(make(sieve.records(records)))
