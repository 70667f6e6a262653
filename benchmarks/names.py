"""Pairs of names a second, and how right, beside nomenklatura's logic-v2 on the same pairs.

    python benchmarks/names.py PAIRS.csv

Three figures for each, all in seconds of processor time, so that other work on the machine matters
less:

- `labelled`: the labelled pairs, and how many decisions are right.
- `first sight`: every name is seen in one pair alone. The labelled names with another word of
  letters added to both sides, so that no name and no pair comes twice.
- `case`: as in a case, where blocking brings each name together with others: every labelled
  name with names drawn by chance, each name in about 40 pairs.

Nothing is kept from one pair to the next but what either system keeps of a name it has seen. The
words that we keep are dropped before each run; entities of logic-v2, which keeps the names of an
entity by its id, are made anew with ids of their own. Reading names and making entities is counted.
What logic-v2 keeps by the words themselves (`lru_cache` in rigour and nomenklatura: parts
of a name, distances, sounds) stays from run to run as far as it has room, since that cannot be told
from its word lists: where the same few pairs are run again and again, as in `labelled`, this is to
its advantage.
Not counted, for either, is what is done once in a process: both have their word lists loaded when
the clock starts, and what is loaded by then is left out of garbage collection, so that neither has
to walk through what the other has loaded.
"""

from __future__ import annotations

import argparse
import csv
import gc
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

from followthemoney import model
from nomenklatura.matching.logic_v2.model import LogicV2

from onrecord.resolution.names import compare_many, lexicon, threshold

Pair = tuple[str, str, str]
LEAST = 20.0
"""Times as fast as logic-v2 in each of the three; below it in any of them the run exits with 1."""
MATCH = 0.7
"""The score from which logic-v2 is said to match, as its own bench has it."""


def onrecord(pairs: list[Pair]) -> list[bool]:
    lexicon.forget()
    left, right, kinds = (list(column) for column in zip(*pairs, strict=True))
    scores = compare_many(left, right, kinds)
    least = {kind: threshold(kind) for kind in set(kinds)}
    return [score >= least[kind] for score, kind in zip(scores.tolist(), kinds, strict=True)]


class Entities:
    """Entities of logic-v2, one a name and schema, with ids that were never used before."""

    made = 0

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], object] = {}

    def of(self, name: str, schema: str) -> object:
        """The entity of a name, the same one for the same name."""
        if (name, schema) not in self.known:
            entity = model.make_entity(schema)
            Entities.made += 1
            entity.id = f"e{Entities.made}"
            entity.add("name", name)
            self.known[name, schema] = entity
        return self.known[name, schema]


def logic_v2(pairs: list[Pair]) -> list[bool]:
    config, entities = LogicV2.default_config(), Entities()
    return [
        LogicV2.compare(entities.of(left, kind), entities.of(right, kind), config).score >= MATCH
        for left, right, kind in pairs
    ]


def first_sight(pairs: list[Pair], wanted: int, rng: random.Random) -> list[Pair]:
    """As many pairs of names that stand in no other pair: a word is added to both sides."""
    many: list[Pair] = []
    while len(many) < wanted:
        for left, right, kind in pairs:
            word = "".join(
                rng.choice(s) for s in ("bdgklmnprstz", "aeiou", "lmnrst", "aeiou", "dknrt")
            )
            many.append((f"{left} {word.title()}", f"{right} {word.title()}", kind))
    return many[:wanted]


def of_a_case(pairs: list[Pair], wanted: int, rng: random.Random) -> list[Pair]:
    """As many pairs of the labelled names, drawn by chance within a schema."""
    by_kind: dict[str, list[str]] = {}
    for left, right, kind in pairs:
        by_kind.setdefault(kind, []).extend((left, right))
    drawn = (rng.choice(pairs) for _ in range(wanted))
    return [(left, rng.choice(by_kind[kind]), kind) for left, _, kind in drawn]


def seconds(compare: Callable[[list[Pair]], list[bool]], pairs: list[Pair]) -> float:
    """The best of three runs; of more where the pairs are few, for both alike: a run of a few
    milliseconds says little on a machine that does other work.
    """
    best = float("inf")
    for _ in range(max(3, 10_000 // len(pairs))):
        started = time.process_time()
        compare(pairs)
        best = min(best, time.process_time() - started)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--many", type=int, default=20_000, help="pairs of the second and third")
    args = parser.parse_args()
    rows = list(csv.DictReader(args.pairs.open(encoding="utf-8")))
    pairs = [(row["name1"], row["name2"], row["schema"]) for row in rows]
    gold = [row["is_match"] == "true" for row in rows]
    for name, compare in (("onrecord", onrecord), ("logic-v2", logic_v2)):
        right = sum(said == same for said, same in zip(compare(pairs), gold, strict=True))
        print(f"{name}: {right} of {len(gold)} labelled pairs decided rightly")
    gc.collect()
    gc.freeze()
    rng = random.Random(7)
    held: dict[str, float] = {}
    print(f"{'pairs a second':16}{'onrecord':>12}{'logic-v2':>12}{'times':>8}")
    for name, some in (
        ("labelled", pairs),
        ("first sight", first_sight(pairs, args.many, rng)),
        ("case", of_a_case(pairs, args.many, rng)),
    ):
        ours, theirs = (len(some) / seconds(compare, some) for compare in (onrecord, logic_v2))
        print(f"{name:16}{ours:12,.0f}{theirs:12,.0f}{ours / theirs:8.1f}", flush=True)
        held[name] = ours / theirs
    sys.exit(min(held.values()) < LEAST)


if __name__ == "__main__":
    main()
