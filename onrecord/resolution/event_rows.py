"""The acts of a case's tables as the arrays that events are told from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from onrecord.resolution.event_evidence import UNKNOWN, Acts, Numbers, Rows
from onrecord.resolution.event_parts import Columns, parted
from onrecord.resolution.event_passages import passages_in_common
from onrecord.resolution.tables import Tables, days_of
from onrecord.vocabulary import load

WIDTH = 6
"""So many victims, and so many perpetrators, of an act are compared."""


def acts_of(
    tables: Tables, canonical: Mapping[str, str], families: Mapping[str, str] | None = None
) -> Acts:
    """The rows of `tables.acts` as arrays, in their order.

    `canonical` gives the resolved id of an entity's key; a key it does not hold is an entity of its
    own. Only named people and bodies count as victims and perpetrators here: two groups of
    "unknown gunmen" need not be the same. `families` gives, for a document with near copies, the
    one of them that stands for all.
    """
    acts = tables.acts
    column = {name: acts.column(name).to_pylist() for name in _PLAIN}
    published = dict(
        zip(
            tables.documents.column("key").to_pylist(),
            (days_of(day)[1] for day in tables.documents.column("published").to_pylist()),
            strict=True,
        )
    )
    entities = _in_acts(tables)
    named = _named(entities, canonical)
    kinds = {
        kind: number
        for number, kin in enumerate(load("event_rules")["families"].values())
        for kind in kin
    }
    place = _codes([named.get(key) if key else None for key in column["place"]])
    told = _codes([told or key for told, key in zip(column["event"], column["key"], strict=True)])
    first, last = _days(column["first"]), _days(column["last"])
    victims, least = _parties(column["victims"], named), _numbers(column["count_min"])
    kind = _codes(column["type"])
    return Acts(
        document=_codes(column["document"]),
        told=parted(told, Columns(kind, place, first, last, victims, least)),
        type=kind,
        family=np.array([kinds.get(kind, -1) for kind in column["type"]], dtype=np.int64),
        first=first,
        last=last,
        published=_days(published.get(document) for document in column["document"]),
        place=place,
        country=_codes(column["country"]),
        lat=_numbers(column["lat"]),
        lon=_numbers(column["lon"]),
        least=least,
        most=_numbers(column["count_max"]),
        victims=victims,
        perpetrators=_parties(column["perpetrators"], named),
        sorts=_parties(column["victims"], _sorts(entities)),
        passage=passages_in_common(
            families or {}, *(column[n] for n in ("key", "document", "type", "sentence"))
        ),
        sentence=_codes([words or None for words in column["sentence"]]),
    )


_PLAIN = (
    *("key", "document", "event", "type", "first", "last", "place", "country", "lat", "lon"),
    *("count_min", "count_max", "victims", "perpetrators", "sentence"),
)


def _in_acts(tables: Tables) -> pa.Table:
    """The entities that acts speak of: of a large case the names alone would fill the memory."""
    lists = (tables.acts[name].combine_chunks() for name in ("victims", "perpetrators"))
    keys = [tables.acts["place"].combine_chunks(), *(pc.list_flatten(one) for one in lists)]
    value_set = pa.concat_arrays(keys).unique()
    columns = tables.entities.select(["key", "type", "name", "country"])
    return columns.filter(pc.is_in(columns["key"], value_set=value_set))


def _named(entities: pa.Table, canonical: Mapping[str, str]) -> dict[str, str]:
    """Who each named person, body or place is: its resolved id, else what its name says."""
    columns = ("key", "type", "name", "country")
    rows = zip(*(entities.column(name).to_pylist() for name in columns), strict=True)
    return {
        key: canonical.get(key) or (key if kind == "Person" else f"{kind} {name.casefold()} {land}")
        for key, kind, name, land in rows
        if kind != "Group"
    }


def _sorts(entities: pa.Table) -> dict[str, str]:
    """The word that each group without a name is called by: the last of what it is called."""
    rows = zip(
        *(entities.column(name).to_pylist() for name in ("key", "type", "name")), strict=True
    )
    words = {key: name.casefold().split() for key, kind, name in rows if kind == "Group"}
    return {key: said[-1].rstrip("s") for key, said in words.items() if said}


def _codes(values: Iterable[str | None]) -> Rows:
    """Numbers for texts, the same for the same text whatever the order of rows; -1 for None."""
    given = list(values)
    number = {text: i for i, text in enumerate(sorted({v for v in given if v is not None}))}
    return np.array([-1 if v is None else number[v] for v in given], dtype=np.int64)


def _days(values: Iterable[int | None]) -> Rows:
    return np.array([UNKNOWN if v is None else v for v in values], dtype=np.int64)


def _numbers(values: Iterable[float | None]) -> Numbers:
    return np.array([np.nan if v is None else v for v in values], dtype=np.float64)


def _parties(lists: list[list[str] | None], named: Mapping[str, str]) -> Rows:
    who = [sorted({named[key] for key in keys or () if key in named})[:WIDTH] for keys in lists]
    flat = iter(_codes([name for names in who for name in names]).tolist())
    table = np.full((len(lists), WIDTH), -1, dtype=np.int64)
    for row, names in enumerate(who):
        for place in range(len(names)):
            table[row, place] = next(flat)
    return table
