"""Habits of writing names: compounds as one word or two, legal forms, numbers in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from onrecord.resolution.names import fold
from onrecord.resolution.names.roles import Kind, listed
from onrecord.vocabulary import load

_DIGITS = re.compile(r"(\d{1,9})(?:st|nd|rd|th|o|a|e|er|eme)?")


def people(names: Sequence[str]) -> list[list[str]]:
    """The words of the names of people, compounds as one word."""
    joined = _joined()
    return [
        words if joined.isdisjoint(words) else _compounds(words)
        for words in fold.words(names, of_people=True)
    ]


def bodies(
    told: list[list[str]], kind: Kind, legal: dict[int, tuple[str, ...]], start: int
) -> list[list[str]]:
    """The words of bodies, places or things, without their legal forms, which go to `legal`."""
    forms = _legal_forms()
    firsts = forms.sizes.keys()
    for row in [row for row, words in enumerate(told) if not firsts.isdisjoint(words)]:
        *before, last = words = told[row]
        if before and last in forms.alone and firsts.isdisjoint(before):
            told[row], legal[start + row] = before, forms.alone[last]
        else:
            told[row], legal[start + row] = _without_legal_form(words)
    figures = _figures(told)
    return [words if figures.isdisjoint(words) else _numbered(words, kind) for words in told]


@cache
def _joined() -> frozenset[str]:
    return listed("joined_before") | listed("joined_after")


def _compounds(words: list[str]) -> list[str]:
    """Write compounds as one word: "abd al karim", "abdul karim", "saif ud din"."""
    before, after = listed("joined_before"), listed("joined_after")
    article = listed("joined_article")
    joined: list[str] = []
    index, last = 0, len(words) - 1
    while index <= last:
        word = words[index]
        if word in before and index < last:
            index += 2 if index + 2 <= last and words[index + 1] in article else 1
            joined.append(("abdu" if word.startswith("abd") else word) + words[index])
        elif word in after and joined:
            if joined[-1] in article and len(joined) > 1:
                joined.pop()
            joined[-1] += "u" + word.removeprefix("u")
        else:
            joined.append(word)
        index += 1
    return joined


def _without_legal_form(words: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """A name's words without its legal form, and the families of that form."""
    forms = _legal_forms()
    families: list[str] = []
    kept: list[str] = []
    done = 0
    for index, word in enumerate(words):
        if index < done:
            continue
        for size in forms.sizes.get(word, ()):
            family = forms.family.get(word if size == 1 else " ".join(words[index : index + size]))
            if family:
                families.append(family)
                done = index + size
                break
        else:
            kept.append(word)
    if not families or not kept:
        return words, ()
    return kept, tuple(families if len(families) == 1 else sorted(set(families)))


class _LegalForms(NamedTuple):
    """How many words the legal forms have that begin with a word, the family of each form, and
    that of each word that is one alone.
    """

    sizes: dict[str, tuple[int, ...]]
    family: dict[str, str]
    alone: dict[str, tuple[str]]


@cache
def _legal_forms() -> _LegalForms:
    family = {
        spelled: family
        for family, spellings in load("names_words")["legal_forms"].items()
        for spelled in spellings
    }
    sizes: dict[str, set[int]] = {}
    for spelled in family:
        words = spelled.split()
        sizes.setdefault(words[0], set()).add(len(words))
    return _LegalForms(
        {first: tuple(sorted(some, reverse=True)) for first, some in sizes.items()},
        family,
        {first: (family[first],) for first in sizes if first in family},
    )


def _figures(told: Sequence[list[str]]) -> set[str]:
    """Those of the words that may be numbers."""
    known: dict[str, int] = load("names_words")["numbers"]
    return {text for text in set(chain.from_iterable(told)) if text in known or text[0].isdigit()}


def _numbered(words: list[str], kind: Kind) -> list[str]:
    """Numbers in figures, whether they were words, ordinals or Roman numerals."""
    known: dict[str, int] = load("names_words")["numbers"]
    counted: list[str] = []
    tens = False
    for index, word in enumerate(words):
        digits = _DIGITS.fullmatch(word) if word[0].isdigit() else None
        value = int(digits[1]) if digits else known.get(word)
        letter = len(word) == 1 and digits is None
        if value is None or (letter and (index == 0 or kind == "place")):
            counted.append(word)
            tens = False
        elif tens and value < 10:
            counted[-1] = str(int(counted[-1]) + value)
            tens = False
        else:
            counted.append(str(value))
            tens = 20 <= value < 100 and value % 10 == 0
    return counted
