"""Fit the weights of `vocabulary/events.yaml`: signs that two acts are of one event.

Logistic regression over the candidate pairs of simulated worlds whose truth is known: of their
faultless records, and of what is extracted from their texts, so that a sign weighs what it is worth
where extraction errs too. The seeds here are not those on which the benchmarks measure.

    python training/events.py --events 600 --texts 100 --seeds 101 102
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from onrecord.corroboration.copies import near_copies
from onrecord.corroboration.lineage import families
from onrecord.resolution import resolve
from onrecord.resolution.event_candidates import candidates
from onrecord.resolution.event_evidence import SIGNS, evidence
from onrecord.resolution.event_rows import acts_of
from onrecord.resolution.tables import Tables, tables
from onrecord.simulation import counterparts, write_world
from onrecord.vocabulary import load

LEAST = {"told_in_the_same_words": 3.5}
"""Weights held up by hand: such pairs mostly share day and place, which take the credit."""
BY_HAND = {"told_apart_of_one_place": 2.5, "told_in_one_sentence": 1.1, "nothing_shared": -2.0}
"""Weights set by hand, left out of the fit: hardly a simulated report shows the first two, and in
simulated worlds little happens on one day, so that two reports need to share nothing else.
"""
VOCABULARY = Path(__file__).parent.parent / "onrecord/vocabulary/events.yaml"


def lines(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


Pairs = tuple[np.ndarray, np.ndarray]


def faultless(events: int, seed: int) -> Pairs:
    """Evidence and truth of every candidate pair of a world: (pairs, signs), (pairs,)."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_world(folder, events=events, seed=seed, texts=False)
        made = tables(lines(folder / "records.jsonl"))
        who = {row["entity"]: row["person"] for row in lines(folder / "truth/people.jsonl")}
        event = {row["act"]: row["event"] for row in lines(folder / "truth/events.jsonl")}
    return pairs(made, who, event, f"seed {seed}, faultless")


def extracted(events: int, seed: int) -> Pairs:
    """The same for what is extracted from the texts of a world, people as they are resolved.

    An act's truth is that of its counterpart in the faultless record; pairs with an act that has
    none are left out.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_world(folder, events=events, seed=seed, texts=True)
        command = [sys.executable, "-m", "onrecord", "extract", "--jsonl", str(folder / "reports")]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        found = [json.loads(line) for line in done.stdout.splitlines()]
        true = {record["document"]["id"]: record for record in lines(folder / "records.jsonl")}
        event = {row["act"]: row["event"] for row in lines(folder / "truth/events.jsonl")}
    of_found = {
        f"{document}|{act}": event[f"{document}|{other}"]
        for record in found
        for document in [record["document"]["id"]]
        for act, other in counterparts.acts(record, true[document]).items()
    }
    made = tables(found)
    clusters = resolve(made).clusters
    who = dict(zip(*(clusters[n].to_pylist() for n in ("key", "canonical")), strict=True))
    return pairs(made, who, of_found, f"seed {seed}, extracted")


def pairs(made: Tables, who: dict[str, str], event: dict[str, str], name: str) -> Pairs:
    """Evidence and truth of the candidate pairs of acts whose events are known."""
    acts = acts_of(made, who, families(near_copies(made.documents)))
    left, right = candidates(acts)
    truth = np.array([event.get(key, "") for key in made.acts.column("key").to_pylist()])
    known = (truth[left] != "") & (truth[right] != "")
    left, right = left[known], right[known]
    print(f"{name}: {len(acts)} acts, {len(left)} candidate pairs", flush=True)
    return evidence(acts, left, right), truth[left] == truth[right]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=600, help="of each faultless world")
    parser.add_argument("--texts", type=int, default=100, help="events of each world of texts")
    parser.add_argument("--seeds", type=int, nargs="+", default=[101, 102])
    args = parser.parse_args()
    parts = [faultless(args.events, seed) for seed in args.seeds]
    parts += [extracted(args.texts, seed) for seed in args.seeds]
    signs = np.concatenate([part[0] for part in parts])
    same = np.concatenate([part[1] for part in parts])
    names = [sign.__name__ for sign in SIGNS]
    signs[:, [names.index(name) for name in BY_HAND]] = 0.0
    model = LogisticRegression(C=1.0, max_iter=4000).fit(signs, same)
    odds = model.decision_function(signs)
    said = odds > load("events")["caution"]
    right = (said & same).sum()
    print(f"pairs: precision {right / said.sum():.4f} recall {right / same.sum():.4f}")
    text = VOCABULARY.read_text(encoding="utf-8")
    head = re.split(r"(?m)^bias:", text)[0]
    # A sign that no simulated pair shows keeps the weight that stands there.
    before = load("events")["weights"] | BY_HAND
    fitted = [
        (
            sign.__name__,
            max(weight, LEAST.get(sign.__name__, weight))
            if column.any()
            else before[sign.__name__],
        )
        for sign, weight, column in zip(SIGNS, model.coef_[0], signs.T, strict=True)
    ]
    weights = [f"  {name}: {weight:.2f}" for name, weight in fitted]
    text = head + f"bias: {model.intercept_[0]:.2f}\nweights:\n" + "\n".join(weights) + "\n"
    VOCABULARY.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
