"""The lines of a network: how they run, and where their numbers stand."""

from __future__ import annotations

import math
from dataclasses import dataclass

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""

NAME_BOX, LABEL_BOX = (62.0, 20.0), (58.0, 22.0)
"""Half of the room that a node with its name takes, and a line's number with its words."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A line from one point to another that bows by a part of its length."""

    start: Point
    stop: Point
    bend: float

    def at(self, part: float) -> Point:
        """A point of it, `part` of the way."""
        (x0, y0), (x1, y1) = self.start, self.stop
        x2, y2 = self._control()
        rest = 1 - part
        return (
            rest * rest * x0 + 2 * rest * part * x2 + part * part * x1,
            rest * rest * y0 + 2 * rest * part * y2 + part * part * y1,
        )

    def _control(self) -> Point:
        (x0, y0), (x1, y1) = self.start, self.stop
        return (x0 + x1) / 2 - self.bend * (y1 - y0), (y0 + y1) / 2 + self.bend * (x1 - x0)

    def path(self) -> str:
        """The line as an SVG path."""
        (x0, y0), (x1, y1), (x2, y2) = self.start, self.stop, self._control()
        return f"M{x0:.1f},{y0:.1f}Q{x2:.1f},{y2:.1f},{x1:.1f},{y1:.1f}"

    def head(self) -> str:
        """An arrow's head before the end, outside of the node there."""
        length = max(1.0, math.dist(self.start, self.stop))
        tip, back = self.at(1 - min(0.4, 12 / length)), self.at(1 - min(0.5, 21 / length))
        along = (tip[0] - back[0], tip[1] - back[1])
        size = max(1e-6, math.hypot(*along))
        across = (-along[1] / size * 4.5, along[0] / size * 4.5)
        one = (back[0] + across[0], back[1] + across[1])
        other = (back[0] - across[0], back[1] - across[1])
        points = "L".join(f"{x:.1f},{y:.1f}" for x, y in (one, tip, other))
        return f"M{points}"


def box(spot: Point, half: Point, lower: float) -> Box:
    """The room of something around a spot, its middle so much lower."""
    x, y = spot[0], spot[1] + lower
    return (x - half[0], y - half[1], x + half[0], y + half[1])


def _covered(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, across) * max(0.0, down)


def freest(curve: Curve, taken: list[Box]) -> tuple[Point, bool]:
    """Where on a line its number and words cover least, and whether the words go above."""
    parts = (50, 45, 55, 40, 60, 35, 65, 30, 70)
    spots = [(curve.at(part / 100), above) for above in (False, True) for part in parts]
    cover = [
        sum(_covered(box(spot, LABEL_BOX, -10 if above else 10), other) for other in taken)
        for spot, above in spots
    ]
    return spots[cover.index(min(cover))]
