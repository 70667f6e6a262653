"""What speaks for and against two rows being one: each feature one small function.

A function takes `Pairs` and gives one number a pair; its docstring is what a person reads beside
the weight. `ALL` lists them; the weights are in `vocabulary/resolution.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.resolution.columns import NO_DAY
from onrecord.resolution.evidence import UNKNOWN, Evidence, Names
from onrecord.resolution.sets import Floats, Ints, Sets

MOST_SHARED = 20.0
"""Bits that sharing of one kind can give: twenty names shared tell little more than three."""
_LOWEST = 0.001


@dataclass(frozen=True)
class Pairs:
    """Pairs of rows of one kind, and how alike their names are (0 to 1)."""

    evidence: Evidence
    names: Names
    left: Ints
    right: Ints
    likeness: Floats

    def shared(self, sets: Sets) -> Floats:
        """How many bits the values that both rows hold tell, at most `MOST_SHARED`."""
        return np.minimum(sets.shared(self.left, self.right, sets.bits), MOST_SHARED)

    def apart(self, sets: Sets) -> Floats:
        """1 where both rows have values and share none."""
        known = (sets.sizes[self.left] > 0) & (sets.sizes[self.right] > 0)
        return _flags(known & (sets.shared(self.left, self.right) == 0))

    def differ(self, codes: Ints) -> Floats:
        """1 where both rows have a code and it is another."""
        left, right = codes[self.left], codes[self.right]
        return _flags((left != UNKNOWN) & (right != UNKNOWN) & (left != right))

    def agree(self, codes: Ints) -> Floats:
        """1 where both rows have the same code."""
        left = codes[self.left]
        return _flags((left != UNKNOWN) & (left == codes[self.right]))


def _flags(true: NDArray[np.bool_]) -> Floats:
    """1 for true, 0 for false."""
    return true.astype(np.float64)


Feature = Callable[[Pairs], NDArray[np.float64]]


def names_alike(pairs: Pairs) -> Floats:
    """Their names are alike, letter for letter or by sound."""
    likeness = np.clip(pairs.likeness, _LOWEST, 1 - _LOWEST)
    return np.log2(likeness / (1 - likeness))


def names_equal(pairs: Pairs) -> Floats:
    """Their names are spelled the same."""
    return _flags(pairs.likeness >= 1)


def name_is_rare(pairs: Pairs) -> Floats:
    """Few in this case could bear that name by chance."""
    bits = pairs.names.bits[pairs.evidence.best]
    spare = np.minimum(bits[pairs.left], bits[pairs.right]) - pairs.evidence.population
    return np.clip(spare, -10, 15) * pairs.likeness


def name_is_short(pairs: Pairs) -> Floats:
    """One of them is named with one word, or with initials."""
    full = pairs.names.full[pairs.evidence.best]
    return _flags(np.minimum(full[pairs.left], full[pairs.right]) < 2)


def same_posts(pairs: Pairs) -> Floats:
    """They are said to hold the same post."""
    return pairs.shared(pairs.evidence.posts)


def other_posts(pairs: Pairs) -> Floats:
    """They are said to hold posts in different bodies."""
    return pairs.apart(pairs.evidence.tenures)


def same_kin(pairs: Pairs) -> Floats:
    """They are said to have the same relative."""
    return pairs.shared(pairs.evidence.kin)


def other_parents(pairs: Pairs) -> Floats:
    """They are said to have different parents."""
    labels, parents = pairs.evidence.parent_labels, pairs.evidence.parents
    both = labels.shared(pairs.left, pairs.right) > 0
    return _flags(both & (parents.shared(pairs.left, pairs.right) == 0))


def kin_of_each_other(pairs: Pairs) -> Floats:
    """One is said to be a relative of somebody who bears the other's name."""
    evidence, names = pairs.evidence, pairs.names
    left, right = evidence.best[pairs.left], evidence.best[pairs.right]
    told = np.zeros(len(left), dtype=bool)
    spellings = np.arange(len(names.sign))
    for own, borne in ((names.sign, names.relative), (spellings, names.relative_spelled)):
        kin = _holds(evidence.relatives, pairs.left, borne[right])
        kin |= _holds(evidence.relatives, pairs.right, borne[left])
        told |= kin & (own[left] != own[right])
    return _flags(told)


def _holds(sets: Sets, rows: Ints, values: Ints) -> NDArray[np.bool_]:
    return sets.has(rows, np.maximum(values, 0)) & (values >= 0)


def same_settings(pairs: Pairs) -> Floats:
    """The same places are named in the reports of them."""
    return pairs.shared(pairs.evidence.settings)


def other_settings(pairs: Pairs) -> Floats:
    """The reports of them speak of different places."""
    return pairs.apart(pairs.evidence.settings)


def same_places(pairs: Pairs) -> Floats:
    """What is told of them happened in the same places."""
    return pairs.shared(pairs.evidence.places)


def other_places(pairs: Pairs) -> Floats:
    """What is told of them happened in different places."""
    return pairs.apart(pairs.evidence.places)


def same_place_and_time(pairs: Pairs) -> Floats:
    """The reports of them speak of the same place within days."""
    return pairs.shared(pairs.evidence.moments)


def same_company(pairs: Pairs) -> Floats:
    """The same people are named beside them."""
    return pairs.shared(pairs.evidence.company)


def far_in_time(pairs: Pairs) -> Floats:
    """The reports of them lie far apart in time."""
    first, last = pairs.evidence.first, pairs.evidence.last
    later = np.maximum(first[pairs.left], first[pairs.right])
    earlier = np.minimum(last[pairs.left], last[pairs.right])
    known = (first[pairs.left] != NO_DAY) & (first[pairs.right] != NO_DAY) & (earlier != NO_DAY)
    years = np.where(known, np.maximum(later - earlier, 0), 0) / 365.25
    return 1 - np.exp2(-years)


def other_sex(pairs: Pairs) -> Floats:
    """One is said to be a man, the other a woman."""
    return pairs.differ(pairs.evidence.sex)


def other_age(pairs: Pairs) -> Floats:
    """One is said to be a child, the other an adult."""
    return pairs.differ(pairs.evidence.age_group)


def other_country(pairs: Pairs) -> Floats:
    """They are said to belong to different countries."""
    return pairs.differ(pairs.evidence.country)


def same_side(pairs: Pairs) -> Floats:
    """They are said to belong to the same kind of body."""
    return pairs.agree(pairs.evidence.actor_type)


def other_side(pairs: Pairs) -> Floats:
    """They are said to belong to different kinds of bodies."""
    return pairs.differ(pairs.evidence.actor_type)


def near_on_map(pairs: Pairs) -> Floats:
    """They lie close to each other on the map."""
    return _flags(_degrees(pairs) < 0.1)


def far_on_map(pairs: Pairs) -> Floats:
    """They lie far from each other on the map."""
    return _flags(_degrees(pairs) > 0.5)


def _degrees(pairs: Pairs) -> Floats:
    """The distance in degrees of latitude; not a number where one place is not known."""
    lat, lon = pairs.evidence.lat, pairs.evidence.lon
    north = lat[pairs.left] - lat[pairs.right]
    east = (lon[pairs.left] - lon[pairs.right]) * np.cos(np.radians(lat[pairs.left]))
    return np.hypot(north, east)


_NAMES = (names_alike, names_equal, name_is_rare, name_is_short)
_AROUND = (same_company, same_settings, other_settings, other_country)
FEATURES: dict[str, tuple[Feature, ...]] = {
    "person": (
        *_NAMES,
        same_posts,
        other_posts,
        same_kin,
        other_parents,
        kin_of_each_other,
        *_AROUND,
        same_places,
        other_places,
        same_place_and_time,
        far_in_time,
        other_sex,
        other_age,
        same_side,
        other_side,
    ),
    "organization": (*_NAMES, *_AROUND, same_places, other_places, same_side, other_side),
    "place": (*_NAMES, same_settings, other_settings, other_country, near_on_map, far_on_map),
}


def matrix(pairs: Pairs) -> Floats:
    """The features of pairs, shape (pairs, features), in the order of `FEATURES`."""
    return np.column_stack([feature(pairs) for feature in FEATURES[pairs.evidence.kind]])
