"""Two names compared: a score, whether they are proposed as one, and the reasons."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from onrecord.resolution.names.align import Alignment, align
from onrecord.resolution.names.features import FEATURES
from onrecord.resolution.names.form import Form, Kind, form, kind_of
from onrecord.vocabulary import load


@dataclass(frozen=True, slots=True)
class Evidence:
    """One feature of a comparison: its name, its value 0 to 1, and what it adds to the log-odds."""

    name: str
    value: float
    adds: float
    says: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names are. `score` is 0 to 1; `match` where it reaches the kind's threshold."""

    left: str
    right: str
    kind: Kind
    score: float
    match: bool
    features: tuple[Evidence, ...]

    def explain(self) -> str:
        """The reasons as one sentence, the weightiest first."""
        from onrecord.resolution.names.wording import explain

        return explain(self)


def compare(left: str, right: str, kind: str = "person") -> Comparison:
    """Compare two names of one kind ("Person", "Organization", "Place", "Vessel", ...).

    Symmetric; the same name gives 1.0, and so do the same words in another order for a person. Any
    Unicode text is taken; an empty name is like no other.
    """
    of = kind_of(kind)
    one, two = _ordered(form(left, of), form(right, of))
    same = _same(one, two)
    values = () if same is not None else tuple(f(align(one, two)) for f in FEATURES)
    weights = _weights(of)
    total = score_of(one, two) if same is None else same
    evidence = tuple(
        Evidence(feature.__name__, value, value * weights[feature.__name__], feature.__doc__ or "")
        for feature, value in zip(FEATURES, values, strict=False)
        if value
    )
    return Comparison(left, right, of, total, total >= threshold(of), evidence)


def score(left: str, right: str, kind: str = "person") -> float:
    """The score of `compare` alone, without its reasons."""
    of = kind_of(kind)
    return score_of(form(left, of), form(right, of))


def score_of(left: Form, right: Form) -> float:
    """The score of two forms of one kind."""
    one, two = _ordered(left, right)
    same = _same(one, two)
    if same is not None:
        return same
    alignment = align(one, two)
    weights = _weights(one.kind)
    total = weights["start"]
    for feature in FEATURES:
        value = feature(alignment)
        if value:
            total += value * weights[feature.__name__]
    score = 1 / (1 + math.exp(-total))
    return min(score, _ceiling(alignment))


def threshold(kind: Kind) -> float:
    """The score from which two names of a kind are said to match."""
    value: float = load("names")["thresholds"][kind]
    return value


def _ordered(left: Form, right: Form) -> tuple[Form, Form]:
    return (left, right) if left.name <= right.name else (right, left)


def _same(one: Form, two: Form) -> float | None:
    if not one.core or not two.core:
        return float(one.name == two.name != "")
    if one.name == two.name:
        return 1.0
    if one.bag == two.bag and (one.kind == "person" or one.letters == two.letters):
        if one.legal and two.legal and one.legal.isdisjoint(two.legal):
            return None
        return 1.0
    return None


def _ceiling(alignment: Alignment) -> float:
    """What no sum of evidence may pass: a shared surname alone, another number of a unit."""
    ceilings: dict[str, float] = load("names")["ceilings"]
    left, right = alignment.left, alignment.right
    if left.unit and right.unit and left.numbers != right.numbers:
        return ceilings["other_unit"]
    if left.kind == "person" and _surname_alone(alignment):
        return ceilings["surname_alone"]
    return 1.0


def _surname_alone(alignment: Alignment) -> bool:
    shared = sum(link.how != "near" for link in alignment.links)
    return (
        shared <= 1
        and len(alignment.left.core) != len(alignment.right.core)
        and (min(len(alignment.left.core), len(alignment.right.core)) == 1)
    )


@cache
def _weights(kind: Kind) -> dict[str, float]:
    weights: dict[str, float] = load("names")["weights"][kind]
    return weights
