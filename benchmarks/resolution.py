"""How well people, organizations and places are resolved in simulated worlds of known truth.

    python benchmarks/resolution.py --events 2600 --seeds 1 2 [--others]

Scores are B-cubed (Bagga and Baldwin 1998) over all mentions of a kind. `--others` has splink and
nomenklatura resolve the same people; nomenklatura scores some hundred pairs a second, so it gets a
sample of the reports, on which the other two are scored again; `--most-pairs 0` gives it them all.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from onrecord.resolution import Resolution, resolve
from onrecord.resolution.evidence import KINDS, usable
from onrecord.resolution.resolving import CLUSTERS
from onrecord.resolution.rounds import Compared
from onrecord.resolution.tables import Tables, read_tables, write_tables


def world(events: int, seed: int, folder: Path) -> tuple[Tables, dict[str, str]]:
    """The tables of a simulated world and who each entity truly is, made where not yet there."""
    if not (folder / "records.jsonl").exists():
        command = ["-m", "onrecord", "simulate", "--events", str(events), "--seed", str(seed)]
        subprocess.run([sys.executable, *command, "--out", str(folder), "--records"], check=True)
    tables = folder / "tables"
    if not (tables / "entities.parquet").exists():
        write_tables(_records(folder / "records.jsonl"), tables)
    truth = (json.loads(line) for line in (folder / "truth/people.jsonl").open(encoding="utf-8"))
    return read_tables(tables), {row["entity"]: row["person"] for row in truth}


def _records(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


Labels = Sequence[str] | NDArray[np.int64]


def b_cubed(found: Labels, true: Labels) -> tuple[float, float, float]:
    """Precision, recall and F1 of a clustering, averaged over its members."""
    one, other = (np.unique(np.asarray(labels), return_inverse=True)[1] for labels in (found, true))
    both, index, shared = np.unique(
        one * (other.max() + 1) + other, return_inverse=True, return_counts=True
    )
    del both
    precision = float((shared[index] / np.bincount(one)[one]).mean())
    recall = float((shared[index] / np.bincount(other)[other]).mean())
    return precision, recall, 2 * precision * recall / (precision + recall)


Scores = tuple[float, float, float]


def measure(tables: Tables, truth: dict[str, str]) -> tuple[dict[str, Scores], Resolution]:
    """B-cubed of each kind, over the mentions whose truth is known; and the resolution."""
    made = resolve(tables)
    columns = (made.clusters[name].to_pylist() for name in ("key", "canonical"))
    canonical = dict(zip(*columns, strict=True))
    found = {}
    for kind in KINDS:
        keys = [key for key in usable(tables.entities, kind)["key"].to_pylist() if key in truth]
        found[kind] = b_cubed([canonical[key] for key in keys], [truth[key] for key in keys])
    return found, made


def measure_others(
    tables: Tables, truth: dict[str, str], made: Resolution, most_pairs: int
) -> Iterator[str]:
    """Lines with B-cubed of splink, and of all three on as many reports as nomenklatura can take.

    Reports are drawn by their ids, which are hashes. `most_pairs` bounds what nomenklatura is to
    score; with 0 it scores every pair of all reports.
    """
    from resolution_others import nomenklatura_groups, splink_groups, to_score

    people, compared = _people(tables), _compared_people(made)
    yield _line("splink", _score_labels(splink_groups(people), people, truth))
    parts = 1
    while 0 < most_pairs < len(to_score(people, compared)):
        parts *= 2
        made = resolve(sample := _one_in(parts, tables))
        people, compared = _people(sample), _compared_people(made)
    pairs = f"{len(to_score(people, compared)):,} pairs for nomenklatura"
    yield f"  one report in {parts}, {people.num_rows:,} mentions of people, {pairs}"
    canonical = dict(zip(*(made.clusters[n].to_pylist() for n in CLUSTERS.names), strict=True))
    ours = np.unique([canonical[key] for key in people["key"].to_pylist()], return_inverse=True)[1]
    yield _line("onrecord", _score_labels(ours, people, truth))
    if parts > 1:
        yield _line("splink", _score_labels(splink_groups(people), people, truth))
    found = nomenklatura_groups(people, compared)
    yield _line("nomenklatura", _score_labels(found, people, truth))


def _one_in(parts: int, tables: Tables) -> Tables:
    """The entities of one report in so many."""
    documents = sorted(tables.documents["key"].to_pylist())
    drawn = pa.array(documents[: len(documents) // parts], pa.string())
    kept = pc.is_in(tables.entities["document"], value_set=drawn)
    return replace(tables, entities=tables.entities.filter(kept))


def _people(tables: Tables) -> pa.Table:
    return usable(tables.entities.sort_by("key").combine_chunks(), "person")


def _compared_people(made: Resolution) -> Compared:
    return next(part for part in made.rounds[0] if part.profiles.kind == "person")


def _score_labels(found: NDArray[np.int64], people: pa.Table, truth: dict[str, str]) -> Scores:
    """B-cubed over the mentions whose truth is known."""
    true = [truth.get(key) for key in people["key"].to_pylist()]
    known = np.array([person is not None for person in true])
    return b_cubed(found[known], [person for person in true if person is not None])


def _line(name: str, scores: Scores) -> str:
    precision, recall, f1 = scores
    return f"  {name:14} precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}"


def main() -> None:
    arguments = _arguments()
    for seed in arguments.seeds:
        folder = arguments.folder / f"world-{arguments.events}-{seed}"
        tables, truth = world(arguments.events, seed, folder)
        began = time.perf_counter()
        scores, made = measure(tables, truth)
        seconds = time.perf_counter() - began
        size = f"{tables.documents.num_rows:,} reports, {tables.entities.num_rows:,} entities"
        print(f"seed {seed}: {size}, {seconds:.0f} s")
        for name, found in scores.items():
            print(_line(name, found), flush=True)
        others = measure_others(tables, truth, made, arguments.most_pairs)
        for line in others if arguments.others else ():
            print(line, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=2600)
    parser.add_argument("--others", action="store_true")
    parser.add_argument("--most-pairs", type=int, default=40_000, metavar="N")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "onrecord-worlds"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
