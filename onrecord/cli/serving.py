"""`onrecord serve`: the workbench, on this machine alone or for a team."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import shared

if TYPE_CHECKING:
    from onrecord.case import Case
    from onrecord.web.binding import Where

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command(
    epilog="""
\b
Examples:
  onrecord serve
  onrecord serve --case ~/cases/river --port 8400
  onrecord serve --no-browser          print the link only

\b
For a team, once somebody is invited (`onrecord members invite NAME --role administrator`):
  onrecord serve --host 0.0.0.0 --port 443 --public-url https://river.example.org \\
                 --tls-certificate river.pem --tls-key river.key
  onrecord serve --port 8400 --behind-proxy https://river.example.org
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
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="The address to answer at; any but this machine's own needs members, and TLS.",
)
@click.option("--tls-certificate", "certificate", type=_FILE, help="Certificate chain, PEM.")
@click.option("--tls-key", "key", type=_FILE, help="Private key of the certificate, PEM.")
@click.option(
    "--behind-proxy",
    "proxy",
    default="",
    metavar="URL",
    help="TLS ends at a proxy, which people reach at https://NAME.",
)
@click.option(
    "--proxy-address",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Where that proxy asks from; it is believed who asked it (X-Forwarded-For).",
)
@click.option("--public-url", "url", default="", metavar="URL", help="What people open.")
@click.option(
    "--without-tls",
    is_flag=True,
    help="Answer others without TLS: whoever is on the network reads passwords and the case.",
)
def serve(folder: Path, browser: bool, **where: Any) -> None:
    """Open the workbench on a case, in the browser.

    It answers this machine alone (127.0.0.1). The link it prints opens once and needs no password;
    run the command again for a new one. Where the case has members (`onrecord members`), they sign
    in and no link is printed. Nothing on its pages asks any other host for anything. Ctrl-C ends
    it.
    """
    from onrecord.web.binding import Where

    with shared.open_case(folder) as case:
        run(case, browser=browser, where=Where(**where))


def run(case: Case, port: int = 0, *, browser: bool, where: Where | None = None) -> None:
    """Serve a case until Ctrl-C."""
    from onrecord.web.serving import serve as bind

    served = bind(case, port, where=where)
    if where and where.without_tls and not (where.local or where.secure):
        click.secho("warning: ", fg="yellow", bold=True, nl=False, err=True)
        click.echo("no TLS: whoever is on the network reads passwords and the case.", err=True)
    link = f"{served.base}/" if served.team else served.link()
    click.echo(f"{case.name}: open {link}")
    told = "Members sign in." if served.team else "The link opens once."
    click.echo(f"{told} Ctrl-C ends the workbench.", err=True)
    served.services.work.catch_up(case)
    if browser and (where is None or where.local):
        webbrowser.open(link)
    served.run()
