"""Reads what can be found in a case out of its tables, as arrays of numbers by name."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, select

from onrecord.store import naming
from onrecord.store.arrays import UNKNOWN, Coder, Numbers, Pairs, Texts, begins_of
from onrecord.store.tables import DOCUMENTS, FINDABLE, FINDABLE_WHO, PARAGRAPHS

TERMS = ("kind", "language", "origins")
"""What a claim has one of, or none."""
PARTS = ("act", "speaker", "accused", "victim", "place")
"""What a claim has any number of."""
OF_PAIRS = ("used", "claims", "codes", "begins")
"""What `Pairs` are made of, beside their terms."""
_AT_ONCE = 50_000
_FAR = 1 << 32
"""More than a document has characters."""


@dataclass(slots=True)
class _Column:
    """Terms as they are read, `UNKNOWN` for none."""

    coder: Coder = field(default_factory=Coder)
    codes: array[int] = field(default_factory=lambda: array("i"))

    def add(self, term: str | None) -> None:
        self.codes.append(UNKNOWN if term is None else self.coder.of(term))

    def ordered(self) -> tuple[Texts, Numbers]:
        texts, places = self.coder.ordered()
        return texts, places[np.array(self.codes, dtype=np.int64)]


@dataclass(slots=True)
class _Rows:
    """Rows of claims as they are read."""

    numbers: array[int] = field(default_factory=lambda: array("q"))
    """Of each: `seq`, `number`, where it starts, its first and its last day."""
    columns: dict[str, _Column] = field(default_factory=lambda: {name: _Column() for name in TERMS})


def arrays(connection: Connection) -> dict[str, Numbers]:
    """All that `Columns` is made of."""
    rows = _Rows()
    keys = list(_claims(connection, rows))
    numbers = np.array(rows.numbers, dtype=np.int64).reshape(-1, 5)
    terms = {name: column.ordered() for name, column in rows.columns.items()}
    order = _listed(numbers, *terms["origins"])
    numbers, place = numbers[order], np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    seq, number, start, first, last = numbers.T
    documents, places = _paragraphs(connection)
    paragraph = _inside(seq * _FAR + start, documents, places)
    held = np.argsort(paragraph, kind="stable")
    made = {
        "seq": seq.astype(np.int32),
        "number": number.astype(np.int32),
        "paragraph": paragraph,
        "by_key": np.lexsort((number, seq)).astype(np.int32),
        "first": first.astype(np.int32),
        "last": last.astype(np.int32),
        "documents": documents.astype(np.int32),
        "held": held.astype(np.int32),
        "begins": begins_of(paragraph[held], len(documents)),
    }
    for name, (texts, codes) in terms.items():
        made |= texts.arrays(name) | {f"{name}.codes": codes[order].astype(np.int16)}
    made["is_claim"] = made["kind.codes"] != terms["kind"][0].place("act")
    return made | _people(connection, iter(keys), place)


def _listed(numbers: Numbers, texts: Texts, codes: Numbers) -> Numbers:
    """The order of lists: most independent origins first, then as they came in."""
    origins = np.array([*(int(text) for text in texts), 0])
    return np.lexsort((numbers[:, 1], numbers[:, 0], -origins[codes]))


def _claims(connection: Connection, rows: _Rows) -> Iterator[tuple[str, str]]:
    """Read the claims, giving the key of each, in order, which is that of the rows."""
    names = ("document_id", "claim", "seq", "number", "start", "kind", "language", "origins")
    query = select(
        *(FINDABLE.c[name] for name in names), FINDABLE.c.date_from, FINDABLE.c.date_to
    ).order_by(FINDABLE.c.document_id, FINDABLE.c.claim)
    kinds, languages, counted = (rows.columns[name] for name in TERMS)
    for document, claim, seq, number, start, kind, language, origins, first, last in _all(
        connection, query
    ):
        rows.numbers.extend((seq, number, start, _day(first), _day(last)))
        kinds.add(kind)
        languages.add(language or None)
        counted.add(None if origins is None else str(min(origins, 3)))
        yield document, claim


def _day(day: str | None) -> int:
    return int(day.replace("-", "")) if day else 0


def _people(
    connection: Connection, keys: Iterator[tuple[str, str]], place: Numbers
) -> dict[str, Numbers]:
    """Who has which part in which claim, and how all are called; `place` is the row of each key."""
    groups = naming.listed(connection)
    people, acts = Coder(groups), Coder()
    found = _parts(connection, keys, people, acts)
    names, codes = people.ordered()
    kinds, act_codes = acts.ordered()
    amount = len(place)
    made = names.arrays("people") | kinds.arrays("acts")
    for part, (rows, given) in found.items():
        coded = (act_codes if part == "act" else codes)[np.array(given, dtype=np.int64)]
        claims = place[np.array(rows, dtype=np.int64)]
        pairs = Pairs.of(kinds if part == "act" else names, claims, coded, amount)
        made |= _arrays(part, pairs)
    each = [_places(made, part) for part in PARTS if part != "act"]
    made |= _arrays("anybody", _anybody(names, each, amount))
    made["has_act"] = np.diff(made["act.begins"]) > 0
    return made | naming.arrays(connection, groups, codes[: len(groups)])


def _arrays(name: str, pairs: Pairs) -> dict[str, Numbers]:
    return {f"{name}.{part}": getattr(pairs, part) for part in OF_PAIRS}


def _places(made: Mapping[str, Numbers], part: str) -> tuple[Numbers, Numbers]:
    return made[f"{part}.claims"], made[f"{part}.used"][made[f"{part}.codes"]]


def _parts(
    connection: Connection, keys: Iterator[tuple[str, str]], people: Coder, acts: Coder
) -> dict[str, tuple[array[int], array[int]]]:
    """Rows and numbers of terms of each part. Both tables are read in the order of their keys."""
    query = select(FINDABLE_WHO).order_by(FINDABLE_WHO.c.document_id, FINDABLE_WHO.c.claim)
    found = {part: (array("i"), array("i")) for part in PARTS}
    row, key = -1, ("", "")
    for document, claim, part, canonical in _all(connection, query):
        while key != (document, claim):
            row, key = row + 1, next(keys)
        rows, codes = found[part]
        rows.append(row)
        codes.append((acts if part == "act" else people).of(canonical))
    return found


def _anybody(names: Texts, each: Sequence[tuple[Numbers, Numbers]], amount: int) -> Pairs:
    wide = max(1, len(names))
    joined = np.concatenate([rows.astype(np.int64) * wide + codes for rows, codes in each])
    once = np.unique(joined)
    return Pairs.of(names, once // wide, once % wide, amount)


def _paragraphs(connection: Connection) -> tuple[Numbers, Numbers]:
    """The document of each paragraph by its number, and where it begins in the case."""
    query = (
        select(PARAGRAPHS.c.id, DOCUMENTS.c.seq, PARAGRAPHS.c.start)
        .join(DOCUMENTS, DOCUMENTS.c.id == PARAGRAPHS.c.document_id)
        .order_by(PARAGRAPHS.c.id)
    )
    flat = np.fromiter(
        (value for row in _all(connection, query) for value in row), dtype=np.int64
    ).reshape(-1, 3)
    size = int(flat[-1, 0]) + 1 if len(flat) else 1
    documents, places = np.zeros(size, dtype=np.int64), np.full(size, -1, dtype=np.int64)
    documents[flat[:, 0]] = flat[:, 1]
    places[flat[:, 0]] = flat[:, 1] * _FAR + flat[:, 2]
    return documents, places


def _inside(begins: Numbers, documents: Numbers, places: Numbers) -> Numbers:
    """The paragraph in which something begins; 0 where none of its document does before it."""
    order = np.argsort(places, kind="stable")
    found = order[np.searchsorted(places[order], begins, side="right") - 1]
    return np.where(documents[found] == begins // _FAR, found, 0).astype(np.int32)


def _all(connection: Connection, query: Select[*tuple[Any, ...]]) -> Iterator[Sequence[Any]]:
    with connection.execute(query, execution_options={"yield_per": _AT_ONCE}) as found:
        for rows in found.partitions():
            yield from rows
