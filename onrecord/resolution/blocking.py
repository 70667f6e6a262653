"""Which rows are worth a comparison: those that share a key of their names (blocking).

A block of more rows than `most` is split by a second key (a place, a post, a relative, somebody
named beside them); of what is still too large, each row is compared with the block's largest
profiles and its neighbours in time (sorted neighbourhood, Hernández and Stolfo 1995). So the number
of pairs grows with the number of rows, whatever the names are. What was left out is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from onrecord.resolution.engine import engine
from onrecord.resolution.evidence import Evidence, Names
from onrecord.resolution.names.keys import keys
from onrecord.resolution.sets import Ints
from onrecord.resolution.signs import coarse_keys
from onrecord.vocabulary import load

SKIPPED = pa.schema({"key": pa.string(), "rows": pa.int64()})
WHOLE = ("p:", "w:", "a:", "u:", "c:")
"""Keys that rest on more than one word: only blocks of these are worth splitting."""
SECOND = ("moments", "kin", "posts", "company", "settings")
"""What splits a block that is too large."""


@dataclass(frozen=True)
class Candidates:
    """Pairs of rows, the smaller first, each once, sorted; and the blocks not compared in full."""

    left: Ints
    right: Ints
    skipped: pa.Table


def candidates(evidence: Evidence, names: Names) -> Candidates:
    """The pairs to compare among the rows of one kind."""
    limits = load("resolution")["blocks"]
    column, size = engine().col, max(len(evidence), 1)
    keyed = _keyed(evidence, names).collect()
    sizes = keyed.groupby("key").agg(column("row").count().alias("rows")).collect()
    large = sizes.where(column("rows") > limits["most"]).collect()
    small = sizes.where((column("rows") > 1) & (column("rows") <= limits["most"]))
    whole = large.where(_is_whole(column("key")))
    crowded = keyed.join(whole.select("key"), on="key").collect()
    pairs = [_pairs_within(keyed.join(small.select("key"), on="key"), size)]
    if crowded.count_rows():
        pairs += _split(crowded, evidence, limits)
    codes = np.unique(np.concatenate(pairs))
    skipped = large.sort("key").to_arrow().cast(SKIPPED)
    return Candidates(codes // size, codes % size, skipped)


def _is_whole(key: Any) -> Any:
    start = key.left(2)
    found = start == WHOLE[0]
    for other in WHOLE[1:]:
        found = found | (start == other)
    return found


def _keyed(evidence: Evidence, names: Names) -> Any:
    """A table (row, key): every key of every spelling of every row, each once."""
    daft, kind = engine(), evidence.kind

    @daft.func.batch(return_dtype=daft.DataType.list(daft.DataType.string()))  # type: ignore[untyped-decorator]
    def keys_of(spelled: Any) -> list[list[str]]:
        return [[*keys(name, kind), *coarse_keys(name, kind)] for name in spelled.to_pylist()]

    numbered = pa.table({"name": np.arange(len(names.spelled)), "spelled": names.spelled})
    of_name = daft.from_arrow(numbered).select(
        daft.col("name"), keys_of(daft.col("spelled")).alias("key")
    )
    rows = pa.table({"row": evidence.names.rows, "name": evidence.names.values})
    joined = daft.from_arrow(rows).join(of_name.explode("key"), on="name")
    return joined.where(daft.col("key").not_null()).select("row", "key").distinct()


def _pairs_within(blocks: Any, size: int) -> Ints:
    """All pairs within the blocks of a table (row, key), as numbers `left * size + right`."""
    col = engine().col
    blocks = blocks.collect()
    others = blocks.select(col("key"), col("row").alias("other"))
    paired = blocks.join(others, on="key").where(col("row") < col("other"))
    codes = paired.select((col("row") * size + col("other")).alias("code")).distinct().to_arrow()
    return np.asarray(codes["code"].to_numpy(), dtype=np.int64)


def _split(crowded: Any, evidence: Evidence, limits: dict[str, int]) -> Iterator[Ints]:
    """The pairs of blocks that are too large: by a second key, else near ones and large ones."""
    daft, size = engine(), len(evidence)
    col = daft.col
    seconds = daft.from_arrow(_second_keys(evidence))
    both = crowded.join(seconds, on="row").select(
        col("row"), col("key").concat(col("second")).alias("key")
    )
    both = both.collect()
    sizes = both.groupby("key").agg(col("row").count().alias("rows"))
    small = sizes.where((col("rows") > 1) & (col("rows") <= limits["most"]))
    yield _pairs_within(both.join(small.select("key"), on="key"), size)
    table = crowded.to_arrow()
    key = table["key"].combine_chunks().dictionary_encode()
    order = np.argsort(np.asarray(key.dictionary.to_pylist(), dtype=object), kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    block = rank[key.indices.to_numpy()]
    row = table["row"].to_numpy()
    yield from _beside(block, row, evidence.first[row], limits["neighbours"], size)
    yield from _beside(block, row, evidence.best[row], limits["neighbours"], size)
    yield from _with_largest(block, row, evidence.mentions[row], limits["largest"], size)


def _second_keys(evidence: Evidence) -> pa.Table:
    """A table (row, second): what else a row has, as short strings, the kinds kept apart."""
    rows, texts = [], []
    for kind in SECOND:
        sets = getattr(evidence, kind)
        rows.append(sets.rows)
        texts.append(np.char.add(f"|{kind[:2]}", sets.values.astype(np.str_)))
    return pa.table({"row": np.concatenate(rows), "second": np.concatenate(texts)})


def _beside(block: Ints, row: Ints, value: Ints, reach: int, size: int) -> Iterator[Ints]:
    """Each row of a block with the next few when the block is sorted by a value."""
    order = np.lexsort((row, value, block))
    block, row = block[order], row[order]
    for step in range(1, reach + 1):
        same = block[step:] == block[:-step]
        yield _codes(row[:-step][same], row[step:][same], size)


def _with_largest(block: Ints, row: Ints, mentions: Ints, reach: int, size: int) -> Iterator[Ints]:
    """Each row of a block with the few rows of it that take in most mentions, if more than one."""
    order = np.lexsort((row, -mentions, block))
    block, row, mentions = block[order], row[order], mentions[order]
    starts = np.searchsorted(block, np.arange(block.max() + 1))
    for place in range(reach):
        at = np.minimum(starts[block] + place, len(block) - 1)
        kept = (block[at] == block) & (mentions[at] > 1) & (row[at] != row)
        yield _codes(row[kept], row[at][kept], size)


def _codes(one: Ints, other: Ints, size: int) -> Ints:
    codes: Ints = np.minimum(one, other) * size + np.maximum(one, other)
    return codes
