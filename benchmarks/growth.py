"""How the time and memory of resolution grow with the number of mentions, here and on Ray.

    python benchmarks/growth.py [--sizes 10000 100000 1000000] [--ray 100000]

A mention is what one report tells of one named person (`onrecord.simulation.mentions`); the world
behind it grows with their number. Making it is not counted. Each size is resolved in a process of
its own on two cores; memory is the largest sum over that process and its children. The exponent is
the slope of log time over log mentions. Who is who is scored by B-cubed against the truth. `--ray`
resolves a size again on a Ray cluster started on this machine and compares the answers. Exits 1
where a bound is broken.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import combinations, islice
from pathlib import Path
from typing import Any

import psutil
import pyarrow as pa
import pyarrow.parquet as pq

MOST_EXPONENT = 1.15
MOST_GIGABYTES = 8.0
SEED = 7
BATCH = 20_000


def world(size: int, folder: Path) -> Path:
    """A folder with the entities table of `size` mentions, the true person beside each."""
    from onrecord.resolution.schemas import ENTITIES
    from onrecord.simulation import mentions

    made = folder / f"mentions-{size}-{SEED}"
    if not (made / "done").exists():
        made.mkdir(parents=True, exist_ok=True)
        schema = ENTITIES.append(pa.field("person", pa.string()))
        rows = iter(mentions(size, SEED))
        with pq.ParquetWriter(made / "entities.parquet", schema) as writer:
            while batch := list(islice(rows, BATCH)):
                writer.write_table(pa.Table.from_pylist(batch, schema=schema))
        (made / "done").touch()
    return made


def resolve_here(made: Path, *, ray: bool) -> dict[str, Any]:
    """Resolve a world in this process: seconds, what was compared, and a hash of the answer.

    The clusters are written beside the world.
    """
    from onrecord.resolution import resolve
    from onrecord.resolution.engine import on_ray
    from onrecord.resolution.tables import SCHEMAS, Tables

    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    if ray:
        on_ray()
    empty = {name: schema.empty_table() for name, schema in SCHEMAS.items()}
    columns = SCHEMAS["entities"].names
    entities = pq.read_table(made / "entities.parquet", columns=columns)
    began, spent = time.perf_counter(), time.process_time()
    found = resolve(Tables(**{**empty, "entities": entities}))
    seconds, cpu = time.perf_counter() - began, time.process_time() - spent
    pq.write_table(found.clusters, made / "clusters.parquet")
    digest = hashlib.sha256()
    for batch in found.clusters.to_batches(max_chunksize=100_000):
        digest.update(repr(batch.to_pydict()).encode())
    clusters = len(found.clusters["canonical"].unique())
    pairs = sum(len(part.links.left) for compared in found.rounds for part in compared)
    answer = {"answer": digest.hexdigest()[:16], "clusters": clusters, "pairs": pairs}
    return {"seconds": seconds, "cpu": cpu, "skipped": found.skipped.num_rows, **answer}


def measured(made: Path, *, ray: bool = False) -> dict[str, Any]:
    """`resolve_here` in a process of its own, with the largest memory of it and its children."""
    command = [sys.executable, __file__, "--one", str(made), *(["--on-ray"] if ray else [])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    most = 0
    while process.poll() is None:
        most = max(most, _memory(process.pid))
        time.sleep(0.1)
    printed = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise SystemExit(f"resolving {made} failed with {process.returncode}")
    return {**json.loads(printed.splitlines()[-1]), "gigabytes": most / 1e9, **_scored(made)}


def _memory(process: int) -> int:
    """The resident memory of a process and its children, in bytes."""
    total = 0
    try:
        parent = psutil.Process(process)
        for one in (parent, *parent.children(recursive=True)):
            total += one.memory_info().rss
    except psutil.NoSuchProcess:
        return total
    return total


def _scored(made: Path) -> dict[str, float]:
    """B-cubed of the clusters that were written last, and how many people there truly are."""
    from resolution import b_cubed

    true = pq.read_table(made / "entities.parquet", columns=["key", "person"]).sort_by("key")
    found = pq.read_table(made / "clusters.parquet").sort_by("key")
    numbers = (
        column.combine_chunks().dictionary_encode().indices.to_numpy().astype(int)
        for column in (found["canonical"], true["person"])
    )
    precision, recall, f1 = b_cubed(*numbers)
    people = len(true["person"].unique())
    return {"people": people, "precision": precision, "recall": recall, "f1": f1}


def exponents(found: dict[int, dict[str, Any]]) -> Iterator[tuple[str, float, float]]:
    """Of each two sizes: their names, and the exponents of wall and of processor time."""
    for (small, one), (large, other) in combinations(found.items(), 2):
        wall, processor = (
            math.log(other[name] / one[name]) / math.log(large / small)
            for name in ("seconds", "cpu")
        )
        yield f"{small:,} to {large:,}", wall, processor


def main() -> None:
    arguments = _arguments()
    if arguments.one:
        print(json.dumps(resolve_here(arguments.one, ray=arguments.on_ray)))
        return
    broken, found = [], {}
    for size in arguments.sizes:
        found[size] = measured(world(size, arguments.folder))
        print(f"{size:>9,} mentions: {_line(found[size])}", flush=True)
        if found[size]["gigabytes"] > MOST_GIGABYTES:
            broken.append(f"{size:,} mentions take more than {MOST_GIGABYTES} GB")
    for name, wall, processor in exponents(found):
        print(f"{name}: exponent {wall:.2f} (processor time {processor:.2f})", flush=True)
        if max(wall, processor) > MOST_EXPONENT:
            broken.append(f"{name}: an exponent above {MOST_EXPONENT}")
    for size in arguments.ray:
        there = measured(world(size, arguments.folder), ray=True)
        here = found.get(size) or measured(world(size, arguments.folder))
        same = there["answer"] == here["answer"]
        print(f"{size:>9,} on Ray: {'the same' if same else 'ANOTHER'} answer; {_line(there)}")
        if not same:
            broken.append(f"{size:,} mentions are resolved otherwise on Ray")
    if broken:
        raise SystemExit("\n".join(broken))


def _line(run: dict[str, Any]) -> str:
    times = f"{run['seconds']:.1f} s ({run['cpu']:.1f} s of processor), {run['gigabytes']:.2f} GB"
    counts = f"{run['pairs']:,} pairs, {run['skipped']:,} blocks cut, {run['clusters']:,} clusters"
    score = f"precision {run['precision']:.4f}, recall {run['recall']:.4f}, F1 {run['f1']:.4f}"
    return f"{times}; {counts} of {run['people']:,} people; {score}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--ray", type=int, nargs="*", default=[100_000])
    parser.add_argument(
        "--folder", type=Path, default=Path(tempfile.gettempdir()) / "onrecord-worlds"
    )
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--on-ray", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
