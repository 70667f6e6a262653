"""A case at hand for a picture: who is who in it, and the notes of what is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from onrecord.model import Record
from onrecord.products.index import Index, Judged
from onrecord.products.page import Page
from onrecord.products.people import People, Subject, display_name
from onrecord.products.quoting import plain
from onrecord.products.render.as_json import page_data
from onrecord.products.wording import listed, say
from onrecord.products.writer import Writer

WhoIs = Callable[[str], Mapping[str, str]]
"""The canonical id of each entity of a document, by the entity's id."""


class Table:
    """A case at hand: its records indexed, who is who in it, and the notes of what is drawn."""

    def __init__(
        self, records: Iterable[Record], judged: Iterable[Judged] = (), who_is: WhoIs | None = None
    ) -> None:
        self.index = Index(records, judged)
        self.people = People(self.index)
        self.writer = Writer(self.index)
        self._canonical = _canonical(self.index, who_is) if who_is else {}
        self._members: dict[str, list[str]] = {}
        for entity in self.index.sheet_of:
            self._members.setdefault(self.key(entity), []).append(entity)

    def key(self, entity: str) -> str:
        """Who an entity is: the same key for those taken together. An undecided one stays alone."""
        known = self.index.sheet_of.get(entity)
        if known is None or known.entities[entity].candidates:
            return entity
        return self._canonical.get(entity) or min(self.people.group(entity))

    def members(self, key: str) -> list[str]:
        """The entities taken together under a key."""
        return self._members.get(key, [])

    def name(self, key: str) -> str:
        """How those under a key are called; of an undecided one, that it is undecided."""
        members = self.members(key)
        if not members:
            return say("not recorded")
        if self.index.entity(members[0]).candidates:
            return self.writer.name(members[0]).text
        return plain(display_name(self.index, members))

    def subjects(self, names: Sequence[str]) -> list[Subject]:
        """Those whom the user named. Raises `NotFound`."""
        return [self.people.find(name) for name in names]

    def title(self, kind: str, subjects: Sequence[Subject]) -> str:
        """What a picture is called: its kind, and those it was narrowed to."""
        return f"{kind}: {listed([s.name for s in subjects])}" if subjects else kind

    def notes(self) -> list[dict[str, Any]]:
        """The notes that were used, as data."""
        page = Page("picture", "", "", (), (), self.writer.notes.freeze())
        return list(page_data(page)["notes"])


def _canonical(index: Index, who_is: WhoIs) -> dict[str, str]:
    found: dict[str, str] = {}
    for document, sheet in index.of_document.items():
        known = who_is(document)
        found.update({e: known[e] for e in sheet.entities if e in known})
    return found
