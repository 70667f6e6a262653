"""A whole case: its events, the independent origins of each, and where these contradict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa

from onrecord.corroboration.contradictions import Contradiction, contradictions
from onrecord.corroboration.copies import near_copies
from onrecord.corroboration.lineage import families
from onrecord.corroboration.origins import Origin, find_origins
from onrecord.resolution.events import find_events
from onrecord.resolution.tables import Tables


@dataclass(frozen=True, slots=True)
class Corroboration:
    """`events` has a row for each act (act, event); origins and contradictions name their event."""

    events: pa.Table
    origins: tuple[Origin, ...]
    contradictions: tuple[Contradiction, ...]


def corroborate(
    tables: Tables, clusters: pa.Table, *, different: Iterable[tuple[str, str]] = ()
) -> Corroboration:
    """Work out events, origins and contradictions of a case.

    `clusters` are the resolved entities (key, canonical), people's judgements in them. `different`
    are pairs of keys of acts that a person judged to belong to two events. The answer does not
    depend on the order of the documents.
    """
    columns = (clusters.column(name).to_pylist() for name in ("key", "canonical"))
    canonical = dict(zip(*columns, strict=True))
    copies = near_copies(tables.documents)
    events = find_events(tables, canonical, different=different, families=families(copies))
    origins = tuple(find_origins(tables, events, clusters, copies))
    of_member = {key: origin.id for origin in origins for key in origin.members}
    of_act = dict(zip(events["act"].to_pylist(), events["event"].to_pylist(), strict=True))
    return Corroboration(
        events=events,
        origins=origins,
        contradictions=tuple(contradictions(tables, of_act, of_member, canonical)),
    )
