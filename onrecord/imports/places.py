"""The places of a row: named in its cells, in the country that it states, at its coordinates."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.entities.gazetteer import places_named
from onrecord.imports.rules import Field, PlaceRule
from onrecord.model import Location, Span, Where

if TYPE_CHECKING:
    from onrecord.imports.rows import Row

_POINT = re.compile(r"\s*([+-]?\d{1,2}(?:\.\d+)?)\s*[|,; ]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*")
_DEGREES = re.compile(r"[+-]?\d{1,3}(?:\.\d+)?")

Placed = tuple[str, Span, Where | None]
"""A place, the words that name it, and the country, region and city it means."""


@dataclass(slots=True)
class PlaceReader:
    """The places of one row, by the words that name them."""

    row: Row
    found: dict[Span, Placed] = field(default_factory=dict)
    by_column: dict[str | None, Placed] = field(default_factory=dict)

    def read(self) -> None:
        """Make an entity of each place that the mapping tells of."""
        for rule in self.row.rules.places:
            country = self.row.country(rule.country)
            location = self._location(rule)
            for name, span in self.row.values(rule.name):
                placed = self._place(name, span, rule, country, location)
                self.found[span] = placed
                self.by_column.setdefault(rule.name.column, placed)

    def of(self, rule: Field | None) -> Placed | None:
        """Where an act was: the place its own column names, else the row's first."""
        if rule is None:
            return next(iter(self.found.values()), None)
        if rule.column in self.by_column:
            return self.by_column[rule.column]
        named = self.row.one(rule)
        if named is None:
            return None
        entity = self.row.maker.entity("Place", named[1])
        self.row.use(named[1])
        return entity, named[1], None

    def _place(
        self,
        name: str,
        span: Span,
        rule: PlaceRule,
        country: tuple[str, Span] | None,
        location: tuple[Location, Span] | None,
    ) -> Placed:
        maker = self.row.maker
        entity = maker.entity("Place", span)
        known = _known(name, country and country[0])
        if country:
            maker.learn(entity, "country", country[0], country[1])
        if location:
            maker.learn(entity, "location", location[0], location[1])
        elif known:
            maker.learn(entity, "location", known, span)
        region = self.row.one(rule.region)
        self.row.use(span, region and region[1], country and country[1])
        if country is None:
            return entity, span, None
        precision = known.precision if known else "city"
        where = Where(
            country=country[0],
            region=region[0] if region else (name if precision == "region" else None),
            city=name if precision == "city" else None,
        )
        return entity, span, where

    def _location(self, rule: PlaceRule) -> tuple[Location, Span] | None:
        if rule.point:
            found = self.row.one(rule.point)
            match = found and _POINT.fullmatch(found[0])
            if found and not match:
                self._odd(rule.point, found[0])
            if not (found and match):
                return None
            return self._checked(rule.point, found[1], match[1], match[2])
        latitude, longitude = self.row.one(rule.latitude), self.row.one(rule.longitude)
        if not (rule.latitude and rule.longitude and latitude and longitude):
            return None
        for given, (words, _) in ((rule.latitude, latitude), (rule.longitude, longitude)):
            if not _DEGREES.fullmatch(words):
                self._odd(given, words)
                return None
        return self._checked(rule.latitude, latitude[1], latitude[0], longitude[0])

    def _checked(
        self, rule: Field, span: Span, latitude: str, longitude: str
    ) -> tuple[Location, Span] | None:
        lat, lon = float(latitude), float(longitude)
        if abs(lat) > 90 or abs(lon) > 180:
            self._odd(rule, f"{latitude}, {longitude}")
            return None
        return Location(lat, lon, "city"), span

    def _odd(self, rule: Field, words: str) -> None:
        self.row.refuse(
            rule,
            words,
            why="it is no latitude or longitude in decimal degrees",
            todo="write 12.345 and -67.89, latitude up to 90 and longitude up to 180",
        )


def _known(name: str, country: str | None) -> Location | None:
    """The point of a place of that name in that country, where only one can be meant."""
    if country is None:
        return None
    here = [p for p in places_named(name) if p.country == country and p.own and p.lat is not None]
    if len(here) != 1 or here[0].lat is None or here[0].lon is None:
        return None
    return Location(here[0].lat, here[0].lon, here[0].kind)
