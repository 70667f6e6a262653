"""A row of cells made into a record by a mapping.

The same code runs twice: over the whole file before anything is written, to name every cell that
cannot be taken, and whenever the record is made from an item's bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from onrecord.coding.counts import read_bounds
from onrecord.imports.dates import NotADateError, between, read_date
from onrecord.imports.making import Dated, Maker
from onrecord.imports.mapping import (
    ActRule,
    EntityRule,
    Field,
    Number,
    RelationRule,
    Rules,
    Stretch,
)
from onrecord.imports.places import PlaceReader
from onrecord.imports.terms import country_code, folded, is_unknown, occupation, term, yes_or_no
from onrecord.model import (
    ActorType,
    ClaimKind,
    Count,
    EntityType,
    Perpetrator,
    RelationType,
    Span,
    Victim,
    Where,
)

ADULT = 18
OLDEST = 130


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be taken."""

    column: str
    value: str
    why: str
    todo: str


@dataclass(slots=True)
class Told:
    """Somebody of the row: the entity, the words that name it, and what the rule says of it."""

    entity: str
    span: Span
    rule: EntityRule


@dataclass(slots=True)
class Row:
    """One row while its record is made. `problems` must be empty in the end."""

    cells: Mapping[str, str]
    rules: Rules
    maker: Maker
    problems: list[Problem] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)
    stated: dict[str, Span] = field(default_factory=dict)
    used: list[Span] = field(default_factory=list)
    people: list[Told] = field(default_factory=list)

    def make(self) -> None:
        """Lay out the row and make its record."""
        self._lay_out()
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

    def values(self, rule: Field | None) -> Iterator[tuple[str, Span]]:
        """The values of a field with the words of each; none where the cell says it is unknown."""
        if rule is None:
            return
        if rule.constant is not None:
            yield rule.constant, self._by_mapping(rule.constant)
            return
        whole = self.spans.get(rule.column or "")
        if whole is None:
            return
        for span in self.maker.sheet.parts(whole, rule.separator):
            words = self.maker.words(span)
            if not is_unknown(words, self.rules.unknown):
                yield words, span

    def one(self, rule: Field | None) -> tuple[str, Span] | None:
        """The first value of a field."""
        return next(self.values(rule), None)

    def mapped(self, rule: Field, name: str) -> Iterator[tuple[str, Span]]:
        """The values of a field as our terms; a word that is no term is a problem."""
        for words, span in self.values(rule):
            if rule.values is not None and folded(words) in rule.values:
                found = rule.values[folded(words)]
                if found is None:
                    continue
            else:
                found = term(name, words)
            if found is None:
                kind = name.replace("_", " ")
                self.refuse(
                    rule,
                    words,
                    why=f"it stands for no {kind} that onrecord knows",
                    todo=f"say in the mapping which it is, in the field's `values`: {words!r}: "
                    "TERM, or null to leave it out",
                )
            else:
                yield found, span

    def refuse(self, rule: Field, value: str, *, why: str, todo: str) -> None:
        """Note a cell that cannot be taken."""
        problem = Problem(rule.column or "(the mapping)", value, why, todo)
        if problem not in self.problems:
            self.problems.append(problem)

    def use(self, *spans: Span | None) -> None:
        """Words that the row's claim is made of."""
        self.used.extend(span for span in spans if span)

    def day(self, rule: Field | None) -> Dated | None:
        """The date in a field."""
        found = self.one(rule)
        if rule is None or found is None:
            return None
        try:
            self.use(found[1])
            return read_date(found[0], self.rules.dates), found[1]
        except NotADateError as error:
            self.refuse(rule, found[0], why=error.why, todo=error.todo)
            return None

    def date(self, rule: Stretch | None) -> Dated | None:
        """The date, or stretch, that a rule gives."""
        if rule is None or rule.at:
            return self.day(rule.at) if rule else None
        start, end = self.day(rule.start), self.day(rule.end)
        last = end or start
        if last is None:
            return None
        try:
            found = between(start and start[0], end and end[0])
        except NotADateError as error:
            self.refuse(rule.end or Field(), last[0], why=error.why, todo=error.todo)
            return None
        first = start or last
        span = (min(first[1][0], last[1][0]), max(first[1][1], last[1][1]))
        return (found, span) if found else None

    def country(self, rule: Field | None) -> tuple[str, Span] | None:
        """The country in a field, as ISO 3166-1 alpha-2."""
        found = self.one(rule)
        if rule is None or found is None:
            return None
        stated = (rule.values or {}).get(folded(found[0]), found[0])
        code = country_code(stated) if stated else None
        if stated and code is None:
            self.refuse(
                rule,
                found[0],
                why="it is no country that onrecord knows",
                todo="write its English name or its ISO 3166 code, or say which it is in `values`",
            )
        return (code, found[1]) if code else None

    def named(self, rule: Field) -> list[tuple[str, Span]]:
        """The entities of the row that a column names."""
        return [
            (told.entity, told.span)
            for told in self.people
            if told.rule.name and told.rule.name.column == rule.column
        ]

    def _lay_out(self) -> None:
        for column in self._ordered():
            span = self.maker.line(column, self.cells[column])
            if span:
                self.spans[column] = span

    def _ordered(self) -> list[str]:
        """The columns, but the ends of a stretch or count beside each other, to be cited as one."""
        columns = list(self.cells)
        for first, second in self._pairs():
            if first in self.cells and second in self.cells and first != second:
                columns.remove(second)
                columns.insert(columns.index(first) + 1, second)
        return columns

    def _pairs(self) -> Iterator[tuple[str, str]]:
        ends = [(r.date.start, r.date.end) for r in self.rules.acts if r.date]
        ends += [(r.count.min, r.count.max) for r in self.rules.entities if r.count]
        for first, second in ends:
            if first and second and first.column and second.column:
                yield first.column, second.column

    def _by_mapping(self, constant: str) -> Span:
        """The line that says what the mapping itself states for every row."""
        if constant not in self.stated:
            if not self.stated:
                self.maker.sheet.gap()
            span = self.maker.line("Stated by the mapping", constant)
            self.stated[constant] = span or (0, 1)
        return self.stated[constant]

    def _head(self) -> None:
        title = self.one(self.rules.title)
        self.maker.title = title and title[1]
        self.maker.published = self.day(self.rules.published)
        self.used.clear()
        self.maker.language = self.rules.language

    def _entity(self, rule: EntityRule) -> None:
        listed = list(self.values(rule.name))
        counted = self._count(rule.count)
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

    def _count(self, rule: Number | None) -> Count | None:
        if rule is None:
            return None
        bounds: list[int | None] = [None, None]
        spans = []
        for place, given in enumerate((rule.min or rule.at, rule.max or rule.at)):
            if given is None or (given is rule.at and place):
                continue
            found = self.one(given)
            if found is None:
                continue
            read = self._bounds(given, found[0])
            if read is None:
                continue
            bounds = list(read) if rule.at else [*bounds[:place], read[0], *bounds[place + 1 :]]
            spans.append(found[1])
        if not spans:
            return None
        span = (min(s for s, _ in spans), max(e for _, e in spans))
        least, most = bounds
        if least is not None and most is not None and least > most:
            self.refuse(
                rule.max or Field(),
                str(most),
                why=f"the most is below the least, {least}",
                todo="correct one of them",
            )
            return None
        return Count(self.maker.words(span), span, least, most)

    def _bounds(self, rule: Field, words: str) -> tuple[int | None, int | None] | None:
        plain = words.removesuffix(".0")
        found = (int(plain), int(plain)) if plain.isdecimal() and len(plain) < 10 else None
        found_words = found or read_bounds(words)
        if found_words is None:
            self.refuse(
                rule,
                words,
                why="it is no number of people that can be read",
                todo="write a whole number, or words such as 'at least 12'",
            )
        return found_words

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
            Victim(told.entity, told.span, self._count(told.rule.count))
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
