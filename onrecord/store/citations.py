"""The citations of a record, and the look-up rows derived from it.

A citation is named by the JSON Pointer (RFC 6901) of the field it stands in, and holds what W3C
Web Annotation calls position (start, end) and quote (exact, prefix, suffix).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Table

from onrecord.model import Span, content_id
from onrecord.store.log import plain
from onrecord.store.tables import ACTS, CLAIMS, ENTITIES, INVOLVEMENTS, PASSAGES, SPELLINGS
from onrecord.store.words import folded_name
from onrecord.vocabulary import load

CONTEXT = 32
"""Characters of the text kept before and after a passage."""

Row = dict[str, Any]


def encode(text: str) -> bytes:
    """Text as the case keeps it: UTF-8, lone surrogates passed through."""
    return text.encode("utf-8", "surrogatepass")


def decode(body: bytes) -> str:
    """The inverse of `encode`. Raises UnicodeDecodeError on bytes it did not make."""
    return body.decode("utf-8", "surrogatepass")


def spans(value: Any, pointer: str = "") -> Iterator[tuple[str, Span]]:
    """Every span in a record as JSON (a list of two whole numbers), with the field it stands in."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield from spans(part, f"{pointer}/{name}")
    elif isinstance(value, list):
        if len(value) == 2 and all(type(part) is int for part in value):
            yield pointer, (value[0], value[1])
        else:
            for number, part in enumerate(value):
                yield from spans(part, f"{pointer}/{number}")


def passages(document: str, record: Mapping[str, Any], text: str) -> Iterator[Row]:
    """A row of `passages` for each citation of a record."""
    for field, (start, end) in spans(record):
        yield {
            "document_id": document,
            "field": field,
            "id": content_id("passage", document, start, end),
            "start": start,
            "end": end,
            "exact": encode(text[start:end]),
            "prefix": encode(text[max(0, start - CONTEXT) : start]),
            "suffix": encode(text[end : end + CONTEXT]),
        }


def derived(document: str, record: Mapping[str, Any], text: str) -> dict[Table, list[Row]]:
    """The rows of every table that is made from a record; `record` is as `as_json` gives it."""
    resting = weights(record)
    return {
        PASSAGES: list(passages(document, record, text)),
        ENTITIES: [_entity(document, entity) for entity in record["entities"]],
        SPELLINGS: list(_spellings(document, record["entities"], text)),
        CLAIMS: [_claim(document, claim, resting) for claim in record["claims"]],
        ACTS: [_act(document, act) for act in record["acts"]],
        INVOLVEMENTS: [row for act in record["acts"] for row in _involvements(document, act)],
    }


def _entity(document: str, entity: Mapping[str, Any]) -> Row:
    return {
        "document_id": document,
        "id": entity["id"],
        "type": entity["type"],
        "name": plain(entity["name"]),
        "country": entity.get("country"),
        "mentions": len(_words(entity)),
    }


def _words(entity: Mapping[str, Any]) -> list[Span]:
    """All that stands for an entity: what names it and what refers to it."""
    return [*entity["mentions"], *entity.get("references", ())]


def _spellings(document: str, entities: list[dict[str, Any]], text: str) -> Iterator[Row]:
    for entity in entities:
        names = [entity["name"], *(text[start:end] for start, end in _words(entity))]
        for folded in sorted({folded_name(name) for name in names}):
            if folded:
                yield {"document_id": document, "entity_id": entity["id"], "folded": folded}


def weights(record: Mapping[str, Any]) -> Counter[str]:
    """What rests on each claim: acts with those who had a part, demands, relations, claims."""
    resting: Counter[str] = Counter(demand["claim"] for demand in record["demands"])
    resting.update(claim["parent"] for claim in record["claims"] if claim.get("parent"))
    for act in record["acts"]:
        size = 1 + len(act["perpetrators"]) + len(act["victims"])
        resting.update(dict.fromkeys(act["claims"], size))
    for relation in record["relations"]:
        resting.update(relation["claims"])
    return resting


def _claim(document: str, claim: Mapping[str, Any], resting: Counter[str]) -> Row:
    """`source` is the innermost entity that the claim is attributed to."""
    sources = [link["entity"] for link in claim["attribution"] if link.get("entity")]
    sure = claim.get("confidence")
    return {
        "document_id": document,
        **{name: claim[name] for name in ("id", "kind", "quote", "modality", "polarity")},
        "source": sources[0] if sources else None,
        "parent": claim.get("parent"),
        "priority": 0 if claim["kind"] in load("review")["first"] else 1,
        "doubt": 0.0 if sure is None else round(1 - sure, 6),
        "weight": resting[claim["id"]],
        "reviewed": (claim.get("reviewed") or {}).get("state"),
    }


def _act(document: str, act: Mapping[str, Any]) -> Row:
    return {
        "document_id": document,
        **{name: act[name] for name in ("id", "type", "modality", "polarity")},
        "date": act.get("date"),
        "place": act.get("place"),
    }


def _involvements(document: str, act: Mapping[str, Any]) -> Iterator[Row]:
    parts = [("perpetrator", part) for part in act["perpetrators"]]
    parts += [("victim", part) for part in act["victims"]]
    for number, (name, part) in enumerate(parts):
        yield {
            "document_id": document,
            "act_id": act["id"],
            "number": number,
            "entity_id": part["entity"],
            "part": name,
            "involvement": part.get("involvement"),
        }
