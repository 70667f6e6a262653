"""Makes tiny records about an invented village: who says what in which paper, spans and all."""

import hashlib
from dataclasses import dataclass, field

import pyarrow as pa

from onrecord.corroboration.origins import find_origins, independent_origins
from onrecord.resolution.tables import tables

RAID = "soldiers killed four people in Ombrel"


@dataclass(frozen=True)
class Said:
    """One sentence: who says it (None: the paper itself), whom that one cites, and what.

    `called`: by which word it is told there who speaks, named before: "we".
    """

    who: str | None
    words: str = RAID
    kind: str = "Person"
    cited: str | None = None
    post: str | None = None
    claim: str = "allegation"
    quote: str = "indirect"
    occupation: str | None = None
    called: str | None = None


@dataclass
class Story:
    """One report. `title` stands above it; `said` is told in order; `head` opens, `foot` closes."""

    publisher: str
    said: list = field(default_factory=list)
    published: str = "2031-05-04"
    head: str = ""
    foot: str = ""
    title: Said | None = None

    def record(self):
        draft = _Draft(self)
        if self.title:
            draft.tell(99, self.title)
            draft.title = draft.text.strip(". ")
        for number, said in enumerate(self.said):
            draft.tell(number, said)
        return draft.close()


class _Draft:
    def __init__(self, story):
        self.story, self.text, self.title = story, story.head, None
        self.entities, self.claims, self.acts, self.relations = {}, [], [], []

    def write(self, words):
        start = len(self.text)
        self.text += words
        return [start, len(self.text)]

    def entity(self, name, kind, span):
        known = self.entities.setdefault(
            name, {"id": f"e{len(self.entities)}", "type": kind, "name": name, "mentions": []}
        )
        known["mentions"].append(span)
        return known["id"]

    def tell(self, number, said):
        links = []
        if said.who:
            span = self.write(said.who)
            links.append({"level": "speaker", "entity": self.entity(said.who, said.kind, span)})
            if said.called:
                self.write(" signs this. ")
                span = self.write(said.called)
            links[0]["span"] = span
            if said.occupation:
                self.entities[said.who]["occupations"] = [said.occupation]
            if said.post:
                self.write(", ")
                role, body = said.post.split(", ")
                post = self.write(role)
                self.write(" of ")
                of = self.entity(body, "Organization", self.write(body))
                relation = {"id": f"r{number}", "type": "post", "subject": links[0]["entity"]}
                relation |= {"object": of, "label": role, "role": post, "span": post}
                self.relations.append(relation)
                self.write(",")
            self.write(" said ")
        if said.cited:
            self.write("that, as ")
            span = self.write(said.cited)
            kind = "Person" if said.cited[0].isupper() else "Group"
            links.insert(
                0, {"level": "cited", "entity": self.entity(said.cited, kind, span), "span": span}
            )
            self.write(" put it, ")
        span = self.write(said.words)
        self.write(". ")
        claim = f"c{number}"
        if links:
            row = {"id": claim, "kind": said.claim, "quote": said.quote, "modality": "asserted"}
            row |= {"polarity": "affirmed", "content": [span], "attribution": links, "cue": None}
            self.claims.append(row)
        act = {"id": f"a{number}", "type": "killing", "span": span, "modality": "asserted"}
        act |= {"claims": [claim] if links else [], "polarity": "affirmed", "victims": []}
        self.acts.append(act | {"perpetrators": [], "place": None, "date": None})

    def close(self):
        self.text += self.story.foot
        digest = hashlib.sha256(f"{self.story.publisher}{self.text}".encode()).hexdigest()
        document = {"id": f"sha256:{digest}", "path": f"{self.story.publisher}.txt"}
        document |= {"publisher": self.story.publisher, "published": self.story.published}
        document["title"] = self.title
        return {
            "document": document,
            "text": self.text,
            "entities": list(self.entities.values()),
            "claims": self.claims,
            "acts": self.acts,
            "events": [],
            "relations": self.relations,
        }


def case(stories, people=()):
    """Tables of stories that all tell one event; `people` are tuples of names of one person."""
    made = tables([story.record() for story in stories])
    known = {name: f"person {group[0]}" for group in people for name in group}
    keys, names = (made.entities[column].to_pylist() for column in ("key", "name"))
    pairs = [
        (key, known.get(name, f"person {name}")) for key, name in zip(keys, names, strict=True)
    ]
    canonical = pa.table(
        {
            "key": [key for key, _ in pairs],
            "canonical": pa.array([c for _, c in pairs], pa.string()),
        },
        schema=pa.schema({"key": pa.string(), "canonical": pa.string()}),
    )
    acts = made.acts["key"].to_pylist()
    schema = pa.schema({"act": pa.string(), "event": pa.string()})
    events = pa.table({"act": acts, "event": ["event:raid"] * len(acts)}, schema=schema)
    return made, events, canonical


def origins(stories, people=()):
    """The origins of the one event that the stories tell."""
    return list(find_origins(*case(stories, people)))


def count(stories, people=()):
    """How many independent origins the one event has."""
    return independent_origins(origins(stories, people))
