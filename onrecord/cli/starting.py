"""Commands that begin: `demo`, `init`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import shared

if TYPE_CHECKING:
    from onrecord.case import Case, Release
    from onrecord.products import Page

ENGAGEMENT = "Port Ansel"
PERSON = "Davit Oranesh"
"""Of the packaged reports: the visit the demo prepares for, and somebody to look up."""


@click.command(
    epilog="""
\b
Examples:
  onrecord init river-case
  onrecord init river-case --name "The river villages"
  onrecord init river-case --database postgresql+psycopg://team@db/river
"""
)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="What the case is called.  [default: the folder's name]")
@click.option("--database", metavar="URL", help="A PostgreSQL database instead of a file.")
def init(folder: Path, name: str | None, database: str | None) -> None:
    """Begin a case: one folder with its originals, record, decisions and log."""
    from onrecord.case import Case

    with Case.create(folder, name=name, database=database):
        pass
    click.echo(f"{folder}: an empty case. Next: cd {folder} && onrecord add FILES")


@click.command(
    epilog="""
\b
Examples:
  onrecord demo
  onrecord demo ~/try-onrecord
  onrecord demo --serve                read and decide in the browser
"""
)
@click.argument("folder", default="onrecord-demo", type=click.Path(path_type=Path, file_okay=False))
@click.option("--serve", "in_browser", is_flag=True, help="Open the workbench on it at the end.")
def demo(folder: Path, in_browser: bool) -> None:
    """Build a case of fictional reports in FOLDER, and print the brief for a visit.

    The reports are our own fiction, in an invented country. Running it again uses the same case.
    """
    from onrecord.cli.shared_release import let_out
    from onrecord.demo import FOLDER
    from onrecord.products.door.policy import Recipient

    reports = FOLDER / "reports"
    steps = shared.steps([reports])
    with _demo_case(folder) as case:
        with shared.progress("reading reports", steps) as advance:
            done = case.add([reports], workers=1, progress=advance, refuse=shared.complain)
        if in_browser:
            case.resolve()
        let_out(case, ("brief", "terminal", None), Recipient(), _visit)
        let_out(case, ("brief", "html", folder / "brief.html"), Recipient(), _visit)
    onrecord = _this_command()
    click.echo(
        f"""
{len(done.added) + len(done.already)} fictional reports are in the case {folder}. Try next:

  cd {folder}
  {onrecord} dossier "{PERSON}"        everything on record about one person
  {onrecord} search "mass grave"           spelling is forgiven
  {onrecord} chronology -o chronology.html
  {onrecord} demands
  {onrecord} verify                        read every citation again from the originals
  {onrecord} serve                         the workbench, in the browser

The brief is also a page for the browser: {folder / "brief.html"}"""
    )
    if in_browser:
        from onrecord.cli.serving import run

        with shared.open_case(folder) as case:
            run(case, 0, browser=True)


def _visit(release: Release) -> Page:
    from onrecord.products import brief

    return brief(release.records(), engagement=ENGAGEMENT, judged=release.judged)


def _this_command() -> str:
    """How to call this program from a shell: it need not be on the search path."""
    if shutil.which("onrecord"):
        return "onrecord"
    beside = Path(sys.executable).with_name("onrecord")
    return str(beside) if beside.exists() else f"{sys.executable} -m onrecord"


def _demo_case(folder: Path) -> Case:
    from onrecord.case import Case

    if (folder / "case.json").exists():
        return Case.open(folder, write=True)
    with Case.create(folder, name="The Drovany demo"):
        pass
    return Case.open(folder, write=True)
