"""FollowTheMoney brought in: our own export with its records, what others say as their claims.

A document of our own export comes back with its text and its record (`ftm_own`). Every other
entity becomes a document of its own: its properties as lines of text, a claim of the publisher
named by the user (or, where the entity names one, of that one as told by the publisher).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from onrecord.dates import read_edtf
from onrecord.imports import ftm_own as own
from onrecord.imports.batch import Batch, ExportFile, Refusal
from onrecord.imports.ftm_reading import Item, read
from onrecord.imports.item import Imported
from onrecord.imports.making import Maker
from onrecord.imports.terms import occupation
from onrecord.model import Span
from onrecord.products.export.ftm_ids import plain_id
from onrecord.products.export.ftm_schemata import ancestors, kind, label, properties
from onrecord.vocabulary import load

_CAPTIONS = ("name", "title", "fileName", "full", "alias", "weakAlias", "summary", "description")
_COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction", "mainCountry")
_SHOWN = 300
Entities = dict[str, tuple[int, Item]]


def prepare(export: ExportFile) -> Batch:
    """The items of a file, and what of it cannot be taken.

    Raises `UnreadableSource` where the file is none of FollowTheMoney at all.
    """
    batch = Batch()
    entities = read(export, batch)
    documents = {
        plain_id(name): [item]
        for name, (_, item) in entities.items()
        if own.part_of(item) == "document"
    }
    others: Entities = {}
    for name, (line, item) in entities.items():
        held = documents.get(own.document_of(item) or "")
        if own.part_of(item) == "document":
            continue
        if held is not None and _is_ours(item):
            held.append(item)
        else:
            others[name] = (line, item)
    for items in documents.values():
        _own(export, batch, items, entities[items[0]["id"]][0])
    _foreign(export, batch, others, entities)
    return batch


def _is_ours(item: Item) -> bool:
    """Whether an entity that names one of our documents was written by our export."""
    ours = own.part_of(item) or own.is_derived(item) or item["schema"] in ("Mention", "Page")
    return bool(ours) or item["id"].startswith("exact-")


def _own(export: ExportFile, batch: Batch, items: list[Item], line: int) -> None:
    kept = [{name: each[name] for name in ("id", "schema", "properties")} for each in items]
    place = own.value(items[0], "fileName") or str(items[0]["id"])
    item = Imported("ftm-own", export.publisher, export.name, export.sha256, place, kept)
    try:
        own.record_of(kept, "sha256:" + "0" * 64, item.path)
    except ValueError as error:
        why = f"its record cannot be read back: {error}"
        todo = "export the case again; or leave the document out of the file"
        batch.refused.append(Refusal(export.name, f"line {line}", "", place, why, todo))
    else:
        batch.items.append(item)


def _foreign(export: ExportFile, batch: Batch, others: Entities, entities: Entities) -> None:
    left_out = load("ftm")["left_out"]
    pages: dict[str, list[Item]] = {}
    for _, item in others.values():
        if item["schema"] == "Page":
            pages.setdefault(own.document_of(item) or "", []).append(item)
    skipped = 0
    for name, (line, item) in others.items():
        if item["schema"] in left_out:
            skipped += 1
        elif item["schema"] != "Page" or own.document_of(item) not in others:
            cells: dict[str, Any] = {"entity": item, "named": _named(item, entities)}
            if name in pages:
                cells["pages"] = _in_order(pages[name])
            batch.items.append(
                Imported(
                    "ftm",
                    export.publisher,
                    export.name,
                    export.sha256,
                    f"line={line}",
                    cells,
                    _words(item),
                )
            )
    if skipped:
        batch.notes.append(
            f"{skipped} entities of {' and '.join(left_out)} were left out: they say what a "
            "machine found or takes for one, and are nobody's claims"
        )


def _in_order(pages: Iterable[Item]) -> list[str]:
    def number(page: Item) -> float:
        try:
            return float(own.value(page, "index") or 0)
        except ValueError:
            return 0.0

    return [text for page in sorted(pages, key=number) for text in own.values(page, "bodyText")]


def _named(item: Item, entities: Entities) -> dict[str, list[str]]:
    """Schema and name of each entity that an entity names, as the same file has them."""
    known = properties(item["schema"])
    found: dict[str, list[str]] = {}
    for prop, values in item["properties"].items():
        for name in values if known[prop].type == "entity" else ():
            held = entities.get(name)
            if held is not None:
                found[name] = [held[1]["schema"], caption(held[1])]
    return found


def _words(item: Item) -> dict[str, Any]:
    """What a schema and its properties are called, kept: another version may rename them."""
    known = properties(item["schema"])
    labels = {name: known[name].label for name in item["properties"]}
    return {"schema": label(item["schema"]), "properties": labels}


def caption(item: Item) -> str:
    """What an entity is called: its first name, title or description, else its id."""
    told = item["properties"]
    found = (told[name][0] for name in _CAPTIONS if told.get(name))
    return " ".join(next(found, item["id"]).split())[:_SHOWN]


def make(item: Imported, maker: Maker) -> None:
    """Lay out an entity as lines, and say what its publisher claims with them."""
    _Entity(item.cells, maker).make()


class _Entity:
    """One entity of somebody's file on its way to a record."""

    def __init__(self, cells: Mapping[str, Any], maker: Maker) -> None:
        self.item, self.named, self.maker = cells["entity"], cells["named"], maker
        self.labels: Mapping[str, Any] = maker.item.mapping
        self.pages = cells.get("pages", [])
        self.schema: str = self.item["schema"]
        self.spans: dict[str, list[tuple[str, Span]]] = {}

    def make(self) -> None:
        """Lines first, then who is named, then the claim and, of a link, the relation."""
        maker = self.maker
        maker.line("Entity", self.labels["schema"])
        maker.line("Entity id", self.item["id"])
        self._lines()
        for page in self.pages:
            self._add("bodyText", "Page", page, page)
        subject = self._subject()
        content = [span for found in self.spans.values() for _, span in found]
        if not content:
            return
        speakers = [
            (maker.entity("Organization", span), span)
            for _, span in self.spans.get("publisher", [])[:1]
        ]
        claim = maker.claim(content, sources=speakers)
        if self.schema in load("ftm")["edges"]:
            self._relation(claim)
        elif subject is None and "Document" in ancestors(self.schema):
            self._document()

    def _lines(self) -> None:
        ordered = sorted(self.item["properties"], key=lambda n: (n not in _CAPTIONS[:4], n))
        for name in ordered:
            called = self.labels["properties"][name]
            for value in self.item["properties"][name]:
                about = self.named.get(value)
                self._add(name, called, about[1] if about else value, value)
                if about:
                    self.maker.line(f"{called}, id", value)

    def _add(self, name: str, words: str, shown: str, value: str) -> None:
        span = self.maker.line(words, shown)
        if span is not None:
            self.spans.setdefault(name, []).append((value, span))

    def _subject(self) -> str | None:
        """Whom the entity itself is of, with what is told of them."""
        ours = kind(self.schema)
        names = [
            span
            for name, found in self.spans.items()
            if properties(self.schema)[name].type == "name" or (name == "full" and ours == "Place")
            for _, span in found
        ]
        if ours is None or not names:
            return None
        subject = ""
        for span in names:
            subject = self.maker.entity(ours, span, key=self.item["id"])  # type: ignore[arg-type]
        self._learn(subject)
        return subject

    def _learn(self, subject: str) -> None:
        learn = self.maker.learn
        for value, span in (pair for name in _COUNTRIES for pair in self.spans.get(name, ())):
            if len(value) == 2 and value.isalpha():
                learn(subject, "country", value.upper(), span)
        for value, span in self.spans.get("gender", ()):
            learn(subject, "sex", value, span)
        for value, span in self.spans.get("profession", ()):
            found = occupation(value)
            if found:
                learn(subject, "occupations", (found,), span)

    def _relation(self, claim: str) -> None:
        ours, begin, end, named = load("ftm")["edges"][self.schema]
        roles = self.spans.get(named, [])
        status = " ".join(value.casefold() for value, _ in self.spans.get("status", ()))
        ended = "endDate" in self.spans or any(w in status for w in load("ftm")["ended"])
        for subject, span in self._ends(begin):
            for other, far in self._ends(end) if end else [(None, span)]:
                words = (roles or [("", span)])[0][1]
                role = words if roles else None
                told = {"role": role, "ended": ended, "claims": (claim,)}
                lines = (min(span[0], far[0], words[0]), max(span[1], far[1], words[1]))
                name = self.maker.words(words) if roles else str(self.labels["schema"])
                self.maker.relation(ours, subject, other, lines, label=name, **told)

    def _ends(self, prop: str) -> list[tuple[str, Span]]:
        """Whom a property of a link names, with the words that name them."""
        known = properties(self.schema)[prop]
        found = []
        for value, span in self.spans.get(prop, ()):
            about = self.named.get(value)
            ours = kind(about[0]) if about else None
            ours = ours or kind(known.range or "Thing") or "Group"
            found.append((self.maker.entity(ours, span, key=value), span))  # type: ignore[arg-type]
        return found

    def _document(self) -> None:
        title = next((self.spans[n][0][1] for n in ("title", "fileName") if n in self.spans), None)
        self.maker.title = title
        for name in ("publishedAt", "date"):
            for value, span in self.spans.get(name, ()):
                day = value[:10]
                if self.maker.published is None and read_edtf(day) is not None:
                    self.maker.published = (day, span)
