"""How well acts of many reports are told to be one event, and where their origins contradict.

    python benchmarks/events.py --events 3400 --seed 1

Simulated reports (their faultless records), compared with the truth written beside them. `events`
gives B-cubed precision, recall and F1 over acts, and the same over pairs of acts; `contradictions`
counts pairs of accounts of one event and field. By default people and origins are the true ones, so
that this measures its own part only; `--found` takes the people and origins that onrecord finds.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from resolution import b_cubed

from onrecord.corroboration.contradictions import contradictions
from onrecord.corroboration.corroborate import corroborate
from onrecord.resolution import resolve
from onrecord.resolution.events import find_events
from onrecord.resolution.tables import Tables, tables
from onrecord.simulation import write_world

Triple = tuple[float, float, float]


def lines(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def scores(right: float, said: float, true: float) -> Triple:
    """Precision, recall and F1."""
    precision, recall = right / said if said else 0.0, right / true if true else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def pairwise(said: Mapping[str, str], truth: Mapping[str, str]) -> Triple:
    """Precision, recall and F1 over pairs of keys that are together."""

    def pairs(sizes: Iterable[int]) -> int:
        return sum(n * (n - 1) // 2 for n in sizes)

    together = Counter((said[key], truth[key]) for key in truth)
    return scores(
        pairs(together.values()),
        pairs(Counter(said[key] for key in truth).values()),
        pairs(Counter(truth.values()).values()),
    )


def true_origins(made: Tables, accounts: Mapping[str, str]) -> dict[str, str]:
    """The account of each act, by the first of its claims that has one."""
    rows = zip(
        made.acts.column("key").to_pylist(), made.acts.column("claims").to_pylist(), strict=True
    )
    told = {key: next((accounts[c] for c in claims if c in accounts), None) for key, claims in rows}
    return {key: account for key, account in told.items() if account}


def disagreements(
    found: Iterable[tuple[str, str, str]], account: Mapping[str, str], event: Mapping[str, str]
) -> set[tuple[str, str, frozenset[str]]]:
    """Contradictions as (event, field, accounts), so that it does not matter which act shows it."""
    return {
        (
            event.get(left) or event.get(right) or "",
            name,
            frozenset((account[left], account[right])),
        )
        for name, left, right in found
        if left in account and right in account
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=3400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--found", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_world(Path(folder), events=args.events, seed=args.seed, texts=False)
        made = tables(lines(Path(folder, "records.jsonl")))
        truth = {name: lines(Path(folder, f"truth/{name}.jsonl")) for name in TRUTH}
    who = {row["entity"]: row["person"] for row in truth["people"]}
    event = {row["act"]: row["event"] for row in truth["events"]}
    account = {row["claim"]: row["account"] for row in truth["claims"]}
    started = time.perf_counter()
    found = corroborate(made, resolve(made).clusters) if args.found else None
    events = found.events if found else find_events(made, who)
    said = dict(zip(*events.to_pydict().values(), strict=True))
    seconds = time.perf_counter() - started
    print(f"{made.documents.num_rows} reports, {len(event)} acts, {seconds:.1f} s")
    print(f"{'':<24}{'P':>8}{'R':>8}{'F1':>8}")
    row("events, B-cubed", b_cubed([said[key] for key in event], list(event.values())))
    row("events, pairs", pairwise(said, event))
    origin = true_origins(made, account)
    against = found.contradictions if found else contradictions(made, said, account, who)
    told = {**account, **origin}
    ours = disagreements(((c.field, c.left, c.right) for c in against), told, event)
    gold = disagreements(
        ((c["field"], c["left"], c["right"]) for c in truth["contradictions"]),
        told,
        {**event, **claim_events(made, event)},
    )
    row("contradictions", scores(len(ours & gold), len(ours), len(gold)))
    for name in {c[1] for c in ours | gold}:
        a, b = ({c for c in side if c[1] == name} for side in (ours, gold))
        row(f"  {name}", scores(len(a & b), len(a), len(b)), len(b))


def claim_events(made: Tables, event: Mapping[str, str]) -> dict[str, str]:
    """The event that each claim's acts are of."""
    rows = zip(
        made.acts.column("key").to_pylist(), made.acts.column("claims").to_pylist(), strict=True
    )
    return {claim: event[key] for key, claims in rows for claim in claims if key in event}


def row(name: str, figures: Triple, number: int | None = None) -> None:
    print(
        f"{name:<24}"
        + "".join(f"{100 * f:8.1f}" for f in figures)
        + (f"   of {number}" if number else "")
    )


TRUTH = ("people", "events", "claims", "contradictions")

if __name__ == "__main__":
    main()
