"""The rows that voices are made of: acts joined with their claims, the claims with their sources,
the sources with who they are, as table operations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from onrecord.resolution.tables import Tables

_BATCH = 20_000


def each(table: pa.Table) -> Iterator[dict[str, Any]]:
    """The rows of a table, a batch of them at a time as Python objects."""
    for batch in table.to_batches(max_chunksize=_BATCH):
        yield from batch.to_pylist()


def said_of(tables: Tables, events: pa.Table, canonical: pa.Table) -> pa.Table:
    """One row for each claim that tells of an act (or an act that no claim tells of)."""
    acts = _with(tables.acts.select(_OF_ACTS), "key", events, "act", {"event": "event"})
    acts = acts.filter(pc.is_valid(acts["event"]))
    acts = acts.rename_columns(["act" if name == "key" else name for name in acts.column_names])
    told = _exploded(acts)
    claims = _with_source(tables.claims)
    told = _with(told, "claim", claims, "key", {n: n for n in _OF_CLAIMS})
    documents = {name: name for name in ("published", "publisher", "title")}
    told = _with(told, "document", tables.documents, "key", documents)
    told = _with(told, "source", tables.entities, "key", {n: n for n in _OF_ENTITIES})
    told = _with(told, "source", canonical, "key", {"canonical": "canonical"})
    told = _with(told, "through", canonical, "key", {"through_known": "canonical"})
    passed_on_by = pc.coalesce(told["through_known"], told["through"])
    told = told.append_column("passed_on_by", passed_on_by)
    told = told.append_column("who", pc.coalesce(told["canonical"], told["source"]))
    told = told.append_column(
        "issued", pc.binary_join_element_wise(told["document"], told["publisher"], "|")
    )
    bodies = _bodies_named(tables.entities, canonical)
    told = _with(told, "issued", bodies, "place", {"issuer": "body"})
    held = _posts_held(tables.entities, canonical)
    return _with(told, "who", held, "who", {"posts": "posts", "bodies": "bodies"})


_OF_ACTS = (
    *("key", "document", "modality", "polarity", "claims", "victims", "perpetrators", "sentence"),
    *("place", "date"),
)
_OF_CLAIMS = ("kind", "quote", "text", "cue", "source", "source_words", "through")
_OF_ENTITIES = ("type", "name", "names", "occupations")


def _with(
    table: pa.Table, on: str, other: pa.Table, key: str, columns: Mapping[str, str]
) -> pa.Table:
    """A left join on a unique key; unlike pyarrow's, it carries lists."""
    places = pc.index_in(table[on], value_set=_flat(other[key]))
    for name, column in columns.items():
        table = table.append_column(name, _flat(other[column]).take(_flat(places)))
    return table


def _flat(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    return column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column


def _exploded(acts: pa.Table) -> pa.Table:
    """A row for each claim of an act; one with null for an act without."""
    lists = _flat(acts["claims"])
    empty = pc.fill_null(pc.equal(pc.list_value_length(lists), 0), True)
    plain_acts = acts.drop_columns(["claims"])
    told = plain_acts.take(pc.list_parent_indices(lists))
    told = told.append_column("claim", pc.list_flatten(lists))
    own = plain_acts.filter(empty)
    return pa.concat_tables([told, own.append_column("claim", pa.nulls(len(own), pa.string()))])


def _with_source(claims: pa.Table) -> pa.Table:
    """Claims with their innermost source: the first who is cited, else the speaker."""
    cited = _flat(claims["cited"])
    has = pc.greater(pc.fill_null(pc.list_value_length(cited), 0), 0)
    first = pc.list_element(cited.filter(has), 0)
    places = pc.if_else(has, pc.subtract(pc.cumulative_sum(pc.cast(has, pa.int64())), 1), None)
    entity = pc.struct_field(first, "entity").take(places)
    words = pc.struct_field(first, "words").take(places)
    claims = claims.append_column("source", pc.if_else(has, entity, claims["speaker"]))
    through = pc.cast(pc.if_else(has, claims["speaker"], None), pa.string())
    claims = claims.append_column("through", through)
    return claims.append_column("source_words", pc.if_else(has, words, claims["speaker_words"]))


def _posts_held(entities: pa.Table, canonical: pa.Table) -> pa.Table:
    """Who holds which posts ("role, body") and speaks for which bodies, in whatever document.

    Columns `who` (resolved id, or key), `posts`, `bodies` (resolved ids, or names), lists.
    """
    lists = _flat(entities["posts"])
    holders = pc.list_parent_indices(lists)
    known = _with(entities.select(["key", "document"]), "key", canonical, "key", _CANONICAL)
    known = known.append_column("who", pc.coalesce(known["canonical"], known["key"]))
    posts = pc.list_flatten(lists)
    body = pc.replace_substring_regex(posts, r"^.*?, ", "")
    body = pc.if_else(pc.match_substring(posts, ", "), body, None)
    place = pc.binary_join_element_wise(known["document"].take(holders), body, "|")
    held = pa.table(
        {
            "who": known["who"].take(holders),
            "post": posts,
            "place": place,
            "name": pc.utf8_lower(body),
        }
    )
    held = _with(held, "place", _bodies_named(entities, canonical), "place", {"body": "body"})
    held = held.append_column("of", pc.coalesce(held["body"], held["name"]))
    # Each once: of somebody whom a thousand reports name, every row would carry a thousand posts.
    held = held.group_by(["who", "post", "of"]).aggregate([])
    held = held.sort_by([("who", "ascending"), ("post", "ascending"), ("of", "ascending")])
    lists = held.group_by("who", use_threads=False).aggregate([("post", "list"), ("of", "list")])
    return lists.rename_columns({"post_list": "posts", "of_list": "bodies"})


_CANONICAL = {"canonical": "canonical"}


def _bodies_named(entities: pa.Table, canonical: pa.Table) -> pa.Table:
    """The body that a name stands for in a document: `place` ("document|name") and `body`."""
    bodies = entities.filter(pc.is_in(entities["type"], pa.array(["Organization", "Group"])))
    bodies = _with(bodies.select(["key", "document", "name"]), "key", canonical, "key", _CANONICAL)
    places = pc.binary_join_element_wise(bodies["document"], bodies["name"], "|")
    body = pc.coalesce(bodies["canonical"], pc.utf8_lower(bodies["name"]))
    named = pa.table({"place": places, "body": body})
    return named.take(_first_of_each(named["place"]))


def _first_of_each(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    table = pa.table({"value": column, "row": pa.array(range(len(column)), pa.int64())})
    return table.group_by("value").aggregate([("row", "min")])["row_min"]
