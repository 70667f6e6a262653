"""Fit the weights of `vocabulary/events.yaml`: signs that two acts are of one event.

Logistic regression over the candidate pairs of simulated worlds whose truth is known. The seeds
here are not those on which benchmarks/events.py measures.

    python training/events.py --events 1200 --seeds 101 102
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from onrecord.resolution.event_candidates import candidates
from onrecord.resolution.event_evidence import SIGNS, evidence
from onrecord.resolution.event_rows import acts_of
from onrecord.resolution.tables import tables
from onrecord.simulation import write_world
from onrecord.vocabulary import load

VOCABULARY = Path(__file__).parent.parent / "onrecord/vocabulary/events.yaml"


def lines(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def world(events: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Evidence and truth of every candidate pair of a world: (pairs, signs), (pairs,)."""
    with tempfile.TemporaryDirectory() as folder:
        write_world(Path(folder), events=events, seed=seed, texts=False)
        made = tables(lines(Path(folder, "records.jsonl")))
        who = {row["entity"]: row["person"] for row in lines(Path(folder, "truth/people.jsonl"))}
        event = {row["act"]: row["event"] for row in lines(Path(folder, "truth/events.jsonl"))}
    acts = acts_of(made, who)
    left, right = candidates(acts)
    truth = np.array([event[key] for key in made.acts.column("key").to_pylist()])
    print(f"seed {seed}: {len(acts)} acts, {len(left)} candidate pairs")
    return evidence(acts, left, right), truth[left] == truth[right]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1200)
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102])
    args = parser.parse_args()
    parts = [world(args.events, seed) for seed in args.seeds]
    signs = np.concatenate([part[0] for part in parts])
    same = np.concatenate([part[1] for part in parts])
    model = LogisticRegression(C=1.0, max_iter=2000).fit(signs, same)
    odds = model.decision_function(signs)
    said = odds > load("events")["caution"]
    right = (said & same).sum()
    print(f"pairs: precision {right / said.sum():.4f} recall {right / same.sum():.4f}")
    text = VOCABULARY.read_text(encoding="utf-8")
    head = re.split(r"(?m)^bias:", text)[0]
    # A sign that no simulated pair shows keeps the weight that stands there.
    before = load("events")["weights"]
    fitted = [
        (sign.__name__, weight if column.any() else before[sign.__name__])
        for sign, weight, column in zip(SIGNS, model.coef_[0], signs.T, strict=True)
    ]
    weights = [f"  {name}: {weight:.2f}" for name, weight in fitted]
    text = head + f"bias: {model.intercept_[0]:.2f}\nweights:\n" + "\n".join(weights) + "\n"
    VOCABULARY.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
