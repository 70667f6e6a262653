"""The log: who did what, when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from onrecord.case import Case
from onrecord.store import registers
from onrecord.store.decisions import KINDS
from onrecord.store.heads import with_names
from onrecord.store.log import Entry
from onrecord.web.keeping import KEPT
from onrecord.web.page import Asked, Page, Parameter

AT_ONCE = 100
DECISIONS = "decisions"


@dataclass(frozen=True, slots=True)
class Done:
    """An entry of the log. `about` says in a line what of whom.

    A `decision` can be undone; `held` says that it is not taken back by now.
    """

    seq: int
    at: str
    actor: str
    command: str
    kind: str
    about: str
    decision: bool
    held: bool = True


@dataclass(frozen=True, slots=True)
class Log:
    """Entries, the newest first. `before` is the number to go on from; None where these are all.

    `kind` and `actor` are what it is narrowed to, `kinds` what it can be. `looked`: of somebody's
    entries a stretch of the log is looked through at once, so that there may be more where none is.
    """

    entries: tuple[Done, ...]
    before: int | None
    kind: str
    actor: str
    kinds: tuple[str, ...]
    looked: bool


def all_shown(
    connection: Connection, entries: Sequence[Entry], undone: frozenset[int] = frozenset()
) -> tuple[Done, ...]:
    """Entries as they are shown, documents and entities by their names."""
    about = with_names(connection, [entry.about for entry in entries])
    return tuple(_shown(*each, undone) for each in zip(entries, about, strict=True))


def _shown(entry: Entry, about: str, undone: frozenset[int]) -> Done:
    return Done(
        entry.seq,
        entry.at,
        entry.actor,
        entry.command,
        entry.kind,
        about,
        entry.kind in KINDS,
        entry.seq not in undone,
    )


def log(case: Case, asked: Asked) -> Log:
    """Entries, the newest first."""
    kinds, undone = _kinds(case), _undone(case)
    kind, actor = asked["kind"] or "", (asked["actor"] or "").strip()
    wanted = KINDS if kind == DECISIONS else (kind,) if kind in kinds else ()
    with case.browse() as state:
        found, before = registers.entries(state.connection, asked["before"], AT_ONCE, wanted, actor)
        entries = all_shown(state.connection, found, undone)
    return Log(
        entries=entries,
        before=before,
        kind=kind if wanted else "",
        actor=actor,
        kinds=kinds,
        looked=bool(actor) and before is not None and len(found) < AT_ONCE,
    )


def _kinds(case: Case) -> tuple[str, ...]:
    def known() -> tuple[str, ...]:
        with case.browse() as state:
            return tuple(registers.kinds_of_entry(state.connection))

    return KEPT.get(case, "kinds of entry", known)


def _undone(case: Case) -> frozenset[int]:
    """The numbers of decisions that are taken back by now."""

    def taken_back() -> frozenset[int]:
        with case.browse() as state:
            return registers.taken_back(state.connection)

    return KEPT.get(case, "taken back", taken_back)


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
        Parameter("kind", "One kind of entry, or decisions.", default="", most=60),
        Parameter("actor", "Only what one person did: their name.", default="", most=200),
    ),
)
