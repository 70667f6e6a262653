"""Who and what there is in a simulated world: people, places, bodies and outlets."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.simulation.names import Habit, Language, Sounds


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Body:
    """A force, group, movement, ministry, hospital or other organization."""

    key: str
    kind: str
    pattern: str
    fills: dict[str, Place | str]
    actor: str
    region: Place | None = None
    type: str = "Organization"


@dataclass(slots=True, eq=False)
class Person:
    """A person with a true identity, whatever the spellings."""

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


@dataclass(frozen=True, slots=True)
class Post:
    """A post that a person holds in a body from one day to another."""

    role: str
    body: Body
    holder: Person
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Outlet:
    """A publisher: how reliable, how it spells, how often it copies, what it looks like."""

    key: str
    kind: str
    body: Body
    habit: Habit
    reliability: float
    copies: float
    reach: float
    region: Place | None
    correspondent: Person
    taste: int
    acronym: str
    family_first: bool
    digits: bool


@dataclass(frozen=True, slots=True, eq=False)
class Nameless:
    """Somebody or something that a text mentions without a name: "residents", "four people"."""

    key: str
    type: str
    actor: str | None = None
    sex: str | None = None
    age: str | None = None
    occupation: str | None = None
