"""What one report tells as one event, parted where it gives another place or day.

Inside a report an act that names neither place nor day may bring together what two others place
apart. Such an event counts here as several, each with the acts that are told of one place and day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from onrecord.resolution.event_evidence import UNKNOWN, Rows


@dataclass(slots=True)
class _Part:
    """The rows of some acts, the last told of them last, with where and whom they are told of."""

    rows: list[int] = field(default_factory=list)
    places: set[int] = field(default_factory=set)
    days: list[tuple[int, int]] = field(default_factory=list)
    victims: set[int] = field(default_factory=set)


def parted(told: Rows, place: Rows, first: Rows, last: Rows, victims: Rows) -> Rows:
    """Numbers of the parts of documents' events, one an act; acts in the order they are told in.

    `told`: number of the document's own event. `place`, `victims`: numbers of resolved entities, -1
    where none. `first`, `last`: days, `UNKNOWN` where open. An act that gives neither place nor day
    goes with those told just before it, as does one that shares a victim with them.
    """
    number = np.array(told, copy=True)
    following = int(told.max(initial=-1)) + 1
    for rows in _in_doubt(told, place, first):
        parts: list[_Part] = []
        for row in rows:
            days = (int(first[row]), int(last[row]))
            who = {int(one) for one in victims[row] if one >= 0}
            parts.sort(key=lambda part: -part.rows[-1])
            host = next((p for p in parts if _belongs(p, int(place[row]), days, who)), None)
            if host is None:
                host = _Part()
                parts.append(host)
            _add(host, row, int(place[row]), days, who)
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


def _belongs(part: _Part, place: int, days: tuple[int, int], victims: set[int]) -> bool:
    """Whether an act is told of the victims of a part, or nothing places it apart.

    Another place on the same day is another account of one event, as is another day at one place.
    """
    if part.victims & victims:
        return True
    here = _agree(place >= 0 and bool(part.places), place in part.places)
    meet = any(days[0] <= end and start <= days[1] for start, end in part.days)
    then = _agree(UNKNOWN not in days and bool(part.days), meet)
    return max(here, then) > 0 or min(here, then) == 0


def _agree(known: bool, same: bool) -> int:
    return (1 if same else -1) if known else 0


def _add(part: _Part, row: int, place: int, days: tuple[int, int], victims: set[int]) -> None:
    part.rows.append(row)
    part.victims |= victims
    part.places |= {place} - {-1}
    if UNKNOWN not in days:
        part.days.append(days)
