"""What each primary source of an event tells: errs, exaggerates, blames another side, denies."""

from __future__ import annotations

from random import Random

from onrecord.simulation.actors import Body, Nameless, Outlet, Person
from onrecord.simulation.happenings import DEADLY, Account, Event
from onrecord.simulation.world import World

_SHARES = {
    "unnamed": 0.45,
    "resident": 0.32,
    "relative": 0.22,
    "hospital": 0.45,
    "movement": 0.36,
    "official": 0.42,
    "rights": 0.2,
    "clergy": 0.08,
    "rebels": 0.3,
}
"""How often a source of each kind tells of an event that it can tell of."""
_PRIVATE = ("resident", "relative")
_OFFICIAL_BODIES = ("interior", "police", "government", "army")
_ROLES = {
    "official": ("spokesman", "spokeswoman", "governor", "minister", "police chief"),
    "movement": ("chairman", "spokesman", "general secretary"),
    "hospital": ("doctor", "director", "surgeon"),
}


class Accounts:
    """Makes the accounts of events and numbers them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._number = 0

    def of(self, event: Event, random: Random) -> list[Account]:
        """The accounts that there are of an event; at least one that affirms it."""
        kinds = [k for k, share in _SHARES.items() if random.random() < share]
        kinds = [k for k in kinds if self._can_tell(k, event)]
        if "unnamed" in kinds and any(k in kinds for k in _PRIVATE) and random.random() < 0.7:
            kinds.remove("unnamed")
        if not [k for k in kinds if k != "official"]:
            kinds.append("resident" if random.random() < 0.6 else "unnamed")
        return [
            self._account(kind, event, random, *self._source(kind, event, random)) for kind in kinds
        ]

    @staticmethod
    def _can_tell(kind: str, event: Event) -> bool:
        if kind == "hospital":
            return event.type in DEADLY or "injured" in event.counts
        if kind == "relative":
            return bool(event.victims)
        if kind == "rebels":
            return event.perpetrator.kind == "rebels" and event.type in DEADLY
        return True

    def correspondent(self, event: Event, outlet: Outlet, random: Random) -> Account:
        """What an outlet's own correspondent saw there."""
        account = self._account("correspondent", event, random, outlet.body, outlet.body, "")
        account.perpetrator = None
        return account

    def _account(
        self,
        kind: str,
        event: Event,
        random: Random,
        source: Person | Nameless | Body,
        body: Body | None,
        role: str,
    ) -> Account:
        self._number += 1
        known = random.random() < 0.62
        account = Account(
            key=f"A{self._number:07d}",
            event=event,
            kind=kind,
            source=source,
            body=body,
            role=role,
            day=event.day,
            place=event.place,
            perpetrator=event.perpetrator if known else None,
            type=event.type,
            crowd=event.crowd,
            figures={},
            names=list(event.victims),
            manner=int(random.random() * 100),
            unknown=Nameless(f"unknown {event.key}", "Group", "armed_group"),
        )
        self._count(account, random)
        self._err(account, random)
        return account

    def _source(
        self, kind: str, event: Event, random: Random
    ) -> tuple[Person | Nameless | Body, Body | None, str]:
        world, region = self._world, event.region
        if kind == "unnamed":
            return Nameless(f"unnamed {event.key}", "Group", "non_state"), None, ""
        if kind == "resident":
            return world.people.person(random, event.place), None, "resident"
        if kind == "relative":
            victim = random.choice(event.victims)
            return world.people.sibling(random, victim), None, "relative"
        if kind == "rebels":
            body = event.perpetrator
        else:
            wanted = random.choice(_OFFICIAL_BODIES) if kind == "official" else kind
            found = world.bodies.get((wanted, region.key)) or world.bodies[(wanted, "")]
            body = random.choice(found)
        post = world.holder(body, event.day, _ROLES.get(kind, ()))
        if post is None or random.random() < 0.15:
            return body, body, ""
        return post.holder, body, post.role

    def _count(self, account: Account, random: Random) -> None:
        """What the source says how many, and how that grows over the days."""
        event = account.event
        for measure, true in event.counts.items():
            if measure != "main" and random.random() < 0.35:
                continue
            count = self._said(account, true, random)
            told = [(event.day, count)]
            grows = account.kind in ("hospital", "official", "rights") or measure == "identified"
            if grows and count > 3 and random.random() < 0.55:
                first = max(1, int(count * random.uniform(0.3, 0.8)))
                told = [(event.day, first), (event.day + random.randrange(1, 4), count)]
            account.figures[measure] = told

    @staticmethod
    def _said(account: Account, true: int, random: Random) -> int:
        state = account.event.perpetrator.actor.startswith("state")
        chance = random.random()
        if account.kind == "movement" and state and true > 2 and chance < 0.4:
            return int(true * random.uniform(1.4, 3)) + 1
        if account.kind == "official" and state and true > 1 and chance < 0.4:
            return max(1, int(true * random.uniform(0.3, 0.9)))
        if account.kind in ("resident", "unnamed", "relative") and true > 3 and chance < 0.15:
            return max(1, true + random.choice((-2, -1, 1, 2)))
        return true

    def _err(self, account: Account, random: Random) -> None:
        event, world = account.event, self._world
        if account.kind == "official" and event.perpetrator.actor.startswith("state"):
            self._official(account, random)
        elif account.kind in ("resident", "unnamed", "movement") and random.random() < 0.04:
            account.perpetrator = random.choice(
                world.bodies[("brigade", event.region.key)]
                + world.bodies[("militia", event.region.key)]
            )
        if account.denies or account.kind == "correspondent":
            return
        if random.random() < 0.04:
            account.day += random.choice((-1, 1, -2))
            account.day = min(account.day, event.day)
        if random.random() < 0.035:
            villages = world.villages[event.region.key]
            account.place = random.choice(villages)

    def _official(self, account: Account, random: Random) -> None:
        """How an official speaks of what the state's own or its friends are accused of."""
        event, chance = account.event, random.random()
        if event.type in ("killing", "extrajudicial_killing", "massacre") and chance < 0.35:
            account.type, account.crowd = (
                "armed_clash",
                random.choice(self._world.rules["militants"]),
            )
            account.perpetrator, account.names = None, []
        elif chance < 0.75:
            account.denies, account.names = True, []
            account.perpetrator = event.perpetrator
        elif chance < 0.88:
            account.perpetrator = random.choice(self._world.bodies[("rebels", event.region.key)])
        else:
            account.perpetrator = None
