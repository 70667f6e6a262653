"""The record: what a document says, who says it, and the characters each field rests on.

A record is one document with its entities and the claims, acts, events, relations, demands and
engagements found in it. Every span is `[start, end)` in Unicode code points of the record's `text`.
Records are frozen; `as_json` and `from_json` carry them to and from the public format
`onrecord/record/1`, described by `vocabulary/record-1.schema.json`.
"""

from __future__ import annotations

import hashlib
import types
import typing
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from functools import cache, partial
from typing import Any, Literal, TypeVar

SCHEMA = "onrecord/record/1"

Span = tuple[int, int]
Edtf = str
Citations = Mapping[str, tuple[Span, ...]]

EntityType = Literal["Person", "Organization", "Group", "Place"]
ActorType = Literal[
    "state_security_force",
    "other_state",
    "state_backed_armed",
    "armed_group",
    "non_state",
    "international_organization",
    "unknown",
]
ClaimKind = Literal["allegation", "denial", "admission", "demand", "finding", "statement"]
Quote = Literal["direct", "indirect", "mixed"]
Modality = Literal["asserted", "hedged", "future", "hypothetical"]
Polarity = Literal["affirmed", "negated"]
Level = Literal["cited", "speaker", "channel", "publisher"]
RelationType = Literal["post", "family", "membership", "command", "leads", "link", "alias"]
EngagementStatus = Literal["proposed", "confirmed", "past", "cancelled"]


@dataclass(frozen=True, slots=True)
class Location:
    """A point with its stated precision: `city`, `region` or `country` (centre of it)."""

    lat: float
    lon: float
    precision: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a person decided of an item: `accepted`, `undecided`, or `added` by that person.

    `by` whom, when (UTC, ISO 8601), and in which `entry` of the case's log.
    """

    state: str
    by: str
    at: str
    entry: int


@dataclass(frozen=True, slots=True)
class Corrected:
    """What a field `was` before a person corrected it, as JSON; the rest as in `Reviewed`."""

    was: Any
    by: str
    at: str
    entry: int


Corrections = Mapping[str, Corrected]


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that is mentioned: one per document, with every spelling it has there.

    `mentions` are the words that name it; where the text gives no name, the words that describe it.
    `references` are the other words that stand for it: pronouns, titles, and descriptions of what
    has a name. No span is in both.

    `candidates` holds the ids of the entities that an undecided mention may stand for ("Tane"
    where two Tanes are in the text): such an entity is nobody until a person decides.
    `cites` gives the words that `country`, `actor_type`, `occupations`, `sex`, `age_group` rest on.
    """

    id: str
    type: EntityType
    name: str
    mentions: tuple[Span, ...]
    country: str | None = None
    location: Location | None = None
    actor_type: ActorType | None = None
    occupations: tuple[str, ...] = ()
    sex: Literal["male", "female", "other", "unknown"] | None = None
    age_group: Literal["adult", "child", "other", "unknown"] | None = None
    candidates: tuple[str, ...] = ()
    references: tuple[Span, ...] = ()
    cites: Citations = field(default_factory=dict)
    reviewed: Reviewed | None = None
    corrected: Corrections = field(default_factory=dict)

    @property
    def words(self) -> tuple[Span, ...]:
        """Every stretch of text that stands for it, in order: mentions and references."""
        return tuple(sorted((*self.mentions, *self.references)))


@dataclass(frozen=True, slots=True)
class Link:
    """One step of a chain of attribution: the words that name the source here, and who that is."""

    level: Level
    entity: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody is reported to say, think, feel or want; attribution innermost first."""

    id: str
    kind: ClaimKind
    quote: Quote
    modality: Modality
    polarity: Polarity
    content: tuple[Span, ...]
    attribution: tuple[Link, ...]
    cue: Span | None = None
    hedges: tuple[Span, ...] = ()
    parent: str | None = None
    confidence: float | None = None
    reviewed: Reviewed | None = None
    corrected: Corrections = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Count:
    """How many, both bounds inclusive: "more than 169" is min 170 with no max."""

    text: str
    span: Span
    min: int | None = None
    max: int | None = None


@dataclass(frozen=True, slots=True)
class Perpetrator:
    """An entity alleged to be involved in an act, and how (a term of `vocabulary`)."""

    entity: str
    involvement: str
    span: Span


@dataclass(frozen=True, slots=True)
class Victim:
    """A person or group that an act is said to have been done to."""

    entity: str
    span: Span
    count: Count | None = None
    corrected: Corrections = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Act:
    """The smallest "who did what to whom". `cites` gives the words of `place` and `date`."""

    id: str
    type: str
    span: Span
    claims: tuple[str, ...]
    modality: Modality
    polarity: Polarity
    perpetrators: tuple[Perpetrator, ...] = ()
    victims: tuple[Victim, ...] = ()
    place: str | None = None
    date: Edtf | None = None
    confidence: float | None = None
    cites: Citations = field(default_factory=dict)
    reviewed: Reviewed | None = None
    corrected: Corrections = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Where:
    """Country (ISO 3166 alpha-2), region and city of an event, as far as the text gives them."""

    country: str | None = None
    region: str | None = None
    city: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Acts of one document that belong together; `principal` is what the report is about."""

    id: str
    acts: tuple[str, ...]
    principal: bool
    date: Edtf | None = None
    where: Where | None = None
    cites: Citations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relation:
    """A post, kinship, membership, command, leadership, link or alias between two entities."""

    id: str
    type: RelationType
    subject: str
    label: str
    span: Span
    object: str | None = None
    role: Span | None = None
    rank: Span | None = None
    ended: bool = False
    claims: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """Who is asked, by a claim, to do what, by when, and on which ground."""

    id: str
    claim: str
    addressees: tuple[str, ...]
    action: Span
    ground: Span | None = None
    deadline: Edtf | None = None
    cites: Citations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Engagement:
    """A visit, meeting, hearing or trip, past or planned."""

    id: str
    type: str
    participants: tuple[str, ...]
    status: EngagementStatus
    span: Span
    place: str | None = None
    start: Edtf | None = None
    end: Edtf | None = None
    cites: Citations = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The place and date that head a report: "Paris [France], February 8"."""

    span: Span
    place: str | None = None
    date: Edtf | None = None


@dataclass(frozen=True, slots=True)
class Channel:
    """The vehicle that carried the words: "a social media post"."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """An item acquired: what it is and what it says of itself. `cites` as elsewhere."""

    id: str
    path: str
    media_type: str
    language: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: Edtf | None = None
    dateline: Dateline | None = None
    channel: Channel | None = None
    note: str | None = None
    cites: Citations = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Everything one document yields."""

    schema: str = SCHEMA
    document: Document
    text: str
    entities: tuple[Entity, ...] = ()
    claims: tuple[Claim, ...] = ()
    acts: tuple[Act, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    demands: tuple[Demand, ...] = ()
    engagements: tuple[Engagement, ...] = ()


def content_id(kind: str, *parts: object) -> str:
    """`kind:` and 16 hex digits of a SHA-256 over `parts`: the same parts give the same id."""
    digest = hashlib.sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass"))
    return f"{kind}:{digest.hexdigest()[:16]}"


def as_json(value: Any) -> Any:
    """A record, or any part of one, as JSON types; an unknown field is null."""
    if is_dataclass(value):
        pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {n: as_json(part) for n, part in pairs if part or n not in _LEFT_OUT_WHEN_EMPTY}
    if isinstance(value, Mapping):
        return {key: as_json(part) for key, part in value.items()}
    if isinstance(value, tuple):
        return [as_json(part) for part in value]
    return value


_LEFT_OUT_WHEN_EMPTY = {
    *("cites", "candidates", "occupations", "sex", "age_group", "references"),
    *("reviewed", "corrected"),
}

T = TypeVar("T")


def from_json(kind: type[T], data: Mapping[str, Any]) -> T:
    """The inverse of `as_json`, for a record or a part of one; unknown fields are ignored."""
    readers = _readers(typing.cast("Hashable", kind))
    return kind(
        **{
            key: part if part is None or readers[key] is None else readers[key](part)  # type: ignore[misc]
            for key, part in data.items()
            if key in readers
        }
    )


Reader = Callable[[Any], Any]


@cache
def _readers(kind: Any) -> dict[str, Reader | None]:
    """What reads each field of a class; None for what JSON gives as it is."""
    return {name: _reader(hint) for name, hint in typing.get_type_hints(kind).items()}


def _reader(hint: Any) -> Reader | None:
    """What reads a value of a type: worked out once, for a large case has millions."""
    if isinstance(hint, type) and is_dataclass(hint):
        return partial(from_json, hint)
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return _reader(next(a for a in arguments if a is not types.NoneType))
    if origin is tuple and arguments[-1] is not Ellipsis:
        return _reader_of_parts([_reader(argument) for argument in arguments])
    inner = _reader(arguments[-1 if origin is Mapping else 0]) if arguments else None
    if origin is tuple:
        return tuple if inner is None else lambda part: tuple([inner(p) for p in part])
    if origin is Mapping:
        return dict if inner is None else lambda part: {k: inner(p) for k, p in part.items()}
    return None


def _reader_of_parts(readers: list[Reader | None]) -> Reader:
    """What reads a tuple of so many parts, each of a type of its own."""
    if not any(readers):
        return tuple
    return lambda part: tuple(
        one if read is None or one is None else read(one)
        for read, one in zip(readers, part, strict=True)
    )
