"""Where one can go: a few sections, each with its pages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from onrecord.web.page import Page
from onrecord.web.visitor import Visitor

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Documents", ("documents", "add")),
    ("Names", ("names",)),
    ("Events", ("events", "chronology", "timeline", "map", "network")),
    ("Demands", ("demands", "engagements")),
    ("Review", ("review", "claims")),
    ("Case", ("case", "log", "reads", "jobs", "health", "vocabulary", "members", "account")),
)
"""Titles of sections and the names of their pages, the first of which the section opens with."""
BELOW = {
    "document": "documents",
    "who": "names",
    "said": "names",
    "members_of": "names",
    "same": "names",
    "event": "events",
    "brief": "engagements",
    "job": "jobs",
}
"""Pages that are reached from another, which stands for them in the navigation."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section as one visitor sees it. `open` says that the page they are on belongs to it."""

    title: str
    path: str
    pages: tuple[Page, ...]
    open: bool


def sections(pages: Collection[Page], visitor: Visitor, here: str) -> tuple[Section, ...]:
    """The sections with the pages somebody may see, without those that are empty to them."""
    known = {page.name: page for page in pages if visitor.may(page.right)}
    at = BELOW.get(here, here)
    found = []
    for title, names in SECTIONS:
        inside = tuple(known[name] for name in names if name in known)
        if inside:
            found.append(Section(title, inside[0].path, inside, at in names))
    return tuple(found)
