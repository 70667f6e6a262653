"""Tables of acts as claims put them: who is said to have done what to whom."""

from __future__ import annotations

from collections.abc import Callable

from onrecord.products.export.columns import (
    CONFIDENCE,
    DOCUMENT,
    UNKNOWN,
    Column,
    Row,
    Table,
    citation,
    cited,
    coded,
    entity,
    label,
    listed,
    own_id,
    parts,
    plain_field,
    things,
)

_MT4 = "HURIDOCS micro-thesaurus 4 (types of acts); `onrecord:...` where it has none"


def _coded_act(of: Callable[[Row], str], prefix: str = "") -> tuple[Column, ...]:
    """The type of an act with its label and HURIDOCS codes."""
    return (
        Column(f"{prefix}type", "text", "What was done, a term of the vocabulary", of),
        label(f"{prefix}type_label", "acts", "What was done", of),
        coded("huridocs_mt4", _MT4, "acts", "the act", of),
    )


ACTS = Table(
    "acts",
    "The smallest “who did what to whom” that a claim states; said to have been done",
    ("document", "act"),
    (
        DOCUMENT,
        own_id("act", "act"),
        *_coded_act(lambda row: row.thing.type),
        coded(
            "rome_statute",
            "the Rome Statute (articles that bear on such acts, not a legal finding)",
            "acts",
            "the act",
            lambda row: row.thing.type,
        ),
        coded(
            "icpped",
            "the Convention on enforced disappearance (articles)",
            "acts",
            "the act",
            lambda row: row.thing.type,
        ),
        coded(
            "acled",
            "ACLED (event type / sub-event type)",
            "acts",
            "the act",
            lambda row: row.thing.type,
        ),
        plain_field("modality", "asserted, hedged, future or hypothetical"),
        plain_field("polarity", "affirmed or negated"),
        CONFIDENCE,
        listed("claims", "The claims that state it (table `claims`)", "the publisher's own words"),
        plain_field("date", "When; X stands for what is not said", UNKNOWN, "EDTF"),
        *cited("date", "the date"),
        *entity("place", "the place", lambda row: row.thing.place, UNKNOWN),
        *cited("place", "the place"),
        *citation("the words that state it", lambda row: row.thing.span),
    ),
    things("acts"),
)

_ACT = Column("act", "text", "The act (table `acts`)", lambda row: row.within.id)
_NUMBER = Column("number", "integer", "Which one of the act, from 1", lambda row: row.number)

VICTIMS = Table(
    "victims",
    "Whom an act is said to have been done to",
    ("document", "act", "number"),
    (
        DOCUMENT,
        _ACT,
        _NUMBER,
        *_coded_act(lambda row: row.within.type, "act_"),
        *entity("victim", "the victim", lambda row: row.thing.entity),
        Column(
            "count_min",
            "integer",
            "How many at the least",
            lambda row: row.thing.count.min if row.thing.count else None,
            "no number is given, or none as a lower bound",
            "people or things",
        ),
        Column(
            "count_max",
            "integer",
            "How many at the most",
            lambda row: row.thing.count.max if row.thing.count else None,
            "no number is given, or none as an upper bound (“more than 11”)",
            "people or things",
        ),
        *citation(
            "the words of the number",
            lambda row: row.thing.count.span if row.thing.count else None,
            "count_",
            "no number is given",
        ),
        *citation("the words that name the victim here", lambda row: row.thing.span),
    ),
    parts("acts", "victims"),
)

PERPETRATORS = Table(
    "perpetrators",
    "Who is said to be involved in an act, and how; an allegation, not a finding",
    ("document", "act", "number"),
    (
        DOCUMENT,
        _ACT,
        _NUMBER,
        *_coded_act(lambda row: row.within.type, "act_"),
        *entity("perpetrator", "the alleged perpetrator", lambda row: row.thing.entity),
        plain_field("involvement", "How they are said to be involved, a term of the vocabulary"),
        label("involvement_label", "involvement", "How", lambda row: row.thing.involvement),
        coded(
            "huridocs_mt18",
            "HURIDOCS micro-thesaurus 18 (degree of involvement)",
            "involvement",
            "the involvement",
            lambda row: row.thing.involvement,
        ),
        *citation("the words that state the involvement", lambda row: row.thing.span),
    ),
    parts("acts", "perpetrators"),
)


def _where(name: str, meaning: str) -> Column:
    def value(row: Row) -> str | None:
        found: str | None = getattr(row.thing.where, name) if row.thing.where else None
        return found

    return Column(name, "text", meaning, value, UNKNOWN)


EVENTS = Table(
    "events",
    "Acts of one document that belong together",
    ("document", "event"),
    (
        DOCUMENT,
        own_id("event", "event"),
        listed("acts", "The acts (table `acts`)", "never empty"),
        plain_field("principal", "Whether it is what the report is about", kind="boolean"),
        plain_field("date", "When; X stands for what is not said", UNKNOWN, "EDTF"),
        *cited("date", "the date"),
        _where("country", "Country (ISO 3166-1 alpha-2)"),
        _where("region", "Region, as the text names it"),
        _where("city", "City or village, as the text names it"),
        *cited("where", "the place"),
    ),
    things("events"),
)

TABLES = (ACTS, VICTIMS, PERPETRATORS, EVENTS)
