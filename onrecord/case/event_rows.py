"""The rows that pages read of events across documents, and the origins that explain them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

from onrecord.case.group_rows import Rows, each
from onrecord.model import as_json
from onrecord.store.found import rank
from onrecord.store.log import canonical
from onrecord.store.tables import EVENT_ACTS, EVENT_ORIGINS, EVENT_WHO, EVENTS, TALLIES

if TYPE_CHECKING:
    import pyarrow as pa

    from onrecord.corroboration.corroborate import Corroboration
    from onrecord.corroboration.origins import Origin
    from onrecord.corroboration.summary import EventSummary
    from onrecord.resolution.tables import Tables

Row = Mapping[str, Any]
_FIRST = date(1970, 1, 1)


def event_rows(tables: Tables, found: Corroboration, groups: Mapping[str, str]) -> Rows:
    """The rows of all events; `groups` gives the group of an entity by its key."""
    from onrecord.corroboration.summary import summaries

    several = 0
    summed = {event.id: event for event in summaries(tables, found)}
    for event, acts in groupby(_acts(tables, found.events), key=lambda row: row["event"]):
        summary = summed[event]
        several += summary.reports > 1
        yield from _event(summary, list(acts), groups)
    yield from _origins(found.origins)
    for value, number in (("all", len(summed)), ("several", several)):
        yield TALLIES, {"what": "events", "value": value, "number": number}


def _acts(tables: Tables, events: pa.Table) -> Iterator[Row]:
    """The acts of the case with their events, event by event."""
    names = ["key", "type", "polarity", "first", "last", "place", "perpetrators", "victims"]
    acts = tables.acts.select(names).append_column("event", events["event"])
    yield from each(acts.sort_by([("event", "ascending"), ("key", "ascending")]))


def _event(summary: EventSummary, acts: Sequence[Row], groups: Mapping[str, str]) -> Rows:
    firsts = [act["first"] for act in acts if act["first"] is not None]
    lasts = [act["last"] for act in acts if act["last"] is not None]
    yield (
        EVENTS,
        {
            "id": summary.id,
            "rank": rank(summary.reports, summary.id),
            "reports": summary.reports,
            "origins": summary.independent_origins,
            "contradictions": len(summary.contradictions),
            "date_from": _day(min(firsts, default=None)),
            "date_to": _day(max(lasts, default=None)),
            "body": canonical(as_json(summary)),
        },
    )
    for act in acts:
        yield EVENT_ACTS, {"act": act["key"], "event": summary.id}
    parts = {pair for act in acts for pair in _parts(act, groups)}
    for part, named in sorted(parts):
        if part.endswith(_DENIED) and (part.removesuffix(_DENIED), named) in parts:
            continue
        yield EVENT_WHO, {"event": summary.id, "part": part, "canonical": named}


def _parts(act: Row, groups: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The type of an act, and who has which part in it: a denied one where the act is denied."""
    yield "act", act["type"]
    denied = _DENIED if act["polarity"] == "negated" else ""
    named = {"perpetrator": act["perpetrators"], "victim": act["victims"], "place": [act["place"]]}
    for part, keys in named.items():
        for key in keys or ():
            if key:
                yield part if part == "place" else part + denied, groups.get(key, key)


def _day(number: int | None) -> str | None:
    return None if number is None else (_FIRST + timedelta(days=number)).isoformat()


def _origins(origins: Sequence[Origin]) -> Rows:
    of_event: dict[str, list[Origin]] = defaultdict(list)
    for origin in origins:
        of_event[origin.event].append(origin)
    for event, found in of_event.items():
        yield EVENT_ORIGINS, {"event": event, "body": canonical([_origin(o) for o in found])}


def _origin(origin: Origin) -> dict[str, Any]:
    """What an explanation needs of an origin: of its voices what they say it by, not the words."""
    voices = [{name: getattr(voice, name) for name in _OF_VOICE} for voice in origin.voices]
    told = {"id": origin.id, "event": origin.event, "source": origin.source, "voices": voices}
    return told | {"reasons": as_json(origin.reasons)}


_DENIED = "_denied"
"""After the part of those who are only said not to have done, or suffered, something."""
_OF_VOICE = ("document", "claims", "acts", "affirms")


def origins_of(body: str) -> list[Origin]:
    """The origins of an event as they were kept; their voices say nothing but what they tell of."""
    from onrecord.corroboration.origins import Origin, Reason
    from onrecord.corroboration.voices import Voice

    unsaid: dict[str, Any] = dict.fromkeys(Voice.__dataclass_fields__, "")
    return [
        Origin(
            **{name: told[name] for name in ("id", "event", "source")},
            voices=tuple(
                Voice(**unsaid | {"event": told["event"]} | {k: _frozen(v) for k, v in one.items()})
                for one in told["voices"]
            ),
            reasons=tuple(Reason(**reason) for reason in told["reasons"]),
        )
        for told in json.loads(body)
    ]


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
