"""The people of a simulated world: names by language and frequency, kin and namesakes."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from onrecord.simulation.actors import Person, Place
from onrecord.simulation.names import Language


class People:
    """Makes people. Keeps only a few of those it made, to name others after them."""

    def __init__(
        self,
        rules: Mapping[str, Any],
        languages: Sequence[Language],
        shares: Sequence[float],
        first_day: int,
    ) -> None:
        self._rules, self._languages, self._shares = rules, languages, shares
        self._first_day = first_day
        self._number = 0
        self._some: deque[Person] = deque(maxlen=500)

    def language(self, random: Random) -> Language:
        """A language of the country, by its share of the people."""
        return random.choices(self._languages, self._shares)[0]

    def person(self, random: Random, home: Place, *, sex: str | None = None) -> Person:
        """Somebody new who lives there; now and then with the name of somebody else."""
        draw = random.random
        sex = sex or ("female" if draw() < 0.25 else "male")
        language = home.language if draw() < 0.8 else self.language(random)
        honorifics = language.honorifics[sex]
        occupations = self._rules["occupations"][sex]
        self._number += 1
        person = Person(
            key=f"P{self._number:06d}",
            sex=sex,
            born=self._first_day - 365 * 15 - int(draw() * 365 * 55),
            language=language,
            given=language.given[sex].pick(random),
            family=language.family.pick(random),
            father=language.given["male"].pick(random) if draw() < language.middle else None,
            home=home,
            occupation=occupations[int(draw() * len(occupations))],
            honorific=random.choice(honorifics) if honorifics and draw() < 0.15 else "",
        )
        if person.father == person.family:
            person.father = None
        if self._some and draw() < self._rules["namesakes"]:
            self._name_after(person, random.choice(self._some))
        if draw() < 0.3:
            self._some.append(person)
        return person

    @staticmethod
    def _name_after(person: Person, other: Person) -> None:
        if person.sex == other.sex and person.home.key != other.home.key:
            person.language, person.given = other.language, other.given
            person.family, person.father = other.family, other.father

    def sibling(self, random: Random, of: Person) -> Person:
        """A brother or sister: the family's name, the same father, another given name."""
        other = self.person(random, of.home)
        other.language, other.family, other.father = of.language, of.family, of.father
        taken = {of.given, *(s.given for s in of.siblings)}
        names = of.language.given[other.sex]
        while other.given in taken or other.given == of.given:
            other.given = names.pick(random)
        other.siblings = [of, *of.siblings]
        of.siblings.append(other)
        return other
