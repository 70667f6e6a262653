"""Columns of texts, days and numbers of a table made into flat arrays of numbers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.resolution.sets import Floats, Ints, Sets

NO_DAY = np.iinfo(np.int64).min


def coded_lists(columns: list[pa.ChunkedArray], sign: Callable[[str], str], size: int) -> Sets:
    """The sets of signs of columns of lists of names; names without a sign are left out."""
    flat = [flattened(column) for column in columns]
    coded = pc.dictionary_encode(pa.concat_arrays([values for _, values in flat]))
    signs = pa.array([sign(text) for text in coded.dictionary.to_pylist()], pa.string())
    return coded_texts(np.concatenate([p for p, _ in flat]), signs.take(coded.indices), size)


def coded_texts(rows: Ints, texts: pa.Array, size: int) -> Sets:
    """The sets that rows and texts give, numbered in the order of the alphabet; "" is left out."""
    number, spelled = in_order(texts)
    empty = len(spelled) > 0 and spelled[0].as_py() == ""
    kept = number >= int(empty)
    return Sets.of(rows[kept], number[kept], size=size)


def in_order(texts: pa.Array) -> tuple[Ints, pa.Array]:
    """The number of each text, and the texts by number: each once, in the order of the alphabet."""
    coded = pc.dictionary_encode(texts)
    order = pc.array_sort_indices(coded.dictionary).to_numpy().astype(np.int64)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    index = coded.indices.to_numpy(zero_copy_only=False)
    return rank[index], coded.dictionary.take(pa.array(order))


def flattened(column: pa.ChunkedArray) -> tuple[Ints, pa.Array]:
    """The values of a column of lists, with the row that each stands in."""
    array = column.combine_chunks()
    array = array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
    parents = pc.list_parent_indices(array).to_numpy(zero_copy_only=False)
    return parents.astype(np.int64), pc.list_flatten(array)


def code_numbers(column: pa.ChunkedArray) -> Ints:
    """Codes from 1 in the order of the alphabet; 0 for null and for "unknown"."""
    values = sorted({v for v in pc.unique(column).to_pylist() if v and v != "unknown"})
    found = pc.index_in(column, value_set=pa.array(values, pa.string()))
    codes: Ints = pc.fill_null(found, -1).to_numpy().astype(np.int64) + 1
    return codes


def day_numbers(column: pa.ChunkedArray) -> Ints:
    """Days counted from 1970-01-01, `NO_DAY` for null."""
    found: Ints = pc.fill_null(column.cast(pa.int64()), NO_DAY).to_numpy()
    return found


def floats(column: pa.ChunkedArray) -> Floats:
    """Numbers, not a number for null."""
    found: Floats = pc.fill_null(column, float("nan")).to_numpy()
    return found
