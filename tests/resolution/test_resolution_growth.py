from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from onrecord.resolution import resolve
from onrecord.resolution.columns import in_order
from onrecord.resolution.schemas import ENTITIES
from onrecord.resolution.sets import distinct
from onrecord.resolution.tables import SCHEMAS, Tables


@given(st.lists(st.integers(-(2**62), 2**62)))
def test_distinct_numbers_are_sorted_each_once(values: list[int]) -> None:
    assert distinct(np.array(values, dtype=np.int64)).tolist() == sorted(set(values))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=4)))
def test_texts_are_numbered_in_the_order_of_the_alphabet(texts: list[str]) -> None:
    numbers, ordered = in_order(pa.array(texts, pa.string()))
    assert ordered.to_pylist() == sorted(set(texts))
    assert ordered.take(pa.array(numbers)).to_pylist() == texts


def _namesakes(number: int) -> Tables:
    """So many reports of an Ada Osk: all of one place, days apart, nothing else known."""
    rows = [
        {
            "key": f"sha256:{n:05d}|entity:0",
            "document": f"sha256:{n:05d}",
            "type": "Person",
            "name": "Ada Osk",
            "names": ["Ada Osk", "Osk"],
            "settings": ["Vellaport"],
            "first": 17_000 + 9 * n,
            "last": 17_000 + 9 * n,
            "undecided": False,
        }
        | {name: [] for name in ("occupations", "posts", "kin", "places", "company")}
        for n in range(number)
    ]
    tables = {name: schema.empty_table() for name, schema in SCHEMAS.items()}
    return Tables(**{**tables, "entities": pa.Table.from_pylist(rows, schema=ENTITIES)})


def test_pairs_grow_with_the_number_of_rows_that_bear_one_name() -> None:
    pairs = [
        len(resolve(_namesakes(number)).rounds[0][0].links.left) for number in (300, 600, 1200)
    ]
    assert pairs[0] > 300
    assert pairs[1] < 2.2 * pairs[0]
    assert pairs[2] < 2.2 * pairs[1]


def test_a_crowded_block_is_reported() -> None:
    skipped = resolve(_namesakes(200)).skipped
    assert set(skipped["rows"].to_pylist()) == {200}
