"""How well people, organizations and places are resolved in simulated worlds of known truth.

    python benchmarks/resolution.py --events 2600 --seeds 1 2 [--others]

Scores are B-cubed (Bagga and Baldwin 1998) over all mentions of a kind. `--others` has splink and
nomenklatura resolve the same people.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from onrecord.resolution import Resolution, resolve
from onrecord.resolution.evidence import KINDS, usable
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


def measure_others(tables: Tables, truth: dict[str, str], made: Resolution) -> dict[str, Scores]:
    """B-cubed of splink and of nomenklatura on the same people."""
    from resolution_others import nomenklatura_groups, splink_groups

    people = usable(tables.entities.sort_by("key").combine_chunks(), "person")
    true = [truth.get(key, key) for key in people["key"].to_pylist()]
    compared = next(part for part in made.rounds[0] if part.profiles.kind == "person")
    groups = {
        "splink": splink_groups(people),
        "nomenklatura": nomenklatura_groups(people, compared),
    }
    return {name: b_cubed(labels.tolist(), true) for name, labels in groups.items()}


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
        if arguments.others:
            scores |= measure_others(tables, truth, made)
        for name, (precision, recall, f1) in scores.items():
            print(
                f"  {name:14} precision {precision:.4f}  recall {recall:.4f}  F1 {f1:.4f}",
                flush=True,
            )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=2600)
    parser.add_argument("--others", action="store_true")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "onrecord-worlds"
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
