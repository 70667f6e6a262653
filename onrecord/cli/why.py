"""What happened, by whose word: `events`, and `why` they have so many independent origins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import shared, told

if TYPE_CHECKING:
    from onrecord.corroboration.summary import EventSummary, Side


@click.command(
    epilog="""
\b
Examples:
  onrecord why claim:4c1d2e
  onrecord why event:0f3a77 --json
"""
)
@click.argument("subject", metavar="CLAIM|EVENT")
@shared.case_option
@shared.json_option
def why(subject: str, folder: Path, as_json: bool) -> None:
    """Say which origin a claim has, and how many independent origins there are.

    Shows the claim's chain of attribution, every other claim that goes back to the same origin with
    the reason why it does, and the other origins of the same event. Two reports of one source are
    one source; when in doubt, they are not independent.
    """
    from onrecord.corroboration.why import as_markdown
    from onrecord.products.event_title import event_title

    with shared.open_case(folder) as case:
        explained = case.why(subject)
    if as_json:
        shared.print_json(asdict(explained))
    else:
        about = (explained.types, explained.dates, explained.places)
        title = event_title(*about) if explained.event else explained.subject
        click.echo(as_markdown(explained, title), nl=False)


@click.command(
    epilog="""
\b
Examples:
  onrecord events
  onrecord events --all
  onrecord events --json
"""
)
@click.option("--all", "every", is_flag=True, help="Also those that one document alone tells of.")
@shared.case_option
@shared.json_option
def events(every: bool, folder: Path, as_json: bool) -> None:
    """Show the events that reports tell of, their origins, and where these contradict each other.

    Contradictions stand side by side with their origins; no figure is chosen or averaged. `why
    EVENT` says how the origins were counted.
    """
    with shared.open_case(folder) as case:
        found = [event for event in case.events() if every or event.reports > 1]
        if as_json:
            shared.print_json([asdict(event) for event in found])
            return
        for event in found:
            click.echo("\n".join(_event_lines(event)) + "\n")
    told_by = "in more than one report" if not every else "in all"
    number = told.many(len(found), "event")
    more = "How its origins were counted: onrecord why EVENT" if found else _none_told(every=every)
    click.echo(f"{number} {told_by}. {more}", err=True)


def _none_told(*, every: bool) -> str:
    return "Add documents that tell of acts." if every else "Those in one report: --all"


def _event_lines(event: EventSummary) -> Iterator[str]:
    from onrecord.corroboration.summary import differing
    from onrecord.products.event_title import event_title

    title = event_title(event.types, event.dates, event.places)
    yield told.fitted(f"{title} ({event.id})", "", "    ")
    sources = f": {'; '.join(event.sources)}" if event.sources else ""
    reports = told.many(event.reports, "report")
    origins = told.many(event.independent_origins, "independent origin")
    yield told.fitted(f"{reports}, {origins}{sources}", "  ", "    ")
    for about in differing(event.contradictions):
        yield told.fitted(f"{about.title}:", "  ", "    ")
        for sides in about.given:
            if not about.denied:
                yield told.fitted(sides[0].gives or "others, not named", "    ", "      ")
            for side in sides:
                yield from _side_lines(side, 4 if about.denied else 6)
        for side in about.denied:
            yield from _side_lines(side, 4, "denied by ")


def _side_lines(side: Side, depth: int, before: str = "") -> Iterator[str]:
    from onrecord.products.index import last_part
    from onrecord.products.render.spell import marked

    here, inner = " " * depth, " " * (depth + 2)
    yield told.fitted(f"{before}{side.source} ({last_part(side.path)})", here, inner)
    yield told.fitted(marked(side.words), inner, inner)
