"""What forms share by which people decide: where to go back to, and others who were quicker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from onrecord.case import Case
from onrecord.errors import DecidedMeanwhile
from onrecord.store.log import Entry
from onrecord.web.page import Asked, NotAsked, Overtaken, Parameter

WHY = Parameter("why", "The reason, in a person's words.", default="", most=2000)
BACK = Parameter("back", "An address of this workbench to go back to.", default="", most=2000)
KNOWN = (
    Parameter(
        "seen", "Newest decision on it that is known; 0 for none.", "integer", None, most=10**12
    ),
    Parameter("despite", "yes: decide even if somebody else has meanwhile.", default="", most=3),
)
"""What a form says that was made to decide on something."""


def local(back: str) -> str:
    """An address of this site, to go back to. Raises `NotAsked` for any other."""
    try:
        parts = urlsplit(back)
    except ValueError:
        parts = urlsplit("elsewhere:")
    plain = back.isprintable() and "\\" not in back and not back.startswith("//")
    if not (plain and back.startswith("/")) or parts.scheme or parts.netloc:
        raise NotAsked("that is no address of this workbench", why=back[:80], todo="begin at /")
    return back


def seen(asked: Asked) -> int | None:
    """The newest decision that somebody knew of; None where they decide whatever others did."""
    number: int | None = None if asked["despite"] else asked["seen"]
    return number


@contextmanager
def or_all_the_same(path: str, asked: Asked, back: str) -> Iterator[None]:
    """Turn a refusal to decide over somebody else into one that offers to do it all the same."""
    try:
        yield
    except DecidedMeanwhile as error:
        raise Overtaken(error, path, asked, back) from error


def follow(case: Case, asked: Asked, entry: Entry | None) -> None:
    """Have who is who follow where a decision changes what it is worked out from."""
    if entry is not None and not entry.payload.get("aside"):
        asked.services.work.resolve_soon(case, actor=asked.visitor.name)
