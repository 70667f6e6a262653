"""The stages as one table: what each reads, what it writes. The only writer of what they yield.

A stage is pure: records in, records out; no store, no clock, no network. So one process, a pool or
a cluster can run them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from onrecord.claims import find_claims
from onrecord.coding.acts import find_acts
from onrecord.coding.context import Context
from onrecord.coding.demands import find_demands
from onrecord.coding.engagements import find_engagements
from onrecord.coding.events import find_events
from onrecord.coding.relations import find_relations
from onrecord.coding.when import find_dates
from onrecord.entities import find_entities
from onrecord.model import Channel, Dateline, Document, Record
from onrecord.passages.head import Head, read_head
from onrecord.passages.parse import parse

VERSION = "1"
"""Raised with every change that makes the same bytes give another record."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: the names it reads, the name it writes, and the function between them."""

    name: str
    reads: tuple[str, ...]
    writes: str
    run: Callable[..., Any]


STAGES = (
    Stage("parse", ("text",), "parsed", parse),
    Stage("head", ("parsed", "known_head"), "head", read_head),
    Stage("entities", ("parsed", "document_id"), "book", find_entities),
    Stage("claims", ("parsed", "book", "head"), "claims", find_claims),
    Stage("dates", ("parsed", "head"), "dates", find_dates),
    Stage("context", ("parsed", "book", "head", "claims", "dates"), "context", Context),
    Stage("relations", ("context",), "relations", find_relations),
    Stage("acts", ("context",), "acts", find_acts),
    Stage("events", ("context", "acts"), "events", find_events),
    Stage("demands", ("context",), "demands", find_demands),
    Stage("engagements", ("context",), "engagements", find_engagements),
)


def extract_text(
    text: str,
    *,
    path: str,
    media_type: str = "text/plain",
    sha256: str = "",
    known: Head | None = None,
) -> Record:
    """The record of one text. `sha256` is that of the original bytes (of the UTF-8 text if empty)."""
    digest = sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    state: dict[str, Any] = {
        "text": text,
        "document_id": f"sha256:{digest}",
        "known_head": known or Head(),
    }
    for stage in STAGES:
        state[stage.writes] = stage.run(*(state[name] for name in stage.reads))
    return Record(
        document=_document(state, path, media_type),
        text=text,
        entities=state["book"].freeze(),
        **{
            name: state[name]
            for name in ("claims", "acts", "events", "relations", "demands", "engagements")
        },
    )


def _document(state: dict[str, Any], path: str, media_type: str) -> Document:
    head, text = state["head"], state["text"]
    spans = {
        "title": head.title,
        "publisher": head.publisher,
        "published": head.published and head.published[1],
    }
    words = {
        name: text[slice(*span)] for name, span in spans.items() if span and name != "published"
    }
    return Document(
        id=state["document_id"],
        path=path,
        media_type=media_type,
        language=state["parsed"].language,
        published=head.published and head.published[0],
        dateline=_dateline(state),
        channel=head.channel and Channel(text[slice(*head.channel)], head.channel),
        note=_note(state["parsed"]),
        cites={name: (span,) for name, span in spans.items() if span},
        **words,
    )


def _note(parsed: Any) -> str | None:
    if parsed.doc is not None:
        return None
    language = parsed.language or "unknown"
    return f"language {language}: kept and searchable; nothing is extracted from it yet"


def _dateline(state: dict[str, Any]) -> Dateline | None:
    head = state["head"]
    parts = [head.dateline_place, head.dateline_date and head.dateline_date[1]]
    spans = [span for span in parts if span]
    if not spans:
        return None
    place = head.dateline_place and state["book"].at(head.dateline_place[0])
    return Dateline(
        span=(min(s for s, _ in spans), max(e for _, e in spans)),
        place=place.id if place else None,
        date=head.dateline_date and head.dateline_date[0],
    )
