"""The stream of simulated reports: records with the truth of each, in order of publication."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.simulation.coverage import Coverage
from onrecord.simulation.ledger import Ledger
from onrecord.simulation.recording import Recorder
from onrecord.simulation.world import World

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SimulatedReport:
    """One report: its text, its perfect record as JSON types, and rows of truth by file."""

    text: str
    record: Row
    truth: dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class Published:
    """A report of which the text is settled, but not yet the record: what making it takes.

    `origins` and `contradictions` are those of the events of which all has now been told.
    """

    recorder: Recorder
    origins: list[Row]
    contradictions: list[Row]

    def report(self) -> SimulatedReport:
        """The report with its record and its truth."""
        record = self.recorder.record()
        truth = self.recorder.truth()
        truth["origins"], truth["contradictions"] = self.origins, self.contradictions
        return SimulatedReport(self.recorder.text, record, truth)


class Lately:
    """Ids of the last texts: two of one outlet on one day may be the same to the letter."""

    def __init__(self, most: int = 4000) -> None:
        self._order: deque[str] = deque()
        self._ids: set[str] = set()
        self._most = most

    def again(self, identity: str) -> bool:
        """Whether it was here lately; if not, it is from now on."""
        if identity in self._ids:
            return True
        self._ids.add(identity)
        self._order.append(identity)
        if len(self._order) > self._most:
            self._ids.discard(self._order.popleft())
        return False


def simulate(events: int, seed: int, *, extras: Collection[str] = ()) -> Iterator[SimulatedReport]:
    """Reports of a simulated conflict, in the order of publication.

    The rows of `truth` are those of the report itself and, once all of an event has been told, the
    event's `origins` and `contradictions`. The same arguments give the same reports. `extras`: what
    of `coverage.EXTRAS` there is beside.
    """
    for published in publish(events, seed, extras=extras):
        yield published.report()


def publish(events: int, seed: int, *, extras: Collection[str] = ()) -> Iterator[Published]:
    """The same reports before their records are made, which nothing that follows depends on."""
    ledger = Ledger()
    coverage = Coverage(World(seed, events), seed, events, ledger, extras=extras)
    number = 0
    seen = Lately()
    waiting: Recorder | None = None
    for story in coverage.stories():
        recorder = Recorder(story, number + 1)
        if seen.again(recorder.id):
            continue
        if waiting is not None:
            yield Published(waiting, *_closed(coverage, ledger))
        number += 1
        story.document = recorder.id
        ledger.note(recorder)
        waiting = recorder
    if waiting is not None:
        yield Published(waiting, *_closed(coverage, ledger))


def _closed(coverage: Coverage, ledger: Ledger) -> tuple[list[Row], list[Row]]:
    """The origins and contradictions of the events of which all has been told."""
    origins, contradictions = [], []
    for event in coverage.closed:
        row, clashes = ledger.close(event)
        origins.append(row)
        contradictions += clashes
    coverage.closed.clear()
    return origins, contradictions
