"""The phrases that posts are told in: ranks, formations, posts, people, bodies and places.

Each is a stretch of the text with its kind. They are found on the surface, since the parser often
takes a rank or a formation for part of a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from onrecord.coding.context import Context
from onrecord.coding.formations import find_ranks, find_units, stands
from onrecord.coding.offices import find_offices, is_name
from onrecord.coding.phrase import Phrase
from onrecord.model import Span

_BODY_KINDS = {"Organization": "body", "Group": "body", "Place": "place", "Person": "person"}
_PRONOUNS = frozenset(
    [
        *("he", "him", "his", "she", "her", "hers", "they", "them", "their", "theirs", "it", "its"),
        *("i", "me", "my", "we", "us", "our", "you", "your", "who", "whom", "whose"),
    ]
)


def find_phrases(context: Context) -> list[Phrase]:
    """All phrases of a document in order, none overlapping another."""
    text = context.parsed.text
    ranks, units = find_ranks(text), list(find_units(text))
    posts = list(find_offices(text, ranks, units))
    ranks = [r for r in ranks if stands(text, r)]
    taken = _Taken([*posts, *ranks, *units])
    named = [p for p in _named(context) if p.start not in taken.starts]
    return sorted(
        [*taken.phrases, *taken.trim(text, named)], key=lambda phrase: (phrase.start, phrase.end)
    )


class _Taken:
    """Characters that better phrases hold already; earlier phrases win over later ones."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases: list[Phrase] = []
        self._held: set[int] = set()
        self._in_bodies: set[int] = set()
        self._in_posts: set[int] = set()
        for phrase in phrases:
            if not self.touches(phrase.start, phrase.end):
                self.phrases.append(phrase)
                self._held.update(range(phrase.start, phrase.end))
                if phrase.kind in ("body", "post"):
                    kept = self._in_bodies if phrase.kind == "body" else self._in_posts
                    kept.update(range(phrase.start, phrase.end))
        self.starts = {p.start for p in self.phrases if p.kind == "body"}

    def touches(self, start: int, end: int) -> bool:
        """Some of the characters are held."""
        return any(c in self._held for c in range(start, end))

    def _is_no_name(self, text: str, phrase: Phrase) -> bool:
        """A description that ends in a post, or the tail of a unit that was taken for a person."""
        if phrase.kind == "person" and phrase.start in self._in_bodies:
            return True
        return phrase.end - 1 in self._held and _is_description(text, phrase)

    def trim(self, text: str, named: Iterable[Phrase]) -> Iterator[Phrase]:
        """The parts of names that no better phrase holds: "Maj. Gen. Aro Venn" is Aro Venn."""
        for phrase in named:
            free = [c for c in range(phrase.start, phrase.end) if c not in self._held]
            if not free or self._is_no_name(text, phrase):
                continue
            start, end = free[0], free[-1] + 1
            if start != phrase.start and not self._may_begin_later(phrase, start):
                continue
            if self.touches(start, end):
                start, end = _longest_run(free)
            while start < end and not text[start].isalnum():
                start += 1
            while start < end and text[end - 1] in " ,\n":
                end -= 1
            if any(c.isupper() for c in text[start:end]) or (start, end) == phrase.span:
                self._held.update(range(start, end))
                yield Phrase(start, end, phrase.kind, self._entity(phrase, start, end))

    def _may_begin_later(self, phrase: Phrase, start: int) -> bool:
        """Whether what is held of a name's beginning is no part of it: a title, or a post."""
        if phrase.kind == "place":
            return set(range(phrase.start, start - 1)) <= self._in_posts
        return phrase.kind == "person"

    def _entity(self, phrase: Phrase, start: int, end: int) -> str | None:
        """Who stands there: a body whose name a post was part of is not the body that is left."""
        before = phrase.kind != "person" and start > phrase.start
        behind = phrase.kind == "body" and phrase.end - 1 in self._held and end < phrase.end
        return None if before or behind else phrase.entity


def _is_description(text: str, phrase: Phrase) -> bool:
    """A post with an article is no name: "the BNM chairman"."""
    first = text[phrase.start : phrase.end].split(maxsplit=1)[0].lower()
    return first in ("the", "a", "an", "its", "their")


def _longest_run(characters: list[int]) -> Span:
    runs: list[Span] = []
    for c in characters:
        if runs and runs[-1][1] == c:
            runs[-1] = (runs[-1][0], c + 1)
        else:
            runs.append((c, c + 1))
    return max(runs, key=lambda run: run[1] - run[0])


def _named(context: Context) -> list[Phrase]:
    """The mentions of the book, pronouns too, the longer ones first."""
    found = [
        Phrase(*span, _BODY_KINDS[entity.type], entity.id)  # type: ignore[arg-type]
        for entity in context.book
        for span in entity.mentions
    ]
    text = context.parsed.text
    return sorted((p for p in found if _is_name(text, p)), key=lambda p: (p.start - p.end, p.start))


def _is_name(text: str, phrase: Phrase) -> bool:
    words = text[phrase.start : phrase.end]
    if phrase.kind == "person":
        return words.lower() in _PRONOUNS or is_name(words)
    return words.lower() not in _PRONOUNS
