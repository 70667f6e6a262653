"""The first page: what the case holds, what waits for a person, what goes on and was done."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from sqlalchemy import Connection, select

from onrecord.case import Case, proposed
from onrecord.store import registers, stretch
from onrecord.store.columns import place_of
from onrecord.store.registers import Latest
from onrecord.store.standing import Standing, standing
from onrecord.store.tables import LOG
from onrecord.web.page import Asked, Page
from onrecord.web.views.log import Done, all_shown
from onrecord.web.working import Job

LATELY, ENDED = 5, 3
MOST_CASES = 4
"""Cases, and copies of them, of which is known what was shown last."""


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


def overview(case: Case, asked: Asked) -> Overview:
    """The case in figures."""
    jobs = asked.services.work.jobs()
    going = [job for job in jobs if job.state in ("waiting", "running")]
    ended = [job for job in jobs if job not in going][:ENDED]
    with case.browse() as state:
        number, head = state.head
        numbers, pairs = _SHOWN.numbers(state.connection)
        groups = stretch.tally(state.connection, "groups")
        return Overview(
            name=case.name,
            documents=numbers.documents,
            waiting=numbers.waiting,
            people=groups.get("Person", 0),
            bodies=groups.get("Organization", 0) + groups.get("Group", 0),
            places=groups.get("Place", 0),
            events=stretch.tally(state.connection, "events").get("all", 0),
            pairs=pairs,
            claims=numbers.open,
            resolved=state.is_resolved,
            jobs=(*going, *ended),
            came=tuple(registers.latest(state.connection, LATELY)),
            entries=number,
            head=head,
            lately=all_shown(state.connection, state.entries(None, LATELY)),
        )


@dataclass(slots=True)
class _Shown:
    """What was shown last of some cases, which tells most of what is to be shown next."""

    _numbers: OrderedDict[str, tuple[Standing, str, int]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def numbers(self, connection: Connection) -> tuple[Standing, int]:
        """The numbers of a case, and how many pairs nobody has judged.

        Those are counted once for each time that who is who was worked out or judged: there are
        many of them, and documents that come in change nothing about them.
        """
        place = place_of(connection)
        with self._lock:
            known, judged, pairs = self._numbers.pop(place, (None, "", 0))
        now = standing(connection, known)
        newest = registers.last_of(connection, ("resolve", "judge", "undo"))
        sealed = str(connection.execute(select(LOG.c.hash).where(LOG.c.seq == newest)).scalar())
        if known is None or sealed != judged:
            pairs = proposed.amount(connection)
        with self._lock:
            self._numbers[place] = now, sealed, pairs
            while len(self._numbers) > MOST_CASES:
                self._numbers.popitem(last=False)
        return now, pairs


_SHOWN = _Shown()


PAGE = Page("/", "case", "Case", "The case in figures.", overview, "overview.html.j2")
