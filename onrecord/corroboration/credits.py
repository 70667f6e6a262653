"""Credit lines: where a report says that its words come from another newsroom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord import vocabulary
from onrecord.model import Span

Scope = Literal["document", "sentence"]

UNNAMED = "agencies"
"""The source of a credit that names nobody: "With inputs from agencies"."""

_UPPER = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"{_UPPER}(?:[\w&'’-]|\.(?=\w))*"
NAME = rf"(?:(?i:the) )?{_WORD}(?: (?:(?:of|for|and|de|in|the) )?{_WORD}){{0,5}}"
"""A pattern: words that are written as a name."""
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.!?](?!\s)[^.!?\n]*)*[.!?]?[\"”’)]*")


@dataclass(frozen=True, slots=True)
class Credit:
    """One credit: the newsroom it names, the words that name it, and all the words of the credit.

    `source` is the newsroom's full name where it is known. `covers` is what the credit speaks for:
    the document, or the sentence it stands in.
    """

    source: str
    form: str
    scope: Scope
    words: Span
    span: Span
    covers: Span

    @property
    def says(self) -> str:
        """What the credit says of the newsroom, to follow its name in a sentence."""
        return str(vocabulary.load("credits")["forms"][self.form]["says"])


def find_credits(text: str, newsrooms: Newsrooms | None = None) -> tuple[Credit, ...]:
    """Every credit in `text`, in the order of the text, by the `newsrooms` that are known."""
    known = newsrooms or _known()
    found: dict[Span, Credit] = {}
    for form, (scope, pattern) in _forms().items():
        for match in pattern.finditer(text):
            hit = known.named(match["source"], signs=form == "dateline_tag")
            if hit:
                source, length = hit
                words = (match.start("source"), match.start("source") + length)
                found.setdefault(words, _credit(text, source, form, scope, words, match.span()))
    return tuple(found[words] for words in sorted(found))


def _credit(text: str, source: str, form: str, scope: Scope, words: Span, span: Span) -> Credit:
    end = span[1] if scope == "document" else words[1]
    covers = (0, len(text)) if scope == "document" else _sentence(text, words[0])
    return Credit(source, form, scope, words, (span[0], max(end, words[1])), covers)


def _sentence(text: str, place: int) -> Span:
    start = max(text.rfind("\n", 0, place) + 1, 0)
    for match in _SENTENCE.finditer(text, start):
        if match.end() > place:
            return match.start() + len(match[0]) - len(match[0].lstrip()), match.end()
    return start, len(text)


class Newsrooms:
    """Who counts as a newsroom: the agencies of the world, names that say so, and further ones."""

    def __init__(self, further: Iterable[str] = ()) -> None:
        self._names = dict(_agencies())
        for name in sorted(set(further)):
            self._names.setdefault(plain(name), name)
            letters = initials(name)
            if letters:
                self._names.setdefault(letters, name)

    def named(self, words: str, *, signs: bool = False) -> tuple[str, int] | None:
        """The full name of the newsroom that `words` begin with, and how many characters name it.

        A text may be signed (`signs`) with the letters of a newsroom that nobody has heard of.
        """
        words = words.rstrip(".,;:'’-")
        if words.lower() in vocabulary.load("credits")["unnamed"]:
            return UNNAMED, len(words)
        parts = list(re.finditer(r"\S+", words))
        for part in reversed(parts):
            name = words[: part.end()].rstrip(".,;:'’-")
            if plain(name) in self._names:
                return self._names[plain(name)], len(name)
            if part is not parts[0] and _sounds_like_one(name):
                return name.removeprefix("the "), len(name)
        if signs and len(parts) == 1 and re.fullmatch(rf"{_UPPER}{{2,6}}", words):
            return words, len(words)
        return None


@cache
def _known() -> Newsrooms:
    return Newsrooms()


def plain(name: str) -> str:
    """A newsroom's name as it is compared: without article and dots; letters keep their case."""
    name = re.sub(r"^(?i:the )", "", name.strip()).replace(".", "")
    return name if name.isupper() else name.casefold()


def initials(name: str) -> str:
    """The letters a newsroom of three words or more signs with; empty for a shorter name."""
    letters = "".join(w[0] for w in plain(name).split() if w not in ("of", "the", "and", "for"))
    return letters.upper() if len(letters) >= 3 else ""


@cache
def _agencies() -> Mapping[str, str]:
    names = {}
    for name, others in vocabulary.load("credits")["agencies"].items():
        for other in (name, *others):
            names[plain(other)] = name
    return names


def _sounds_like_one(name: str) -> bool:
    data = vocabulary.load("credits")
    return any(name.endswith(f" {ending}") for ending in (*data["makers"], *data["outlets"]))


@cache
def _forms() -> Mapping[str, tuple[Scope, re.Pattern[str]]]:
    data = vocabulary.load("credits")
    unnamed = "|".join(sorted(map(re.escape, data["unnamed"]), key=len, reverse=True))
    return dict(_compiled(data["forms"], unnamed))


def _compiled(
    forms: Mapping[str, Mapping[str, str]], unnamed: str
) -> Iterator[tuple[str, tuple[Scope, re.Pattern[str]]]]:
    for name, form in forms.items():
        pattern = form["pattern"].replace("{A}", NAME).replace("{U}", rf"(?i:{unnamed})\b")
        scope: Scope = "document" if form["scope"] == "document" else "sentence"
        yield name, (scope, re.compile(pattern, re.MULTILINE))
