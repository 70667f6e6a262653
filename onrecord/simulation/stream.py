"""The stream of simulated reports: records with the truth of each, in order of publication."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.simulation.coverage import Coverage
from onrecord.simulation.happenings import Event
from onrecord.simulation.ledger import Told, contradictions, independent_origins
from onrecord.simulation.pieces import ActDraft, Story
from onrecord.simulation.recording import Recorder
from onrecord.simulation.world import World

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SimulatedReport:
    """One report: its text, its perfect record as JSON types, and rows of truth by file."""

    text: str
    record: Row
    truth: dict[str, list[Row]]


def simulate(events: int, seed: int) -> Iterator[SimulatedReport]:
    """Reports of a simulated conflict, in the order of publication.

    The rows of `truth` are those of the report itself and, with the last report of an event, the
    event's `origins` and `contradictions`. The same arguments give the same reports.
    """
    coverage = Coverage(World(seed, events), seed, events)
    told: dict[str, dict[str, Told]] = {}
    number = 0
    seen: deque[str] = deque(maxlen=5000)
    waiting: SimulatedReport | None = None
    for story in coverage.stories():
        recorder = Recorder(story, number + 1)
        if recorder.id in seen:
            continue
        if waiting is not None:
            _close(coverage, told, waiting.truth)
            yield waiting
        seen.append(recorder.id)
        number += 1
        record = recorder.record()
        story.document = recorder.id
        truth = recorder.truth()
        _measure_copy(story, recorder, truth["documents"][0])
        _note(story, recorder, told)
        waiting = SimulatedReport(recorder.text, record, truth)
    if waiting is not None:
        _close(coverage, told, waiting.truth)
        yield waiting


def _measure_copy(story: Story, recorder: Recorder, row: Row) -> None:
    from rapidfuzz.distance import LCSseq

    story.words = recorder.body_words()
    if story.copy_of is None:
        return
    kept = LCSseq.similarity(story.copy_of.words, story.words)
    row["changed"] = round(1 - kept / max(1, len(story.words)), 4)
    row["cut"] = round(1 - kept / max(1, len(story.copy_of.words)), 4)


def _note(story: Story, recorder: Recorder, told: dict[str, dict[str, Told]]) -> None:
    for sentence in story.sentences:
        for claim in sentence.claims:
            identity = recorder.claim_ids.get(id(claim))
            if identity is None or claim.account is None:
                continue
            account = claim.account
            accounts = told.setdefault(account.event.key, {})
            if sentence.background and account.key not in accounts:
                continue
            key = f"{recorder.id}|{identity}"
            found = accounts.setdefault(account.key, Told(account, key))
            if claim.kind == "denial" and not found.denial:
                found.denial = key
        for act in sentence.acts:
            if id(act) in recorder.act_ids and act.claim and not sentence.background:
                _note_act(act, recorder, told)


def _note_act(act: ActDraft, recorder: Recorder, told: dict[str, dict[str, Told]]) -> None:
    account = act.claim.account if act.claim else None
    if account is None:
        return
    found = told[account.event.key][account.key]
    key = f"{recorder.id}|{recorder.act_ids[id(act)]}"
    found.act = found.act or key
    if act.place:
        found.place_act = found.place_act or key
    if act.date and not found.dates:
        found.dates[key] = act.date
    if act.perpetrators:
        found.perpetrator_act = found.perpetrator_act or key
    for victim in act.victims:
        if victim.least is not None and found.figure != (victim.least, victim.most):
            if found.figure is None or victim.least >= found.figure[0]:
                found.figure = (victim.least, victim.most)
                found.figure_day, found.figure_act = recorder.day, key


def _close(
    coverage: Coverage, told: dict[str, dict[str, Told]], truth: dict[str, list[Row]]
) -> None:
    origins, clashes = [], []
    for event in coverage.closed:
        accounts = told.pop(event.key, {})
        origins.append(_origins(event, accounts))
        clashes += contradictions(event, accounts.values())
    coverage.closed.clear()
    truth["origins"], truth["contradictions"] = origins, clashes


def _origins(event: Event, accounts: dict[str, Told]) -> Row:
    return {
        "event": event.key,
        "independent_origins": independent_origins(t.account for t in accounts.values()),
        "accounts": list(accounts),
    }
