"""Search: passages by their words, people and bodies by their spellings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from onrecord.case import Case, Hit
from onrecord.store.listing import Named
from onrecord.web.page import Asked, Page, Parameter

MOST = 30
EVERYBODY = ("Person", "Organization", "Group", "Place")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage; `found` says that it is a word that was looked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that answers. `start` and `end` are characters of the document's text."""

    document: str
    title: str
    path: str
    start: int
    end: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Search:
    """What answers a query. `names` are people, bodies and places; `total` how many those are."""

    q: str
    passages: tuple[Found, ...]
    names: tuple[Named, ...]
    total: int


def search(case: Case, asked: Asked) -> Search:
    """What answers a query; nothing for an empty one."""
    query = str(asked["q"] or "").strip()
    if not query:
        return Search("", (), (), 0)
    hits = case.search(query, MOST)
    with case.browse() as state:
        names, total = state.named(EVERYBODY, query, 0, 8)
    return Search(query, tuple(map(_found, hits)), tuple(names), total)


def _found(hit: Hit) -> Found:
    start, end = hit.span
    edges = sorted({start, end, *(edge for match in hit.matches for edge in match)})
    matched = {first for first, _ in hit.matches}
    pieces = tuple(
        Piece(hit.text[one - start : other - start], one in matched)
        for one, other in pairwise(edges)
    )
    return Found(hit.document_id, hit.title or hit.path, hit.path, start, end, pieces)


PAGE = Page(
    "/search",
    "search",
    "Search",
    "Passages, people, bodies and places that answer a query; spelling is forgiven.",
    search,
    "search.html.j2",
    (Parameter("q", "Words to look for.", default="", most=200),),
)
