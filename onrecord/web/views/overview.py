"""The first page: what the case holds, what waits for a person, what goes on and was done."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.case import Case, proposed
from onrecord.case.browsing import State
from onrecord.store import registers, stretch
from onrecord.store.registers import Latest
from onrecord.web.keeping import KEPT
from onrecord.web.page import Asked, Page
from onrecord.web.views.log import Done, shown
from onrecord.web.working import Job

LATELY, ENDED = 5, 3


@dataclass(frozen=True, slots=True)
class Overview:
    """The case in figures.

    `waiting` documents have no record, `pairs` of names and `claims` (that accuse, deny or ask)
    wait for a person. `resolved` says whether who is who was worked out after the latest documents
    and judgements. `jobs` go on, or ended last; `came` documents came in last.
    """

    name: str
    documents: int
    waiting: int
    people: int
    bodies: int
    places: int
    events: int
    pairs: int
    claims: int
    resolved: bool
    jobs: tuple[Job, ...]
    came: tuple[Latest, ...]
    entries: int
    head: str
    lately: tuple[Done, ...]


@dataclass(frozen=True, slots=True)
class _Counted:
    documents: int
    waiting: int
    pairs: int
    claims: int
    groups: dict[str, int]
    events: int


def overview(case: Case, asked: Asked) -> Overview:
    """The case in figures."""
    counted = KEPT.get(case, "overview", lambda: _counted(case))
    jobs = asked.services.work.jobs()
    going = [job for job in jobs if job.state in ("waiting", "running")]
    ended = [job for job in jobs if job not in going][:ENDED]
    with case.browse() as state:
        number, head = state.head
        return Overview(
            name=case.name,
            documents=counted.documents,
            waiting=counted.waiting,
            people=counted.groups.get("Person", 0),
            bodies=counted.groups.get("Organization", 0) + counted.groups.get("Group", 0),
            places=counted.groups.get("Place", 0),
            events=counted.events,
            pairs=counted.pairs,
            claims=counted.claims,
            resolved=state.is_resolved,
            jobs=(*going, *ended),
            came=tuple(registers.latest(state.connection, LATELY)),
            entries=number,
            head=head,
            lately=tuple(shown(entry) for entry in state.entries(None, LATELY)),
        )


def _counted(case: Case) -> _Counted:
    with case.browse() as state:
        documents, waiting = registers.waiting(state.connection)
        pairs = _pairs(case, state)
        return _Counted(
            documents,
            waiting,
            pairs,
            registers.open_claims(state.connection),
            stretch.tally(state.connection, "groups"),
            stretch.tally(state.connection, "events").get("all", 0),
        )


def _pairs(case: Case, state: State) -> int:
    """The open pairs, counted once for each time that who is who was worked out or judged.

    There are many of them, and documents that come in change nothing about them.
    """
    newest = registers.last_of(state.connection, ("resolve", "judge", "undo"))
    name = (str(case.folder), case.sight, newest)
    if name not in _COUNTED:
        number = proposed.amount(state.connection)
        _COUNTED.clear()
        _COUNTED[name] = number
    return _COUNTED[name]


_COUNTED: dict[tuple[str, str, int], int] = {}


PAGE = Page("/", "case", "Case", "The case in figures.", overview, "overview.html.j2")
