"""The same people resolved by splink and by nomenklatura's own matching, for comparison.

Both get what our people have in their tables: every person of every report, with name, post, places
and days. splink blocks on its own; nomenklatura scores the pairs that our blocking proposes, for
all pairs would take days, and joins from its usual threshold.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from onrecord.resolution.partition import connected
from onrecord.resolution.rounds import Compared

Labels = NDArray[np.int64]
MATCH = 0.7
"""The threshold from which nomenklatura's logic-v2 calls a match."""
Described = tuple[str, ...]


def splink_groups(people: pa.Table) -> Labels:
    """The cluster of each person by splink's model on duckdb, estimated without labels."""
    import splink.comparison_library as compare
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    table = pa.Table.from_pylist([_row(n, row) for n, row in enumerate(people.to_pylist())])
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("given", [0.92, 0.85]).configure(
                term_frequency_adjustments=True
            ),
            compare.JaroWinklerAtThresholds("family", [0.92, 0.85]).configure(
                term_frequency_adjustments=True
            ),
            compare.JaroWinklerAtThresholds("post", [0.9]),
            compare.ArrayIntersectAtSizes("places", [2, 1]),
            compare.AbsoluteDateDifferenceAtThresholds(
                "day", input_is_string=True, metrics=["day", "month", "year"], thresholds=[7, 3, 1]
            ),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("given", "family"),
            block_on("family", "day"),
            block_on("given", "day"),
            block_on("family", "post"),
        ],
    )
    linker = Linker(DuckDBAPI().register(table), settings, log_level=40)
    linker.training.estimate_probability_two_random_records_match(
        [block_on("given", "family", "day")], recall=0.3
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in (block_on("family", "day"), block_on("given", "day")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predicted = linker.inference.predict(threshold_match_probability=0.9)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predicted, threshold_match_probability=0.99
    )
    found = clusters.as_pyarrow_table()
    numbers = np.unique(found["cluster_id"].to_numpy(), return_inverse=True)[1]
    labels = np.empty(people.num_rows, dtype=np.int64)
    labels[found["unique_id"].to_numpy()] = numbers
    return labels


def _row(number: int, row: dict[str, Any]) -> dict[str, Any]:
    from datetime import date, timedelta

    words = max(row["names"], key=lambda name: (len(name.split()), name)).split()
    day = date(1970, 1, 1) + timedelta(days=row["first"]) if row["first"] is not None else None
    return {
        "unique_id": number,
        "given": " ".join(words[:-1]) or None,
        "family": words[-1],
        "post": row["posts"][0] if row["posts"] else None,
        "places": [*row["places"], *row["settings"]],
        "day": day.isoformat() if day else None,
    }


def nomenklatura_groups(people: pa.Table, compared: Compared) -> Labels:
    """The cluster of each person by logic-v2, over the pairs of our first round.

    Profiles of the first round (the same full name in the same matter) are taken as one from the
    start, as they are for us; equal names and posts are scored once.
    """
    from nomenklatura.matching import LogicV2

    config = LogicV2.default_config()
    entities: dict[Described, Any] = {}
    joined = []
    for (left, right), pairs in to_score(people, compared).items():
        made = (_entity(left, entities), _entity(right, entities))
        if LogicV2.compare(*made, config).score >= MATCH:
            joined += pairs
    together = np.array(joined, dtype=np.int64).reshape(-1, 2)
    size = len(compared.profiles)
    return connected(size, together[:, 0], together[:, 1])[compared.profile_of]


def to_score(
    people: pa.Table, compared: Compared
) -> dict[tuple[Described, Described], list[tuple[int, int]]]:
    """What is to be scored, with the pairs of profiles of the first round that it speaks of."""
    first_of = np.unique(compared.profile_of, return_index=True)[1]
    described = [_described(row) for row in people.take(pa.array(first_of)).to_pylist()]
    found: dict[tuple[Described, Described], list[tuple[int, int]]] = {}
    sides = (side.tolist() for side in (compared.links.left, compared.links.right))
    for one, other in zip(*sides, strict=True):
        left, right = sorted((described[one], described[other]))
        found.setdefault((left, right), []).append((one, other))
    return found


def _described(row: dict[str, Any]) -> Described:
    return (max(row["names"], key=lambda name: (len(name.split()), name)), *row["posts"][:1])


def _entity(described: Described, known: dict[Described, Any]) -> Any:
    """A FollowTheMoney person with an id of its own, for the library caches by id."""
    from followthemoney import model

    if described not in known:
        name, *posts = described
        properties = {"name": [name], "position": posts}
        data = {"id": f"person-{len(known)}", "schema": "Person", "properties": properties}
        known[described] = model.get_proxy(data)
    return known[described]
