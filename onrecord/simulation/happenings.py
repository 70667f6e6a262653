"""What happens in a simulated world: events, their victims, and what is true of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from onrecord.simulation.actors import Body, Nameless, Person, Place
from onrecord.simulation.world import World

DEADLY = frozenset(("killing", "extrajudicial_killing", "massacre", "bombardment"))


@dataclass(slots=True, eq=False)
class Account:
    """One primary source's telling of one event, with its errors, exaggerations or denial.

    `kind`: unnamed, resident, relative, hospital, movement, official, rights, clergy, rebels or
    correspondent. `figures`: for each measure (main, injured, taken, houses, identified) the first
    day on which it is told and how many, in order of time. `manner` (0 to 99) is how the source
    puts a number. `perpetrator` is whom the source holds responsible or, where it `denies`, whom
    it defends.
    """

    key: str
    event: Event
    kind: str
    source: Person | Nameless | Body
    body: Body | None
    role: str
    day: int
    place: Place
    perpetrator: Body | None
    type: str
    crowd: str
    figures: dict[str, list[tuple[int, int]]]
    names: list[Person]
    manner: int
    unknown: Nameless
    denies: bool = False

    def figure(self, day: int, measure: str = "main") -> int:
        """How many this source speaks of on that day."""
        told = self.figures[measure]
        number = told[0][1]
        for since, count in told:
            if since <= day:
                number = count
        return number


@dataclass(slots=True, eq=False)
class Event:
    """Something that happened: what, where, when, to whom, by whom; and the accounts of it.

    `counts` are the true numbers by measure; `news` is how much is made of it (about 1).
    """

    key: str
    type: str
    place: Place
    region: Place
    day: int
    counts: dict[str, int]
    crowd: str
    victims: list[Person]
    perpetrator: Body
    news: float
    accounts: list[Account] = field(default_factory=list)


class Happenings:
    """Makes events one after the other, in the order of time."""

    def __init__(self, world: World, seed: int, events: int) -> None:
        self._world, self._seed, self._events = world, seed, events
        self._types = list(world.rules["types"])
        self._weights = [rule["weight"] for rule in world.rules["types"].values()]

    def event(self, number: int) -> tuple[Event, Random]:
        """The event of that number, and the random source of all that is told of it."""
        world = self._world
        random = Random((self._seed << 40) ^ (number * 2654435761 + 12345))  # noqa: S311
        draw = random.random
        region = world.regions[int(draw() * len(world.regions))]
        kind = random.choices(self._types, self._weights)[0]
        homes = world.villages if draw() < 0.8 else world.towns
        place = homes[region.key][int(draw() * len(homes[region.key]))]
        counts = self._counts(kind, random)
        side = random.choices(("brigade", "police", "militia", "rebels"), (38, 18, 22, 22))[0]
        crowds = world.rules["crowds"]
        event = Event(
            key=f"E{number + 1:07d}",
            type=kind,
            place=place,
            region=region,
            day=world.first_day + int(number * world.days / self._events),
            counts=counts,
            crowd=crowds[int(draw() * len(crowds))],
            victims=self._victims(random, place, kind, counts["main"]),
            perpetrator=random.choice(world.bodies[(side, region.key)]),
            news=min(4.0, random.lognormvariate(-0.25, 0.7) + 0.04 * counts["main"]),
        )
        return event, random

    def _counts(self, kind: str, random: Random) -> dict[str, int]:
        count = 1 if random.random() < 0.3 else min(80, int(random.paretovariate(1.05)) + 1)
        if kind == "massacre":
            count += 11
        elif kind in ("mass_grave", "forced_displacement"):
            count += random.randrange(6, 60)
        elif kind in ("torture", "enforced_disappearance"):
            count = min(count, 6)
        counts = {"main": max(2, count) if kind == "attack_on_property" else count}
        for measure, chance in self._world.rules["types"][kind]["side"].items():
            if random.random() < chance:
                counts[measure] = (
                    random.randrange(1, count + 1)
                    if measure == "identified"
                    else 1 + int(random.paretovariate(0.9)) % 40
                )
        return counts

    def _victims(self, random: Random, place: Place, kind: str, count: int) -> list[Person]:
        if kind in ("attack_on_property", "forced_displacement") or random.random() < 0.22:
            return []
        people: list[Person] = []
        world = self._world
        for _ in range(min(count, 1 + int(random.random() * 4))):
            if people and random.random() < 0.3:
                people.append(world.people.sibling(random, people[-1]))
            else:
                people.append(world.people.person(random, place))
        return people
