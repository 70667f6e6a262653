"""The invented country: its regions, places, bodies, officials and outlets."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from onrecord import vocabulary
from onrecord.simulation.actors import Body, Place, Post
from onrecord.simulation.names import Language, language_of
from onrecord.simulation.people import People

EPOCH = date(1970, 1, 1).toordinal()


class World:
    """Everything that stands before the first event: the same seed and size give the same world."""

    def __init__(self, seed: int, events: int) -> None:
        self.rules: dict[str, Any] = vocabulary.load("simulation")
        self.random = Random(f"world {seed} {events}")  # noqa: S311
        self.first_day = self.rules["first_day"].toordinal() - EPOCH
        self.days = int(365.25 * self.rules["years"])
        tongues = vocabulary.load("simulation_names")
        self.sounds = tongues["sounds"]
        self.languages: list[Language] = [
            language_of(name, rules, self.random, max(2000, 3 * events))
            for name, rules in tongues["languages"].items()
        ]
        self._shares = [rules["share"] for rules in tongues["languages"].values()]
        self.people = People(self.rules, self.languages, self._shares, self.first_day)
        self.regions: list[Place] = []
        self.towns: dict[str, list[Place]] = {}
        self.villages: dict[str, list[Place]] = {}
        self.bodies: dict[tuple[str, str], list[Body]] = {}
        self.posts: dict[str, list[Post]] = {}
        self._numbers = {"L": 0, "O": 0}
        self._emblems: list[str] = []
        self._named: set[str] = set()
        self._lay_out(max(4, math.ceil(events / self.rules["events_a_region"])))

    def key(self, letter: str) -> str:
        """The next true identity of a kind: O organizations, L places."""
        self._numbers[letter] += 1
        return f"{letter}{self._numbers[letter]:06d}"

    def emblem(self) -> str:
        """A word for a name; each is used once before any is used again."""
        if not self._emblems:
            self._emblems = list(self.rules["emblems"])
            self.random.shuffle(self._emblems)
        return self._emblems.pop()

    def pattern(self, names: list[str], fills: dict[str, Place | str]) -> str:
        """One of the ways to name a body that no other body with these fills has."""
        for _ in range(20):
            pattern = self.random.choice(names)
            used = [fill.key if isinstance(fill, Place) else fill for fill in fills.values()]
            mark = (
                pattern
                + "/"
                + "/".join(
                    u for letter, u in zip(fills, used, strict=True) if f"{{{letter}}}" in pattern
                )
            )
            if mark not in self._named:
                self._named.add(mark)
                return pattern
            fills["A"] = self.emblem()
            fills["N"] = self.random.choice(self.rules["ordinals"])
        return pattern

    def _lay_out(self, regions: int) -> None:
        self.country = self._place("country", None, (30.0, 10.0))
        for number in range(regions):
            near = (20 + 2.2 * (number % 10), 10 + 2.4 * (number // 10 % 60))
            self.regions.append(self._place("region", None, near))
        kinds = self.rules["bodies"].items()
        for kind, rule in kinds:
            if rule["scope"] == "country":
                self._found(kind, rule, None, None)
        for region in self.regions:
            self._settle(region)
            for kind, rule in kinds:
                if rule["scope"] == "region":
                    for _ in range(rule.get("each", 1)):
                        self._found(kind, rule, region, None)
                elif rule["scope"] == "town":
                    for town in self.towns[region.key][:3]:
                        self._found(kind, rule, region, town)

    def _settle(self, region: Place) -> None:
        numbers, near = self.rules["places"], (region.lat, region.lon)
        self.towns[region.key] = [
            self._place("town", region, near) for _ in range(numbers["towns"])
        ]
        self.villages[region.key] = [
            self._place("village", region, near) for _ in range(numbers["villages"])
        ]

    def _place(self, kind: str, region: Place | None, near: tuple[float, float]) -> Place:
        random = self.random
        language = region.language if region else self.people.language(random)
        if region and random.random() < 0.15:
            language = self.people.language(random)
        name = language.place_name(random)
        if kind == "village" and random.random() < 0.02:
            name = random.choice(self.villages.get(self.regions[0].key) or self.regions).name
        return Place(
            key=self.key("L"),
            kind=kind,
            name=name,
            language=language,
            lat=round(near[0] + random.uniform(-0.9, 0.9), 4),
            lon=round(near[1] + random.uniform(-0.9, 0.9), 4),
            known=kind != "village" or random.random() < 0.5,
            region=region,
        )

    def _found(
        self, kind: str, rule: dict[str, Any], region: Place | None, town: Place | None
    ) -> None:
        fills: dict[str, Place | str] = {
            "C": self.country,
            "N": self.random.choice(self.rules["ordinals"]),
            "A": self.emblem() if "{A}" in "".join(rule["names"]) else "",
        }
        fills |= {"R": region} if region else {}
        fills |= {"T": town} if town else {}
        pattern = self.pattern(rule["names"], fills)
        short = rule.get("short", False)
        body = Body(self.key("O"), kind, pattern, fills, rule["actor"], region, short)
        self.bodies.setdefault((kind, region.key if region else ""), []).append(body)
        near = town or region or self.random.choice(self.regions)
        self.posts[body.key] = [
            post for role in rule["posts"] for post in self._held(role, body, near)
        ]

    def _held(self, role: str, body: Body, near: Place) -> Iterator[Post]:
        """The holders of a post one after the other, some of whom had another post before."""
        random = self.random
        day = self.first_day - random.randrange(900)
        ranks = self.rules["ranks"].get(body.kind)
        while day < self.first_day + self.days + 400:
            end = day + random.randrange(400, 1500)
            woman = role.endswith("woman") or (role[-3:] != "man" and random.random() < 0.15)
            holder = self.people.person(random, near, sex="female" if woman else "male")
            holder.occupation = "doctor" if body.kind == "hospital" else ""
            if ranks and role != "spokesman":
                holder.honorific = random.choice(ranks)
            elif body.kind == "hospital" or random.random() < 0.1:
                holder.honorific = "Dr"
            yield Post(role, body, holder, day, end)
            day = end

    def holder(self, body: Body, day: int, roles: tuple[str, ...] = ()) -> Post | None:
        """Who holds a post of the body on that day; the first of `roles` that there is."""
        held = [p for p in self.posts[body.key] if p.start <= day < p.end]
        for role in roles:
            for post in held:
                if post.role == role:
                    return post
        return held[day % len(held)] if held else None

    def former(self, body: Body, day: int) -> Post | None:
        """Who held a post of the body last, and does not any more."""
        past = [p for p in self.posts[body.key] if self.first_day <= p.end <= day]
        return past[-1] if past else None
