"""Distances on the ground."""

from __future__ import annotations

import math

KILOMETRES_A_DEGREE = 111.2
"""Of latitude, and of longitude at the equator."""

Point = tuple[float, float]


def kilometres(one: Point, other: Point) -> float:
    """The distance between two points (latitude, longitude in degrees), exact enough to 500 km.

    Equirectangular: off by less than one part in a hundred below 60 degrees of latitude.
    """
    middle = math.radians((one[0] + other[0]) / 2)
    return KILOMETRES_A_DEGREE * math.hypot(
        one[0] - other[0], (one[1] - other[1]) * math.cos(middle)
    )
