"""What is known of groups of rows taken together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from onrecord.resolution.columns import NO_DAY
from onrecord.resolution.evidence import (
    CODES,
    SETS,
    UNKNOWN,
    Evidence,
    Names,
    population,
)
from onrecord.resolution.sets import Floats, Ints


def profiles(evidence: Evidence, names: Names, group: Ints, *, size: int) -> Evidence:
    """The evidence of groups of rows taken together: row `i` goes into group `group[i]`.

    A group goes by the best spelling that most of its rows have, of those that are full names.
    """
    order = np.argsort(group, kind="stable")
    starts = np.searchsorted(group[order], np.arange(size))
    sets: Any = {name: getattr(evidence, name).grouped(group, size=size) for name in SETS}
    codes: Any = {name: _agreed(getattr(evidence, name), group, size) for name in CODES}
    dated = np.where(evidence.first == NO_DAY, np.iinfo(np.int64).max, evidence.first)
    first = np.minimum.reduceat(dated[order], starts)
    best = _commonest(evidence, names, group, size)
    return replace(
        evidence,
        best=best,
        population=population(best, names),
        first=np.where(first == np.iinfo(np.int64).max, NO_DAY, first),
        last=np.maximum.reduceat(evidence.last[order], starts),
        lat=_first_known(evidence.lat, order, starts),
        lon=_first_known(evidence.lon, order, starts),
        mentions=np.bincount(group, evidence.mentions, minlength=size).astype(np.int64),
        **sets,
        **codes,
    )


def _commonest(evidence: Evidence, names: Names, group: Ints, size: int) -> Ints:
    bound = int(evidence.best.max()) + 1 if len(evidence) else 1
    codes, inverse = np.unique(group * bound + evidence.best, return_inverse=True)
    uses = np.bincount(inverse, evidence.mentions)
    short = names.full[codes % bound] < 2
    order = np.lexsort((codes % bound, -uses, short, codes // bound))
    starts = np.searchsorted(codes[order] // bound, np.arange(size))
    found: Ints = codes[order][starts] % bound
    return found


def _agreed(codes: Ints, group: Ints, size: int) -> Ints:
    """The code most rows of a group have, the smaller of two as frequent; unknown ones aside."""
    known = codes != UNKNOWN
    bound = int(codes.max()) + 1 if len(codes) else 1
    pairs, uses = np.unique(group[known] * bound + codes[known], return_counts=True)
    order = np.lexsort((-(pairs % bound), uses, pairs // bound))
    agreed = np.full(size, UNKNOWN, dtype=np.int64)
    agreed[pairs[order] // bound] = pairs[order] % bound
    return agreed


def _first_known(values: Floats, order: Ints, starts: Ints) -> Floats:
    filled = np.where(np.isnan(values), np.inf, values)
    least = np.minimum.reduceat(filled[order], starts)
    return np.where(np.isinf(least), np.nan, least)
