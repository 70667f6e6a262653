"""Independent origins: counted right or not, against the truth of a simulated world.

    python benchmarks/origins.py [--events N] [--seed S] [--found]

Writes nothing. With the true people and events the counting is measured alone; with `--found` it
runs on the people and events that onrecord itself finds, so that every earlier error counts too (a
true event is then taken for the found one that holds most of its acts). Prints, and exits 1 where a
bound is not held:

- the share of events whose number of independent origins is right (at least 0.90);
- the share for which it is too high (at most 0.02).

20,000 reports are about 2,500 events.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from onrecord.corroboration.copies import near_copies
from onrecord.corroboration.lineage import families
from onrecord.corroboration.origins import Origin, find_origins, independent_origins
from onrecord.resolution.tables import Tables, tables
from onrecord.simulation.stream import simulate

Rows = dict[str, list[dict[str, Any]]]


def main() -> None:
    arguments = _arguments()
    made, truth = world(arguments.events, arguments.seed)
    events, people = _pairs(truth["events"], "act", "event"), truth["people"]
    canonical = pa.table(
        {"key": [p["entity"] for p in people], "canonical": [p["person"] for p in people]}
    )
    print(f"{len(made.documents)} reports, {len(truth['origins'])} events")
    told = events
    started = time.perf_counter()
    copies = near_copies(made.documents)
    looked = time.perf_counter() - started
    if arguments.found:
        canonical, told = _found(made, copies)
    table = pa.table({"act": list(told), "event": list(told.values())})
    between = time.perf_counter()
    origins: dict[str, list[Origin]] = defaultdict(list)
    for origin in find_origins(made, table, canonical, copies):
        origins[origin.event].append(origin)
    ended = time.perf_counter()
    print(f"near copies {looked:.1f} s, origins {ended - between:.1f} s")
    of = counterparts(events, told) if arguments.found else {e: e for e in origins}
    off = off_by(truth["origins"], origins, of)
    print(f"found less true: {dict(sorted(off.items()))}")
    total = sum(off.values())
    high = sum(count for by, count in off.items() if by > 0) / total
    held = [
        _print("number of independent origins right", off[0] / total, off[0] / total >= 0.90),
        _print("too high", high, high <= 0.02),
    ]
    sys.exit(not all(held))


def world(events: int, seed: int) -> tuple[Tables, Rows]:
    """The tables of a simulated world, and its truth."""
    truth: Rows = defaultdict(list)

    def records() -> Any:
        for report in simulate(events, seed):
            for name, rows in report.truth.items():
                truth[name] += rows
            yield report.record

    return tables(records()), truth


def off_by(
    true: Iterable[Mapping[str, Any]], origins: Mapping[str, list[Origin]], of: Mapping[str, str]
) -> Counter[int]:
    """How many events have so many independent origins more than is true.

    `origins` are those of each found event; `of` gives the found event of a true one.
    """
    return Counter(
        independent_origins(origins.get(of.get(row["event"], ""), [])) - row["independent_origins"]
        for row in true
    )


def _found(made: Tables, copies: pa.Table) -> tuple[pa.Table, Mapping[str, str]]:
    from onrecord.resolution import resolve
    from onrecord.resolution.events import find_events

    clusters = resolve(made).clusters
    columns = (clusters[name].to_pylist() for name in ("key", "canonical"))
    events = find_events(made, dict(zip(*columns, strict=True)), families=families(copies))
    columns = (events[name].to_pylist() for name in ("act", "event"))
    return clusters, dict(zip(*columns, strict=True))


def counterparts(true: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """For each true event, the found one that holds most of its acts."""
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for act, event in true.items():
        if act in found:
            shared[event][found[act]] += 1
    return {event: count.most_common(1)[0][0] for event, count in shared.items()}


def _pairs(rows: list[dict[str, Any]], key: str, value: str) -> dict[str, str]:
    return {row[key]: row[value] for row in rows}


def _print(name: str, figure: float, held: bool) -> bool:
    print(f"{name:<44}{figure:8.4f}  {'held' if held else 'NOT HELD'}")
    return held


def _arguments() -> argparse.Namespace:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--events", type=int, default=2500)
    arguments.add_argument("--seed", type=int, default=7)
    arguments.add_argument("--found", action="store_true")
    return arguments.parse_args()


if __name__ == "__main__":
    main()
