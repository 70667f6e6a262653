"""From marked-up stories to texts and their perfect records, with the truth of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from onrecord.model import SCHEMA, content_id
from onrecord.simulation.actors import Body, Nameless, Person, Place
from onrecord.simulation.dating import as_date
from onrecord.simulation.grammar import Word
from onrecord.simulation.pieces import (
    ActDraft,
    ClaimDraft,
    Close,
    Mention,
    Open,
    Ref,
    RelationDraft,
    Story,
)
from onrecord.simulation.spelling import body_text, spell

Row = dict[str, Any]
_SPELLED = {"killed": "killed"}


@dataclass(slots=True)
class Laid:
    """A story laid out as text: spans of marks by (draft, letter), mentions by entity."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    marks: dict[tuple[int, str], list[list[int]]] = field(default_factory=dict)
    mentions: dict[str, tuple[Ref, list[list[int]], list[str]]] = field(default_factory=dict)

    def write(self, text: str) -> list[int]:
        """Add text; where it stands."""
        start = self.length
        self.length += len(text)
        self.parts.append(text)
        return [start, self.length]

    def mention(self, ref: Ref, text: str) -> list[int]:
        """Add a mention."""
        span = self.write(text)
        found = self.mentions.get(ref.key)
        if found is None:
            self.mentions[ref.key] = (ref, [span], [text])
        else:
            found[1].append(span)
            found[2].append(text)
        return span

    def lay(self, pieces: Iterable[object], story: Story) -> None:
        """Add the pieces of a sentence."""
        outlet = story.habit_of or story.outlet
        stack: list[tuple[int, str, int]] = []
        for piece in pieces:
            if isinstance(piece, str):
                self.write(piece)
            elif isinstance(piece, Word):
                self.write(piece.text)
            elif isinstance(piece, Mention):
                self.mention(piece.ref, spell(piece, outlet))
            elif isinstance(piece, Open):
                stack.append((id(piece.draft), piece.mark, self.length))
            elif isinstance(piece, Close):
                draft, mark, start = stack.pop()
                if start < self.length:
                    self.marks.setdefault((draft, mark), []).append([start, self.length])


class Recorder:
    """Makes the record and the truth of one story."""

    def __init__(self, story: Story, number: int) -> None:
        self.story = story
        self.laid = laid = Laid()
        self.day = story.minute // 1440
        published = as_date(self.day)
        body = story.outlet.body
        name = body_text(body, story.outlet.habit)
        self.publisher_span = laid.mention(body, name)
        laid.write(" ")
        self.date_span = laid.write(f"{published.day} {published:%B} {published.year}")
        laid.write("\n\n")
        start = laid.length
        laid.lay(story.headline.pieces, story)
        self.title_span = [start, laid.length]
        laid.write("\n\n")
        start = laid.length
        laid.mention(story.dateline_place, story.outlet.habit.spell(story.dateline_place.name))
        self.dateline_span = [start, laid.length]
        laid.write(f" ({story.credit}) - " if story.credit else " - ")
        self.body_start = laid.length
        for index, sentence in enumerate(story.sentences):
            if index:
                laid.write("\n\n" if index % 2 == 0 else " ")
            laid.lay(sentence.pieces, story)
        self.body_end = laid.length
        if story.credit:
            laid.write(f"\n\n({story.credit})")
        laid.write("\n")
        self.text = "".join(laid.parts)
        self.id = "sha256:" + hashlib.sha256(self.text.encode()).hexdigest()
        self.path = f"reports/{number:05d}.txt"
        self.published = published.isoformat()
        self.entities = {
            key: content_id("entity", self.id, *found[1][0], key)
            for key, found in laid.mentions.items()
        }
        self.claim_ids: dict[int, str] = {}
        self.act_ids: dict[int, str] = {}

    def record(self) -> Row:
        """The record, as JSON types."""
        claims, acts, relations, demands, events = [], [], [], [], {}
        for sentence in self.story.sentences:
            for claim in sentence.claims:
                row = self._claim(claim)
                if row:
                    claims.append(row)
                    if claim.kind == "demand" and claim.addressee is not None:
                        demands.append(self._demand(claim, row))
            for act in sentence.acts:
                row = self._act(act)
                if row:
                    acts.append(row)
                    events.setdefault(act.event.key, []).append(row["id"])
            relations += [r for d in sentence.relations if (r := self._relation(d))]
        return {
            "schema": SCHEMA,
            "document": self._document(),
            "text": self.text,
            "entities": [self._entity(key) for key in self.laid.mentions],
            "claims": claims,
            "acts": acts,
            "events": [
                {
                    "id": content_id("event", self.id, *ids),
                    "acts": ids,
                    "principal": key == self.story.event.key,
                }
                for key, ids in events.items()
            ],
            "relations": relations,
            "demands": demands,
            "engagements": [],
        }

    def _document(self) -> Row:
        story = self.story
        title = self.text[slice(*self.title_span)]
        return {
            "id": self.id,
            "path": self.path,
            "media_type": "text/plain",
            "language": "en",
            "title": title,
            "publisher": self.text[slice(*self.publisher_span)],
            "published": self.published,
            "dateline": {
                "span": self.dateline_span,
                "place": self.entities[story.dateline_place.key],
            },
            "cites": {
                "title": [self.title_span],
                "publisher": [self.publisher_span],
                "published": [self.date_span],
            },
        }

    def _entity(self, key: str) -> Row:
        ref, spans, texts = self.laid.mentions[key]
        row: Row = {
            "id": self.entities[key],
            "type": ref.type,
            "name": max(texts, key=len),
            "mentions": spans,
        }
        if isinstance(ref, Place):
            if ref.known:
                precision = "city" if ref.kind in ("village", "town") else ref.kind
                row["location"] = {"lat": ref.lat, "lon": ref.lon, "precision": precision}
        elif isinstance(ref, Body):
            row["actor_type"] = ref.actor
        elif isinstance(ref, Nameless):
            row["actor_type"] = ref.actor
        elif isinstance(ref, Person):
            pronoun = [s for s, t in zip(spans, texts, strict=True) if t.lower() in ("he", "she")]
            if pronoun:
                row["sex"] = ref.sex
                row["cites"] = {"sex": pronoun[:1]}
        return row

    def _span(self, draft: object, mark: str) -> list[int] | None:
        found = self.laid.marks.get((id(draft), mark))
        return found[0] if found else None

    def _claim(self, claim: ClaimDraft) -> Row | None:
        content = self.laid.marks.get((id(claim), "c"))
        if not content:
            return None
        identity = content_id("claim", self.id, *content)
        self.claim_ids[id(claim)] = identity
        attribution = []
        words = self._span(claim, "s")
        if claim.speaker is not None and words:
            attribution.append(
                {"level": "speaker", "entity": self.entities[claim.speaker.key], "span": words}
            )
        attribution.append(
            {
                "level": "publisher",
                "entity": self.entities[self.story.outlet.body.key],
                "span": self.publisher_span,
            }
        )
        return {
            "id": identity,
            "kind": claim.kind,
            "quote": claim.quote,
            "modality": claim.modality,
            "polarity": claim.polarity,
            "content": content,
            "attribution": attribution,
            "cue": self._span(claim, "q"),
            "hedges": [],
        }

    def _act(self, act: ActDraft) -> Row | None:
        span = self._span(act, "a")
        if not span:
            return None
        identity = content_id("act", self.id, act.type, *span)
        self.act_ids[id(act)] = identity
        claim = self.claim_ids.get(id(act.claim))
        cites = {}
        if act.place is not None and (words := self._span(act, "l")):
            cites["place"] = [words]
        if act.date and (words := self._span(act, "d")):
            cites["date"] = [words]
        return {
            "id": identity,
            "type": act.type,
            "span": span,
            "claims": [claim] if claim else [],
            "modality": "asserted",
            "polarity": act.polarity,
            "perpetrators": [
                {"entity": self.entities[p.ref.key], "involvement": p.involvement, "span": words}
                for p in act.perpetrators
                if (words := self._span(p, "p"))
            ],
            "victims": [v for draft in act.victims if (v := self._victim(draft))],
            "place": self.entities[act.place.key] if act.place else None,
            "date": act.date,
            "cites": cites,
        }

    def _victim(self, draft: Any) -> Row | None:
        span = self._span(draft, "v")
        if not span:
            return None
        if draft.ref.key not in self.entities:
            text = self.text[slice(*span)]
            self.entities[draft.ref.key] = content_id("entity", self.id, *span, draft.ref.key)
            self.laid.mentions[draft.ref.key] = (draft.ref, [span], [text])
        row: Row = {"entity": self.entities[draft.ref.key], "span": span}
        count = self._span(draft, "n")
        if count:
            text = self.text[slice(*count)]
            row["count"] = {"text": text, "span": count, "min": draft.least, "max": draft.most}
        return row

    def _relation(self, draft: RelationDraft) -> Row | None:
        span = self._span(draft, "r")
        if not span:
            return None
        return {
            "id": content_id("relation", self.id, draft.type, *span),
            "type": draft.type,
            "subject": self.entities[draft.subject.key],
            "object": self.entities[draft.object.key] if draft.object else None,
            "label": draft.label,
            "role": self._span(draft, "o"),
            "ended": draft.ended,
            "span": span,
            "claims": [],
        }

    def _demand(self, claim: ClaimDraft, row: Row) -> Row:
        assert claim.addressee is not None
        return {
            "id": content_id("demand", self.id, row["id"]),
            "claim": row["id"],
            "addressees": [self.entities[claim.addressee.key]],
            "action": row["content"][0],
        }

    def truth(self) -> dict[str, list[Row]]:
        """Who is who, which act is which event, which claim which account's."""
        identity = self.id
        people = [
            {"entity": f"{identity}|{self.entities[key]}", "person": key}
            for key, (ref, _, _) in self.laid.mentions.items()
            if not isinstance(ref, Nameless)
        ]
        events, claims, accounts = [], [], {}
        for sentence in self.story.sentences:
            for act in sentence.acts:
                if id(act) in self.act_ids:
                    events.append(
                        {"act": f"{identity}|{self.act_ids[id(act)]}", "event": act.event.key}
                    )
            for claim in sentence.claims:
                if id(claim) in self.claim_ids and claim.account:
                    key = f"{identity}|{self.claim_ids[id(claim)]}"
                    claims.append({"claim": key, "account": claim.account.key})
                    accounts[claim.account.key] = None
        document = {
            "document": identity,
            "copy_of": self.story.copy_of.document if self.story.copy_of else None,
            "changed": None,
            "credit": self.story.credit or None,
            "accounts": list(accounts),
        }
        return {"people": people, "events": events, "claims": claims, "documents": [document]}

    def body_words(self) -> list[str]:
        """The words between head and foot."""
        return self.text[self.body_start : self.body_end].split()
