"""What happens in a simulated world, and what each primary source tells of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from onrecord.simulation.actors import Body, Nameless, Person, Place
from onrecord.simulation.world import World


@dataclass(slots=True, eq=False)
class Account:
    """One primary source's telling of one event, with its errors, exaggerations or denial.

    `figures` are (first day on which it is told, how many): the last is the final one.
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
    figures: list[tuple[int, int]]
    names: list[Person]
    denies: bool = False

    def figure(self, day: int) -> int:
        """How many this source speaks of on that day."""
        return [
            count for since, count in self.figures if since <= day or since == self.figures[0][0]
        ][-1]


@dataclass(slots=True, eq=False)
class Event:
    """Something that happened: what, where, when, to whom, by whom, and the accounts of it."""

    key: str
    type: str
    place: Place
    day: int
    count: int
    victims: list[Person]
    perpetrator: Body
    accounts: list[Account] = field(default_factory=list)


TYPES: tuple[tuple[str, int], ...] = (
    ("killing", 30),
    ("extrajudicial_killing", 8),
    ("massacre", 3),
    ("abduction", 14),
    ("enforced_disappearance", 10),
    ("arbitrary_detention", 14),
    ("torture", 4),
    ("attack_on_property", 7),
    ("bombardment", 6),
    ("remains_found", 6),
    ("armed_clash", 5),
)
COUNTED_DEAD = frozenset(("killing", "extrajudicial_killing", "massacre", "bombardment"))


class Happenings:
    """Makes events one after the other, in the order of time."""

    def __init__(self, world: World, seed: int, events: int) -> None:
        self.world, self.seed, self.events = world, seed, events
        self._accounts = 0

    def event(self, number: int) -> tuple[Event, Random]:
        """The event of that number, and the random source of all that is told of it."""
        world = self.world
        random = Random((self.seed << 32) ^ (number * 2654435761 + 12345))
        day = world.first_day + int(number * world.days / self.events)
        region = world.regions[int(random.random() * len(world.regions))]
        kind = random.choices([t for t, _ in TYPES], [w for _, w in TYPES])[0]
        place = random.choice(
            world.villages[region.key] if random.random() < 0.8 else world.towns[region.key]
        )
        count = 1 + int(random.paretovariate(1.1)) if random.random() < 0.7 else 1
        count = min(count, 60) + (12 if kind == "massacre" else 0)
        victims = self._victims(random, place, count)
        bodies = world.bodies
        side = random.choices(("brigade", "police", "militia", "rebels"), (40, 18, 22, 20))[0]
        perpetrator = random.choice(bodies[(side, region.key)])
        event = Event(f"E{number + 1:07d}", kind, place, day, count, victims, perpetrator)
        event.accounts = self._tell(event, random)
        return event, random

    def _victims(self, random: Random, place: Place, count: int) -> list[Person]:
        named = min(count, 1 + int(random.random() * 4)) if random.random() < 0.75 else 0
        people: list[Person] = []
        for _ in range(named):
            if people and random.random() < 0.3:
                people.append(self.world.sibling(random, people[-1]))
            else:
                people.append(self.world.person(random, place))
        return people

    def _tell(self, event: Event, random: Random) -> list[Account]:
        world, region = self.world, event.place.region
        assert region is not None
        accounts: list[Account] = []
        kinds = ["unnamed"] if random.random() < 0.5 else []
        kinds += ["resident"] if random.random() < 0.35 else []
        kinds += ["hospital"] if event.type in COUNTED_DEAD and random.random() < 0.5 else []
        kinds += ["movement"] if random.random() < 0.4 else []
        kinds += ["official"] if random.random() < 0.45 else []
        kinds += ["rights"] if random.random() < 0.2 else []
        kinds += ["relative"] if event.victims and random.random() < 0.25 else []
        for kind in kinds or ["resident"]:
            accounts.append(self._account(kind, event, random))
        return accounts

    def _account(self, kind: str, event: Event, random: Random) -> Account:
        world, region = self.world, event.place.region
        assert region is not None
        self._accounts += 1
        source, body, role = self._source(kind, event, random)
        account = Account(
            key=f"A{self._accounts:07d}",
            event=event,
            kind=kind,
            source=source,
            body=body,
            role=role,
            day=event.day,
            place=event.place,
            perpetrator=event.perpetrator if random.random() < 0.6 else None,
            type=event.type,
            figures=[],
            names=list(event.victims),
        )
        self._err(account, random)
        return account

    def _source(
        self, kind: str, event: Event, random: Random
    ) -> tuple[Person | Nameless | Body, Body | None, str]:
        world, region = self.world, event.place.region
        assert region is not None
        if kind == "unnamed":
            return Nameless(f"unnamed {event.key}", "Group", "non_state"), None, ""
        if kind == "resident":
            return world.person(random, event.place), None, "resident"
        if kind == "relative":
            return world.sibling(random, random.choice(event.victims)), None, "relative"
        body_kind = {"official": random.choice(("interior", "police", "government"))}.get(
            kind, kind
        )
        if body_kind == "hospital":
            body = random.choice(world.bodies[("hospital", region.key)])
        else:
            found = world.bodies.get((body_kind, region.key)) or world.bodies[(body_kind, "")]
            body = random.choice(found)
        roles = ("spokesman", "spokeswoman", "minister") if kind == "official" else ()
        post = world.holder(body, event.day, roles)
        return (post.holder, body, post.role) if post else (body, body, "")

    def _err(self, account: Account, random: Random) -> None:
        event = account.event
        state = event.perpetrator.actor.startswith("state")
        count = event.count
        if account.kind == "movement" and state and count > 2 and random.random() < 0.4:
            count = int(count * random.uniform(1.4, 3)) + 1
        elif account.kind == "official" and state and random.random() < 0.6:
            self._official(account, random)
            count = max(1, int(count * random.uniform(0.3, 1)))
        elif account.kind in ("resident", "unnamed") and count > 3 and random.random() < 0.15:
            count = max(1, count + random.choice((-2, -1, 1, 2)))
        if random.random() < 0.04:
            account.day += random.choice((-1, 1))
        account.figures = [(event.day, count)]
        if account.kind == "hospital" and count > 3:
            first = max(1, int(count * random.uniform(0.3, 0.8)))
            account.figures = [(event.day, first), (event.day + random.randrange(1, 4), count)]

    def _official(self, account: Account, random: Random) -> None:
        event = account.event
        account.names = []
        if event.type in ("killing", "extrajudicial_killing") and random.random() < 0.4:
            account.type = "armed_clash"
        else:
            account.denies = True
            account.perpetrator = event.perpetrator


Facts = dict[str, Any]
