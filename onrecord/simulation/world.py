"""The invented country: its regions, places, bodies, officials and outlets."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

from onrecord import vocabulary
from onrecord.simulation.actors import Body, Outlet, Person, Place, Post
from onrecord.simulation.names import Habit, Language, language_of

EPOCH = date(1970, 1, 1).toordinal()


class World:
    """Everything that stands before the first event: the same seed and size give the same world."""

    def __init__(self, seed: int, events: int) -> None:
        self.rules: dict[str, Any] = vocabulary.load("simulation")
        self.random = random = Random(f"world {seed} {events}")
        tongues = vocabulary.load("simulation_names")
        self.sounds = tongues["sounds"]
        people = max(2000, 3 * events)
        self.languages = {
            name: language_of(name, rules, random, people)
            for name, rules in tongues["languages"].items()
        }
        self._shares = [rules["share"] for rules in tongues["languages"].values()]
        self._numbers: dict[str, int] = {}
        self.first_day = self.rules["first_day"].toordinal() - EPOCH
        self.days = int(365.25 * self.rules["years"])
        self.true_habit = Habit({}, random)
        self._recent: list[Person] = []
        self._lay_out(max(4, math.ceil(events / self.rules["events_a_region"])))

    def _lay_out(self, regions: int) -> None:
        self.country = self._place("country", None, (30.0, 10.0))
        self.regions = [
            self._place("region", None, (20 + 2.2 * (i % 10), 10 + 2.4 * (i // 10)))
            for i in range(regions)
        ]
        self.towns: dict[str, list[Place]] = {}
        self.villages: dict[str, list[Place]] = {}
        self.bodies: dict[tuple[str, str], list[Body]] = {}
        self.posts: dict[str, list[Post]] = {}
        for kind, rule in self.rules["bodies"].items():
            if rule["scope"] == "country":
                self._found(kind, rule, None, None)
        for region in self.regions:
            self._settle(region)
            for kind, rule in self.rules["bodies"].items():
                if rule["scope"] == "region":
                    for _ in range(2 if kind in ("brigade", "rebels") else 1):
                        self._found(kind, rule, region, None)
                elif rule["scope"] == "town":
                    for town in self.towns[region.key][:3]:
                        self._found(kind, rule, region, town)
        self.outlets = list(self._publishers())

    def _settle(self, region: Place) -> None:
        numbers = self.rules["places"]
        self.towns[region.key] = [
            self._place("town", region, (region.lat, region.lon)) for _ in range(numbers["towns"])
        ]
        self.villages[region.key] = [
            self._place("village", region, (region.lat, region.lon))
            for _ in range(numbers["villages"])
        ]

    def key(self, letter: str) -> str:
        """The next true identity of a kind: P people, O organizations, L places."""
        number = self._numbers.get(letter, 0) + 1
        self._numbers[letter] = number
        return f"{letter}{number:06d}"

    def language(self, random: Random) -> Language:
        """A language of the country, by its share of the people."""
        return random.choices(list(self.languages.values()), self._shares)[0]

    def _place(self, kind: str, region: Place | None, near: tuple[float, float]) -> Place:
        random = self.random
        language = region.language if region else self.language(random)
        if region and random.random() < 0.15:
            language = self.language(random)
        return Place(
            key=self.key("L"),
            kind=kind,
            name=language.place_name(random),
            language=language,
            lat=round(near[0] + random.uniform(-0.9, 0.9), 4),
            lon=round(near[1] + random.uniform(-0.9, 0.9), 4),
            known=kind != "village" or random.random() < 0.5,
            region=region,
        )

    def _found(
        self, kind: str, rule: dict[str, Any], region: Place | None, town: Place | None
    ) -> Body:
        random = self.random
        fills: dict[str, Place | str] = {
            "C": self.country,
            "N": random.choice(self.rules["ordinals"]),
            "A": random.choice(self.rules["emblems"]),
        }
        fills |= {"R": region} if region else {}
        fills |= {"T": town} if town else {}
        pattern = random.choice(rule["names"])
        body = Body(self.key("O"), kind, pattern, fills, rule["actor"], region)
        self.bodies.setdefault((kind, region.key if region else ""), []).append(body)
        self.posts[body.key] = [
            post for role in rule["posts"] for post in self._held(role, body, town or region)
        ]
        return body

    def _held(self, role: str, body: Body, near: Place | None) -> Iterator[Post]:
        day = self.first_day - self.random.randrange(900)
        while day < self.first_day + self.days + 400:
            end = day + self.random.randrange(400, 1500)
            sex = "female" if role.endswith("woman") or self.random.random() < 0.12 else "male"
            if role in ("spokesman", "chairman"):
                sex = "male"
            holder = self.person(self.random, near or self.random.choice(self.regions), sex=sex)
            holder.occupation = "doctor" if role in ("doctor", "director") else ""
            if body.kind in ("brigade", "army", "police") and role != "spokesman":
                holder.honorific = self.random.choice(("Colonel", "Brigadier", "Major", "General"))
            elif role == "doctor":
                holder.honorific = "Dr"
            yield Post(role, body, holder, day, end)
            day = end

    def person(self, random: Random, home: Place, *, sex: str | None = None) -> Person:
        """Somebody new who lives there."""
        sex = sex or ("female" if random.random() < 0.25 else "male")
        language = home.language if random.random() < 0.8 else self.language(random)
        middle = language.given["male"].pick(random) if random.random() < language.middle else None
        honorifics = language.honorifics[sex]
        return Person(
            key=self.key("P"),
            sex=sex,
            born=self.first_day // 365 - random.randrange(18, 70),
            language=language,
            given=language.given[sex].pick(random),
            family=language.family.pick(random),
            father=middle,
            home=home,
            occupation=random.choice(self.rules["occupations"][sex]),
            honorific=random.choice(honorifics) if honorifics and random.random() < 0.15 else "",
        )

    def sibling(self, random: Random, of: Person) -> Person:
        """A brother or sister: the family's name, the same father, another given name."""
        other = self.person(random, of.home)
        other.language, other.family, other.father = of.language, of.family, of.father
        other.given = of.language.given[other.sex].pick(random)
        while other.given == of.given:
            other.given = of.language.given[other.sex].pick(random)
        other.siblings.append(of)
        of.siblings.append(other)
        return other

    def holder(self, body: Body, day: int, roles: tuple[str, ...] = ()) -> Post | None:
        """Who holds a post of the body on that day; the first of `roles` that there is."""
        held = [p for p in self.posts[body.key] if p.start <= day < p.end]
        for role in roles:
            for post in held:
                if post.role == role:
                    return post
        return held[0] if held else None

    def _publishers(self) -> Iterator[Outlet]:
        for kind, rule in self.rules["outlets"].items():
            homes: list[Place | None] = list(self.regions) if kind == "regional" else [None]
            for region in homes:
                for _ in range(rule["number"]):
                    yield self._outlet(kind, rule, region)

    def _outlet(self, kind: str, rule: dict[str, Any], region: Place | None) -> Outlet:
        random = self.random
        near = region or random.choice(self.regions)
        town = random.choice(self.towns[near.key])
        fills: dict[str, Place | str] = {
            "C": self.country,
            "R": near,
            "T": town,
            "A": random.choice(self.rules["emblems"]),
        }
        pattern = random.choice(rule["names"])
        body = Body(self.key("O"), "outlet", pattern, fills, "non_state", region)
        habit = Habit(self.sounds, random)
        words = pattern.replace("{C}", "X").replace("{R}", "R").replace("{T}", "T").split()
        letters = "".join(w.strip("{}")[0] for w in words if w != "The")
        return Outlet(
            key=body.key,
            kind=kind,
            body=body,
            habit=habit,
            reliability=random.uniform(*rule["reliability"]),
            copies=rule["copies"],
            reach=rule["reach"],
            region=region,
            correspondent=self.person(random, near),
            taste=random.randrange(1 << 16),
            acronym=letters if len(letters) > 1 else letters + "NA",
            family_first=random.random() < 0.5,
            digits=random.random() < 0.4,
        )
