"""Commands that draw what sources say: `timeline`, `map`, `network`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import shared
from onrecord.cli.shared_release import language_option, recipient_options

if TYPE_CHECKING:
    from onrecord.products.pictures import Picture

ENDINGS = (".svg", ".png", ".json")


def picture_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """`NAME...`, `--output`, `--case`, `--min-confidence` and for whom, alike for every picture."""
    for option in (
        click.argument("names", nargs=-1, metavar="[NAME...]"),
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path, dir_okay=False),
            callback=_drawable,
            help="The file; its ending names the format: .svg, .png, or .json for the data with "
            "citations.  [default: the name of the command, .svg]",
        ),
        language_option,
        shared.case_option,
        recipient_options,
        shared.min_confidence_option,
    ):
        command = option(command)
    return command


def _drawable(context: click.Context, _: click.Parameter, output: Path | None) -> Path:
    chosen = output or Path(f"{context.info_name}.svg")
    if chosen.suffix.lower() not in ENDINGS:
        raise click.BadParameter(f"a picture is one of {', '.join(ENDINGS)}, by its ending")
    return chosen


@click.command(
    epilog="""
\b
Examples:
  onrecord timeline -o timeline.svg
  onrecord timeline "Davit Oranesh" -o oranesh.png
  onrecord timeline -o timeline.json --audience internal
"""
)
@picture_options
def timeline(**given: Any) -> None:
    """Draw what is said to have happened or to be planned, in order of time.

    A day, some day within a month, and an open end look different. What has no year stands on a
    calendar of its own; what has no date is listed. Each entry says who alleges, denies or
    announces it. Name somebody to see only what they have a part in.
    """
    from onrecord.products.pictures import timeline as draw

    _leave("timeline", draw, **given)


@click.command(
    name="map",
    epilog="""
\b
Examples:
  onrecord map -o map.svg
  onrecord map "River Guard" -o guard.png --to "The Ledger" --purpose "for print"
""",
)
@picture_options
def map_(**given: Any) -> None:
    """Draw where things are said to have happened: areas, not pins.

    A town is a circle as wide as what is known of it, a country is shaded; a place whose position
    nobody knows is listed beside the map. The base map is part of the program: nothing is fetched.
    """
    from onrecord.products.pictures import map_of as draw

    _leave("map", draw, **given)


@click.command(
    epilog="""
\b
Examples:
  onrecord network -o network.svg
  onrecord network "Helka Torvane" "Davit Oranesh" -o visit.png
"""
)
@picture_options
def network(**given: Any) -> None:
    """Draw people and bodies and what ties them by the word of sources.

    Posts, family and membership are solid lines, what is alleged is dashed, what is denied dotted;
    each line has a number under which it says what is said and by whom.
    """
    from onrecord.products.pictures import network as draw

    _leave("network", draw, **given)


def _leave(kind: str, draw: Callable[..., Picture], **given: Any) -> None:
    """Draw a picture of what may leave, and let it leave by the door."""
    from onrecord.products.confident import Sieve
    from onrecord.products.wording import speaking

    names: tuple[str, ...] = given["names"]
    floor: float | None = given["floor"]
    output, folder, recipient = given["output"], given["folder"], given["recipient"]
    form = output.suffix.lower().removeprefix(".")
    with shared.open_case(folder) as case, speaking(given["language"]):
        with case.release(kind, form=form, out=output, recipient=recipient) as release:
            records = release.records()
            kept = records if floor is None else Sieve(floor).records(records)
            asked = [release.coded(name) for name in names]
            picture = draw(kept, names=asked, judged=release.judged, who_is=release.who_is)
            release.path(output.name).write_bytes(_written(picture, form))
        for each in release.withheld:
            click.echo(f"left out: {each.subject}: {each.rule}", err=True)
        for note in release.notes:
            click.echo(note, err=True)
    drawn, of = picture.data["drawn"], picture.data["of"]
    click.echo(f"{output}: {picture.title}, {drawn} of {of}", err=True)


def _written(picture: Picture, form: str) -> bytes:
    from onrecord.products.pictures import to_json, to_png, to_svg

    if form == "png":
        return to_png(picture)
    text = to_svg(picture) if form == "svg" else to_json(picture)
    return text.encode("utf-8", "backslashreplace")
