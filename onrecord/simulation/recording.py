"""The perfect record of a story's text, and the truth of what is in it."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Any

from onrecord import vocabulary
from onrecord.model import SCHEMA, content_id
from onrecord.simulation.actors import Body, Nameless, Person, Place
from onrecord.simulation.copying import measured
from onrecord.simulation.layout import Spans, lay_out
from onrecord.simulation.pieces import (
    ActDraft,
    ClaimDraft,
    Ref,
    RelationDraft,
    Sentence,
    Story,
    VictimDraft,
)

Row = dict[str, Any]
_PRONOUNS = frozenset(("he", "she", "his", "her"))


class Recorder:
    """Makes the record and the truth of one story."""

    def __init__(self, story: Story, number: int) -> None:
        self.story = story
        self.laid = lay_out(story)
        self.text = "".join(self.laid.parts)
        self.id = f"sha256:{hashlib.sha256(self.text.encode()).hexdigest()}"
        self.path = f"reports/{number:05d}.txt"
        self._claim_ids: dict[int, str] = {}
        self._act_ids: dict[int, str] = {}

    @cached_property
    def entities(self) -> dict[str, str]:
        """The id of each entity, by its true identity."""
        return {
            key: content_id("entity", self.id, *found[1][0], key)
            for key, found in self.laid.mentions.items()
        }

    def claim_id(self, claim: ClaimDraft) -> str:
        """The id of a claim."""
        known = self._claim_ids.get(id(claim))
        if known is None:
            known = content_id("claim", self.id, *self._spans(claim, "c"))
            self._claim_ids[id(claim)] = known
        return known

    def act_id(self, act: ActDraft) -> str:
        """The id of an act."""
        known = self._act_ids.get(id(act))
        if known is None:
            known = content_id("act", self.id, act.type, *self._spans(act, "a")[0])
            self._act_ids[id(act)] = known
        return known

    def sentences(self) -> list[Sentence]:
        """The headline and the sentences of the body."""
        return [self.story.headline, *self.story.sentences]

    def record(self) -> Row:
        """The record, as JSON types."""
        claims: list[Row] = []
        acts: list[Row] = []
        relations: list[Row] = []
        demands: list[Row] = []
        events: dict[str, list[str]] = {}
        for sentence in self.sentences():
            for claim in sentence.claims:
                row = self._claim(claim)
                claims.append(row)
                if claim.addressee is not None:
                    demands.append(self._demand(claim.addressee, row))
            for act in sentence.acts:
                row = self._act(act)
                acts.append(row)
                events.setdefault(act.event.key, []).append(row["id"])
            relations += [self._relation(draft) for draft in sentence.relations]
        return {
            "schema": SCHEMA,
            "document": self._document(),
            "text": self.text,
            "entities": [self._entity(*found) for found in self.laid.mentions.values()],
            "claims": claims,
            "acts": acts,
            "events": [self._event(key, ids) for key, ids in events.items()],
            "relations": relations,
            "demands": demands,
            "engagements": [],
        }

    def _document(self) -> Row:
        laid = self.laid
        spans = {"title": laid.title, "publisher": laid.publisher, "published": laid.published}
        row: Row = {
            "id": self.id,
            "path": self.path,
            "media_type": "text/plain",
            "language": "en",
            "title": self.text[slice(*laid.title)] if laid.title else None,
            "publisher": self.text[slice(*laid.publisher)] if laid.publisher else None,
            "published": laid.edtf if laid.published else None,
            "cites": {name: [span] for name, span in spans.items() if span},
        }
        if laid.dateline:
            place = self.entities[self.story.dateline_place.key]
            row["dateline"] = {"span": laid.dateline, "place": place}
            if laid.published and laid.dateline[0] <= laid.published[0] < laid.dateline[1]:
                row["dateline"]["date"] = laid.edtf
        return row

    def _event(self, key: str, ids: list[str]) -> Row:
        return {
            "id": content_id("event", self.id, *ids),
            "acts": ids,
            "principal": key == self.story.event.key,
        }

    def _entity(self, ref: Ref, spans: Spans, texts: list[str]) -> Row:
        name = max((t for t in texts if not t.isupper()), key=len, default=texts[0])
        row: Row = {"id": self.entities[ref.key], "type": ref.type, "name": name, "mentions": spans}
        if isinstance(ref, Place):
            if ref.known:
                precision = "city" if ref.kind in ("village", "town") else ref.kind
                row["location"] = {"lat": ref.lat, "lon": ref.lon, "precision": precision}
        elif isinstance(ref, Body | Nameless):
            if ref.actor:
                row["actor_type"] = ref.actor
        else:
            self._attributes(row, ref, spans, texts)
        return row

    def _attributes(self, row: Row, person: Person, spans: Spans, texts: list[str]) -> None:
        """What the text says of a person, with the words."""
        cites: Row = {}
        pronouns = [s for s, t in zip(spans, texts, strict=True) if t.lower() in _PRONOUNS]
        if pronouns:
            row["sex"], cites["sex"] = person.sex, pronouns[:1]
        occupation = self.laid.marks.get((id(person), "O"))
        if occupation:
            term = vocabulary.load("simulation")["terms"].get(person.occupation)
            if term:
                row["occupations"], cites["occupations"] = [term], occupation[:1]
        age = self.laid.marks.get((id(person), "A"))
        if age:
            words = self.text[slice(*age[0])]
            grown = int(words[: 2 if words[1:2].isdigit() else 1]) >= 18
            row["age_group"], cites["age_group"] = "adult" if grown else "child", age[:1]
        if cites:
            row["cites"] = cites

    def _spans(self, draft: object, mark: str) -> Spans:
        return self.laid.marks.get((id(draft), mark), [])

    def _span(self, draft: object, mark: str) -> list[int] | None:
        found = self.laid.marks.get((id(draft), mark))
        return found[0] if found else None

    def _claim(self, claim: ClaimDraft) -> Row:
        content = self._spans(claim, "c")
        hedges = self._spans(claim, "h")
        return {
            "id": self.claim_id(claim),
            "kind": claim.kind,
            "quote": claim.quote,
            "modality": "hedged" if hedges else claim.modality,
            "polarity": claim.polarity,
            "content": content,
            "attribution": self._attribution(claim),
            "cue": self._span(claim, "q"),
            "hedges": hedges,
        }

    def _attribution(self, claim: ClaimDraft) -> list[Row]:
        """Innermost first: whom the speaker cites, the speaker, the channel, the publisher."""
        links: list[Row] = []
        quoting = self._span(claim, "w")
        if claim.speaker is not None and (words := self._span(claim, "s")):
            level = "cited" if quoting else "speaker"
            entity = self.entities[claim.speaker.key]
            links.append({"level": level, "entity": entity, "span": words})
        if claim.via is not None:
            entity = self.entities[claim.via.key]
            if quoting:
                links.append({"level": "speaker", "entity": entity, "span": quoting})
            elif told := self._span(claim, "t"):
                links.append({"level": "channel", "entity": entity, "span": told})
        publisher = self.laid.publisher
        if publisher:
            entity = self.entities[self.story.outlet.body.key]
            links.append({"level": "publisher", "entity": entity, "span": publisher})
        return links

    def _act(self, act: ActDraft) -> Row:
        place, date = self._span(act, "l"), self._span(act, "d")
        row: Row = {
            "id": self.act_id(act),
            "type": act.type,
            "span": self._spans(act, "a")[0],
            "claims": [self.claim_id(act.claim)] if act.claim else [],
            "modality": "asserted",
            "polarity": act.polarity,
            "perpetrators": [
                {"entity": self.entities[p.ref.key], "involvement": p.involvement, "span": words}
                for p in act.perpetrators
                if (words := self._span(p, "p"))
            ],
            "victims": [self._victim(draft) for draft in act.victims],
        }
        if place and act.place is not None:
            row["place"] = self.entities[act.place.key]
        if date:
            row["date"] = act.date
        cites = {n: [s] for n, s in (("place", place), ("date", date)) if s}
        if cites:
            row["cites"] = cites
        return row

    def _victim(self, draft: VictimDraft) -> Row:
        row: Row = {"entity": self.entities[draft.ref.key], "span": self._spans(draft, "v")[0]}
        count = self._span(draft, "n")
        if count:
            text = self.text[slice(*count)]
            row["count"] = {"text": text, "span": count, "min": draft.least, "max": draft.most}
        return row

    def _relation(self, draft: RelationDraft) -> Row:
        span = self._spans(draft, "r")[0]
        subject = self.entities[draft.subject.key]
        return {
            "id": content_id("relation", self.id, draft.type, subject, *span),
            "type": draft.type,
            "subject": subject,
            "object": self.entities[draft.object.key] if draft.object else None,
            "label": draft.label,
            "role": self._span(draft, "o"),
            "ended": draft.ended,
            "span": span,
            "claims": [],
        }

    def _demand(self, addressee: Ref, row: Row) -> Row:
        return {
            "id": content_id("demand", self.id, row["id"]),
            "claim": row["id"],
            "addressees": [self.entities[addressee.key]],
            "action": row["content"][-1],
        }

    def truth(self) -> dict[str, list[Row]]:
        """Who is who, which act is which event, which claim which account's."""
        people = [
            {"entity": f"{self.id}|{self.entities[key]}", "person": key}
            for key, (ref, _, _) in self.laid.mentions.items()
            if not isinstance(ref, Nameless)
        ]
        events: list[Row] = []
        claims: list[Row] = []
        accounts: dict[str, None] = {}
        for sentence in self.sentences():
            for act in sentence.acts:
                key = f"{self.id}|{self.act_id(act)}"
                events.append({"act": key, "event": act.event.key})
            for claim in sentence.claims:
                if claim.account is not None:
                    key = f"{self.id}|{self.claim_id(claim)}"
                    claims.append({"claim": key, "account": claim.account.key})
                    accounts[claim.account.key] = None
        return {
            "people": people,
            "events": events,
            "claims": claims,
            "documents": [self._origin_of_text(list(accounts))],
        }

    def _origin_of_text(self, accounts: list[str]) -> Row:
        original, credit = self.story.copy_of, self.story.credit
        named = None
        if credit is not None:
            named = credit.outlet.acronym if credit.outlet else "agencies"
        row: Row = {
            "document": self.id,
            "copy_of": original.document if original else None,
            "changed": None,
            "credit": named,
            "accounts": accounts,
        }
        if original is not None:
            changed, cut = measured(self.story, original)
            row["changed"], row["cut"] = round(changed, 4), round(cut, 4)
        if self.story.reprint:
            row["reprint"] = True
        return row
