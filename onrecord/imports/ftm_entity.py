"""An entity of somebody's FollowTheMoney file: its properties as lines, a claim of its publisher.

What it says of a link between two that the file names is a relation; an id alone names nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.dates import read_edtf
from onrecord.imports.item import Imported
from onrecord.imports.making import Maker
from onrecord.imports.terms import occupation
from onrecord.model import Span
from onrecord.products.export.ftm_schemata import ancestors, kind, properties
from onrecord.vocabulary import load

TITLES = ("name", "title", "fileName", "full")
"""The properties that stand first: what an entity is called."""
_COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction", "mainCountry")


def make(item: Imported, maker: Maker) -> None:
    """Lay out an entity as lines, and say what its publisher claims with them."""
    _Entity(item.cells, maker).make()


class _Entity:
    """One entity of somebody's file on its way to a record."""

    def __init__(self, cells: Mapping[str, Any], maker: Maker) -> None:
        self.item, self.named, self.maker = cells["entity"], cells["named"], maker
        self.labels: Mapping[str, Any] = maker.item.mapping
        self.pages = cells.get("pages", [])
        self.schema: str = self.item["schema"]
        self.spans: dict[str, list[tuple[str, Span]]] = {}

    def make(self) -> None:
        """Lines first, then who is named, then the claim and, of a link, the relation."""
        maker = self.maker
        maker.line("Entity", self.labels["schema"])
        maker.line("Entity id", self.item["id"])
        self._lines()
        for page in self.pages:
            self._add("bodyText", "Page", page, page)
        subject = self._subject()
        told = [span for _, span in self.spans.pop("publisher", ())]
        content = [span for found in self.spans.values() for _, span in found]
        if not content:
            return
        speakers = [(maker.entity("Organization", span), span) for span in told[:1]]
        claim = maker.claim(self._whole_lines(content), sources=speakers)
        if self.schema in load("ftm")["edges"]:
            self._relation(claim)
        elif subject is None and "Document" in ancestors(self.schema):
            self._document()

    def _lines(self) -> None:
        ordered = sorted(self.item["properties"], key=lambda n: (n not in TITLES, n))
        for name in ordered:
            called = self.labels["properties"][name]
            for value in self.item["properties"][name]:
                about = self.named.get(value)
                self._add(name, called, about[1] if about else value, value)
                if about:
                    self._add(f"{name}, id", f"{called}, id", value, value)

    def _add(self, name: str, words: str, shown: str, value: str) -> None:
        span = self.maker.line(words, shown)
        if span is not None:
            self.spans.setdefault(name, []).append((value, span))

    def _whole_lines(self, spans: Iterable[Span]) -> list[Span]:
        """The lines in which words stand, those below each other as one stretch."""
        joined: list[Span] = []
        for start, end in sorted(self.maker.sheet.whole(span) for span in spans):
            if joined and start <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    def _subject(self) -> str | None:
        """Whom the entity itself is of, with what is told of them."""
        ours = kind(self.schema)
        names = [
            span
            for name, known in properties(self.schema).items()
            if known.type == "name" or (name == "full" and ours == "Place")
            for _, span in self.spans.get(name, ())
        ]
        if ours is None or not names:
            return None
        subject = ""
        for span in sorted(names):
            subject = self.maker.entity(ours, span, key=self.item["id"])
        self._learn(subject)
        return subject

    def _learn(self, subject: str) -> None:
        learn = self.maker.learn
        for value, span in (pair for name in _COUNTRIES for pair in self.spans.get(name, ())):
            if len(value) == 2 and value.isalpha():
                learn(subject, "country", value.upper(), span)
        for value, span in self.spans.get("gender", ()):
            learn(subject, "sex", value, span)
        for value, span in self.spans.get("profession", ()):
            found = occupation(value)
            if found:
                learn(subject, "occupations", (found,), span)

    def _relation(self, claim: str) -> None:
        ours, begin, end, named = load("ftm")["edges"][self.schema]
        roles = self.spans.get(named, [])
        status = " ".join(value.casefold() for value, _ in self.spans.get("status", ()))
        ended = "endDate" in self.spans or any(w in status for w in load("ftm")["ended"])
        for subject, span in self._ends(begin):
            for other, far in self._ends(end) if end else [(None, span)]:
                words = (roles or [("", span)])[0][1]
                role = words if roles else None
                told = {"role": role, "ended": ended, "claims": (claim,)}
                lines = (min(span[0], far[0], words[0]), max(span[1], far[1], words[1]))
                name = self.maker.words(words) if roles else str(self.labels["schema"])
                self.maker.relation(ours, subject, other, lines, label=name, **told)

    def _ends(self, prop: str) -> list[tuple[str, Span]]:
        """Whom a property of a link names, with the words; an id alone names nobody."""
        found = []
        for value, span in self.spans.get(prop, ()):
            ours = kind(self.named[value][0]) if value in self.named else None
            if ours is not None:
                found.append((self.maker.entity(ours, span, key=value), span))
        return found

    def _document(self) -> None:
        title = next((self.spans[n][0][1] for n in ("title", "fileName") if n in self.spans), None)
        self.maker.title = title
        for name in ("publishedAt", "date"):
            for value, span in self.spans.get(name, ()):
                day = value[:10]
                if self.maker.published is None and read_edtf(day) is not None:
                    self.maker.published = (day, span)
