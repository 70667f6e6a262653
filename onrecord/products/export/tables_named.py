"""Tables of documents and of who and what they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from onrecord.products.export.columns import (
    CONFIDENCE,
    DOCUMENT,
    UNKNOWN,
    Column,
    Kind,
    Leaf,
    Row,
    Table,
    citation,
    cited,
    coded,
    entity,
    listed,
    own_id,
    plain_field,
    things,
)


def _once(leaf: Leaf) -> Iterator[Row]:
    yield Row(leaf, leaf.document)


def _told(name: str, meaning: str, empty: str = UNKNOWN, kind: Kind = "text") -> Column:
    """A field of the case's own row about a document."""
    return Column(name, kind, meaning, lambda row: getattr(row.leaf.document, name), empty)


def _recorded(name: str, meaning: str, kind: Kind = "text") -> Column:
    """A field of the record's document."""

    def value(row: Row) -> Any:
        record = row.leaf.record
        return getattr(record.document, name) if record else None

    return Column(name, kind, meaning, value, UNKNOWN)


def _dateline(name: str) -> Any:
    def value(row: Row) -> Any:
        dateline = row.leaf.record and row.leaf.record.document.dateline
        return getattr(dateline, name) if dateline else None

    return value


def _channel(row: Row) -> Any:
    channel = row.leaf.record and row.leaf.record.document.channel
    return channel.text if channel else None


DOCUMENTS = Table(
    "documents",
    "The items acquired, in the order in which they came in",
    ("document",),
    (
        DOCUMENT,
        _told("path", "The file as whoever added it named it", "never empty"),
        _told("media_type", "What kind of file it is (IANA media type)", "never empty"),
        Column(
            "size",
            "integer",
            "How large the original is",
            lambda row: row.leaf.document.size,
            unit="bytes",
        ),
        _recorded("language", "Language of the text (ISO 639-1)"),
        _told("title", "Its title, in its own words"),
        _told("publisher", "Who put it before the reader, in its own words"),
        _told("author", "Who signs it, in its own words"),
        _told("published", "When it was published; X stands for what is not said", kind="EDTF"),
        Column("dateline_date", "EDTF", "The date in its dateline", _dateline("date"), UNKNOWN),
        *entity("dateline_place", "the place in its dateline", _dateline("place"), UNKNOWN),
        *citation("the words of its dateline", _dateline("span"), "dateline_", UNKNOWN),
        Column("channel", "text", "What carried the words, as it says", _channel, UNKNOWN),
        Column(
            "extracted",
            "boolean",
            "Whether a record was made of it",
            lambda row: row.leaf.record is not None,
        ),
        _recorded("note", "Why nothing was extracted, where nothing was"),
        Column(
            "warnings",
            "list",
            "What the reader found wrong with the file",
            lambda row: list(row.leaf.document.warnings),
            "nothing",
        ),
    ),
    _once,
)


def _custody(leaf: Leaf) -> Iterator[Row]:
    for number, each in enumerate(leaf.custody, 1):
        yield Row(leaf, each, number=number)


CUSTODY = Table(
    "custody",
    "Each time a document came in: who brought it, when, from where",
    ("document", "number"),
    (
        DOCUMENT,
        Column("number", "integer", "Which time, from 1", lambda row: row.number),
        plain_field("at", "When", kind="time"),
        plain_field("actor", "Who", "it may not leave the case"),
        plain_field("command", "By which command", "it may not leave the case"),
        plain_field("path", "The file as they named it"),
        plain_field("origin", "Where the file lay", "it may not leave the case"),
        Column("size", "integer", "How large it was", lambda row: row.thing.size, unit="bytes"),
        plain_field("reader", "What read its text", UNKNOWN),
        plain_field("reader_version", "The version of what read it", UNKNOWN),
    ),
    _custody,
)


def _first(row: Row) -> Any:
    return row.thing.mentions[0] if row.thing.mentions else None


def _location(name: str) -> Any:
    return lambda row: getattr(row.thing.location, name) if row.thing.location else None


_RESTS = "the text has no words for it"

ENTITIES = Table(
    "entities",
    "People, bodies, groups and places, one row for each document that names them",
    ("document", "entity"),
    (
        DOCUMENT,
        own_id("entity", "entity"),
        Column(
            "canonical",
            "text",
            "Who it is in the whole case: entities taken for one share this id",
            lambda row: row.leaf.who.get(row.thing.id),
            "who is who was not worked out (`onrecord resolve`)",
        ),
        plain_field("type", "Person, Organization, Group or Place"),
        plain_field("name", "Its name as the document gives it"),
        plain_field("country", "Country (ISO 3166-1 alpha-2)", _RESTS),
        *cited("country", "the country"),
        Column("latitude", "number", "Latitude, WGS 84", _location("lat"), _RESTS, "degrees"),
        Column("longitude", "number", "Longitude, WGS 84", _location("lon"), _RESTS, "degrees"),
        Column(
            "precision",
            "text",
            "What the point is: of a city, or the centre of a region or country",
            _location("precision"),
            "there is no point",
        ),
        plain_field("actor_type", "What kind of actor it is", _RESTS),
        coded(
            "huridocs_mt24",
            "HURIDOCS micro-thesaurus 24 (types of perpetrators)",
            "actor_types",
            "the kind of actor",
            lambda row: row.thing.actor_type or "",
        ),
        *cited("actor_type", "the kind of actor"),
        listed("occupations", "What they do", _RESTS),
        *cited("occupations", "the occupation"),
        plain_field("sex", "male, female, other or unknown, as the words say", _RESTS),
        *cited("sex", "the sex"),
        plain_field("age_group", "adult, child, other or unknown, as the words say", _RESTS),
        *cited("age_group", "the age group"),
        listed("candidates", "Whom an undecided mention may stand for", "the mention is decided"),
        Column("mentions", "integer", "How often it is named", lambda row: len(row.thing.mentions)),
        Column(
            "references",
            "integer",
            "How often other words stand for it: pronouns, titles, descriptions",
            lambda row: len(row.thing.references),
        ),
        *citation("its first mention", _first),
    ),
    things("entities"),
)


def _mentions(leaf: Leaf) -> Iterator[Row]:
    for each in leaf.record.entities if leaf.record else ():
        for kind, spans in (("mention", each.mentions), ("reference", each.references)):
            for span in spans:
                yield Row(leaf, span, (each.id, kind))


MENTIONS = Table(
    "mentions",
    "Each stretch of text that stands for an entity",
    ("document", "entity", "start", "end"),
    (
        DOCUMENT,
        *entity("entity", "the entity", lambda row: row.within[0]),
        Column(
            "kind",
            "text",
            "`mention`: words that name it; `reference`: other words that stand for it",
            lambda row: row.within[1],
        ),
        *citation("the words", lambda row: row.thing),
    ),
    _mentions,
)

RELATIONS = Table(
    "relations",
    "Posts, kinship, memberships, commands, leaderships, links and aliases, as reported",
    ("document", "relation"),
    (
        DOCUMENT,
        own_id("relation", "relation"),
        plain_field("type", "post, family, membership, command, leads, link or alias"),
        *entity("subject", "the one that it is said of", lambda row: row.thing.subject),
        *entity("object", "the other side", lambda row: row.thing.object, "there is none"),
        plain_field("label", "What the relation is, in the words of the source"),
        *citation("the words of the role", lambda row: row.thing.role, "role_", "none"),
        *citation("the words of the rank", lambda row: row.thing.rank, "rank_", "none"),
        plain_field("ended", "Whether it is said to be over", kind="boolean"),
        listed("claims", "The claims it rests on (table `claims`)", "the publisher's own words"),
        CONFIDENCE,
        *citation("the words that state it", lambda row: row.thing.span),
    ),
    things("relations"),
)

TABLES = (DOCUMENTS, CUSTODY, ENTITIES, MENTIONS, RELATIONS)
