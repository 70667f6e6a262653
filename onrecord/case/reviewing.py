"""What people decide of single claims and acts: accepted, rejected, corrected; and what is open."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from sqlalchemy import Connection, select

from onrecord.errors import DecidedMeanwhile, NotDecided, NotFound
from onrecord.model import ClaimKind, Modality, Polarity, Quote
from onrecord.store import overlay, reader, reviews
from onrecord.store.changing import Body
from onrecord.store.decisions import aside
from onrecord.store.log import Entry, entries_of
from onrecord.store.overlay import STATES, Decided
from onrecord.store.session import Session
from onrecord.store.tables import ACTS, CLAIMS, JUDGEMENTS, REVIEWS
from onrecord.vocabulary import load

Payload = dict[str, Any]
_UNCOUNTED = 10**12
"""More than there are people."""
_SHOWN = 80
"""Characters of a claim's words that the log says beside its id."""

FIELDS: Mapping[str, Mapping[str, Sequence[str] | None]] = {
    "claim": {
        "kind": get_args(ClaimKind),
        "quote": get_args(Quote),
        "modality": get_args(Modality),
        "polarity": get_args(Polarity),
        "speaker": None,
    },
    "act": {
        "type": None,
        "modality": get_args(Modality),
        "polarity": get_args(Polarity),
        "count": None,
    },
}
"""What may be corrected of a claim and of an act, with the values it may have."""


@dataclass(frozen=True, slots=True)
class ReviewDecision:
    """What a person decided of a claim or an act, or put in, and has not taken back.

    `kind` is `review`, `correct` or `add`; `what` the state, the field, or what was added; `value`
    what was given, as JSON, with the `name` of a speaker. `words` are those of the subject. `lost`
    says that it found nothing to rest on, and does nothing.
    """

    kind: str
    subject: str
    what: str
    value: Any
    words: str
    seq: int
    at: str
    actor: str
    why: str
    lost: bool

    @property
    def document(self) -> str:
        """The document it is about."""
        return self.subject.rpartition("|")[0]


@dataclass(frozen=True, slots=True)
class Read:
    """A document as a decision on it is checked against: with what was rejected still in it."""

    id: str
    body: Body
    text: str

    def item(self, local: str) -> tuple[str, Body] | None:
        """A claim or an act, and which of the two it is."""
        for kind, name in (("claim", "claims"), ("act", "acts")):
            for row in self.body[name]:
                if row["id"] == local:
                    return kind, row
        return None

    def words(self, spans: Sequence[Sequence[int]], most: int = _SHOWN) -> str:
        """The words at some spans on one line, cut where they are many."""
        told = " … ".join(" ".join(self.text[s:e].split()) for s, e in spans)
        return told if len(told) <= most else f"{told[: most - 2]} …"

    def entity(self, name: str) -> str:
        """The id of an entity, for its id or a name that only one has. Raises `NotFound`."""
        rows = self.body["entities"]
        found = [e["id"] for e in rows if e["id"] == name]
        found = found or [e["id"] for e in rows if e["name"].casefold() == name.casefold()]
        if len(found) == 1:
            return str(found[0])
        raise NotFound(
            f"{len(found) or 'no'} entities of the document are named {name}",
            why=", ".join(found) or "an entity is named by its id or by its name there",
            todo="mark the name first, or give the entity's id",
        )

    def of(self, kind: str, name: str) -> Body:
        """A claim or an act by its id. Raises `NotFound`."""
        found = self.item(name.rpartition("|")[2])
        if found is None or found[0] != kind:
            raise NotFound(f"the document has no {kind} {name}", todo="look at the document again")
        return found[1]

    def span(self, given: Sequence[int]) -> list[int]:
        """A span that lies in the text, blanks at its ends left out. Raises `NotDecided`."""
        start, end = given
        if not 0 <= start < end <= len(self.text):
            raise NotDecided(
                "these are no words of the document",
                why=f"{start} to {end} is not within its {len(self.text)} characters",
                todo="select the words again",
            )
        words = self.text[start:end]
        if not words.strip():
            raise NotDecided("no words are selected", why="there are blanks only")
        left, right = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
        return [start + left, end - right]


def read(connection: Connection, document: str) -> Read:
    """A document with what was added to it and corrected. Raises `NotFound`."""
    found = reviews.extracted(connection, document)
    if found is None:
        raise NotFound(f"{document} has no record", todo="run `onrecord add` to have it extracted")
    decided = replace(reviews.decided(connection, document), reviews=())
    return Read(document, overlay.overlay(*found, decided), found[1])


def subject(connection: Connection, name: str) -> tuple[str, str]:
    """Document and id of a claim or act, for `DOCUMENT|ID`, an id, or how it begins.

    Raises `NotFound`.
    """
    before, bar, local = name.rpartition("|")
    if bar:
        return reader.resolve(connection, before), local
    found = {
        (row.document_id, row.id)
        for table in (CLAIMS, ACTS)
        for row in connection.execute(
            select(table.c.document_id, table.c.id).where(
                table.c.id.startswith(name, autoescape=True)
            )
        )
    }
    rejected = select(REVIEWS.c.subject).where(REVIEWS.c.subject.contains(name, autoescape=True))
    for key in connection.execute(rejected).scalars():
        document, _, local = key.rpartition("|")
        if local.startswith(name):
            found.add((document, local))
    if len(found) == 1:
        return found.pop()
    raise NotFound(
        f"{len(found) or 'no'} claims or acts are named {name}",
        why="a claim or an act is named by DOCUMENT|ID, or by its id where one document has it",
        todo="`onrecord claims` lists those that are open",
    )


def review(connection: Connection, name: str, state: str) -> Payload:
    """The decision on a claim or an act. Raises `NotFound`, `NotDecided`."""
    _one_of("state", state, STATES)
    told, kind, item = _found(connection, name)
    key = f"{told.id}|{item['id']}"
    payload = {"subject": key, "state": state, "words": told.words(_spans(kind, item))}
    return payload | ({"aside": True} if aside(connection, "review", payload) else {})


def correct(
    connection: Connection, name: str, field: str, value: Any, span: Sequence[int] | None
) -> Payload:
    """The decision to correct a field of a claim or an act. Raises `NotFound`, `NotDecided`."""
    told, kind, item = _found(connection, name)
    _one_of(f"field of a {kind}", field, tuple(FIELDS[kind]))
    words = None if span is None else told.span(span)
    payload = {"subject": f"{told.id}|{item['id']}", "field": field}
    payload["words"] = told.words(_spans(kind, item))
    if field in ("speaker", "count"):
        return payload | _OF_WORDS[field](told, item, value, words)
    known = FIELDS[kind][field] or tuple(load("acts"))
    _one_of(field, value, known)
    if item[field] == value:
        raise NotDecided(f"the {field} is {value} already", todo="choose another")
    return payload | {"value": value}


def _speaker(told: Read, claim: Body, value: Any, span: list[int] | None) -> Payload:
    if not value:
        return {"value": {"entity": None, "span": span}}
    entity = told.entity(str(value))
    links = [link for link in claim["attribution"] if link["level"] == "speaker"]
    if span is None and not (links and links[0].get("span")):
        span = nearest(told, entity, claim["content"], outside=True)
    return {"value": {"entity": entity, "span": span}}


def _count(told: Read, act: Body, value: Any, span: list[int] | None) -> Payload:
    least, most = bounds(value)
    victim = victim_of(told, act, value.get("victim"))
    if span is None and not victim.get("count"):
        raise NotDecided(
            "no words give that number",
            why="a count is recorded only where words of the text say it",
            todo="select the words that say how many",
        )
    return {"part": victim["entity"], "value": {"min": least, "max": most, "span": span}}


_OF_WORDS: Mapping[str, Callable[[Read, Body, Any, list[int] | None], Payload]] = {
    "speaker": _speaker,
    "count": _count,
}


def bounds(value: Any) -> tuple[int | None, int | None]:
    """Least and most of a number, both inclusive. Raises `NotDecided`."""
    told = value if isinstance(value, Mapping) else {}
    given = [told.get("min"), told.get("max")]
    known = [number for number in given if number is not None]
    whole = all(type(number) is int and 0 <= number < _UNCOUNTED for number in known)
    if not known or not whole or known != sorted(known):
        raise NotDecided(
            "that is no number of people",
            why="a count has a least, a most or both: whole numbers, the least not over the most",
            todo="give 4 as min 4 and max 4; “more than 169” as min 170 alone",
        )
    return given[0], given[1]


def victim_of(told: Read, act: Body, name: Any) -> Body:
    """The victim of an act that a count is of. Raises `NotFound`, `NotDecided`."""
    if not act["victims"]:
        raise NotDecided(
            "the act has no victim whose number this could be",
            why="a count belongs to those whom it counts",
            todo="mark the act again with those it was done to",
        )
    if not name and len(act["victims"]) == 1:
        found: Body = act["victims"][0]
        return found
    names = {entity["id"]: entity["name"] for entity in told.body["entities"]}
    known = [f"{names[victim['entity']]} ({victim['entity']})" for victim in act["victims"]]
    entity = told.entity(str(name)) if name else None
    for victim in act["victims"]:
        if victim["entity"] == entity:
            return dict(victim)
    raise NotDecided(
        "whose number is it?", why=f"the act is said to have been done to {', '.join(known)}"
    )


def nearest(
    told: Read, entity: str, content: Sequence[Sequence[int]], *, outside: bool = False
) -> list[int]:
    """The words for an entity that stand within some words, or else next to them.

    With `outside`, those within them come last: who says something is seldom named in it.
    """
    row = next(row for row in told.body["entities"] if row["id"] == entity)
    first, last = content[0][0], content[-1][1]

    spans = [*row["mentions"], *row.get("references", ())]
    away = [(max(first - end, start - last, 0), start, end) for start, end in spans]
    return list(min((outside and not far, far, start, end) for far, start, end in away)[2:])


def _found(connection: Connection, name: str) -> tuple[Read, str, Body]:
    document, local = subject(connection, name)
    told = read(connection, document)
    found = told.item(local)
    if found is None:
        raise NotFound(f"{name} is no claim or act of that document", todo="look at it again")
    return told, *found


def _one_of(what: str, value: object, known: Sequence[str]) -> None:
    if value not in known:
        raise NotDecided(f"there is no {what} {value!r}", todo=f"one of {', '.join(known)}")


def _spans(kind: str, item: Body) -> Sequence[Sequence[int]]:
    return [item["span"]] if kind == "act" else list(item["content"])


def decided(connection: Connection, document: str | None = None) -> list[ReviewDecision]:
    """What holds of records, oldest first; of one document where it is named."""
    names = reviews.documents(connection) if document is None else [document]
    found = [each for name in names for each in _of_document(connection, name)]
    return sorted(found, key=lambda each: each.seq)


def _of_document(connection: Connection, document: str) -> Iterator[ReviewDecision]:
    rows = reviews.decided(connection, document)
    found = reviews.extracted(connection, document) if rows else None
    if found is None:
        return
    body, text = found
    lost = overlay.laid(body, text, rows).lost
    told = Read(document, overlay.overlay(body, text, replace(rows, reviews=())), text)
    for kind, subject, what, value, row in _told(rows, document):
        item = told.item(subject.rpartition("|")[2])
        spans = value["spans"] if kind == "add" else _spans(*item) if item else ()
        given = _named(told, value) if what == "speaker" else value
        yield ReviewDecision(
            kind, subject, what, given, told.words(spans, 400), row["seq"], row["at"],
            row["actor"], row["why"], row["seq"] in lost,
        )  # fmt: skip


def _named(told: Read, speaker: Body) -> Body:
    names = {entity["id"]: entity["name"] for entity in told.body["entities"]}
    return speaker | {"name": names.get(speaker["entity"])}


def _told(rows: Decided, document: str) -> Iterator[tuple[str, str, str, Any, Mapping[str, Any]]]:
    for row in rows.additions:
        yield "add", f"{document}|{row['id']}", row["what"], json.loads(row["body"]), row
    for row in rows.corrections:
        yield "correct", row["subject"], row["field"], json.loads(row["value"]), row
    for row in rows.reviews:
        yield "review", row["subject"], row["state"], None, row


def of_subject(connection: Connection, name: str) -> list[ReviewDecision]:
    """What was decided of a claim, of the acts that rest on it, or of an act, oldest first."""
    document, local = subject(connection, name)
    every = decided(connection, document)
    if not every:
        return []
    acts = read(connection, document).body["acts"]
    mine = {local, *(act["id"] for act in acts if local in act["claims"])}
    return [each for each in every if each.subject.rpartition("|")[2] in mine]


def newest(connection: Connection, name: str) -> int:
    """The number of the newest decision on a claim or act; 0 where nobody has decided."""
    return max((each.seq for each in of_subject(connection, name)), default=0)


def check_seen(connection: Connection, name: str, seen: int | None) -> None:
    """Raise `DecidedMeanwhile` where a decision other than the one seen is the newest by now."""
    if seen is None:
        return
    every = of_subject(connection, name)
    if (every[-1].seq if every else 0) != seen:
        told = [(each.seq, _told_of(each)) for each in every[-1:]]
        raise meanwhile([*told, *_taken_back(connection, seen)])


def check_pair(connection: Connection, keys: Sequence[str], seen: int | None) -> None:
    """As `check_seen`, for the judgement of a pair of entities, by their keys in order."""
    if seen is None:
        return
    row = connection.execute(
        select(JUDGEMENTS).where(
            JUDGEMENTS.c.left_key == keys[0], JUDGEMENTS.c.right_key == keys[1]
        )
    ).first()
    if (row.seq if row else 0) != seen:
        told = [(row.seq, f"{row.actor} judged {row.verdict} at {row.at}")] if row else []
        raise meanwhile([*told, *_taken_back(connection, seen)])


def meanwhile(told: Sequence[tuple[int, str]]) -> DecidedMeanwhile:
    """The refusal to decide over what somebody else has decided: entries of the log in words."""
    return DecidedMeanwhile(
        "somebody else has decided on this since you opened it; nothing was put down for you",
        why=max(told)[1] if told else "what was decided then is decided otherwise now",
        todo="look at it again, then decide all the same if you still think so",
    )


def _told_of(each: ReviewDecision) -> str:
    return f"{each.actor} decided at {each.at}: {said(each)} (entry {each.seq} of the log)"


def _taken_back(connection: Connection, since: int) -> list[tuple[int, str]]:
    return [
        (each.seq, f"{each.actor} took back entry {each.payload['entry']} at {each.at}")
        for each in entries_of(connection, ("undo",))
        if each.seq > since
    ]


def said(each: ReviewDecision) -> str:
    """A decision in a few words."""
    if each.kind == "review":
        return each.what
    if each.kind == "add":
        return f"{each.what} added"
    value = each.value
    if each.what == "count":
        value = _bounds(value["min"], value["max"])
    elif each.what == "speaker":
        value = value["name"] or "nobody that the text names"
    return f"{each.what} corrected to {value}"


def _bounds(least: int | None, most: int | None) -> str:
    if least == most:
        return str(least)
    if most is None:
        return f"at least {least}"
    return f"at most {most}" if least is None else f"{least} to {most}"


def put_down(
    session: Session,
    kind: str,
    make: Callable[[Connection], Payload],
    *,
    why: str,
    seen: tuple[str, int | None] = ("", None),
) -> Entry:
    """Write a decision once it is checked against what the case holds at that moment.

    `seen` is the subject and the newest decision on it that whoever decides knew of.
    """
    with session.writing() as writer:
        with writer.reading() as connection:
            check_seen(connection, *seen)
            payload = make(connection)
        return writer.decide(kind, payload | {"why": why})
