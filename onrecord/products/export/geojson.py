"""GeoJSON (RFC 7946): what is said to have happened or to be planned, where it may have been.

A town is a point with the radius within which it lies, a country its whole shape; what has no
known place has no geometry. Every feature says on whose word it stands and cites its words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from onrecord import dates
from onrecord.model import Act, Engagement
from onrecord.products.edtf import in_words as date_in_words
from onrecord.products.edtf import span_of
from onrecord.products.export.cited import Cited, counted, in_words
from onrecord.products.export.source import Format, Progress, Source
from onrecord.products.lent_dates import lent_dates
from onrecord.products.pictures import basemap
from onrecord.products.pictures.entries import claim_of_act
from onrecord.products.pictures.placing import Area, area_of
from onrecord.products.writer import act_label

Feature = dict[str, Any]
SCHEMA = "onrecord/geojson/1"
SLACK = 0.05
"""How far, in degrees, a border is moved to keep a country's shape small."""


def write(source: Source, path: Path, progress: Progress) -> None:
    """The acts and engagements of a case as one FeatureCollection, written feature by feature."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        head = {
            "type": "FeatureCollection",
            "onrecord": {"schema": SCHEMA, "case": source.name, "base_map": BASE_MAP},
        }
        file.write(f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": [')
        between = "\n"
        for record in source.records():
            for feature in features(Cited(record, source.who_is(record.document.id))):
                file.write(between + json.dumps(feature, ensure_ascii=False))
                between = ",\n"
            progress(record.document.path)
        file.write("\n]}\n")


BASE_MAP = "Natural Earth 1:50m Admin 0 countries (public domain), for orientation only"


def features(cited: Cited) -> Iterator[Feature]:
    """The features of one document: its acts, then its engagements."""
    lent = lent_dates(cited.record)
    for act in cited.record.acts:
        yield _act(cited, act, lent.get(act.id))
    for engagement in cited.record.engagements:
        yield _engagement(cited, engagement)


def _act(cited: Cited, act: Act, lent: str | None) -> Feature:
    claim = claim_of_act(cited.sheet, act)
    spans = [act.span, *(s for found in act.cites.values() for s in found)]
    spans += [p.span for p in act.perpetrators] + [v.span for v in act.victims]
    named = [cited.name(p.entity) or "not recorded" for p in act.perpetrators]
    told = {
        "kind": "act",
        "type": act.type,
        "label": act_label(act.type),
        "said": cited.by_whom(claim),
        "attribution": cited.attribution(claim),
        "claim_kind": claim.kind if claim else None,
        "modality": act.modality,
        "polarity": act.polarity,
        "laid_to": "; ".join(named) or None,
        "done_to": "; ".join(in_words(cited.name(v.entity), v.count) for v in act.victims) or None,
        "perpetrators": [
            cited.party(p.entity, involvement=p.involvement) for p in act.perpetrators
        ],
        "victims": [cited.party(v.entity, count=counted(v.count)) for v in act.victims],
        "claims": list(act.claims),
        **_dated(act.date or lent),
        "date_from": "event" if lent and not act.date else None,
        "citations": cited.citations(spans),
    }
    return _feature(cited, act.id, act.place, told)


def _engagement(cited: Cited, engagement: Engagement) -> Feature:
    claim = cited.sheet.covering(engagement.span)
    spans = [engagement.span, *(s for found in engagement.cites.values() for s in found)]
    told = {
        "kind": "engagement",
        "type": engagement.type,
        "label": f"{engagement.type.replace('_', ' ')} ({engagement.status})",
        "status": engagement.status,
        "said": cited.by_whom(claim),
        "attribution": cited.attribution(claim),
        "participants": [cited.party(e) for e in engagement.participants],
        **_dated(span_of(engagement.start, engagement.end)),
        "citations": cited.citations(spans),
    }
    return _feature(cited, engagement.id, engagement.place, told)


def _dated(edtf: str | None) -> dict[str, Any]:
    """A date as EDTF and in words, and the first and last day it may mean where a year is known."""
    if not edtf:
        return {}
    first, last = dates.bounds(edtf.split("T")[0])
    return {
        "date": edtf.split("T")[0],
        "date_words": date_in_words(edtf),
        "first_day": first.isoformat() if first else None,
        "last_day": last.isoformat() if last else None,
    }


def _feature(cited: Cited, identifier: str, place: str | None, told: dict[str, Any]) -> Feature:
    known = cited.sheet.entities.get(place or "")
    area = area_of([known]) if known and not known.candidates else None
    where: dict[str, Any] = {"place": cited.name(place)}
    if area:
        where |= {"place_known": area.words, "precision": area.precision, "country": area.country}
        where |= {"uncertainty_radius_m": int(area.radius_km * 1000) or None}
    kept = {**told, **where, **cited.of_document()}
    return {
        "type": "Feature",
        "id": f"{cited.document}|{identifier}",
        "geometry": geometry(area),
        "properties": {k: v for k, v in kept.items() if v not in (None, "", [])},
    }


def geometry(area: Area | None) -> dict[str, Any] | None:
    """The geometry of where something may have been; None where that is not known."""
    if area is None or area.kind == "none":
        return None
    if area.kind == "circle":
        return {"type": "Point", "coordinates": [round(part, 5) for part in area.centre]}
    return _country(area.country)


@lru_cache(maxsize=300)
def _country(code: str) -> dict[str, Any] | None:
    """A country as a MultiPolygon, outer rings counter-clockwise as RFC 7946 wants them."""
    every = [polygon for shape in basemap.country(code) for polygon in shape.polygons]
    # Specks of land vanish by the thinning; a country of nothing but specks keeps its shape.
    thin = [[_thinned(ring)[::-1] for ring in p] for p in every if len(_thinned(p[0])) > 3]
    whole = [[[list(point) for point in ring[::-1]] for ring in polygon] for polygon in every]
    return {"type": "MultiPolygon", "coordinates": thin or whole} if every else None


def _thinned(ring: basemap.Ring) -> list[list[float]]:
    """A ring without points nearer than the slack to the one kept before; closed as it was."""
    kept = [ring[0]]
    for point in ring[1:-1]:
        if abs(point[0] - kept[-1][0]) + abs(point[1] - kept[-1][1]) >= SLACK:
            kept.append(point)
    return [list(point) for point in (*kept, ring[0])]


FORMAT = Format(
    name="geojson",
    endings=(".geojson",),
    about="Acts and engagements with where they may have been, for QGIS and other maps",
    lacks=(
        "claims that tell of no act, relations, demands and texts; a day that is not known has "
        "only its EDTF, which map programs show as words"
    ),
    write=write,
)
