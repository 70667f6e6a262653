"""Sources whose names do not show that they are two, or who name one another as theirs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from onrecord import vocabulary
from onrecord.corroboration.credits import UNNAMED
from onrecord.corroboration.joins_base import Join, Reports
from onrecord.corroboration.voices import Voice
from onrecord.resolution.names import fold


def alike_names(voices: Sequence[Voice], reports: Reports) -> Iterator[Join]:
    """Two sources of one event with names this alike are not clearly two."""
    for one, other in named_pairs(voices):
        if (voices[one].source, voices[other].source) in reports.alike:
            names = f"{voices[one].words} and {voices[other].words}"
            yield Join(one, other, "alike_names", f"{names} may be one, spelled two ways.")


def part_of_a_name(voices: Sequence[Voice], _: Reports) -> Iterator[Join]:
    """A source called by a part of another's name is not clearly somebody else.

    It is put to one of those whose name it is part of, so that it links no two others.
    """
    placed: set[int] = set()
    words = {place: _words_of_names(names) for place, names in _names(voices).items()}
    for pair in combinations(words, 2):
        for part, whole in (pair, pair[::-1]):
            if part not in placed and _is_part(words[part], words[whole]):
                placed.add(part)
                names = f"{voices[part].words} and {voices[whole].words}"
                said = f"{names} may be one, called in short and in full."
                yield Join(min(pair), max(pair), "part_of_a_name", said)


def _is_part(part: Sequence[frozenset[str]], whole: Sequence[frozenset[str]]) -> bool:
    """Whether a source is called by parts of another's names alone, and not by more elsewhere:
    two brothers share a surname, and each has a name of his own.
    """
    called = all(any(name <= other for other in whole) for name in part)
    return called and any(name < other for name in part for other in whole)


def passed_on(voices: Sequence[Voice], _: Reports) -> Iterator[Join]:
    """Who says it "according to" another source of the event passes that source's word on.

    Each source is put to one other at most, so that it links no two.
    """
    first: dict[str, int] = {}
    told: dict[str, list[str]] = defaultdict(list)
    for place, voice in enumerate(voices):
        if voice.standing == "named":
            first.setdefault(voice.source, place)
            told[voice.source] += _around_marks(voice.text)
    for source, words in told.items():
        named = (place for other, place in first.items() if other != source)
        origin = next((place for place in named if _is_meant(voices[place], words)), None)
        if origin is not None:
            relays = first[source]
            said = f"{voices[relays].words} tells it on the word of {voices[origin].words}."
            yield Join(min(relays, origin), max(relays, origin), "passed_on", said)


def _around_marks(text: str) -> Iterator[str]:
    """What stands beside each word that says on whose word something is told."""
    rule, told = vocabulary.load("corroboration"), text.casefold()
    reach = rule["passed_on_reach"]
    for found in re.finditer(rule["passed_on"], told):
        yield told[found.end() : found.end() + reach]
    for found in re.finditer(rule["passed_on_before"], told):
        yield told[max(0, found.start() - reach) : found.start()]


def _is_meant(origin: Voice, words: Iterable[str]) -> bool:
    """Whether one of an origin's names, of two words or more, stands in some words."""
    from rapidfuzz.fuzz import partial_ratio

    least = vocabulary.load("corroboration")["passed_on_alike"]
    names = [name.casefold() for name in origin.names if " " in name.strip()]
    return any(
        len(name) <= len(said) and partial_ratio(name, said) >= least
        for said in words
        for name in names
    )


def _words_of_names(names: Iterable[str]) -> list[frozenset[str]]:
    """The words of each name as they sound, without those that no name is told by."""
    told = (frozenset(words) - _SMALL for words in fold.words(list(names)))
    return [frozenset(fold.sounded(sorted(words))) for words in told if words]


_SMALL = frozenset(("the", "of", "for", "and", "in", "de"))


def named_pairs(voices: Sequence[Voice]) -> Iterator[tuple[int, int]]:
    """Pairs of named sources that nobody has found to be one: their first voices.

    A body may have been read as a person, and a person as a body.
    """
    return combinations(_names(voices), 2)


def longest_names(voices: Sequence[Voice]) -> dict[str, str]:
    """The longest name of each named source."""
    return {
        voices[place].source: max(names, key=lambda name: (len(name), name))
        for place, names in _names(voices).items()
    }


def _names(voices: Sequence[Voice]) -> dict[int, list[str]]:
    """All names of each source that has one, by the place of its first voice."""
    first: dict[str, int] = {}
    names: dict[int, list[str]] = defaultdict(list)
    for place, voice in enumerate(voices):
        if voice.standing == "named":
            names[first.setdefault(voice.source, place)] += voice.names
        elif voice.standing == "newsroom" and voice.source != UNNAMED:
            names[first.setdefault(voice.source, place)].append(voice.source)
    return names
