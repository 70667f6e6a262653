"""For whom and what for: the options of every command by which something leaves the case."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from onrecord.products.door.policy import AUDIENCES, Recipient

F = TypeVar("F", bound=Callable[..., Any])


def recipient_options(command: F) -> F:
    """`--audience`, `--to`, `--purpose`; the command gets them as one `recipient`."""

    @wraps(command)
    def with_recipient(*args: Any, audience: Any, to: str, purpose: str, **kwargs: Any) -> Any:
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
