"""Names compared: a score, whether they are proposed as one, and the reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from onrecord.resolution.names import wording
from onrecord.resolution.names.align import INITIAL, SAME, Aligned, align
from onrecord.resolution.names.columns import Flags, Names, Numbers, Rows, columns
from onrecord.resolution.names.features import FEATURES, shared_words
from onrecord.resolution.names.form import forms, kind_of
from onrecord.resolution.names.lexicon import Kind
from onrecord.vocabulary import load

_AT_ONCE = 8192
"""Pairs compared in one step: enough to spread what a step costs, few enough for the cache."""


_FEW = 1000
"""Pairs that are compared in one step, however long their names: a step costs more than they do."""
_WIDTHS = ((0, 3), (3, 5), (5, 99))
_ANY_WIDTH = ((0, 99),)
"""Names of about as many words are compared together, so that short ones are not padded much."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One feature of a comparison: its value, 0 to 1, what it adds to the log-odds, in words."""

    name: str
    value: float
    adds: float
    says: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How alike two names are. `score` is 0 to 1; `match` where it reaches the kind's threshold.

    `features` are those that say something, none where the two are the same but for order, titles
    and case.
    """

    left: str
    right: str
    kind: Kind
    score: float
    match: bool
    features: tuple[Evidence, ...]

    def explain(self) -> str:
        """The reasons in words: which word answers to which, and what stands against."""
        names, left, right = _prepared([self.left], [self.right], self.kind)
        if _settled(names, left, right)[0][0]:
            return wording.same(names.forms[int(left[0])], names.forms[int(right[0])])
        pairs = align(names, left, right)
        held = _ceiling(pairs, self.kind)[0] < 1
        return wording.reasons(pairs) + (
            "; one word alone is not enough" if held and self.kind == "person" else ""
        )


def compare(left: str, right: str, kind: str = "person") -> Comparison:
    """Compare two names of one kind ("Person", "Organization", "Place", "Vessel", ...).

    Symmetric; the same name gives 1.0, and so do the same words in another order for a person. Any
    Unicode text is taken; an empty name is like no other. For many pairs `compare_many` is some
    hundred times faster.
    """
    of = kind_of(kind)
    names, ours, theirs = _prepared([left], [right], of)
    score = float(_scores(names, ours, theirs, of)[0])
    evidence: list[Evidence] = []
    if not _settled(names, ours, theirs)[0][0]:
        pairs, weights = align(names, ours, theirs), _feature_weights(of)
        for feature, weight in zip(FEATURES, weights, strict=True):
            value = float(feature(pairs)[0])
            if value:
                doc = feature.__doc__ or ""
                evidence.append(Evidence(feature.__name__, value, float(value * weight), doc))
    return Comparison(left, right, of, score, score >= threshold(of), tuple(evidence))


def compare_many(
    lefts: Sequence[str], rights: Sequence[str], kinds: str | Sequence[str] = "person"
) -> Numbers:
    """The scores of pairs of names, shape (pairs,): those that `compare` gives one by one.

    `kinds` is one kind for all, or one a pair. Raises `ValueError` where the lengths differ.
    """
    if len(lefts) != len(rights) or not (isinstance(kinds, str) or len(kinds) == len(lefts)):
        raise ValueError("as many left names, right names and kinds are needed")
    if isinstance(kinds, str):
        of = kind_of(kinds)
        return _scores(*_prepared(lefts, rights, of), of)
    each = np.array([kind_of(kind) for kind in kinds], dtype=object)
    scores = np.zeros(len(lefts))
    for of in dict.fromkeys(each):
        rows = np.flatnonzero(each == of)
        chosen = [[names[int(row)] for row in rows] for names in (lefts, rights)]
        scores[rows] = _scores(*_prepared(chosen[0], chosen[1], of), of)
    return scores


def threshold(kind: str) -> float:
    """The score from which two names of a kind are said to match."""
    value: float = load("names")["thresholds"][kind_of(kind)]
    return value


def features_of(lefts: Sequence[str], rights: Sequence[str], kind: str) -> Numbers:
    """The values of `FEATURES` for pairs of names of one kind: shape (pairs, features)."""
    pairs = align(*_prepared(lefts, rights, kind_of(kind)))
    return np.column_stack([feature(pairs) for feature in FEATURES])


def _prepared(lefts: Sequence[str], rights: Sequence[str], kind: Kind) -> tuple[Names, Rows, Rows]:
    found = forms([*lefts, *rights], kind)
    row = {name: number for number, name in enumerate(found)}
    names = columns(list(found.values()))
    return (
        names,
        np.fromiter((row[name] for name in lefts), np.int64, len(lefts)),
        np.fromiter((row[name] for name in rights), np.int64, len(rights)),
    )


def _scores(names: Names, left: Rows, right: Rows, kind: Kind) -> Numbers:
    settled, scores = _settled(names, left, right)
    open_pairs = np.flatnonzero(~settled)
    longest = np.maximum(names.count[left[open_pairs]], names.count[right[open_pairs]])
    for least, most in _WIDTHS if len(open_pairs) > _FEW else _ANY_WIDTH:
        rows = open_pairs[(longest > least) & (longest <= most)]
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            scores[some] = _weigh(align(names, left[some], right[some]), kind)
    return scores


def _settled(names: Names, left: Rows, right: Rows) -> tuple[Flags, Numbers]:
    """Which pairs need no weighing, and the score they have: the same words, or no words at all."""
    one_name = left == right
    wordless = (names.count[left] == 0) | (names.count[right] == 0)
    empty = np.array([not form.name for form in names.forms], bool)
    same = (names.bag[left] == names.bag[right]) & ~wordless
    apart = (names.legal[left] != 0) & (names.legal[right] != 0)
    apart &= names.legal[left] & names.legal[right] == 0
    same &= ~apart
    score = ((same | one_name) & ~(wordless & empty[left])).astype(np.float64)
    return same | wordless | one_name, score


def _weigh(pairs: Aligned, kind: Kind) -> Numbers:
    start: float = load("names")["weights"][kind]["start"]
    total = np.full(len(pairs.left), start)
    for feature, weight in zip(FEATURES, _feature_weights(kind), strict=True):
        total += weight * feature(pairs)
    score: Numbers = np.minimum(1 / (1 + np.exp(-total)), _ceiling(pairs, kind))
    return score


def _ceiling(pairs: Aligned, kind: Kind) -> Numbers:
    """What no sum of evidence may pass: one shared word alone, a unit's number."""
    ceilings: dict[str, float] = load("names")["ceilings"]
    names, left, right = pairs.names, pairs.left, pairs.right
    ceiling = np.ones(len(left))
    if kind == "person":
        fewest = np.minimum(names.count[left], names.count[right])
        alone = (
            (shared_words(pairs) <= 1) & (fewest == 1) & (names.count[left] != names.count[right])
        )
        alone &= ~pairs.run_together
        alone |= (pairs.share(INITIAL) > 0) & ((pairs.shares[SAME:INITIAL] > 0).sum(axis=0) == 0)
        ceiling[alone] = ceilings["one_word"]
    units = names.unit[left] & names.unit[right] & (names.numbers[left] != names.numbers[right])
    ceiling[units] = ceilings["other_unit"]
    return ceiling


@cache
def _feature_weights(kind: Kind) -> tuple[float, ...]:
    weights: dict[str, float] = load("names")["weights"][kind]
    return tuple(weights[feature.__name__] for feature in FEATURES)
