"""How the time and memory of resolution grow with the number of mentions, here and on Ray.

    python benchmarks/growth.py [--sizes 10000 100000 1000000] [--ray 100000]

A mention is an entity of a document that has a name. Worlds are simulated until they hold as many
as asked; simulating them and making their tables is not counted. Each size is resolved in a process
of its own on two cores; memory is the largest sum over that process and its children. The exponent
is the slope of log time over log mentions. `--ray` resolves a size again on a Ray cluster started
on this machine and compares the answers.
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
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil

MENTIONS_OF_AN_EVENT = 55
SEED = 7


def world(size: int, folder: Path) -> Path:
    """A folder of tables with at least `size` mentions, cut after the report that reaches it."""
    from onrecord.resolution.tables import write_tables

    tables = folder / f"growth-{size}"
    if not (tables / "done").exists():
        write_tables(_records(size), tables)
        (tables / "done").touch()
    return tables


def _records(size: int) -> Iterator[dict[str, Any]]:
    """Records of a simulated world until they hold `size` named entities."""
    from onrecord.resolution.spellings import proper_spellings
    from onrecord.simulation import simulate

    mentions = 0
    for report in simulate(math.ceil(1.3 * size / MENTIONS_OF_AN_EVENT), SEED):
        yield report.record
        entities = report.record["entities"]
        mentions += sum(bool(proper_spellings(entity, report.text)) for entity in entities)
        if mentions >= size:
            return


def resolve_here(tables: Path, *, ray: bool) -> dict[str, Any]:
    """Resolve a folder of tables in this process: seconds, clusters and a hash of the answer."""
    from onrecord.resolution import resolve
    from onrecord.resolution.engine import on_ray
    from onrecord.resolution.tables import read_tables

    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    if ray:
        on_ray()
    began, spent = time.perf_counter(), time.process_time()
    made = resolve(read_tables(tables))
    seconds, cpu = time.perf_counter() - began, time.process_time() - spent
    digest = hashlib.sha256()
    for batch in made.clusters.to_batches(max_chunksize=100_000):
        digest.update(repr(batch.to_pydict()).encode())
    clusters = len(made.clusters["canonical"].unique())
    pairs = sum(len(part.links.left) for compared in made.rounds for part in compared)
    answer = {"answer": digest.hexdigest()[:16], "clusters": clusters, "pairs": pairs}
    return {"seconds": seconds, "cpu": cpu, "skipped": made.skipped.num_rows, **answer}


def measured(tables: Path, *, ray: bool = False) -> dict[str, Any]:
    """`resolve_here` in a process of its own, with the largest memory of it and its children."""
    command = [sys.executable, __file__, "--one", str(tables), *(["--on-ray"] if ray else [])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    most = 0
    while process.poll() is None:
        most = max(most, _memory(process.pid))
        time.sleep(0.1)
    printed = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise SystemExit(f"resolving {tables} failed with {process.returncode}")
    return {**json.loads(printed.splitlines()[-1]), "gigabytes": most / 1e9}


def _memory(process: int) -> int:
    """The memory that a process and its children have to themselves, in bytes."""
    total = 0
    try:
        parent = psutil.Process(process)
        for one in (parent, *parent.children(recursive=True)):
            total += one.memory_info().rss
    except psutil.NoSuchProcess:
        return total
    return total


def main() -> None:
    arguments = _arguments()
    if arguments.one:
        print(json.dumps(resolve_here(arguments.one, ray=arguments.on_ray)))
        return
    found = {}
    for size in arguments.sizes:
        found[size] = measured(world(size, arguments.folder))
        print(f"{size:>9,} mentions: {_line(found[size])}", flush=True)
    for (small, one), (large, other) in pairwise(found.items()):
        wall, processor = (
            math.log(other[name] / one[name]) / math.log(large / small)
            for name in ("seconds", "cpu")
        )
        print(f"{small:,} to {large:,}: exponent {wall:.2f} (processor time {processor:.2f})")
    for size in arguments.ray:
        there = measured(world(size, arguments.folder), ray=True)
        here = found.get(size) or measured(world(size, arguments.folder))
        same = "the same answer" if there["answer"] == here["answer"] else "ANOTHER ANSWER"
        print(f"{size:>9,} on Ray: {_line(there)}: {same}", flush=True)


def _line(run: dict[str, Any]) -> str:
    times = f"{run['seconds']:.1f} s ({run['cpu']:.1f} s of processor), {run['gigabytes']:.2f} GB"
    counts = f"{run['pairs']:,} pairs, {run['clusters']:,} clusters, {run['skipped']:,} blocks cut"
    return f"{times}, {counts}"


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
