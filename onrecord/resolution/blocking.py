"""Which rows are worth a comparison: those that share a key of their names (blocking).

A block of more rows than `most` is split by a second key (a place, a post, a relative, somebody
named beside them) into parts, compared where they have at most `part` rows. Beside that, each row
of such a block is compared with its largest profiles and its neighbours in time (sorted
neighbourhood, Hernández and Stolfo 1995). These bounds are numbers of rows, so the number of pairs
grows with the number of rows, whatever the names are. What was left out is counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from onrecord.resolution.columns import in_order
from onrecord.resolution.engine import engine
from onrecord.resolution.evidence import Evidence, Names
from onrecord.resolution.names.keys import keys
from onrecord.resolution.sets import Ints, distinct
from onrecord.resolution.signs import coarse_keys
from onrecord.vocabulary import load

SKIPPED = pa.schema({"key": pa.string(), "rows": pa.int64()})
WHOLE = ("p:", "w:", "a:", "u:", "c:")
"""Keys that rest on more than one word: only blocks of these are worth splitting."""
SECOND = ("moments", "kin", "posts", "company", "settings")
"""What splits a block that is too large."""


@dataclass(frozen=True)
class Keys:
    """The keys of the spellings of a case: spelling `name[i]` has the key `texts[key[i]]`.

    `texts` are in the order of the alphabet; `whole` says which rest on more than one word.
    """

    name: Ints
    key: Ints
    texts: pa.Array
    whole: NDArray[np.bool_]


@dataclass(frozen=True)
class Candidates:
    """Pairs of rows, the smaller first, each once, sorted; and the blocks not compared in full."""

    left: Ints
    right: Ints
    skipped: pa.Table


def keys_of(names: Names, kind: str) -> Keys:
    """Every key of every spelling. To be made once for a case: spellings stay what they are."""
    daft = engine()

    @daft.func.batch(return_dtype=daft.DataType.list(daft.DataType.string()))  # type: ignore[untyped-decorator]
    def of_each(spelled: Any) -> list[list[str]]:
        return [[*keys(name, kind), *coarse_keys(name, kind)] for name in spelled.to_pylist()]

    numbered = pa.table({"name": np.arange(len(names.spelled)), "spelled": names.spelled})
    listed = daft.from_arrow(numbered).select(
        daft.col("name"), of_each(daft.col("spelled")).alias("key")
    )
    table = listed.explode("key").where(daft.col("key").not_null()).to_arrow()
    number, texts = in_order(table["key"].combine_chunks())
    whole = np.zeros(len(texts), dtype=bool)
    for start in WHOLE:
        whole |= pc.starts_with(texts, start).to_numpy(zero_copy_only=False)
    return Keys(table["name"].to_numpy().astype(np.int64), number, texts, whole)


def candidates(evidence: Evidence, known: Keys) -> Candidates:
    """The pairs to compare among the rows of one kind, whose spellings have the `known` keys."""
    limits = load("resolution")["blocks"]
    column, size = engine().col, max(len(evidence), 1)
    keyed = _keyed(evidence, known).collect()
    sizes = keyed.groupby("key").agg(column("row").count().alias("rows")).collect()
    small = sizes.where((column("rows") > 1) & (column("rows") <= limits["most"]))
    large = sizes.where(column("rows") > limits["most"]).sort("key").to_arrow()
    number = large["key"].to_numpy().astype(np.int64)
    pairs = [_pairs_within(keyed.join(small.select("key"), on="key"), size)]
    whole = engine().from_arrow(pa.table({"key": number[known.whole[number]]}))
    crowded = keyed.join(whole, on="key").collect()
    if crowded.count_rows():
        pairs += _split(crowded, evidence, limits)
    codes = distinct(np.concatenate(pairs))
    skipped = pa.table({"key": known.texts.take(pa.array(number)), "rows": large["rows"]})
    return Candidates(codes // size, codes % size, skipped.cast(SKIPPED))


def _keyed(evidence: Evidence, known: Keys) -> Any:
    """A table (row, key): every key of every spelling of every row, each once."""
    daft = engine()
    rows = pa.table({"row": evidence.names.rows, "name": evidence.names.values})
    keyed = daft.from_arrow(pa.table({"name": known.name, "key": known.key}))
    joined = daft.from_arrow(rows).join(keyed, on="name")
    return joined.select("row", "key").distinct()


def _pairs_within(blocks: Any, size: int) -> Ints:
    """All pairs within the blocks of a table (row, key), as numbers `left * size + right`.

    A pair that several blocks hold is given as often.
    """
    col = engine().col
    blocks = blocks.collect()
    others = blocks.select(col("key"), col("row").alias("other"))
    paired = blocks.join(others, on="key").where(col("row") < col("other"))
    codes = paired.select((col("row") * size + col("other")).alias("code")).to_arrow()
    found: Ints = codes["code"].to_numpy().astype(np.int64, copy=False)
    return found


def _split(crowded: Any, evidence: Evidence, limits: dict[str, int]) -> Iterator[Ints]:
    """The pairs of blocks that are too large: by a second key, else near ones and large ones."""
    daft, size = engine(), len(evidence)
    col = daft.col
    second, bound = _second_keys(evidence)
    both = crowded.join(daft.from_arrow(second), on="row").select(
        col("row"), (col("key") * bound + col("second")).alias("key")
    )
    both = both.collect()
    sizes = both.groupby("key").agg(col("row").count().alias("rows"))
    small = sizes.where((col("rows") > 1) & (col("rows") <= limits["part"]))
    yield _pairs_within(both.join(small.select("key"), on="key"), size)
    table = crowded.to_arrow()
    block, row = (table[name].to_numpy().astype(np.int64) for name in ("key", "row"))
    yield from _beside(block, row, evidence.first[row], limits["neighbours"], size)
    yield from _beside(block, row, evidence.best[row], limits["neighbours"], size)
    yield from _with_largest(block, row, evidence.mentions[row], limits["largest"], size)


def _second_keys(evidence: Evidence) -> tuple[pa.Table, int]:
    """A table (row, second): numbers of what else a row has, the kinds kept apart; their bound."""
    rows, numbers, bound = [], [], 0
    for kind in SECOND:
        sets = getattr(evidence, kind)
        rows.append(sets.rows)
        numbers.append(sets.values + bound)
        bound += sets.bound
    return pa.table({"row": np.concatenate(rows), "second": np.concatenate(numbers)}), bound


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
