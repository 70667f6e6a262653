"""Estimate the weights of evidence for resolution on simulated worlds, and write them down.

    python training/resolution.py [--events 800 2600 --seeds 101 102] [--rounds 2] [--kinds place]

For every feature of every kind of entity the bits that it adds are estimated by logistic
regression, with signs held: what speaks for a join may not come out against it. Bodies and places
are learned from each world twice, once without what no text says of them: where they lie, of which
country and side they are. The worlds used here must be others than those that
`benchmarks/resolution.py` measures.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize

from onrecord import vocabulary
from onrecord.resolution.compare import likeness
from onrecord.resolution.features import FEATURES, Pairs, matrix
from onrecord.resolution.resolving import resolve
from onrecord.resolution.rounds import Compared
from onrecord.resolution.tables import Tables

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from resolution import world

Floats = NDArray[np.float64]
FILE = Path(str(vocabulary.__path__[0])) / "resolution.yaml"
MARK = "# The weights below are written by training/resolution.py.\n"
AGAINST = frozenset(
    {
        "name_is_short",
        "other_posts",
        "other_parents",
        "kin_of_each_other",
        "other_places",
        "other_settings",
        "other_country",
        "far_in_time",
        "other_sex",
        "other_age",
        "other_side",
        "far_on_map",
    }
)
HELD = frozenset({"organization"})
"""Kinds whose weights stay what we hold of them: a world has too few bodies to learn them from."""
FIRMNESS = 1e-3
"""How firmly a weight is held to its prior: a feature that no world shows keeps it."""


UNTOLD = ("lat", "lon", "country", "actor_type")
"""What a text seldom says of a body or a place, and a village has in no gazetteer."""

Examples = dict[str, tuple[Floats, Floats]]


def examples(events: int, seed: int, folder: Path) -> Iterator[Examples]:
    """The compared pairs of a world by kind: features, and 1 where the two are truly one."""
    tables, truth = world(events, seed, folder / f"world-{events}-{seed}")
    yield _compared(tables, truth)
    yield {
        kind: pairs for kind, pairs in _compared(_untold(tables), truth).items() if kind != "person"
    }


def _untold(tables: Tables) -> Tables:
    rows = tables.entities
    for name in UNTOLD:
        at = rows.schema.get_field_index(name)
        rows = rows.set_column(at, rows.field(name), pa.nulls(len(rows), rows.field(name).type))
    return replace(tables, entities=rows)


def _compared(tables: Tables, truth: dict[str, str]) -> Examples:
    made = resolve(tables)
    true = [truth.get(key, key) for key in made.keys.to_pylist()]
    numbers = np.unique(np.array(true, dtype=object), return_inverse=True)[1]
    found: dict[str, list[tuple[Floats, Floats]]] = {}
    for compared in made.rounds:
        for part in compared:
            found.setdefault(part.profiles.kind, []).append(_labelled(part, numbers))
    return {
        kind: (np.concatenate([x for x, _ in parts]), np.concatenate([y for _, y in parts]))
        for kind, parts in found.items()
    }


def _labelled(part: Compared, numbers: NDArray[np.int64]) -> tuple[Floats, Floats]:
    left, right = part.links.left, part.links.right
    alike = likeness(part.profiles, part.kind.names, left, right)
    features = matrix(Pairs(part.profiles, part.kind.names, left, right, alike))
    who = numbers[part.stands_for]
    return features, (who[left] == who[right]).astype(np.float64)


def fit(features: Floats, true: Floats, names: list[str], prior: Floats) -> tuple[float, Floats]:
    """Bits: the start and the weight of each feature, by logistic regression with signs held."""
    signs = [(None, 0.0) if name in AGAINST else (0.0, None) for name in names]

    def loss(weights: Floats) -> tuple[float, Floats]:
        score = weights[0] + features @ weights[1:]
        error = 1 / (1 + np.exp(-np.clip(score, -500, 500))) - true
        cost = np.logaddexp(0, np.where(true > 0, -score, score)).mean()
        slope = np.concatenate([[error.mean()], features.T @ error / len(true)])
        away = weights - prior
        return cost + FIRMNESS * float(away @ away), slope + 2 * FIRMNESS * away

    found = minimize(loss, prior, jac=True, method="L-BFGS-B", bounds=[(None, None), *signs])
    bits = found.x / np.log(2)
    return float(bits[0]), bits[1:]


def main() -> None:
    arguments = _arguments()
    for number in range(arguments.rounds):
        collected: dict[str, list[tuple[Floats, Floats]]] = {}
        for events, seed in zip(arguments.events, arguments.seeds, strict=True):
            for found in examples(events, seed, arguments.folder):
                for kind in found.keys() & set(arguments.kinds):
                    collected.setdefault(kind, []).append(found[kind])
        held = vocabulary.load("resolution")["weights"]
        weights = held | {kind: _weights(kind, parts) for kind, parts in collected.items()}
        _write(weights)
        print(f"round {number + 1}", yaml.safe_dump(weights, sort_keys=False))


def _weights(kind: str, parts: list[tuple[Floats, Floats]]) -> dict[str, float]:
    names = [feature.__name__ for feature in FEATURES[kind]]
    features, true = (np.concatenate(column) for column in zip(*parts, strict=True))
    held = vocabulary.load("resolution")["priors"][kind]
    if kind in HELD:
        return {name: float(value) for name, value in held.items()}
    prior = np.array([held["start"], *(held[name] for name in names)]) * np.log(2)
    start, bits = fit(features, true, names, prior)
    for threshold in (0, 2, 4):
        chosen = start + features @ bits > threshold
        right = float(true[chosen].sum())
        precision, recall = right / max(chosen.sum(), 1), right / true.sum()
        print(f"{kind}, above {threshold}: precision {precision:.4f}, recall {recall:.4f}")
    return {
        "start": round(start, 3),
        **{n: round(float(b), 3) for n, b in zip(names, bits, strict=True)},
    }


def _write(weights: dict[str, Any]) -> None:
    """Replace the weights in the vocabulary; what this process has loaded is renewed too."""
    head = FILE.read_text(encoding="utf-8").partition(MARK)[0]
    FILE.write_text(
        head + MARK + yaml.safe_dump({"weights": weights}, sort_keys=False), encoding="utf-8"
    )
    vocabulary.load.cache_clear()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, nargs="+", default=[300, 800, 2600])
    parser.add_argument("--seeds", type=int, nargs="+", default=[103, 101, 102])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--kinds", nargs="+", default=list(FEATURES), choices=list(FEATURES))
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "onrecord-worlds"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
