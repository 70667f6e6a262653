"""The stream of simulated reports: records with the truth of each, in order of publication."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.simulation.copying import measured
from onrecord.simulation.coverage import Coverage
from onrecord.simulation.ledger import Ledger
from onrecord.simulation.pieces import Story
from onrecord.simulation.recording import Recorder
from onrecord.simulation.world import World

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SimulatedReport:
    """One report: its text, its perfect record as JSON types, and rows of truth by file."""

    text: str
    record: Row
    truth: dict[str, list[Row]]


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


def simulate(events: int, seed: int) -> Iterator[SimulatedReport]:
    """Reports of a simulated conflict, in the order of publication.

    The rows of `truth` are those of the report itself and, once all of an event has been told, the
    event's `origins` and `contradictions`. The same arguments give the same reports.
    """
    ledger = Ledger()
    coverage = Coverage(World(seed, events), seed, events, ledger)
    number = 0
    seen = Lately()
    waiting: SimulatedReport | None = None
    for story in coverage.stories():
        recorder = Recorder(story, number + 1)
        if seen.again(recorder.id):
            continue
        if waiting is not None:
            _close(coverage, ledger, waiting.truth)
            yield waiting
        number += 1
        story.document = recorder.id
        record, truth = recorder.record(), recorder.truth()
        _measure_copy(story, truth["documents"][0])
        ledger.note(recorder)
        waiting = SimulatedReport(recorder.text, record, truth)
    if waiting is not None:
        _close(coverage, ledger, waiting.truth)
        yield waiting


def _measure_copy(story: Story, row: Row) -> None:
    if story.copy_of is not None:
        changed, cut = measured(story, story.copy_of)
        row["changed"], row["cut"] = round(changed, 4), round(cut, 4)


def _close(coverage: Coverage, ledger: Ledger, truth: dict[str, list[Row]]) -> None:
    truth["origins"], truth["contradictions"] = [], []
    for event in coverage.closed:
        origins, clashes = ledger.close(event)
        truth["origins"].append(origins)
        truth["contradictions"] += clashes
    coverage.closed.clear()
