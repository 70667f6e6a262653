"""Which word of one name answers to which word of the other, and how."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from onrecord.resolution.names.form import Form, Word
from onrecord.vocabulary import load

How = Literal["same", "respelled", "short", "initial", "slip", "near", "joined"]
_NEAREST = 0.6


@dataclass(frozen=True, slots=True)
class Link:
    """Words at `left` and `right` (places in `Form.core`) answer to each other; `likeness` 0 to 1."""

    left: tuple[int, ...]
    right: tuple[int, ...]
    how: How
    likeness: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two names side by side: the links between their words, and the words left over."""

    left: Form
    right: Form
    links: tuple[Link, ...]
    left_over: tuple[int, ...]
    right_over: tuple[int, ...]


def align(left: Form, right: Form) -> Alignment:
    """The likeliest pairing of the words of two names; each word is used once."""
    ours, theirs = left.core, right.core
    free_left, free_right = dict.fromkeys(range(len(ours))), dict.fromkeys(range(len(theirs)))
    links: list[Link] = []
    near: list[tuple[float, int, int, int, How]] = []
    for i, word in enumerate(ours):
        for j, other in enumerate(theirs):
            if word.text == other.text:
                near.append((-2.0, abs(i - j), i, j, "same"))
                continue
            how, likeness = liken(word, other)
            if how is not None:
                near.append((-likeness, abs(i - j), i, j, how))
    near.sort()
    for likeness, _, i, j, how in near:
        if i in free_left and j in free_right:
            del free_left[i], free_right[j]
            links.append(Link((i,), (j,), how, min(1.0, -likeness)))
    if free_left and free_right:
        _join(ours, theirs, free_left, free_right, links)
        _join(theirs, ours, free_right, free_left, links, swapped=True)
    elif (free_left or free_right) and links:
        _rejoin(ours, theirs, free_left, free_right, links)
    return Alignment(left, right, tuple(links), tuple(free_left), tuple(free_right))


def _join(
    ours: tuple[Word, ...],
    theirs: tuple[Word, ...],
    free: dict[int, None],
    other_free: dict[int, None],
    links: list[Link],
    swapped: bool = False,
) -> None:
    """Link words written apart on one side with one word on the other."""
    for j in list(other_free):
        for size in (3, 2):
            for start in list(free):
                run = tuple(range(start, start + size))
                if any(place not in free for place in run):
                    continue
                whole = "".join(ours[place].text for place in run)
                likeness = _letters(whole, theirs[j].text)
                if likeness >= 0.8:
                    for place in run:
                        del free[place]
                    del other_free[j]
                    link = ((j,), run) if swapped else (run, (j,))
                    links.append(Link(*link, "joined", likeness))
                    break
            if j not in other_free:
                break


def _rejoin(
    ours: tuple[Word, ...],
    theirs: tuple[Word, ...],
    free_left: dict[int, None],
    free_right: dict[int, None],
    links: list[Link],
) -> None:
    """Give a linked word the neighbour that it was parted from ("Patr ushev", "Patrushev")."""
    for number, link in enumerate(links):
        if link.how == "same":
            continue
        i, j = link.left[0], link.right[0]
        free, words, place, other = (
            (free_left, ours, i, theirs[j].text)
            if free_left
            else (free_right, theirs, j, ours[i].text)
        )
        for neighbour in (place + 1, place - 1):
            if neighbour not in free:
                continue
            run = (min(place, neighbour), max(place, neighbour))
            likeness = _letters("".join(words[k].text for k in run), other)
            if likeness > link.likeness and likeness >= 0.8:
                del free[neighbour]
                sides = (run, link.right) if free_left is free else (link.left, run)
                links[number] = Link(*sides, "joined", likeness)
                break


def _letters(one: str, two: str) -> float:
    length = max(len(one), len(two))
    return 1 - OSA.distance(one, two) / length if length else 0.0


@lru_cache(maxsize=262_144)
def liken(one: Word, two: Word) -> tuple[How | None, float]:
    """How two words that differ answer to each other, and how like they are (0 to 1)."""
    if one.role == "number" or two.role == "number":
        return None, 0.0
    if one.role == "initial" or two.role == "initial":
        same = one.text[:1] == two.text[:1] or one.sound[:1] == two.sound[:1]
        return ("initial", 0.7) if same and one.text != two.text else (None, 0.0)
    if one.sound == two.sound:
        return "respelled", 0.97
    if _short_forms().get(one.text, _NONE) & _short_forms().get(two.text, _NONE):
        return "short", 0.9
    likeness = max(_letters(one.text, two.text), _letters(one.sound, two.sound) - 0.05)
    if one.skeleton == two.skeleton and len(one.skeleton) >= 2:
        if one.abjad != two.abjad:
            return "respelled", 0.9
        if OSA.distance(one.sound, two.sound) == 1:
            return "respelled", 0.94
    if OSA.distance(one.text, two.text) == 1 and min(len(one.text), len(two.text)) >= 3:
        return "slip", likeness
    if likeness >= _NEAREST:
        return "near", likeness
    return None, likeness


_NONE: frozenset[int] = frozenset()


@cache
def _short_forms() -> dict[str, frozenset[int]]:
    rows: dict[str, set[int]] = {}
    for number, row in enumerate(load("names_words")["short_forms"]):
        for spelled in row:
            rows.setdefault(spelled, set()).add(number)
    return {spelled: frozenset(numbers) for spelled, numbers in rows.items()}
