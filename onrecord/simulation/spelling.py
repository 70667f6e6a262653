"""How an outlet spells people, places and bodies."""

from __future__ import annotations

from onrecord.simulation.actors import Body, Outlet, Person, Place
from onrecord.simulation.names import Habit
from onrecord.simulation.pieces import Mention


def spell(mention: Mention, outlet: Outlet) -> str:
    """The text of a mention in an outlet's spelling."""
    if mention.words:
        return mention.words
    ref = mention.ref
    if isinstance(ref, Person):
        return person_text(ref, mention.form, outlet.habit, outlet.family_first)
    if isinstance(ref, Place):
        return outlet.habit.spell(ref.name)
    if isinstance(ref, Body):
        return body_text(ref, outlet.habit)
    return ""


def person_text(
    person: Person, form: tuple[str, ...], habit: Habit, family_first: bool = False
) -> str:
    """A form of a person's name: g given, i initial, m father's name, f family name."""
    parts = []
    for part in form:
        if part == "g":
            parts.append(habit.spell(person.given))
        elif part == "i":
            parts.append(f"{habit.spell(person.given)[0]}.")
        elif part == "m" and person.father:
            particle = person.language.particle
            parts.append(f"{particle} {habit.spell(person.father)}".strip())
        elif part == "f":
            parts.append(habit.spell(person.family))
    if family_first and person.language.family_first and len(parts) > 1:
        parts = [parts[-1], *parts[:-1]]
    return " ".join(parts)


def body_text(body: Body, habit: Habit) -> str:
    """The name of a body, with the places in it in this spelling."""
    fills = {
        name: habit.spell(fill.name) if isinstance(fill, Place) else fill
        for name, fill in body.fills.items()
    }
    return body.pattern.format(**fills)
