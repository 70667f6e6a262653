"""Commands on what may leave: `protect`, `consent`, `confidential`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.cli import shared
from onrecord.cli.shared_release import ANSWERS, AUDIENCES, LEVELS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from onrecord.case import Agreed, Confidential, Entry, Protection

    Held = TypeVar("Held", Agreed, Confidential, Protection)

_TYPES = ("Person", "Organization", "Group", "Place")
_why_option = click.option("--why", default="", help="The reason, for whoever reads the log.")


@click.command(
    epilog="""
\b
Examples:
  onrecord protect                                        who is protected, and their codes
  onrecord protect "Mira Tane" --why "witness, asked for it on 3 May"
  onrecord protect "Mira Tane" --spelling "M. Tanne" --spelling Miri
  onrecord protect "Sela Orvane" --type Person            before any document names her
  onrecord undo 17                                        take back the decision of entry 17
"""
)
@shared.case_option
@click.argument("name", required=False)
@click.option(
    "--spelling",
    "spellings",
    multiple=True,
    metavar="WORDS",
    help="Another way the name is written, or a nickname. Again for each.",
)
@click.option(
    "--type",
    "kind",
    type=click.Choice(_TYPES),
    help="Protect the name although nothing in the case has it yet, as one of a ...",
)
@_why_option
@shared.json_option
def protect(
    folder: Path,
    name: str | None,
    spellings: tuple[str, ...],
    kind: str | None,
    why: str,
    as_json: bool,
) -> None:
    """Protect a person, body or place: the name leaves this case only as a code.

    NAME is a name, a key (DOCUMENT|ENTITY) or the id of a group. All spellings of the group, as
    resolved now and later, become the code in whatever is given out: in texts, quotes, titles and
    names of files. Only `--audience internal` shows the names. Without a NAME: who is protected.
    """
    with shared.open_case(folder, write=name is not None) as case:
        entry = case.protect(name, spellings=spellings, kind=kind, why=why) if name else None
        held = case.protections()
    _show(held, entry, _protection_words, "protected.", as_json)


def _protection_words(one: Protection) -> str:
    return f"{one.code}: {' / '.join(one.spellings) or 'no name, only descriptions'}"


@click.command(
    epilog="""
\b
Examples:
  onrecord consent                                         what is known of consent
  onrecord consent reports/interview.txt given --audience court --by "M. Tane"
  onrecord consent "Mira Tane" withdrawn --why "call of 3 May"
  onrecord consent "interview.txt|claim:0a12..." given --purpose "universal periodic review"
"""
)
@shared.case_option
@click.argument("subject", required=False)
@click.argument("state", type=click.Choice(ANSWERS), required=False)
@click.option(
    "--audience",
    "audiences",
    multiple=True,
    type=click.Choice(AUDIENCES),
    help="For whom. Again for each.  [default: all]",
)
@click.option(
    "--purpose",
    "purposes",
    multiple=True,
    metavar="WORDS",
    help="For what end, in the words of `--purpose` when it is given out. Again for each.",
)
@click.option("--by", "given_by", default="", metavar="NAME", help="Who gave the answer.")
@_why_option
@shared.json_option
def consent(folder: Path, subject: str | None, state: Any, as_json: bool, **told: Any) -> None:
    """Put down whether somebody agrees that what they said is given out.

    SUBJECT is a document, a claim (DOCUMENT|CLAIM) or a person. Where consent is refused,
    withdrawn or unknown, or given for others or for another end, it does not leave: a document is
    left out, a claim is blacked out, and of a person all that they say is, and the name is coded.
    Where nothing is put down, consent is no hindrance. Without arguments: what holds.
    """
    if (subject is None) != (state is None):
        raise click.UsageError(f"Name the subject and one of: {', '.join(ANSWERS)}.")
    with shared.open_case(folder, write=subject is not None) as case:
        entry = case.consent(subject, state, **told) if subject else None
        held = case.consents()
    _show(held, entry, _consent_words, "answers on consent.", as_json)


def _consent_words(one: Agreed) -> str:
    whom = "everybody" if one.audience == "*" else one.audience
    ends = f", for {' / '.join(one.purposes)}" if one.purposes else ""
    who = f", says {one.given_by}" if one.given_by else ""
    return f"{one.subject}: {one.state} for {whom}{ends}{who}"


@click.command(
    epilog="""
\b
Examples:
  onrecord confidential                                  what is restricted or confidential
  onrecord confidential reports/interview.txt restricted --why "shared in trust"
  onrecord confidential "Mira Tane" confidential
  onrecord confidential reports/interview.txt public
"""
)
@shared.case_option
@click.argument("subject", required=False)
@click.argument("level", type=click.Choice(LEVELS), required=False)
@_why_option
@shared.json_option
def confidential(folder: Path, subject: str | None, level: Any, why: str, as_json: bool) -> None:
    """Put down how confidential a document, a claim or an entity is.

    What is restricted leaves to partners and courts, what is confidential to courts, neither to the
    public: a document is left out, a claim is blacked out, an entity's name is coded. Without
    arguments: what holds.
    """
    if (subject is None) != (level is None):
        raise click.UsageError(f"Name the subject and one of: {', '.join(LEVELS)}.")
    with shared.open_case(folder, write=subject is not None) as case:
        entry = case.confide(subject, level, why=why) if subject else None
        held = case.confidential()
    _show(held, entry, _level_words, "decisions on confidentiality.", as_json)


def _level_words(one: Confidential) -> str:
    return f"{one.subject}: {one.level}"


def _show(
    held: Sequence[Held],
    entry: Entry | None,
    words: Callable[[Held], str],
    what: str,
    as_json: bool,
) -> None:
    """What was put down now, or all that holds and how much that is."""
    if entry is not None:
        held = [one for one in held if one.seq == entry.seq]
    if as_json:
        shared.print_json([asdict(one) for one in held])
        return
    for one in held:
        click.echo(f"{words(one)}\n{_by(one)}")
    if entry is None:
        click.echo(f"{len(held)} {what}", err=True)


def _by(one: Protection | Agreed | Confidential) -> str:
    why = f": {one.why}" if one.why else ""
    return f"  entry {one.seq}, {one.actor} at {one.at}{why}"
