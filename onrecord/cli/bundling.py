"""The command that gives out a case as evidence: `bundle`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import shared
from onrecord.cli.shared_release import recipient_options

if TYPE_CHECKING:
    from onrecord.products.door.policy import Recipient


@click.command(
    epilog="""
\b
Examples:
  onrecord bundle -o river.zip --audience court --to "The Tribunal" --purpose "case 4/26"
  onrecord bundle -o river-bundle --key ~/keys/desk.pem
  onrecord bundle --verify river.zip --fingerprint 3c84...

\b
Exit codes: 0 done, or everything holds; 1 `--verify` found something that does not hold.
"""
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="The folder to make, or with the ending .zip the file.",
)
@click.option(
    "--key",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="An Ed25519 private key (PEM) to sign with.  [default: the case's own, made once]",
)
@click.option(
    "--timestamp-authority",
    "authority",
    metavar="URL",
    default="",
    help="Ask this RFC 3161 authority for a timestamp; it is sent a hash and nothing else.",
)
@click.option(
    "--verify",
    "checked",
    type=click.Path(path_type=Path, exists=True),
    help="Check a bundle, with the program that every bundle holds; no case is needed.",
)
@click.option("--fingerprint", default="", help="With --verify: the key that must have signed.")
@shared.json_option
@shared.case_option
@recipient_options
def bundle(
    output: Path | None, checked: Path | None, folder: Path, recipient: Recipient, **asked: Any
) -> None:
    """Give out originals, texts, custody, record and log as signed evidence.

    A BagIt bag that others check with one Python file and without onrecord. What leaves is what the
    audience may see: protected people are coded, and what stays is listed with its rule.
    """
    if (output is None) == (checked is None):
        raise click.UsageError("name what to make with --output, or what to check with --verify")
    if checked is not None:
        _verify(checked, asked["fingerprint"], as_json=asked["as_json"])
    elif output is not None:
        _make(folder, output, recipient, asked)


def _verify(path: Path, fingerprint: str, *, as_json: bool) -> None:
    from onrecord.products.bundle.verify import told_plainly, verify

    with shared.progress("checking", None) as advance:
        found = verify(str(path), fingerprint, advance)
    click.echo(json.dumps(found, indent=2) if as_json else told_plainly(found))
    sys.exit(0 if found["holds"] else 1)


def _make(folder: Path, output: Path, recipient: Recipient, asked: dict[str, Any]) -> None:
    key = asked["key"]
    with (
        shared.open_case(folder) as case,
        shared.progress("bundling", None) as advance,
    ):
        made = case.bundle(
            output,
            recipient=recipient,
            key=key,
            authority=asked["authority"],
            passphrase=lambda: str(click.prompt(f"passphrase of {key}", hide_input=True, err=True)),
            progress=advance,
            tell=lambda words: click.echo(words, err=True),
        )
    for rule, count in sorted(made.withheld.items()):
        click.echo(f"left out: {count} ({rule})", err=True)
    for note in made.notes:
        click.echo(f"note: {note}", err=True)
    if asked["as_json"]:
        told = {"bundle": str(output), "fingerprint": made.fingerprint, "counts": made.counts}
        shared.print_json(told | {"withheld": made.withheld})
        return
    counts = ", ".join(f"{count} {what}" for what, count in made.counts.items())
    click.echo(f"{output}: {counts}", err=True)
    click.echo(f"signed with the key {made.fingerprint}")
    click.echo("Tell the recipient this fingerprint by another way than the bundle.", err=True)
