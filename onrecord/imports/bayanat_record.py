"""An entry of Bayanat made into a record: its lines, its acts, and the parts of its actors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from onrecord.dates import read_edtf
from onrecord.imports.bayanat_entries import Entry, Happening, Location, Role
from onrecord.imports.cells import Problem
from onrecord.imports.making import Dated, Maker
from onrecord.imports.terms import folded, is_unknown, term
from onrecord.model import EntityType, Perpetrator, Span, Victim
from onrecord.model import Location as Point

OF_A_PERSON = frozenset(
    {"Occupation", "Position", "Civilian", "Family status", "Father's name", "Mother's name"}
)
"""Facts that are said of whom an entry is about; others are about the entry."""


@dataclass(slots=True)
class Making:
    """An entry while its record is made."""

    entry: Entry
    mapping: Mapping[str, Any]
    maker: Maker
    problems: list[Problem] = field(default_factory=list)
    used: list[Span] = field(default_factory=list)

    def make(self) -> None:
        """Lay out the entry and make its record."""
        maker, entry = self.maker, self.entry
        maker.line("Class", entry.kind)
        maker.line("Id", entry.identity)
        maker.title = maker.line("Title", entry.title)
        others = [maker.line("Title or name in another language", each) for each in entry.titles]
        published = maker.line("Published", entry.published)
        day = _day(entry.published)
        maker.published = (day, published) if day and published else None
        sources = self._sources()
        self._facts()
        if entry.kind == "actor":
            self._actor([span for span in others if span])
        acts = self._acts(self._places())
        if entry.description:
            span = maker.line("Description", entry.description)
            if span:
                maker.claim([span], sources=sources)
        self._close(acts, sources)

    def _sources(self) -> list[tuple[str | None, Span]]:
        found: list[tuple[str | None, Span]] = []
        for name in self.entry.sources:
            span = self.maker.line("Source", name)
            if span and not is_unknown(name):
                found.append((self.maker.entity("Organization", span), span))
        return found[:1]

    def _facts(self) -> None:
        for label, value in self.entry.facts:
            span = self.maker.line(label, value)
            if span and label in OF_A_PERSON:
                self.used.append(span)

    def _actor(self, others: Sequence[Span]) -> None:
        """The person or body that an entry of class actor is about."""
        title = self.maker.title
        if title is None or is_unknown(self.entry.title):
            return
        self.used.append(title)
        kind: EntityType = "Organization" if self.entry.is_body else "Person"
        actor = self.maker.entity(kind, title)
        for other in others:
            self.maker.mention(actor, other)
        for name in ("sex", "age_group"):
            value = self.entry.attributes.get(name, "")
            span = self.maker.line("Sex" if name == "sex" else "Age", value)
            found = term(name, value) if span and not is_unknown(value) else None
            if span and found:
                self.maker.learn(actor, name, found, span)
                self.used.append(span)

    def _places(self) -> dict[str, tuple[str, Span]]:
        found = {}
        for each in self.entry.locations:
            found[each.title] = self._place(each)
        return {name: place for name, place in found.items() if place}

    def _place(self, told: Location) -> tuple[str, Span] | None:
        span = self.maker.line("Location", told.title)
        if span is None or is_unknown(told.title):
            return None
        self.used.append(span)
        place = self.maker.entity("Place", span)
        self.maker.line("Location in full", told.full)
        if told.point:
            lat, lon = told.point
            where = self.maker.line("Latitude and longitude", f"{lat}, {lon}")
            if where:
                self.maker.learn(place, "location", Point(lat, lon, "city"), where)
        return place, span

    def _acts(
        self, places: Mapping[str, tuple[str, Span]]
    ) -> list[tuple[str, Span, dict[str, Any]]]:
        """Type, words, and place and date of each act that the entry tells of."""
        found = []
        for each in self.entry.events:
            self.maker.sheet.gap()
            spans = [self.maker.line("Event", each.title), self.maker.line("Event type", each.type)]
            date = self._date(each)
            place = places.get(each.place)
            if each.place and place is None:
                place = self._place(Location(each.place))
            self.used += [span for span in spans if span]
            kind, at = self._typed([(each.type, spans[1]), (each.title, spans[0])])
            if kind and at:
                found.append((kind, at, {"date": date, "place": place}))
        only = next(iter(places.values()), None) if len(places) == 1 else None
        for label, words in self.entry.violations:
            kind, at = self._typed([(words, self.maker.line(label, words))])
            if kind and at and not self.entry.events:
                self.used.append(at)
                found.append((kind, at, {"date": None, "place": only}))
        return found

    def _typed(self, words: Sequence[tuple[str, Span | None]]) -> tuple[str | None, Span | None]:
        table = self.mapping.get("acts", {})
        for each, span in words:
            if each and span:
                stated = table[folded(each)] if folded(each) in table else term("type", each)
                if stated and stated != "null":
                    return stated, span
        return None, None

    def _date(self, told: Happening) -> Dated | None:
        start = self.maker.line("From", told.start)
        end = self.maker.line("To", told.end)
        about = "~" if told.estimated else ""
        days = [f"{day}{about}" for day in (_day(told.start), _day(told.end)) if day]
        spans = [span for span in (start, end) if span]
        if told.estimated:
            estimated = self.maker.line("Date", "estimated")
            spans += [estimated] if estimated else []
        if not days or not spans:
            return None
        date = days[0] if len(set(days)) == 1 else f"{days[0]}/{days[1]}"
        if read_edtf(date) is None:
            return None
        whole = (spans[0][0], spans[-1][1])
        self.used.append(whole)
        return date, whole

    def _close(
        self,
        acts: Sequence[tuple[str, Span, dict[str, Any]]],
        sources: Sequence[tuple[str | None, Span]],
    ) -> None:
        self.maker.sheet.gap()
        parts = [self._part(role) for role in self.entry.actors]
        known = [part for part in parts if part]
        if not self.used:
            return
        lines = sorted({self.maker.sheet.whole(span) for span in self.used})
        told: list[tuple[str | None, Span]] = [(w, s) for p, w, s in known if p == "source"]
        spoken = told[:1] or list(sources)
        kind = cast("Any", "allegation" if acts else "statement")
        claim = self.maker.claim(lines, kind=kind, sources=spoken)
        alone = known if len(acts) == 1 else []
        made = [
            self.maker.act(
                kind,
                span,
                [claim],
                perpetrators=[
                    Perpetrator(who, "responsible", at)
                    for p, who, at in alone
                    if p == "perpetrator"
                ],
                victims=[Victim(who, at) for part, who, at in alone if part == "victim"],
                **where,
            )
            for kind, span, where in acts
        ]
        if made:
            self.maker.event(made, date=acts[0][2]["date"] if len(made) == 1 else None)

    def _part(self, role: Role) -> tuple[str, str, Span] | None:
        """What an actor is in the entry, the entity, and the words that name it."""
        span = self.maker.line("Related actor", role.name)
        self.maker.line("Related as", ", ".join(role.numbers))
        self.maker.line("Comment on the relation", role.comment)
        if span is None or is_unknown(role.name):
            return None
        kind: EntityType = "Organization" if role.is_body else "Person"
        actor = self.maker.entity(kind, span)
        table: Mapping[str, str] = self.mapping.get("roles", {})
        parts = {table.get(number, "mentioned") for number in role.numbers} - {"mentioned"}
        if len(parts) != 1:
            return None
        self.used.append(span)
        return parts.pop(), actor, span


def _day(words: str) -> str | None:
    """The day in a moment such as "2021-05-03T00:00"; None where it is none."""
    day = words[:10]
    return day if read_edtf(day) is not None else None
