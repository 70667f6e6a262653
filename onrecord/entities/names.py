"""Names in a text: what the parser found, trimmed to the bare name, and what it missed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.entities.gazetteer import demonyms
from onrecord.entities.lexicon import (
    body_heads,
    listed,
    person_nouns,
    roles,
    sex_of_given_name,
    titles,
)
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
LONGEST = 12
"""Words of the longest name that is taken for one."""


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
            for name in _trimmed(words, first, end, label):
                if not any(taken[name.first : name.end]):
                    taken[name.first : name.end] = [True] * (name.end - name.first)
                    found.append(name)

    take([*_known(words, bodies, place), *names_of_parentage(words), *_labelled(words)])
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
    for index, word in enumerate(words.word):
        for said in sought.get(word, ()):
            end = index + len(said)
            if tuple(words.word[index:end]) == said and not _runs_on(words, index, end):
                yield Name(index, end, "", index)


def _runs_on(words: Words, first: int, end: int) -> bool:
    """Whether further capitals make a longer name of a stretch: "Arden State" "Police"."""
    before = first > 0 and _proper(words, first - 1) and _joined(words, first)
    return before or (end < len(words) and _proper(words, end) and _joined(words, end))


def _unlabelled(words: Words) -> Iterator[tuple[int, int, str]]:
    """Runs of capitalized proper nouns: the parser's names are tried first."""
    index = 0
    while index < len(words):
        end = index
        while end < len(words) and _proper(words, end) and (end == index or _joined(words, end)):
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


def _joined(words: Words, index: int) -> bool:
    """No line break or wide gap before this token."""
    gap = words.text[words.end[index - 1] : words.start[index]]
    return "\n" not in gap and words.sentence[index] == words.sentence[index - 1]


def _trimmed(words: Words, first: int, end: int, label: str) -> Iterator[Name]:
    """The pieces of a stretch that are names: cut at line breaks and marks, stripped of titles."""
    start = first
    listing = not {"and", "&", "of", "for"}.isdisjoint(words.lower[first:end])
    for index in range(first, end + 1):
        cut = index == end or (
            words.word[index] in '()[]{}“”":;/|•*#@_–—'
            or (index > start and not _joined(words, index))
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


def _stripped(words: Words, first: int, end: int, label: str) -> Name | None:
    first, end = _strip_left(words, first, end, label), _strip_right(words, first, end)
    if first < end < len(words) and tuple(words.lower[end - 1 : end + 1]) in roles():
        end = _strip_right(words, first, end - 1)
    if label == "Organization" and _is_titled_person(words, first, end):
        label = "Person"
    if label in ("Person", ""):
        while first < end - 1 and (_is_title(words, first) or _ties_titles(words, first)):
            first += 1
        if all(_is_title(words, index) for index in range(first, end)):
            return None
    if first >= end or end - first > LONGEST or not _name_like(words, first, end):
        return None
    return Name(first, end, label, first)


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


def _is_title(words: Words, index: int) -> bool:
    lower = words.lower[index].strip(".")
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
    return alone or bool(pairs & roles()) or lower in person_nouns()


def _ties_titles(words: Words, index: int) -> bool:
    """Whether a hyphen stands between two words of a title: "Major-General"."""
    tied = words.word[index] in ("-", "–") and index > 0
    return tied and _is_title(words, index - 1) and _is_title(words, index + 1)


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
    tied = all(_joined(words, at) for at in range(one.end, other.first + 1))
    named = not _is_title(words, one.end - 1) and words.lower[one.end - 1] not in body_heads()
    return tied and named and other.end - one.first <= LONGEST


def _grow(words: Words, name: Name, taken: list[bool]) -> None:
    """Take in the proper nouns just before that the parser left out of a person's name."""
    index = name.first - 1
    while index >= 0 and not taken[index] and _belongs(words, index, name):
        taken[index] = True
        name.first = index
        index -= 1
    if index > 0 and words.lower[index] in listed("titles", "ties") and not taken[index - 1]:
        given = _is_given(words, index - 1) and not _is_title(words, index - 1)
        if given and _joined(words, index) and _joined(words, index + 1):
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
    if _is_title(words, index) or lower in demonyms():
        return False
    if lower in body_heads() or lower in listed("roles", "modifiers"):
        return False
    inside = name.first <= words.head[index] < name.end
    initial = len(lower) == 1 and words.word[index][0].isupper()
    return (
        inside
        and _joined(words, index + 1)
        and (initial or _proper(words, index) or lower in sex_of_given_name())
        and words.word[index][0].isupper()
        and words.dep[index] == "compound"
        and not words.word[index].isupper()
    )


def title_start(words: Words, first: int) -> int:
    """Where the title before a name ("Dr") begins, or the name if it has none."""
    start = first
    while start > 0 and _joined(words, start):
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
    return stop or _ties_titles(words, index)
