from __future__ import annotations

from itertools import product

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


_SYLLABLES = [one + other for one in "BDFGKLMNPRST" for other in "aeiou"][:24]


def _row(number: int, name: str, posts: list[str]) -> dict[str, object]:
    row: dict[str, object] = {
        "key": f"sha256:{number:05d}|entity:0",
        "document": f"sha256:{number:05d}",
        "type": "Person",
        "name": name,
        "names": [name, name.split()[-1]],
        "first": 17_000 + 9 * number,
        "last": 17_000 + 9 * number,
        "undecided": False,
        "posts": posts,
    }
    return row | {name: [] for name in ("occupations", "kin", "places", "settings", "company")}


def _tables(rows: list[dict[str, object]]) -> Tables:
    tables = {name: schema.empty_table() for name, schema in SCHEMAS.items()}
    return Tables(**{**tables, "entities": pa.Table.from_pylist(rows, schema=ENTITIES)})


def _namesakes(number: int) -> Tables:
    """So many reports of an Ada Osk: all of one place, days apart, nothing else known."""
    rows = [_row(n, "Ada Osk", []) for n in range(number)]
    return _tables([row | {"settings": ["Vellaport"]} for row in rows])


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


def test_a_post_told_a_thousand_times_of_one_man_makes_one_of_him_before_any_pair() -> None:
    others = [f"{one}{other.lower()}n Rask" for one, other in product(_SYLLABLES, repeat=2)]
    rows = [_row(n, name, []) for n, name in enumerate(others)]
    post = ["minister, Roads Ministry of Vell"]
    rows += [_row(len(others) + n, "Boro Tal", post) for n in range(1000)]
    assert len(resolve(_tables(rows)).rounds[0][0].profiles) == len(others) + 1
