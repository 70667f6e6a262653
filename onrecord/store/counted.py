"""Numbers beside the values of a facet, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.store.arrays import Numbers

MOST = 8
"""Values that are counted of a facet that has many."""


@dataclass(frozen=True, slots=True)
class Counted:
    """Values of a facet with how many claims have each, most first; `more` values have some too."""

    facet: str
    values: tuple[tuple[str, int], ...]
    more: int = 0


def most(
    facet: str, terms: Sequence[str], numbers: Numbers, used: Numbers | None = None
) -> Counted:
    """The values there are, most first; of equal ones the first in the alphabet.

    `numbers` are of the places in `terms`, or of those that `used` gives.
    """
    few = np.flatnonzero(numbers)
    if len(few) > 3 * MOST:
        least = np.partition(numbers[few], -MOST)[-MOST]
        above, same = few[numbers[few] > least], few[numbers[few] == least]
        some = np.concatenate((above, same[: MOST - len(above)]))
    else:
        some = few
    places = some if used is None else used[some]
    told = zip((terms[int(at)] for at in places), numbers[some].tolist(), strict=True)
    return Counted(facet, tuple(sorted(told, key=_by_number)), len(few) - len(some))


def _by_number(value: tuple[str, int]) -> tuple[int, str]:
    return -value[1], value[0]


def by_year(held: tuple[Numbers, Numbers], rows: Numbers) -> Counted:
    """Claims by the years that what they tell of may be of; one without any day is of none.

    `held` are the first and the last year of each claim, 0 where unknown.
    """
    first, last = held if len(rows) == len(held[0]) else (each[rows] for each in held)
    dated = (first > 0) | (last > 0)
    first, last = first[dated], last[dated]
    if not len(first):
        return Counted("when", ())
    least = min(int(years[years > 0].min(initial=9999)) for years in (first, last))
    most = max(int(first.max()), int(last.max()))
    first, last = np.where(first > 0, first, least), np.where(last > 0, last, most)
    size = most + 2
    numbers = np.cumsum(np.bincount(first, minlength=size) - np.bincount(last + 1, minlength=size))
    years = np.flatnonzero(numbers)
    return Counted("when", tuple((str(year), int(numbers[year])) for year in years))


def most_first(numbers: Numbers) -> Numbers:
    """The places that have a number, the largest first."""
    some = np.flatnonzero(numbers)
    found: Numbers = some[np.argsort(-numbers[some], kind="stable")]
    return found
