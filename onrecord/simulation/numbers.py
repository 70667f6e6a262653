"""How a report says how many, with bounds: "at least four" is 4 with no upper bound."""

from __future__ import annotations

_WORDS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
]
_SCORES = {20: "twenty", 30: "thirty", 40: "forty", 50: "fifty", 60: "sixty"}

Counted = tuple[str, int | None, int | None]


def in_words(number: int, *, digits: bool) -> str:
    """A number as the outlet writes it."""
    if digits and number > 2:
        return str(number)
    if number < len(_WORDS) - 4 or (number < len(_WORDS) and not digits):
        return _WORDS[number]
    return _SCORES.get(number, str(number))


def count_words(number: int, manner: int, *, digits: bool) -> Counted:
    """Words, least and most; `manner` (0 to 99) is how precise the source is."""
    written = in_words(number, digits=digits)
    if number > 2 and manner < 14:
        return f"at least {written}", number, None
    if number > 5 and manner < 19:
        return f"more than {in_words(number - 1, digits=digits)}", number, None
    if number > 2 and manner < 22:
        return f"no fewer than {written}", number, None
    return written, number, number
