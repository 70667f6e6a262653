"""What lists of a whole case show of one engagement, one demand, one event's origins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from onrecord.dates import bounds
from onrecord.model import Edtf, Span, as_json, from_json


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in an engagement or a demand: as the document names them, and their group."""

    name: str
    canonical: str


@dataclass(frozen=True, slots=True)
class Planned:
    """An engagement as one document tells of it, in the words at `span`."""

    document: str
    id: str
    type: str
    status: str
    start: Edtf | None
    end: Edtf | None
    place: Party | None
    participants: tuple[Party, ...]
    span: Span
    words: str
    path: str
    publisher: str | None
    published: Edtf | None


@dataclass(frozen=True, slots=True)
class Demanded:
    """A demand as one document tells of it: who asks whom to do what, by when, on which ground.

    `source` is who asks, as the words at its innermost source say; `speaker` their group, if they
    are an entity. `span` are the words of the action.
    """

    document: str
    id: str
    claim: str
    source: str | None
    speaker: Party | None
    addressees: tuple[Party, ...]
    span: Span
    action: str
    ground: str | None
    deadline: Edtf | None
    path: str
    publisher: str | None
    published: Edtf | None


def body_of(listed: Any) -> dict[str, Any]:
    """As JSON types, to be kept."""
    made: dict[str, Any] = as_json(listed)
    return made


def planned(body: Mapping[str, Any]) -> Planned:
    """The inverse of `body_of`."""
    return from_json(Planned, body)


def demanded(body: Mapping[str, Any]) -> Demanded:
    """The inverse of `body_of`."""
    return from_json(Demanded, body)


def days(*dates: Edtf | None) -> tuple[str | None, str | None]:
    """The first and the last day that any of some dates may mean, in ISO 8601; None where open."""
    known = [_bounds(date) for date in dates if date]
    firsts, lasts = (
        ([day for day in side if day] for side in zip(*known, strict=True)) if known else ([], [])
    )
    first, last = min(firsts, default=None), max(lasts, default=None)
    return first.isoformat() if first else None, last.isoformat() if last else None


_bounds = lru_cache(maxsize=65536)(bounds)
"""Of millions of dates few are different ones."""
