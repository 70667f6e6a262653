"""`onrecord claims`: the claims that nobody has decided on; accepted, rejected, corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import shared
from onrecord.cli.reviewing import pressed
from onrecord.errors import OnrecordError

if TYPE_CHECKING:
    from onrecord.case import Case, OpenClaim
    from onrecord.model import Claim, Record, Span

_STATES = {"a": "accepted", "r": "rejected", "u": "undecided"}
_KEYS = "a accept   r reject   u undecided   c correct   z undo   n next   q quit"
_AT_ONCE = 20
_AROUND = 160
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
            shared.print_json([asdict(claim) | {"words": _words(case, claim)} for claim in found])
            return
        for claim in found:
            click.echo(f"{claim.id}  {claim.kind}, {1 - claim.doubt:.0%}: {_words(case, claim)}")
    click.echo(f"{number} open.", err=True)


def _words(case: Case, claim: OpenClaim) -> str:
    record = case.record(claim.document)
    return _said(record, _of(record, claim.id))


def _of(record: Record, identifier: str) -> Claim:
    return next(claim for claim in record.claims if claim.id == identifier)


def _said(record: Record, claim: Claim) -> str:
    return " … ".join(" ".join(record.text[slice(*span)].split()) for span in claim.content)


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
        walk = _Walk(case, order, narrowed, limit)
        with pressed() as keys:
            walk.through(keys)
        if walk.moved:
            case.resolve()
    click.echo(f"{len(walk.made)} decided.", err=True)


class _Walk:
    """One review: what was decided, and which claims were left open."""

    def __init__(self, case: Case, order: Any, narrowed: dict[str, str], limit: int | None) -> None:
        self.case, self.order, self.narrowed, self.limit = case, order, narrowed, limit
        self.made: list[int] = []
        self.left, self.moved = 0, False

    def through(self, keys: Iterator[str]) -> None:
        """Show claim after claim until the keys or the claims end."""
        while self.limit is None or self.left + len(self.made) < self.limit:
            found = self.case.open_claims(self.left, 1, order=self.order, **self.narrowed)
            if not found:
                return
            _show(self.case, found[0])
            key = next((key for key in keys if key in "arucznq"), "q")
            if key == "q":
                return
            self.do(key, found[0].key, keys)

    def do(self, key: str, subject: str, keys: Iterator[str]) -> None:
        """What a key means."""
        if key == "n":
            self.left += 1
        elif key == "z":
            self.take_back()
        elif key == "c":
            self.correct(subject, keys)
        else:
            entry = self.case.review(subject, _STATES[key], why="in review")  # type: ignore[arg-type]
            self.note(entry.seq, moved=not entry.payload.get("aside"))
            click.echo(f"entry {entry.seq}: {_STATES[key]}\n")

    def note(self, entry: int, *, moved: bool) -> None:
        """Remember a decision of this review; `moved` where who is who has to be worked out."""
        self.made.append(entry)
        self.moved |= moved

    def take_back(self) -> None:
        """Take the last decision of this review back."""
        if not self.made:
            click.echo("nothing was decided in this review yet\n")
            return
        seq = self.made.pop()
        entry = self.case.undo(seq, why="in review")
        self.moved |= not entry.payload.get("aside")
        click.echo(f"entry {seq} is taken back\n")

    def correct(self, subject: str, keys: Iterator[str]) -> None:
        """Ask for a field and a value: a line of letters each, ended by the enter key."""
        field, value = (_line(f"{name}: ", keys) for name in ("field", "value"))
        try:
            entry = self.case.correct(subject, field, value, why="in review")
        except OnrecordError as error:
            click.echo(f"{error}\n")
            return
        self.note(entry.seq, moved=True)
        click.echo(f"entry {entry.seq}: {field} corrected to {value}\n")


def _line(asked: str, keys: Iterator[str]) -> str:
    """Letters up to the end of a line, shown as they are pressed."""
    click.echo(asked, nl=False)
    typed = ""
    for key in keys:
        if key in "\r\n":
            break
        typed = typed[:-1] if key in "\x7f\b" else typed + key
        click.echo(key, nl=False)
    click.echo()
    return typed.strip()


def _show(case: Case, open_claim: OpenClaim) -> None:
    from onrecord.products.attribution import chain, who
    from onrecord.products.index import Index

    record = case.record(open_claim.document)
    claim = _of(record, open_claim.id)
    index = Index([record])
    said = "" if claim.modality == "asserted" else f", {claim.modality}"
    said += ", negated" if claim.polarity == "negated" else ""
    click.echo(f"--- {claim.kind}{said}, {1 - open_claim.doubt:.0%} sure: {claim.id} ---")
    click.echo(f"  … {_in_context(record, claim)} …")
    click.echo(f"on the word of: {' < '.join(map(who, chain(index, record, claim)))}")
    for act in index.of_document[record.document.id].acts_of.get(claim.id, ()):
        by = _quoted(record, [part.span for part in act.perpetrators])
        done_to = _quoted(record, [part.span for part in act.victims])
        click.echo(f"coded as: {act.type}, laid to {by}, done to {done_to}  ({act.id})")
    click.echo(f"in: {record.document.path}\n{_KEYS}")


def _in_context(record: Record, claim: Claim) -> str:
    """The words of a claim underlined between those around it, on one line."""
    start, end = claim.content[0][0], claim.content[-1][1]
    left, right = max(0, start - _AROUND), min(len(record.text), end + _AROUND)
    left = record.text.find(" ", left, start) + 1 or left if left else 0
    right = max(record.text.rfind(" ", end, right), end) if right < len(record.text) else right
    parts = (record.text[left:start], record.text[start:end], record.text[end:right])
    before, exact, after = (re.sub(r"\s+", " ", part) for part in parts)
    return f"{before.lstrip()}{click.style(exact, underline=True)}{after.rstrip()}"


def _quoted(record: Record, spans: Iterable[Span]) -> str:
    told = [" ".join(record.text[slice(*span)].split()) for span in spans]
    return ", ".join(f"“{words}”" for words in told) or "nobody named"


def _decided(name: str, state: str) -> click.Command:
    @click.command(name, help=f"Put down that a claim or an act is {state}. {_WHO}")
    @shared.case_option
    @click.argument("claim")
    @_why_option
    def command(folder: Path, claim: str, why: str) -> None:
        with shared.open_case(folder, write=True) as case:
            entry = case.review(claim, state, why=why)  # type: ignore[arg-type]
            click.echo(f"entry {entry.seq}: {entry.payload['subject']}: {state}")
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
        click.echo(f"entry {entry.seq}: {entry.payload['subject']}: {field} corrected")
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
