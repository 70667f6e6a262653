"""The events of a case, each with its reports, its independent origins and its contradictions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from onrecord.corroboration.contradictions import Contradiction
from onrecord.corroboration.corroborate import Corroboration
from onrecord.corroboration.origins import Origin, independent_origins
from onrecord.resolution.tables import Tables
from onrecord.vocabulary import load

Row = Mapping[str, Any]
_WORDS = 40
"""So many words of a claim are shown."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one origin says where it contradicts another.

    `key` is that of an act or a claim, `gives` what it gives for the field, `words` the claim.
    """

    key: str
    source: str
    path: str
    gives: str
    words: str


@dataclass(frozen=True, slots=True)
class Against:
    """Two origins side by side that cannot both be right about `field`."""

    field: str
    says: str
    left: Side
    right: Side


@dataclass(frozen=True, slots=True)
class Answered:
    """What one origin gives or denies, `answer`, and all that it cannot be right together with.

    `title` names the field in which they differ.
    """

    field: str
    title: str
    sides: tuple[Side, ...]
    answer: Side


@dataclass(frozen=True, slots=True)
class EventSummary:
    """One event of a case. Dates and places are all that are given for it, none chosen."""

    id: str
    types: tuple[str, ...]
    dates: tuple[str, ...]
    places: tuple[str, ...]
    reports: int
    independent_origins: int
    sources: tuple[str, ...]
    contradictions: tuple[Against, ...]


def answered(found: Iterable[Against]) -> tuple[Answered, ...]:
    """Contradictions by what answers: a denial stands once, below all that it denies."""
    answers: dict[tuple[str, str], list[Against]] = defaultdict(list)
    for against in found:
        answers[against.field, against.right.key].append(against)
    titles = load("contradictions")["titles"]
    return tuple(
        Answered(field, titles[field], tuple(one.left for one in told), told[0].right)
        for (field, _), told in answers.items()
    )


def summaries(tables: Tables, found: Corroboration) -> list[EventSummary]:
    """All events, those told in most reports first."""
    columns = ("document", "type", "date", "place_name")
    rows: list[Row] = tables.acts.select(columns).to_pylist()
    acts: dict[str, list[Row]] = defaultdict(list)
    for row, event in zip(rows, found.events["event"].to_pylist(), strict=True):
        acts[event].append(row)
    origins, against = defaultdict(list), defaultdict(list)
    for origin in found.origins:
        origins[origin.event].append(origin)
    for contradiction in found.contradictions:
        against[contradiction.event].append(contradiction)
    sides = _Sides(tables, found.contradictions)
    made = [
        _summary(event, acts[event], origins[event], tuple(sides.of(against[event])))
        for event in acts
    ]
    return sorted(made, key=lambda event: (-event.reports, event.id))


def _summary(
    event: str, acts: Sequence[Row], origins: Sequence[Origin], against: tuple[Against, ...]
) -> EventSummary:
    return EventSummary(
        id=event,
        types=_given(acts, "type"),
        dates=_given(acts, "date"),
        places=_given(acts, "place_name"),
        reports=len({act["document"] for act in acts}),
        independent_origins=independent_origins(origins),
        sources=tuple(origin.source for origin in origins if origin.affirms),
        contradictions=against,
    )


def _given(acts: Sequence[Row], name: str) -> tuple[str, ...]:
    return tuple(sorted({act[name] for act in acts if act[name]}))


class _Sides:
    """The two sides of contradictions, with the words and the document of each."""

    def __init__(self, tables: Tables, found: Sequence[Contradiction]) -> None:
        keys = {key for each in found for key in (each.left, each.right)}
        acts = _rows(tables.acts, keys)
        claims = _rows(tables.claims, keys | {claim for act in acts for claim in act["claims"]})
        told = (*acts, *claims)
        self._told: dict[str, Row] = {row["key"]: row for row in told}
        speakers = {claim["speaker"] for claim in claims if claim["speaker"]}
        self._names = {row["key"]: row["name"] for row in _rows(tables.entities, speakers)}
        known = tables.documents.select(("key", "path", "publisher")).to_pylist()
        self._paths = {row["key"]: row["path"] for row in known}
        self._publishers = {row["key"]: row["publisher"] for row in known}

    def of(self, found: Sequence[Contradiction]) -> Iterator[Against]:
        says = load("contradictions")["fields"]
        for each in found:
            keys = (each.left, each.right)
            left, right = (self._side(*side) for side in zip(keys, each.says, strict=True))
            yield Against(each.field, says[each.field], left, right)

    def _said(self, row: Row) -> Iterator[Row]:
        """The claims in which an act is told; a claim is its own."""
        yield from (self._told[claim] for claim in row.get("claims", ()))
        yield row

    def _speaker(self, claim: Row) -> str:
        """Who makes a claim, by name or else in the claim's words; nothing for an act."""
        named: str = self._names.get(claim.get("speaker") or "", "")
        return named or " ".join((claim.get("speaker_words") or "").split())

    def _side(self, key: str, gives: str) -> Side:
        row = self._told[key]
        # Whoever said these words, not whom their origin is called by.
        source = next(filter(None, map(self._speaker, self._said(row))), "")
        source = source or self._publishers[row["document"]] or self._paths[row["document"]]
        claims = [self._told[claim]["text"] for claim in row.get("claims", ())] or [row["text"]]
        words = " ".join(" ".join(claims[0].split()).split(" ")[:_WORDS])
        return Side(key, source, self._paths[row["document"]], " ".join(gives.split()), words)


def _rows(table: pa.Table, keys: set[str]) -> list[Row]:
    """The rows of some keys: those of the whole case would fill the memory."""
    wanted = pc.is_in(table["key"], value_set=pa.array(sorted(keys), pa.string()))
    rows: list[Row] = table.filter(wanted).to_pylist()
    return rows
