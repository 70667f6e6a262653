"""How far each place is known, and how that looks on a map."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from onrecord.model import Entity, Location
from onrecord.products.pictures import basemap
from onrecord.products.pictures.basemap import Extent, Point, Projection, Shape
from onrecord.products.pictures.drawing import (
    DASHES,
    INK,
    PAPER,
    SAID,
    SOFT,
    Sheet,
    width_of,
)
from onrecord.products.pictures.entries import Entry
from onrecord.products.pictures.table import Table
from onrecord.products.wording import country_name, listed, say, say_as

RADIUS_KM = {"city": 10.0, "region": 100.0}
"""How far from its point a place of a precision may lie: a town with what belongs to it; a region,
of which only a point within is known."""

APART_KM = 50.0
"""From this distance on, two positions for one place are held to contradict each other."""

SEEN = 7.0
"""The least radius of a circle, in pixels."""

SEA, LAND, BORDER = "#e8eef1", "#fbfaf6", "#aca79d"


@dataclass(frozen=True, slots=True)
class Area:
    """Where a place may be: a circle, a whole country, or nowhere that is known."""

    kind: Literal["circle", "country", "none"]
    words: str
    country: str = ""
    centre: Point = (0.0, 0.0)
    radius_km: float = 0.0
    precision: str = "unknown"


@dataclass(slots=True)
class Place:
    """A place with what is told to have happened there."""

    name: str
    area: Area
    entries: list[Entry] = field(default_factory=list)

    @property
    def documents(self) -> int:
        """In how many documents something is told of it."""
        return len({d for entry in self.entries for d in entry.documents})

    def data(self, table: Table) -> dict[str, Any]:
        """The place as data."""
        area: dict[str, Any] = {"precision": self.area.precision, "words": self.area.words}
        if self.area.kind == "circle":
            longitude, latitude = self.area.centre
            area |= {"lon": longitude, "lat": latitude, "radius_km": self.area.radius_km}
        if self.area.country:
            area["country"] = self.area.country
        return {
            "name": self.name,
            "area": area,
            "entries": [entry.data(table) for entry in self.entries],
        }


def places(table: Table, entries: Iterable[Entry]) -> list[Place]:
    """The places of some entries, in the order in which they are first told of."""
    found: dict[str, Place] = {}
    for entry in entries:
        if not entry.place:
            continue
        key = table.key(entry.place)
        if key not in found:
            members = [table.index.entity(e) for e in table.members(key)]
            found[key] = Place(table.name(key), area_of(members))
        found[key].entries.append(entry)
    return list(found.values())


def area_of(members: Iterable[Entity]) -> Area:
    """Where a place may be, by all that its documents know of it."""
    known = list(members)
    countries = sorted({e.country for e in known if e.country})
    located = sorted((e.location for e in known if e.location), key=_finest)
    if len(countries) > 1:
        words = say("reports place it in different countries: {codes}", codes=listed(countries))
        return Area("none", words)
    code = countries[0] if countries else ""
    circles = [location for location in located if location.precision in RADIUS_KM]
    if any(distance_km(circles[0], other) > APART_KM for other in circles):
        return Area("none", say("reports give positions for it that lie far apart"), code)
    if circles:
        return _circle(circles[0], code)
    if code and basemap.country(code):
        return _in_country(code, whole=bool(located))
    return Area("none", say("its position is not known"), code)


def _circle(location: Location, code: str) -> Area:
    radius = RADIUS_KM[location.precision]
    kind = say_as("precision", location.precision)
    where = listed([part for part in (kind, _name(code)) if part])
    words = say("{place}, known to about {radius} km", place=where, radius=f"{radius:.0f}")
    centre = (location.lon, location.lat)
    return Area("circle", words, code, centre, radius, location.precision)


def _in_country(code: str, *, whole: bool) -> Area:
    somewhere = say("somewhere in {country}", country=_name(code))
    words = say("the country as a whole") if whole else somewhere
    return Area("country", words, code, precision="country")


def _name(code: str) -> str:
    known = basemap.country(code)
    return country_name(code, known[0].name if known else code)


def _finest(location: Location) -> tuple[float, float, float]:
    return (RADIUS_KM.get(location.precision, 1e6), location.lat, location.lon)


def distance_km(one: Location, other: Location) -> float:
    """How far two positions lie apart on the ground."""
    first, second = math.radians(one.lat), math.radians(other.lat)
    across = math.radians(other.lon - one.lon)
    part = math.sin((second - first) / 2) ** 2
    part += math.cos(first) * math.cos(second) * math.sin(across / 2) ** 2
    return 2 * basemap.EARTH_KM * math.asin(min(1.0, math.sqrt(part)))


def areas(
    sheet: Sheet,
    circles: list[tuple[str, Area]],
    shaded: dict[str, str],
    box: tuple[float, float, float],
) -> float:
    """Draws the map at `box` (left, top, width); returns where it ends.

    `circles` come with their badges, `shaded` are letters by country.
    """
    left, top, width = box
    projection = Projection(_extent(circles, shaded), left, top, width)
    inner = Sheet(sheet.width)
    inner.box(left, top, width, projection.height, fill=SEA)
    land(inner, projection, shaded)
    taken = _draw_circles(inner, projection, circles)
    for code, letter in shaded.items():
        centre = _label_point(basemap.country(code), projection)
        if centre:
            badge(inner, centre, letter, round_one=False)
            taken.append(centre)
    _names(inner, projection, taken, shaded)
    sheet.clipped(inner, (left, top, width, projection.height))
    sheet.box(left, top, width, projection.height, stroke=SOFT, strokeWidth=0.8)
    _scale(sheet, projection)
    return top + projection.height


def _extent(circles: list[tuple[str, Area]], shaded: dict[str, str]) -> Extent:
    points = [p for _, a in circles for p in basemap.circle(a.centre, a.radius_km, 8)]
    for code in shaded:
        points += basemap.main_ring(code)
    return basemap.room_around(points)


def land(sheet: Sheet, projection: Projection, shaded: dict[str, str]) -> None:
    """The countries of a map, those in `shaded` marked by ground and border."""
    marked: list[str] = []
    for shape in basemap.shapes():
        for path in projection.paths(shape):
            sheet.path(path, fill=LAND, stroke=BORDER, strokeWidth=0.7)
            if shape.code in shaded:
                marked.append(path)
    for path in marked:
        look = {"fillOpacity": 0.16, "stroke": SAID, "strokeWidth": 1.4, "strokeDash": DASHES}
        sheet.path(path, fill=SAID, **look)


def _draw_circles(
    sheet: Sheet, projection: Projection, circles: list[tuple[str, Area]]
) -> list[Point]:
    taken: list[Point] = []
    for _, area in reversed(circles):
        x, y = projection(area.centre)
        if area.radius_km / 111.2 * projection.scale < SEEN:
            look = {"fill": SAID, "fillOpacity": 0.22, "stroke": SAID}
            sheet.symbol(x, y, "circle", size=math.pi * SEEN**2, **look)
        else:
            ring = basemap.circle(area.centre, area.radius_km)
            sheet.path(projection.path(ring), fill=SAID, fillOpacity=0.22, stroke=SAID)
    for words, area in circles:
        x, y = projection(area.centre)
        radius = max(SEEN, area.radius_km / 111.2 * projection.scale)
        spot = _free((x, y), radius + 13, taken)
        sheet.line((x, y), spot, stroke=INK, strokeWidth=0.8)
        badge(sheet, spot, words, round_one=True)
        taken.append(spot)
    return taken


def _free(around: Point, reach: float, taken: list[Point]) -> Point:
    """The nearest spot outside of a circle at which a badge hides no other."""
    x, y = around
    for further in (0, 14, 30, 48, 68):
        for number in range(12):
            angle = math.pi * (number / 6 - 0.25)
            away = reach + further
            spot = (x + away * math.cos(angle), y + away * math.sin(angle))
            if all(math.dist(spot, other) >= 19 for other in taken):
                return spot
    return (x + reach, y)


def badge(sheet: Sheet, centre: Point, words: str, *, round_one: bool) -> None:
    """A number in a disc, or a letter in a square."""
    x, y = centre
    if words == "–":
        sheet.text(x, y + 4, words, align="center", fill=SOFT)
        return
    shape = "circle" if round_one else "square"
    sheet.symbol(x, y, shape, size=270 if round_one else 230, fill=INK, stroke=PAPER)
    size = 10 if len(words) < 3 else 8
    look = {"fontSize": size, "fontWeight": "bold", "align": "center", "fill": PAPER}
    sheet.text(x, y + 3.5, words, **look)


def _names(
    sheet: Sheet, projection: Projection, taken: list[Point], shaded: dict[str, str]
) -> None:
    """The names of countries, where there is room for them."""
    named: list[tuple[float, float, float]] = []
    for shape in basemap.shapes():
        spot = _label_point((shape,), projection)
        if spot is None:
            continue
        x, y = spot
        y += 24 if shape.code in shaded else 0
        name = country_name(shape.code, shape.name)
        wide = width_of(name, 11)
        seen = _seen_box(shape, projection)
        fits = wide + 8 <= seen[0] and seen[1] >= 18
        inside = projection.left + wide / 2 < x < projection.left + projection.width - wide / 2
        apart = all(abs(x - a) > wide / 2 + 12 or abs(y - 4 - b) > 18 for a, b in taken)
        apart = apart and all(
            abs(x - a) > (wide + other) / 2 + 3 or abs(y - b) > 13 for a, b, other in named
        )
        if fits and inside and apart:
            named.append((x, y, wide))
            sheet.text(x, y, name, fontSize=11, fill=SOFT, align="center")


def _seen_box(shape: Shape, projection: Projection) -> tuple[float, float]:
    seen = _seen(shape, projection)
    if len(seen) < 3:
        return 0.0, 0.0
    xs, ys = [x for x, _ in seen], [y for _, y in seen]
    return max(xs) - min(xs), max(ys) - min(ys)


def _seen(shape: Shape, projection: Projection) -> list[Point]:
    """The corners of a country's largest part, moved to the map's edge where they lie outside."""
    ring = shape.largest()
    if not projection.extent.meets(ring):
        return []
    right, bottom = projection.left + projection.width, projection.top + projection.height
    return [
        (min(max(x, projection.left), right), min(max(y, projection.top), bottom))
        for x, y in map(projection, ring)
    ]


def _label_point(known: tuple[Shape, ...], projection: Projection) -> Point | None:
    """The middle of what is seen of a country, by its area."""
    seen = _seen(known[0], projection) if known else []
    area = middle_x = middle_y = 0.0
    for (x0, y0), (x1, y1) in itertools.pairwise(seen):
        cross = x0 * y1 - x1 * y0
        area += cross
        middle_x += (x0 + x1) * cross
        middle_y += (y0 + y1) * cross
    if abs(area) < 200:
        return None
    return middle_x / (3 * area), middle_y / (3 * area)


def _scale(sheet: Sheet, projection: Projection) -> None:
    """A bar of kilometres, true at the middle of the map."""
    pixels = projection.scale / 111.2
    lengths = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
    length = max(n for n in lengths if n * pixels <= 130 or n == 1)
    x, y = projection.left + 12, projection.top + projection.height - 14
    end = x + length * pixels
    sheet.box(x - 6, y - 18, end - x + 12, 26, fill=PAPER, fillOpacity=0.8)
    for start, stop in (((x, y), (end, y)), ((x, y - 4), (x, y + 4)), ((end, y - 4), (end, y + 4))):
        sheet.line(start, stop, strokeWidth=1)
    sheet.text(
        (x + end) / 2, y - 6, say("{length} km", length=str(length)), fontSize=10, align="center"
    )
