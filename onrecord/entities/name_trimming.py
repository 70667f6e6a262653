"""The bare names in a stretch that the parser, or capitals, take for one: cut and stripped."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.entities.gazetteer import demonyms
from onrecord.entities.lexicon import (
    body_heads,
    listed,
    person_nouns,
    rank_words,
    roles,
    titles,
)
from onrecord.entities.words import Words

Stretch = tuple[int, int, str]
"""The first token, the one after the last, and the label."""
LONGEST = 12
"""Words of the longest name that is taken for one."""


def trimmed(words: Words, first: int, end: int, label: str) -> Iterator[Stretch]:
    """The pieces of a stretch that are names: cut at line breaks and marks, stripped of titles."""
    start = first
    listing = not {"and", "&", "of", "for"}.isdisjoint(words.lower[first:end])
    for index in range(first, end + 1):
        cut = index == end or (
            words.word[index] in '()[]{}“”":;/|•*#@_–—'
            or (index > start and not joined(words, index))
            or _possessive(words, index, label)
            or (words.word[index] == "in" and _lies_in(words, (first, index, end), label))
            or (words.word[index] == "," and label == "Organization" and not listing)
        )
        if index < end and cut and words.word[index] == ",":
            label = ""  # the parser has taken two names for one, so its word counts for neither
        if cut:
            name = _stripped(words, start, index, label)
            if name is not None:
                yield name
            marks = index < end and not words.word[index][0].isalnum()
            start = index + 1 if marks else index


def _lies_in(words: Words, stretch: tuple[int, int, int], label: str) -> bool:
    """Whether "in" at the second stands between two places: "Sarn in Velt Province"."""
    first, index, end = stretch
    if label == "Place":
        return True
    told = words.lower[end - 1] in listed("places", "generic")
    return told and body_heads().isdisjoint(words.lower[first:index])


def _possessive(words: Words, index: int, label: str) -> bool:
    return (
        words.word[index] in ("'s", "'") and label != "Organization" and words.pos[index] == "PART"
    )


def _stripped(words: Words, first: int, end: int, label: str) -> Stretch | None:
    first, end = _strip_left(words, first, end, label), _strip_right(words, first, end)
    if first < end < len(words) and tuple(words.lower[end - 1 : end + 1]) in roles():
        end = _strip_right(words, first, end - 1)
    if label != "Person":
        end = _without_post(words, first, end)
    if label == "Organization" and _is_titled_person(words, first, end):
        label = "Person"
    ranked = all(words.lower[index] in rank_words() for index in range(first, end))
    if first < end and ranked and is_title(words, end - 1):
        return None
    if label in ("Person", "") and _is_of_an_office(words, first, end):
        first += 1
    if label in ("Person", ""):
        while first < end - 1 and (is_title(words, first) or ties_titles(words, first)):
            first += 1
        if all(is_title(words, index) for index in range(first, end)):
            return None
    if first >= end or end - first > LONGEST or not _name_like(words, first, end):
        return None
    return first, end, label


def _is_of_an_office(words: Words, first: int, end: int) -> bool:
    """Whether a stretch begins with what an office is of: "Minister of Health Oren Dahl"."""
    if end - first < 3 or words.lower[first] not in listed("titles", "portfolios"):
        return False
    before = range(max(0, first - LONGEST), first - 1)
    return any(is_title(words, at) and words.lower[at + 1] in ("of", "for") for at in before)


def _without_post(words: Words, first: int, end: int) -> int:
    """Where a body's name ends before a post in it: "UN" of "UN Special Rapporteur"."""
    if not {"of", "for", "and", "&"}.isdisjoint(words.lower[first:end]):
        return end
    length = next((n for n in (3, 2, 1) if tuple(words.lower[end - n : end]) in roles()), 0)
    rest = words.word[first : end - length] if length else []
    short = len(rest) == 1 and rest[0].isupper()  # "UN", "UNHCR"
    return end - length if short or (rest[1:] and rest[-1].lower() in body_heads()) else end


def _is_titled_person(words: Words, first: int, end: int) -> bool:
    """Whether what the parser takes for a body is a title and a name: "General Solberg"."""
    start = first
    while start < end and (
        words.lower[start].strip(".") in titles()
        or (words.lower[start],) in roles()
        or tuple(words.lower[start : start + 2]) in roles()
    ):
        start += 1
    rest = words.lower[start:end]
    small = {"of", "for", "and", "the", "in", "on", "&"}
    return start > first and bool(rest) and not body_heads().union(small) & set(rest)


def _strip_left(words: Words, first: int, end: int, label: str) -> int:
    small = listed("titles", "determiners")
    particles = listed("titles", "particles")
    while first < end:
        lower, word = words.lower[first], words.word[first]
        plain = not word[0].isupper() and not (lower in particles and label != "Organization")
        mark = not word[0].isalnum()
        if not (plain or mark or lower in small):
            break
        if plain and word[0].isdigit() and label == "Organization":
            break
        first += 1
    return first


def _strip_right(words: Words, first: int, end: int) -> int:
    while end > first:
        word = words.word[end - 1]
        mark = word in ("'s", "'", "’s") or not any(c.isalnum() for c in word)
        small = word[0].islower() and words.pos[end - 1] not in ("PROPN", "NOUN")
        if not (mark or small):
            break
        end -= 1
    return end


def is_title(words: Words, index: int) -> bool:
    """Whether a word is, or is part of, a title, a post or a noun for a person."""
    lower = words.lower[index].strip(".")
    if begins_a_name(words, index):
        return False
    several = lower.removesuffix("s") if len(lower) > len("misss") else lower
    if {lower, several} & titles().keys() or lower in (
        "minister",
        "chief",
        "former",
        "acting",
        "deputy",
        "ex",
    ):
        return True
    pairs = {tuple(words.lower[at : at + 2]) for at in (max(0, index - 1), index)}
    alone = (lower,) in roles() or (several,) in roles()
    return alone or bool(pairs & roles()) or not {lower, several}.isdisjoint(person_nouns())


def begins_a_name(words: Words, index: int) -> bool:
    """Whether a word that may be a noun for somebody is a name here: "Fan Haze", no fan."""
    if words.lower[index] not in listed("titles", "also_names") or index + 1 >= len(words):
        return False
    both = words.word[index][0].isupper() and words.word[index + 1][0].isupper()
    return both and words.pos[index + 1] == "PROPN" and joined(words, index + 1)


def ties_titles(words: Words, index: int) -> bool:
    """Whether a hyphen stands between two words of a title: "Major-General"."""
    tied = words.word[index] in ("-", "–") and index > 0
    return tied and is_title(words, index - 1) and is_title(words, index + 1)


def _name_like(words: Words, first: int, end: int) -> bool:
    spoken = [w for w in words.word[first:end] if any(c.isalpha() for c in w)]
    if not spoken or not any(w[0].isupper() for w in spoken):
        return False
    if any(c in words.text[words.start[first] : words.end[end - 1]] for c in "@#<>=\n"):
        return False
    single = words.lower[first].strip(".")
    if end - first == 1 and (
        single in listed("titles", "not_names")
        or single in titles()
        or (_is_common(words, first, single) and single not in demonyms())
        or len(single) < 2
    ):
        return False
    return not all(w.lower() in listed("titles", "not_names") for w in spoken)


def _is_common(words: Words, index: int, single: str) -> bool:
    """Whether a capitalized word is a common noun for people: "Protesters" in a headline."""
    nouns = person_nouns()
    return single in nouns or words.lemma[index] in nouns or single.removesuffix("s") in nouns


def joined(words: Words, index: int) -> bool:
    """No line break or wide gap before this token."""
    gap = words.text[words.end[index - 1] : words.start[index]]
    return "\n" not in gap and words.sentence[index] == words.sentence[index - 1]
