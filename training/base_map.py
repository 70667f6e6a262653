"""Write the base map of the pictures from Natural Earth's country shapes as packed by world-atlas.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python training/base_map.py package/countries-50m.json

Writes `onrecord/products/pictures/countries.json`: for each ISO 3166 alpha-2 code its name, and its
rings as hundredths of a degree, each point as the step from the one before.
"""

from __future__ import annotations

import hashlib
import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pycountry

WRITTEN = Path(__file__).parents[1] / "onrecord" / "products" / "pictures" / "countries.json"
WITHOUT_NUMBER = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY"}
"""Shapes that the source gives no ISO number, by the code that ISO 3166 has them in."""

SLACK = 2.0
"""How far, in steps, a border may be moved to make the file smaller."""

STEPS = 100
"""Steps in a degree: a hundredth of a degree is about one kilometre."""


def arcs_of(world: dict[str, Any]) -> list[list[tuple[int, int]]]:
    """The arcs of a TopoJSON file, rounded to steps; shared borders stay shared."""
    (kx, ky), (dx, dy) = world["transform"]["scale"], world["transform"]["translate"]
    found = []
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((round((x * kx + dx) * STEPS), round((y * ky + dy) * STEPS)))
        thin = thinned(points)
        found.append(thin if len(thin) >= 4 or points[0] != points[-1] else points)
    return found


def thinned(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """An arc without what lies within `SLACK` of the line between its neighbours.

    Ramer, Douglas and Peucker's way. On arcs, not rings, so that neighbours keep one border.
    """
    if len(points) < 3:
        return points
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = max(1e-9, ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5)
    away = [
        abs((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) / length
        if (x0, y0) != (x1, y1)
        else ((x - x0) ** 2 + (y - y0) ** 2) ** 0.5
        for x, y in points[1:-1]
    ]
    farthest = max(away)
    if farthest <= SLACK:
        return [points[0], points[-1]]
    split = away.index(farthest) + 1
    return thinned(points[: split + 1])[:-1] + thinned(points[split:])


def ring(arcs: list[list[tuple[int, int]]], indices: list[int]) -> list[int]:
    """One ring as steps: x0, y0, dx1, dy1, ...; points that rounding made one are left out."""
    points: list[tuple[int, int]] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        for point in arc:
            if not points or points[-1] != point:
                points.append(point)
    if len(points) < 4:
        return []
    flat = [*points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        flat += [x1 - x0, y1 - y0]
    return flat


def code_of(shape: dict[str, Any]) -> str:
    """The ISO 3166 alpha-2 code of a shape; "" where it has none."""
    known = pycountry.countries.get(numeric=shape.get("id") or "")
    return known.alpha_2 if known else WITHOUT_NUMBER.get(shape["properties"]["name"], "")


def main(path: str) -> None:
    """Read the TopoJSON file and write the base map."""
    data = Path(path).read_bytes()
    world = json.loads(data)
    arcs = arcs_of(world)
    shapes: list[dict[str, Any]] = []
    for shape in world["objects"]["countries"]["geometries"]:
        if not shape.get("arcs"):
            continue
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        rings = [[kept for i in polygon if (kept := ring(arcs, i))] for polygon in polygons]
        known = {"code": code_of(shape), "name": shape["properties"]["name"]}
        shapes.append({**known, "polygons": [polygon for polygon in rings if polygon]})
    shapes.sort(key=lambda shape: (shape["code"], shape["name"]))
    head = {
        "origin": "Natural Earth 1:50m Admin 0 countries, as packed by world-atlas 2.0.2",
        "licence": "Natural Earth: public domain; world-atlas: ISC, (c) 2013-2019 Mike Bostock",
        "sha256_of_source": hashlib.sha256(data).hexdigest(),
        "steps_in_a_degree": STEPS,
    }
    lines = ",\n".join(json.dumps(s, ensure_ascii=False, separators=(",", ":")) for s in shapes)
    opening = json.dumps(head, ensure_ascii=False, indent=0)[:-2]
    WRITTEN.write_text(f'{opening},\n"shapes": [\n{lines}\n]\n}}\n', encoding="utf-8")
    print(f"{WRITTEN}: {WRITTEN.stat().st_size} bytes, {len(shapes)} shapes")


if __name__ == "__main__":
    main(sys.argv[1])
