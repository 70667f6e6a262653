"""What has been told of each event so far, and what follows: origins and contradictions.

Independent origins: the number of primary sources of an event that the texts let one tell apart.
Unnamed people of one kind are one source, whoever cites them; a body is one source, whoever speaks
for it; and unnamed people are no source of their own where a named person of the place tells the
same event, for they may be that person ("when in doubt, they are not independent"). An account
that only denies is no origin of the event.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from onrecord.simulation.happenings import Account, Event

Row = dict[str, Any]
UPDATE_DAYS = 2
"""A higher figure first told this many days after a lower one is an update, not a contradiction."""


@dataclass(slots=True)
class Told:
    """What the texts have told of one account: first key, and last figure with its first day."""

    account: Account
    claim: str
    act: str = ""
    figure: tuple[int, int | None] | None = None
    figure_day: int = 0
    figure_act: str = ""
    dates: dict[str, str] = field(default_factory=dict)
    perpetrator_act: str = ""
    place_act: str = ""
    denial: str = ""


def origin(account: Account) -> str:
    """The primary source as the texts let one know it."""
    if account.kind == "unnamed":
        return "unnamed people"
    return account.body.key if account.body else account.source.key


def independent_origins(accounts: Iterable[Account]) -> int:
    """How many primary sources stand behind these accounts of one event."""
    affirming = [a for a in accounts if not a.denies]
    origins = {origin(a) for a in affirming}
    if any(a.kind in ("resident", "relative") for a in affirming):
        origins.discard("unnamed people")
    return len(origins)


def contradictions(event: Event, told: Iterable[Told]) -> list[Row]:
    """Pairs of accounts of one event that cannot both hold."""
    rows: list[Row] = []

    def add(name: str, left: str, right: str) -> None:
        rows.append({"event": event.key, "field": name, "left": left, "right": right})

    for one, other in combinations(told, 2):
        if one.denial or other.denial:
            denier, alleging = (one, other) if one.denial else (other, one)
            if alleging.perpetrator_act and not alleging.denial:
                add("denial", denier.denial, alleging.perpetrator_act)
            continue
        if _counts_clash(one, other):
            add("count", one.figure_act, other.figure_act)
        if one.place_act and other.place_act and one.account.place is not other.account.place:
            add("place", one.place_act, other.place_act)
        if one.dates and other.dates and one.account.day != other.account.day:
            add("date", next(iter(one.dates)), next(iter(other.dates)))
        if one.act and other.act and _kinds_clash(one.account.type, other.account.type):
            add("kind", one.act, other.act)
        if (
            one.perpetrator_act
            and other.perpetrator_act
            and one.account.perpetrator is not other.account.perpetrator
        ):
            add("perpetrator", one.perpetrator_act, other.perpetrator_act)
    return rows


def _counts_clash(one: Told, other: Told) -> bool:
    if one.figure is None or other.figure is None:
        return False
    low, high = sorted((one, other), key=lambda t: t.figure[0] if t.figure else 0)
    assert low.figure is not None and high.figure is not None
    most = low.figure[1]
    if most is None or most >= high.figure[0]:
        return False
    return high.figure_day - low.figure_day < UPDATE_DAYS


def _kinds_clash(one: str, other: str) -> bool:
    return (one == "armed_clash") != (other == "armed_clash")
