"""The outlets of a simulated world: agencies, dailies, sites, and bodies' own channels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.simulation.actors import Body, Outlet, Place
from onrecord.simulation.names import Habit
from onrecord.simulation.spelling import body_text, initials
from onrecord.simulation.world import World

WITH_A_CHANNEL = ("movement", "rights", "interior", "rebels", "clergy")


class Outlets:
    """All outlets of a world, the agencies, and the own channel of each body that has one."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.all = list(self._publishers())
        self.agencies = [o for o in self.all if o.kind == "agency"]
        self.channels: dict[str, Outlet] = {
            body.key: self._outlet("party", world.rules["outlets"]["party"], body.region, body)
            for (kind, _), bodies in world.bodies.items()
            if kind in WITH_A_CHANNEL
            for body in bodies
        }
        self.national = [o for o in self.all if o.region is None]
        self._regional: dict[str, list[Outlet]] = {r.key: [] for r in world.regions}
        for outlet in self.all:
            if outlet.region is not None:
                self._regional[outlet.region.key].append(outlet)

    def hearing(self, region: Place | None) -> list[Outlet]:
        """Who may hear of what happens in a region."""
        return self.national + (self._regional[region.key] if region else [])

    def _publishers(self) -> Iterator[Outlet]:
        for kind, rule in self._world.rules["outlets"].items():
            for _ in range(rule.get("number", 0)):
                yield self._outlet(kind, rule, None, None)
            for region in self._world.regions if "each" in rule else ():
                for _ in range(rule["each"]):
                    yield self._outlet(kind, rule, region, None)

    def _outlet(
        self, kind: str, rule: dict[str, Any], region: Place | None, own: Body | None
    ) -> Outlet:
        world, random = self._world, self._world.random
        near = region or random.choice(world.regions)
        town = random.choice(world.towns[near.key])
        habits = tuple(Habit(world.sounds, random) for _ in range(2))
        body = own or self._body(rule, near, town, region)
        return Outlet(
            key=body.key,
            kind=kind,
            body=body,
            habits=habits,
            reliability=random.uniform(*rule["reliability"]),
            copies=rule["copies"],
            reach=rule["reach"] * random.uniform(0.6, 1.4),
            region=region,
            seat=town,
            taste=random.randrange(1 << 30),
            acronym=initials(body_text(body, habits[0])),
            family_first=random.random() < 0.5,
            digits=random.random() < 0.4,
            layouts=tuple(random.sample(rule["layouts"], min(2, len(rule["layouts"])))),
            length=tuple(rule["length"]),
            own=own,
        )

    def _body(self, rule: dict[str, Any], near: Place, town: Place, region: Place | None) -> Body:
        world = self._world
        fills: dict[str, Place | str] = {
            "C": world.country,
            "R": near,
            "T": town,
            "A": world.emblem(),
        }
        pattern = world.pattern(rule["names"], fills)
        return Body(world.key("O"), "outlet", pattern, fills, "non_state", region)
