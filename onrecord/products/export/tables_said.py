"""Tables of what is said: claims, on whose word, demands, engagements."""

from __future__ import annotations

from typing import Any

from onrecord.products.export.columns import (
    CONFIDENCE,
    DOCUMENT,
    UNKNOWN,
    Column,
    Row,
    Table,
    citation,
    cited,
    entity,
    label,
    listed,
    own_id,
    parts,
    plain_field,
    spread,
    things,
)


def _speaker(row: Row) -> Any:
    """The innermost entity whose words it is."""
    return next((link.entity for link in row.thing.attribution if link.entity), None)


CLAIMS = Table(
    "claims",
    "What somebody is reported to say, think, feel or want; never a fact",
    ("document", "claim"),
    (
        DOCUMENT,
        own_id("claim", "claim"),
        plain_field("kind", "allegation, denial, admission, demand, finding or statement"),
        plain_field("quote", "direct (their words), indirect (the reporter's) or mixed"),
        plain_field("modality", "asserted, hedged, future or hypothetical"),
        plain_field("polarity", "affirmed or negated"),
        *entity(
            "source",
            "the innermost source (the whole chain is in table `attributions`)",
            _speaker,
            "the publisher's own words, or the source is not named",
        ),
        plain_field("parent", "The claim that this one stands inside of", "it stands in none"),
        CONFIDENCE,
        *spread("what is said", lambda row: row.thing.content),
        *citation("the words that introduce it", lambda row: row.thing.cue, "cue_", "none"),
        *spread("the words that hedge it", lambda row: row.thing.hedges, "hedges_"),
    ),
    things("claims"),
)

ATTRIBUTIONS = Table(
    "attributions",
    "The chain of attribution of each claim, step by step, innermost first",
    ("document", "claim", "step"),
    (
        DOCUMENT,
        Column("claim", "text", "The claim (table `claims`)", lambda row: row.within.id),
        Column("step", "integer", "Which step, innermost first, from 1", lambda row: row.number),
        plain_field("level", "cited, speaker, channel or publisher"),
        *entity("source", "the source", lambda row: row.thing.entity, "the source is not named"),
        *citation(
            "the words that name the source here",
            lambda row: row.thing.span,
            empty="no words here name it",
        ),
    ),
    parts("claims", "attribution"),
)


def _named(row: Row, ids: tuple[str, ...]) -> list[str]:
    return [row.leaf.names.get(each, each) for each in ids]


DEMANDS = Table(
    "demands",
    "Who is asked, by a claim, to do what, by when",
    ("document", "demand"),
    (
        DOCUMENT,
        own_id("demand", "demand"),
        Column("claim", "text", "The claim that makes it", lambda row: row.thing.claim),
        listed("addressees", "Ids of who is asked", UNKNOWN),
        Column(
            "addressees_names",
            "list",
            "Names of who is asked",
            lambda row: _named(row, row.thing.addressees),
            UNKNOWN,
        ),
        *citation("the words of what is asked", lambda row: row.thing.action),
        *citation("the words of the ground", lambda row: row.thing.ground, "ground_", UNKNOWN),
        plain_field("deadline", "By when", UNKNOWN, "EDTF"),
        *cited("deadline", "the deadline"),
    ),
    things("demands"),
)

ENGAGEMENTS = Table(
    "engagements",
    "Visits, meetings, hearings and trips, past or planned, as published",
    ("document", "engagement"),
    (
        DOCUMENT,
        own_id("engagement", "engagement"),
        plain_field("type", "What it is, a term of the vocabulary"),
        label("type_label", "engagement_types", "What it is", lambda row: row.thing.type),
        listed("participants", "Ids of who takes part", UNKNOWN),
        Column(
            "participants_names",
            "list",
            "Names of who takes part",
            lambda row: _named(row, row.thing.participants),
            UNKNOWN,
        ),
        *entity("place", "the place", lambda row: row.thing.place, UNKNOWN),
        Column("begins", "EDTF", "When it begins", lambda row: row.thing.start, UNKNOWN),
        *cited("start", "the beginning", "begins_"),
        Column("ends", "EDTF", "When it ends", lambda row: row.thing.end, UNKNOWN),
        *cited("end", "the end", "ends_"),
        plain_field("status", "proposed, confirmed, past or cancelled"),
        *citation("the words that state it", lambda row: row.thing.span),
    ),
    things("engagements"),
)

TABLES = (CLAIMS, ATTRIBUTIONS, DEMANDS, ENGAGEMENTS)
