"""Names compared: a score, whether they are proposed as one, and the reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, count

import numpy as np

from onrecord.resolution.names import wording
from onrecord.resolution.names.align import Aligned, align
from onrecord.resolution.names.columns import Names, columns
from onrecord.resolution.names.features import FEATURES
from onrecord.resolution.names.form import forms, kind_of
from onrecord.resolution.names.likeness import INITIAL, SAME
from onrecord.resolution.names.roles import KINDS, Flags, Kind, Numbers, Rows
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
        return explain_many([self.left], [self.right], self.kind)[0]


def compare(left: str, right: str, kind: str = "person") -> Comparison:
    """Compare two names of one kind ("Person", "Organization", "Place", "Vessel", ...).

    Symmetric; the same name gives 1.0, and so do the same words in another order for a person. Any
    Unicode text is taken; an empty name is like no other. For many pairs `compare_many` is some
    hundred times faster.
    """
    of = kind_of(kind)
    names, ours, theirs = _prepared([left], [right], of)
    score = float(_scores(names, ours, theirs)[0])
    evidence: list[Evidence] = []
    if not _settled(names, ours, theirs)[0][0]:
        pairs, weights = align(names, ours, theirs), _feature_weights()[1:, KINDS.index(of)]
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
    return _scores(*_prepared(lefts, rights, kinds))


def explain_many(
    lefts: Sequence[str], rights: Sequence[str], kinds: str | Sequence[str] = "person"
) -> list[str]:
    """The reasons of pairs of names in words, (pairs,); for the arguments see `compare_many`."""
    names, left, right = _prepared(lefts, rights, kinds)
    by_kind: dict[Kind, list[str]] = {}
    for name, kind in zip(names.spelled, names.kind.tolist(), strict=True):
        by_kind.setdefault(KINDS[kind], []).append(name)
    told = wording.told(forms(by_kind))
    settled = _settled(names, left, right)[0]
    said = [
        wording.same(told[one], told[two]) if same else ""
        for one, two, same in zip(left.tolist(), right.tolist(), settled.tolist(), strict=True)
    ]
    person = KINDS.index("person")
    for rows, pairs in _aligned(names, left, right, np.flatnonzero(~settled)):
        held = (_ceiling(pairs) < 1) & (names.kind[pairs.left] == person)
        for row, why, alone in zip(rows.tolist(), wording.reasons(pairs, told), held, strict=True):
            said[row] = why + ("; one word alone is not enough" if alone else "")
    return said


def threshold(kind: str) -> float:
    """The score from which two names of a kind are said to match."""
    value: float = load("names")["thresholds"][kind_of(kind)]
    return value


def features_of(lefts: Sequence[str], rights: Sequence[str], kind: str) -> Numbers:
    """The values of `FEATURES` for pairs of names of one kind: shape (pairs, features)."""
    pairs = align(*_prepared(lefts, rights, kind))
    return np.column_stack([feature(pairs) for feature in FEATURES])


def _prepared(
    lefts: Sequence[str], rights: Sequence[str], kinds: str | Sequence[str]
) -> tuple[Names, Rows, Rows]:
    """The columns of the names, each once, and the rows of the left and of the right ones.

    Each name is known by the place where it is met first, the right ones after all left ones.
    """
    told = [kinds] * len(lefts) if isinstance(kinds, str) else kinds
    of = {schema: kind_of(schema) for schema in set(told)}
    met: dict[Kind, dict[str, int]] = {kind: {} for kind in KINDS if kind in of.values()}
    known, size = [met[of[schema]] for schema in told], 2 * len(told)
    places = map(dict.setdefault, chain(known, known), chain(lefts, rights), count())
    place = np.fromiter(places, np.int64, size)
    firsts = np.fromiter(chain.from_iterable(some.values() for some in met.values()), np.int64)
    row = np.zeros(size, np.int64)
    row[firsts] = np.arange(len(firsts))
    left, right = row[place].reshape(2, len(told))
    return columns({kind: list(some) for kind, some in met.items()}), left, right


def _scores(names: Names, left: Rows, right: Rows) -> Numbers:
    settled, scores = _settled(names, left, right)
    for rows, pairs in _aligned(names, left, right, np.flatnonzero(~settled)):
        scores[rows] = _weigh(pairs)
    return scores


def _aligned(
    names: Names, left: Rows, right: Rows, open_pairs: Rows
) -> Iterator[tuple[Rows, Aligned]]:
    """The pairs that are open, in steps: which these are, and their words paired."""
    longest = np.maximum(names.count[left[open_pairs]], names.count[right[open_pairs]])
    for least, most in _WIDTHS if len(open_pairs) > _FEW else _ANY_WIDTH:
        rows = open_pairs[(longest > least) & (longest <= most)]
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            yield some, align(names, left[some], right[some])


def _settled(names: Names, left: Rows, right: Rows) -> tuple[Flags, Numbers]:
    """Which pairs need no weighing, and the score they have: the same words, or no words at all."""
    one_name = left == right
    wordless = (names.count[left] == 0) | (names.count[right] == 0)
    empty = names.count == 0
    empty[empty] = [not names.spelled[row] for row in np.flatnonzero(empty).tolist()]
    same = _same_words(names, left, right) & ~wordless
    apart = (names.legal[left] != 0) & (names.legal[right] != 0)
    apart &= names.legal[left] & names.legal[right] == 0
    same &= ~apart
    score = ((same | one_name) & ~(wordless & empty[left])).astype(np.float64)
    return same | wordless | one_name, score


def _same_words(names: Names, left: Rows, right: Rows) -> Flags:
    """Which pairs have the same words, in whatever order."""
    same: Flags = (names.sums[left] == names.sums[right]) & (
        names.count[left] == names.count[right]
    )
    rows = np.flatnonzero(same)
    ours, theirs = (np.sort(names.texts(of[rows]), axis=1) for of in (left, right))
    same[rows] = (ours == theirs).all(axis=1)
    long = (names.long[left] > 0) | (names.long[right] > 0)
    return np.where(long, names.long[left] == names.long[right], same)


def _weigh(pairs: Aligned) -> Numbers:
    start, *weights = _feature_weights()[:, pairs.names.kind[pairs.left]]
    total = start
    for feature, weight in zip(FEATURES, weights, strict=True):
        total += weight * feature(pairs)
    score: Numbers = np.minimum(1 / (1 + np.exp(-total)), _ceiling(pairs))
    return score


def _ceiling(pairs: Aligned) -> Numbers:
    """What no sum of evidence may pass: one shared word alone, a unit's number."""
    ceilings: dict[str, float] = load("names")["ceilings"]
    names, left, right = pairs.names, pairs.left, pairs.right
    ceiling = np.ones(len(left))
    fewest = np.minimum(names.count[left], names.count[right])
    alone = (pairs.shared <= 1) & (fewest == 1) & (names.count[left] != names.count[right])
    alone &= ~pairs.run_together
    alone |= (pairs.share(INITIAL) > 0) & ((pairs.shares[SAME:INITIAL] > 0).sum(axis=0) == 0)
    ceiling[alone & (names.kind[left] == KINDS.index("person"))] = ceilings["one_word"]
    units = names.unit[left] & names.unit[right] & (names.numbers[left] != names.numbers[right])
    ceiling[units] = ceilings["other_unit"]
    return ceiling


@cache
def _feature_weights() -> Numbers:
    """The start and the weight of each feature for each of `KINDS`: (1 + features, kinds)."""
    weights: dict[str, dict[str, float]] = load("names")["weights"]
    named = ["start", *(feature.__name__ for feature in FEATURES)]
    return np.array([[weights[kind][name] for kind in KINDS] for name in named])
