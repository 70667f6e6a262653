"""Where the origins of one event contradict each other: side by side, never averaged.

Each origin's version of an event is its latest figure for each thing counted, its narrowest date,
its place, whom it names as perpetrators and what it denies. Two versions are compared field by
field. Repeating is not contradicting: what one origin says in several reports is one version, and a
figure that the same origin changes later is an update of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Literal

from onrecord.resolution.ground import kilometres
from onrecord.resolution.tables import Tables, days_of
from onrecord.vocabulary import load

Field = Literal["count", "date", "place", "perpetrator", "denial", "kind"]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two origins of one event that cannot both be right about `field`.

    `left` and `right` are keys of acts, in the order of their reports; `says` are the words of each.
    """

    event: str
    field: Field
    left: str
    right: str
    origins: tuple[str, str]
    says: tuple[str, str]


@dataclass(slots=True)
class Version:
    """What one origin says of one event: for each field, the act that says it."""

    origin: str
    counts: dict[str, Row] = field(default_factory=dict)
    date: Row | None = None
    place: Row | None = None
    perpetrator: Row | None = None
    denial: Row | None = None
    told: dict[str, Row] = field(default_factory=dict)


def contradictions(
    tables: Tables,
    events: Mapping[str, str],
    origins: Mapping[str, str],
    canonical: Mapping[str, str],
) -> list[Contradiction]:
    """All contradictions of a case, ordered by event, field and keys.

    `events` gives the event of an act's key, `origins` the origin of an act's key, `canonical` the
    resolved id of an entity's key. An act without origin is passed over: nobody is known to say it.
    """
    found: list[Contradiction] = []
    for event, versions in sorted(_versions(tables, events, origins, canonical).items()):
        for one, other in combinations(sorted(versions, key=lambda v: v.origin), 2):
            found += [
                _contradiction(event, name, (one, other), acts)
                for name, acts in _differences(one, other)
            ]
    return sorted(found, key=lambda c: (c.event, c.field, c.left, c.right))


def _versions(
    tables: Tables,
    events: Mapping[str, str],
    origins: Mapping[str, str],
    canonical: Mapping[str, str],
) -> dict[str, list[Version]]:
    published = dict(
        zip(
            tables.documents.column("key").to_pylist(),
            (days_of(day)[1] for day in tables.documents.column("published").to_pylist()),
            strict=True,
        )
    )
    named = _named(tables)
    versions: dict[tuple[str, str], Version] = {}
    for row in _reported(tables, published):
        event, origin = events.get(row["key"]), origins.get(row["key"])
        if event is None or origin is None:
            continue
        version = versions.setdefault((event, origin), Version(origin))
        who = {canonical.get(key, named[key]) for key in row["perpetrators"] or () if key in named}
        _add(version, row | {"who": who})
    by_event: dict[str, list[Version]] = defaultdict(list)
    for (event, _), version in versions.items():
        by_event[event].append(version)
    return by_event


def _reported(tables: Tables, published: Mapping[str, int | None]) -> list[dict[str, Any]]:
    """The acts with the day of their report, the earliest report first."""
    rows: Iterable[dict[str, Any]] = tables.acts.to_pylist()
    dated = [row | {"published": published.get(row["document"])} for row in rows]
    return sorted(dated, key=lambda row: (row["published"] or 0, row["key"]))


def _named(tables: Tables) -> dict[str, str]:
    """Persons and bodies that can be told from others: by key, what they are called."""
    columns = (tables.entities.column(name).to_pylist() for name in ("key", "type", "name"))
    return {
        key: f"{kind} {name.casefold()}"
        for key, kind, name in zip(*columns, strict=True)
        if kind in ("Person", "Organization")
    }


def _add(version: Version, row: Row) -> None:
    """Take into a version what a later act of it says."""
    if row["polarity"] == "negated":
        version.denial = version.denial or row
        return
    if row["modality"] in ("future", "hypothetical"):
        return
    version.told.setdefault(row["type"], row)
    thing = _counted(row["type"])
    if thing and (row["count_min"] is not None or row["count_max"] is not None):
        version.counts[thing] = row
    if row["first"] is not None and row["last"] is not None:
        width = row["last"] - row["first"]
        if version.date is None or width < version.date["last"] - version.date["first"]:
            version.date = row
    if row["place"] and version.place is None:
        version.place = row
    if row["who"] and version.perpetrator is None:
        version.perpetrator = row


def _counted(kind: str) -> str | None:
    counted = load("contradictions")["counts"]
    return next((thing for thing, kinds in counted.items() if kind in kinds), None)


def _differences(one: Version, other: Version) -> Iterator[tuple[Field, tuple[Row, Row]]]:
    for thing in sorted(one.counts.keys() & other.counts.keys()):
        pair = one.counts[thing], other.counts[thing]
        if _counts_exclude(*pair):
            yield "count", pair
    if one.date and other.date and _dates_exclude(one.date, other.date):
        yield "date", (one.date, other.date)
    if one.place and other.place and _places_exclude(one.place, other.place):
        yield "place", (one.place, other.place)
    if one.perpetrator and other.perpetrator:
        if not one.perpetrator["who"] & other.perpetrator["who"]:
            yield "perpetrator", (one.perpetrator, other.perpetrator)
    yield from _denials(one, other)
    yield from _kinds(one, other)


def _counts_exclude(one: Row, other: Row) -> bool:
    """No number lies within the bounds of both; a missing bound is open."""
    first, second = sorted((one, other), key=lambda row: row["published"] or 0)
    apart = _most(first) < _least(second) or _most(second) < _least(first)
    return apart and not _is_update(first, second)


def _is_update(earlier: Row, later: Row) -> bool:
    """The later report raises the figure, and the earlier one was written while it could rise."""
    days = load("contradictions")["update_days"]
    written, event = earlier["published"], earlier["last"]
    soon = written is not None and event is not None and written - event <= days
    after = later["published"] is not None and written is not None and later["published"] > written
    return bool(soon and after and _least(later) > _most(earlier))


def _least(row: Row) -> float:
    return -1.0 if row["count_min"] is None else float(row["count_min"])


def _most(row: Row) -> float:
    return float("inf") if row["count_max"] is None else float(row["count_max"])


def _dates_exclude(one: Row, other: Row) -> bool:
    return bool(one["last"] < other["first"] or other["last"] < one["first"])


def _places_exclude(one: Row, other: Row) -> bool:
    """Different places, too far apart to be parts of one; where one is not on the map, no."""
    if None in (one["lat"], one["lon"], other["lat"], other["lon"]):
        return False
    apart = kilometres((one["lat"], one["lon"]), (other["lat"], other["lon"]))
    return apart > load("contradictions")["kilometres"]


def _denials(one: Version, other: Version) -> Iterator[tuple[Field, tuple[Row, Row]]]:
    for left, right in ((one, other), (other, one)):
        if left.denial and right.told and not left.told:
            yield "denial", (next(iter(right.told.values())), left.denial)


def _kinds(one: Version, other: Version) -> Iterator[tuple[Field, tuple[Row, Row]]]:
    for left, right in load("contradictions")["versions"]:
        for first, second in ((one, other), (other, one)):
            if left in first.told and right in second.told and left not in second.told:
                yield "kind", (first.told[left], second.told[right])


def _contradiction(
    event: str, name: Field, versions: tuple[Version, Version], acts: tuple[Row, Row]
) -> Contradiction:
    one, other = sorted(acts, key=lambda row: (row["published"] or 0, row["key"]))
    says = (str(one["text"]), str(other["text"]))
    origins = (versions[0].origin, versions[1].origin)
    return Contradiction(event, name, one["key"], other["key"], origins, says)
