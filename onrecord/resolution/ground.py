"""Distances on the ground."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

KILOMETRES_A_DEGREE = 111.2
"""Of latitude, and of longitude at the equator."""


def kilometres(
    lat: npt.ArrayLike, lon: npt.ArrayLike, other_lat: npt.ArrayLike, other_lon: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """The distances between points, or arrays of them, in degrees; NaN where one is not known.

    Equirectangular, exact enough to 500 km: off by less than one part in a hundred below 60 degrees
    of latitude.
    """
    middle = np.radians(np.add(lat, other_lat) / 2)
    north = np.subtract(lat, other_lat)
    east = np.subtract(lon, other_lon) * np.cos(middle)
    return np.asarray(KILOMETRES_A_DEGREE * np.hypot(north, east))
