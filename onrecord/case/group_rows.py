"""The rows that pages read of who is who: groups, their spellings and documents, open questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table

from onrecord.case.who import worth
from onrecord.store.found import rank
from onrecord.store.log import plain
from onrecord.store.resolved import kept_score
from onrecord.store.tables import GROUP_DOCUMENTS, GROUP_NAMES, GROUPS, TALLIES, WORTH
from onrecord.store.words import folded_name

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]
Rows = Iterator[tuple[Table, Row]]
_BATCH = 20_000


def group_rows(
    entities: pa.Table, clusters: pa.Table, seqs: Mapping[str, int], resting: dict[str, int]
) -> Rows:
    """The rows of all groups.

    `entities` as in `resolution.schemas`, `clusters` (key, canonical), `seqs` by document.
    `resting` gives how many claims and acts rest on an entity, by key; when all rows are read, it
    gives the same for each group.
    """
    import pyarrow.compute as pc

    places = pc.index_in(entities["key"], value_set=clusters["key"].combine_chunks())
    named = entities.select(["key", "document", "type", "name", "names"])
    named = named.append_column("canonical", clusters["canonical"].combine_chunks().take(places))
    named = named.sort_by([("canonical", "ascending"), ("key", "ascending")])
    kinds: Counter[str] = Counter()
    for canonical, found in groupby(each(named), key=lambda row: row["canonical"]):
        members = list(found)
        weight = sum(resting.pop(member["key"], 0) for member in members)
        resting[canonical] = weight
        kinds[min(member["type"] for member in members)] += 1
        yield from _group(canonical, members, weight, seqs)
    for kind, number in sorted(kinds.items()):
        yield TALLIES, {"what": "groups", "value": kind, "number": number}


def each(table: pa.Table) -> Iterator[Row]:
    """The rows of a table, a batch of them at a time as Python objects."""
    for batch in table.to_batches(max_chunksize=_BATCH):
        yield from batch.to_pylist()


def _group(canonical: str, members: Sequence[Row], weight: int, seqs: Mapping[str, int]) -> Rows:
    documents = dict.fromkeys(member["document"] for member in members)
    kind = min(member["type"] for member in members)
    place = rank(len(documents), canonical)
    name = _commonest(Counter(member["name"] for member in members))
    told = {"canonical": canonical, "type": kind, "rank": place}
    counted = {"documents": len(documents), "weight": weight}
    yield GROUPS, told | counted | {"name": plain(name), "folded": folded_name(name)}
    for document in documents:
        yield (
            GROUP_DOCUMENTS,
            {
                "canonical": canonical,
                "document_id": document,
                "seq": seqs[document],
            },
        )
    for folded, (written, number) in _spelled(members).items():
        spelling = {"folded": folded, "name": plain(written), "documents": number}
        yield GROUP_NAMES, told | spelling


def _commonest(counts: Counter[str]) -> str:
    """The commonest; of equally common ones the longest."""
    return max(counts, key=lambda name: (counts[name], len(name), name))


def _spelled(members: Sequence[Row]) -> dict[str, tuple[str, int]]:
    """For each folded spelling how it is commonest written, and in how many documents it stands."""
    written: dict[str, Counter[str]] = {}
    held: dict[str, set[str]] = {}
    for member in members:
        for name in dict.fromkeys((member["name"], *(member["names"] or ()))):
            folded = folded_name(name)
            if folded:
                written.setdefault(folded, Counter())[name] += 1
                held.setdefault(folded, set()).add(member["document"])
    return {f: (_commonest(written[f]), len(held[f])) for f in written}


def worth_rows(proposals: pa.Table, clusters: pa.Table, weights: Mapping[str, int]) -> Rows:
    """What a decision on each proposal (left, right, score) is worth; `weights` by group."""
    import pyarrow.compute as pc

    keys, names = (clusters[name].combine_chunks() for name in ("key", "canonical"))
    sides = [names.take(pc.index_in(proposals[n], value_set=keys)) for n in ("left", "right")]
    asked = proposals.select(["left", "right", "score"])
    for name, side in zip(("one", "other"), sides, strict=True):
        asked = asked.append_column(name, side)
    for row in each(asked):
        score, groups = kept_score(row["score"]), {row["one"], row["other"]}
        affected = sum(weights.get(group, 0) for group in groups)
        yield (
            WORTH,
            {
                "left_key": row["left"],
                "right_key": row["right"],
                "score": score,
                "affected": affected,
                "value": worth(score, affected),
                "joined": int(len(groups) == 1),
            },
        )
    yield TALLIES, {"what": "proposals", "value": "all", "number": proposals.num_rows}
