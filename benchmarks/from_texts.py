"""From the words to the answer: simulated reports are read as texts, nothing is taken as given.

    python benchmarks/from_texts.py --events 100 --seed 3 [--records EXTRACTED.jsonl]

The other benchmarks of people, events and origins take the faultless records that the simulator
writes, and so measure resolution alone. Here the texts are extracted first, and every fault of
extraction counts. Prints how often what was extracted agrees with the faultless record, and then
B-cubed of people, bodies, places and acts, and how often the number of independent origins is
right. Acts and entities that have no counterpart in the faultless record are left out of B-cubed
and counted apart. `--records` takes records extracted before.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from events import lines
from origins import counterparts as events_of
from origins import off_by
from resolution import b_cubed

from onrecord.corroboration.corroborate import corroborate
from onrecord.resolution import resolve
from onrecord.resolution.tables import tables
from onrecord.simulation import counterparts, write_world

Record = dict[str, Any]
Labels = dict[str, str]


def extracted(folder: Path) -> Iterator[Record]:
    """The records of the texts of a world, as `onrecord extract` makes them."""
    command = [sys.executable, "-m", "onrecord", "extract", "--jsonl", str(folder / "reports")]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    yield from map(json.loads, done.stdout.splitlines())


class World:
    """A world of texts: `found` and `true` records by document, and which is which in them."""

    def __init__(self, events: int, seed: int, records: Path | None = None) -> None:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            write_world(folder, events=events, seed=seed, texts=True)
            self.true = {r["document"]["id"]: r for r in lines(folder / "records.jsonl")}
            found = lines(records) if records else extracted(folder)
            self.found = {r["document"]["id"]: r for r in found}
            self.truth = {n: lines(folder / f"truth/{n}.jsonl") for n in TRUTH}
        self.acts: Labels = {}
        self.entities: Labels = {}
        for document, true in self.true.items():
            record = self.found[document]
            for kind in ("acts", "entities"):
                which = getattr(counterparts, kind)(record, true)
                getattr(self, kind).update(
                    {f"{document}|{one}": f"{document}|{other}" for one, other in which.items()}
                )

    def labels(self, of: Mapping[str, str], name: str, key: str, value: str) -> Labels:
        """The truth of what was found: of each key the label of its counterpart."""
        truth = {row[key]: row[value] for row in self.truth[name]}
        return {one: truth[other] for one, other in of.items() if other in truth}


TRUTH = ("people", "events", "origins")


def fields(world: World) -> Iterator[tuple[str, Counter[str]]]:
    """How often each field of a document or an act is as in the faultless record."""
    count: dict[str, Counter[str]] = defaultdict(Counter)
    for document, true in world.true.items():
        found = world.found[document]
        for name in ("title", "publisher", "published"):
            count[name][_agree(found["document"].get(name), true["document"].get(name))] += 1
        acts = {act["id"]: act for act in true["acts"]}
        got = set()
        for act in found["acts"]:
            other = world.acts.get(f"{document}|{act['id']}")
            if other is None:
                count["acts"]["not in the truth"] += 1
                continue
            meant = acts[other.split("|", 1)[1]]
            got.add(meant["id"])
            count["type"][_agree(act["type"], meant["type"])] += 1
            count["date"][_agree(act.get("date"), meant.get("date"))] += 1
            for name, of in (("place", _places), ("perpetrators", _perpetrators)):
                count[name][_agree(of(found, act), of(true, meant))] += 1
        count["acts"]["as in the truth"] += len(got)
        count["acts"]["missing"] += len(acts) - len(got)
    yield from count.items()


def _agree(found: object, true: object) -> str:
    if found == true:
        return "as in the truth"
    if not found:
        return "missing"
    return "other" if true else "not in the truth"


def _places(record: Record, act: Record) -> list[str]:
    return _names(record, [act["place"]] if act.get("place") else [])


def _perpetrators(record: Record, act: Record) -> list[str]:
    return _names(record, [who["entity"] for who in act["perpetrators"]])


def _names(record: Record, ids: list[str]) -> list[str]:
    names = {entity["id"]: entity["name"] for entity in record["entities"]}
    return sorted(names[one] for one in ids)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=100)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--records", type=Path, help="records extracted before")
    args = parser.parse_args()
    world = World(args.events, args.seed, args.records)
    print(f"{len(world.true)} reports")
    for name, count in fields(world):
        total = count.total()
        print(f"{name:14}" + "".join(f"  {what} {n / total:.3f}" for what, n in count.items()))
    made = tables(world.found[document] for document in world.true)
    clusters = resolve(made).clusters
    canonical = dict(zip(*(clusters[n].to_pylist() for n in ("key", "canonical")), strict=True))
    types = {
        f"{document}|{entity['id']}": entity["type"]
        for document, record in world.found.items()
        for entity in record["entities"]
    }
    who = world.labels(world.entities, "people", "entity", "person")
    print(f"{'B-cubed':14}{'of':>8}{'P':>8}{'R':>8}{'F1':>8}")
    for kind in ("Person", "Organization", "Place"):
        keys = [key for key in who if types[key] == kind and key in canonical]
        print_scores(kind, [canonical[key] for key in keys], [who[key] for key in keys])
    found = corroborate(made, clusters)
    said = dict(zip(*found.events.to_pydict().values(), strict=True))
    event = world.labels(world.acts, "events", "act", "event")
    print_scores("events", [said[key] for key in event], list(event.values()))
    origins = defaultdict(list)
    for origin in found.origins:
        origins[origin.event].append(origin)
    off = off_by(world.truth["origins"], origins, events_of(event, said))
    total = off.total()
    high = sum(count for by, count in off.items() if by > 0)
    print(f"independent origins right {off[0] / total:.3f}, too high {high / total:.3f}")
    print(f"found less true: {dict(sorted(off.items()))}")


def print_scores(name: str, found: list[str], true: list[str]) -> None:
    """A line with the number of members, and B-cubed precision, recall and F1."""
    print(f"{name:14}{len(found):8,}" + "".join(f"{s:8.3f}" for s in b_cubed(found, true)))


if __name__ == "__main__":
    main()
