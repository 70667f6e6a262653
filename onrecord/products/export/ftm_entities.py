"""A record as entities of FollowTheMoney: documents, people and places, what is claimed of them.

Every entity names its document (`proof`), and carries the fields that FollowTheMoney has no
property for as marks (`ftm_marks`). What a source says is never told as a fact: a claim is a note,
an act is an event whose name says on what footing, and whoever is said to have a part in it hangs
on a link that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from onrecord.model import Claim, Document, Entity, Record, as_json
from onrecord.products.export.ftm_ids import document_id, entity_id, part_id
from onrecord.products.export.ftm_marks import as_name, legible, marks
from onrecord.products.export.ftm_text import as_json_string, edges, exact, is_kept, pages
from onrecord.products.export.ftm_words import Telling, codes, dates, term_label
from onrecord.products.index import file_name
from onrecord.vocabulary import load

PART = "part"
"""The mark that says what of a record an entity is: a document, an entity, a claim, an act, ..."""
Item = dict[str, Any]
"""An entity of FollowTheMoney as JSON: `id`, `schema`, `properties`."""


class Writer:
    """Makes the entities of one record, one after another."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.telling = Telling(record)
        self.types: dict[str, str] = {entity.id: entity.type for entity in record.entities}
        self.proof = document_id(record.document.id)

    def id(self, local: str) -> str:
        """The id of a part of this record."""
        make = entity_id if local in self.types else part_id
        return make(self.record.document.id, local)

    def name(self, local: str | None) -> str:
        """The name of an entity of this record, as FollowTheMoney keeps it."""
        entity = self.telling.sheet.entities.get(local or "")
        return as_name(entity.name) if entity else ""

    def thing(self, schema: str, local: str, properties: Mapping[str, Any]) -> Item:
        """An entity that this record proves."""
        return item(schema, self.id(local), {**properties, "proof": self.proof})

    def marks(self, part: Any, *, without: Iterable[str] = ()) -> list[str]:
        """The marks of a part of the record: what it is, and the fields no property tells."""
        told = {name: value for name, value in as_json(part).items() if name not in set(without)}
        kind = f"{PART}={type(part).__name__.lower()}"
        return [kind, *marks(told, self.record.text)]

    def standing(self, claim: Claim | None, span: tuple[int, int]) -> dict[str, Any]:
        """On whose word, who published it, and the exact words."""
        return {
            "summary": self.telling.summary(claim),
            "publisher": self.record.document.publisher,
            "description": self.telling.words(span),
        }


def item(schema: str, identifier: str, properties: Mapping[str, Any]) -> Item:
    """An entity; values are made legible, those that are blank or told twice are left out."""
    kept: dict[str, list[str]] = {}
    for name, given in properties.items():
        values = [given] if isinstance(given, str) else given or []
        clean = list(dict.fromkeys(value for value in map(legible, values) if value))
        if clean:
            kept[name] = clean
    return {"id": identifier, "schema": schema, "properties": kept}


def document(writer: Writer, known: Mapping[str, Any]) -> Iterator[Item]:
    """The document, its pages where it is long, its exact text where that would be changed.

    `known` holds further properties of the document.
    """
    record, told = writer.record, writer.record.document
    stretches = pages(record.text) or []
    long = len(stretches) > 1
    schema = "Pages" if long else _schema(told)
    properties = {
        "title": told.title,
        "publisher": told.publisher,
        "fileName": file_name(record),
        "mimeType": told.media_type,
        "language": load("ftm")["languages"].get(told.language or ""),
        "publishedAt": dates(told.published).get("date"),
        "bodyText": None if long else stretches,
        "notes": told.note,
        **known,
    }
    properties["keywords"] = [*_document_marks(writer), *_edges(record.text)]
    yield item(schema, writer.proof, properties)
    for number, stretch in enumerate(stretches if long else ()):
        page = {"document": writer.proof, "index": str(number + 1), "bodyText": stretch}
        yield item("Page", f"page-{number + 1}-{writer.proof}", page)
    if not is_kept(record.text):
        kept = {"name": "Exact text", "entity": writer.proof, "proof": writer.proof}
        pieces = list(exact(record.text))
        yield item("Note", f"exact-{writer.proof}", {**kept, "description": pieces})


def _schema(told: Document) -> str:
    rules = load("ftm")
    fits = (s for begin, s in rules["documents"].items() if told.media_type.startswith(begin))
    return str(next(fits, rules["document"]))


def _document_marks(writer: Writer) -> list[str]:
    told = writer.record.document
    kept = {name for name in ("title", "publisher") if survives(getattr(told, name))}
    return writer.marks(told, without={"path", *kept})


def survives(value: str | None) -> bool:
    """Whether a property holds a value to the character, so that no mark is needed."""
    return value is None or (value != "" and legible(value) == value)


def _edges(text: str) -> list[str]:
    blanks = edges(text) if is_kept(text) else {}
    return [f"text.{name}={as_json_string(value)}" for name, value in blanks.items()]


def entity(writer: Writer, told: Entity) -> Iterator[Item]:
    """Somebody or something, with the names a document gives; then each name as a mention."""
    rules = load("ftm")
    schema = rules["entities"][told.type]
    if schema == "Organization" and told.actor_type in rules["public"]:
        schema = "PublicBody"
    name = as_name(told.name)
    mentions = dict.fromkeys(as_name(writer.telling.words(span)) for span in told.mentions)
    properties: dict[str, Any] = {
        "name": name,
        "country": told.country.lower() if told.country else None,
        "publisher": writer.record.document.publisher,
        "keywords": writer.marks(
            told, without={"type", *({"name"} if name and name == told.name else ())}
        ),
    }
    properties |= _place(told) if told.type == "Place" else _party(told, mentions)
    yield writer.thing(schema, told.id, properties)
    for number, words in enumerate(mentions):
        said: dict[str, Any] = {"document": writer.proof, "name": words, "detectedSchema": schema}
        if told.type != "Place":
            said["resolved"] = writer.id(told.id)
        if words:
            yield item("Mention", f"mention-{number}-{writer.id(told.id)}", said)
    for other in told.candidates:
        similar = {"candidate": writer.id(told.id), "match": writer.id(other)}
        similar["criteria"] = rules["undecided"]
        yield item("Similar", f"candidate-{writer.id(told.id)}-{other.rpartition(':')[2]}", similar)


def _place(told: Entity) -> dict[str, Any]:
    where = told.location
    city = as_name(told.name) if where and where.precision == "city" else None
    point = {"latitude": str(where.lat), "longitude": str(where.lon)} if where else {}
    return {"full": as_name(told.name), "city": city, **point}


def _party(told: Entity, mentions: Iterable[str]) -> dict[str, Any]:
    properties: dict[str, Any] = {"weakAlias": [m for m in mentions if m != as_name(told.name)]}
    if told.actor_type:
        properties["classification"] = term_label("actor_types", told.actor_type)
    if told.type == "Person":
        properties["gender"] = told.sex if told.sex in ("male", "female", "other") else None
        properties["profession"] = [name.replace("_", " ") for name in told.occupations]
    return properties


def claim(writer: Writer, told: Claim) -> Item:
    """A claim as a note on those who say it and those it names, in its exact words."""
    named = writer.telling.sheet
    about = [local for local, claims in named.naming.items() if told in claims]
    voices = [link.entity for link in told.attribution if link.entity in writer.types]
    return writer.thing(
        "Note",
        told.id,
        {
            "name": writer.telling.heading(told),
            "summary": writer.telling.summary(told),
            "publisher": writer.record.document.publisher,
            "description": [writer.telling.words(span) for span in told.content],
            "entity": [writer.id(local) for local in dict.fromkeys((*voices, *about)) if local],
            "keywords": [*writer.marks(told), *codes("claim_kinds", told.kind)],
        },
    )
