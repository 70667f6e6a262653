"""`onrecord people`: who is taken for one, why, and who decided it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli import shared, told

if TYPE_CHECKING:
    from onrecord.case import Case, Group, Pair

_TYPES = ("Person", "Organization", "Group", "Place")


@click.command(
    epilog="""
\b
Examples:
  onrecord people
  onrecord people Tane             only those of whose spellings this is a part
  onrecord people --why            each join by itself, with its reasons
  onrecord people --type Place --all
  onrecord people --json
"""
)
@click.argument("name", required=False, default="")
@shared.case_option
@click.option("--type", "kind", type=click.Choice(_TYPES), default="Person", show_default=True)
@click.option("--all", "everybody", is_flag=True, help="Also those named in one document only.")
@click.option("--why", is_flag=True, help="Each join of the machine by itself.")
@shared.json_option
def people(folder: Path, name: str, kind: str, everybody: bool, why: bool, as_json: bool) -> None:
    """Show who is taken for one: spellings, sources, reasons, and who decided.

    Behind each name stand its documents, to name it by in `judge`: "DOCUMENT|NAME". To part one
    from the others say `different` of it and any of them.
    """
    with shared.open_case(folder) as case:
        every = case.people(kind)
        single = everybody or bool(name)
        found = [g for g in every if (single or len(g.members) > 1) and _named(g, name)]
        if as_json:
            shared.print_json([asdict(group) for group in found])
            return
        for group in found:
            click.echo("\n".join(_lines(case, group, why)) + "\n")
    alone = len(every) - len(found)
    others = f" {alone} others are named in one document only (--all)." if alone > 0 else ""
    spelled = f" spelled like “{name}”" if name else ""
    click.echo(f"{len(found)} of type {kind}{spelled}.{'' if single else others}", err=True)


def _named(group: Group, name: str) -> bool:
    return any(name.casefold() in spelling.casefold() for spelling in group.spellings)


def _lines(case: Case, group: Group, why: bool) -> Iterator[str]:
    documents = told.many(len(group.members), "document")
    yield told.fitted(
        f"{' / '.join(group.spellings)}: {documents}  ({group.canonical})", "", "    "
    )
    for member in group.members:
        yield f"  {told.whole(f'{member.path}|{member.name}')}"
    yield from _each(group.reasons) if why else _together(group.reasons)
    for decision in group.decisions:
        because = f": {decision.why}" if decision.why else ""
        sides = f"{told.key(case, decision.left)} and {told.key(case, decision.right)}"
        by = f"by {decision.actor} at {decision.at} (entry {decision.seq}){because}"
        yield told.fitted(f"judged {decision.verdict} {by}: {sides}", "  ", "    ")


def _together(pairs: tuple[Pair, ...]) -> Iterator[str]:
    """The machine's reasons once, each with how many of its joins it speaks for."""
    if not pairs:
        return
    joined = "1 pair" if len(pairs) == 1 else f"{len(pairs)} pairs, each"
    yield f"  the machine joined them ({joined} of two documents), having weighed:"
    spoken = Counter(reason for pair in pairs for reason in dict.fromkeys(_reasons(pair)))
    for reason, times in spoken.most_common():
        of = f" ({times} of {len(pairs)})" if len(pairs) > 1 else ""
        yield told.fitted(f"{reason}{of}", "    ", "      ")


def _each(pairs: tuple[Pair, ...]) -> Iterator[str]:
    for pair in pairs:
        sides = f"{told.who(pair.left)} and {told.who(pair.right)}"
        yield told.fitted(f"the machine joined {sides}:", "  ", "    ")
        yield from (told.fitted(reason, "    ", "      ") for reason in _reasons(pair))


def _reasons(pair: Pair) -> tuple[str, ...]:
    from onrecord.resolution.names import compare

    said = compare(pair.left.name, pair.right.name, pair.left.type).explain()
    return (f"{said[:1].upper()}{said[1:]}.", *pair.reasons)
