"""The nodes of the provenance export: one document's, and people's decisions.

original   prov:Entity       the bytes as acquired, named by their hash (RFC 6920)
acquisition prov:Activity    who brought it in, when
text       prov:Entity       what a reader made of the bytes; every selector points into it
extraction prov:Activity     the software and its version
part       prov:Entity       a claim, act, relation, ...: its fields, and on whose word it stands
annotation oa:Annotation     ties a part to the exact words that it rests on
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.model import Claim, Record, Span, as_json
from onrecord.passages.anchor import anchor
from onrecord.products.export.ftm_marks import is_span
from onrecord.products.index import Index, file_name
from onrecord.resolution.resolver import canonical_id
from onrecord.store.carrying import Kept
from onrecord.store.log import Entry
from onrecord.store.reader import Custody
from onrecord.vocabulary import load
from onrecord.vocabulary.terms import terms

Node = dict[str, Any]

SOFTWARE = "urn:onrecord:software"
PARTS = ("claims", "acts", "events", "relations", "demands", "engagements")


def original_iri(document: str) -> str:
    """The bytes of a document, named by their SHA-256 (RFC 6920)."""
    digits = document.removeprefix("sha256:")
    try:
        digest = bytes.fromhex(digits)
    except ValueError:
        return f"urn:onrecord:document:{_digits(document)}"
    return f"ni:///sha-256;{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def part_iri(document: str, local: str) -> str:
    """A part of a document's record, its text, or what was done with it."""
    return f"urn:onrecord:{_short(document)}:{_safe(local)}"


def person_iri(name: str) -> str:
    """Somebody who did something with the case."""
    return f"urn:onrecord:agent:{_digits(name)[:16]}"


def canonical_iri(canonical: str) -> str:
    """What several entities are taken for."""
    name = canonical_id(canonical) if "|" in canonical else canonical
    return f"urn:onrecord:{_safe(name)}"


def _short(document: str) -> str:
    name = document.removeprefix("sha256:")
    return name if name.isalnum() and name.isascii() else _digits(document)


def _safe(local: str) -> str:
    plain = local.replace(":", "").replace("-", "").replace("_", "")
    return local if plain.isalnum() and plain.isascii() else _digits(local)


def _digits(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()


def document(record: Record, custody: Mapping[int, Custody], kept: Kept) -> Iterator[Node]:
    """Original, acquisitions, text and extraction of a document."""
    told = record.document
    original, text = original_iri(told.id), part_iri(told.id, "text")
    came = [part_iri(told.id, f"acquisition-{number}") for number in custody]
    yield {
        "id": original,
        "type": ["prov:Entity", "onrecord:Document"],
        "title": told.title,
        "publisher": told.publisher,
        "issued": told.published,
        "format": told.media_type,
        "label": file_name(record),
        "sha256": told.id.partition("sha256:")[2] or None,
        "wasGeneratedBy": came,
    }
    for iri, each in zip(came, custody.values(), strict=True):
        who = person_iri(each.actor)
        yield {"id": who, "type": ["prov:Agent", "prov:Person"], "name": each.actor}
        yield {
            "id": iri,
            "type": ["prov:Activity", "onrecord:Acquisition"],
            "atTime": each.at,
            "wasAssociatedWith": who,
        }
    extraction = part_iri(told.id, "extraction")
    yield {
        "id": text,
        "type": ["prov:Entity", "onrecord:Text"],
        "wasDerivedFrom": original,
        "language": told.language,
        "reader": f"{kept.reader} {kept.reader_version}".strip() or None,
        "coded": kept.coded or None,
        "text": record.text,
    }
    yield {
        "id": extraction,
        "type": ["prov:Activity", "onrecord:Extraction"],
        "used": text,
        "wasAssociatedWith": SOFTWARE,
        "version": kept.version or None,
        "note": told.note,
    }


class Parts:
    """The nodes of one record's parts, each with the annotation that ties it to the text."""

    def __init__(self, record: Record, canonical: Mapping[str, str]) -> None:
        self.record, self.canonical = record, canonical
        self.document = record.document.id
        self.sheet = Index([record]).of_document[self.document]
        self._made = part_iri(self.document, "extraction")
        named = [part.id for name in ("entities", *PARTS) for part in getattr(record, name)]
        self._iris = {local: part_iri(self.document, local) for local in named}

    def nodes(self) -> Iterator[Node]:
        """Entities first, then everything said of them, in the order of the record."""
        yield from self._annotated(self.record.document, original_iri(self.document), {})
        for entity in self.record.entities:
            yield from self._entity(entity)
        for claim in self.record.claims:
            yield from self._part("claims", claim, self._chain(claim))
        for name in PARTS[1:]:
            for part in getattr(self.record, name):
                yield from self._part(name, part, self._on_whose_word(name, part))

    def _entity(self, entity: Any) -> Iterator[Node]:
        rules = load("prov")
        kinds = [rules["entities"][entity.type], f"onrecord:{entity.type}"]
        kinds += ["prov:Agent"] if entity.type in rules["agents"] else []
        first = self.canonical.get(entity.id)
        told = {**self._fields(as_json(entity)), "type": kinds, "kind": entity.type}
        told["takenFor"] = {"id": canonical_iri(first)} if first else None
        if entity.location:
            told |= {"geo:lat": entity.location.lat, "geo:long": entity.location.lon}
        yield from self._annotated(entity, self._iris[entity.id], told)

    def _part(self, name: str, part: Any, known: Node) -> Iterator[Node]:
        kind = name.removesuffix("s").capitalize()
        told = {**self._fields(as_json(part)), "kind": getattr(part, "kind", None), **known}
        told["actType" if name == "acts" else "partType"] = getattr(part, "type", None)
        told["type"] = ["prov:Entity", f"onrecord:{kind}"]
        told["wasGeneratedBy"] = self._made
        if name == "acts":
            told["code"] = _codes("acts", part.type)
            for each in told.get("perpetrators", ()):
                each["code"] = _codes("involvement", each["involvement"])
        elif name == "claims":
            told["code"] = _codes("claim_kinds", part.kind)
        yield from self._annotated(part, self._iris[part.id], told)

    def _annotated(self, part: Any, iri: str, told: Node) -> Iterator[Node]:
        """A node, and the annotation of every stretch of text that its fields rest on."""
        if told:
            told.pop("id", None)
            yield {"id": iri, **told}
        targets = [self._target(field, span) for field, span in spans(as_json(part))]
        if targets:
            local = getattr(part, "id", "document")
            name = "document" if local == self.document else local
            yield {
                "id": f"{part_iri(self.document, name)}:annotation",
                "type": "Annotation",
                "motivation": "oa:identifying" if name.startswith("entity") else "oa:describing",
                "body": iri,
                "target": targets,
                "wasGeneratedBy": self._made,
            }

    def _target(self, field: str, span: Span) -> Node:
        """The words of a field: where they stand, and what they are."""
        words = anchor(self.record.text, span)
        quote = {name: getattr(words, name) for name in ("exact", "prefix", "suffix")}
        position = {"type": "TextPositionSelector", "start": words.start, "end": words.end}
        return {
            "type": "SpecificResource",
            "source": part_iri(self.document, "text"),
            "selector": [{"type": "TextQuoteSelector", **quote}, position],
            "field": field,
        }

    def _chain(self, claim: Claim) -> Node:
        """On whose word a claim stands: who is named, in which role, innermost first."""
        known: Node = {
            "wasAttributedTo": [
                self._iris[k.entity] for k in claim.attribution if k.entity in self._iris
            ]
        }
        known["qualifiedAttribution"] = [
            {
                "type": "prov:Attribution",
                "hadRole": f"onrecord:{link.level}",
                "agent": self._iris.get(link.entity or ""),
                "order": number,
                "words": self.record.text[slice(*link.span)] if link.span else None,
            }
            for number, link in enumerate(claim.attribution)
        ]
        return known

    def _on_whose_word(self, name: str, part: Any) -> Node:
        """The claims that a part rests on; the publisher's own words rest on none."""
        if name in ("acts", "relations"):
            claim = self.sheet.covering(part.span, part.claims)
            return {"wasDerivedFrom": [self._iris[claim.id]] if claim else []}
        held = [getattr(part, "claim", None), *getattr(part, "acts", ())]
        return {"wasDerivedFrom": [self._iris[local] for local in held if local in self._iris]}

    def _fields(self, told: Any) -> Any:
        """Fields as they are in the record, without offsets; ids become what they name."""
        if isinstance(told, dict):
            kept = {
                k: self._fields(v) for k, v in told.items() if k not in ("cites", "attribution")
            }
            renamed = load("prov")["renamed"]
            return {renamed.get(k, k): v for k, v in kept.items() if v not in (None, [], {})}
        if isinstance(told, list):
            return (
                []
                if is_span(told)
                else [f for f in map(self._fields, told) if f not in (None, [], {})]
            )
        if isinstance(told, str):
            return {"id": self._iris[told]} if told in self._iris else told
        return told


def _codes(name: str, term: str) -> list[str]:
    known = terms(name)[term].codes if term in terms(name) else {}
    return [f"{standard}:{code}" for standard, codes in known.items() for code in codes]


def spans(told: Any, field: str = "") -> Iterator[tuple[str, Span]]:
    """Every stretch that a part cites, with the field it stands in ("attribution/0/span")."""
    if isinstance(told, Mapping):
        for name, part in told.items():
            yield from spans(part, f"{field}/{name}".lstrip("/"))
    elif isinstance(told, list) and is_span(told):
        yield field, (told[0], told[1])
    elif isinstance(told, list):
        for number, part in enumerate(told):
            yield from spans(part, f"{field}/{number}")


def decision(entry: Entry) -> Iterator[Node]:
    """What a person decided: who, when, of what."""
    if entry.kind not in load("prov")["decisions"]:
        return
    who, told = person_iri(entry.actor), entry.payload
    used = [_subject(told[name]) for name in ("left", "right", "subject") if told.get(name)]
    used += [f"urn:onrecord:decision:{told['entry']}"] if entry.kind == "undo" else []
    yield {"id": who, "type": ["prov:Agent", "prov:Person"], "name": entry.actor}
    yield {
        "id": f"urn:onrecord:decision:{entry.seq}",
        "type": ["prov:Activity", "onrecord:Decision"],
        "decision": entry.kind,
        "atTime": entry.at,
        "wasAssociatedWith": who,
        "used": used,
        **{
            name: told[name]
            for name in ("verdict", "why", "source_reliability", "information_credibility")
            if told.get(name)
        },
    }


def _subject(key: str) -> str:
    held, bar, local = key.rpartition("|")
    return part_iri(held, local) if bar else original_iri(key)
