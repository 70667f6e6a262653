"""Rows that are surely one before anything is compared: spelled alike, and met in the same matter.

A copied report names the same people in the same words about the same day; an office holder is
named a thousand times with the same post. Taken together first, they need no pairs.
"""

from __future__ import annotations

import numpy as np

from onrecord.resolution.acronyms import spelled_out
from onrecord.resolution.evidence import Evidence, Names
from onrecord.resolution.partition import connected
from onrecord.resolution.sets import Floats, Ints, Sets, distinct
from onrecord.resolution.signs import bits_of_counts
from onrecord.vocabulary import load

MATTERS = {
    "person": ("tenures", "moments", "kin", "company"),
    "organization": (),
    "place": ("settings",),
}
_CELLS_A_DEGREE = 10


def folded(evidence: Evidence, names: Names, *, apart: Ints) -> Ints:
    """The group of each row, named by its smallest member; rows in `apart` stay alone.

    Two rows go together where their fullest spellings are the same, of two words or more, and, for
    people, they share a post, a relative, a place and week or a companion that is rare enough; for
    places, a rare other place or a spot on the map. Bodies of one country have names of their own,
    and go by an acronym alone where the case spells it out in one way.
    Where that would take in two rows of one document, nothing is folded.
    """
    size = len(evidence)
    alone = np.zeros(size, dtype=bool)
    alone[apart] = True
    if evidence.kind != "place":
        alone |= names.full[evidence.best] < 2
    found = [_meetings(evidence, getattr(evidence, name)) for name in MATTERS[evidence.kind]]
    found.append(_of_country(evidence) if evidence.kind == "organization" else _on_map(evidence))
    left, right = (np.concatenate(column) for column in zip(*found, strict=True))
    kept = ~(alone[left] | alone[right])
    group = connected(size, left[kept], right[kept])
    group = np.where(_clashing(group, evidence.documents)[group], np.arange(size), group)
    if evidence.kind == "organization":
        group = spelled_out(evidence, names, group, apart=apart)
    return group


def _meetings(evidence: Evidence, sets: Sets) -> tuple[Ints, Ints]:
    """Each row with the first row that has the same spelling and shares a rare value."""
    rare = _bits(evidence, sets)[sets.values] >= load("resolution")["folding"]["bits"]
    rows, values = sets.rows[rare], sets.values[rare]
    return _with_first(rows, evidence.best[rows] * sets.bound + values)


def _bits(evidence: Evidence, sets: Sets) -> Floats:
    """How many bits it tells that two bearers of one name share a value, shape (bound,).

    A post is held by few, though it may be told of them a thousand times: the different names
    among its holders are counted, not the reports of it.
    """
    if sets is not evidence.tenures:
        return sets.bits
    holders = distinct(sets.values * (evidence.best.max() + 1) + evidence.best[sets.rows])
    counts = np.bincount(holders // (evidence.best.max() + 1), minlength=sets.bound)
    return bits_of_counts(counts, len(distinct(evidence.best)))


def _of_country(evidence: Evidence) -> tuple[Ints, Ints]:
    """Each row with the first row that has the same spelling and country."""
    rows = np.arange(len(evidence))
    return _with_first(rows, evidence.best * (evidence.country.max() + 1) + evidence.country)


def _on_map(evidence: Evidence) -> tuple[Ints, Ints]:
    """Each row with the first row that has the same spelling in the same cell of the map."""
    rows = np.flatnonzero(~np.isnan(evidence.lat) & ~np.isnan(evidence.lon))
    lat = np.round(evidence.lat[rows] * _CELLS_A_DEGREE).astype(np.int64) + 90 * _CELLS_A_DEGREE
    lon = np.round(evidence.lon[rows] * _CELLS_A_DEGREE).astype(np.int64) + 180 * _CELLS_A_DEGREE
    return _with_first(rows, (evidence.best[rows] * 4096 + lat) * 4096 + lon)


def _with_first(rows: Ints, codes: Ints) -> tuple[Ints, Ints]:
    order = np.lexsort((rows, codes))
    rows, codes = rows[order], codes[order]
    _, starts, counts = np.unique(codes, return_index=True, return_counts=True)
    return rows, np.repeat(rows[starts], counts) if len(rows) else rows


def _clashing(group: Ints, documents: Sets) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """For each group by its name, whether a document names two of its members."""
    owners = group[documents.rows]
    codes = owners * documents.bound + documents.values
    seen, counts = np.unique(codes, return_counts=True)
    clash = np.zeros(len(group), dtype=bool)
    clash[seen[counts > 1] // documents.bound] = True
    return clash
