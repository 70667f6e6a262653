"""Whether a claim's confidence is what it says: how often claims that sure are right.

    python benchmarks/calibration.py --data POLNEAR/dev [--limit N]

Right is a claim whose content and source are right (`polnear.py` beside this file). Prints bins of
confidence with the number of claims, their mean confidence and the share that is right, and last
the expected calibration error: the mean distance of the two, weighted by the number of claims.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from polnear import read, right

from onrecord.pipeline import Job, extract

BINS = 10

Judged = tuple[float, bool]
"""A confidence, and whether what it was given to is right."""


def table(judged: Iterable[Judged]) -> list[tuple[int, float, float]]:
    """(number, mean confidence, share right) of each bin of equal width that holds something."""
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for sure, good in judged:
        bins[min(BINS - 1, int(sure * BINS))].append((sure, good))
    return [
        (len(held), sum(s for s, _ in held) / len(held), sum(g for _, g in held) / len(held))
        for held in bins
        if held
    ]


def expected_error(rows: Iterable[tuple[int, float, float]]) -> float:
    """The expected calibration error over bins."""
    held = list(rows)
    total = sum(count for count, _, _ in held)
    return sum(count * abs(sure - good) for count, sure, good in held) / max(1, total)


def show(name: str, judged: list[Judged]) -> None:
    """Print the bins and, last, the error."""
    rows = table(judged)
    print(f"{'number':>8}{'confidence':>12}{'right':>8}")
    for count, sure, good in rows:
        print(f"{count:>8}{sure:>12.3f}{good:>8.3f}")
    print(f"{name}, expected calibration error: {expected_error(rows):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="a part of PolNeAR")
    parser.add_argument("--limit", type=int, help="only the first N articles")
    args = parser.parse_args()
    judged: list[Judged] = []
    without = 0
    for article in read(args.data, args.limit):
        claims = extract(Job(article.text, article.name)).claims
        good = right(article, claims)
        judged += [(c.confidence, c.id in good) for c in claims if c.confidence is not None]
        without += sum(c.confidence is None for c in claims)
    if without:
        print(f"{without} claims state no confidence")
    show("claims", judged)


if __name__ == "__main__":
    main()
