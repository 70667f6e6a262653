"""The entities of one document while they are being collected.

The book is filled by `find_entities`; later stages look up who a stretch of text stands for, and
may add an entity that no name gave ("two officials who asked not to be named").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from onrecord.entities.lexicon import body_heads, person_nouns, sex_of_given_name
from onrecord.model import Entity, EntityType, Span, content_id


class EntityBook:
    """Entities by id, and the mention that stands at each character.

    Ids are hashes of the document's id and the first mention, so they are known from the start.
    While the book is open, an entity's `mentions` hold all words that stand for it, so that every
    stage finds it by any of them; `freeze` sets the references apart.
    """

    def __init__(self, document_id: str, text: str) -> None:
        self.document_id, self.text = document_id, text
        self._entities: dict[str, Entity] = {}
        self._by_mention: dict[Span, str] = {}
        self._by_character: dict[int, list[Span]] = {}
        self._references: set[Span] = set()

    def __iter__(self) -> Iterator[Entity]:
        return iter(self._entities.values())

    def __getitem__(self, identifier: str) -> Entity:
        return self._entities[identifier]

    def add(
        self, kind: EntityType, mentions: list[Span], *, name: str | None = None, **known: Any
    ) -> Entity:
        """A new entity with these mentions (at least one), named after the first if not told."""
        first = min(mentions)
        entity = Entity(
            id=content_id("entity", self.document_id, *first),
            type=kind,
            name=name or self.text[slice(*first)],
            mentions=(),
            **known,
        )
        self._entities[entity.id] = entity
        for mention in mentions:
            self.mention(entity.id, mention)
        return self._entities[entity.id]

    def mention(self, identifier: str, span: Span) -> None:
        """Another mention of a known entity; a span already taken keeps its entity."""
        if span in self._by_mention:
            return
        entity = self._entities[identifier]
        self._entities[identifier] = replace(
            entity, mentions=tuple(sorted({*entity.mentions, span}))
        )
        self._by_mention[span] = identifier
        for character in range(*span):
            self._by_character.setdefault(character, []).append(span)

    def refer(self, spans: Iterable[Span]) -> None:
        """Of the mentions entered, those that refer to their entity without naming it."""
        self._references.update(spans)

    def learn(self, identifier: str, **known: Any) -> None:
        """More that is known of an entity: any of its fields, by name."""
        self._entities[identifier] = replace(self._entities[identifier], **known)

    def exactly(self, span: Span) -> Entity | None:
        """The entity whose mention is this very span."""
        identifier = self._by_mention.get(span)
        return self._entities[identifier] if identifier else None

    def at(self, character: int) -> Entity | None:
        """The entity whose shortest mention covers this character: ask with a head word's start."""
        spans = self._by_character.get(character)
        if not spans:
            return None
        return self._entities[self._by_mention[min(spans, key=lambda s: (s[1] - s[0], s))]]

    def within(self, span: Span) -> list[tuple[Span, Entity]]:
        """The mentions that lie inside a span, in order, with their entities."""
        found = {s for c in range(*span) for s in self._by_character.get(c, ())}
        return [
            (s, self._entities[self._by_mention[s]])
            for s in sorted(found)
            if span[0] <= s[0] and s[1] <= span[1]
        ]

    def ensure(self, span: Span, head: int, kind: EntityType, **known: Any) -> Entity:
        """Who a noun phrase stands for: the entity at its head word's start, else the one of its
        name, else a new one.

        `span` is the whole phrase, `head` the first character of its head word.
        """
        found = self.exactly(span) or self.at(head)
        if found is None and (namesake := self._called(self.text[slice(*span)], kind)):
            self.mention(namesake, span)
            return self._entities[namesake]
        return found or self.add(_kind(self.text[slice(*span)], kind), [span], **known)

    def _called(self, name: str, kind: EntityType) -> str | None:
        """The one entity of a kind that the document has under this very name.

        One word must be a person's name: "Journalist" in two headlines is not one person.
        """
        words = name.split()
        if not words or not all(word[0].isupper() for word in words):
            return None
        if len(words) < 2 and (kind != "Person" or name.lower() in person_nouns()):
            return None
        named = {
            identifier
            for mention, identifier in self._by_mention.items()
            if self.text[slice(*mention)] == name and self._entities[identifier].type == kind
        }
        found = named.pop() if len(named) == 1 else None
        return found if found and not self._entities[found].candidates else None

    def freeze(self) -> tuple[Entity, ...]:
        """The entities in order of the first words that stand for them."""
        return tuple(map(self._apart, sorted(self, key=lambda e: (e.mentions, e.id))))

    def _apart(self, entity: Entity) -> Entity:
        """An entity with its references set apart, unless it has nothing else."""
        naming = tuple(span for span in entity.mentions if span not in self._references)
        if not naming or len(naming) == len(entity.mentions):
            return entity
        others = tuple(span for span in entity.mentions if span in self._references)
        return replace(entity, mentions=naming, references=others)


def _kind(name: str, kind: EntityType) -> EntityType:
    """The kind of what no stage has met: somebody called "Harbour Rights Watch" is a body."""
    words = name.split()
    named = len(words) > 1 and all(word[0].isupper() for word in (words[0], words[-1]))
    given = words[0].lower() in sex_of_given_name() if words else False
    body = kind == "Person" and named and not given and words[-1].lower() in body_heads()
    return "Organization" if body else kind
