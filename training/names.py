"""Fits the weights of the comparison of names, and says how well they do on pairs left out.

    python training/names.py PAIRS.csv           five-fold cross-validation, then the fitted weights
    python training/names.py PAIRS.csv --write   and put them into vocabulary/names.yaml

PAIRS.csv has the columns name1, name2, schema and is_match (true or false). A weight is drawn to
its place in `PRIOR`, and never to the other side of zero: evidence against stays evidence against,
whatever a small set of pairs says.
"""

from __future__ import annotations

import argparse
import csv
import re
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from onrecord.resolution.names.comparison import features_of
from onrecord.resolution.names.features import FEATURES
from onrecord.resolution.names.form import kind_of

FOLDS = 5
NAMES = ["start", *(feature.__name__ for feature in FEATURES)]
PRIOR = {
    "start": -0.5, "same_words": 3.0, "other_spelling": 3.0, "short_form": 2.5, "initial": 1.5,
    "slip": 2.0, "somewhat_alike": -1.0, "run_together": 3.0, "letters_agree": 2.0, "acronym": 2.0,
    "different_words": -4.0, "nothing_in_common": -2.0, "further_words": -1.5,
    "surname_differs": -1.0, "given_name_differs": -1.0, "little_shared": -0.5,
    "numbers_differ": -1.5, "legal_forms_differ": -2.0,
}  # fmt: skip
AGAINST = {name for name, weight in PRIOR.items() if weight < 0} - {"start"}
AT_MOST = {"numbers_differ": -1.0, "legal_forms_differ": -1.0, "surname_differs": -0.3}
"""What weighs against whatever the pairs say: theirs are company series and slips of typing."""
Numbers = NDArray[np.float64]


def fit(values: Numbers, is_match: Numbers, pull: float) -> Numbers:
    """Weights, the first the start, by penalized likelihood with signs held."""
    prior = np.array([PRIOR[name] for name in NAMES])
    given = np.column_stack([np.ones(len(values)), values])

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        total = given @ weights
        chance = 1 / (1 + np.exp(-total))
        gradient = given.T @ (chance - is_match) + pull * (weights - prior)
        size = np.logaddexp(0, total) - is_match * total
        return float(size.sum() + pull * ((weights - prior) ** 2).sum() / 2), gradient

    bounds = [
        (None, None)
        if n == "start"
        else (None, AT_MOST.get(n, 0.0))
        if n in AGAINST
        else (0.0, None)
        for n in NAMES
    ]
    return np.asarray(minimize(loss, prior, jac=True, bounds=bounds, method="L-BFGS-B").x)


def scores(values: Numbers, weights: Numbers) -> Numbers:
    return 1 / (1 + np.exp(-(weights[0] + values @ weights[1:])))


def best_threshold(score: Numbers, is_match: Numbers) -> float:
    """The middle of the thresholds that give the highest F1."""
    tried = np.arange(0.3, 0.71, 0.01)
    figures = np.array([f1(score >= at, is_match) for at in tried])
    return float(np.round(tried[figures >= figures.max() - 0.002].mean(), 2))


def f1(said: NDArray[np.bool_], is_match: Numbers) -> float:
    right = float((said & (is_match > 0)).sum())
    return 2 * right / (said.sum() + is_match.sum() or 1)


def folds(n: int, seed: int) -> NDArray[np.int64]:
    return np.random.default_rng(seed).permutation(n) % FOLDS


def cross_validated(
    values: Numbers, is_match: Numbers, pull: float, seed: int
) -> NDArray[np.bool_]:
    said = np.zeros(len(values), bool)
    for fold, place in enumerate([folds(len(values), seed)] * FOLDS):
        out = place == fold
        weights = fit(values[~out], is_match[~out], pull)
        at = best_threshold(scores(values[~out], weights), is_match[~out])
        said[out] = scores(values[out], weights) >= at
    return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--pull", type=float, default=1.0)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    rows = list(csv.DictReader(args.pairs.open(encoding="utf-8")))
    is_match = np.array([row["is_match"] == "true" for row in rows], float)
    person = np.array([kind_of(row["schema"]) == "person" for row in rows])
    total: dict[int, NDArray[np.bool_]] = {
        seed: np.zeros(len(rows), bool) for seed in range(args.seeds)
    }
    for group, chosen in (("person", person), ("organization", ~person)):
        picked = [row for row, take in zip(rows, chosen, strict=True) if take]
        values = features_of(
            [row["name1"] for row in picked], [row["name2"] for row in picked], group
        )
        gold = is_match[chosen]
        for seed, said in total.items():
            said[chosen] = cross_validated(values, gold, args.pull, seed)
        weights = fit(values, gold, args.pull)
        at = best_threshold(scores(values, weights), gold)
        print(
            group,
            len(picked),
            "cross-validated F1",
            mean([f1(said[chosen], gold) for said in total.values()]),
            "fitted",
            round(f1(scores(values, weights) >= at, gold), 3),
        )
        line = ", ".join(f"{n}: {w:.2f}" for n, w in zip(NAMES, weights, strict=True))
        print(f"  {group}: {{{line}}}  threshold {at:.2f}")
        if args.write:
            write(group, line, at)
    print("all: cross-validated F1", mean([f1(said, is_match) for said in total.values()]))


def mean(figures: list[float]) -> str:
    """The mean of a figure over foldings, and how far it swings."""
    swing = f"{min(figures):.3f} to {max(figures):.3f}"
    return f"{np.mean(figures):.3f} (of {len(figures)} foldings, {swing})"


def write(group: str, line: str, at: float) -> None:
    path = Path(str(files("onrecord.vocabulary") / "names.yaml"))
    text = path.read_text(encoding="utf-8")
    text = re.sub(
        rf"(?m)^  {group}: &{group} \{{[^}}]*\}}", f"  {group}: &{group} {{{line}}}", text
    )
    others = ("person",) if group == "person" else ("organization", "place", "thing")
    for kind in others:
        text = re.sub(rf"(thresholds: .*\b{kind}: )[\d.]+", rf"\g<1>{at:.2f}", text)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
