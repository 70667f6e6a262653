"""Pairs of acts that are worth a comparison: of one place, person or area, and near in time.

Acts of one block stand sorted by day, and each is paired with the few that follow it (the sorted
neighbourhood method, Hernández and Stolfo 1995). The number of pairs grows with the number of acts,
however large a block is.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from onrecord.resolution.event_evidence import UNKNOWN, Acts, Rows
from onrecord.resolution.sets import distinct
from onrecord.vocabulary import load

CELL = 0.3
"""Degrees: two acts in one cell of so many are compared."""


def day_of(acts: Acts) -> Rows:
    """The day an act is sorted by: the middle of its dates, else the day of the report."""
    known = (acts.first != UNKNOWN) & (acts.last != UNKNOWN)
    middle = (np.where(known, acts.first, 0) + np.where(known, acts.last, 0)) // 2
    narrow = known & (np.where(known, acts.last - np.where(known, acts.first, 0), 0) <= 62)
    return np.where(narrow, middle, np.where(acts.published != UNKNOWN, acts.published, 0))


def candidates(acts: Acts) -> tuple[Rows, Rows]:
    """The pairs to compare, as two arrays of row numbers, the smaller first; each pair once."""
    size = len(acts)
    codes = [left * size + right for left, right in _blocks(acts)]
    pairs = distinct(np.concatenate(codes)) if codes else np.empty(0, dtype=np.int64)
    return pairs // max(size, 1), pairs % max(size, 1)


def _blocks(acts: Acts) -> Iterator[tuple[Rows, Rows]]:
    reach = load("events")["reach"]
    day, rows = day_of(acts), np.arange(len(acts))
    yield from _neighbours(acts.place, rows, day, *reach["place"])
    cell = np.where(
        np.isnan(acts.lat),
        -1,
        np.floor(np.nan_to_num(acts.lat) / CELL) * 10_000
        + np.floor(np.nan_to_num(acts.lon) / CELL),
    )
    yield from _neighbours(_numbered(cell), rows, day, *reach["area"])
    for parties, name in ((acts.victims, "victim"), (acts.perpetrators, "perpetrator")):
        for column in parties.T:
            yield from _neighbours(column, rows, day, *reach[name])
    kind = np.where(acts.country >= 0, acts.country * 1000 + acts.family, -1)
    yield from _neighbours(_numbered(kind), rows, day, *reach["country"])
    yield from _neighbours(acts.passage, rows, day, *reach["passage"])
    yield from _neighbours(acts.told, rows, day, *reach["told"])
    yield from _neighbours(_numbered(acts.document), rows, day, *reach["told"])


def _numbered(values: Rows) -> Rows:
    """Numbers from 0 for the values of an array, -1 kept for none."""
    found, numbers = np.unique(values, return_inverse=True)
    return np.where(values == -1, -1, numbers.reshape(values.shape)) if len(found) else numbers


def _neighbours(
    block: Rows, rows: Rows, day: Rows, width: int, days: int
) -> Iterator[tuple[Rows, Rows]]:
    """Pairs of one block among `width` neighbours by day that are at most `days` apart."""
    kept = block >= 0
    order = np.lexsort((rows[kept], day[kept], block[kept]))
    block, day, rows = block[kept][order], day[kept][order], rows[kept][order]
    for step in range(1, width + 1):
        near = (block[step:] == block[:-step]) & (day[step:] - day[:-step] <= days)
        if not near.any():
            break
        one, other = rows[:-step][near], rows[step:][near]
        yield np.minimum(one, other), np.maximum(one, other)
