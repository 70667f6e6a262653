"""What has been told of each event so far, and what follows: origins and contradictions.

Independent origins: the number of primary sources of an event that the texts let one tell apart.
Unnamed people of one event are one source, whoever cites them; a body is one source, whoever speaks
for it; and unnamed people are no source of their own where a named person of the place tells the
same event, for they may be that person ("when in doubt, they are not independent"). An account
that only denies is no origin of the event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from onrecord.dates import overlaps
from onrecord.simulation.happenings import Account, Event
from onrecord.simulation.pieces import ActDraft
from onrecord.simulation.recording import Recorder

Row = dict[str, Any]
UPDATE_DAYS = 2
"""A higher figure first told this many days after a lower one is an update, not a contradiction."""


@dataclass(slots=True)
class Figure:
    """The last figure that a source has given: bounds, day first told, the act that tells it."""

    least: int
    most: int | None
    day: int
    act: str


@dataclass(slots=True)
class Told:
    """What the texts have told of one account: keys of the first act or claim with each field."""

    account: Account
    claim: str
    act: str = ""
    figures: dict[str, Figure] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    perpetrator: str = ""
    place: str = ""
    denial: str = ""


class Ledger:
    """Told accounts of the events that are still being reported."""

    def __init__(self) -> None:
        self._told: dict[str, dict[str, Told]] = {}

    def note(self, recorder: Recorder) -> None:
        """Note what a report tells; its background and a reprint tell nothing new."""
        if recorder.story.reprint:
            return
        for sentence in recorder.sentences():
            if sentence.background:
                continue
            for claim in sentence.claims:
                if claim.account is not None:
                    key = f"{recorder.id}|{recorder.claim_id(claim)}"
                    accounts = self._told.setdefault(claim.account.event.key, {})
                    found = accounts.setdefault(claim.account.key, Told(claim.account, key))
                    if claim.kind == "denial":
                        found.denial = found.denial or key
            for act in sentence.acts:
                if act.claim is not None and act.claim.account is not None:
                    self._act(act, act.claim.account, recorder)

    def _act(self, act: ActDraft, account: Account, recorder: Recorder) -> None:
        told = self._told[account.event.key][account.key]
        key = f"{recorder.id}|{recorder.act_id(act)}"
        told.act = told.act or key
        if act.place is account.place:
            told.place = told.place or key
        if act.date:
            told.dates.setdefault(act.date, key)
        if account.perpetrator and any(p.ref is account.perpetrator for p in act.perpetrators):
            told.perpetrator = told.perpetrator or key
        for victim in act.victims:
            if victim.least is not None:
                figure = Figure(victim.least, victim.most, recorder.laid.day, key)
                known = told.figures.get(act.measure)
                if known is None or (victim.least, victim.most) != (known.least, known.most):
                    told.figures[act.measure] = figure

    def affirming(self, event: Event) -> list[Account]:
        """The accounts told so far that affirm an event."""
        return [t.account for t in self._told.get(event.key, {}).values() if t.act]

    def close(self, event: Event) -> tuple[Row, list[Row]]:
        """The origins and contradictions of an event of which all has been told."""
        told = list(self._told.pop(event.key, {}).values())
        affirming = [t.account for t in told if not t.account.denies]
        row = {
            "event": event.key,
            "independent_origins": independent_origins(affirming),
            "accounts": [t.account.key for t in told],
        }
        return row, contradictions(event, told)


def origin(account: Account) -> str:
    """The primary source as the texts let one know it."""
    if account.kind == "unnamed":
        return "unnamed people"
    return account.body.key if account.body else account.source.key


def independent_origins(affirming: Iterable[Account]) -> int:
    """How many primary sources stand behind these accounts of one event."""
    accounts = list(affirming)
    origins = {origin(a) for a in accounts}
    if any(a.kind in ("resident", "relative") for a in accounts):
        origins.discard("unnamed people")
    return len(origins)


def contradictions(event: Event, told: Iterable[Told]) -> list[Row]:
    """Pairs of accounts of one event that cannot both hold."""
    rows: list[Row] = []
    for one, other in combinations(told, 2):
        for name, left, right in _clashes(one, other):
            rows.append({"event": event.key, "field": name, "left": left, "right": right})
    return rows


def _clashes(one: Told, other: Told) -> Iterator[tuple[str, str, str]]:
    if one.denial or other.denial:
        yield from _denials(one, other)
        return
    for measure, figure in one.figures.items():
        against = other.figures.get(measure)
        if against is not None and figures_clash(figure, against):
            yield "count", figure.act, against.act
    if one.place and other.place and one.account.place is not other.account.place:
        yield "place", one.place, other.place
    dates = _days_apart(one, other)
    if dates is not None:
        yield "date", *dates
    clash = "armed_clash"
    if one.act and other.act and (one.account.type == clash) != (other.account.type == clash):
        yield "kind", one.act, other.act
    blamed, also = one.account.perpetrator, other.account.perpetrator
    if one.perpetrator and other.perpetrator and blamed is not also:
        yield "perpetrator", one.perpetrator, other.perpetrator


def _denials(one: Told, other: Told) -> Iterator[tuple[str, str, str]]:
    denier, alleging = (one, other) if one.denial else (other, one)
    same = denier.account.perpetrator is alleging.account.perpetrator
    if alleging.perpetrator and not alleging.denial and same:
        yield "denial", denier.denial, alleging.perpetrator


def _days_apart(one: Told, other: Told) -> tuple[str, str] | None:
    """Acts of the two that are told of days which cannot be one."""
    if one.account.day == other.account.day:
        return None
    for date, act in one.dates.items():
        for against, other_act in other.dates.items():
            if not overlaps(date, against):
                return act, other_act
    return None


def figures_clash(one: Figure, other: Figure) -> bool:
    """Whether two figures cannot both hold, nor the higher be an update of the lower."""
    low, high = sorted((one, other), key=lambda f: f.least)
    if low.most is None or low.most >= high.least:
        return False
    return high.day - low.day < UPDATE_DAYS
