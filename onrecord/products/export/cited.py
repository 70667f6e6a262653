"""One document at hand for an exporter: who is who in it, on whose word, and the exact words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from onrecord.model import Claim, Record, Span
from onrecord.products.attribution import chain, who
from onrecord.products.index import Index, Sheet, file_name
from onrecord.products.people import fold
from onrecord.products.quoting import plain
from onrecord.products.render import spell
from onrecord.products.writer import bounds
from onrecord.vocabulary import load


class Cited:
    """A record with what every exporter asks of it. `who` are canonical ids by entity."""

    def __init__(self, record: Record, who: Mapping[str, str]) -> None:
        self.record, self._who = record, who

    @cached_property
    def index(self) -> Index:
        """The tables of this one document."""
        return Index([self.record])

    @property
    def sheet(self) -> Sheet:
        """Its cross references."""
        return self.index.sheets[0]

    @property
    def document(self) -> str:
        """Its id."""
        return self.record.document.id

    def name(self, entity: str | None) -> str | None:
        """What an entity is called here; None where the record does not hold it."""
        known = self.sheet.entities.get(entity or "")
        return plain(known.name) if known else None

    def canonical(self, entity: str) -> str:
        """Who an entity is across documents; one that is undecided is nobody but itself."""
        known = self.sheet.entities.get(entity)
        own = f"{self.document}|{entity}"
        return own if known is None or known.candidates else self._who.get(entity, own)

    def party(self, entity: str, **more: Any) -> dict[str, Any]:
        """An entity with its name, its own key and who it is."""
        found = {
            "name": self.name(entity),
            "entity": f"{self.document}|{entity}",
            "canonical": self.canonical(entity),
            **more,
        }
        undecided = self.sheet.entities.get(entity)
        if undecided is not None and undecided.candidates:
            found["undecided"] = True
        return {key: value for key, value in found.items() if value is not None}

    def attribution(self, claim: Claim | None) -> str:
        """The chain in words: publisher < channel < speaker < those the speaker cites."""
        return spell.chain(chain(self.index, self.record, claim))

    def by_whom(self, claim: Claim | None) -> str:
        """On whose word in a few words: "alleged by A (the Post)"."""
        steps = chain(self.index, self.record, claim)
        inner, publisher = plain(who(steps[-1])), plain(who(steps[0]))
        alone = len(steps) == 1 or fold(inner) == fold(publisher)
        verb = "reported" if claim is None else str(load("products")["verbs"][claim.kind])
        return f"{verb} by {inner if not alone else publisher}" + (
            "" if alone else f" ({publisher})"
        )

    def citations(self, spans: Iterable[Span | None]) -> list[dict[str, Any]]:
        """Where it stands: document, start, end and the exact words, in order, each once."""
        return [
            {
                "document": self.document,
                "start": start,
                "end": end,
                "exact": self.exact((start, end)),
            }
            for start, end in sorted({span for span in spans if span})
        ]

    def exact(self, span: Span) -> str:
        """The words at a span."""
        return self.record.text[slice(*span)]

    def of_document(self) -> dict[str, Any]:
        """What the document says of itself."""
        told = self.record.document
        found = {
            "document": told.id,
            "file": file_name(self.record),
            "publisher": told.publisher,
            "title": told.title,
            "published": told.published,
        }
        return {key: value for key, value in found.items() if value}


def counted(count: Any) -> dict[str, Any] | None:
    """A count as data: its words and both bounds; a bound that is not stated is left out."""
    if count is None:
        return None
    found = {"text": plain(count.text), "min": count.min, "max": count.max}
    return {key: value for key, value in found.items() if value is not None}


def in_words(name: str | None, count: Any) -> str:
    """A victim in words: "farmers (at least 41)"."""
    return f"{name or 'not recorded'}{bounds(count) if count else ''}"
