"""`onrecord fetch`: pages of the web into the case, only when asked."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import shared

if TYPE_CHECKING:
    from onrecord.errors import SourceError
    from onrecord.sources.web.collecting import Collection

MOST_BYTES = 10 * 1024**2


@click.command(
    epilog="""
\b
Examples:
  onrecord fetch https://example.org/statement
  onrecord fetch --list addresses.txt --output visit.wacz
  onrecord fetch --feed https://example.org/news.xml
"""
)
@click.argument("urls", nargs=-1, metavar="[URL]...")
@click.option(
    "--list",
    "list_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A text file with one address a line; # begins a remark.",
)
@click.option(
    "--feed", "feeds", multiple=True, metavar="URL", help="The pages of an RSS or Atom feed."
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The WACZ file to write.  [default: fetched-TIME.wacz in the case's folder]",
)
@click.option(
    "--allow-private-addresses-of-a-test-server",
    "private",
    is_flag=True,
    help="Ask this machine and its network too. For tests of a server of your own, nothing else.",
)
@shared.case_option
def fetch(
    urls: tuple[str, ...],
    list_file: Path | None,
    feeds: tuple[str, ...],
    output: Path | None,
    private: bool,
    folder: Path,
) -> None:
    """Fetch pages from the web, keep them as WACZ, and add them to the case.

    The servers see this machine's address. Only what is named is fetched: no links are followed.
    What robots.txt forbids, and addresses that are not public, are not asked. Each page is kept
    with its address, time, HTTP headers and hashes, and who collected it.
    """
    from onrecord.store.log import author

    asked = [*urls, *(_listed(list_file) if list_file else ())]
    if not (asked or feeds):
        raise click.UsageError("name an address, a --list or a --feed")
    with shared.open_case(folder) as case:
        title = case.name
    at = datetime.now(UTC)
    path = output or folder / f"fetched-{at:%Y%m%dT%H%M%SZ}.wacz"
    if path.exists():
        raise click.BadParameter(f"{path} is there already", param_hint="--output")
    found = _collected(asked, feeds, private=private)
    if not found.pages:
        sys.exit(shared.CANNOT)
    found.write(path, operator=author().actor, title=title, at=at)
    with (
        shared.open_case(folder, write=True) as case,
        shared.progress("adding", 2 * len(found.pages)) as advance,
    ):
        report = case.add([path], workers=None, progress=advance, refuse=shared.complain)
    click.echo(
        f"{len(found.pages)} fetched into {path}, {len(report.added)} added, "
        f"{len(found.refused)} not fetched, {len(report.refused)} could not be read."
    )
    if found.refused or report.refused:
        sys.exit(shared.CANNOT)


def _collected(asked: list[str], feeds: tuple[str, ...], *, private: bool) -> Collection:
    from onrecord.sources.web.collecting import Collection
    from onrecord.sources.web.fetch import Fetcher

    found = Collection(Fetcher(private=private))

    def refused(error: SourceError) -> None:
        shared.complain(error)

    with shared.progress("fetching", None) as advance:
        found.collect(asked, feeds, refuse=refused, progress=advance)
    return found


def _listed(file: Path) -> list[str]:
    """The addresses in a list."""
    from onrecord.sources.acquire import Opened, display
    from onrecord.sources.encodings import decode
    from onrecord.sources.fault import FaultError

    with Opened(file) as held:
        data = held.read(MOST_BYTES)
    try:
        text = decode(data).text.removeprefix("\ufeff")
    except FaultError as fault:
        raise fault.at(display(file)) from fault
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
