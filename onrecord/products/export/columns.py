"""Columns of the tables: what each means and how a row fills it, in one place.

The data dictionary is made from the same definitions as the tables, so it cannot say otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from onrecord.model import Citations, Record, Span
from onrecord.store.log import plain
from onrecord.store.reader import CaseDocument, Custody
from onrecord.vocabulary.terms import terms

Kind = Literal["text", "integer", "number", "boolean", "list", "EDTF", "time"]
"""Types of a column; `list` is of texts, `EDTF` and `time` (UTC, ISO 8601) are texts."""

Value = str | int | float | bool | list[str] | None

UNKNOWN = "the source does not say, or it was not found"
GAP = " […] "
"""Stands between words that do not follow each other."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A document with what rows about it draw on. `who`: canonical ids; `names` by entity id."""

    document: CaseDocument
    record: Record | None
    who: Mapping[str, str]
    custody: Sequence[Custody]
    names: Mapping[str, str] = field(default_factory=dict)

    def words(self, spans: Iterable[Span | None]) -> str | None:
        """The words at some spans, in order; None where there is none."""
        text = self.record.text if self.record else ""
        return GAP.join([text[span[0] : span[1]] for span in spans if span]) or None


@dataclass(frozen=True, slots=True)
class Row:
    """What a row of a table is about: a thing of a document, within another, at a place there."""

    leaf: Leaf
    thing: Any
    within: Any = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its meaning, its unit if it has one, and what it means that it is empty."""

    name: str
    kind: Kind
    meaning: str
    of: Callable[[Row], Value]
    empty: str = "never empty"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what its rows are, its key, its columns, and the rows that a document gives."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Callable[[Leaf], Iterator[Row]]

    def filled(self, leaf: Leaf) -> Iterator[tuple[Value, ...]]:
        """The rows of a document as values in the order of the columns."""
        return self.values(self.rows(leaf))

    def values(self, rows: Iterable[Row]) -> Iterator[tuple[Value, ...]]:
        """Rows as values in the order of the columns."""
        cells = [column.of for column in self.columns]
        for row in rows:
            yield tuple([_fit(of(row)) for of in cells])


def _fit(value: Value) -> Value:
    """Text as every program can read it: NUL and lone surrogates spelled out.

    Most text is plain already, and tables have many cells.
    """
    if isinstance(value, str):
        return value if value.isascii() and "\x00" not in value else plain(value)
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value


def things(name: str) -> Callable[[Leaf], Iterator[Row]]:
    """Rows of one kind of thing of a record: `claims`, `acts`, ..."""

    def rows(leaf: Leaf) -> Iterator[Row]:
        for number, thing in enumerate(getattr(leaf.record, name, ()), 1):
            yield Row(leaf, thing, number=number)

    return rows


def parts(outer: str, inner: str) -> Callable[[Leaf], Iterator[Row]]:
    """Rows of the parts of each thing of a record: the `victims` of its `acts`, ..."""

    def rows(leaf: Leaf) -> Iterator[Row]:
        for thing in getattr(leaf.record, outer, ()):
            for number, part in enumerate(getattr(thing, inner), 1):
                yield Row(leaf, part, thing, number)

    return rows


DOCUMENT = Column(
    "document",
    "text",
    "Id of the document: `sha256:` and the SHA-256 of its original bytes",
    lambda row: row.leaf.document.id,
)


def own_id(name: str, what: str) -> Column:
    """The id of what the row is about."""
    meaning = f"Id of the {what} within the document: a hash of its content"
    return Column(name, "text", meaning, lambda row: row.thing.id)


def plain_field(name: str, meaning: str, empty: str = "never empty", kind: Kind = "text") -> Column:
    """A field of the record as it is."""
    return Column(name, kind, meaning, lambda row: getattr(row.thing, name), empty)


def listed(name: str, meaning: str, empty: str) -> Column:
    """A field of the record that holds several ids or terms."""
    return Column(name, "list", meaning, lambda row: list(getattr(row.thing, name)), empty)


def citation(
    what: str,
    of: Callable[[Row], Span | None],
    prefix: str = "",
    empty: str = "never empty",
) -> tuple[Column, ...]:
    """Where some words stand, and the words themselves."""
    unit = "Unicode code points of the document's text, from 0"

    def bound(side: int) -> Callable[[Row], Value]:
        def value(row: Row) -> Value:
            span = of(row)
            return span[side] if span else None

        return value

    return (
        Column(f"{prefix}start", "integer", f"Where {what} begin", bound(0), empty, unit),
        Column(f"{prefix}end", "integer", f"Where {what} end (exclusive)", bound(1), empty, unit),
        Column(
            f"{prefix}exact",
            "text",
            f"The exact words of the source: {what}",
            lambda row: row.leaf.words((of(row),)),
            empty,
        ),
    )


def spread(what: str, of: Callable[[Row], Sequence[Span]], prefix: str = "") -> tuple[Column, ...]:
    """Words that may stand in several places: all of them, and each place."""
    empty = "there are none" if prefix else "never empty"
    return (
        Column(
            f"{prefix}spans",
            "text",
            f"Each stretch of {what} as [start, end), JSON",
            lambda row: json.dumps([list(span) for span in of(row)]) if of(row) else None,
            empty,
            "Unicode code points of the document's text, from 0",
        ),
        Column(
            f"{prefix}exact",
            "text",
            f"The exact words of the source: {what}, `{GAP.strip()}` where some lie between",
            lambda row: row.leaf.words(of(row)),
            empty,
        ),
    )


def cited(name: str, what: str, prefix: str = "") -> tuple[Column, ...]:
    """The words that a field of the thing rests on."""

    def spans(row: Row) -> Sequence[Span]:
        cites: Citations = row.thing.cites
        return cites.get(name, ())

    return spread(f"the words that {what} rests on", spans, prefix or f"{name}_")


def entity(
    name: str, what: str, of: Callable[[Row], str | None], empty: str = "never empty"
) -> tuple[Column, ...]:
    """Who or what something is: the id in this document, the name, and who that is in the case."""
    return (
        Column(name, "text", f"Id of {what} (table `entities`)", of, empty),
        Column(
            f"{name}_name",
            "text",
            f"Name of {what} as the document gives it",
            lambda row: row.leaf.names.get(of(row) or ""),
            empty,
        ),
        Column(
            f"{name}_canonical",
            "text",
            f"Who {what} is in the whole case: entities taken for one share this id",
            lambda row: row.leaf.who.get(of(row) or ""),
            "who is who was not worked out (`onrecord resolve`)"
            if empty == "never empty"
            else empty,
        ),
    )


def coded(name: str, standard: str, term: str, what: str, of: Callable[[Row], str]) -> Column:
    """The codes that a standard has for a term of the vocabulary `term`."""
    return Column(
        name,
        "list",
        f"Codes of {what} in {standard}",
        lambda row: _codes(term, of(row), name),
        "the standard has no code for it",
    )


def _codes(vocabulary: str, term: str, standard: str) -> list[str]:
    """Codes; those of HURIDOCS with their list ("MT4:0101..."), or spreadsheets cut the zeros.

    What a micro-thesaurus has no code for has one of our own there ("onrecord:mass_grave").
    """
    found = terms(vocabulary).get(term)
    codes = found.codes.get(standard, ()) if found else ()
    if found is None or not standard.startswith("huridocs_"):
        return list(codes)
    thesaurus = standard.removeprefix("huridocs_").upper()
    return [f"{thesaurus}:{code}" for code in codes] or list(found.codes.get("local", ()))


def label(name: str, vocabulary: str, what: str, of: Callable[[Row], str]) -> Column:
    """The label of a term, for readers."""

    def value(row: Row) -> Value:
        found = terms(vocabulary).get(of(row))
        return found.label if found else None

    return Column(name, "text", f"{what} in words", value, "the vocabulary has no such term")


CONFIDENCE = Column(
    "confidence",
    "number",
    "How likely a reader of the passage would record the same; not how likely it is true",
    lambda row: row.thing.confidence,
    "the extraction states none",
    "0 to 1",
)
