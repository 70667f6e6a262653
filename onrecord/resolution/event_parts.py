"""What one report tells as one event, parted where it gives another place or day.

Inside a report an act that names neither place nor day may bring together what two others place
apart. Such an event counts here as several, each with the acts that are told of one place and day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from onrecord.resolution.event_evidence import UNKNOWN, Numbers, Rows


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of an act; `days` None and `victims` empty where these are not."""

    type: int
    place: int
    days: tuple[int, int] | None
    victims: frozenset[int]
    count: float


@dataclass(slots=True)
class _Part:
    """The rows of some acts, in the order they are told in, and what is told of them."""

    rows: list[int] = field(default_factory=list)
    told: list[_Told] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Columns:
    """Of each act: `type` and `place`, numbers; `victims`, (acts, width) numbers; -1 where none.

    `first`, `last`: days, `UNKNOWN` where open. `counts`: of victims, NaN where open.
    """

    type: Rows
    place: Rows
    first: Rows
    last: Rows
    victims: Rows
    counts: Numbers

    def told(self, row: int) -> _Told:
        """What is told of one act."""
        days = (int(self.first[row]), int(self.last[row]))
        return _Told(
            type=int(self.type[row]),
            place=int(self.place[row]),
            days=None if UNKNOWN in days else days,
            victims=frozenset(int(one) for one in self.victims[row] if one >= 0),
            count=float(self.counts[row]),
        )


def parted(told: Rows, columns: Columns) -> Rows:
    """Numbers of the parts of documents' events, one an act; acts in the order they are told in.

    `told`: number of the document's own event. An act that gives neither place nor day goes with
    those told just before it.
    """
    number = np.array(told, copy=True)
    following = int(told.max(initial=-1)) + 1
    for rows in _in_doubt(told, columns.place, columns.first):
        parts: list[_Part] = []
        for row in rows:
            act = columns.told(row)
            parts.sort(key=lambda part: -part.rows[-1])
            host = next((part for part in parts if _belongs(part.told, act)), None)
            if host is None:
                host = _Part()
                parts.append(host)
            host.rows.append(row)
            host.told.append(act)
        for part in sorted(parts, key=lambda part: part.rows[0])[1:]:
            number[part.rows] = following
            following += 1
    return number


def _in_doubt(told: Rows, place: Rows, first: Rows) -> Sequence[list[int]]:
    """The rows of each event that is told of more than one place or day."""
    groups: dict[int, list[int]] = defaultdict(list)
    for row, event in enumerate(told.tolist()):
        groups[event].append(row)
    return [
        rows
        for rows in groups.values()
        if len({p for p in place[rows].tolist() if p >= 0}) > 1
        or len({d for d in first[rows].tolist() if d != UNKNOWN}) > 1
    ]


def _belongs(part: Sequence[_Told], act: _Told) -> bool:
    """Whether an act is told of the victims of a part, or nothing places it apart.

    Another place on the same day is another account of one event, as is another day at one place.
    So is either where the day or place is not told, of the same kind of act, with no other number.
    """
    if any(act.victims & other.victims or _same_number(act, other) for other in part):
        return True
    places = {other.place for other in part if other.place >= 0}
    days = [other.days for other in part if other.days]
    meet = act.days and any(act.days[0] <= end and start <= act.days[1] for start, end in days)
    here = _agree(act.place >= 0 and bool(places), act.place in places)
    then = _agree(bool(act.days and days), bool(meet))
    if max(here, then) > 0 or min(here, then) == 0:
        return True
    placed = [other for other in part if (other.place >= 0 if here < 0 else other.days)]
    alike = [other for other in placed if other.type == act.type]
    numbers = {one.count for one in (*alike, act) if not np.isnan(one.count)}
    return here + then > -2 and bool(alike) and len(numbers) < 2


def _same_number(one: _Told, other: _Told) -> bool:
    return one.count > 1 and one.count == other.count


def _agree(known: bool, same: bool) -> int:
    return (1 if same else -1) if known else 0
