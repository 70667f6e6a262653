"""People as whole-case tables have them, without any text: for measuring growth.

A profile is what one document tells of one person: the columns of the entities table, and the true
person beside them. The people, spellings and offices are those of `simulate`; a text is never made.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from random import Random
from typing import Any

from onrecord.simulation.actors import Body, Outlet, Person
from onrecord.simulation.happenings import Event, Happenings
from onrecord.simulation.outlets import Outlets
from onrecord.simulation.spelling import body_text, person_text
from onrecord.simulation.world import World

Row = dict[str, Any]
_AN_EVENT = 18
"""Mentions of people that the reports of an event make, about."""
_OFFICES = ("movement", "interior", "hospital", "police", "rights", "brigade")


def mentions(number: int, seed: int) -> Iterator[Row]:
    """`number` profiles of people, in the order of events; the same arguments give the same rows.

    Columns as in `resolution.schemas.ENTITIES`, and `person`, the true identity.
    """
    events = max(50, number // _AN_EVENT)
    source = _Profiles(World(seed, events), seed, events)
    made = 0
    for event_number in count():
        for row in source.of_event(event_number):
            yield row
            made += 1
            if made == number:
                return


class _Profiles:
    def __init__(self, world: World, seed: int, events: int) -> None:
        self._world = world
        self._happenings = Happenings(world, seed, events)
        self._outlets = Outlets(world)
        self._documents = 0

    def of_event(self, number: int) -> Iterator[Row]:
        """The people of the reports of one event."""
        event, random = self._happenings.event(number)
        people = self._cast(event, random)
        outlets = self._outlets.hearing(event.region)
        draw = random.random
        for _ in range(1 + int(event.news * 7 * draw())):
            outlet = outlets[int(draw() * len(outlets))]
            told = [(person, post) for person, post in people if draw() < 0.7]
            if told:
                yield from self._document(event, outlet, told, random)

    def _cast(self, event: Event, random: Random) -> list[tuple[Person, tuple[str, Body] | None]]:
        """The victims, somebody of the place, and some who hold an office."""
        world, draw = self._world, random.random
        cast: list[tuple[Person, tuple[str, Body] | None]] = [(v, None) for v in event.victims]
        if draw() < 0.5:
            cast.append((world.people.person(random, event.place), None))
        for kind in _OFFICES:
            if draw() < 0.3:
                bodies = world.bodies.get((kind, event.region.key)) or world.bodies[(kind, "")]
                body = bodies[int(draw() * len(bodies))]
                post = world.holder(body, event.day)
                if post is not None:
                    cast.append((post.holder, (post.role, body)))
        return cast

    def _document(
        self,
        event: Event,
        outlet: Outlet,
        told: list[tuple[Person, tuple[str, Body] | None]],
        random: Random,
    ) -> Iterator[Row]:
        draw = random.random
        self._documents += 1
        document = f"sha256:{self._documents:064x}"
        habit = outlet.habits[0 if draw() < 0.88 else 1]
        place = habit.spell(event.place.name)
        named = [
            person_text(person, _form(person, draw()), habit, family_first=outlet.family_first)
            for person, _ in told
        ]
        keys = [f"{document}|entity:{number:016x}" for number in range(len(told))]
        for number, (person, post) in enumerate(told):
            name = named[number]
            label = "sister" if person.sex == "female" else "brother"
            kin = [
                {"label": label, "entity": keys[other], "of": True}
                for other, (relative, _) in enumerate(told)
                if relative in person.siblings
            ]
            yield {
                "key": keys[number],
                "document": document,
                "type": "Person",
                "name": name,
                "names": [name, habit.spell(person.family)],
                "country": None,
                "actor_type": None,
                "sex": person.sex if draw() < 0.3 else None,
                "age_group": None,
                "occupations": [],
                "posts": [f"{post[0]}, {body_text(post[1], habit)}"] if post else [],
                "kin": kin,
                "places": [place] if post is None else [],
                "settings": [place] if post else [],
                "company": named[:number] + named[number + 1 :],
                "lat": None,
                "lon": None,
                "first": event.day,
                "last": event.day,
                "undecided": False,
                "person": person.key,
            }


def _form(person: Person, draw: float) -> tuple[str, ...]:
    if person.father is not None and draw < 0.55:
        return ("g", "m", "f") if draw < 0.35 else ("g", "n", "f")
    return ("i", "f") if draw > 0.97 else ("g", "f")
