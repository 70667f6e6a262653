"""The log: who did what, when."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.case import Case
from onrecord.store.decisions import KINDS
from onrecord.store.log import Entry
from onrecord.web.page import Asked, Page, Parameter

AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Done:
    """An entry of the log. `about` says in a line what of whom; a `decision` can be undone."""

    seq: int
    at: str
    actor: str
    command: str
    kind: str
    about: str
    decision: bool


@dataclass(frozen=True, slots=True)
class Log:
    """Entries, the newest first. `before` is the number to go on from; None where these are all."""

    entries: tuple[Done, ...]
    before: int | None


def done(entry: Entry) -> Done:
    """An entry as it is shown."""
    return Done(
        entry.seq,
        entry.at,
        entry.actor,
        entry.command,
        entry.kind,
        entry.about,
        entry.kind in KINDS,
    )


def log(case: Case, asked: Asked) -> Log:
    """Entries, the newest first."""
    with case.browse() as state:
        found = state.entries(asked["before"], AT_ONCE)
    more = found[-1].seq if len(found) == AT_ONCE and found[-1].seq > 1 else None
    return Log(tuple(done(entry) for entry in found), more)


PAGE = Page(
    "/log",
    "log",
    "Log",
    "Who did what, when: every change of the case, the newest first.",
    log,
    "log.html.j2",
    (
        Parameter(
            "before", "Only entries before this number.", "integer", None, least=1, most=10**12
        ),
    ),
)
