"""The chain of attribution of a claim: speaker, channel, publisher, each with its words."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from onrecord import vocabulary
from onrecord.claims.candidate import Candidate, Source
from onrecord.claims.cited import cited_words
from onrecord.claims.features import FIRST_PERSON
from onrecord.claims.grammar import Grammar
from onrecord.claims.naming import is_nobody, named_in
from onrecord.claims.source import trimmed
from onrecord.claims.voices import Voice
from onrecord.entities import EntityBook
from onrecord.model import Entity, EntityType, Link, Span
from onrecord.passages.head import Head
from onrecord.passages.outlets import is_outlet


@dataclass(frozen=True, slots=True)
class SourceWords:
    """The parts of `cues.yaml` that tell what kind of source or channel a noun names."""

    channels: frozenset[str]
    prepositions: frozenset[str]
    organizations: frozenset[str]
    things: frozenset[str]
    staff: frozenset[str]
    people: frozenset[str]


@cache
def source_words() -> SourceWords:
    """The packaged words, read once a process."""
    cues = vocabulary.load("cues")
    return SourceWords(
        channels=frozenset(cues["channels"]),
        prepositions=frozenset(cues["channel_prepositions"]),
        organizations=frozenset(cues["source_organizations"]),
        things=frozenset(cues["source_things"]),
        staff=frozenset(cues["newsroom_staff"]),
        people=frozenset(cues["source_people"]),
    )


@dataclass(slots=True)
class Chains:
    """Builds the links of a document's claims; remembers who spoke in each quotation.

    `own` are the stretches, in order, in which the text itself is somebody's words; `body` is who
    "we" is in the rest.
    """

    g: Grammar
    book: EntityBook
    head: Head
    own: Sequence[Voice] = ()
    body: str | None = None
    voices: dict[int, str | None] = field(default_factory=dict)

    def of(self, candidate: Candidate) -> tuple[Link, ...]:
        """The chain of one claim, innermost first."""
        speaker = self.speaker(candidate.source)
        return (*self.cited(candidate, speaker), *speaker, *self.vehicles(candidate))

    def cited(self, candidate: Candidate, speaker: tuple[Link, ...]) -> tuple[Link, ...]:
        """The link to whom the speaker cites for all of it, where that is somebody known."""
        found = cited_words(self.g, candidate) if speaker else None
        if found is None:
            return ()
        head, words = found
        span = self.g.characters(words)
        if not self._is_somebody(head):
            return ()
        who = self.who(head, span)
        if who is None or who == speaker[0].entity or self.book[who].type == "Place":
            return ()
        return (Link("cited", who, span),)

    def kind_of(self, chain: Sequence[Link]) -> EntityType | None:
        """What the speaker of a chain is, where that is known."""
        who = next((link.entity for link in chain if link.level == "speaker"), None)
        return None if who is None else self.book[who].type

    def speaker(self, source: Source) -> tuple[Link, ...]:
        """The link to who says it; none where the text names nobody."""
        if source.head is None or source.words is None:
            return ()
        span = self.g.characters(source.words)
        return (Link("speaker", self.who(source.head, span), span),)

    def who(self, head: int, span: Span) -> str | None:
        """The entity that the words at `head` stand for, added where it is somebody new."""
        g, word = self.g, self.g.word[head].lower()
        if word in FIRST_PERSON:
            return self._first_person(head, word)
        if is_nobody(g, head):
            return None
        if g.tag[head] in ("WP", "WDT") or word == "that":
            return self._antecedent(head)
        newsroom = self._newsroom(head)
        if newsroom is not None:
            return newsroom
        known = self.book.at(g.start[head])
        if known is not None:
            return named_in(g, self.book, known, span).id
        if g.tag[head].startswith(("PRP", "DT", "EX")) or not word[0].isalpha():
            return None
        owner = self._owner(head)
        if owner is not None:
            return owner
        begun = self._begun(head)
        if begun is not None:
            return begun
        kind = self._kind(head)
        if kind is None:
            return None
        return self.book.ensure(self._name(head, span) or span, g.start[head], kind).id

    def _begun(self, head: int) -> str | None:
        """The person whose name was found but for its last word: `Ras Adu | Melindo`, `Adu | K.`"""
        g, before = self.g, head - 1
        if before < 0 or g.dep[before] != "compound" or g.head[before] != head:
            return None
        known = self.book.at(g.start[before])
        return known.id if known is not None and known.type == "Person" else None

    def _name(self, head: int, span: Span) -> Span | None:
        """The words of a name that ends with a head, without what is added to it."""
        g = self.g
        return (span[0], g.end[head]) if g.tag[head] in ("NNP", "NNPS") else None

    def _is_somebody(self, head: int) -> bool:
        """Whether a noun stands for people or a body, and not for a thing that is cited."""
        g = self.g
        if self.book.at(g.start[head]) is not None or g.lemma[head] in source_words().people:
            return True
        return g.entity[head] in ("PERSON", "ORG") or self._begun(head) is not None

    def _first_person(self, pronoun: int, word: str) -> str | None:
        """Who says "I" or "we": the voice of the quotation, else of the text; never "you"."""
        if word == "you":
            return None
        if self.g.quote[pronoun] >= 0:
            return self.voices.get(self.g.quote[pronoun])
        before = bisect_right(self.own, pronoun, key=lambda voice: voice.tokens[0]) - 1
        if before >= 0 and pronoun < self.own[before].tokens[1]:
            voice = self.own[before]
            return voice.entity if voice.plural or word not in ("we", "us") else None
        return self.body if word in ("we", "us") else None

    def _antecedent(self, pronoun: int) -> str | None:
        g, token = self.g, self.g.head[pronoun]
        for _ in range(4):
            if g.dep[token] in ("relcl", "acl"):
                known = self.book.at(g.start[g.head[token]])
                return known.id if known else None
            token = g.head[token]
        return None

    def _owner(self, noun: int) -> str | None:
        """`a statement by the ministry`, `the ministry's report`: whose it is."""
        g = self.g
        if g.lemma[noun] not in source_words().things:
            return None
        for child in g.children[noun]:
            if g.dep[child] == "poss":
                known = self.book.at(g.start[child])
            elif g.lemma[child] in ("by", "from", "of") and g.child(child, "pobj") is not None:
                known = self.book.at(g.start[g.child(child, "pobj") or child])
            else:
                continue
            if known is not None:
                return known.id
        return None

    def _newsroom(self, noun: int) -> str | None:
        """`a correspondent of the Orla Wire`, `an Orla Wire reporter`: the newsroom itself."""
        g = self.g
        if g.lemma[noun] not in source_words().staff:
            return None
        for child in g.children[noun]:
            of = g.child(child, "pobj") if g.dep[child] == "prep" else child
            known = None if of is None else self.book.at(g.start[of])
            if known is not None and known.type == "Organization" and self._publishes(known):
                return known.id
        return None

    def _publishes(self, body: Entity) -> bool:
        paper = self.head.publisher
        own = self.book.at(paper[0]) if paper else None
        return is_outlet(body.name) or (own is not None and own.id == body.id)

    def _kind(self, head: int) -> EntityType | None:
        g, known = self.g, source_words()
        lemma = g.lemma[head]
        if lemma in known.things:
            return None
        if lemma in known.organizations or g.entity[head] == "ORG":
            return "Organization"
        return "Group" if g.tag[head] in ("NNS", "NNPS") else "Person"

    def vehicles(self, candidate: Candidate) -> tuple[Link, ...]:
        """Channel and publisher, where the text gives them."""
        channel = self._channel(candidate)
        links = () if channel is None else (Link("channel", None, channel),)
        return (*links, *self.publisher())

    def publisher(self) -> tuple[Link, ...]:
        """The link to who published the document, where it says so."""
        if self.head.publisher is None:
            return ()
        known = self.book.at(self.head.publisher[0])
        return (Link("publisher", known.id if known else None, self.head.publisher),)

    def of_voice(self, voice: Voice) -> tuple[Link, ...]:
        """The chain of what a voice says without a cue of its own."""
        return (Link("speaker", voice.entity, voice.span), *self.publisher())

    def carried(self, chains: list[tuple[Link, ...]]) -> list[tuple[Link, ...]]:
        """Chains with the document's channel, for those whose speaker is the one it carries.

        Another speaker's words came another way, which the text does not tell.
        """
        channel = self.head.channel
        owners = {c[0].entity for c in chains if any(link.span == channel for link in c)}
        if channel is None or not owners - {None}:
            return chains
        return [self._with(c, channel) if c and c[0].entity in owners else c for c in chains]

    def _with(self, chain: tuple[Link, ...], channel: Span) -> tuple[Link, ...]:
        if chain[0].level != "speaker" or any(link.level == "channel" for link in chain):
            return chain
        return (chain[0], Link("channel", None, channel), *chain[1:])

    def _channel(self, candidate: Candidate) -> Span | None:
        """`in a statement`: a phrase of the cue, or at the head of its sentence."""
        g, known = self.g, source_words()
        for child in g.children[candidate.cue]:
            if g.lemma[child] not in known.prepositions or g.dep[child] not in ("prep", "agent"):
                continue
            noun = g.child(child, "pobj")
            if noun is not None and g.lemma[noun] in known.channels:
                inside = any(first <= child < last for first, last in candidate.content)
                if not inside:
                    return g.characters(trimmed(g, g.subtree(noun)))
        return None
