"""Who is who in a case: worked out from its records and judgements, and shown with reasons."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, select

from onrecord.model import Span
from onrecord.store import decisions, reader, resolved
from onrecord.store.tables import CLUSTERS, DOCUMENTS, ENTITIES, GRADES, JUDGEMENTS, PROPOSALS

if TYPE_CHECKING:
    import pyarrow as pa

    from onrecord.resolution.tables import Tables

VERSION = "7"
"""Raised with every change that makes the same records and judgements give other rows."""

Rows = Mapping[Table, Sequence[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Member:
    """One entity of one document. `key` is `DOCUMENT|ENTITY`; `publisher` and date as published."""

    key: str
    document: str
    path: str
    type: str
    name: str
    publisher: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person has said of two entities, and has not taken back."""

    left: str
    right: str
    verdict: str
    seq: int
    at: str
    actor: str
    why: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A person's grade of a subject on one Admiralty scale; the two scales are judged apart."""

    subject: str
    scale: str
    grade: str
    seq: int
    at: str
    actor: str
    why: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities that the machine would join or is in doubt of.

    `score` is evidence in bits, above zero for one; `chance` the same from 0 to 1. `affected` is
    the number of claims and acts that rest on either; `value` what a decision is worth: high where
    the machine is in doubt and much rests on it.
    """

    left: Member
    right: Member
    score: float
    reasons: tuple[str, ...]
    affected: int
    joined: bool

    @property
    def chance(self) -> float:
        """How likely the two are one, by the machine's evidence."""
        return chance(self.score)

    @property
    def value(self) -> float:
        """What a decision is worth."""
        return worth(self.score, self.affected)


def chance(score: float) -> float:
    """How likely two entities are one, by so many bits of evidence."""
    return float(1 / (1 + 2 ** -max(-60.0, min(60.0, score))))


def worth(score: float, affected: int) -> float:
    """Four times the chance times its rest, times what is affected; to a millionth."""
    return round(4 * chance(score) * (1 - chance(score)) * (1 + affected), 6)


@dataclass(frozen=True, slots=True)
class Group:
    """Entities taken for one. `name` is the commonest spelling; every source keeps its own.

    `reasons` are the machine's for those of the joins that it proposed, `decisions` people's.
    """

    canonical: str
    type: str
    name: str
    members: tuple[Member, ...]
    spellings: tuple[str, ...]
    reasons: tuple[Pair, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a document names an entity: the words, and some of what stands around them."""

    span: Span
    before: str
    exact: str
    after: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a resolution found. `refused`: judgements of `same` that would cross a `different`."""

    entities: int
    groups: int
    proposals: int
    changed: bool
    refused: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """Who is who in a case: clusters (key, canonical), proposals (left, right, score, reasons).

    `refused`: the log's entries of judgements of `same` that would cross one of `different`.
    """

    clusters: pa.Table
    proposals: pa.Table
    refused: tuple[int, ...]


def answer(connection: Connection, whole: Tables) -> Answer:
    """Who is who by the tables of a case and the judgements that hold."""
    from onrecord.case.kept_proposals import kept
    from onrecord.resolution.judgements import Judgement
    from onrecord.resolution.resolving import resolve

    said = [
        Judgement(d.seq, d.verdict, d.left, d.right, d.actor, d.at, d.why)  # type: ignore[arg-type]
        for d in judged(connection)
    ]
    found = resolve(whole, said)
    refused = tuple(judgement.seq for judgement in found.refused)
    pairs = kept(found.scored, found.clusters, reader.weight_of_keys(connection))
    return Answer(found.clusters, found.proposed(pairs), refused)


def work_out(connection: Connection) -> Rows:
    """Clusters and proposals as rows, from records and judgements."""
    from onrecord.resolution.tables import tables

    found = answer(connection, tables(reader.bodies(connection)))
    columns = ("left", "right", "score", "reasons")
    return resolved.rows_of(
        zip(*(found.clusters[name].to_pylist() for name in ("key", "canonical")), strict=True),
        zip(*(found.proposals[name].to_pylist() for name in columns), strict=True),
    )


def current(connection: Connection) -> Rows:
    """Clusters and proposals as they are now: as kept, or worked out where they are out of date."""
    if resolved.is_old(connection):
        return work_out(connection)
    return resolved.stored(connection)


def judged(connection: Connection) -> list[Decision]:
    """The judgements that hold, oldest first."""
    rows = decisions.rows(connection, JUDGEMENTS).values()
    found = [Decision(row["left_key"], row["right_key"], *(row[n] for n in _TOLD)) for row in rows]
    return sorted(found, key=lambda decision: decision.seq)


_TOLD = ("verdict", "seq", "at", "actor", "why")


def graded(connection: Connection) -> list[Grade]:
    """The grades that hold, oldest first."""
    found = [Grade(**row) for row in decisions.rows(connection, GRADES).values()]
    return sorted(found, key=lambda grade: (grade.seq, grade.scale))


def pairs(connection: Connection, rows: Rows) -> list[Pair]:
    """The proposals nobody has judged, those first that a decision is worth most for."""
    told = {(decision.left, decision.right) for decision in judged(connection)}
    members, canonical = _members(connection), _canonical(rows)
    weights: dict[str, int] = defaultdict(int)
    for key, weight in reader.weight_of_keys(connection).items():
        weights[canonical.get(key, key)] += weight
    found = []
    for row in rows[PROPOSALS]:
        left, right = str(row["left_key"]), str(row["right_key"])
        if (left, right) in told or not {left, right} <= members.keys():
            continue
        sides: set[str] = {canonical.get(left, left), canonical.get(right, right)}
        affected: int = sum(weights[side] for side in sides)
        found.append(
            Pair(
                members[left],
                members[right],
                row["score"],
                tuple(json.loads(row["reasons"])),
                affected,
                len(sides) == 1,
            )
        )
    return sorted(found, key=lambda p: (-p.value, -p.score, p.left.key, p.right.key))


def groups(connection: Connection, rows: Rows, kind: str | None) -> list[Group]:
    """The clusters of a type of entity, the largest first."""
    members, canonical = _members(connection), _canonical(rows)
    found: dict[str, list[Member]] = defaultdict(list)
    for key in sorted(members):
        if kind in (None, members[key].type):
            found[canonical.get(key, key)].append(members[key])
    said, proposed = defaultdict(list), defaultdict(list)
    for decision in judged(connection):
        for group in {canonical.get(decision.left), canonical.get(decision.right)} - {None}:
            said[group].append(decision)
    for pair in pairs(connection, rows):
        if pair.joined:
            proposed[canonical[pair.left.key]].append(pair)
    made = [_group(group, inside, proposed[group], said[group]) for group, inside in found.items()]
    return sorted(made, key=lambda group: (-len(group.members), group.name, group.canonical))


def _group(
    canonical: str, members: list[Member], reasons: list[Pair], said: list[Decision]
) -> Group:
    counts: dict[str, int] = defaultdict(int)
    for member in members:
        counts[member.name] += 1
    spellings = sorted(counts, key=lambda name: (-counts[name], -len(name), name))
    kind = members[0].type
    ordered = sorted(reasons, key=lambda pair: -pair.score)
    return Group(
        canonical, kind, spellings[0], tuple(members), tuple(spellings), tuple(ordered), tuple(said)
    )


def _canonical(rows: Rows) -> dict[str, str]:
    return {row["key"]: row["canonical"] for row in rows[CLUSTERS]}


def _members(connection: Connection) -> dict[str, Member]:
    query = select(
        ENTITIES.c.document_id, ENTITIES.c.id, ENTITIES.c.type, ENTITIES.c.name,
        DOCUMENTS.c.path, DOCUMENTS.c.publisher, DOCUMENTS.c.published,
    ).join(DOCUMENTS, DOCUMENTS.c.id == ENTITIES.c.document_id)  # fmt: skip
    return {
        f"{row.document_id}|{row.id}": Member(
            f"{row.document_id}|{row.id}", row.document_id, row.path, row.type, row.name,
            row.publisher, row.published,
        )
        for row in connection.execute(query)
    }  # fmt: skip


def key_of(connection: Connection, name: str) -> str:
    """The key of an entity, for its key, its name, or the id of its group. Raises `NotFound`."""
    if name.startswith("cluster:"):
        known = select(CLUSTERS.c.key).where(CLUSTERS.c.canonical == name)
        found = sorted(connection.execute(known).scalars())
        if not found and resolved.is_old(connection):
            groups = _canonical(work_out(connection)).items()
            found = sorted(key for key, group in groups if group == name)
        if found:
            return str(found[0])
    return reader.entity_key(connection, name)


def passages(connection: Connection, key: str, *, around: int = 120) -> Iterator[Passage]:
    """Where the document names an entity, in the order of its text."""
    document, _, local = key.rpartition("|")
    for body in reader.bodies(connection, [document]):
        text = body["text"]
        for entity in body["entities"]:
            if entity["id"] == local:
                yield from (_passage(text, span, around) for span in _spans(entity["mentions"]))


def _spans(mentions: Iterable[Sequence[int]]) -> list[Span]:
    return sorted((start, end) for start, end in mentions)


def _passage(text: str, span: Span, around: int) -> Passage:
    """The words around a span, cut at blanks."""
    start, end = span
    left = max(0, start - around)
    left = text.find(" ", left, start) + 1 or left if left else 0
    right = min(len(text), end + around)
    right = max(text.rfind(" ", end, right), end) if right < len(text) else right
    return Passage(span, text[left:start], text[start:end], text[end:right])
