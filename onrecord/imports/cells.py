"""The cells of a row while it is read by a mapping: their values with the words of each.

A cell that cannot be taken is noted, and reading goes on, so that all of them are named at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from onrecord.coding.counts import read_bounds
from onrecord.imports.dates import NotADateError, between, read_date
from onrecord.imports.making import Dated, Maker
from onrecord.imports.rules import Field, Number, Rules, Stretch
from onrecord.imports.terms import country_code, folded, is_unknown, term
from onrecord.model import Count, Span


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell that cannot be taken."""

    column: str
    value: str
    why: str
    todo: str


@dataclass(slots=True)
class Cells:
    """One row. `spans` are the cells on the sheet, `used` the words that its claim is made of."""

    cells: Mapping[str, str]
    rules: Rules
    maker: Maker
    problems: list[Problem] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)
    stated: dict[str, Span] = field(default_factory=dict)
    used: list[Span] = field(default_factory=list)

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

    def count(self, rule: Number | None) -> Count | None:
        """How many, as a rule gives it."""
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

    def lay_out(self) -> None:
        """Put every cell on the sheet, in the order of the file."""
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
