"""How a report says how many, with bounds: "at least four" is 4 with no upper bound."""

from __future__ import annotations

from random import Random

_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()


def in_words(number: int, digits: bool) -> str:
    """A number as the outlet writes it."""
    return _WORDS[number] if number < len(_WORDS) and not (digits and number > 2) else str(number)


def count_words(number: int, digits: bool, random: Random) -> tuple[str, int | None, int | None]:
    """Words, least and most."""
    draw = random.random()
    if number > 2 and draw < 0.2:
        return f"at least {in_words(number, digits)}", number, None
    if number > 5 and draw < 0.3:
        return f"more than {in_words(number - 1, digits)}", number, None
    return in_words(number, digits), number, number
