"""The base map: shapes of countries (Natural Earth, public domain) that the package brings along.

`countries.json` says where it is from; `training/base_map.py` makes it. The shapes are for
orientation, to about two kilometres; they say nothing of whose a territory is.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

Point = tuple[float, float]
"""Longitude and latitude, in degrees."""

Ring = tuple[Point, ...]
"""A closed line, its outer rings clockwise, as the source has them."""

EARTH_KM = 6371.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A country: ISO 3166 alpha-2 (empty where it has none), name, polygons of rings."""

    code: str
    name: str
    polygons: tuple[tuple[Ring, ...], ...]

    def largest(self) -> Ring:
        """The outer ring that covers most degrees."""
        return max((polygon[0] for polygon in self.polygons), key=_spread)


@dataclass(frozen=True, slots=True)
class Extent:
    """From `west` to `east` and `south` to `north`, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def meets(self, ring: Iterable[Point]) -> bool:
        """Whether the box around a ring touches this one."""
        other = extent_of(ring)
        across = other.west <= self.east and other.east >= self.west
        return across and other.south <= self.north and other.north >= self.south


@cache
def shapes() -> tuple[Shape, ...]:
    """All shapes of the base map, by code."""
    read = json.loads(
        (files("onrecord.products.pictures") / "countries.json").read_text(encoding="utf-8")
    )
    steps = read["steps_in_a_degree"]
    return tuple(
        Shape(
            shape["code"],
            shape["name"],
            tuple(tuple(_ring(ring, steps) for ring in polygon) for polygon in shape["polygons"]),
        )
        for shape in read["shapes"]
    )


@cache
def country(code: str) -> tuple[Shape, ...]:
    """The shapes of a country by its code; most have one, some none."""
    return tuple(shape for shape in shapes() if code and shape.code == code)


def main_ring(code: str) -> Ring:
    """The outer ring of the largest part of a country that the base map has."""
    return max((shape.largest() for shape in country(code)), key=_spread)


def _ring(flat: list[int], steps: int) -> Ring:
    x = y = 0
    points = []
    for step_x, step_y in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + step_x, y + step_y
        points.append((x / steps, y / steps))
    if points[0] != points[-1]:
        points.append(points[0])
    return tuple(points)


def _spread(ring: Ring) -> float:
    box = extent_of(ring)
    return (box.east - box.west) * (box.north - box.south)


def extent_of(points: Iterable[Point]) -> Extent:
    """The box around some points."""
    known = list(points)
    longitudes, latitudes = [x for x, _ in known], [y for _, y in known]
    return Extent(min(longitudes), min(latitudes), max(longitudes), max(latitudes))


def circle(centre: Point, radius_km: float, corners: int = 48) -> Ring:
    """The points at a distance from a centre, clockwise, the first again at the end."""
    longitude, latitude = (math.radians(part) for part in centre)
    angle = radius_km / EARTH_KM
    found = []
    for number in range(corners):
        bearing = 2 * math.pi * number / corners
        north = math.asin(
            math.sin(latitude) * math.cos(angle)
            + math.cos(latitude) * math.sin(angle) * math.cos(bearing)
        )
        east = longitude + math.atan2(
            math.sin(bearing) * math.sin(angle) * math.cos(latitude),
            math.cos(angle) - math.sin(latitude) * math.sin(north),
        )
        found.append((round(math.degrees(east), 5), round(math.degrees(north), 5)))
    return (*found, found[0])


@dataclass(frozen=True, slots=True)
class Projection:
    """Plate carrée, true to scale at the middle of an extent; y runs downwards, in pixels."""

    extent: Extent
    left: float
    top: float
    width: float

    @property
    def stretch(self) -> float:
        """How much narrower a degree of longitude is than one of latitude, at the middle."""
        middle = (self.extent.south + self.extent.north) / 2
        return max(0.35, math.cos(math.radians(middle)))

    @property
    def scale(self) -> float:
        """Pixels in a degree of latitude."""
        return self.width / ((self.extent.east - self.extent.west) * self.stretch)

    @property
    def height(self) -> float:
        """The height of the map, in pixels."""
        return (self.extent.north - self.extent.south) * self.scale

    def __call__(self, point: Point) -> Point:
        """Where a point of the earth stands on the sheet."""
        x = self.left + (point[0] - self.extent.west) * self.scale * self.stretch
        return x, self.top + (self.extent.north - point[1]) * self.scale

    def paths(self, shape: Shape) -> Iterator[str]:
        """The polygons of a shape that may be seen, as SVG paths."""
        for polygon in shape.polygons:
            if self.extent.meets(polygon[0]):
                yield "".join(self.path(ring) for ring in polygon)

    def path(self, ring: Ring) -> str:
        """A ring as an SVG path, cut off well outside of the map."""
        return f"M{'L'.join(self._near(*self(point)) for point in ring)}Z"

    def _near(self, x: float, y: float) -> str:
        reach = 4 * self.width
        kept = (min(max(x, self.left - reach), self.left + reach), min(max(y, -reach), reach))
        return ",".join(f"{part:.1f}" for part in kept)


def room_around(points: Iterable[Point], *, least: float = 5.0, aspect: float = 1.1) -> Extent:
    """An extent with room around points, at least so many degrees high, of about that aspect."""
    box = extent_of(points)
    middle_x, middle_y = (box.west + box.east) / 2, (box.south + box.north) / 2
    shrink = max(0.35, math.cos(math.radians(middle_y)))
    high = max(least, (box.north - box.south) * 1.25)
    wide = max(least * aspect / shrink, (box.east - box.west) * 1.25)
    high = max(high, wide * shrink / (aspect * 1.6))
    wide = max(wide, high * aspect / shrink / 1.3)
    high, wide = min(high, 170.0), min(wide, 360.0)
    west = max(-180.0, min(middle_x - wide / 2, 180.0 - wide))
    south = max(-85.0, min(middle_y - high / 2, 85.0 - high))
    return Extent(west, south, west + wide, south + high)
