"""An event as a line of a list: never more than its sources give."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.store.happenings import Told


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """An event with all that is given for it. `sources` say it; `origins` of them are independent.

    `date_from` and `date_to` are the first and last day that any of its dates may mean.
    """

    id: str
    types: tuple[str, ...]
    dates: tuple[str, ...]
    places: tuple[str, ...]
    reports: int
    independent_origins: int
    sources: tuple[str, ...]
    contradictions: int
    date_from: str | None
    date_to: str | None


def listed(event: Told) -> ListedEvent:
    """An event as a list shows it."""
    body = event.body
    return ListedEvent(
        id=event.id,
        types=tuple(body["types"]),
        dates=tuple(body["dates"]),
        places=tuple(body["places"]),
        reports=int(body["reports"]),
        independent_origins=int(body["independent_origins"]),
        sources=tuple(dict.fromkeys(body["sources"])),
        contradictions=len(body["contradictions"]),
        date_from=event.date_from,
        date_to=event.date_to,
    )
