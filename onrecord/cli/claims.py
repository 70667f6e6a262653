"""`onrecord claims`: the claims that nobody has decided on; accepted, rejected, corrected."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from onrecord.cli import shared, told
from onrecord.cli.claims_walk import Walk, words
from onrecord.cli.reviewing import pressed

_AT_ONCE = 20
_WHO = "CLAIM is DOCUMENT|ID, or an id or its beginning where only one document has it."
_why_option = click.option("--why", default="", help="The reason, for whoever reads the log.")
_order_option = click.option(
    "--order",
    type=click.Choice(["least sure", "most consequential"]),
    default="least sure",
    show_default=True,
    help="Which of them come first.",
)
_who_option = click.option(
    "--who", default="", help="Only what is said by or against a group, by its id in `people`."
)


@click.group(
    invoke_without_command=True,
    epilog="""
\b
Examples:
  onrecord claims                              the open claims, least sure first
  onrecord claims --order "most consequential" --limit 50
  onrecord claims review                       one after the other, one key a decision
  onrecord claims accept claim:4c1d2e
  onrecord claims reject claim:4c1d2e --why "the report quotes a rumour and denies it"
  onrecord claims correct act:77c109 count --min 5 --max 5
  onrecord claims mark report.txt claim 120 164 --kind allegation --speaker "Mira Tane"
""",
)
@click.pass_context
@shared.case_option
@_order_option
@_who_option
@click.option("--limit", type=click.IntRange(min=1), default=_AT_ONCE, show_default=True)
@shared.json_option
def claims(
    context: click.Context, folder: Path, order: Any, who: str, limit: int, as_json: bool
) -> None:
    """List the claims that nobody has decided on, and decide on them.

    Allegations, denials, admissions and demands come first. What is decided is whether the source
    says so, never whether it is true. Nothing is overwritten: `undo` takes a decision back.
    """
    if context.invoked_subcommand is not None:
        return
    narrowed: dict[str, Any] = {"who": who} if who else {}
    with shared.open_case(folder) as case:
        found = case.open_claims(0, limit, order=order, **narrowed)
        number = case.number_open(**narrowed)
        if as_json:
            shared.print_json([asdict(claim) | {"words": words(case, claim)} for claim in found])
            return
        for claim in found:
            said = told.in_short(case.record(claim.document), claim.id)
            sure = f"{claim.kind}, {1 - claim.doubt:.0%} sure"
            click.echo(f"{claim.id}  {sure}\n{told.fitted(said, '  ', '  ')}")
    shown = f", {len(found)} of them shown (--limit)" if len(found) < number else ""
    click.echo(f"{number} open{shown}. Decide on them: onrecord claims review", err=True)


@claims.command(
    epilog="""
\b
Examples:
  onrecord claims review
  onrecord claims review --order "most consequential" --limit 20
  printf 'aarq' | onrecord claims review     keys from a file or a pipe
"""
)
@shared.case_option
@_order_option
@_who_option
@click.option("--limit", type=click.IntRange(min=1), default=None, help="Claims to show at most.")
def review(folder: Path, order: Any, who: str, limit: int | None) -> None:
    """Walk through the open claims, one key a decision.

    a accepts, r rejects, u says that one cannot tell, c asks for a correction, z takes the last
    decision of this review back, n leaves the claim open, q quits. Every decision is in the log at
    once.
    """
    narrowed = {"who": who} if who else {}
    with shared.open_case(folder, write=True) as case:
        walk = Walk(case, order, narrowed, limit)
        with pressed() as keys:
            walk.through(keys)
        if walk.moved:
            case.resolve()
    click.echo(f"{len(walk.made)} decided.", err=True)


def _decided(name: str, state: str) -> click.Command:
    @click.command(name, help=f"Put down that a claim or an act is {state}. {_WHO}")
    @shared.case_option
    @click.argument("claim")
    @_why_option
    def command(folder: Path, claim: str, why: str) -> None:
        with shared.open_case(folder, write=True) as case:
            entry = case.review(claim, state, why=why)  # type: ignore[arg-type]
            (subject,) = told.with_names(case, [entry.payload["subject"]])
            click.echo(f"entry {entry.seq}: {subject}: {state}")
            if not entry.payload.get("aside"):
                case.resolve()

    return command


for _name, _state in (("accept", "accepted"), ("reject", "rejected"), ("unsure", "undecided")):
    claims.add_command(_decided(_name, _state))


@claims.command(
    epilog="""
\b
Examples:
  onrecord claims correct claim:4c1d2e kind denial
  onrecord claims correct claim:4c1d2e speaker "Mira Tane"
  onrecord claims correct claim:4c1d2e speaker      nobody that the text names
  onrecord claims correct act:77c109 type abduction
  onrecord claims correct act:77c109 count --min 170 --words 120 133
  onrecord claims correct act:77c109 perpetrator "Mira Tane" --not
  onrecord claims correct act:77c109 perpetrator "Lowland Guard" --involvement ordered
  onrecord claims correct act:77c109 date "12 May 2023" --said "on Friday"
"""
)
@shared.case_option
@click.argument("subject")
@click.argument("field")
@click.argument("value", required=False)
@click.option("--min", "least", type=click.IntRange(min=0), help="How many at least.")
@click.option("--max", "most", type=click.IntRange(min=0), help="How many at most.")
@click.option("--victim", help="Whose number, where an act has several victims: an entity.")
@click.option(
    "--words", type=int, nargs=2, metavar="START END", help="The characters that say so, if others."
)
@click.option("--not", "taken_out", is_flag=True, help="Take a perpetrator or a victim out.")
@click.option("--involvement", help="How a perpetrator is said to be involved.")
@click.option("--said", help="Of a date: the words of the text that say when.")
@_why_option
def correct(folder: Path, subject: str, field: str, value: str | None, **asked: Any) -> None:
    """Correct a field of a claim or of an act coded from one.

    Of a claim: kind, quote, modality, polarity, speaker. Of an act: type, modality, polarity, count
    (with --min, --max or both), perpetrator, victim, place, date. SUBJECT is DOCUMENT|ID, or an id
    that only one document has. Without a VALUE a speaker, a place or a date is not stated.
    """
    given: Any = value
    if field == "count":
        given = {"min": asked["least"], "max": asked["most"], "victim": asked["victim"]}
    elif field in ("perpetrator", "victim"):
        said, involvement = not asked["taken_out"], asked["involvement"]
        given = {"who": value, "said": said, "involvement": involvement}
    elif field == "date":
        given = {"date": value, "words": asked["said"]}
    with shared.open_case(folder, write=True) as case:
        entry = case.correct(subject, field, given, why=asked["why"], span=asked["words"])
        (name,) = told.with_names(case, [entry.payload["subject"]])
        click.echo(f"entry {entry.seq}: {name}: {field} corrected")
        case.resolve()


@claims.command(
    epilog="""
\b
Examples:
  onrecord claims mark report.txt name 12 21 --type Person
  onrecord claims mark report.txt claim 120 164 --kind allegation --speaker "Mira Tane"
  onrecord claims mark report.txt act 130 137 --type killing --claim claim:4c1d2e
  onrecord claims mark report.txt count 141 145 --act act:77c109
"""
)
@shared.case_option
@click.argument("document")
@click.argument("what", type=click.Choice(["name", "claim", "act", "count"]))
@click.argument("start", type=int)
@click.argument("end", type=int)
@click.option("--type", help="Of a name: Person, Organization, Group or Place; of an act its type.")
@click.option("--entity", help="Of a name: whose name it is again, an entity of the document.")
@click.option("--kind", help="Of a claim: allegation, denial, admission, demand, finding, ...")
@click.option("--speaker", help="Of a claim: who says it, an entity of the document.")
@click.option("--claim", help="Of an act: the claim that tells of it.")
@click.option("--perpetrator", "perpetrators", multiple=True, help="Of an act: by whom.")
@click.option("--victim", "victims", multiple=True, help="Of an act: to whom; of a count: of whom.")
@click.option("--act", help="Of a count: the act.")
@click.option("--min", type=click.IntRange(min=0), help="Of a count: how many at least.")
@click.option("--max", type=click.IntRange(min=0), help="Of a count: how many at most.")
@_why_option
def mark(
    folder: Path, document: str, what: str, start: int, end: int, why: str, **told: Any
) -> None:
    """Add what the machine missed, at the characters START to END of a document's text.

    What is added points at these words, as everything does.
    """
    given = {name: value for name, value in told.items() if value not in (None, ())}
    if what == "count" and "victims" in given:
        given["victim"] = given["victims"][0]
    with shared.open_case(folder, write=True) as case:
        entry = case.mark(document, what, [(start, end)], why=why, **given)
        click.echo(f"entry {entry.seq}: {entry.payload['id']}: “{entry.payload['words']}”")
        case.resolve()


@claims.command()
@shared.case_option
@click.argument("document", required=False)
@shared.json_option
def decided(folder: Path, document: str | None, as_json: bool) -> None:
    """List what was decided of claims and acts, and what found nothing to rest on any more."""
    from onrecord.case.reviewing import said

    with shared.open_case(folder) as case:
        found = case.reviews(document)
    if as_json:
        shared.print_json([asdict(each) for each in found])
        return
    for each in found:
        lost = "  LOST: nothing is left that it was about" if each.lost else ""
        click.echo(f"{each.seq}  {each.at}  {each.actor}: {said(each)}: {each.words}{lost}")
    click.echo(f"{len(found)} decided, {sum(each.lost for each in found)} lost.", err=True)
