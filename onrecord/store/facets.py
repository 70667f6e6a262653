"""Facets: which claims answer to a choice of them, and how many there are for each further value.

A facet holds one value or none. What is counted beside a value is what one would find by choosing
it, with all other facets as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass, fields
from functools import cached_property, partial, reduce
from typing import Any, Literal

import numpy as np
from sqlalchemy import Connection, func, select

from onrecord.store.arrays import UNKNOWN, Numbers, Texts
from onrecord.store.columns import Columns, columns, each
from onrecord.store.counted import Counted, by_year, most
from onrecord.store.tables import FINDABLE, REVIEWS

What = Literal["passages", "claims", "acts", "people", "documents"]
OPEN = "open"
"""A claim on which nobody has decided."""
STATES = (OPEN, "accepted", "rejected", "undecided")
ORIGINS = ("1", "2", "3")
"""Numbers of independent origins; the last stands for so many and more."""
FACETS = (
    *("kind", "act", "when", "place", "speaker", "accused"),
    *("origins", "language", "reviewed"),
)
_LAST_DAY = 9999_12_31


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen of each facet; empty where nothing is.

    `first` and `last` are days as whole numbers (20230131), 0 where none is given. `speaker`,
    `accused` and `place` are ids of groups, `act` is a type of act.
    """

    kind: str = ""
    act: str = ""
    origins: str = ""
    language: str = ""
    reviewed: str = ""
    speaker: str = ""
    accused: str = ""
    place: str = ""
    first: int = 0
    last: int = 0

    @property
    def is_made(self) -> bool:
        """Whether anything is chosen."""
        return any(getattr(self, each.name) for each in fields(self))


class Answer:
    """The claims that answer to a choice, in any of some paragraphs; a view of `Facets`."""

    def __init__(self, columns: Columns, rows: Numbers) -> None:
        self._columns, self.rows = columns, rows

    def of(self, what: What) -> Numbers:
        """The rows that a list of claims, or of acts, has, as listed; all of them for any other."""
        if what == "claims":
            return self._claims
        return self._acts if what == "acts" else self.rows

    @cached_property
    def _claims(self) -> Numbers:
        found: Numbers = self.rows[self._columns.is_claim[self.rows]]
        return found

    @cached_property
    def _acts(self) -> Numbers:
        found: Numbers = self.rows[self._columns.has_act[self.rows]]
        return found

    def amount(self, what: What) -> int:
        """How many claims, or tellings of acts."""
        return len(self.of(what))

    def listed(self, what: What, offset: int, limit: int) -> list[tuple[int, int]]:
        """Where some of them stand (`seq` and `number`), as they are listed."""
        rows = self.of(what)[offset : offset + limit]
        held = self._columns
        return list(zip(held.seq[rows].tolist(), held.number[rows].tolist(), strict=True))

    def documents(self) -> Numbers:
        """The numbers (`seq`) of the documents that hold them, in order."""
        return each(self._columns.seq[self.rows])

    def paragraphs(self) -> Numbers:
        """The numbers of the paragraphs that hold them, in order."""
        found = each(self._columns.paragraph[self.rows])
        return found[found > 0]

    def people(self) -> Numbers:
        """In how many of them each group has a part, by its place in the terms of `anybody`."""
        anybody = self._columns.anybody
        told = np.zeros(len(anybody.terms), dtype=np.int32)
        told[anybody.used] = anybody.numbers(self.rows, self._columns.amount)
        return told


@dataclass(frozen=True, slots=True, eq=False)
class _Decided:
    """The claims that somebody decided on: their rows, in order, and places in `STATES`.

    `every` and `rejected` are equal where the same was decided, or rejected.
    """

    rows: Numbers
    states: Numbers
    every: Hashable
    rejected: Hashable


class Facets:
    """The claims of a case, for choosing among them: by `held`, or as it was last worked out."""

    def __init__(self, connection: Connection, held: Columns | None = None) -> None:
        self.columns = columns(connection) if held is None else held
        self._connection = connection
        self._inside: tuple[object, Numbers] | None = None

    def version(self, choice: Choice) -> Hashable:
        """What is equal where the same claims answer to a choice.

        To accept a claim changes nothing for who does not ask for those accepted.
        """
        return self._decided.every if choice.reviewed else self._decided.rejected

    def answer(self, choice: Choice, paragraphs: Numbers | None) -> Answer:
        """Which claims answer to a choice, in any of some paragraphs (None: in all)."""
        return Answer(self.columns, self._rows(self._mask("passages", choice), paragraphs))

    def count(
        self, what: What, choice: Choice, paragraphs: Numbers | None, words: Hashable
    ) -> tuple[Counted, ...]:
        """How many claims there are for each value of each facet.

        `words` is what is equal for the same paragraphs.
        """
        told: What = what if what in ("claims", "acts") else "passages"

        def make() -> list[Counted]:
            rows = self._rows(self._mask(told, choice), paragraphs)
            return [
                self._counted(
                    facet,
                    self._rows(self._mask(told, choice, facet), paragraphs)
                    if facet in _chosen(choice)
                    else rows,
                )
                for facet in FACETS
                if facet != "reviewed"
            ]

        key = (self.version(choice), told, choice, words)
        counted = self.columns.remembered.get(key, make)
        return (*counted, self._reviewed(self._mask(told, choice, "reviewed"), paragraphs))

    @cached_property
    def _decided(self) -> _Decided:
        version = self._connection.execute(select(func.count(), func.max(REVIEWS.c.seq))).one()
        memory, key = self.columns.chosen, ("reviews", *version)
        return memory.get(key, lambda: _decided(self._connection, self.columns))

    def _rows(self, mask: Numbers | None, paragraphs: Numbers | None) -> Numbers:
        """The rows of a mask (None: all) in some paragraphs (None: in all), as they are listed."""
        if paragraphs is None:
            return np.arange(self.columns.amount) if mask is None else np.flatnonzero(mask)
        if self._inside is None or self._inside[0] is not paragraphs:
            self._inside = paragraphs, self.columns.within(paragraphs)
        inside = self._inside[1]
        return inside if mask is None else inside[mask[inside]]

    def _mask(self, what: What, choice: Choice, without: str = "") -> Numbers | None:
        """The claims of a list that answer to a choice, but for one facet; None for all."""
        held, masks = self.columns, list[Numbers]()
        if what in ("claims", "acts"):
            masks.append(held.is_claim if what == "claims" else held.has_act)
        for facet, wanted in _chosen(choice).items():
            if facet not in (without, "reviewed"):
                make = partial(self._made, facet, wanted)
                masks.append(held.chosen.get((facet, wanted), make))
        if without != "reviewed" and (choice.reviewed or len(self._decided.rows)):
            masks.append(self._of_state(choice.reviewed))
        return reduce(np.logical_and, masks) if masks else None

    def _of_state(self, wanted: str) -> Numbers:
        """What was rejected is on record no more, and found only by whoever asks for it."""
        rows, states = self._decided.rows, self._decided.states
        told = np.full(self.columns.amount, wanted in ("", OPEN))
        allowed = [state == wanted or (not wanted and state != "rejected") for state in STATES]
        told[rows] = np.array(allowed)[states]
        return told

    def _made(self, facet: str, wanted: Any) -> Numbers:
        held = self.columns
        if facet == "when":
            return _between(held, *wanted)
        if facet in held.terms:
            codes: Numbers = held.terms[facet].codes == _place(held.terms[facet].terms, wanted)
            return codes
        told = np.zeros(held.amount, dtype=bool)
        told[held.parts[facet].having(wanted)] = True
        return told

    def _reviewed(self, mask: Numbers | None, paragraphs: Numbers | None) -> Counted:
        rows, states = self._decided.rows, self._decided.states
        if paragraphs is None:
            amount = self.columns.amount if mask is None else int(np.count_nonzero(mask))
            inside = states if mask is None else states[mask[rows]]
        else:
            every = self._rows(mask, paragraphs)
            amount = len(every)
            inside = states[np.isin(rows, every)] if len(rows) else states
        numbers = np.bincount(inside, minlength=len(STATES))
        numbers[STATES.index(OPEN)] = amount - numbers.sum()
        return most("reviewed", STATES, numbers)

    def _counted(self, facet: str, rows: Numbers) -> Counted:
        held = self.columns
        if facet == "when":
            return by_year(held.years, rows)
        if facet in held.parts:
            pairs = held.parts[facet]
            return most(facet, pairs.terms, pairs.numbers(rows, held.amount), pairs.used)
        codes, terms = held.terms[facet].codes, held.terms[facet].terms
        # Those with none come first, as `UNKNOWN` is one less than the first place.
        each = codes if len(rows) == held.amount else codes[rows]
        return most(facet, terms, np.bincount(each + 1, minlength=len(terms) + 1)[1:])


def _chosen(choice: Choice) -> dict[str, Any]:
    """What is chosen, by facet."""
    told = {facet: value for facet in FACETS if (value := getattr(choice, facet, ""))}
    if choice.first or choice.last:
        told["when"] = (choice.first, choice.last or _LAST_DAY)
    return told


def _decided(connection: Connection, held: Columns) -> _Decided:
    subject = FINDABLE.c.document_id + "|" + FINDABLE.c.claim
    query = select(FINDABLE.c.seq, FINDABLE.c.number, REVIEWS.c.state).join(
        FINDABLE,
        (FINDABLE.c.document_id == REVIEWS.c.document_id) & (subject == REVIEWS.c.subject),
    )
    found = [(seq, number, STATES.index(state)) for seq, number, state in connection.execute(query)]
    told = np.array(found, dtype=np.int64).reshape(-1, 3)
    rows = held.rows_at(told[:, 0], told[:, 1])
    known = np.flatnonzero(rows >= 0)
    order = known[np.argsort(rows[known])]
    rows, states = rows[order], told[order, 2]
    rejected = rows[states == STATES.index("rejected")]
    return _Decided(rows, states, _digest(rows, states), _digest(rejected))


def _digest(*numbers: Numbers) -> bytes:
    told = hashlib.sha256()
    for one in numbers:
        told.update(one.tobytes())
    return told.digest()


def _between(held: Columns, first: int, last: int) -> Numbers:
    """Claims on what may have been in some days; those of which no day is known are not."""
    until = np.where(held.last > 0, held.last, _LAST_DAY)
    told = (held.first > 0) | (held.last > 0)
    inside: Numbers = told & (until >= first) & (held.first <= last)
    return inside


def _place(terms: Texts, wanted: str) -> int:
    """A place that no code has, where the case does not know the term."""
    place = terms.place(wanted)
    return place if place >= 0 else UNKNOWN - 1
