"""What can be found in a case as columns of numbers, so that any choice of it is counted at once.

Made of the tables of what a resolution found (`columns_load`), kept in a file beside a large case
(`columns_file`), and in memory for as long as they hold, for a few cases.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast

import numpy as np
from sqlalchemy import Connection, select

from onrecord.store import columns_file
from onrecord.store.arrays import Arrays, Numbers, Pairs, Terms, Texts, stretches
from onrecord.store.columns_load import OF_PAIRS, PARTS, TERMS, arrays
from onrecord.store.naming import Names
from onrecord.store.tables import DOCUMENTS, LOG, PARAGRAPHS

T = TypeVar("T")
_TOLD = 5_000
_MOST_CASES = 4
COUNTED, CHOSEN = 400, 40
"""Numbers beside facets, and choices of claims (half a megabyte each for 540,000), remembered."""


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


@dataclass(frozen=True, slots=True)
class Columns:
    """Claims, a row each, as they are listed: those with most independent origins first.

    `seq` and `number` say where a claim stands, `paragraph` in which one of the index for search
    (0: in none); `by_key` are the rows in the order of `seq` and `number`. `first` and `last` are
    days as whole numbers (20230131), 0 where open. `parts` are who has which part in it, all of one
    list of terms; `anybody` is whoever has any. `names` are the names of all groups.
    """

    seq: Numbers
    number: Numbers
    paragraph: Numbers
    by_key: Numbers
    first: Numbers
    last: Numbers
    terms: Mapping[str, Terms]
    parts: Mapping[str, Pairs]
    anybody: Pairs
    documents: Numbers
    """The number (`seq`) of the document of each paragraph, by the paragraph's number."""
    held: Numbers
    """The rows by paragraph: those of one stand from `begins` at its number to that at the next."""
    begins: Numbers
    years: tuple[Numbers, Numbers]
    """The years of `first` and `last`."""
    is_claim: Numbers
    """Which rows are claims, and not acts that no claim tells of."""
    has_act: Numbers
    """Which rows tell of an act."""
    names: Names
    remembered: Memory = field(default_factory=lambda: Memory(COUNTED))
    """What was counted lately."""
    chosen: Memory = field(default_factory=lambda: Memory(CHOSEN))
    """What was chosen lately: masks of rows, numbers of groups, paragraphs with some words."""

    @classmethod
    def of(cls, made: Arrays) -> Columns:
        """Of what `columns_load.arrays` made, wherever it lies."""
        people, acts = Texts.within(made, "people"), Texts.within(made, "acts")

        def pairs(part: str) -> Pairs:
            told = (made[f"{part}.{name}"] for name in OF_PAIRS)
            return Pairs(acts if part == "act" else people, *told)

        numbers = [each.name for each in fields(cls) if each.name in made]
        plain: dict[str, Any] = {name: made[name] for name in numbers}
        whole: dict[str, Any] = {
            "terms": {n: Terms(Texts.within(made, n), made[f"{n}.codes"]) for n in TERMS},
            "parts": {part: pairs(part) for part in PARTS},
            "anybody": pairs("anybody"),
            "names": Names.of(made, people),
            "years": tuple((made[n] // 10_000).astype(np.int16) for n in ("first", "last")),
        }
        return cls(**plain, **whole)

    @property
    def amount(self) -> int:
        """How many claims there are."""
        return len(self.seq)

    def within(self, paragraphs: Numbers) -> Numbers:
        """The rows of the claims in some paragraphs, in order."""
        known = paragraphs[paragraphs < len(self.begins) - 1]
        inside = np.zeros(self.amount, dtype=bool)
        inside[self.held[stretches(self.begins, known)]] = True
        return np.flatnonzero(inside)

    def rows_at(self, seqs: Numbers, numbers: Numbers) -> Numbers:
        """The rows of claims by where they stand; `UNKNOWN` for those that are not known."""
        if not self.amount:
            return np.full(len(seqs), -1)
        keys = (self.seq[self.by_key].astype(np.int64) << 32) + self.number[self.by_key]
        wanted = (seqs.astype(np.int64) << 32) + numbers
        at = np.minimum(np.searchsorted(keys, wanted), self.amount - 1)
        return np.where(keys[at] == wanted, self.by_key[at], -1)

    def documents_of(self, connection: Connection, paragraphs: Numbers) -> Numbers:
        """The numbers (`seq`) of the documents of some paragraphs, in order."""
        early = paragraphs < len(self.documents)
        late = paragraphs[~early].tolist()
        seqs = [each(self.documents[paragraphs[early]])]
        for first in range(0, len(late), _TOLD):
            query = (
                select(DOCUMENTS.c.seq)
                .join(PARAGRAPHS, PARAGRAPHS.c.document_id == DOCUMENTS.c.id)
                .where(PARAGRAPHS.c.id.in_(late[first : first + _TOLD]))
                .distinct()
            )
            seqs.append(np.array(connection.execute(query).scalars().all(), dtype=np.int64))
        return each(np.concatenate(seqs))


def each(numbers: Numbers) -> Numbers:
    """Each of some small numbers once, in order."""
    told = np.zeros(int(numbers.max(initial=0)) + 1, dtype=bool)
    told[numbers] = True
    found: Numbers = np.flatnonzero(told)
    return found


class _Kept:
    """The columns of the cases asked for last."""

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[str, str], Columns] = OrderedDict()
        self._lock, self._loading = Lock(), Lock()

    def find(self, key: tuple[str, str]) -> tuple[Columns | None, bool]:
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key], True
            earlier = [known for known in self._known if known[0] == key[0]]
            return (self._known[earlier[-1]] if earlier else None), False

    def put(self, key: tuple[str, str], make: Callable[[], Columns | None]) -> Columns | None:
        with self._loading:
            found, fresh = self.find(key)
            if fresh:
                return found
            made = make()
            if made is None:
                return None
            with self._lock:
                for old in [known for known in self._known if known[0] == key[0]]:
                    del self._known[old]
                self._known[key] = made
                while len(self._known) > _MOST_CASES:
                    self._known.popitem(last=False)
        return made


_KEPT = _Kept()


def columns(connection: Connection) -> Columns:
    """The columns of a case as it was last worked out: from memory, or read, which takes a while.

    For a large case that is some ten seconds.
    """
    key = _state(connection)
    found, fresh = _KEPT.find(key)
    if not fresh:
        found = _KEPT.put(key, lambda: load(connection))
    return cast("Columns", found)


def at_hand(connection: Connection, folder: Path | None = None) -> tuple[Columns | None, bool]:
    """The columns of a case if they are in memory, and whether they are of its latest state.

    Those of an earlier one give groups that may be called otherwise since; the claims themselves
    are read anew by whoever shows them. Where a `folder` is given that holds a file of the latest
    state, they are taken from there.
    """
    key = _state(connection)
    found, fresh = _KEPT.find(key)
    if not fresh and folder is not None and (file := columns_file.named(folder, key[1])).exists():
        mapped = _KEPT.put(key, lambda: _mapped(file, key[1]))
        if mapped is not None:
            return mapped, True
    return found, fresh


def keep(connection: Connection, folder: Path) -> bool:
    """Put the columns of a case into a file in `folder`, if there is none of its latest state yet.

    Whether there is one now: a disk may be full, or a folder not to be written in.
    """
    _, state = _state(connection)
    file = columns_file.named(folder, state)
    if file.exists() and _mapped(file, state) is not None:
        return True
    try:
        columns_file.write(file, state, arrays(connection))
    except OSError:
        return False
    return True


def _mapped(file: Path, state: str) -> Columns | None:
    made = columns_file.read(file, state)
    return Columns.of(made) if made is not None else None


def _state(connection: Connection) -> tuple[str, str]:
    """What is equal where the columns are: one file or database, as it was last worked out.

    A copy of a case that shows codes for names is another file than the case. The hash of an entry
    of the log covers all entries before it.
    """
    resolved = select(LOG.c.hash).where(LOG.c.kind == "resolve").order_by(LOG.c.seq.desc()).limit(1)
    return place_of(connection), str(connection.execute(resolved).scalar() or "")


def place_of(connection: Connection) -> str:
    """Where the tables are: the path of a file, or the URL of a database."""
    if connection.dialect.name == "sqlite":
        return str(connection.exec_driver_sql("PRAGMA database_list").all()[0][2])
    return str(connection.engine.url)


def load(connection: Connection) -> Columns:
    """The columns of a case, read from its tables."""
    return Columns.of(arrays(connection))
