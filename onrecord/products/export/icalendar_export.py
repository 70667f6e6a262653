"""iCalendar (RFC 5545): engagements as published, and the days by which demands are to be met.

Only what has a day stands in the calendar, as whole days and at the city at the finest. What has
no year, or no day, is no entry: it is counted and named in the calendar's description.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord import dates
from onrecord.model import Claim, Demand, Engagement
from onrecord.products.edtf import in_words, span_of
from onrecord.products.export.cited import Cited
from onrecord.products.export.source import Format, Progress, Source
from onrecord.products.quoting import plain, visible

if TYPE_CHECKING:
    from icalendar import Event

STATUS = {
    "proposed": "TENTATIVE",
    "confirmed": "CONFIRMED",
    "past": "CONFIRMED",
    "cancelled": "CANCELLED",
}
STAMP = datetime(1970, 1, 1, tzinfo=UTC)
"""The calendar says nothing of when it was made, so that the same record gives the same bytes."""

LISTED = 20
"""So many of those left out are named."""


def write(source: Source, path: Path, progress: Progress) -> None:
    """The calendar of a case, entry by entry; first those left out are gathered for its head."""
    named: list[str] = []
    left_out = 0
    for why in (why for cited in _all(source) for _, why in _entries(cited) if why):
        left_out += 1
        if len(named) < LISTED:
            named.append(why)
    with path.open("wb") as file:
        file.write(_head(source.name, named, left_out))
        for cited in _all(source):
            for event, _ in _entries(cited):
                if event is not None:
                    file.write(event.to_ical())
            progress(cited.record.document.path)
        file.write(b"END:VCALENDAR\r\n")


def _all(source: Source) -> Iterator[Cited]:
    for record in source.records():
        if record.engagements or record.demands:
            yield Cited(record, source.who_is(record.document.id))


def _head(name: str, named: list[str], left_out: int) -> bytes:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//onrecord//onrecord//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"{clean(name)}: engagements and deadlines on record")
    told = "What sources announce or ask for, each on the word of the one named."
    if left_out:
        more = f"; and {left_out - len(named)} more" if left_out > len(named) else ""
        told += f" Not in the calendar, having no day with a year ({left_out}): "
        told += "; ".join(named) + more + "."
    calendar.add("x-wr-caldesc", told)
    made: bytes = calendar.to_ical().removesuffix(b"END:VCALENDAR\r\n")
    return made


def _entries(cited: Cited) -> Iterator[tuple[Event | None, str]]:
    """Each engagement and each demand with a deadline: its entry, or why it has none."""
    for engagement in cited.record.engagements:
        yield _engagement(cited, engagement)
    for demand in cited.record.demands:
        if demand.deadline:
            yield _demand(cited, demand)


def _engagement(cited: Cited, engagement: Engagement) -> tuple[Event | None, str]:
    named = ", ".join(clean(cited.name(e) or "") for e in engagement.participants)
    kind = engagement.type.replace("_", " ")
    summary = f"{kind.capitalize()} ({engagement.status})" + (f": {named}" if named else "")
    summary += f" – {clean(cited.record.document.publisher or 'publisher not stated')}"
    days = days_of(engagement.start, engagement.end)
    if days is None:
        return None, f"{summary} – {in_words(span_of(engagement.start, engagement.end))}"
    claim = cited.sheet.covering(engagement.span)
    spans = [engagement.span, *(s for found in engagement.cites.values() for s in found)]
    event = _event(cited, engagement.id, summary, days)
    event.add("status", STATUS[engagement.status])
    if engagement.place:
        event.add("location", clean(cited.name(engagement.place) or ""))
    event.add("description", _described(cited, claim, spans, "As published"))
    return event, ""


def _demand(cited: Cited, demand: Demand) -> tuple[Event | None, str]:
    asked = ", ".join(clean(cited.name(e) or "") for e in demand.addressees) or "nobody named"
    summary = f"Deadline asked of {asked}: {clean(cited.exact(demand.action))}"
    days = days_of(demand.deadline, None)
    if days is None:
        return None, f"{summary} – {in_words(demand.deadline)}"
    claim = cited.sheet.claims.get(demand.claim)
    spans = [demand.action, *demand.cites.get("deadline", ())]
    event = _event(cited, demand.id, summary, days)
    event.add("description", _described(cited, claim, spans, "A demand, not an agreement"))
    return event, ""


def days_of(start: str | None, end: str | None) -> tuple[date, date] | None:
    """The first and the last day; None unless both are known to the day.

    A date that may mean several days (a month, "about", "between") is none.
    """
    first, last = _days(start or end), _days(end or start)
    if first is None or last is None or last[1] < first[0]:
        return None
    return first[0], last[1]


def _days(edtf: str | None) -> tuple[date, date] | None:
    time = dates.read_edtf(edtf.split("T")[0]) if edtf else None
    if time is None or time.extent not in ("point", "interval") or time.start is None:
        return None
    stop = time.end if time.extent == "interval" else time.start
    if stop is None or time.start.about or stop.about:
        return None
    first, last = time.start.as_date, stop.as_date
    return (first, last) if first and last else None


def _event(cited: Cited, identifier: str, summary: str, days: tuple[date, date]) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", uid(cited.document, identifier))
    event.add("dtstamp", STAMP)
    event.add("summary", summary)
    event.add("dtstart", days[0])
    if days[1] < date.max:
        # The end of whole days is the day after the last one (RFC 5545, 3.6.1).
        event.add("dtend", days[1] + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def uid(document: str, identifier: str) -> str:
    """The same id for the same entry of the same document, always."""
    digest = hashlib.sha256(f"{document}|{identifier}".encode()).hexdigest()
    return f"{digest[:32]}@onrecord"


def _described(cited: Cited, claim: Claim | None, spans: list[tuple[int, int]], lead: str) -> str:
    lines = [f"{lead}. On the word of: {clean(cited.attribution(claim))}."]
    lines += [
        f"“{clean(c['exact'])}” ({c['document']}, characters {c['start']}-{c['end']})"
        for c in cited.citations(spans)
    ]
    return "\n".join(lines)


def clean(words: str) -> str:
    """Words on one line; control characters, which RFC 5545 forbids, are shown."""
    return visible(plain(words))


FORMAT = Format(
    name="ical",
    endings=(".ics",),
    about="Engagements and deadlines of demands that have a day, for calendar programs",
    lacks=(
        "all but engagements and demands with a deadline; what has no day with a year is only "
        "listed in the calendar's description"
    ),
    write=write,
)
