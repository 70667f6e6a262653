"""Where the origins of one event contradict each other: side by side, never averaged.

Each origin's version of an event is its latest figure for each thing counted, its narrowest date,
its place, whom it names as perpetrators and what it denies. Two versions are compared field by
field. Repeating is not contradicting: what one origin says in several reports is one version, and a
figure that is raised by a report days later is an update. A denial is set against those who allege
what it denies of the same body.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Literal

from onrecord.corroboration.denials import Bodies, concerned, denials
from onrecord.corroboration.spoken_of import claims_only_spoken_of
from onrecord.resolution.ground import kilometres
from onrecord.resolution.names import compare
from onrecord.resolution.tables import Tables, days_of
from onrecord.vocabulary import load

Field = Literal["count", "date", "place", "perpetrator", "denial", "kind"]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two origins of one event that cannot both be right about `field`.

    `left` and `right` are keys of acts, or of a claim that denies, in the order of their reports;
    `says` is what each gives for the field: a count, a date, places, names, a type or its words.
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
    figures: set[tuple[str, float, float]] = field(default_factory=set)
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

    `events` gives the event of an act's key, `origins` the origin of a claim's key, or of an act's
    that its report tells in its own voice, `canonical` the resolved id of an entity's key. An act
    of no known origin is passed over: nobody is known to say it.
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
    versions: dict[tuple[str, str], Version] = {}
    for row in _told(tables, events, origins, canonical):
        version = versions.setdefault((row["event"], row["origin"]), Version(row["origin"]))
        _add(version, row)
    by_event: dict[str, list[Version]] = defaultdict(list)
    for (event, _), version in versions.items():
        by_event[event].append(version)
    return by_event


def _told(
    tables: Tables,
    events: Mapping[str, str],
    origins: Mapping[str, str],
    canonical: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Acts and denials, each with its event, origin, bodies and day; the earliest report first."""
    bodies = Bodies(concerned(tables), canonical)
    columns = ("key", "published", "publisher")
    keys, days, papers = (tables.documents.column(name).to_pylist() for name in columns)
    published = {key: days_of(day)[1] for key, day in zip(keys, days, strict=True)}
    publishers = dict(zip(keys, papers, strict=True))
    acts = [
        row
        | {"event": events[row["key"]], "who": bodies.of(row["perpetrators"] or ())}
        | {"where": canonical.get(row["place"], row["place"])}
        | {"doers": bodies.called(row["perpetrators"] or ())}
        for row in tables.acts.to_pylist()
        if row["key"] in events
    ]
    denied = list(denials(tables, acts, bodies))
    for row in denied:
        # A mere denial is no origin of the event: it goes back to whoever denies.
        row["speaker"] = canonical.get(row["speaker"], row["speaker"] or row["key"])
    spoken_of = claims_only_spoken_of(tables.claims)
    told = [*(act for act in acts if not _is_only_spoken_of(act, spoken_of)), *denied]
    for row in told:
        said_by = (origins[key] for key in (*row["claims"], row["key"]) if key in origins)
        row["origin"] = next(said_by, row.get("speaker"))
        row["published"] = published.get(row["document"]) or 0
        row["publisher"] = publishers.get(row["document"]) or ""
    known = (row for row in told if row["origin"] is not None)
    return sorted(known, key=lambda row: (row["published"], row["key"]))


def _is_only_spoken_of(act: Row, claims: frozenset[str]) -> bool:
    """Whether an act is told in reports alone that whoever speaks of them does not stand by."""
    told = bool(act["claims"]) and all(claim in claims for claim in act["claims"])
    return told and act["polarity"] == "affirmed"


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
        figure = (thing, _least(row), _most(row))
        # A figure that is only repeated, be it by a late copy, was told when it was told first.
        if figure not in version.figures:
            version.figures.add(figure)
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
        pair = one.perpetrator, other.perpetrator
        if not pair[0]["who"] & pair[1]["who"]:
            yield "perpetrator", pair
    yield from _denials(one, other)
    yield from _kinds(one, other)


def _counts_exclude(one: Row, other: Row) -> bool:
    """No number lies within the bounds of both; a missing bound is open."""
    first, second = sorted((one, other), key=lambda row: row["published"])
    apart = _most(first) < _least(second) or _most(second) < _least(first)
    return apart and not _is_update(first, second)


def _is_update(earlier: Row, later: Row) -> bool:
    """The later report raises the figure, by days that a toll takes to rise."""
    least, most = load("contradictions")["update_days"]
    days: int = later["published"] - earlier["published"]
    return bool(least <= days <= most and _least(later) > _most(earlier))


def _least(row: Row) -> float:
    return -1.0 if row["count_min"] is None else float(row["count_min"])


def _most(row: Row) -> float:
    return float("inf") if row["count_max"] is None else float(row["count_max"])


def _dates_exclude(one: Row, other: Row) -> bool:
    return bool(one["last"] < other["first"] or other["last"] < one["first"])


def _places_exclude(one: Row, other: Row) -> bool:
    """Different places: too far apart to be parts of one, or, off the map, of unlike names."""
    if one["where"] == other["where"]:
        return False
    if None in (one["lat"], one["lon"], other["lat"], other["lon"]):
        return not compare(one["place_name"] or "", other["place_name"] or "", "place").match
    apart = kilometres(one["lat"], one["lon"], other["lat"], other["lon"])
    return bool(apart > load("contradictions")["kilometres"])


def _denials(one: Version, other: Version) -> Iterator[tuple[Field, tuple[Row, Row]]]:
    """What one denies and the other alleges, of the same body where the denial names one."""
    for denying, alleging in ((one, other), (other, one)):
        denial = denying.denial
        against = _alleged(alleging, denial) if denial else None
        if denial is None or against is None or _is_by_its_publisher(denial, against):
            continue
        if not denial["who"] or denial["who"] & against["who"]:
            yield "denial", (against, denial)


def _is_by_its_publisher(denial: Row, told: Row) -> bool:
    """Whether who denies is called in short what published the other in its own voice.

    "The Ministry denies it" does not deny what the Ministry of Ports tells in its release.
    """
    denier = [w for w in denial.get("denier", "").casefold().split() if w not in _SMALL]
    publisher = [w for w in told["publisher"].casefold().split() if w not in _SMALL]
    return bool(denier) and not told["claims"] and publisher[: len(denier)] == denier


_SMALL = ("the", "of", "a")


def _alleged(version: Version, denial: Row) -> Row | None:
    """The act of a version that a denial may be of: one of its family, where it says of what."""
    told = [version.perpetrator] if version.perpetrator else []
    told += version.told.values()
    families = load("event_rules")["families"].values()
    kin = next((kinds for kinds in families if denial["type"] in kinds), [denial["type"]])
    return next((row for row in told if not denial["type"] or row["type"] in kin), None)


def _kinds(one: Version, other: Version) -> Iterator[tuple[Field, tuple[Row, Row]]]:
    for left, right in load("contradictions")["versions"]:
        for first, second in ((one, other), (other, one)):
            told = left in first.told and right in second.told
            if told and left not in second.told and right not in first.told:
                yield "kind", (first.told[left], second.told[right])
                return


def _contradiction(
    event: str, name: Field, versions: tuple[Version, Version], acts: tuple[Row, Row]
) -> Contradiction:
    # What is alleged stands left of its denial, whichever was reported first.
    by_report = sorted(acts, key=lambda row: (row["published"], row["key"]))
    one, other = acts if name == "denial" else by_report
    says = (_given(name, one), _given(name, other))
    origins = (versions[0].origin, versions[1].origin)
    return Contradiction(event, name, one["key"], other["key"], origins, says)


def _given(name: Field, row: Row) -> str:
    """What an act, or a claim that denies, gives for a field, as its report has it."""
    if name == "kind":
        return str(load("acts")[row["type"]]["label"])
    columns = {"count": "count_text", "date": "date", "place": "place_name", "perpetrator": "doers"}
    column = columns.get(name, "text")
    return str(row[column])
