"""Facets: which claims answer to a choice of them, and how many there are for each further value.

A facet holds one value or none. What is counted beside a value is what one would find by choosing
it, with all other facets as they are.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
from sqlalchemy import Connection, func, select

from onrecord.store.columns import UNKNOWN, Columns, Numbers, columns
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
MOST = 8
"""Values that are counted of a facet that has many."""
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


@dataclass(frozen=True, slots=True)
class Counted:
    """Values of a facet with how many claims have each, most first; `more` values have some too."""

    facet: str
    values: tuple[tuple[str, int], ...]
    more: int = 0


class Answer:
    """The claims that answer to a choice, in any of some paragraphs; a view of `Facets`."""

    def __init__(self, columns: Columns, inside: Numbers) -> None:
        self._columns, self.inside = columns, inside

    def of(self, what: What) -> Numbers:
        """A mask of the rows that a list of claims, or of acts, has; of all for any other."""
        if what == "claims":
            return self.inside & self._columns.is_claim
        return self.inside & self._columns.has_act if what == "acts" else self.inside

    def amount(self, what: What) -> int:
        """How many claims, or tellings of acts."""
        return int(np.count_nonzero(self.of(what)))

    def listed(self, what: What, offset: int, limit: int) -> list[tuple[int, int]]:
        """Where some of them stand (`seq` and `number`), as they are listed."""
        best = self._columns.best
        rows = best[self.of(what)[best]][offset : offset + limit]
        return list(
            zip(self._columns.seq[rows].tolist(), self._columns.number[rows].tolist(), strict=True)
        )

    def documents(self) -> Numbers:
        """The numbers (`seq`) of the documents that hold them, in order."""
        return _each(self._columns.seq[self.inside])

    def paragraphs(self) -> Numbers:
        """The numbers of the paragraphs that hold them, in order."""
        found = _each(self._columns.paragraph[self.inside])
        return found[found > 0]

    def people(self) -> Numbers:
        """In how many of them each group has a part, by its place in the terms of `anybody`."""
        return self._columns.anybody.numbers(np.flatnonzero(self.inside), self._columns.amount)


class Facets:
    """The claims of a case, for choosing among them: by `held`, or as it was last worked out."""

    def __init__(self, connection: Connection, held: Columns | None = None) -> None:
        self.columns = columns(connection) if held is None else held
        self._reviewed, self.version = reviews(connection, self.columns)

    def answer(self, choice: Choice, paragraphs: Sequence[int] | None) -> Answer:
        """Which claims answer to a choice, in any of some paragraphs (None: in all)."""
        masks = [self._within(paragraphs), *self._masks(choice).values()]
        return Answer(self.columns, _all_of(masks, self.columns.amount))

    def count(
        self, what: What, choice: Choice, paragraphs: Sequence[int] | None, words: Hashable
    ) -> tuple[Counted, ...]:
        """How many claims there are for each value of each facet.

        `words` is what is equal for the same paragraphs.
        """

        def make() -> tuple[Counted, ...]:
            masks = self._masks(choice)
            within = Answer(self.columns, _all_of([self._within(paragraphs)], self.columns.amount))
            whole = within.of(what)
            every = _all_of([whole, *masks.values()], self.columns.amount)
            rows = np.flatnonzero(every)
            return tuple(
                self._counted(
                    facet,
                    rows if facet not in masks else np.flatnonzero(_others(facet, whole, masks)),
                )
                for facet in FACETS
            )

        return self.columns.remembered.get((self.version, what, choice, words), make)

    def _within(self, paragraphs: Sequence[int] | None) -> Numbers | None:
        if paragraphs is None:
            return None
        size = max(len(self.columns.documents), max(paragraphs, default=0) + 1)
        held = np.zeros(size, dtype=bool)
        held[np.asarray(paragraphs, dtype=np.int64)] = True
        inside: Numbers = held[self.columns.paragraph]
        return inside

    def _masks(self, choice: Choice) -> dict[str, Numbers]:
        held, masks = self.columns, dict[str, Numbers]()
        for facet, one in held.terms.items():
            if wanted := getattr(choice, facet):
                masks[facet] = one.codes == _place(one.terms, wanted)
        for facet in ("act", "speaker", "accused", "place"):
            if wanted := getattr(choice, facet):
                pairs = held.parts[facet]
                masks[facet] = np.zeros(held.amount, dtype=bool)
                masks[facet][pairs.claims[pairs.codes == _place(pairs.terms, wanted)]] = True
        # What was rejected is on record no more, and found only by whoever asks for it.
        wanted = [state == (choice.reviewed or state) for state in STATES]
        wanted[STATES.index("rejected")] = choice.reviewed == "rejected"
        masks["reviewed"] = np.array(wanted)[self._reviewed]
        if choice.first or choice.last:
            masks["when"] = _between(held, choice.first, choice.last or _LAST_DAY)
        return masks

    def _counted(self, facet: str, rows: Numbers) -> Counted:
        held = self.columns
        if facet == "when":
            return _years(held, rows)
        if facet == "reviewed":
            return _named(facet, STATES, np.bincount(self._reviewed[rows], minlength=len(STATES)))
        if facet in held.parts:
            pairs = held.parts[facet]
            return _named(facet, pairs.terms, pairs.numbers(rows, held.amount))
        codes, terms = held.terms[facet].codes[rows], held.terms[facet].terms
        return _named(facet, terms, np.bincount(codes[codes != UNKNOWN], minlength=len(terms)))


def most_first(numbers: Numbers | None) -> list[int]:
    """The places that have a number, the largest first."""
    if numbers is None:
        return []
    some = np.flatnonzero(numbers)
    return list(some[np.argsort(-numbers[some], kind="stable")].tolist())


def reviews(connection: Connection, held: Columns) -> tuple[Numbers, Hashable]:
    """What was decided on each claim, as places in `STATES`; and what is equal where that is."""
    version = tuple(connection.execute(select(func.count(), func.max(REVIEWS.c.seq))).one())
    found = held.remembered.get(("reviews", version), lambda: _reviews(connection, held))
    return found, version


def _reviews(connection: Connection, held: Columns) -> Numbers:
    found = np.zeros(held.amount, dtype=np.int8)
    subject = FINDABLE.c.document_id + "|" + FINDABLE.c.claim
    query = select(FINDABLE.c.seq, FINDABLE.c.number, REVIEWS.c.state).join(
        FINDABLE,
        (FINDABLE.c.document_id == REVIEWS.c.document_id) & (subject == REVIEWS.c.subject),
    )
    rows = connection.execute(query).all()
    if rows:
        order = np.lexsort((held.number, held.seq))
        keys = (held.seq << 32) + held.number
        wanted = np.array([(row.seq << 32) + row.number for row in rows])
        at = np.minimum(np.searchsorted(keys[order], wanted), held.amount - 1)
        states = np.array([STATES.index(row.state) for row in rows], dtype=np.int8)
        same = keys[order[at]] == wanted
        found[order[at[same]]] = states[same]
    return found


def _all_of(masks: Iterable[Numbers | None], amount: int) -> Numbers:
    told = np.ones(amount, dtype=bool)
    for mask in masks:
        if mask is not None:
            told &= mask
    return told


def _others(facet: str, whole: Numbers, masks: Mapping[str, Numbers]) -> Numbers:
    others = (mask for name, mask in masks.items() if name != facet)
    return _all_of([whole, *others], len(whole))


def _each(numbers: Numbers) -> Numbers:
    """Each of some small numbers once, in order."""
    told = np.zeros(int(numbers.max(initial=0)) + 1, dtype=bool)
    told[numbers] = True
    found: Numbers = np.flatnonzero(told)
    return found


def _between(held: Columns, first: int, last: int) -> Numbers:
    """Claims on what may have been in some days; those of which no day is known are not."""
    until = np.where(held.last > 0, held.last, _LAST_DAY)
    told = (held.first > 0) | (held.last > 0)
    inside: Numbers = told & (until >= first) & (held.first <= last)
    return inside


def _place(terms: Sequence[str], wanted: str) -> int:
    """A place that no code has, where the case does not know the term."""
    return terms.index(wanted) if wanted in terms else UNKNOWN - 1


def _named(facet: str, terms: Sequence[str], numbers: Numbers) -> Counted:
    """The values there are, most first; of equal ones the first in the alphabet."""
    few = np.flatnonzero(numbers)
    if len(few) > 4 * MOST:
        least = np.partition(numbers[few], -MOST)[-MOST]
        some = few[numbers[few] >= least]
    else:
        some = few
    ordered = sorted(((terms[at], int(numbers[at])) for at in some), key=lambda v: (-v[1], v[0]))
    shown = ordered if len(few) <= 3 * MOST else ordered[:MOST]
    return Counted(facet, tuple(shown), len(few) - len(shown))


def _years(held: Columns, rows: Numbers) -> Counted:
    """Claims by the years that what they tell of may be of; one without any day is of none."""
    first, last = held.first[rows] // 10_000, held.last[rows] // 10_000
    dated = (first > 0) | (last > 0)
    first, last = first[dated], last[dated]
    known = np.concatenate((first[first > 0], last[last > 0]))
    if not len(known):
        return Counted("when", ())
    first = np.where(first > 0, first, known.min())
    last = np.where(last > 0, last, known.max())
    size = int(known.max()) + 2
    numbers = np.cumsum(np.bincount(first, minlength=size) - np.bincount(last + 1, minlength=size))
    years = np.flatnonzero(numbers)
    return Counted("when", tuple((str(year), int(numbers[year])) for year in years))
