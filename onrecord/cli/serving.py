"""`onrecord serve`: the workbench, on this machine alone."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import shared

if TYPE_CHECKING:
    from onrecord.case import Case


@click.command(
    epilog="""
\b
Examples:
  onrecord serve
  onrecord serve --case ~/cases/river --port 8400
  onrecord serve --no-browser          print the link only
"""
)
@shared.case_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="The port.  [default: any that is free]",
)
@click.option("--browser/--no-browser", default=True, help="Open the link in your browser.")
def serve(folder: Path, port: int, browser: bool) -> None:
    """Open the workbench on a case, in the browser.

    It answers this machine alone (127.0.0.1). The link it prints opens once and needs no password;
    run the command again for a new one. Nothing on its pages asks any other host for anything.
    Ctrl-C ends it.
    """
    with shared.open_case(folder) as case:
        run(case, port, browser=browser)


def run(case: Case, port: int, *, browser: bool) -> None:
    """Serve a case until Ctrl-C."""
    from onrecord.web.serving import serve as bind

    served = bind(case, port)
    link = served.link()
    click.echo(f"{case.name}: open {link}")
    click.echo("The link opens once. Ctrl-C ends the workbench.", err=True)
    if browser:
        webbrowser.open(link)
    served.run()
