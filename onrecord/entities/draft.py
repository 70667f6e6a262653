"""Entities while they are being worked out, before they are written to the book."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from onrecord.model import EntityType, Span

Range = tuple[int, int]
"""Tokens `[first, end)`."""


@dataclass(frozen=True, slots=True)
class Role:
    """A post or description a person was introduced with, the words around it, and where."""

    noun: str
    around: frozenset[str]
    bodies: frozenset[int]
    """Numbers of the drafts named with it: "the BNM chairman", "chairman of the movement"."""
    at: int
    phrase: Range


@dataclass(eq=False, slots=True)
class Draft:
    """One entity to be: its mentions as ranges of tokens, and what is learned of it on the way."""

    number: int
    kind: EntityType
    name: str
    keys: set[str] = field(default_factory=set)
    mentions: list[Range] = field(default_factory=list)
    names: set[Range] = field(default_factory=set)
    """Those of the mentions that are a name."""
    named: bool = True
    roles: list[Role] = field(default_factory=list)
    candidates: tuple[Draft, ...] = ()
    sex: Counter[str] = field(default_factory=Counter)
    body: tuple[str, str] | None = None
    """Class and country of a body without a name of its own: ("army", "PK")."""
    plural: bool = False
    known: dict[str, Any] = field(default_factory=dict)
    cites: dict[str, list[Span]] = field(default_factory=dict)

    def learn(self, field_name: str, value: object, span: Span) -> None:
        """A field and the words it rests on; what came first stays, more words are added to it."""
        if self.known.setdefault(field_name, value) == value:
            cited = self.cites.setdefault(field_name, [])
            if span not in cited and len(cited) < 4:
                cited.append(span)


class Drafts:
    """The drafts of a document, and which one stands at each token."""

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self.at: dict[int, Draft] = {}

    def __iter__(self) -> Iterator[Draft]:
        return iter(self._drafts)

    def of(self, kind: EntityType) -> list[Draft]:
        """The drafts of one type, in order of making."""
        return [draft for draft in self._drafts if draft.kind == kind]

    def add(self, kind: EntityType, name: str, **more: Any) -> Draft:
        """A new draft without mentions."""
        draft = Draft(len(self._drafts), kind, name, **more)
        self._drafts.append(draft)
        return draft

    def name(self, draft: Draft, *ranges: Range) -> None:
        """Further mentions that are names."""
        draft.names.update(ranges)
        self.mention(draft, *ranges)

    def mention(self, draft: Draft, *ranges: Range) -> None:
        """Further mentions; the first of them takes the tokens that nothing stands at yet."""
        for first, end in ranges:
            if (first, end) not in draft.mentions:
                draft.mentions.append((first, end))
            for index in range(first, end):
                self.at.setdefault(index, draft)
