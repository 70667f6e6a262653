"""What a pair of acts from a case's reports shows for or against their being one event.

Everything here works on whole columns: an `Acts` holds one array a property, a pair is two row
numbers, and each sign is one function from two arrays of row numbers to an array of numbers. The
docstring of a sign is the sentence that is shown beside its weight.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.resolution.ground import kilometres

Rows = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]
UNKNOWN = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts of a case as arrays, one element an act.

    `first`, `last`: days since 1970-01-01, `UNKNOWN` where open. `published`: the day of the
    report. `lat`, `lon`: degrees, NaN where unknown. `least`, `most`: counted people, NaN where
    open. `victims`, `perpetrators`: (acts, width) numbers of resolved entities, -1 where none.
    `family`: number of the act type's family. `told`: number of the document's own event. `sorts`:
    (acts, width) numbers of what the victims are called who are not named ("villagers"). `passage`:
    number of the passage of near copies that tells of it, -1 where no other report has it.
    `sentence`: number of the sentence that tells of it, -1 where that is not known.
    """

    document: Rows
    told: Rows
    type: Rows
    family: Rows
    first: Rows
    last: Rows
    published: Rows
    place: Rows
    country: Rows
    lat: Numbers
    lon: Numbers
    least: Numbers
    most: Numbers
    victims: Rows
    perpetrators: Rows
    sorts: Rows
    passage: Rows
    sentence: Rows

    def __len__(self) -> int:
        return len(self.document)


Sign = Callable[[Acts, Rows, Rows], Numbers]


def _share(found: npt.NDArray[Any]) -> Numbers:
    return found.astype(np.float64)


def days_apart(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """Days between the stretches the two acts may fall in; NaN where a date is not known."""
    later = np.maximum(acts.first[left], acts.first[right])
    earlier = np.minimum(acts.last[left], acts.last[right])
    known = (acts.first != UNKNOWN) & (acts.last != UNKNOWN)
    gap = np.maximum(later - np.where(known[left] & known[right], earlier, 0), 0).astype(float)
    return np.where(known[left] & known[right], gap, np.nan)


def kilometres_apart(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """The distance between the two places; NaN where one is not known."""
    return kilometres(acts.lat[left], acts.lon[left], acts.lat[right], acts.lon[right])


def _exact(acts: Acts, rows: Rows) -> npt.NDArray[np.bool_]:
    return np.asarray((acts.first[rows] != UNKNOWN) & (acts.last[rows] - acts.first[rows] <= 1))


def same_day(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """Both reports give the same day."""
    gap = days_apart(acts, left, right)
    return _share(_exact(acts, left) & _exact(acts, right) & (gap == 0))


def near_day(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """The days that the reports give are one to three days apart."""
    gap = days_apart(acts, left, right)
    return _share((gap >= 1) & (gap <= 3))


def days_that_hold_together(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """One report gives a stretch of time, and the other's falls in it."""
    gap = days_apart(acts, left, right)
    return _share((gap == 0) & ~(_exact(acts, left) & _exact(acts, right)))


def days_differ(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """The dates that the reports give lie more than three days apart."""
    return _share(days_apart(acts, left, right) > 3)


def reported_together(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """A date is not given, but two reports came out within a few days of each other."""
    gap = np.abs(acts.published[left] - acts.published[right])
    undated = np.isnan(days_apart(acts, left, right))
    known = (acts.published[left] != UNKNOWN) & (acts.published[right] != UNKNOWN)
    two = acts.document[left] != acts.document[right]
    return np.where(undated & known & two, np.exp(-gap / 4.0), 0.0)


def reported_at_another_time(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """One gives no date, and its report came out before the day of the other, or long after it."""
    return _share(_off(acts, left, right) | _off(acts, right, left))


def at_no_known_time(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """Nothing says when it was: one gives no date, and when it was reported is not known."""
    lost = (acts.first == UNKNOWN) & (acts.last == UNKNOWN) & (acts.published == UNKNOWN)
    return _share((lost[left] | lost[right]) & (acts.document[left] != acts.document[right]))


_LONG_AFTER = 30


def _off(acts: Acts, undated: Rows, dated: Rows) -> npt.NDArray[np.bool_]:
    """Whether the report of an act without a date is of another time than a dated act."""
    day = acts.published[undated]
    known = (acts.first[undated] == UNKNOWN) & (day != UNKNOWN)
    known &= (acts.first[dated] != UNKNOWN) & (acts.last[dated] != UNKNOWN)
    off = (day < acts.first[dated]) | (day > acts.last[dated] + _LONG_AFTER)
    return np.asarray(known & off)


def same_place(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """Both are said to have happened at the same place."""
    same = (acts.place[left] >= 0) & (acts.place[left] == acts.place[right])
    return _share(same | (kilometres_apart(acts, left, right) < 2))


def near_place(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """The two places lie within thirty kilometres of each other."""
    near = kilometres_apart(acts, left, right) < 30
    return _share(near) * (1 - same_place(acts, left, right))


def places_differ(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """The two places are different ones, or lie far from each other."""
    far = kilometres_apart(acts, left, right) >= 30
    unlike = (acts.place[left] >= 0) & (acts.place[right] >= 0)
    unlike &= acts.place[left] != acts.place[right]
    unlike &= np.isnan(kilometres_apart(acts, left, right))
    return _share(far | unlike)


def same_type(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """Both are acts of the same type."""
    return _share(acts.type[left] == acts.type[right])


def same_family(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """The types differ, but both may be words for one and the same thing."""
    kin = (acts.family[left] >= 0) & (acts.family[left] == acts.family[right])
    return _share(kin & (acts.type[left] != acts.type[right]))


def _in_common(one: Rows, other: Rows) -> Numbers:
    meet = (one[:, :, None] == other[:, None, :]) & (one[:, :, None] >= 0)
    return np.asarray(meet.any(axis=2).sum(axis=1), dtype=np.float64)


def same_victims(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """A victim is named in both."""
    return np.minimum(_in_common(acts.victims[left], acts.victims[right]), 2.0)


def victims_differ(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """Both name victims, and none of them is the same person."""
    named = (acts.victims[left, 0] >= 0) & (acts.victims[right, 0] >= 0)
    return _share(named & (_in_common(acts.victims[left], acts.victims[right]) == 0))


def same_perpetrators(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """The same are said to have done it."""
    return _share(_in_common(acts.perpetrators[left], acts.perpetrators[right]) > 0)


def perpetrators_differ(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """Others are said to have done it."""
    named = (acts.perpetrators[left, 0] >= 0) & (acts.perpetrators[right, 0] >= 0)
    shared = _in_common(acts.perpetrators[left], acts.perpetrators[right])
    return _share(named & (shared == 0))


def _counts(acts: Acts, left: Rows, right: Rows) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    known = ~np.isnan(acts.least[left]) & ~np.isnan(acts.least[right])
    small = np.fmin(acts.least[left], acts.least[right])
    large = np.fmax(acts.least[left], acts.least[right])
    return np.where(known, np.log((large + 1) / (small + 1)), 0.0), known


def same_count(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """The numbers of victims are the same, or can hold together."""
    ratio, known = _counts(acts, left, right)
    top_left, top_right = (np.nan_to_num(acts.most[side], nan=np.inf) for side in (left, right))
    overlap = np.fmax(acts.least[left], acts.least[right]) <= np.minimum(top_left, top_right)
    return _share(known & ((ratio == 0) | overlap))


def counts_apart(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """How far the numbers of victims are apart (the logarithm of their ratio)."""
    ratio, _ = _counts(acts, left, right)
    return np.minimum(ratio, 3.0)


def telling_count(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """Both give the same number of victims, and one that few events share."""
    ratio, known = _counts(acts, left, right)
    many = np.log(np.maximum(np.nan_to_num(acts.least[left], nan=1.0), 1.0))
    return np.where(known & (ratio == 0), np.minimum(many, 5.0), 0.0)


def same_sort(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """The victims are called by the same word in both."""
    return _share(_in_common(acts.sorts[left], acts.sorts[right]) > 0)


def sorts_differ(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """The victims are called by different words."""
    both = (acts.sorts[left, 0] >= 0) & (acts.sorts[right, 0] >= 0)
    return _share(both & (_in_common(acts.sorts[left], acts.sorts[right]) == 0))


def told_in_the_same_words(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """One report is a near copy of the other, and this stands in both."""
    return _share((acts.passage[left] >= 0) & (acts.passage[left] == acts.passage[right]))


def told_together(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """One report tells of both."""
    return _share(acts.document[left] == acts.document[right])


def told_apart(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """One report tells of both, as of two events."""
    same = acts.document[left] == acts.document[right]
    return _share(same & (acts.told[left] != acts.told[right]))


def told_apart_of_one_place(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """One report tells of both, as of two events, yet of one place and of no other day."""
    other_day = days_apart(acts, left, right) > 0
    return told_apart(acts, left, right) * same_place(acts, left, right) * ~other_day


def told_in_one_sentence(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """One report tells of both in one sentence."""
    same = (acts.document[left] == acts.document[right]) & (acts.sentence[left] >= 0)
    return _share(same & (acts.sentence[left] == acts.sentence[right]))


def nothing_shared(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """Two reports, and neither what was done, nor to whom, nor where is the same."""
    shared = same_type(acts, left, right) + same_family(acts, left, right)
    shared += same_victims(acts, left, right) + same_sort(acts, left, right)
    shared += same_place(acts, left, right)
    return _share((acts.document[left] != acts.document[right]) & (shared == 0))


def another_country(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """The reports place them in different countries."""
    known = (acts.country[left] >= 0) & (acts.country[right] >= 0)
    return _share(known & (acts.country[left] != acts.country[right]))


SIGNS: tuple[Sign, ...] = (
    same_day,
    near_day,
    days_that_hold_together,
    days_differ,
    reported_together,
    reported_at_another_time,
    at_no_known_time,
    same_place,
    near_place,
    places_differ,
    same_type,
    same_family,
    same_victims,
    victims_differ,
    same_perpetrators,
    perpetrators_differ,
    same_count,
    counts_apart,
    telling_count,
    same_sort,
    sorts_differ,
    told_in_the_same_words,
    told_together,
    told_apart,
    told_apart_of_one_place,
    told_in_one_sentence,
    nothing_shared,
    another_country,
)


def evidence(acts: Acts, left: Rows, right: Rows) -> Numbers:
    """The value of every sign for every pair: (pairs, signs), in the order of `SIGNS`."""
    return np.column_stack([sign(acts, left, right) for sign in SIGNS])
