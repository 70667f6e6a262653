"""Search: passages, claims, acts, names and documents, by words and by facets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import get_args

import numpy as np

from onrecord.case import Case, Hit
from onrecord.case.browsing import State
from onrecord.products.index import last_part
from onrecord.store import naming, resolved, search
from onrecord.store.arrays import Numbers
from onrecord.store.asking import Asked as Words
from onrecord.store.asking import spellings, widened
from onrecord.store.columns import Columns
from onrecord.store.counted import most_first
from onrecord.store.facets import Answer, Choice, Facets, What
from onrecord.store.listing import Listed, Named
from onrecord.store.search import Matching
from onrecord.web import counting
from onrecord.web.page import Asked, Page, Parameter
from onrecord.web.views import choosing
from onrecord.web.views.choosing import Facet
from onrecord.web.views.telling import Told, issued, listed, told

MOST, AT_ONCE, AT_A_GLANCE = 20, 12, 6
MOST_PASSAGES = 20_000
"""Passages with the words asked for that claims and documents are looked for in."""
EVERYBODY = ("Person", "Organization", "Group", "Place")
TABS: tuple[What, ...] = get_args(What)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage; `found` says that it is a word that was looked for."""

    text: str
    found: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that answers. `start` and `end` are characters of the document's text."""

    document: str
    title: str
    path: str
    publisher: str | None
    published: str | None
    start: int
    end: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """What may be looked at, and how many of it answer; `more` than that, where counting ended."""

    what: str
    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class Search:
    """What answers to words and to what is chosen.

    `what` is the tab that is open; `page` of `pages` of it is shown. `said` is what is chosen, as
    the address says it. `partly`: no passage holds all of the words. `worked_out`: who is who was
    worked out once, without which there are no facets; `resolved`: it is up to date. `counting`:
    the claims of a large case are still being read, and there are no facets yet. `typing`: the
    words are still being typed, and nothing is counted. `words` are the words looked for, as
    the case spells them.
    """

    q: str
    what: str
    tabs: tuple[Tab, ...]
    facets: tuple[Facet, ...]
    said: tuple[tuple[str, str], ...]
    passages: tuple[Passage, ...]
    told: tuple[Told, ...]
    names: tuple[Named, ...]
    documents: tuple[Listed, ...]
    words: tuple[str, ...]
    page: int
    pages: int
    total: int
    partly: bool
    typing: bool
    counting: bool
    worked_out: bool
    resolved: bool


_NOTHING = Search(
    *("", "passages", (), (), (), (), (), (), (), ()),
    page=1,
    pages=1,
    total=0,
    partly=False,
    typing=False,
    counting=False,
    worked_out=True,
    resolved=True,
)


def searched(case: Case, asked: Asked) -> Search:
    """What answers. Raises `NotAsked` for a day that is none."""
    with case.browse() as state:
        worked_out = resolved.is_found(state.connection)
        held = counting.columns_of(case, state) if worked_out else None
        return _Asking(state, asked, held, worked_out=worked_out).answer()


class _Asking:
    """One search in one state of a case."""

    def __init__(
        self, state: State, asked: Asked, held: Columns | None, *, worked_out: bool
    ) -> None:
        self.state, self.connection, self.held = state, state.connection, held
        self.q = str(asked["q"] or "").strip() if not asked["typing"] else str(asked["q"] or "")
        self.q = self.q if self.q.strip() else ""
        self.typing, self.page = bool(asked["typing"]), asked["page"]
        self.worked_out = worked_out
        self.said = choosing.asked_again(asked) if self.worked_out else {}
        self.choice = choosing.choice_of(asked) if self.worked_out else Choice()
        first: What = "passages" if self.q or not self.choice.is_made else "claims"
        self.what: What = next((tab for tab in TABS if tab == asked["what"]), first)

    def answer(self) -> Search:
        made = replace(
            _NOTHING,
            q=self.q.strip(),
            what=self.what,
            said=tuple(self.said.items()),
            page=self.page,
            typing=self.typing,
            worked_out=self.worked_out,
            resolved=self.state.is_resolved,
        )
        if self.held is None:
            return self._plain(replace(made, counting=self.worked_out))
        self.facets = Facets(self.connection, self.held)
        self.meant = spellings(self.connection)
        self.words = (self.q, search.newest(self.connection)) if self.q else ()
        self.asked = self._asked()
        self.matched = self._matching()
        spelled = tuple(sorted(self.asked.spelled)) if self.asked else ()
        made = replace(made, words=spelled, partly=bool(self.matched and self.matched.partly))
        if not self.typing:
            made = replace(made, tabs=self._tabs(), facets=self._facets())
        return self._filled(made)

    @cached_property
    def answering(self) -> Answer:
        """The claims that answer to words and choice."""
        return self.facets.answer(self.choice, self._paragraphs())

    def _asked(self) -> Words | None:
        if not self.q:
            return None
        return self.facets.columns.remembered.get(
            ("asked", self.words),
            lambda: widened(self.connection, self.q, typing=True, meant=self.meant),
        )

    def _matching(self) -> Matching | None:
        """Which paragraphs hold the words; while those are typed, only where it has to be known."""
        by_words = self.what in ("passages", "people") and not self.choice.is_made
        if not self.q or (self.typing and by_words):
            return None
        return self.facets.columns.chosen.get(
            ("matching", self.words),
            lambda: search.matching(self.connection, self.asked, MOST_PASSAGES),
        )

    def _paragraphs(self) -> Numbers | None:
        return self.matched.paragraphs if self.matched else None

    def _plain(self, made: Search) -> Search:
        """By words alone: where who is who was never worked out, or a large case is being read."""
        by_name = self.q and not made.counting
        names = self.state.named(EVERYBODY, self.q, 0, AT_A_GLANCE)[0] if by_name else []
        most = AT_A_GLANCE if self.typing else MOST
        hits = search.find(self.connection, self.q, most, typing=True) if self.q else []
        passages = self._shown(hits)
        return replace(
            made, what="passages", names=tuple(names), passages=passages, total=len(passages)
        )

    def _filled(self, made: Search) -> Search:
        """With what the open tab shows."""
        if self.what == "passages":
            names = self._names(0, AT_A_GLANCE)[0] if self.q else ()
            passages = self._passages()
            return replace(made, names=names, passages=passages, total=len(passages))
        offset = (self.page - 1) * AT_ONCE
        if self.what == "people":
            names, total = self._names(offset, AT_ONCE)
            return _paged(replace(made, names=names), total)
        if self.what == "documents":
            documents, total = self._documents(offset)
            return _paged(replace(made, documents=documents), total)
        places = self.answering.listed(self.what, offset, AT_ONCE)
        lines = told(self.state, places, coded=self.what == "acts")
        return _paged(replace(made, told=lines), self.answering.amount(self.what))

    def _passages(self) -> tuple[Passage, ...]:
        if self.asked is None:
            return ()
        among = self.answering.paragraphs() if self.choice.is_made else None
        if among is None and self.matched and self.matched.partly:
            among = self.matched.paragraphs
        most = AT_A_GLANCE if self.typing else MOST
        return self._shown(search.best(self.connection, self.asked, most, among=among))

    def _shown(self, hits: Sequence[Hit]) -> tuple[Passage, ...]:
        sources = issued(self.connection, [hit.document_id for hit in hits])
        return tuple(_passage(hit, *sources[hit.document_id]) for hit in hits)

    def _documents(self, offset: int) -> tuple[tuple[Listed, ...], int]:
        if self._numbers is None:
            return tuple(self.state.documents(offset, AT_ONCE)), self._amount
        seqs = self._numbers[offset : offset + AT_ONCE].tolist()
        return listed(self.connection, seqs), len(self._numbers)

    @cached_property
    def _numbers(self) -> Numbers | None:
        """Of the documents that answer; None where all do."""
        if self.choice.is_made:
            return self.answering.documents()
        if self.matched:
            return self.facets.columns.documents_of(self.connection, self.matched.paragraphs)
        return None

    def _names(self, offset: int, limit: int) -> tuple[tuple[Named, ...], int]:
        """Groups with the words in a name, and with a part in claims of what is chosen."""
        if not self.q and not self.choice.is_made:
            found, total = self.state.named(EVERYBODY, "", offset, limit)
            return tuple(found), total
        names, places = self.facets.columns.names, self._groups
        some = [names.people[place] for place in places[offset : offset + limit].tolist()]
        return tuple(naming.called(self.connection, some)), len(places)

    @cached_property
    def _groups(self) -> Numbers:
        """The groups that answer, by their place among all ids, as they are listed."""
        names, numbers = self.facets.columns.names, self._numbers_of_people()
        if not self.q:
            return most_first(numbers)
        answering = self.facets.columns.chosen.get(
            ("names", self.words), lambda: names.answering(self.q, self.meant, typing=True)
        )
        groups = names.listed[answering]
        return groups[numbers[groups] > 0] if self.choice.is_made else groups

    def _numbers_of_people(self) -> Numbers:
        """In how many of the claims of what is chosen each group has a part."""
        if not self.choice.is_made:
            return np.zeros(0, dtype=np.int64)
        key = ("people", self.facets.version(self.choice), self.choice)
        return self.facets.columns.chosen.get(
            key, lambda: self.facets.answer(self.choice, None).people()
        )

    def _tabs(self) -> tuple[Tab, ...]:
        more = bool(self.matched and self.matched.more)
        every = self.q or self.choice.is_made
        state = self.facets.version(self.choice) if every else self.state.head
        key = ("tabs", self.words, self.choice, state)
        numbers = self.facets.columns.remembered.get(key, self._amounts)
        return tuple(Tab(tab, numbers[tab], more and tab != "people") for tab in TABS)

    def _amounts(self) -> dict[str, int]:
        """How many there are in each tab."""
        passages = len(self.matched.paragraphs) if self.matched else 0
        if self.choice.is_made and self.q:
            passages = len(self.answering.paragraphs())
        return {
            "passages": passages,
            "claims": self.answering.amount("claims"),
            "acts": self.answering.amount("acts"),
            "people": self._number_of_people(),
            "documents": self._amount if self._numbers is None else len(self._numbers),
        }

    @cached_property
    def _amount(self) -> int:
        """Of all documents."""
        remembered = self.facets.columns.remembered
        return remembered.get(("documents", self.state.head), self.state.amount)

    def _number_of_people(self) -> int:
        if self.q or self.choice.is_made:
            return len(self._groups)
        return self._names(0, 0)[1]

    def _facets(self) -> tuple[Facet, ...]:
        counted = self.facets.count(self.what, self.choice, self._paragraphs(), self.words)
        return choosing.shown(self.connection, counted, self.choice, self.said)


def _paged(made: Search, total: int) -> Search:
    return replace(made, total=total, pages=max(1, -(-total // AT_ONCE)))


def _passage(hit: Hit, publisher: str | None, published: str | None) -> Passage:
    start, end = hit.span
    edges = sorted({start, end, *(edge for match in hit.matches for edge in match)})
    matched = {first for first, _ in hit.matches}
    pieces = tuple(
        Piece(hit.text[one - start : other - start], one in matched)
        for one, other in pairwise(edges)
    )
    title = hit.title or last_part(hit.path)
    return Passage(hit.document_id, title, hit.path, publisher, published, start, end, pieces)


PAGE = Page(
    "/search",
    "search",
    "Search",
    "What answers to words, spelling forgiven, and to a choice of facets.",
    searched,
    "search.html.j2",
    (
        Parameter("q", "Words; the last may be the beginning of one.", default="", most=200),
        Parameter("what", f"One of {', '.join(TABS)}.", default="", most=12),
        *choosing.PARAMETERS,
        Parameter("page", "Which stretch, from 1.", "integer", 1, least=1, most=10**6),
        Parameter("typing", "1 while words are typed: nothing is counted.", "integer", 0, most=1),
    ),
)
