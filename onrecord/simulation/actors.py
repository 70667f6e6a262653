"""Who and what there is in a simulated world: people, places, bodies and outlets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from onrecord.simulation.names import Habit, Language, Sounds


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A village, town, region or the country. `known` places have a location in a gazetteer."""

    key: str
    kind: str
    name: Sounds
    language: Language
    lat: float
    lon: float
    known: bool
    region: Place | None = None
    type: str = "Place"


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A force, group, movement, ministry, hospital or other organization.

    `pattern` is its name, with letters in braces for the places and words of `fills`.
    """

    key: str
    kind: str
    pattern: str
    fills: Mapping[str, Place | str]
    actor: str
    region: Place | None = None
    short: bool = False
    type: str = "Organization"


@dataclass(slots=True, eq=False)
class Person:
    """A person with a true identity, whatever the spellings. `born` is a day since 1970-01-01."""

    key: str
    sex: str
    born: int
    language: Language
    given: Sounds
    family: Sounds
    father: Sounds | None
    home: Place
    occupation: str = ""
    honorific: str = ""
    siblings: list[Person] = field(default_factory=list)
    type: str = "Person"

    def age(self, day: int) -> int:
        """Whole years on a day."""
        return (day - self.born) * 4 // 1461


@dataclass(frozen=True, slots=True, eq=False)
class Post:
    """A post that a person holds in a body from one day to another."""

    role: str
    body: Body
    holder: Person
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Outlet:
    """A publisher: how reliable, how it spells, how often it copies, what its texts look like.

    `habits` are its desks' spellings, the usual one first. `own` is the body whose own channel it
    is, if it is one.
    """

    key: str
    kind: str
    body: Body
    habits: tuple[Habit, ...]
    reliability: float
    copies: float
    reach: float
    region: Place | None
    seat: Place
    taste: int
    acronym: str
    family_first: bool
    digits: bool
    layouts: tuple[str, ...]
    length: tuple[int, int]
    own: Body | None = None
    lean: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Nameless:
    """Somebody or something that a text mentions without a name: "residents", "four people"."""

    key: str
    type: str
    actor: str | None = None
    sex: str | None = None
    age: str | None = None
