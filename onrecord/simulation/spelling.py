"""How an outlet spells people, places and bodies."""

from __future__ import annotations

from onrecord.simulation.actors import Body, Outlet, Person, Place
from onrecord.simulation.names import Habit


def person_text(person: Person, form: tuple[str, ...], habit: Habit, *, family_first: bool) -> str:
    """A form of a person's name.

    Its parts: g given, i initial, m father's name with its particle, n father's name without, j
    father's initial, f family name, and "~" with a number for a slip of the pen.
    """
    parts: list[str] = []
    for part in form:
        if part == "g":
            parts.append(habit.spell(person.given))
        elif part == "f":
            parts.append(habit.spell(person.family))
        elif part == "i":
            parts.append(f"{habit.spell(person.given)[0]}.")
        elif person.father is None:
            continue
        elif part == "m":
            particle = person.language.particle
            parts.append(f"{particle} {habit.spell(person.father)}".strip())
        elif part == "n":
            parts.append(habit.spell(person.father))
        elif part == "j":
            parts.append(f"{habit.spell(person.father)[0]}.")
    if family_first and person.language.family_first and len(parts) > 1 and "f" in form:
        parts = [parts[-1], *parts[:-1]]
    text = " ".join(parts)
    return slip(text, int(form[-1][1:])) if form[-1][0] == "~" else text


def slip(text: str, number: int) -> str:
    """The text with one small letter doubled, dropped or swapped with the next."""
    place = 1 + number % max(1, len(text) - 2)
    pair = text[place : place + 2]
    if len(pair) < 2 or not (pair.isalpha() and pair.islower()):
        return text
    kind = number // 97 % 3
    if kind == 0:
        return text[:place] + text[place] + text[place:]
    if kind == 1:
        return text[:place] + text[place + 1 :]
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def body_text(body: Body, habit: Habit) -> str:
    """The name of a body, with the places in it in this spelling."""
    key = (body.key, "")
    text = habit.known.get(key)
    if text is None:
        fills = {
            name: habit.spell(fill.name) if isinstance(fill, Place) else fill
            for name, fill in body.fills.items()
        }
        text = habit.known[key] = body.pattern.format(**fills)
    return text


def initials(name: str) -> str:
    """The capitals of a name's words: "Halyard News Agency" is HNA."""
    words = name.replace("-", " ").split()
    letters = "".join(w[0] for w in words if w[0].isalnum() and w not in ("of", "the", "for"))
    return letters.upper() if len(letters) > 1 else f"{letters}PN".upper()


def spelled(ref: object, form: tuple[str, ...], outlet: Outlet, habit: Habit) -> str:
    """The text of a mention in an outlet's spelling."""
    if isinstance(ref, Person):
        return person_text(ref, form, habit, family_first=outlet.family_first)
    if isinstance(ref, Place):
        return habit.spell(ref.name)
    if isinstance(ref, Body):
        return initials(body_text(ref, habit)) if form == ("acronym",) else body_text(ref, habit)
    return ""
