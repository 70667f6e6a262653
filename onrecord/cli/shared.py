"""What every command shares: errors as messages, the case option, progress, JSON output."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from onrecord.errors import OnrecordError, SourceError

if TYPE_CHECKING:
    from onrecord.case import Case

F = TypeVar("F", bound=Callable[..., Any])

CANNOT = 2
STOPPED = 130


class Door(click.Group):
    """A group whose commands end in a message, never in a traceback, where the error is ours."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order in which a newcomer meets them."""
        del ctx
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an `OnrecordError` becomes exit 2, Ctrl-C becomes exit 130."""
        try:
            return super().invoke(ctx)
        except OnrecordError as error:
            complain(error)
            ctx.exit(CANNOT)
        except KeyboardInterrupt:
            click.echo(
                "\nstopped. What was finished is kept; run the command again for the rest.",
                err=True,
            )
            ctx.exit(STOPPED)


def complain(error: OnrecordError) -> None:
    """Print an error on standard error."""
    click.secho("error: ", fg="red", bold=True, nl=False, err=True)
    click.echo(str(error), err=True)


def refused(errors: list[SourceError], total: int) -> None:
    """Say how many documents were refused, and leave with exit 2 if any was."""
    if errors:
        click.echo(f"{len(errors)} of {total} could not be read (see above).", err=True)
        sys.exit(CANNOT)


def case_option(command: F) -> F:
    """`--case FOLDER`, or ONRECORD_CASE, or the current folder."""
    return click.option(
        "--case",
        "folder",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="ONRECORD_CASE",
        default=".",
        show_default="the current folder, or ONRECORD_CASE",
        help="The folder of the case.",
    )(command)


def min_confidence_option(command: F) -> F:
    """`--min-confidence X`: leave out what the extraction was less sure of."""
    return click.option(
        "--min-confidence",
        "floor",
        type=click.FloatRange(0, 1),
        metavar="X",
        help="Leave out claims, acts and relations less sure than X, and what rests on them.",
    )(command)


def workers_option(command: F) -> F:
    """`--workers N`: how many processes extract."""
    return click.option(
        "--workers",
        type=click.IntRange(min=1),
        default=None,
        help="Processes that extract at the same time.  [default: by the number of documents]",
    )(command)


def json_option(command: F) -> F:
    """`--json`: output that a program reads."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def open_case(folder: Path, *, write: bool = False) -> Case:
    """The case in a folder. Raises `NoCase` where there is none."""
    from onrecord.case import Case

    return Case.open(folder, write=write)


def print_json(value: Any) -> None:
    """One JSON document on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def steps(paths: Iterable[Path]) -> int:
    """How many steps an `add` of these paths takes at most: each document is read and extracted."""
    from onrecord.sources import Limits, collect

    return 2 * sum(1 for _ in collect(paths, limits=Limits(), on_error=lambda _: None))


def write_whole(path: Path, text: str | bytes) -> None:
    """Write a file beside its place and move it there, so that no half of it is ever seen."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if isinstance(text, str):
            text = text.encode("utf-8", errors="backslashreplace")
        beside.write_bytes(text)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise OnrecordError(
            f"{path}: cannot be written",
            why=error.strerror or str(error),
            todo="name another place with --output",
        ) from error


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Callable[[str], None]]:
    """A progress bar on standard error; call what it gives with the name of each thing done.

    Silent where standard error is no terminal, so that logs stay short.
    """
    from rich import progress as bars
    from rich.console import Console

    console = Console(stderr=True)
    columns = (
        bars.TextColumn("{task.description}"),
        bars.BarColumn(),
        bars.MofNCompleteColumn(),
        bars.TimeRemainingColumn(),
        bars.TextColumn("[dim]{task.fields[name]}", markup=True),
    )
    with bars.Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total, name="")

        def advance(name: str) -> None:
            from rich.markup import escape

            bar.update(task, advance=1, name=escape(name[-40:]))

        yield advance
        bar.update(task, completed=total, name="")
