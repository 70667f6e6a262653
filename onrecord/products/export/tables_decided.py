"""The table of people's decisions: judgements, grades and what else people put down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from onrecord.products.export.columns import Column, Leaf, Row, Table, Value
from onrecord.store.decisions import standing
from onrecord.store.log import Entry, canonical


def _told(name: str, meaning: str, empty: str) -> Column:
    def value(row: Row) -> Value:
        found = row.thing.payload.get(name)
        return None if found in (None, "") else str(found)

    return Column(name, "text", meaning, value, empty)


def _entry(name: str, meaning: str, kind: Any = "text", empty: str = "never empty") -> Column:
    return Column(name, kind, meaning, lambda row: getattr(row.thing, name) or None, empty)


_OTHER = "the decision is of another kind"


def _none(leaf: Leaf) -> Iterator[Row]:
    """Decisions belong to the case and not to one document."""
    del leaf
    return iter(())


def _payload(row: Row) -> Value:
    """All of it; what an undo takes back by its number here, not by the log's."""
    payload = dict(row.thing.payload)
    if row.within[1]:
        payload["entry"] = row.within[1]
    return canonical(payload)


DECISIONS = Table(
    "decisions",
    "What people decided, in order; none is taken out when it is undone",
    ("number",),
    (
        Column("number", "integer", "Number of the decision, from 1", lambda row: row.number),
        _entry("kind", "judge, grade, undo or another"),
        _entry("at", "When", "time"),
        _entry("actor", "Who", empty="it may not leave the case"),
        Column("holds", "boolean", "Whether nobody has taken it back", lambda row: row.within[0]),
        _told(
            "subject", "What a grade or another decision is of: a document, entity or claim", _OTHER
        ),
        _told("source_reliability", "Admiralty scale, A to F", _OTHER),
        _told("information_credibility", "Admiralty scale, 1 to 6", _OTHER),
        _told("left", "One of two entities: `document|entity`", _OTHER),
        _told("right", "The other", _OTHER),
        _told("verdict", "same, different or unsure", _OTHER),
        Column(
            "takes_back",
            "integer",
            "Number of the decision that an undo takes back",
            lambda row: row.within[1],
            _OTHER,
        ),
        _told("why", "The reason they gave", "they gave none"),
        Column(
            "payload",
            "text",
            "All that the log says of it, JSON",
            _payload,
        ),
    ),
    _none,
)


def decided(leaf: Leaf, decisions: Sequence[Entry]) -> Iterator[Row]:
    """The rows of decisions; `leaf` is nobody's."""
    hold = {entry.seq for entry in standing(decisions)}
    numbers = {entry.seq: number for number, entry in enumerate(decisions, 1)}
    undoing = _undoing(decisions)
    for entry in decisions:
        holds = entry.seq in (undoing if entry.kind == "undo" else hold)
        takes_back = numbers.get(entry.payload.get("entry", 0))
        yield Row(leaf, entry, (holds, takes_back), numbers[entry.seq])


def _undoing(decisions: Sequence[Entry]) -> set[int]:
    """The undos that nobody has taken back."""
    undone: set[int] = set()
    for entry in reversed(decisions):
        if entry.kind == "undo" and entry.seq not in undone:
            undone.add(entry.payload["entry"])
    return {entry.seq for entry in decisions if entry.kind == "undo"} - undone
