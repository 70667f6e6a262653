"""Names as pages read them: their spellings, documents, parts and members, a stretch at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    func,
    or_,
    select,
)

from onrecord.store.heads import filled
from onrecord.store.stretch import AT_ONCE, Row, batches, count
from onrecord.store.tables import (
    CLUSTERS,
    DOCUMENTS,
    ENTITIES,
    FINDABLE,
    FINDABLE_WHO,
    GROUP_DOCUMENTS,
    GROUP_NAMES,
    GROUPS,
    JUDGEMENTS,
    PARTIES,
    PROPOSALS,
    REVIEWS,
)
from onrecord.store.words import folded_name

ACCUSED, SUFFERED, DENIED, SPEAKER, PLACE = "accused", "victim", "denied", "speaker", "place"

_WEIGHED = 2_000
"""Claims of somebody that are looked at to tell which documents weigh most."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """A spelling of somebody, and in how many documents it stands."""

    name: str
    documents: int


@dataclass(frozen=True, slots=True)
class Found:
    """A claim (or act told without one) by document and id; `origins` of the event it tells of."""

    document: str
    claim: str
    kind: str
    origins: int | None


def spellings(connection: Connection, canonical: str, limit: int) -> tuple[list[Spelling], int]:
    """The spellings of a group, the commonest first; and how many there are."""
    query = select(GROUP_NAMES.c.name, GROUP_NAMES.c.documents).where(
        GROUP_NAMES.c.canonical == canonical
    )
    ordered = query.order_by(GROUP_NAMES.c.documents.desc(), GROUP_NAMES.c.folded).limit(limit)
    found = [Spelling(row.name, int(row.documents)) for row in connection.execute(ordered)]
    return found, count(connection, query)


def group(connection: Connection, canonical: str) -> Row | None:
    """A group as lists show it: its type, name, documents and weight."""
    query = select(GROUPS).where(GROUPS.c.canonical == canonical)
    return connection.execute(query).mappings().first()


def names_of(connection: Connection, canonical: Sequence[str]) -> dict[str, str]:
    """How groups are called, by their ids."""
    query = select(GROUPS.c.canonical, GROUPS.c.name).where(GROUPS.c.canonical.in_(canonical))
    return {row.canonical: row.name for row in connection.execute(query)}


def groups_named(connection: Connection, text: str, kinds: Sequence[str], limit: int) -> list[str]:
    """Groups that are spelled so, those in most documents first; where none is, those of which a
    spelling holds these words.
    """
    folded = folded_name(text)
    if not folded:
        return []
    query = (
        select(GROUP_NAMES.c.canonical, func.min(GROUP_NAMES.c.rank).label("rank"))
        .where(GROUP_NAMES.c.type.in_(kinds))
        .group_by(GROUP_NAMES.c.canonical)
        .order_by("rank", GROUP_NAMES.c.canonical)
        .limit(limit)
    )
    spelled = GROUP_NAMES.c.folded
    for answers in (spelled == folded, spelled.contains(folded, autoescape=True)):
        found = [row.canonical for row in connection.execute(query.where(answers))]
        if found:
            return found
    return []


def documents_of(
    connection: Connection, canonical: str, offset: int, limit: int
) -> tuple[list[str], int]:
    """The documents that name a group, in the order they came in; and how many there are."""
    return naming(connection, canonical, offset, limit), count(connection, _naming(canonical))


def naming(connection: Connection, canonical: str, offset: int, limit: int) -> list[str]:
    """As `documents_of`, without how many there are."""
    ordered = _naming(canonical).order_by(GROUP_DOCUMENTS.c.seq).offset(offset).limit(limit)
    return list(connection.execute(ordered).scalars())


def _naming(canonical: str) -> Select[*tuple[Any, ...]]:
    return select(GROUP_DOCUMENTS.c.document_id).where(GROUP_DOCUMENTS.c.canonical == canonical)


def weightiest(connection: Connection, canonical: str, limit: int) -> list[str]:
    """The documents in which most independent origins tell of what somebody has a part in.

    Those that lay something to them, or tell what was done to them, before those they speak in: a
    speaker's word on others says less of the speaker than others' word on them. Of somebody in
    more than `_WEIGHED` claims so many are looked at.
    """
    found: list[str] = []
    # One after the other: who speaks for an army has many claims, of which often none is needed.
    for parts in ((ACCUSED, SUFFERED), (SPEAKER,)):
        theirs = (
            select(FINDABLE_WHO.c.document_id, FINDABLE_WHO.c.claim)
            .where(FINDABLE_WHO.c.canonical == canonical)
            .where(FINDABLE_WHO.c.part.in_(parts))
            .order_by(FINDABLE_WHO.c.document_id, FINDABLE_WHO.c.claim)
            .limit(_WEIGHED)
            .subquery()
        )
        query = (
            select(FINDABLE.c.document_id)
            .join(theirs, _same_claim(theirs))
            .group_by(FINDABLE.c.document_id)
            .order_by(
                func.max(func.coalesce(FINDABLE.c.origins, 0)).desc(), func.min(FINDABLE.c.seq)
            )
            .limit(limit + len(found))
        )
        if len(found) < limit:
            found += connection.execute(query).scalars()
    return list(dict.fromkeys(found))[:limit]


def _same_claim(other: FromClause) -> ColumnElement[bool]:
    return and_(other.c.document_id == FINDABLE.c.document_id, other.c.claim == FINDABLE.c.claim)


def _standing(connection: Connection, query: Select[Any]) -> Select[Any]:
    """The claims of a query that nobody rejected since who is who was worked out."""
    rejected = select(REVIEWS.c.subject).where(REVIEWS.c.state == "rejected")
    if connection.execute(rejected.limit(1)).first() is None:
        return query
    key = FINDABLE.c.document_id + "|" + FINDABLE.c.claim
    return query.where(~rejected.where(REVIEWS.c.subject == key).exists())


def counts(connection: Connection, canonical: str) -> dict[tuple[str, str], int]:
    """How many claims there are by the part that a group has in them, and by their kind.

    The parts are those of `said`.
    """
    part, own = FINDABLE_WHO.c.part, FINDABLE.c.speaker == canonical
    query = (
        select(
            part, FINDABLE.c.kind, func.coalesce(own, False).label("own"), func.count().label("n")
        )
        .join(FINDABLE, _same_claim(FINDABLE_WHO))
        .where(FINDABLE_WHO.c.canonical == canonical)
        .where(part.in_((ACCUSED, SUFFERED, SPEAKER, PLACE)))
        .group_by(part, FINDABLE.c.kind, "own")
    )
    found: dict[tuple[str, str], int] = {}
    for row in connection.execute(_standing(connection, query)):
        name = row.part
        if name in (ACCUSED, SUFFERED) and row.own:
            continue
        if name == ACCUSED and row.kind == "denial":
            name = DENIED
        elif name == SUFFERED and row.kind == "denial":
            continue
        found[name, row.kind] = found.get((name, row.kind), 0) + int(row.n)
    return found


def said(
    connection: Connection, canonical: str, part: str, kind: str, offset: int, limit: int
) -> list[Found]:
    """Claims in which a group has a part, those of most independent origins first.

    `part`: accused or victim by the word of others, denied (others deny that they did it),
    speaker, or place. `kind` narrows it where it is not empty.
    """
    query = (
        select(FINDABLE.c.document_id, FINDABLE.c.claim, FINDABLE.c.kind, FINDABLE.c.origins)
        .join(FINDABLE_WHO, _same_claim(FINDABLE_WHO))
        .where(FINDABLE_WHO.c.canonical == canonical)
        .where(FINDABLE_WHO.c.part == (ACCUSED if part == DENIED else part))
    )
    if part in (ACCUSED, SUFFERED, DENIED):
        denies = FINDABLE.c.kind == "denial"
        query = query.where(denies if part == DENIED else ~denies)
        query = query.where(FINDABLE.c.speaker.is_distinct_from(canonical))
    if kind:
        query = query.where(FINDABLE.c.kind == kind)
    ordered = _standing(connection, query).order_by(
        func.coalesce(FINDABLE.c.origins, 0).desc(), FINDABLE.c.seq, FINDABLE.c.number
    )
    rows = connection.execute(ordered.offset(offset).limit(limit))
    return [Found(row.document_id, row.claim, row.kind, row.origins) for row in rows]


def answering(connection: Connection, canonical: str, limit: int) -> tuple[list[str], int]:
    """Documents with a denial or admission by a group; and how many there are."""
    query = (
        select(FINDABLE.c.document_id)
        .where(FINDABLE.c.speaker == canonical, FINDABLE.c.kind.in_(("denial", "admission")))
        .group_by(FINDABLE.c.document_id)
    )
    best = func.max(func.coalesce(FINDABLE.c.origins, 0)).desc()
    ordered = query.order_by(best, func.min(FINDABLE.c.seq)).limit(limit)
    return list(connection.execute(ordered).scalars()), count(connection, query)


def members(
    connection: Connection, canonical: str, offset: int, limit: int
) -> list[dict[str, Any]]:
    """The entities of a group with their documents, in the order of these, `limit` documents."""
    documents = naming(connection, canonical, offset, limit)
    key = ENTITIES.c.document_id + "|" + ENTITIES.c.id
    query = (
        select(
            ENTITIES.c.document_id, ENTITIES.c.id, ENTITIES.c.type, ENTITIES.c.name,
            DOCUMENTS.c.path, DOCUMENTS.c.publisher, DOCUMENTS.c.published,
        )
        .join(DOCUMENTS, DOCUMENTS.c.id == ENTITIES.c.document_id)
        .join(CLUSTERS, CLUSTERS.c.key == key)
        .where(ENTITIES.c.document_id.in_(documents), CLUSTERS.c.canonical == canonical)
        .order_by(DOCUMENTS.c.seq, ENTITIES.c.id)
    )  # fmt: skip
    rows = connection.execute(query).mappings()
    return filled(connection, rows, key="document_id")


def canonical_in(connection: Connection, documents: Sequence[str]) -> dict[str, dict[str, str]]:
    """The group of each entity of some documents, by document and entity, as last resolved."""
    key = ENTITIES.c.document_id + "|" + ENTITIES.c.id
    found: dict[str, dict[str, str]] = {document: {} for document in documents}
    for some in batches(documents):
        query = (
            select(ENTITIES.c.document_id, ENTITIES.c.id, CLUSTERS.c.canonical)
            .join(CLUSTERS, CLUSTERS.c.key == key)
            .where(ENTITIES.c.document_id.in_(some))
        )
        for row in connection.execute(query):
            found[row.document_id][row.id] = row.canonical
    return found


def judged_in(connection: Connection, keys: Sequence[str]) -> list[Row]:
    """The judgements that hold of pairs of entities of which one is among some keys."""
    found: dict[int, Row] = {}
    if connection.execute(select(JUDGEMENTS.c.seq).limit(1)).first() is None:
        return []
    for some in batches(keys):
        either = or_(JUDGEMENTS.c.left_key.in_(some), JUDGEMENTS.c.right_key.in_(some))
        for row in connection.execute(select(JUDGEMENTS).where(either)).mappings():
            found[row["seq"]] = row
    return [found[seq] for seq in sorted(found)]


def party_counts(connection: Connection, canonical: str) -> dict[tuple[str, str], int]:
    """In how many engagements and demands a group has which part."""
    query = (
        select(PARTIES.c.kind, PARTIES.c.part, func.count().label("number"))
        .where(PARTIES.c.canonical == canonical)
        .group_by(PARTIES.c.kind, PARTIES.c.part)
    )
    return {(row.kind, row.part): int(row.number) for row in connection.execute(query)}


def group_of(connection: Connection, key: str) -> str:
    """The group of an entity by its key; what was asked for where it is of none."""
    query = select(CLUSTERS.c.canonical).where(CLUSTERS.c.key == key)
    return str(connection.execute(query).scalar() or key)


def one_of(connection: Connection, canonical: str) -> str | None:
    """The key of one entity of a group, its first; of an entity by its key that key."""
    query = select(func.min(CLUSTERS.c.key)).where(CLUSTERS.c.canonical == canonical)
    found = connection.execute(query).scalar()
    return str(found) if found else None


def keys_of(connection: Connection, canonical: str, limit: int) -> list[str]:
    """Keys of entities of a group, the first of each spelling before others of the same.

    Of a large group those of its first documents are looked at.
    """
    found = members(connection, canonical, 0, AT_ONCE)
    seen: Counter[str] = Counter()
    ranked: list[tuple[int, int, str]] = []
    for row in found:
        ranked.append((seen[row["name"]], len(ranked), f"{row['document_id']}|{row['id']}"))
        seen[row["name"]] += 1
    return [key for _, _, key in sorted(ranked)[:limit]]


def some_keys(connection: Connection, canonical: str, limit: int) -> list[str]:
    """Keys of entities of a group, the first in their order."""
    query = select(CLUSTERS.c.key).where(CLUSTERS.c.canonical == canonical)
    return list(connection.execute(query.order_by(CLUSTERS.c.key).limit(limit)).scalars())


def proposed_between(
    connection: Connection, left: Sequence[str], right: Sequence[str]
) -> list[Row]:
    """The machine's proposals between entities of two groups, the weightiest first."""
    found: list[Row] = []
    for some, others in ((left, set(right)), (right, set(left))):
        for part in batches(some):
            query = select(PROPOSALS).where(PROPOSALS.c.left_key.in_(part))
            rows = connection.execute(query).mappings()
            found += [row for row in rows if row["right_key"] in others]
    return sorted(found, key=lambda row: (-row["score"], row["left_key"], row["right_key"]))


def together(connection: Connection, left: str, right: str, most: int) -> int:
    """How many documents name both of two groups, counted up to a number."""
    other = GROUP_DOCUMENTS.alias()
    query = (
        select(GROUP_DOCUMENTS.c.document_id)
        .join(other, other.c.document_id == GROUP_DOCUMENTS.c.document_id)
        .where(GROUP_DOCUMENTS.c.canonical == left, other.c.canonical == right)
    )
    return count(connection, query.limit(most))
