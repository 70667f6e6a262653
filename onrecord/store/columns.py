"""What can be found in a case as columns of numbers, so that any choice of it is counted at once.

Made of the tables `FINDABLE` and `FINDABLE_WHO` with the paragraphs of the index for search; kept
in memory for as long as they hold, for a few cases. For 540,000 claims the process grows by about
265 MB.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, func, select

from onrecord.store.tables import DOCUMENTS, FINDABLE, FINDABLE_WHO, LOG, PARAGRAPHS

T = TypeVar("T")
Numbers = NDArray[Any]
UNKNOWN = -1
_AT_ONCE = 50_000
_TOLD = 5_000
_MOST_CASES = 4
_FEW = 16
"""A part of the claims from which on they are looked up one by one."""
_FAR = 1 << 32
"""More than a document has characters."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A column with one term a claim: `codes` are places in `terms`, `UNKNOWN` where none is."""

    terms: tuple[str, ...]
    codes: Numbers


@dataclass(frozen=True, slots=True)
class Pairs:
    """A column with any number of terms a claim: rows of claims in order, and places in `terms`."""

    terms: tuple[str, ...]
    claims: Numbers
    codes: Numbers

    def numbers(self, rows: Numbers, amount: int) -> Numbers:
        """How many of some claims, by their rows in order, have each term; of `amount` in all."""
        if len(rows) * _FEW > amount:
            inside = np.zeros(amount, dtype=bool)
            inside[rows] = True
            codes = self.codes[inside[self.claims]]
        else:
            begins = np.searchsorted(self.claims, rows, side="left")
            lengths = np.searchsorted(self.claims, rows, side="right") - begins
            before = np.repeat(begins - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
            codes = self.codes[before + np.arange(len(before))]
        return np.bincount(codes, minlength=len(self.terms))


@dataclass(frozen=True, slots=True)
class Columns:
    """Claims, a row each, in the order of their keys.

    `seq` and `number` say where a claim stands, `paragraph` in which one of the index for search
    (0: in none). `first` and `last` are days as whole numbers (20230131), 0 where open. `best` are
    the rows as they are listed: those with most independent origins first. `parts` are who has
    which part in it, all of one list of terms; `anybody` is whoever has any.
    """

    seq: Numbers
    number: Numbers
    paragraph: Numbers
    first: Numbers
    last: Numbers
    best: Numbers
    terms: Mapping[str, Terms]
    parts: Mapping[str, Pairs]
    anybody: Pairs
    documents: Numbers
    """The number (`seq`) of the document of each paragraph, by the paragraph's number."""
    is_claim: Numbers
    """Which rows are claims, and not acts that no claim tells of."""
    has_act: Numbers
    """Which rows tell of an act."""
    remembered: Memory = field(default_factory=lambda: Memory(200))
    """What was counted lately."""

    @property
    def amount(self) -> int:
        """How many claims there are."""
        return len(self.seq)

    def documents_of(self, connection: Connection, paragraphs: Sequence[int]) -> Numbers:
        """The numbers (`seq`) of the documents of some paragraphs, in order."""
        known = np.asarray(paragraphs, dtype=np.int64)
        late = known[known >= len(self.documents)].tolist()
        seqs = [self.documents[known[known < len(self.documents)]]]
        for first in range(0, len(late), _TOLD):
            query = (
                select(DOCUMENTS.c.seq)
                .join(PARAGRAPHS, PARAGRAPHS.c.document_id == DOCUMENTS.c.id)
                .where(PARAGRAPHS.c.id.in_(late[first : first + _TOLD]))
                .distinct()
            )
            seqs.append(np.array(connection.execute(query).scalars().all(), dtype=np.int64))
        return np.unique(np.concatenate(seqs))


class Memory:
    """What was made lately, by what it was made of; so many things at most."""

    def __init__(self, most: int) -> None:
        self._made: OrderedDict[Hashable, Any] = OrderedDict()
        self._most, self._lock = most, Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is known of a key, or is made now."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return cast("T", self._made[key])
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > self._most:
                self._made.popitem(last=False)
        return made


class _Kept:
    """The columns of the cases asked for last."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[Any, ...], Columns] = OrderedDict()
        self._lock, self._loading = Lock(), Lock()

    def find(self, key: tuple[Any, ...]) -> tuple[Columns | None, bool]:
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key], True
            earlier = [known for known in self._known if known[0] == key[0]]
            return (self._known[earlier[-1]] if earlier else None), False

    def put(self, key: tuple[Any, ...], connection: Connection) -> Columns:
        with self._loading:
            found, fresh = self.find(key)
            if found is None or not fresh:
                found = load(connection)
                with self._lock:
                    for old in [known for known in self._known if known[0] == key[0]]:
                        del self._known[old]
                    self._known[key] = found
                    while len(self._known) > _MOST_CASES:
                        self._known.popitem(last=False)
        return found


_KEPT = _Kept()


def columns(connection: Connection) -> Columns:
    """The columns of a case as it was last worked out: from memory, or read, which takes a while.

    For a large case that is some ten seconds.
    """
    key = _state(connection)
    found, fresh = _KEPT.find(key)
    return found if found is not None and fresh else _KEPT.put(key, connection)


def at_hand(connection: Connection) -> tuple[Columns | None, bool]:
    """The columns of a case if they are in memory, and whether they are of its latest state.

    Those of an earlier one give groups that may be called otherwise since; the claims themselves
    are read anew by whoever shows them.
    """
    return _KEPT.find(_state(connection))


def _state(connection: Connection) -> tuple[Any, ...]:
    """What is equal where the columns are: one file or database, as it was last worked out.

    A copy of a case that shows codes for names is another file than the case.
    """
    resolved = select(func.max(LOG.c.seq)).where(LOG.c.kind == "resolve")
    place = str(connection.engine.url)
    if connection.dialect.name == "sqlite":
        place = str(connection.exec_driver_sql("PRAGMA database_list").all()[0][2])
    return place, connection.execute(resolved).scalar()


def load(connection: Connection) -> Columns:
    """The columns of a case, read from its tables."""
    documents, places = _paragraphs(connection)
    rows = _Rows()
    keys = iter(list(_claims(connection, rows)))
    parts, anybody = _parts(connection, keys)
    seq = np.array(rows.seq, dtype=np.int64)
    number = np.array(rows.number, dtype=np.int64)
    terms = {name: coder.terms() for name, coder in rows.coders.items()}
    origins = np.array([int(term) for term in terms["origins"].terms] + [0])
    return Columns(
        seq=seq,
        number=number,
        paragraph=_inside(seq * _FAR + np.array(rows.start, dtype=np.int64), documents, places),
        first=np.array(rows.first, dtype=np.int32),
        last=np.array(rows.last, dtype=np.int32),
        best=np.lexsort((number, seq, -origins[terms["origins"].codes])).astype(np.int32),
        terms=terms,
        parts=parts,
        anybody=anybody,
        documents=documents,
        is_claim=_is_claim(terms["kind"]),
        has_act=_held(parts["act"], len(seq)),
    )


def _is_claim(kinds: Terms) -> Numbers:
    act = kinds.terms.index("act") if "act" in kinds.terms else UNKNOWN
    told: Numbers = kinds.codes != act
    return told


def _held(pairs: Pairs, amount: int) -> Numbers:
    told = np.zeros(amount, dtype=bool)
    told[pairs.claims] = True
    return told


class _Coder:
    """Gives terms numbers, in the order in which they come."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self.codes = array("i")

    def add(self, term: str | None) -> None:
        """The next claim has that term."""
        self.codes.append(UNKNOWN if term is None else self.of(term))

    def of(self, term: str) -> int:
        """The number of a term."""
        return self.known.setdefault(term, len(self.known))

    def terms(self) -> Terms:
        """The column."""
        return Terms(tuple(self.known), np.array(self.codes, dtype=np.int32))


class _Rows:
    """Rows of claims as they are read."""

    def __init__(self) -> None:
        self.seq, self.number, self.start = array("q"), array("q"), array("q")
        self.first, self.last = array("i"), array("i")
        self.coders = {name: _Coder() for name in ("kind", "language", "origins")}


def _claims(connection: Connection, rows: _Rows) -> Iterator[tuple[str, str]]:
    """Read the claims, giving the key of each, in order, which is that of the rows."""
    names = ("document_id", "claim", "seq", "number", "start", "kind", "language", "origins")
    query = select(
        *(FINDABLE.c[name] for name in names), FINDABLE.c.date_from, FINDABLE.c.date_to
    ).order_by(FINDABLE.c.document_id, FINDABLE.c.claim)
    for document, claim, seq, number, start, kind, language, origins, first, last in _all(
        connection, query
    ):
        rows.seq.append(seq)
        rows.number.append(number)
        rows.start.append(start)
        rows.first.append(_day(first))
        rows.last.append(_day(last))
        rows.coders["kind"].add(kind)
        rows.coders["language"].add(language or None)
        rows.coders["origins"].add(None if origins is None else str(min(origins, 3)))
        yield document, claim


def _day(day: str | None) -> int:
    return int(day.replace("-", "")) if day else 0


def _parts(
    connection: Connection, keys: Iterator[tuple[str, str]]
) -> tuple[dict[str, Pairs], Pairs]:
    """Who has which part in which claim. Both tables are read in the order of their keys."""
    query = select(FINDABLE_WHO).order_by(FINDABLE_WHO.c.document_id, FINDABLE_WHO.c.claim)
    found: dict[str, tuple[array[int], array[int]]] = {}
    people, acts = _Coder(), _Coder()
    row, key = -1, ("", "")
    for document, claim, part, canonical in _all(connection, query):
        while key != (document, claim):
            row, key = row + 1, next(keys)
        rows, codes = found.setdefault(part, (array("i"), array("i")))
        rows.append(row)
        codes.append((acts if part == "act" else people).of(canonical))
    parts = {}
    named = {part: tuple(coder.known) for part, coder in (("act", acts), ("", people))}
    for part in {*found, "act", "speaker", "accused", "victim", "place"}:
        terms = named["act" if part == "act" else ""]
        rows, codes = found.get(part, (array("i"), array("i")))
        parts[part] = Pairs(terms, *(np.array(each, dtype=np.int32) for each in (rows, codes)))
    return parts, _anybody(named[""], [parts[p] for p in sorted(parts) if p != "act"])


def _anybody(terms: tuple[str, ...], parts: Sequence[Pairs]) -> Pairs:
    wide = max(1, len(terms))
    joined = [pairs.claims.astype(np.int64) * wide + pairs.codes for pairs in parts]
    each = np.unique(np.concatenate(joined)) if joined else np.empty(0, dtype=np.int64)
    return Pairs(terms, (each // wide).astype(np.int32), (each % wide).astype(np.int32))


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
