"""`onrecord review`: the machine's proposals one after the other, one key a decision."""

from __future__ import annotations

import os
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import shared

if TYPE_CHECKING:
    from onrecord.case import Case, Member, Pair

_VERDICTS = {"s": "same", "d": "different", "u": "unsure"}
_KEYS = "s same   d different   u unsure   z undo   n next   q quit"
_PASSAGES = 3


@click.command(
    epilog="""
\b
Examples:
  onrecord review
  onrecord review --type Person --limit 20
  printf 'sdq' | onrecord review     keys from a file or a pipe
"""
)
@shared.case_option
@click.option(
    "--type", "kind", type=click.Choice(["Person", "Organization", "Group", "Place"]), default=None
)
@click.option("--limit", type=click.IntRange(min=1), default=None, help="Pairs to show at most.")
def review(folder: Path, kind: str | None, limit: int | None) -> None:
    """Walk through the pairs of which the machine thinks that they may be one.

    Those come first for which a decision is worth most: where the machine is in doubt and many
    claims rest on the answer. Both sides are shown with what is written of them. One key decides:
    s same, d different, u unsure, z takes the last decision back, n leaves the pair open, q quits.
    Every decision is in the log at once.
    """
    with shared.open_case(folder, write=True) as case:
        pairs = [pair for pair in case.proposals() if kind in (None, pair.left.type)][:limit]
        with pressed() as keys:
            decided = _walk(case, pairs, keys)
        if decided:
            case.resolve()
    if not pairs:
        click.echo("No pair of names waits for a decision.", err=True)
        return
    click.echo(f"{decided} decided, {len(pairs) - decided} left open.", err=True)


def _walk(case: Case, pairs: list[Pair], keys: Iterator[str]) -> int:
    """Show pair after pair until the keys or the pairs end; how many are decided now."""
    made: list[tuple[int, int]] = []
    place = 0
    while place < len(pairs):
        _show(case, pairs[place], place, len(pairs))
        key = next((key for key in keys if key in "sduznq"), "q")
        if key == "q":
            break
        if key == "z":
            place = _take_back(case, made, place)
            continue
        if key in _VERDICTS:
            pair = pairs[place]
            entry = case.judge(pair.left.key, pair.right.key, _VERDICTS[key], why="in review")  # type: ignore[arg-type]
            made.append((place, entry.seq))
            click.echo(f"entry {entry.seq}: {entry.payload['verdict']}\n")
        place += 1
    return len(made)


def _take_back(case: Case, made: list[tuple[int, int]], place: int) -> int:
    """Take back the last decision of this review; where to go on."""
    if not made:
        click.echo("nothing was decided in this review yet\n")
        return place
    before, seq = made.pop()
    case.undo(seq, why="in review")
    click.echo(f"entry {seq} is taken back\n")
    return before


@contextmanager
def pressed() -> Iterator[Iterator[str]]:
    """Keys as they are pressed at a terminal, else the characters of standard input.

    The terminal gives single keys for as long as this holds, so none typed ahead is lost.
    """
    if not sys.stdin.isatty():
        yield iter(lambda: sys.stdin.read(1).lower(), "")
        return
    file = sys.stdin.fileno()
    before = termios.tcgetattr(file)
    try:
        tty.setcbreak(file, termios.TCSADRAIN)
        yield iter(lambda: os.read(file, 1).decode(errors="replace").lower().strip("\x04"), "")
    finally:
        termios.tcsetattr(file, termios.TCSADRAIN, before)


def _show(case: Case, pair: Pair, place: int, total: int) -> None:
    from onrecord.resolution.names import compare

    click.echo(f"--- {place + 1} of {total}: {pair.left.type}, {_chance(pair)} " + "-" * 20)
    _side(case, pair.left)
    _side(case, pair.right)
    click.echo(f"names:   {compare(pair.left.name, pair.right.name, pair.left.type).explain()}")
    for reason in pair.reasons:
        click.echo(f"reason:  {reason}")
    click.echo(f"{pair.affected} claims and acts rest on the answer.\n{_KEYS}")


def _chance(pair: Pair) -> str:
    stands = "joined" if pair.joined else "not joined"
    chance = "over 99%" if pair.chance > 0.99 else f"{pair.chance:.0%}"
    return f"the machine gives {chance} that they are one ({stands} now)"


def _side(case: Case, member: Member) -> None:
    source = ", ".join(part for part in (member.publisher, member.published) if part)
    click.secho(member.name, bold=True)
    click.echo(f"  {member.path}" + (f" ({source})" if source else ""))
    passages = case.passages_of(member.key)
    for passage in passages[:_PASSAGES]:
        before, after = (" ".join(part.split()) for part in (passage.before, passage.after))
        exact = click.style(" ".join(passage.exact.split()), underline=True)
        gap = " " if passage.before[-1:].isspace() else ""
        follows = " " if passage.after[:1].isspace() else ""
        click.echo(f"  … {before}{gap}{exact}{follows}{after} …")
    if len(passages) > _PASSAGES:
        click.echo(f"  (named {len(passages)} times)")
