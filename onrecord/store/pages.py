"""What pages of a whole case read, a stretch at a time: names, events, demands, the log."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    RowMapping,
    Select,
    and_,
    case,
    func,
    or_,
    select,
    tuple_,
)

from onrecord.store.log import Entry
from onrecord.store.tables import (
    CLAIMS,
    CLUSTERS,
    DEMANDS,
    DOCUMENTS,
    ENGAGEMENTS,
    ENTITIES,
    EVENT_ACTS,
    EVENT_ORIGINS,
    EVENT_WHO,
    EVENTS,
    FINDABLE,
    FINDABLE_WHO,
    GROUP_DOCUMENTS,
    GROUP_NAMES,
    GROUPS,
    JUDGEMENTS,
    LOG,
    PARTIES,
    PROPOSALS,
    RECORDS,
    TALLIES,
)
from onrecord.store.words import folded_name

Row = RowMapping
_AT_ONCE = 400
_SHOWN = 40
_LEAST_LOG = 20_000
"""Entries that are looked through at once for those of one person."""
ACCUSED, SUFFERED, DENIED, SPEAKER, PLACE = "accused", "victim", "denied", "speaker", "place"


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


@dataclass(frozen=True, slots=True)
class Told:
    """An event of the list: its summary as kept, and the days it may be of."""

    id: str
    date_from: str | None
    date_to: str | None
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events: with an act of a type, a part of a group, at one of some places, from, until.

    Days are ISO dates; `several` leaves out what one report alone tells. `who` may have any part.
    With `begins` the first day that it may be of must lie between the two, else any of its days.
    """

    type: str = ""
    who: str = ""
    places: tuple[str, ...] | None = None
    first: str = ""
    last: str = ""
    several: bool = False
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Latest:
    """A document that came in lately."""

    id: str
    path: str
    title: str | None
    publisher: str | None
    published: str | None


def tally(connection: Connection, what: str) -> dict[str, int]:
    """How many there are of something, by value, as last counted."""
    query = select(TALLIES.c.value, TALLIES.c.number).where(TALLIES.c.what == what)
    return {row.value: int(row.number) for row in connection.execute(query)}


def spellings(connection: Connection, canonical: str, limit: int) -> tuple[list[Spelling], int]:
    """The spellings of a group, the commonest first; and how many there are."""
    query = select(GROUP_NAMES.c.name, GROUP_NAMES.c.documents).where(
        GROUP_NAMES.c.canonical == canonical
    )
    ordered = query.order_by(GROUP_NAMES.c.documents.desc(), GROUP_NAMES.c.folded).limit(limit)
    found = [Spelling(row.name, int(row.documents)) for row in connection.execute(ordered)]
    return found, _count(connection, query)


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
    query = select(GROUP_DOCUMENTS.c.document_id).where(GROUP_DOCUMENTS.c.canonical == canonical)
    ordered = query.order_by(GROUP_DOCUMENTS.c.seq).offset(offset).limit(limit)
    return list(connection.execute(ordered).scalars()), _count(connection, query)


def weightiest(connection: Connection, canonical: str, limit: int) -> list[str]:
    """The documents in which most independent origins tell of what somebody has a part in.

    Those that lay something to them, or tell what was done to them, before those they speak in.
    """
    origins = func.max(func.coalesce(FINDABLE.c.origins, 0)).label("origins")
    # A speaker's word on others says less of the speaker than others' word on them.
    close = func.min(case((FINDABLE_WHO.c.part == SPEAKER, 1), else_=0)).label("close")
    query = (
        select(FINDABLE.c.document_id)
        .join(FINDABLE_WHO, _same_claim(FINDABLE_WHO))
        .where(FINDABLE_WHO.c.canonical == canonical)
        .where(FINDABLE_WHO.c.part.in_((ACCUSED, SUFFERED, SPEAKER)))
        .group_by(FINDABLE.c.document_id)
        .order_by(close, origins.desc(), func.min(FINDABLE.c.seq))
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def _same_claim(other: FromClause) -> ColumnElement[bool]:
    return and_(other.c.document_id == FINDABLE.c.document_id, other.c.claim == FINDABLE.c.claim)


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
    for row in connection.execute(query):
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
    ordered = query.order_by(
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
    return list(connection.execute(ordered).scalars()), _count(connection, query)


def members(connection: Connection, canonical: str, offset: int, limit: int) -> list[Row]:
    """The entities of a group with their documents, in the order of these, `limit` documents."""
    documents, _ = documents_of(connection, canonical, offset, limit)
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
    return list(connection.execute(query).mappings())


def canonical_in(connection: Connection, documents: Sequence[str]) -> dict[str, dict[str, str]]:
    """The group of each entity of some documents, by document and entity, as last resolved."""
    key = ENTITIES.c.document_id + "|" + ENTITIES.c.id
    found: dict[str, dict[str, str]] = {document: {} for document in documents}
    for some in _batches(documents):
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
    for some in _batches(keys):
        either = or_(JUDGEMENTS.c.left_key.in_(some), JUDGEMENTS.c.right_key.in_(some))
        for row in connection.execute(select(JUDGEMENTS).where(either)).mappings():
            found[row["seq"]] = row
    return [found[seq] for seq in sorted(found)]


def extracted(connection: Connection, documents: Sequence[str]) -> list[str]:
    """Those of some documents that have a record, in the order given."""
    held: set[str] = set()
    for some in _batches(documents):
        query = select(RECORDS.c.document_id).where(RECORDS.c.document_id.in_(some))
        held.update(connection.execute(query).scalars())
    return [document for document in documents if document in held]


def _batches(values: Sequence[str]) -> list[Sequence[str]]:
    return [values[at : at + _AT_ONCE] for at in range(0, len(values), _AT_ONCE)]


def _chosen(wanted: Wanted, columns: Sequence[ColumnElement[Any]]) -> Select[*tuple[Any, ...]]:
    query = select(*columns).select_from(EVENTS)
    if wanted.several:
        query = query.where(EVENTS.c.reports > 1)
    if wanted.first:
        known = EVENTS.c.date_from if wanted.begins else EVENTS.c.date_to
        query = query.where(known >= wanted.first)
    if wanted.last:
        query = query.where(EVENTS.c.date_from <= wanted.last)
    if wanted.type:
        query = query.where(_with(EVENT_WHO.c.part == "act", EVENT_WHO.c.canonical == wanted.type))
    if wanted.who:
        query = query.where(_with(EVENT_WHO.c.part != "act", EVENT_WHO.c.canonical == wanted.who))
    if wanted.places is not None:
        at = EVENT_WHO.c.canonical.in_(wanted.places)
        query = query.where(_with(EVENT_WHO.c.part == "place", at))
    return query


def _with(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    # Of few groups there are few events: the list of these is made first, and once.
    return EVENTS.c.id.in_(select(EVENT_WHO.c.event).where(*conditions))


_LISTED = (EVENTS.c.id, EVENTS.c.date_from, EVENTS.c.date_to, EVENTS.c.body)


def events(
    connection: Connection, wanted: Wanted, offset: int, limit: int, *, by_date: bool = False
) -> list[Told]:
    """Events, the most reported first; with `by_date` in the order of their first days."""
    order = (EVENTS.c.date_from, EVENTS.c.rank) if by_date else (EVENTS.c.rank, EVENTS.c.id)
    query = _chosen(wanted, _LISTED).order_by(*order).offset(offset).limit(limit)
    return [_told(row) for row in connection.execute(query).mappings()]


def undated(connection: Connection, offset: int, limit: int) -> tuple[list[Told], int]:
    """Events of which no day can be named, the most reported first; and how many there are."""
    query = select(*_LISTED).where(EVENTS.c.date_from.is_(None))
    ordered = query.order_by(EVENTS.c.rank, EVENTS.c.id).offset(offset).limit(limit)
    found = [_told(row) for row in connection.execute(ordered).mappings()]
    return found, _count(connection, query)


def _told(row: Row) -> Told:
    return Told(row["id"], row["date_from"], row["date_to"], json.loads(row["body"]))


def amount_of_events(connection: Connection, wanted: Wanted) -> int:
    """How many events there are of those."""
    return int(connection.execute(_chosen(wanted, (func.count(),))).scalar_one())


def event(connection: Connection, identifier: str) -> Told | None:
    """One event."""
    query = select(*_LISTED).where(EVENTS.c.id == identifier)
    row = connection.execute(query).mappings().first()
    return _told(row) if row else None


def months(connection: Connection) -> dict[str, int]:
    """How many events begin in each month that holds any, oldest first: "2021-05"."""
    month = func.substr(EVENTS.c.date_from, 1, 7).label("month")
    query = select(month, func.count().label("number")).where(EVENTS.c.date_from.is_not(None))
    rows = connection.execute(query.group_by(month).order_by(month))
    return {row.month: int(row.number) for row in rows}


def acts_of(connection: Connection, found: Sequence[str]) -> dict[str, list[str]]:
    """The acts ("DOCUMENT|ACT") of events, in the order in which their documents came in."""
    acts: dict[str, list[str]] = {identifier: [] for identifier in found}
    document = func.substr(EVENT_ACTS.c.act, 1, _id_length())
    for some in _batches(found):
        query = (
            select(EVENT_ACTS.c.event, EVENT_ACTS.c.act)
            .outerjoin(DOCUMENTS, DOCUMENTS.c.id == document)
            .where(EVENT_ACTS.c.event.in_(some))
            .order_by(DOCUMENTS.c.seq, EVENT_ACTS.c.act)
        )
        for row in connection.execute(query):
            acts[row.event].append(row.act)
    return acts


def _id_length() -> int:
    """Characters of a document's id: "sha256:" and 64 digits."""
    return len("sha256:") + 64


def demands(
    connection: Connection,
    who: Mapping[str, Sequence[str]],
    when: tuple[str, str],
    offset: int,
    limit: int,
) -> tuple[list[Row], int]:
    """Demands and how many there are. `who` may hold groups that they are asked `of` and `by`.

    `when` is today and what of it: `deadline` (one is named), `open` (none has passed by today),
    `passed`, `none`, or any other word for all.
    """
    today, chosen = when
    query = select(DEMANDS)
    for name, part in (("of", "addressee"), ("by", "speaker")):
        if who.get(name):
            query = query.where(_party("demand", DEMANDS, who[name], part))
    last = DEMANDS.c.date_to
    conditions = {
        "deadline": last.is_not(None),
        "open": or_(last.is_(None), last >= today),
        "passed": last < today,
        "none": last.is_(None),
    }
    if chosen in conditions:
        query = query.where(conditions[chosen])
    ordered = query.order_by(DEMANDS.c.seq, DEMANDS.c.number).offset(offset).limit(limit)
    return list(connection.execute(ordered).mappings()), _count(connection, query)


def engagements(
    connection: Connection,
    who: Sequence[str],
    when: tuple[str, str],
    offset: int,
    limit: int,
) -> tuple[list[Row], int]:
    """Engagements of some groups, or all, and how many there are.

    `when` is today and what of it: `past`, `upcoming`, `undated`, or any other word for all.
    """
    today, chosen = when
    query = select(ENGAGEMENTS)
    if who:
        query = query.where(_party("engagement", ENGAGEMENTS, who, "participant"))
    day = ENGAGEMENTS.c.date_from
    last = func.coalesce(ENGAGEMENTS.c.date_to, day)
    conditions = {
        "past": and_(day.is_not(None), last < today),
        "upcoming": and_(day.is_not(None), last >= today),
        "undated": day.is_(None),
    }
    if chosen in conditions:
        query = query.where(conditions[chosen])
    first = day if chosen == "upcoming" else day.desc()
    order = (day.is_(None), first, ENGAGEMENTS.c.seq, ENGAGEMENTS.c.number)
    found = connection.execute(query.order_by(*order).offset(offset).limit(limit)).mappings()
    return list(found), _count(connection, query)


def engagements_in(connection: Connection, first: str, last: str, limit: int) -> list[Row]:
    """The first engagements that begin between two days."""
    day = ENGAGEMENTS.c.date_from
    query = select(ENGAGEMENTS).where(day.between(first, last))
    ordered = query.order_by(day, ENGAGEMENTS.c.seq, ENGAGEMENTS.c.number).limit(limit)
    return list(connection.execute(ordered).mappings())


def _party(kind: str, table: FromClause, groups: Sequence[str], part: str) -> ColumnElement[bool]:
    # Of few groups there is little: the list of it is made first, and once.
    theirs = select(PARTIES.c.document_id, PARTIES.c.id).where(
        PARTIES.c.canonical.in_(groups), PARTIES.c.kind == kind, PARTIES.c.part == part
    )
    return tuple_(table.c.document_id, table.c.id).in_(theirs)


def reports_of_engagement(connection: Connection, identifier: str) -> list[Row]:
    """The rows of an engagement, one for each document that tells of it under that id."""
    query = select(ENGAGEMENTS).where(ENGAGEMENTS.c.id == identifier).order_by(ENGAGEMENTS.c.seq)
    return list(connection.execute(query).mappings())


def party_counts(connection: Connection, canonical: str) -> dict[tuple[str, str], int]:
    """In how many engagements and demands a group has which part."""
    query = (
        select(PARTIES.c.kind, PARTIES.c.part, func.count().label("number"))
        .where(PARTIES.c.canonical == canonical)
        .group_by(PARTIES.c.kind, PARTIES.c.part)
    )
    return {(row.kind, row.part): int(row.number) for row in connection.execute(query)}


def waiting(connection: Connection) -> tuple[int, int]:
    """How many documents there are, and how many of them have no record."""
    documents, records = (
        int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for table in (DOCUMENTS, RECORDS)
    )
    return documents, max(0, documents - records)


def last_of(connection: Connection, kinds: Sequence[str]) -> int:
    """The number of the newest entry of the log of some kinds; 0 before there is one."""
    newest = (
        connection.execute(select(func.max(LOG.c.seq)).where(LOG.c.kind == kind)).scalar()
        for kind in kinds
    )
    return max((int(number) for number in newest if number), default=0)


def open_claims(connection: Connection) -> int:
    """How many claims of the kinds that accuse, deny or ask nobody has decided on."""
    query = select(func.count()).where(CLAIMS.c.reviewed.is_(None), CLAIMS.c.priority == 0)
    return int(connection.execute(query).scalar_one())


def latest(connection: Connection, limit: int) -> list[Latest]:
    """The documents that came in last."""
    names = ("id", "path", "title", "publisher", "published")
    query = select(*(DOCUMENTS.c[name] for name in names)).order_by(DOCUMENTS.c.seq.desc())
    return [Latest(**row) for row in connection.execute(query.limit(limit)).mappings()]


def kinds_of_entry(connection: Connection) -> list[str]:
    """The kinds of entry that the log holds, in the order of the alphabet."""
    found: list[str] = []
    last = ""
    while True:  # One step in the index for each kind: there are few, and many entries of each.
        query = select(func.min(LOG.c.kind)).where(LOG.c.kind > last)
        following = connection.execute(query).scalar()
        if following is None:
            return found
        found.append(str(following))
        last = str(following)


def entries(
    connection: Connection, before: int | None, limit: int, kinds: Sequence[str], actor: str
) -> tuple[list[Entry], int | None]:
    """Entries of the log, the newest first; and the number to go on before, None at the end.

    Only of some kinds, and by one person, where these are given. For a person so many entries are
    looked through at once, so that fewer than `limit`, even none, may come with more to follow.
    """
    query = select(LOG)
    if before is not None:
        query = query.where(LOG.c.seq < before)
    if kinds:
        query = query.where(LOG.c.kind.in_(kinds))
    stop = 0
    if actor:
        newest = before or int(connection.execute(select(func.max(LOG.c.seq))).scalar() or 0) + 1
        stop = max(0, newest - _LEAST_LOG)
        query = query.where(LOG.c.actor == actor, LOG.c.seq >= stop)
    rows = connection.execute(query.order_by(LOG.c.seq.desc()).limit(limit)).mappings()
    found = [Entry(**{**row, "payload": json.loads(row["payload"])}) for row in rows]
    if len(found) == limit:
        return found, found[-1].seq if found[-1].seq > 1 else None
    return found, stop if stop > 1 else None


def _count(connection: Connection, query: Select[*tuple[Any, ...]]) -> int:
    counted = select(func.count()).select_from(query.order_by(None).subquery())
    return int(connection.execute(counted).scalar_one())


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
    found = members(connection, canonical, 0, _AT_ONCE)
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
        for part in _batches(some):
            query = select(PROPOSALS).where(PROPOSALS.c.left_key.in_(part))
            rows = connection.execute(query).mappings()
            found += [row for row in rows if row["right_key"] in others]
    return sorted(found, key=lambda row: (-row["score"], row["left_key"], row["right_key"]))


def together(connection: Connection, left: str, right: str) -> tuple[list[str], int]:
    """The first documents that name both of two groups, and how many there are."""
    other = GROUP_DOCUMENTS.alias()
    query = (
        select(GROUP_DOCUMENTS.c.document_id)
        .join(other, other.c.document_id == GROUP_DOCUMENTS.c.document_id)
        .where(GROUP_DOCUMENTS.c.canonical == left, other.c.canonical == right)
    )
    ordered = query.order_by(GROUP_DOCUMENTS.c.seq).limit(3)
    return list(connection.execute(ordered).scalars()), _count(connection, query)


def origins_of(connection: Connection, identifier: str) -> str:
    """The origins of an event as they were kept, as JSON."""
    query = select(EVENT_ORIGINS.c.body).where(EVENT_ORIGINS.c.event == identifier)
    return str(connection.execute(query).scalar() or "[]")


def who_in(connection: Connection, identifier: str) -> list[tuple[str, str, str]]:
    """Who is in an event and where it was: (part, group, name), those of most documents first."""
    query = (
        select(EVENT_WHO.c.part, EVENT_WHO.c.canonical, GROUPS.c.name)
        .join(GROUPS, GROUPS.c.canonical == EVENT_WHO.c.canonical)
        .where(EVENT_WHO.c.event == identifier, EVENT_WHO.c.part != "act")
        .order_by(EVENT_WHO.c.part, GROUPS.c.rank, GROUPS.c.canonical)
        .limit(_SHOWN)
    )
    return [(row.part, row.canonical, row.name) for row in connection.execute(query)]


def responding(
    connection: Connection, asked: Sequence[str], asking: Sequence[str], limit: int
) -> list[str]:
    """Documents in which one of some groups speaks and one of those that ask them is named."""
    if not asked or not asking:
        return []
    named = select(GROUP_DOCUMENTS.c.document_id).where(GROUP_DOCUMENTS.c.canonical.in_(asking))
    query = (
        select(FINDABLE.c.document_id)
        .where(FINDABLE.c.speaker.in_(asked), FINDABLE.c.document_id.in_(named))
        .group_by(FINDABLE.c.document_id)
        .order_by(func.min(FINDABLE.c.seq))
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def meetings_alike(
    connection: Connection, participants: Sequence[str], days: Sequence[str | None], limit: int
) -> list[str]:
    """Documents that tell of an engagement of the same people that begins on one of some days."""
    known = [day for day in days if day]
    if not participants or not known:
        return []
    query = (
        select(ENGAGEMENTS.c.document_id, func.min(ENGAGEMENTS.c.seq).label("seq"))
        .join(
            PARTIES,
            and_(
                PARTIES.c.document_id == ENGAGEMENTS.c.document_id,
                PARTIES.c.id == ENGAGEMENTS.c.id,
                PARTIES.c.kind == "engagement",
            ),
        )
        .where(PARTIES.c.canonical.in_(participants), ENGAGEMENTS.c.date_from.in_(known))
        .group_by(ENGAGEMENTS.c.document_id)
        .order_by("seq")
        .limit(limit)
    )
    return [row.document_id for row in connection.execute(query)]


def body(row: Row) -> Mapping[str, Any]:
    """What a list shows of a row, as it was kept."""
    found: Mapping[str, Any] = json.loads(row["body"])
    return found
