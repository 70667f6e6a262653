"""A case's records as tables: what every product looks up, built once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from onrecord.model import Act, Claim, Entity, Record, Relation, Span
from onrecord.passages.sentence import sentence
from onrecord.products.edtf import order
from onrecord.vocabulary import load


@dataclass(frozen=True, slots=True)
class Said:
    """A claim with what was coded from it; `claim` is None for the publisher's own words."""

    record: Record
    claim: Claim | None
    acts: tuple[Act, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What tells one from another in a case."""
        return (
            self.record.document.id,
            self.claim.id if self.claim else ",".join(a.id for a in self.acts),
        )

    @property
    def content(self) -> tuple[Span, ...]:
        """The characters of what is said; of the publisher's own words, their sentences."""
        if self.claim:
            return self.claim.content
        return tuple(sorted({sentence(self.record.text, act.span) for act in self.acts}))


class _Around:
    """Finds the claims around some words; in a long record a look at each would take minutes."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._spans = sorted(
            ((*span, claim) for claim in claims for span in claim.content), key=lambda s: s[:2]
        )
        self._starts = [start for start, _, _ in self._spans]
        self._reach = list(accumulate((end for _, end, _ in self._spans), max))

    def words(self, span: Span) -> Iterator[Claim]:
        """The claims of which a stretch of words holds all of a span."""
        at = bisect_right(self._starts, span[0])
        while at and self._reach[at - 1] >= span[1]:
            at -= 1
            _, end, claim = self._spans[at]
            if end >= span[1]:
                yield claim


@dataclass(slots=True)
class Sheet:
    """One record with its cross references; every dict is keyed by an id of this record."""

    record: Record
    entities: dict[str, Entity] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    acts_of: dict[str, list[Act]] = field(default_factory=dict)
    _around: _Around | None = None
    _naming: dict[str, list[Claim]] | None = None

    @property
    def naming(self) -> dict[str, list[Claim]]:
        """The claims in whose words each entity is mentioned."""
        if self._naming is None:
            self._naming = _naming(self.record)
        return self._naming

    def said(self, claim: Claim) -> Said:
        """A claim of this record with its acts."""
        return Said(self.record, claim, tuple(self.acts_of.get(claim.id, ())))

    def everything(self) -> list[Said]:
        """All claims, and the publisher's own words, in the order they stand in."""
        said = [*(self.said(claim) for claim in self.record.claims), *self.own_words()]
        return sorted(said, key=lambda s: (s.content[:1], s.key))

    def own_words(self) -> Iterator[Said]:
        """The acts that no claim carries: the publisher's own words."""
        for act in self.record.acts:
            if not any(claim in self.claims for claim in act.claims):
                claim = self.covering(act.span)
                if claim is None:
                    yield Said(self.record, None, (act,))

    def covering(self, span: Span, among: tuple[str, ...] = ()) -> Claim | None:
        """The claim that words belong to: the first of `among`, else the shortest around them."""
        for identifier in among:
            if identifier in self.claims:
                return self.claims[identifier]
        if self._around is None:
            self._around = _Around(self.record.claims)
        return min(self._around.words(span), key=lambda c: (_length(c.content), c.id), default=None)

    def innermost(self, act: Act, said: Claim | None) -> Claim | None:
        """Of the claims that carry an act, the one deepest inside something said; else that."""
        inside = [self.claims[c] for c in act.claims if c in self.claims and said]
        return max(inside, key=lambda c: (self._depth(c, said), c.id), default=said)

    def _depth(self, claim: Claim, around: Claim | None) -> int:
        """How deep a claim stands inside another; -1 where it does not."""
        seen: set[str] = set()
        while around is not None and claim.id != around.id:
            seen.add(claim.id)
            parent = self.claims.get(claim.parent or "")
            if parent is None or parent.id in seen:
                return -1
            claim = parent
        return len(seen)

    def text(self, span: Span) -> str:
        """The words at a span."""
        return self.record.text[slice(*span)]


class Judged(NamedTuple):
    """What a person has said of two entities, by their ids."""

    left: str
    right: str
    verdict: str


class Index:
    """The sheets of a case, oldest report first; a document counts once.

    `judged` are people's judgements of who is who: `same` takes entities together, `different`
    keeps them apart, whatever their names.
    """

    def __init__(self, records: Iterable[Record], judged: Iterable[Judged] = ()) -> None:
        self.judged = tuple(judged)
        known: dict[str, Record] = {}
        for record in records:
            known.setdefault(record.document.id, record)
        ordered = sorted(known.values(), key=_when_and_where)
        self.sheets = tuple(_sheet(record) for record in ordered)
        self.of_document = {sheet.record.document.id: sheet for sheet in self.sheets}
        self.sheet_of = {e: sheet for sheet in self.sheets for e in sheet.entities}
        self.names: dict[str, tuple[str, ...]] = {}
        """The names that entities bear, as far as anybody asked (`people.names_of`)."""

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """All that is said in the case, and its publishers' own words."""
        return tuple(said for sheet in self.sheets for said in sheet.everything())

    @cached_property
    def answering(self) -> tuple[Said, ...]:
        """The claims that may answer another."""
        kinds = load("products")["answering"]
        return tuple(s for s in self.said if s.claim and s.claim.kind in kinds)

    def entity(self, identifier: str) -> Entity:
        """An entity of any document by its id."""
        return self.sheet_of[identifier].entities[identifier]

    def sheet(self, said: Said) -> Sheet:
        """The sheet that something said stands on."""
        return self.of_document[said.record.document.id]


def date_of(record: Record) -> str | None:
    """When a report was published, else its dateline, as EDTF."""
    document = record.document
    return document.published or (document.dateline.date if document.dateline else None)


def file_name(record: Record) -> str:
    """The name of a document's file, as `last_part` gives it."""
    return last_part(record.document.path)


def last_part(path: str) -> str:
    """A path without its folders, which say more of us than of it; an address of the web whole."""
    address = _ADDRESS.search(path)
    return address[0] if address else path.rstrip("/").rpartition("/")[2] or path


_ADDRESS = re.compile(r"https?://.*", re.DOTALL)


def voices(claim: Claim) -> tuple[str, ...]:
    """The entities whose words a claim passes on: its speaker and those the speaker cites."""
    return tuple(
        link.entity
        for link in claim.attribution
        if link.entity and link.level in ("speaker", "cited")
    )


def _when_and_where(record: Record) -> tuple[tuple[str, int, int], str, str]:
    return (order(date_of(record)) or ("~", 0, 0), record.document.path, record.document.id)


def _sheet(record: Record) -> Sheet:
    sheet = Sheet(record)
    sheet.entities = {entity.id: entity for entity in record.entities}
    sheet.claims = {claim.id: claim for claim in record.claims}
    for act in record.acts:
        owners = [claim for claim in act.claims if claim in sheet.claims]
        if not owners:
            covering = sheet.covering(act.span)
            owners = [covering.id] if covering else []
        for owner in owners:
            sheet.acts_of.setdefault(owner, []).append(act)
    return sheet


def _naming(record: Record) -> dict[str, list[Claim]]:
    mentions = sorted((span, e.id) for e in record.entities for span in e.words)
    starts = [span[0] for span, _ in mentions]
    naming: dict[str, list[Claim]] = {}
    for claim in record.claims:
        for entity in _named(claim.content, mentions, starts):
            naming.setdefault(entity, []).append(claim)
    return naming


def _named(
    content: tuple[Span, ...], mentions: list[tuple[Span, str]], starts: list[int]
) -> dict[str, None]:
    """The entities mentioned inside some words, in order."""
    found: dict[str, None] = {}
    for start, end in content:
        for span, entity in mentions[bisect_left(starts, start) : bisect_right(starts, end)]:
            if span[1] <= end:
                found[entity] = None
    return found


def _length(content: tuple[Span, ...]) -> int:
    return sum(end - start for start, end in content)


def claim_of_relation(sheet: Sheet, relation: Relation) -> Claim | None:
    """The claim that a relation rests on; None for the publisher's own words."""
    return sheet.covering(relation.span, relation.claims)
