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
from onrecord.passages.sentence import sentence
from onrecord.resolution.tables import Tables
from onrecord.vocabulary import load

Row = Mapping[str, Any]
_WORDS = 40
"""So many words of a claim or a sentence are shown."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one origin says where it contradicts another.

    `key` is that of an act or a claim, `gives` what it gives for the field, `words` the claim, or
    the sentence of an act that its report tells in its own voice.
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
class Differing:
    """All that the origins of an event give for one field in which they contradict each other.

    `title` names the field. `given` are the sides, those that give the same together, in the order
    of their reports. Where something is denied, `given` are those who allege it, in one group, and
    `denied` those who deny the very same.
    """

    field: str
    title: str
    given: tuple[tuple[Side, ...], ...]
    denied: tuple[Side, ...] = ()


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


def differing(found: Iterable[Against]) -> tuple[Differing, ...]:
    """The contradictions of an event by field, each side once; denials with what each denies."""
    fields: dict[str, list[Against]] = defaultdict(list)
    for against in found:
        fields[against.field].append(against)
    titles = load("contradictions")["titles"]
    told: list[Differing] = []
    for field, these in fields.items():
        if field == "denial":
            told += [Differing(field, titles[field], *each) for each in _denied(these)]
        else:
            told.append(Differing(field, titles[field], _by_what_they_give(these)))
    return tuple(told)


def _by_what_they_give(found: Iterable[Against]) -> tuple[tuple[Side, ...], ...]:
    sides = {side.key: side for against in found for side in (against.left, against.right)}
    given: dict[str, list[Side]] = defaultdict(list)
    for side in sides.values():
        given[side.gives.casefold()].append(side)
    return tuple(map(tuple, given.values()))


def _denied(
    found: Iterable[Against],
) -> Iterator[tuple[tuple[tuple[Side, ...], ...], tuple[Side, ...]]]:
    """What is alleged, and those who deny it: denials of the very same stand together."""
    denials: dict[str, list[Against]] = defaultdict(list)
    for against in found:
        denials[against.right.key].append(against)
    together: dict[tuple[str, ...], list[list[Against]]] = defaultdict(list)
    for each in denials.values():
        together[tuple(sorted(one.left.key for one in each))].append(each)
    for those in together.values():
        alleged = tuple(one.left for one in those[0])
        yield (alleged,), tuple(each[0].right for each in those)


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
        reports = _rows(tables.documents, {act["document"] for act in acts if not act["claims"]})
        self._texts = {row["key"]: row["text"] for row in reports}

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

    def _sentence(self, row: Row) -> str:
        """The sentence of an act that its report tells in its own voice; a claim's own words."""
        text = self._texts.get(row["document"])
        if text is None or "claims" not in row:
            return str(row["text"])
        span = (row["start"], row["start"] + len(row["text"]))
        return str(text[slice(*sentence(text, span))])

    def _side(self, key: str, gives: str) -> Side:
        row = self._told[key]
        # Whoever said these words, not whom their origin is called by.
        source = next(filter(None, map(self._speaker, self._said(row))), "")
        source = source or self._publishers[row["document"]] or self._paths[row["document"]]
        claims = [self._told[claim]["text"] for claim in row.get("claims", ())]
        words = (claims or [self._sentence(row)])[0].split()
        told = " ".join(words[:_WORDS]) + (" …" if len(words) > _WORDS else "")
        return Side(key, source, self._paths[row["document"]], " ".join(gives.split()), told)


def _rows(table: pa.Table, keys: set[str]) -> list[Row]:
    """The rows of some keys: those of the whole case would fill the memory."""
    wanted = pc.is_in(table["key"], value_set=pa.array(sorted(keys), pa.string()))
    rows: list[Row] = table.filter(wanted).to_pylist()
    return rows
