"""Names of bodies that the characters alone make sure of, where the parser cuts them short.

A unit with its number ("4th Harbour Division" and "9th Harbour Division" are two), a name that an
acronym in brackets spells out, a calling's body ("Teachers' Union"), a body of a place, and the
paper that a head names. What is sure once is sure wherever the same words stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from onrecord.entities.draft import Range
from onrecord.entities.lexicon import body_heads, listed, person_nouns, roles, titles
from onrecord.entities.words import Words
from onrecord.model import Span
from onrecord.vocabulary import load

LETTERS = (2, 7)
"""Fewest and most letters of an acronym."""

BEFORE = 3
"""Most words of a name before the calling or the noun that tells it."""


def sure_names(words: Words, told: Iterable[Span]) -> list[Range]:
    """Ranges of tokens that are whole names of bodies, the longer first; they may overlap.

    `told` are the characters at which the head of the document names a body.
    """
    units = [ranged for ranged in _units(words) if not _is_part(words, ranged, unit=True)]
    others = [*_spelled_out(words), *_of_callings(words), *_of_places(words), *_of_aims(words)]
    found = [ranged for span in told if (ranged := _tokens(words, span))]
    found += [*units, *(ranged for ranged in others if not _is_part(words, ranged))]
    again = [ranged for ranged in _again(words, found) if not _is_part(words, ranged)]
    return sorted({*found, *again}, key=lambda r: (r[0] - r[1], r))


def _is_part(words: Words, ranged: Range, *, unit: bool = False) -> bool:
    """Whether the parser sees a longer name here, or a place; it is believed unless for a unit.

    What runs on behind a unit ("9th Harbour Division entered Tharnok") is no part of its name.
    """
    first, end = ranged
    around = [(a, b, label) for a, b, label in words.names if a < end and first < b]
    for a, b, label in around:
        starts = a + (words.lower[a] in listed("titles", "determiners"))
        whole = label != "PERSON" and "(" not in words.word[a:b] and "\n" not in words.said(a, b)
        longer = whole and starts <= first and end <= b and (starts, b) != ranged
        if longer and (not unit or (b == end and starts < first)):
            return True
    places = bool(around) and all(label in ("GPE", "LOC", "FAC") for _, _, label in around)
    return places and not body_heads() & set(words.lower[first:end])


def _tokens(words: Words, span: Span) -> Range | None:
    inside = [i for i, at in enumerate(words.start) if span[0] <= at < span[1]]
    return (inside[0], inside[-1] + 1) if inside else None


@cache
def _numbered() -> re.Pattern[str]:
    units = load("units")
    ordinals = [o for o in units["ordinals"] if o.isupper() or o[-2:] in ("st", "nd", "rd", "th")]
    qualifiers = "|".join(units["qualifiers"])
    return re.compile(
        rf"(?<![\w.,/-])(?:\d{{1,4}}(?:st|nd|rd|th)|\d{{1,3}}|{'|'.join(ordinals)})"
        rf"(?:[ -](?:{qualifiers}))*[ -](?:{'|'.join(load('sure_names')['unit_kinds'])})\b(?!-)"
    )


def _units(words: Words) -> Iterator[Range]:
    for found in _numbered().finditer(words.text):
        ranged = _tokens(words, found.span())
        if ranged:
            yield ranged


def _spelled_out(words: Words) -> Iterator[Range]:
    """A name and, in brackets behind it, the acronym that its capitals make."""
    for index in range(1, len(words) - 2):
        letters = words.word[index + 1]
        if words.word[index] != "(" or words.word[index + 2] != ")":
            continue
        if not (letters.isalpha() and letters.isupper()):
            continue
        if LETTERS[0] <= len(letters) <= LETTERS[1]:
            first = _start(words, index, letters)
            if first is not None:
                yield first, index
                yield index + 1, index + 2


def _start(words: Words, end: int, letters: str) -> int | None:
    """Where the name begins whose words before token `end` begin with these letters."""
    left = list(letters)
    for index in range(end - 1, max(-1, end - 16), -1):
        word = words.word[index]
        if word in _joints() or word in ("'s", "’s", "'", "’", "-", ","):
            if "\n" in words.text[words.start[index] : words.start[index + 1]]:
                return None
            continue
        if word[0] != left.pop():
            return None
        if not left:
            return index if "\n" not in words.said(index, end) else None
    return None


def _of_callings(words: Words) -> Iterator[Range]:
    """A body of people of one calling: "Bishops' Conference", "Harbour People's Congress"."""
    heads = body_heads() | listed("sure_names", "meetings")
    for index in range(1, len(words) - 1):
        if words.word[index] not in ("'", "'s", "’", "’s"):
            continue
        people, head = words.lower[index - 1], words.word[index + 1]
        if head.lower() not in heads or not (
            head[0].isupper() and words.word[index - 1][0].isupper()
        ):
            continue
        if {people, people.removesuffix("s"), words.lemma[index - 1]} & person_nouns():
            yield _widened(words, index - 1), index + 2


def _of_places(words: Words) -> Iterator[Range]:
    """A noun for a body with what it is of: "Army of Tharnok", "Harbour Brigades of Tharnok"."""
    people = {
        i for first, end, label in words.names if label == "PERSON" for i in range(first, end)
    }
    for index in range(len(words) - 2):
        if words.lower[index] not in body_heads() or not _is_capital(words, index):
            continue
        end = index + 2
        if words.lower[index + 1] != "of" or end in people or not _is_place(words, end):
            continue
        while end < len(words) and _is_place(words, end) and end not in people:
            end += 1
        if words.text[words.end[end - 1] :][:1] not in ("-", "’", "'"):
            yield _widened(words, index), end


def _of_aims(words: Words) -> Iterator[Range]:
    """A noun for a body with what it is for: "Harbour Foundation for Justice"."""
    someone = {i for a, b, label in words.names if label in ("PERSON", "DATE") for i in range(a, b)}
    for index in range(len(words) - 2):
        if words.lower[index] not in listed("sure_names", "with_aims"):
            continue
        if not _is_capital(words, index) or words.lower[index + 1] != "for":
            continue
        end = index + 2 + (words.lower[index + 2] == "the")
        first = end
        while end < len(words) and _adjoins(words, end):
            joint = words.lower[end] in ("of", "and") and end > first and end + 1 < len(words)
            if not _is_capital(words, end + 1 if joint else end):
                break
            end += 1 + joint
        if first < end and someone.isdisjoint(range(first, end)):
            yield _widened(words, index), end


def _is_place(words: Words, index: int) -> bool:
    named = _is_capital(words, index) and words.pos[index] == "PROPN" and _adjoins(words, index)
    return named and (words.lower[index],) not in roles() and words.lower[index] not in titles()


def _is_capital(words: Words, index: int) -> bool:
    word = words.word[index]
    return word[0].isupper() and not word.isupper() and word.isalpha()


def _adjoins(words: Words, index: int) -> bool:
    return words.text[words.end[index - 1] : words.start[index]] == " "


def _widened(words: Words, index: int) -> int:
    """The start of a name with the capitalized words before its telling one."""
    first = index
    while first > max(0, index - BEFORE) and _adjoins(words, first):
        named = _is_capital(words, first - 1) and words.pos[first - 1] in ("PROPN", "ADJ")
        if not named or words.lower[first - 1] in listed("titles", "determiners"):
            break
        first -= 1
    return first


def _again(words: Words, found: list[Range]) -> Iterator[Range]:
    """The same words wherever else they stand, as they are written."""
    sought: dict[str, set[tuple[str, ...]]] = {}
    for first, end in found:
        sought.setdefault(words.word[first], set()).add(tuple(words.word[first:end]))
    for index, word in enumerate(words.word):
        for name in sought.get(word, ()):
            if tuple(words.word[index : index + len(name)]) == name:
                yield index, index + len(name)


@cache
def _joints() -> frozenset[str]:
    return listed("sure_names", "joints")
