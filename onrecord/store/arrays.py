"""What columns are made of: numbers, and texts that are read where they lie, one at a time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
Arrays = Mapping[str, Numbers]
UNKNOWN = -1
_FEW = 4
"""A part of the claims from which on they are looked up one by one."""


class Texts(Sequence[str]):
    """Texts in the order of their characters, as UTF-8 end to end; `begins` has one more number.

    Not one of them is made before it is asked for: there are hundreds of thousands.
    """

    def __init__(self, body: Numbers, begins: Numbers) -> None:
        self._body, self._begins = body, begins

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """Of texts in order."""
        each = [text.encode("utf-8", "surrogatepass") for text in texts]
        begins = np.zeros(len(each) + 1, dtype=np.int64)
        np.cumsum([len(one) for one in each], out=begins[1:])
        return cls(np.frombuffer(b"".join(each), dtype=np.uint8), begins)

    @classmethod
    def within(cls, arrays: Arrays, name: str) -> Texts:
        """Those that `arrays` gave under a name."""
        return cls(arrays[f"{name}.texts"], arrays[f"{name}.begins"])

    def arrays(self, name: str) -> dict[str, Numbers]:
        """What they are made of, under a name."""
        return {f"{name}.texts": self._body, f"{name}.begins": self._begins}

    def __len__(self) -> int:
        return len(self._begins) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(place)
        at = place % len(self)
        body = self._body[self._begins[at] : self._begins[at + 1]].tobytes()
        return body.decode("utf-8", "surrogatepass")

    def place(self, text: str) -> int:
        """Where a text stands; `UNKNOWN` where it does not."""
        at = bisect_left(self, text)
        return at if at < len(self) and self[at] == text else UNKNOWN


@dataclass(frozen=True, slots=True)
class Terms:
    """A column with one term a claim: `codes` are places in `terms`, `UNKNOWN` where none is."""

    terms: Texts
    codes: Numbers


@dataclass(frozen=True, slots=True)
class Pairs:
    """A column with any number of terms a claim.

    `used` are the places in `terms` of those that any claim has, in order: few of many, so that
    they are counted in little memory. `claims` are rows in order and `codes` places in `used`;
    those of a row stand from `begins` at that row to `begins` at the next.
    """

    terms: Texts
    used: Numbers
    claims: Numbers
    codes: Numbers
    begins: Numbers

    @classmethod
    def of(cls, terms: Texts, claims: Numbers, places: Numbers, amount: int) -> Pairs:
        """Of claims and places in `terms`, in any order, for so many claims."""
        used, codes = np.unique(places, return_inverse=True)
        order = np.lexsort((codes, claims))
        rows = claims[order].astype(np.int32)
        told = (used.astype(np.int32), rows, codes[order].astype(np.int32))
        return cls(terms, *told, begins_of(rows, amount))

    def numbers(self, rows: Numbers, amount: int) -> Numbers:
        """How many of some claims, by their rows, have each term used; of `amount` in all."""
        if len(rows) == amount:
            codes = self.codes
        elif len(rows) * _FEW > amount:
            inside = np.zeros(amount, dtype=bool)
            inside[rows] = True
            codes = self.codes[inside[self.claims]]
        else:
            codes = self.codes[stretches(self.begins, rows)]
        return np.bincount(codes, minlength=len(self.used))

    def having(self, term: str) -> Numbers:
        """The rows of the claims that have a term."""
        place = self.terms.place(term)
        at = int(np.searchsorted(self.used, place)) if place >= 0 else len(self.used)
        if at == len(self.used) or self.used[at] != place:
            return self.claims[:0]
        found: Numbers = self.claims[self.codes == at]
        return found


def begins_of(places: Numbers, amount: int) -> Numbers:
    """Where each of so many places begins among places in order; one more number than that."""
    return np.searchsorted(places, np.arange(amount + 1)).astype(np.int32)


def stretches(begins: Numbers, places: Numbers) -> Numbers:
    """Every number from `begins` at each place to `begins` at the next."""
    first = begins[places].astype(np.int64)
    lengths = begins[places + 1] - first
    ends = np.cumsum(lengths)
    if not len(ends):
        return ends
    return np.repeat(first - ends + lengths, lengths) + np.arange(ends[-1])


class Coder:
    """Gives terms numbers, in the order in which they come; then in the order of characters."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._known: dict[str, int] = {}
        for term in known:
            self.of(term)

    def of(self, term: str) -> int:
        """The number of a term."""
        return self._known.setdefault(term, len(self._known))

    def ordered(self) -> tuple[Texts, Numbers]:
        """The terms in order, and the place in them of each number that was given."""
        terms = list(self._known)
        order = sorted(range(len(terms)), key=terms.__getitem__)
        places = np.full(len(terms) + 1, UNKNOWN, dtype=np.int32)
        places[np.array(order, dtype=np.int64)] = np.arange(len(terms))
        return Texts.of(terms[at] for at in order), places

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)
