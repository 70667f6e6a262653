"""A row of cells made into a record by a mapping.

The same code runs twice: over the whole file before anything is written, to name every cell that
cannot be taken, and whenever the record is made from an item's bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from onrecord.imports.cells import Cells
from onrecord.imports.making import Dated
from onrecord.imports.places import PlaceReader
from onrecord.imports.rules import ActRule, EntityRule, Field, RelationRule
from onrecord.imports.terms import folded, occupation, yes_or_no
from onrecord.model import (
    ActorType,
    ClaimKind,
    EntityType,
    Perpetrator,
    RelationType,
    Span,
    Victim,
    Where,
)

ADULT = 18
OLDEST = 130


@dataclass(slots=True)
class Told:
    """Somebody of the row: the entity, the words that name it, and what the rule says of it."""

    entity: str
    span: Span
    rule: EntityRule


@dataclass(slots=True)
class Row(Cells):
    """One row while its record is made. `problems` must be empty in the end."""

    people: list[Told] = field(default_factory=list)

    def make(self) -> None:
        """Lay out the row and make its record."""
        self.lay_out()
        self._head()
        places = PlaceReader(self)
        places.read()
        for rule in self.rules.entities:
            self._entity(rule)
        self._statements()
        relations = [made for rule in self.rules.relations for made in self._related(rule)]
        acts = [(rule, *each) for rule in self.rules.acts for each in self._types(rule)]
        if not self.used:
            self.use(*(told.span for told in self.people))
        if not self.used:
            return
        dated = {id(rule): self.date(rule.date) for rule in self.rules.acts}
        placed = {id(rule): places.of(rule.place) for rule in self.rules.acts}
        claim = self._claim(bool(acts))
        for kind, subject, other, told in relations:
            self.maker.relation(kind, subject, other, claims=(claim,), **told)
        self._acts(acts, claim, dated, placed)

    def named(self, rule: Field) -> list[tuple[str, Span]]:
        """The entities of the row that a column names."""
        return [
            (told.entity, told.span)
            for told in self.people
            if told.rule.name and told.rule.name.column == rule.column
        ]

    def _head(self) -> None:
        title = self.one(self.rules.title)
        self.maker.title = title and title[1]
        self.maker.published = self.day(self.rules.published)
        self.used.clear()
        self.maker.language = self.rules.language

    def _entity(self, rule: EntityRule) -> None:
        listed = list(self.values(rule.name))
        counted = self.count(rule.count)
        if not listed and counted:
            listed = [("", self.maker.sheet.whole(counted.span))]
        for _, span in listed:
            # Never one with another column's: a victim may bear the name of the accused.
            entity = self.maker.entity(cast("EntityType", rule.kind), span)
            self.people.append(Told(entity, span, rule))
            self._attributes(entity, rule, alone=len(listed) == 1)
            if rule.part != "mentioned":
                self.use(span, counted.span if counted else None)

    def _attributes(self, entity: str, rule: EntityRule, *, alone: bool) -> None:
        """What further columns say of an entity, where they can only be about this one."""
        for name in ("sex", "age_group", "actor_type"):
            given: Field | None = getattr(rule, name)
            if given and (alone or given.constant):
                for value, span in self.mapped(given, name):
                    self.maker.learn(entity, name, cast("ActorType", value), span)
        if not alone:
            return
        country = self.country(rule.country)
        if country:
            self.maker.learn(entity, "country", *country)
        for _, span in self.values(rule.other_names):
            self.maker.mention(entity, span)
        self._age(entity, rule.age)
        for words, span in self.values(rule.occupation):
            table = rule.occupation and rule.occupation.values
            found = (table or {}).get(folded(words)) or occupation(words)
            if found:
                self.maker.learn(entity, "occupations", (found,), span)

    def _age(self, entity: str, rule: Field | None) -> None:
        found = self.one(rule)
        if rule is None or found is None:
            return
        years = found[0].split(".")[0]
        if not (years.isdecimal() and int(years) <= OLDEST):
            self.refuse(
                rule,
                found[0],
                why="it is no age in years",
                todo="correct it, or give the column to `age_group` with a table of `values`",
            )
            return
        group = "adult" if int(years) >= ADULT else "child"
        self.maker.learn(entity, "age_group", group, found[1])

    def _statements(self) -> None:
        """What the text columns say, each a statement of its own."""
        for rule in self.rules.text:
            for _, span in self.values(rule):
                self.maker.claim([span], sources=self._sources())

    def _sources(self) -> list[tuple[str | None, Span]]:
        """Who told the publisher: those whom the mapping says are a source."""
        told = [(each.entity, each.span) for each in self.people if each.rule.part == "source"]
        unnamed = [(None, span) for _, span in self.values(self.rules.source)]
        return [*told, *unnamed][:1]

    def _claim(self, acts: bool) -> str:
        self.used.sort()
        kind = self.rules.claim or ("allegation" if acts else "statement")
        lines = _joined(sorted({self.maker.sheet.whole(span) for span in self.used}))
        return self.maker.claim(lines, kind=cast("ClaimKind", kind), sources=self._sources())

    def _types(self, rule: ActRule) -> Iterator[tuple[str, Span]]:
        for kind, span in self.mapped(rule.type, "type"):
            self.use(span)
            yield kind, span

    def _acts(
        self,
        acts: Sequence[tuple[ActRule, str, Span]],
        claim: str,
        dated: Mapping[int, Dated | None],
        placed: Mapping[int, tuple[str, Span, Where | None] | None],
    ) -> None:
        made = []
        for rule, kind, span in acts:
            place, negated = placed[id(rule)], self.one(rule.negated)
            made.append(
                self.maker.act(
                    kind,
                    span,
                    [claim],
                    perpetrators=self._perpetrators(),
                    victims=self._victims(),
                    date=dated[id(rule)],
                    place=place and place[:2],
                    polarity="negated" if negated and yes_or_no(negated[0]) else "affirmed",
                )
            )
        if made:
            where = next((p for p in placed.values() if p and p[2]), None)
            self.maker.event(
                made,
                date=next(filter(None, dated.values()), None),
                where=(where[2], where[1]) if where and where[2] else None,
            )

    def _perpetrators(self) -> list[Perpetrator]:
        found = []
        for told in self.people:
            if told.rule.part == "perpetrator":
                rule = told.rule.involvement
                how = next(self.mapped(rule, "involvement"), None) if rule else None
                found.append(Perpetrator(told.entity, how[0] if how else "responsible", told.span))
        return found

    def _victims(self) -> list[Victim]:
        return [
            Victim(told.entity, told.span, self.count(told.rule.count))
            for told in self.people
            if told.rule.part == "victim"
        ]

    def _related(
        self, rule: RelationRule
    ) -> Iterator[tuple[RelationType, str, str, dict[str, Any]]]:
        kind = self._relation_type(rule)
        if kind is None:
            return
        role, rank, title = self.one(rule.role), self.one(rule.rank), self.one(rule.title)
        ended = self.one(rule.ended)
        for subject, subject_span in self.named(rule.subject):
            for other, other_span in self.named(rule.object):
                if subject == other:
                    continue
                words = role or title or rank
                span = words[1] if words else other_span
                self.use(
                    subject_span, other_span, *(each[1] for each in (role, rank, title) if each)
                )
                self.day(rule.since)
                self.day(rule.until)
                told = {
                    "span": span,
                    "label": words[0] if words else kind,
                    "role": (role or title or (None, None))[1],
                    "rank": rank and rank[1],
                    "ended": bool(ended and yes_or_no(ended[0])),
                }
                yield kind, subject, other, told

    def _relation_type(self, rule: RelationRule) -> RelationType | None:
        found = self.one(rule.type)
        if found is None:
            return None
        words, table = found[0], rule.type.values or {}
        kind = words if rule.type.constant else table.get(folded(words), "")
        if kind == "":
            self.refuse(
                rule.type,
                words,
                why="it stands for no type of relation",
                todo="say in the mapping which it is, in the field's `values`",
            )
        return cast("RelationType", kind) if kind else None


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Lines that follow each other as one stretch."""
    joined: list[Span] = []
    for span in spans:
        if joined and span[0] <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], span[1]))
        else:
            joined.append(span)
    return joined
