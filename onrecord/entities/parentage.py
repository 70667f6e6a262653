"""Names that say whose child somebody is: "Salma bint Harun", "Idris ibn Harun"."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.entities.draft import Range
from onrecord.entities.words import Words
from onrecord.vocabulary import load


def particles() -> dict[str, str]:
    """The words inside a name that say "son of" or "daughter of", with the sex they give."""
    found: dict[str, str] = load("titles")["of_parentage"]
    return found


def names_of_parentage(words: Words) -> Iterator[tuple[int, int, str]]:
    """The names round such a word that the parser sees no part of a name in."""
    named = {index for first, end, _ in words.names for index in range(first, end)}
    for index in range(1, len(words) - 1):
        if words.lower[index] not in particles() or index in named:
            continue
        if _is_part(words, index - 1, index) and _is_part(words, index + 1, index):
            end = index + 2
            while end < len(words) and words.pos[end] == "PROPN" and _is_part(words, end, index):
                end += 1
            yield index - 1, end, "Person"


def particle_in(words: Words, name: Range) -> int | None:
    """Where such a word stands inside a name, between its parts."""
    inside = range(name[0] + 1, name[1] - 1)
    return next((index for index in inside if words.lower[index] in particles()), None)


def is_parent(word: str, parts: list[str]) -> bool:
    """Whether a part of a name is there as the name of its bearer's father or mother alone."""
    places = [index for index, part in enumerate(parts) if part == word]
    return bool(places) and all(at and parts[at - 1] in particles() for at in places)


def _is_part(words: Words, index: int, beside: int) -> bool:
    written = words.word[index].isalpha() and words.word[index][0].isupper()
    return written and words.sentence[index] == words.sentence[beside]
