"""Walking from phrase to phrase: who stands next to a stretch of text, over ranks and posts."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from onrecord.coding.context import Context
from onrecord.coding.phrase import Phrase
from onrecord.model import Entity, Span

_SMALL = re.compile(
    r"(?:[\s,(]|\b(?:the|a|an|then|former|late|Mr|Mrs|Ms|Dr|and|of|known|only|as)\b\.?|['’]s)*",
    re.IGNORECASE,
)
_REACH = 80
"""Characters between two names that still belong to one phrase."""


class Neighbours:
    """The phrases of a document, by where they stand."""

    def __init__(self, context: Context, phrases: list[Phrase]) -> None:
        self.context, self.text, self.book = context, context.parsed.text, context.book
        self.phrases = [self._known(p) for p in phrases]
        self._starts = [p.start for p in phrases]

    def _known(self, phrase: Phrase) -> Phrase:
        """A unit that became an entity since it was found."""
        if phrase.kind != "body" or phrase.entity:
            return phrase
        entity = self.book.exactly(phrase.span)
        return replace(phrase, entity=entity.id) if entity else phrase

    def after(self, position: int, kinds: tuple[str, ...] = ("person",)) -> Phrase | None:
        """The first phrase of these kinds behind `position`, over titles and small words alone."""
        cursor = position
        for phrase in self.phrases[bisect_left(self._starts, position) :]:
            between = self.text[cursor : phrase.start]
            if phrase.start - position > _REACH or not _SMALL.fullmatch(between) or "\n" in between:
                return None
            if phrase.kind in kinds and phrase.entity:
                return phrase
            if phrase.kind == "person":
                return None
            cursor = phrase.end
        return None

    def before(self, position: int, kinds: tuple[str, ...] = ("person",)) -> Phrase | None:
        """The last phrase of these kinds that ends at or before `position`, near enough."""
        for phrase in reversed(self.phrases[: bisect_left(self._starts, position)]):
            if phrase.end > position:
                continue
            if position - phrase.end > _REACH or "\n" in self.text[phrase.end : position]:
                return None
            return phrase if phrase.kind in kinds and phrase.entity else None
        return None

    def at(self, character: int) -> Entity | None:
        """Who the book has at a character."""
        return self.book.at(character)

    def coordinated_before(self, position: int) -> tuple[str, ...]:
        """The people named together last before `position` ("A and B"): whom "their" means."""
        people = [
            p
            for p in self.phrases[: bisect_left(self._starts, position)]
            if p.kind == "person" and p.entity and self.text[p.start].isupper()
        ]
        row: list[Phrase] = []
        for phrase in reversed(people):
            if position - phrase.end > 8 * _REACH:
                break
            if row and self._joined(phrase, row[-1]):
                row.append(phrase)
            elif len(row) > 1:
                break
            else:
                row = [phrase]
        if len(row) < 2:
            return ()
        return tuple(dict.fromkeys(p.entity for p in reversed(row) if p.entity))

    def listed_after(self, position: int) -> list[Phrase]:
        """All in the list that begins at `position`, over their titles: "of A and Minister B"."""
        found: list[Phrase] = []
        cursor = position
        rest = self.phrases[bisect_left(self._starts, position) :]
        for phrase, following in zip(rest, [*rest[1:], None], strict=False):
            between = self.text[cursor : phrase.start]
            if phrase.start - cursor > _REACH or not _SMALL.fullmatch(between) or "\n" in between:
                break
            if found and cursor == found[-1].end and not re.search(r"\band\b|,", between):
                break
            cursor = phrase.end
            named = phrase.entity and phrase.kind not in ("post", "rank")
            if named and (phrase.kind == "person" or not self._is_title_of(phrase, following)):
                found.append(phrase)
        return found

    def _is_title_of(self, body: Phrase, following: Phrase | None) -> bool:
        """A body or place that only says of what the next one is minister or commander."""
        if following is None or following.kind not in ("post", "rank", "person"):
            return False
        return bool(re.fullmatch(r"\)?(?:['’]s?)?\s*", self.text[body.end : following.start]))

    def _joined(self, one: Phrase, other: Phrase) -> bool:
        """An "and" stands between two names, with nothing but titles beside it."""
        between = self.text[one.end : other.start]
        if len(between) > _REACH or not re.search(r"\band\b|,", between):
            return False
        cursor, rest = one.end, ""
        for phrase in self.phrases[bisect_left(self._starts, one.end) :]:
            if phrase.start >= other.start:
                break
            rest += self.text[cursor : phrase.start]
            cursor = phrase.end
        rest += self.text[cursor : other.start]
        return bool(_SMALL.fullmatch(rest)) and "and" in rest.split()


def within(span: Span, outer: Span) -> bool:
    """The first span lies inside the second."""
    return outer[0] <= span[0] and span[1] <= outer[1]
