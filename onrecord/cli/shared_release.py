"""Whatever leaves the case, for whom and what for: the options, and the way out of a page."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.cli import shared

if TYPE_CHECKING:
    from onrecord.case import Case, Release
    from onrecord.products import Page
    from onrecord.products.door.policy import Recipient

F = TypeVar("F", bound=Callable[..., Any])
LANGUAGES = ("en", "ar", "fr")
"""As in `products.wording`, which is loaded only where something is made."""
AUDIENCES = ("public", "partner", "court", "internal")
LEVELS = ("public", "restricted", "confidential")
ANSWERS = ("given", "refused", "withdrawn", "unknown")
"""As in `products.door.policy`, which is loaded only where something leaves."""
ENDINGS = {
    ".md": "markdown",
    ".json": "json",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".docx": "docx",
}
"""The formats of a page, by the ending of the file."""
ON_PAPER = ("pdf", "docx")


def recipient_options(command: F) -> F:
    """`--audience`, `--to`, `--purpose`; the command gets them as one `recipient`."""

    @wraps(command)
    def with_recipient(*args: Any, audience: Any, to: str, purpose: str, **kwargs: Any) -> Any:
        from onrecord.products.door.policy import Recipient

        return command(*args, recipient=Recipient(audience, to, purpose), **kwargs)

    made: Any = with_recipient
    for option in (
        click.option("--purpose", default="", help="What for, for the log and for consent."),
        click.option("--to", default="", help="Who gets it, for the log."),
        click.option(
            "--audience",
            type=click.Choice(AUDIENCES),
            default="public",
            show_default=True,
            help="Who may read it: decides what stays and whose names are coded.",
        ),
    ):
        made = option(made)
    return made  # type: ignore[no-any-return]


def language_option(command: F) -> F:
    """`--language`: in which language our own words are."""
    return click.option(
        "--language",
        type=click.Choice(LANGUAGES),
        default="en",
        show_default=True,
        help="The language of headings, labels and questions; the words of sources stay theirs.",
    )(command)


def released(
    product: str,
    asked: Mapping[str, Any],
    recipient: Recipient,
    make: Callable[[Release], Page],
) -> None:
    """Make a page of what may leave, and let it out: to the terminal, standard output or a file.

    `asked` holds the options that every product has: `folder`, `form`, `output`, `language`.
    """
    from onrecord.products.wording import speaking

    output: Path | None = asked["output"]
    ending = ENDINGS.get(output.suffix.lower(), "terminal") if output else "terminal"
    if output and not asked["form"] and output.suffix.lower() not in (*ENDINGS, ".txt", ""):
        raise click.UsageError(
            f"{output}: its ending names no format: end it in {', '.join(ENDINGS)} or .txt, or add "
            "--format"
        )
    if output is None and asked["form"] in ON_PAPER and sys.stdout.isatty():
        raise click.UsageError(
            f"{asked['form']} is no text for a terminal: name a file, -o {product}.{asked['form']}"
        )
    with shared.open_case(asked["folder"]) as case, speaking(asked["language"]):
        page = let_out(case, (product, asked["form"] or ending, output), recipient, make)
    if output is not None:
        click.echo(f"{output}: {page.title}", err=True)


def let_out(
    case: Case,
    product: tuple[str, str, Path | None],
    recipient: Recipient,
    make: Callable[[Release], Page],
) -> Page:
    """Make a page of what may leave an open case; `product` is what, in which format, and where."""
    what, form, output = product
    name = output.name if output else "page"
    with case.release(what, form=form, out=output, recipient=recipient, tell=_say) as release:
        page = make(release)
        release.path(name).write_bytes(_written(page, form, on_terminal=output is None))
    if output is None:
        sys.stdout.buffer.write(release.read(name))
        sys.stdout.flush()
    tell_what_stayed(release)
    return page


def _written(page: Page, form: str, *, on_terminal: bool) -> bytes:
    from onrecord.products.render import render_bytes
    from onrecord.products.render.terminal import render_terminal

    if not (on_terminal and form == "terminal"):
        return render_bytes(page, form)
    from rich.console import Console

    console = Console()
    text = render_terminal(page, width=console.width, color=console.is_terminal)
    return text.encode("utf-8", "backslashreplace")


def tell_what_stayed(release: Release) -> None:
    """Say on standard error what was left out, and what whoever gives it out must know."""
    for rule, count in sorted(Counter(one.rule for one in release.withheld).items()):
        click.echo(f"left out: {count} ({rule})", err=True)
    for note in release.notes:
        click.echo(f"note: {note}", err=True)


def _say(words: str) -> None:
    click.echo(words, err=True)
