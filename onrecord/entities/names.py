"""Names in a text: what the parser found, trimmed to the bare name, and what it missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.entities.gazetteer import demonyms
from onrecord.entities.lexicon import (
    body_heads,
    listed,
    roles,
    sex_of_given_name,
    titles,
)
from onrecord.entities.name_trimming import LONGEST, is_title, joined, ties_titles, trimmed
from onrecord.entities.names_of_speakers import names_of_speakers
from onrecord.entities.parentage import names_of_parentage
from onrecord.entities.sure_names import sure_names
from onrecord.entities.words import Words
from onrecord.model import Span

LABELS = {
    "PERSON": "Person",
    "ORG": "Organization",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
    "NORP": "Group",
}


@dataclass(slots=True)
class Name:
    """A bare name at tokens [first, end); its title, if any, begins at token `title`."""

    first: int
    end: int
    label: str
    title: int
    key: str = ""


def find_names(
    words: Words, bodies: tuple[Span, ...] = (), place: Span | None = None
) -> list[Name]:
    """The names of a text in order, no two of them overlapping.

    `bodies` are where the head names those who publish, `place` where the dateline stands; the
    parser seldom sees them whole.
    """
    taken = [False] * len(words)
    found: list[Name] = []

    def take(stretches: Iterable[tuple[int, int, str]]) -> None:
        for first, end, label in stretches:
            for bare in trimmed(words, first, end, label):
                name = Name(*bare, title=bare[0])
                if not any(taken[name.first : name.end]):
                    taken[name.first : name.end] = [True] * (name.end - name.first)
                    found.append(name)

    known = (*_known(words, bodies, place), *names_of_speakers(words))
    take([*known, *names_of_parentage(words), *_labelled(words)])
    for name in list(_again(words, found)):
        if not any(taken[name.first : name.end]):
            taken[name.first : name.end] = [True] * (name.end - name.first)
            found.append(name)
    take(_unlabelled(words))
    found.sort(key=lambda name: name.first)
    found = list(_tied(words, found))
    for name in found:
        if name.label == "Person":
            _grow(words, name, taken)
        name.title = title_start(words, name.first)
        name.key = key_of(words, name.first, name.end)
    return found


def key_of(words: Words, first: int, end: int) -> str:
    """A name as it is compared: lower case, without full stops and apostrophes."""
    return " ".join(
        w
        for w in (t.replace(".", "").strip("'-") for t in words.lower[first:end])
        if w and w not in ("'s", ",")
    )


def _known(
    words: Words, bodies: tuple[Span, ...], place: Span | None
) -> Iterator[tuple[int, int, str]]:
    inside = [i for i, at in enumerate(words.start) if place and place[0] <= at < place[1]]
    if inside:
        yield inside[0], inside[-1] + 1, "Place"
    for first, end in sure_names(words, bodies):
        yield first, end, "Organization"


def _labelled(words: Words) -> Iterator[tuple[int, int, str]]:
    for first, end, label in words.names:
        if label in LABELS:
            yield first, end, LABELS[label]


def _again(words: Words, found: list[Name]) -> Iterator[Name]:
    """Names of several words wherever else the very same words stand; of what kind is left open."""
    sought: dict[str, dict[tuple[str, ...], None]] = {}
    for name in found:
        said = tuple(words.word[name.first : name.end])
        if len(said) > 1:
            sought.setdefault(said[0], {}).setdefault(said)
            if words.lower[name.first] in listed("titles", "also_names"):
                sought[said[0]].setdefault(said[:1])
    for index, word in enumerate(words.word):
        for said in sought.get(word, ()):
            end = index + len(said)
            if tuple(words.word[index:end]) == said and not _runs_on(words, index, end):
                yield Name(index, end, "", index)


def _runs_on(words: Words, first: int, end: int) -> bool:
    """Whether further capitals make a longer name of a stretch: "Arden State" "Police"."""
    before = first > 0 and _proper(words, first - 1) and joined(words, first)
    return before or (end < len(words) and _proper(words, end) and joined(words, end))


def _unlabelled(words: Words) -> Iterator[tuple[int, int, str]]:
    """Runs of capitalized proper nouns: the parser's names are tried first."""
    index = 0
    while index < len(words):
        end = index
        while end < len(words) and _proper(words, end) and (end == index or joined(words, end)):
            end += 3 if _hyphened(words, end) else 1
        if end > index:
            yield index, end, ""
        index = max(end, index + 1)


def _proper(words: Words, index: int) -> bool:
    word = words.word[index]
    return (
        words.pos[index] == "PROPN"
        and word[0].isupper()
        and any(c.isalpha() for c in word[1:])
        and words.lower[index] not in listed("titles", "not_names")
    )


def _hyphened(words: Words, index: int) -> bool:
    """Whether a hyphen without spaces ties this word to another of a name: "Self-Rule"."""
    if index + 3 > len(words) or words.word[index + 1] != "-":
        return False
    tied = words.start[index + 2] == words.end[index] + 1
    return tied and words.word[index + 2][0].isupper() and words.word[index + 2].isalpha()


def _tied(words: Words, found: list[Name]) -> Iterator[Name]:
    """The names, two that a small word ties to one person's taken together: "Oren" "bin Dahl"."""
    waiting: Name | None = None
    for name in found:
        if waiting is not None and _ties(words, waiting, name):
            waiting.end, waiting.label = name.end, "Person"
            continue
        if waiting is not None:
            yield waiting
        waiting = name
    if waiting is not None:
        yield waiting


def _ties(words: Words, one: Name, other: Name) -> bool:
    """Whether a particle of descent alone stands between two names of which one is a person's."""
    between = range(one.end, other.first)
    if len(between) > 1 or "Person" not in (one.label, other.label):
        return False
    if not between and words.lower[other.first] not in listed("titles", "ties"):
        return False
    if any(words.lower[at] not in listed("titles", "ties") for at in between):
        return False
    tied = all(joined(words, at) for at in range(one.end, other.first + 1))
    named = not is_title(words, one.end - 1) and words.lower[one.end - 1] not in body_heads()
    return tied and named and other.end - one.first <= LONGEST


def _grow(words: Words, name: Name, taken: list[bool]) -> None:
    """Take in the proper nouns just before that the parser left out of a person's name."""
    index = name.first - 1
    while index >= 0 and not taken[index] and _belongs(words, index, name):
        taken[index] = True
        name.first = index
        index -= 1
    if index > 0 and words.lower[index] in listed("titles", "ties") and not taken[index - 1]:
        given = _is_given(words, index - 1) and not is_title(words, index - 1)
        if given and joined(words, index) and joined(words, index + 1):
            taken[index - 1 : index + 1] = [True, True]
            name.first = index - 1


def _is_given(words: Words, index: int) -> bool:
    """Whether a word before a particle of descent can be a name, whatever the parser calls it."""
    word = words.word[index]
    content = words.pos[index] in ("PROPN", "NOUN", "ADJ", "VERB", "ADV", "X", "INTJ")
    named = word[0].isupper() and word[1:].islower() and len(word) > 1
    return content and named and words.lower[index] not in listed("titles", "not_names")


def _belongs(words: Words, index: int, name: Name) -> bool:
    lower = words.lower[index].strip(".")
    if is_title(words, index) or lower in demonyms():
        return False
    if lower in body_heads() or lower in listed("roles", "modifiers"):
        return False
    inside = name.first <= words.head[index] < name.end
    initial = len(lower) == 1 and words.word[index][0].isupper()
    return (
        inside
        and joined(words, index + 1)
        and (initial or _proper(words, index) or lower in sex_of_given_name())
        and words.word[index][0].isupper()
        and words.dep[index] == "compound"
        and not words.word[index].isupper()
    )


def title_start(words: Words, first: int) -> int:
    """Where the title before a name ("Dr") begins, or the name if it has none."""
    start = first
    while start > 0 and joined(words, start):
        one = words.lower[start - 1].strip(".")
        length = next(
            (
                n
                for n in range(min(5, start), 0, -1)
                if tuple(words.lower[start - n : start]) in roles()
            ),
            0,
        )
        if length:
            start -= length
        elif one in titles():
            start -= 1
        elif start > 1 and _is_stop_of_title(words, start - 1):
            start -= 2
        else:
            break
    return start


def _is_stop_of_title(words: Words, index: int) -> bool:
    """Whether a mark ends a title ("Gen.") or ties two words of one ("Major-General")."""
    stop = words.word[index] == "." and words.lower[index - 1] in titles()
    return stop or ties_titles(words, index)
