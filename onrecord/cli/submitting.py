"""Commands for those who submit a case: `submission`, and `elements` of crimes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli import shared
from onrecord.cli.products import made, product_options
from onrecord.cli.shared_release import recipient_options

if TYPE_CHECKING:
    from datetime import datetime

    from onrecord.case import Case, Release
    from onrecord.products import Page
    from onrecord.products.door.policy import Recipient
    from onrecord.products.submission import Agreed

FORMS = ("wgeid-urgent", "wgeid-standard", "ced-urgent", "icc-article-15")
CRIMES = ("icpped-2", "rome-7-1-i", "rome-7", "rome-7-acts", "rome-8", "cat-1")
ENDINGS = {
    ".md": "markdown",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}


@click.command(
    epilog="""
\b
Examples:
  onrecord submission wgeid-urgent                         who is said to be taken or missing
  onrecord submission wgeid-urgent "Davit Aren" --today 2025-04-01
  onrecord submission ced-urgent "Davit Aren (list.txt) = D. Aren (note.pdf)" --today 2025-04-01 \\
      --submitter "Harbour League, 3 Quay St" --given standing="authorized by the mother" -o ced.pdf
"""
)
@click.argument("form_name", type=click.Choice(FORMS), metavar="FORM")
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The day of submission, YYYY-MM-DD, by which limits of time are told.",
)
@click.option(
    "--submitter", default="", metavar="WORDS", help="Who submits, and how to reach them."
)
@click.option("--consent", default="", metavar="WORDS", help="Who consented, to what, when.")
@click.option(
    "--given",
    "said",
    multiple=True,
    metavar="FIELD=WORDS",
    help="What a person says of a field that the record does not hold. Again for each field.",
)
@product_options
@recipient_options
def submission(
    form_name: str,
    names: tuple[str, ...],
    today: datetime | None,
    said: tuple[str, ...],
    recipient: Recipient,
    **asked: Any,
) -> None:
    """A submission for one person: what the body wants and the record holds, then the document.

    FORM is wgeid-urgent or wgeid-standard (United Nations Working Group on Enforced or Involuntary
    Disappearances), ced-urgent (Committee on Enforced Disappearances, urgent action) or
    icc-article-15 (Prosecutor of the International Criminal Court). Every field says whether it is
    held, held with doubt, missing or for a person to say, with the words it rests on. Without a
    NAME: who is said to be taken or missing, as they are to be named.
    """
    from onrecord.products.submission import Prepared
    from onrecord.products.submission import submission as make

    words = {key: asked[key] for key in ("submitter", "consent") if asked[key]}
    given = _given(form_name, words, said)

    def page(release: Release, case: Case) -> Page:
        agreed = tuple(_agreed(case, recipient))
        prepared = Prepared(given, today.date() if today else None, agreed)
        make_it = partial(
            make,
            name=form_name,
            names=tuple(map(release.coded, names)),
            judged=release.judged,
            prepared=prepared,
        )
        return made(release.records(), asked["floor"], make_it)

    released("submission", asked, recipient, page)


def _agreed(case: Case, recipient: Recipient) -> Iterator[Agreed]:
    """What the case holds of consent for this audience, of entities, each subject's latest."""
    from onrecord.products.door.policy import EVERYBODY
    from onrecord.products.submission import Agreed
    from onrecord.products.submission.readiness import put_down

    latest = {
        one.subject: one
        for one in case.consents()
        if one.audience in (EVERYBODY, recipient.audience)
    }
    for one in latest.values():
        told = put_down(one.state, one.given_by or "", one.at[:10], one.actor)
        entity = one.subject.rpartition("|")[2]
        if entity.startswith("entity:"):
            yield Agreed(entity, one.state, told)


def _given(form_name: str, given: dict[str, str], said: tuple[str, ...]) -> dict[str, str]:
    """What a person says, by field. Raises `UsageError` for a field that the form does not have."""
    from onrecord.products.submission.forms import form as form_of

    fields = form_of(form_name).fields
    for one in said:
        key, equals, words = one.partition("=")
        if not equals or key not in fields:
            listed = ", ".join(fields)
            raise click.UsageError(
                f"--given {one}: name a field of {form_name} and =, of: {listed}"
            )
        given[key] = words
    return given


def released(
    product: str,
    asked: Mapping[str, Any],
    recipient: Recipient,
    make: Callable[[Release, Case], Page],
) -> None:
    """Make a page of what may leave, and let it out: to the terminal, standard output or a file.

    `asked` holds the options that every product has.
    """
    from onrecord.products.render import render_bytes, render_terminal
    from onrecord.products.wording import speaking

    output: Path | None = asked["output"]
    form = asked["form"] or (
        ENDINGS.get(output.suffix.lower(), "terminal") if output else "terminal"
    )
    name = output.name if output else "page"
    with shared.open_case(asked["folder"]) as case, speaking(asked["language"]):
        with case.release(
            product, form=form, out=output, recipient=recipient, tell=_told
        ) as release:
            page = make(release, case)
            if output is None and form == "terminal":
                from rich.console import Console

                console = Console()
                text = render_terminal(page, width=console.width, color=console.is_terminal)
                written = text.encode("utf-8", "backslashreplace")
            else:
                written = render_bytes(page, form)
            release.path(name).write_bytes(written)
        if output is None:
            click.echo(release.read(name), nl=False)
        else:
            click.echo(f"{output}: {page.title}", err=True)
        for each in release.withheld:
            click.echo(f"left out: {each.subject}: {each.rule}", err=True)
        for note in release.notes:
            click.echo(note, err=True)


def _told(words: str) -> None:
    click.echo(words, err=True)


@click.command(
    epilog="""
\b
Examples:
  onrecord elements                                        every crime, over the whole case
  onrecord elements "Davit Aren" --crime icpped-2 --crime rome-7-1-i
  onrecord elements --event event:0f3a77 -o matrix.html
"""
)
@click.argument("names", nargs=-1, metavar="[NAME...]")
@click.option("--act", metavar="ID", help="What states one act, by its id or the beginning of it.")
@click.option("--event", metavar="ID", help="What is said of one event (see `onrecord events`).")
@click.option(
    "--crime",
    "crimes",
    multiple=True,
    type=click.Choice(CRIMES),
    help="Only this crime. Again for each.  [default: all]",
)
@product_options
@recipient_options
def elements(
    names: tuple[str, ...],
    act: str | None,
    event: str | None,
    crimes: tuple[str, ...],
    recipient: Recipient,
    **asked: Any,
) -> None:
    """The elements of crimes, each with what speaks for it and against it; never a finding.

    Enforced disappearance (Convention, article 2; Rome Statute, article 7), crimes against
    humanity, war crimes, torture. For each element: who says what bears on it, in whose words and
    why it is listed, what denies it, how many independent origins there are, and what is lacking.
    Over the whole case, or for what is said of one NAME (several spellings of one may be given),
    one event or one act.
    """
    from onrecord.products.elements import elements as make

    if sum(map(bool, (names, act, event))) > 1:
        raise click.UsageError("Give a NAME, or --event, or --act: only one of them.")
    scope = {key: value for key, value in (("act", act), ("event", event)) if value}

    def page(release: Release, _: Case) -> Page:
        clusters = {
            f"{document.id}|{entity}": canonical
            for document in release.documents()
            for entity, canonical in release.who_is(document.id).items()
        }
        make_it = partial(
            make,
            names=tuple(map(release.coded, names)),
            scope=scope,
            crimes=crimes,
            clusters=clusters,
            judged=release.judged,
        )
        return made(release.records(), asked["floor"], make_it)

    released("elements", asked, recipient, page)
