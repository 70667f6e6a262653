"""The record of an item in the making: entities, claims, acts and relations that cite its lines.

Everything an item says is a claim of its publisher. Nothing here decides who is who: two entities
of one item are one only where the item itself says so, by `key`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal

from onrecord.imports.item import MEDIA_TYPE, Imported
from onrecord.imports.text import Sheet
from onrecord.model import (
    Act,
    Claim,
    ClaimKind,
    Document,
    Edtf,
    Entity,
    EntityType,
    Event,
    Link,
    Perpetrator,
    Record,
    Relation,
    RelationType,
    Span,
    Victim,
    Where,
    content_id,
)

Dated = tuple[Edtf, Span]
"""A date and the words that give it."""


class Maker:
    """Lays out an item's lines on `sheet`, and collects the record that cites them.

    It begins with two lines that say whose words these are and where they stood. A format sets
    `title`, `published` and `language` where the item gives them.
    """

    def __init__(self, item: Imported, document_id: str) -> None:
        self.item, self.document_id = item, document_id
        self.sheet = Sheet()
        self.title: Span | None = None
        self.published: Dated | None = None
        self.language: str | None = None
        self._entities: dict[str, Entity] = {}
        self._keys: dict[object, str] = {}
        self._claims: dict[str, Claim] = {}
        self._acts: dict[str, Act] = {}
        self._events: dict[str, Event] = {}
        self._relations: dict[str, Relation] = {}
        self.publisher_span = self.sheet.line("Publisher", item.publisher)
        self.sheet.line("Stood in", f"{item.file}, {item.place}")
        self.sheet.gap()
        self._publisher: str | None = None
        if self.publisher_span:
            self._publisher = self.entity("Organization", self.publisher_span)

    def line(self, label: str, value: object) -> Span | None:
        """Add a line "label: value"; the span of the value, None where it is blank."""
        return self.sheet.line(label, value)

    def words(self, span: Span) -> str:
        """The text of a span."""
        return self.sheet.text[slice(*span)]

    def entity(
        self,
        kind: EntityType,
        span: Span,
        *,
        name: str | None = None,
        key: object = None,
        **known: Any,
    ) -> str:
        """The id of the entity that `span` names; `known` are further fields of `Entity`.

        The same `key` is the same entity again, and its words another mention.
        """
        again = self._keys.get(key) if key is not None else None
        if again is not None:
            self.mention(again, span)
            return again
        identity = content_id("entity", self.document_id, *span)
        if identity not in self._entities:
            words = " ".join((name or self.words(span)).split())
            self._entities[identity] = Entity(identity, kind, words, (span,), **known)
        if key is not None:
            self._keys[key] = identity
        return identity

    def mention(self, entity: str, span: Span) -> None:
        """Further words that the item says name an entity."""
        held = self._entities[entity]
        mentions = tuple(sorted({*held.mentions, span}))
        self._entities[entity] = replace(held, mentions=mentions)

    def learn(self, entity: str, field: str, value: object, span: Span) -> None:
        """Put down a field of an entity with the words it rests on; what came first stays."""
        held = self._entities[entity]
        if not getattr(held, field):
            known: dict[str, Any] = {field: value, "cites": {**held.cites, field: (span,)}}
            self._entities[entity] = replace(held, **known)

    def claim(
        self,
        content: Iterable[Span],
        *,
        kind: ClaimKind = "statement",
        sources: Sequence[tuple[str | None, Span]] = (),
        quote: Literal["direct", "indirect", "mixed"] = "indirect",
        **known: Any,
    ) -> str:
        """The id of a claim with these words, said by `sources`, told by the publisher.

        `sources` are entities (or None) with the words that name them, innermost first; all but
        the last are those it cites. Where there are none, the publisher speaks for itself.
        `known`: modality, polarity, parent, hedges.
        """
        words = tuple(sorted(set(content)))
        links = [Link("cited", who, span) for who, span in sources[:-1]]
        links += [Link("speaker", who, span) for who, span in sources[-1:]]
        if self.publisher_span:
            if not links:
                links.append(Link("speaker", self._publisher, self.publisher_span))
            links.append(Link("publisher", self._publisher, self.publisher_span))
        identity = content_id("claim", self.document_id, kind, *words)
        stated: dict[str, Any] = {"modality": "asserted", "polarity": "affirmed"} | known
        self._claims[identity] = Claim(
            id=identity, kind=kind, quote=quote, content=words, attribution=tuple(links), **stated
        )
        return identity

    def act(
        self,
        kind: str,
        span: Span,
        claims: Sequence[str],
        *,
        perpetrators: Sequence[Perpetrator] = (),
        victims: Sequence[Victim] = (),
        **told: Any,
    ) -> str:
        """The id of an act; `told`: `place` and `date`, each with its words, modality, polarity."""
        place: tuple[str, Span] | None = told.pop("place", None)
        date: Dated | None = told.pop("date", None)
        cites = {name: (given[1],) for name, given in (("place", place), ("date", date)) if given}
        stated: dict[str, Any] = {"modality": "asserted", "polarity": "affirmed"} | told
        identity = content_id("act", self.document_id, kind, *span)
        self._acts[identity] = Act(
            id=identity,
            type=kind,
            span=span,
            claims=tuple(claims),
            perpetrators=tuple(perpetrators),
            victims=tuple(victims),
            place=place and place[0],
            date=date and date[0],
            cites=cites,
            **stated,
        )
        return identity

    def event(
        self,
        acts: Sequence[str],
        *,
        principal: bool = True,
        date: Dated | None = None,
        where: tuple[Where, Span] | None = None,
    ) -> str:
        """The id of an event that these acts are part of."""
        identity = content_id("event", self.document_id, *acts)
        given = (("date", date), ("where", where))
        self._events[identity] = Event(
            id=identity,
            acts=tuple(acts),
            principal=principal,
            date=date and date[0],
            where=where and where[0],
            cites={name: (value[1],) for name, value in given if value},
        )
        return identity

    def relation(
        self, kind: RelationType, subject: str, other: str | None, span: Span, **told: Any
    ) -> str:
        """The id of a relation; `told`: label (or else its words), role, rank, ended, claims."""
        label = told.pop("label", None) or " ".join(self.words(span).split())
        identity = content_id("relation", self.document_id, kind, subject, other, *span)
        self._relations[identity] = Relation(
            id=identity, type=kind, subject=subject, object=other, label=label, span=span, **told
        )
        return identity

    def record(self) -> Record:
        """All that was put down, with the text."""
        cites = {"title": self.title, "publisher": self.publisher_span}
        cites["published"] = self.published and self.published[1]
        item = self.item
        return Record(
            document=Document(
                id=self.document_id,
                path=item.path,
                media_type=MEDIA_TYPE,
                language=self.language,
                title=self.title and self.words(self.title),
                publisher=self.publisher_span and self.words(self.publisher_span),
                published=self.published and self.published[0],
                cites={name: (span,) for name, span in cites.items() if span},
            ),
            text=self.sheet.text,
            entities=tuple(
                sorted(self._entities.values(), key=lambda entity: (entity.mentions, entity.id))
            ),
            claims=tuple(self._claims.values()),
            acts=tuple(self._acts.values()),
            events=tuple(self._events.values()),
            relations=tuple(self._relations.values()),
        )
